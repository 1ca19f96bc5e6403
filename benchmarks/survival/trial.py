# SPDX-License-Identifier: Apache-2.0
"""One trial: a work in a process of its own that ends or fails at a call, and a look afterwards.

The process is a fork of this one, so that nothing is loaded a thousand times; it opens the register
itself. What it has done it says on a pipe, which outlives it.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import tempfile
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from office_builders import invite

from benchmarks.survival import secrets
from benchmarks.survival.shim import READS, Call, Shim
from benchmarks.survival.works import REGISTER, TODAY, Desk, Models, Work, head_of
from imp_plus_desktop import private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.engines import opens
from imp_plus_desktop.storage.files import copies, erased_list, heads, proofs
from imp_plus_desktop.storage.journal import erasures, journal
from imp_plus_desktop.storage.maintenance import encryption
from imp_plus_desktop.words.error_texts import environment_error, error_text

_LONGEST = 600
"""Seconds that a work may take."""


@dataclass(frozen=True)
class Blow:
    """What happens to a work: at the call `at` of these kinds, its end or an error number."""

    kinds: Call
    at: int = 0
    does: int = 0
    lasting: bool = False


@dataclass
class Outcome:
    """`told` is what the process said; `faults` what is not as it should be, a sentence each."""

    work: str
    blow: Blow
    told: list[list[Any]] = field(default_factory=list)
    status: int = 0
    faults: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[Any]:
        return [rest[0] for name, *rest in self.told if name == kind]

    @property
    def calls(self) -> int:
        return int(next(iter(self.of("calls")), 0))

    @property
    def was_hit(self) -> bool:
        return self.status == -signal.SIGKILL or bool(next(iter(self.of("fired")), False))

    @property
    def code(self) -> str:
        """What the process said went wrong; empty where it said nothing."""
        return str(next(iter(self.of("failed")), ""))


class Trials:
    """Does trials below a folder, whose models it makes once."""

    def __init__(self, where: Path, shim: Shim) -> None:
        self._where, self._shim = where, shim
        self._models = Models(where / "models")
        self._number = 0

    def once(self, work: Work, blow: Blow) -> Outcome:
        """Do a work that is hit by a blow, and look at what is left."""
        self._number += 1
        folder = self._where / f"trial-{self._number}"
        before = tempfile.tempdir
        tempfile.tempdir = str(self._where)
        found = self._models.put(work.model, folder)
        outcome = Outcome(work.name, blow)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._work(work, blow, Desk(folder, lambda: None, lambda *_: None, found), writing)
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            said = pipe.read()
        outcome.status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for line in said.splitlines():
            with suppress(json.JSONDecodeError):  # the last may be half
                outcome.told.append(json.loads(line))
        tempfile.tempdir = str(folder / "temporary")
        try:
            _look(outcome, work, folder)
        finally:
            tempfile.tempdir = before
        if not outcome.faults:
            shutil.rmtree(folder)
        return outcome

    def _work(self, work: Work, blow: Blow, desk: Desk, pipe: int) -> None:
        """The child: never returns."""
        shim, folder = self._shim, desk.folder
        signal.alarm(_LONGEST)
        tempfile.tempdir = str(folder / "temporary")
        os.environ.update(private.temporary_files_in(folder / "temporary"))
        os.environ["IMP_PLUS_HOME"] = str(folder / "user")

        def tell(*words: object) -> None:
            os.write(pipe, json.dumps(words).encode() + b"\n")

        @contextmanager
        def armed() -> Iterator[None]:
            shim.arm(folder, blow.kinds, blow.at, blow.does, lasting=blow.lasting)
            yield

        desk.armed, desk.tell = armed, tell
        try:
            work.do(desk)
        except AppError as error:
            tell("failed", error.code, error_text(error))
        except BaseException as error:
            known = environment_error(error)
            if known is None:
                tell("broke", "".join(traceback.format_exception(error))[-3000:])
            else:
                tell("failed", known.code, error_text(known))
        tell("calls", shim.count)
        tell("fired", shim.has_fired)
        with suppress(BaseException):
            atexit._run_exitfuncs()
        os._exit(0)


def _look(outcome: Outcome, work: Work, folder: Path) -> None:
    """What the next start finds."""
    faults = outcome.faults
    faults += [f"broke: {text}" for text in outcome.of("broke")]
    if outcome.code and not outcome.blow.does:
        faults.append(f"ends by itself: {outcome.code}")
    if outcome.status not in (0, -signal.SIGKILL):
        faults.append(f"ended with {outcome.status}")
    private.sweep()
    faults += _in_the_clear(work, folder)
    if outcome.blow.at % 2:
        # A power cut may lose what was noted of a file: its log is looked through then.
        heads.forget(folder / "home" / REGISTER)
    office = _opened(outcome, work, folder / "home" / REGISTER)
    if office is None:
        return
    erased = False
    try:
        erased = work.name == "erase" and _is_gone(outcome, office)
        _look_at_register(outcome, work, office)
        _look_at_files(outcome, office, folder)
        with_more = head_of(office)
        invite(office, 99)
        if head_of(office) == with_more:
            faults.append("nothing more is kept")
    except AppError as error:
        faults.append(f"the next start fails: {error.code}")
    finally:
        office.close()
    if erased:
        register = folder / "home" / REGISTER
        kept = [one for one in register.parent.glob(f"{REGISTER}*") if one.is_file()]
        told = [one.name for one in kept if secrets.is_told_in(one.read_bytes())]
        faults += [f"still read after it was erased: {name}" for name in told]
    faults += [f"left behind: {name}" for name in _litter(folder)]


def _is_gone(outcome: Outcome, office: Office) -> bool:
    """Whether the act that erases somebody is there; where it came back it must be."""
    known = {one.person for one in erasures.files(office.register.db)}
    gone = bool(known.intersection(outcome.of("erasing")))
    if outcome.of("erased") and not gone:
        outcome.faults.append("an erased file is there")
    return gone


def _in_the_clear(work: Work, folder: Path) -> list[str]:
    """Where a planted name can be read although the register has a passphrase. What was asked for
    is in `out`; copies and registers are under the passphrase there too."""
    if work.model != secrets.SECRET:
        return []
    places = [folder / name for name in ("home", "temporary", "user") if (folder / name).exists()]
    told = [one for one in secrets.telling(places) if not one.name.startswith(secrets.GIVEN)]
    told += [one for one in secrets.telling([folder / "out"]) if one.suffix not in _ASKED_FOR]
    return [f"a name in the clear: {one.relative_to(folder)}" for one in told]


_ASKED_FOR = (".docx", ".pdf", ".xlsx")


def _opened(outcome: Outcome, work: Work, path: Path) -> Office | None:
    codes = []
    known = outcome.of("key")
    for key in known[-1:] or work.keys:
        try:
            return open_office(path, today=TODAY, passphrase=key)
        except StorageError as error:
            codes.append(error.code)
    outcome.faults.append(f"does not open: {codes}")
    return None


def _look_at_register(outcome: Outcome, work: Work, office: Office) -> None:
    if office.arrival != Arrival():
        outcome.faults.append(f"is not as it was left: {office.arrival}")
    report = checking.check(office)
    if not report.passed:
        outcome.faults.append(f"does not hold: {report}")
    acts = [one.hex() for one in journal.hashes(office.register.db)]
    acknowledged = outcome.of("done")
    for head in acknowledged[-1:] if work.swaps else acknowledged:
        if head and head not in acts and not (work.swaps and outcome.was_hit):
            outcome.faults.append("an acknowledged act is lost")
    changed = bool(acknowledged) and not work.swaps and acts[-1:] != acknowledged[-1:]
    if outcome.code not in ("", "perhaps_kept") and changed:
        # The sentence says that nothing was changed.
        outcome.faults.append(f"{outcome.code} was said of an act that is there")
    key = office.register.passphrase
    behind = [one.name for one in copies.paths_of(office.register_path) if not opens(one, key)]
    # A copy that could not be read is named to the user, and keeps its former passphrase.
    unread = outcome.blow.kinds == READS
    if (behind and not unread) or encryption.has_pending(office.register.db):
        outcome.faults.append(f"copies that do not follow: {len(behind)}")


def _look_at_files(outcome: Outcome, office: Office, folder: Path) -> None:
    for path in outcome.of("file"):
        if not Path(path).is_file():
            outcome.faults.append("an acknowledged file is lost")
    kept = [*copies.paths_of(office.register_path), *(folder / "out").iterdir()]
    for path in kept:
        if not _is_whole(path, office) and outcome.blow.kinds != READS:
            outcome.faults.append(f"half a file: {path.suffix}")


def _is_whole(path: Path, office: Office) -> bool:
    content = path.read_bytes()
    if path.suffix == ".imp":
        return opens(path, office.register.passphrase)
    if path.suffix in (".xlsx", ".docx"):
        try:
            with zipfile.ZipFile(path) as package:
                return package.testzip() is None
        except zipfile.BadZipFile:
            return False
    ends = {".pdf": b"%%EOF", ".ics": b"END:VCALENDAR"}
    return content.rstrip().endswith(ends.get(path.suffix, b""))


_EXPECTED = (".imp", ".xlsx", ".docx", ".pdf", ".ics", ".copies", ".toml", ".lock")
_HANDED_OVER = (".json", ".csv")
"""What somebody is given of their own information, in a folder, beside the paper."""

_LISTS = (erased_list.NAME, proofs.NAME, heads.NAME)
"""What stands beside copies: who was erased since, by number, what was proven, and heads."""


def _litter(folder: Path) -> list[str]:
    """What nobody asked for and the next start has not removed."""
    own = [path for path in (folder / "temporary").iterdir() if not _is_mine(path)]
    kept = [path for name in ("home", "out") for path in (folder / name).rglob("*")]
    # A journal that was never settled begins with a zero: SQLite itself takes it for nothing.
    kept = [one for one in kept if not (one.name.endswith("-journal") and _is_void(one))]
    return [
        path.name
        for path in [*own, *kept]
        if path in own
        or path.name.startswith(".")
        or not (path.suffix in _EXPECTED or path.name in _LISTS or _is_handed(path, folder))
    ]


def _is_handed(path: Path, folder: Path) -> bool:
    """Whether it is a folder that somebody is given, or a file of it."""
    out = path.is_relative_to(folder / "out")
    return out and (path.is_dir() or path.suffix in _HANDED_OVER)


def _is_void(journal: Path) -> bool:
    return not journal.read_bytes()[:1].strip(b"\0")


def _is_mine(place: Path) -> bool:
    """Whether a temporary folder is that of this process, which ends later, or an empty one, which
    the program leaves alone for a day: its maker may be about to lock it."""
    return place == private._place.folder() or not list(place.iterdir())
