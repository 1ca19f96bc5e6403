# SPDX-License-Identifier: Apache-2.0
"""The installed program as one desk of a register on a server, with the checkout as another.

    faults(wine, program, run, scratch) -> sentences      what does not hold

A PostgreSQL of its own is started for it (tests/servers.py), by which nothing is encrypted: it
answers to this machine alone.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from windows import answers, window
from windows.windows_python import ROOT
from windows.wine import Wine, missing_for_a_window, windows_path

sys.path.insert(0, str(ROOT / "tests"))
import servers

_DATABASE, _SECOND = "bureau", "bureau2"
_DAY = "2024-12-20"
_DEMO = ROOT / "data" / "demo"
_EMAIL = "zoé@exemple.ca"


def faults(wine: Wine, program: Path, run: answers.Run, scratch: Path) -> Iterator[str]:
    """Made, filled, read and checked by both desks; then what one does comes to the other's
    window."""
    if lacking := servers.missing():
        print(f"  left out: a desk on a server; {lacking}", flush=True)
        return
    scratch.mkdir()
    with _server() as address:
        desks = _Desks(run, scratch, address)
        with wine.kept_ready():
            yield from desks.one_register()
        if missing := missing_for_a_window():
            print(f"  left out: its window, which needs {' '.join(missing)}", flush=True)
            return
        window.PICTURES.mkdir(parents=True, exist_ok=True)
        with window.screen() as variables, wine.kept_ready(variables):
            desk = window.Desk(wine, program, scratch, variables)
            yield from desks.told_to(desk)


@contextmanager
def _server() -> Iterator[str]:
    around = Path(tempfile.mkdtemp(prefix="imp-plus-server-", dir=servers.reachable()))
    around.chmod(0o755)
    inside = around / "cluster"
    inside.mkdir(mode=0o700)
    cluster = servers.Cluster(inside)
    try:
        cluster.make()
        cluster.start()
        yield f"postgresql://{servers.OWNER}@127.0.0.1:{cluster.port}/{_DATABASE}"
    finally:
        cluster.end()


class _Desks:
    """The installed program (`there`) and the checkout (`here`) on one register."""

    def __init__(self, run: answers.Run, scratch: Path, address: str) -> None:
        self._there, self._folder, self._address = run, scratch, address
        self._opens = ("--register", address, "--today", _DAY)

    def one_register(self) -> Iterator[str]:
        """The register is made there, both record in it, and either reads what the other did."""
        made = self._there(self._folder, ["server", "init", self._address])
        if made.returncode:
            yield f"no register is made on a server: {made.stderr[-300:]!r}"
            return
        first = _DEMO / "invitations-2022-fr.xlsx"
        yield from self._does(self._there, "import", windows_path(first), codes=(0, 1))
        yield from self._does(self._there, "set", "#3", "email", _EMAIL)
        of_there, of_here = self._email(self._there), self._email(answers.here)
        if not of_there == of_here == _EMAIL:
            yield f"another desk reads {of_here!r} where this one recorded {of_there!r}"
        yield from self._does(answers.here, "undo")
        if (left := self._email(self._there)) == _EMAIL:
            yield f"what another desk took back is still read: {left!r}"
        for run in (self._there, answers.here):
            yield from self._does(run, "check")
        copy = self._folder / "copie.imp"
        moved = self._there(self._folder, ["move", self._address, windows_path(copy)])
        if moved.returncode or not copy.exists():
            yield f"it does not come back into a file: {moved.stderr[-300:]!r}"
        # What has moved is only read from then on: the window needs one that is written to.
        second = self._address.replace(f"/{_DATABASE}", f"/{_SECOND}")
        self._opens = ("--register", second, *self._opens[2:])
        self._there(self._folder, ["server", "init", second])  # a register moves into an empty one
        back = self._there(self._folder, ["move", windows_path(copy), second])
        if back.returncode:
            yield f"a file does not go to a server: {back.stderr[-300:]!r}"

    def told_to(self, desk: window.Desk) -> Iterator[str]:
        """The window hears of what the other desk records."""
        with desk.opened(*self._opens, "--lang", "fr") as process:
            if not desk.is_there(_SECOND):
                yield "on a server: no window came"
                return
            desk.keys("ctrl+2")
            before = desk.settled("server", b"")
            second = _DEMO / "invitations-2023-en.xlsx"
            yield from self._does(answers.here, "import", str(second), codes=(0, 1))
            if desk.settled("server-told", before) == before:
                yield "on a server: the window shows nothing of what another desk did"
            yield from desk.closed(process)

    def _does(
        self, run: answers.Run, *command: str, codes: tuple[int, ...] = (0,)
    ) -> Iterator[str]:
        done = run(self._folder, [*self._opens, *command])
        if done.returncode not in codes:
            yield f"on a server, {command[0]} ended with {_told(done)}"

    def _email(self, run: answers.Run) -> str | None:
        """What a desk reads of the person that another one has changed; None where it cannot."""
        done = run(self._folder, ["--json", *self._opens, "show", "#3"])
        try:
            told = json.loads(done.stdout)
        except ValueError:
            return None
        found = told.get("person", told).get("email")
        return None if found is None else str(found)


def _told(done: "subprocess.CompletedProcess[bytes]") -> str:
    return f"{done.returncode}: {done.stderr[-300:]!r}"
