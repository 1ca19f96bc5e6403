# SPDX-License-Identifier: Apache-2.0
"""Copies made and proven, and snapshots, in a process of their own, so that they never hold the
window.

The child is `cli/copy_child.py`: the request, with the passphrase, goes to its standard input, and
how far it is and what came of it come back as JSON lines. Ending the child leaves nothing behind.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import (
    AppError,
    InvalidInput,
    NotAllowed,
    StorageError,
)
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.copies import keeping
from imp_plus_desktop.services.copies import of_server as server_copies
from imp_plus_desktop.services.copies.keeping import Made
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.servers.taking_along import Snapshot

OPTION = "--copy-register"
COPY, ALONG, DAILY, NOW = "copy", "along", "daily", "now"
"""What the child is asked for."""
_ERRORS: Mapping[str, type[AppError]] = {
    error.__name__: error for error in (InvalidInput, NotAllowed, StorageError)
}
_PAUSE = 0.1
"""Seconds between two looks whether it is to be stopped."""


def make(office: Office, reason: str | None, progress: Progress) -> Made:
    """Like `keeping.make`, without a reason like `keeping.go_on`.

    Errors: as there, and Cancelled, which leaves no copy; StorageError only_of_a_file.
    """
    office.register.must_be_a_file()
    told = _done(office, {"work": COPY, "reason": reason}, progress, keeping.folders(office))
    return _made(told)


def of_server(
    office: Office, passphrase: str, progress: Progress, *, is_daily: bool
) -> Made | None:
    """Like `of_server.make_daily` or `of_server.make`. Errors: as there, and Cancelled."""
    asked = {"work": DAILY if is_daily else NOW, "under": passphrase}
    told = _done(office, asked, progress, server_copies.folders(office))
    return None if told.get("elsewhere") else _made(told)


def take_along(office: Office, path: Path, passphrase: str, progress: Progress) -> Snapshot:
    """Like `taking_along.take_along`. Errors: as there, and Cancelled, which leaves no file."""
    asked = {"work": ALONG, "path": str(path), "under": passphrase}
    told = _done(office, asked, progress, [path.parent])
    at = datetime.fromisoformat(told["at"])
    return Snapshot(Path(told["path"]), at, told["people"], told["acts"], told["head"])


def _done(
    office: Office, asked: Mapping[str, Any], progress: Progress, folders: Sequence[Path]
) -> dict[str, Any]:
    """What the child says at its end."""
    with private.scratch_folder() as scratch:
        surroundings = private.temporary_files_in(scratch)
        child = children.start(children.own_program(OPTION), surroundings)
        try:
            _ask(child, office, asked)
            return _answer(child, progress)
        finally:
            _end(child, folders)


def _ask(child: subprocess.Popen[bytes], office: Office, asked: Mapping[str, Any]) -> None:
    day = office.clock.day
    request = {**office.whereabouts, "today": day.isoformat() if day else None, **asked}
    # A child that is gone tells so by having no answer.
    with suppress(OSError):
        if child.stdin is not None:
            child.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            child.stdin.close()


def _answer(child: subprocess.Popen[bytes], progress: Progress) -> dict[str, Any]:
    """What the child says at its end; who stops it does not wait for its next word."""
    lines: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(child, lines), name="copy", daemon=True).start()
    told: dict[str, Any] = {"done": 0, "total": 1}
    while "done" in told:
        progress.step(told["done"], told["total"])
        with suppress(Empty):
            told = json.loads(lines.get(timeout=_PAUSE) or b"null") or {"error": "cannot_copy"}
    if "error" in told:
        kind = _ERRORS.get(told.get("kind", ""), StorageError)
        raise kind(told["error"], **told.get("parameters", {}))
    return told


def _made(told: Mapping[str, Any]) -> Made:
    path, second = (told[name] and Path(told[name]) for name in ("path", "second"))
    whole = (told["proven"], told["fault"], second, told["second_fault"], told["head"])
    return Made(path, *whole, told["recorded"])


def _listen(child: subprocess.Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    with suppress(OSError, ValueError):  # it was ended
        for line in child.stdout or ():
            lines.put(line)
    lines.put(b"")


def _end(child: subprocess.Popen[bytes], folders: Sequence[Path]) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    private.sweep_of(child.pid, folders)
