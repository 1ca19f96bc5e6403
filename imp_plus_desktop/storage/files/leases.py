# SPDX-License-Identifier: Apache-2.0
"""Who writes in a register on another computer's drive: one process at a time, by a file beside it.

    take(register_path, desk) -> Lease    errors: Held, with who has it
    holder(register_path)                 who has it, None where nobody does
    Lease.is_held(), Lease.release()

The file names desk, computer and process and nobody of the register. Its holder writes it anew
every half minute. It is taken over where the holder's process is gone from this computer, or has
written nothing for two minutes from any; the times are the drive's own, no computer's clock. Who
was taken over finds that out before the next act.
"""

from __future__ import annotations

import json
import os
import platform
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from imp_plus_desktop import held_files, private
from imp_plus_desktop.plain_files import read_plain, real
from imp_plus_desktop.storage.files import processes

STALE_AFTER = 120.0
"""Seconds without a sign until a holder counts as gone."""
_REFRESHED = 30.0
_MOST_BYTES = 4_096
_ATTEMPTS, _PAUSE = 20, 0.05


class Holder(NamedTuple):
    """Who writes. `place` tells processes of one running system from those of others."""

    desk: str
    computer: str
    place: str
    process: int
    since: str
    token: str


class Held(Exception):
    """Another process writes in the register."""

    def __init__(self, by: Holder) -> None:
        super().__init__()
        self.by = by


class Lease:
    """The right to write, until it is released or the process ends. One a register and process:
    whoever else in this process takes it has the same."""

    def __init__(self, path: Path, own: Holder, recovered: Holder | None) -> None:
        self._path, self._own = path, own
        self.recovered = recovered
        """Who had left it behind, if anybody."""
        self.users = 1
        self._ends = threading.Event()
        threading.Thread(target=self._refresh, name="lease", daemon=True).start()

    def is_held(self) -> bool:
        """Whether it still is this process's."""
        found = _read(self._path)
        if found is None:
            # Somebody has tidied up: it is free for whoever comes first.
            return not self._ends.is_set() and _made(self._path, self._own)
        return found.token == self._own.token

    def release(self) -> None:
        """Let others write, once all who have it in this process have done so."""
        with _lock:
            self.users -= 1
            if self.users:
                return
            _leases.pop(self._path, None)
            self._ends.set()
            found = _read(self._path)
            if found is not None and found.token == self._own.token:
                with suppress(OSError):
                    held_files.remove(self._path)

    def _refresh(self) -> None:
        while not self._ends.wait(_REFRESHED):
            with _lock, suppress(OSError):
                if not self._ends.is_set() and self.is_held():
                    private.write(self._path, _told(self._own))


_lock = threading.RLock()
_leases: dict[Path, Lease] = {}


def path_of(register_path: Path) -> Path:
    """Where it is said who writes in a register."""
    whole = real(register_path)
    return whole.with_name(f".{whole.name}.writer")


def take(register_path: Path, desk: str) -> Lease:
    """Become the one who writes. Errors: Held; OSError where the drive takes nothing."""
    path = path_of(register_path)
    with _lock:
        known = _leases.get(path)
        if known is not None and known.is_held():
            known.users += 1
            return known
        lease = _leases[path] = _taken(path, desk)
        return lease


def holder(register_path: Path) -> Holder | None:
    """Who writes in a register; None where nobody does, or who did is gone."""
    path = path_of(register_path)
    found = _read(path)
    return None if found is None or _is_gone(path, found) else found


def _taken(path: Path, desk: str) -> Lease:
    own = Holder(
        desk,
        platform.node(),
        processes.place(),
        os.getpid(),
        datetime.now(UTC).isoformat(),
        _token(),
    )
    recovered: Holder | None = None
    for _attempt in range(_ATTEMPTS):
        if _made(path, own):
            return Lease(path, own, recovered)
        found = _read(path)
        if found is None:
            continue
        if not _is_gone(path, found):
            raise Held(found)
        if _set_aside(path, found):
            recovered = found
    raise Held(_read(path) or own._replace(desk="", computer=""))


def _made(path: Path, own: Holder) -> bool:
    """Write the file where there is none: of several that try, one can."""
    try:
        private.create(path)
    except FileExistsError:
        return False
    private.write(path, _told(own))
    return True


def _set_aside(path: Path, stale: Holder) -> bool:
    """Remove what somebody has left behind; of several that try, one does."""
    aside = private.begun(path)
    try:
        held_files.replace(path, aside)
        found = _parsed(aside)
        if found is not None and found.token != stale.token:
            # Another one was faster, and this is already his: it goes back to its place.
            with suppress(OSError):
                held_files.rename(aside, path)
            return False
    except FileNotFoundError:
        return False
    finally:
        private.ended(aside)
    return True


def _is_gone(path: Path, found: Holder) -> bool:
    if found.place and found.place == processes.place() and not processes.is_alive(found.process):
        return True
    try:
        probe = private.begun(path)
    except OSError:  # a reader, who may not write there: only the clocks can tell
        now = time.time()
    else:
        now = probe.stat().st_mtime
        private.ended(probe)
    try:
        return now - path.stat().st_mtime > STALE_AFTER
    except OSError:
        return False


def _token() -> str:
    return os.urandom(16).hex()


def _told(own: Holder) -> bytes:
    return json.dumps(own._asdict()).encode("ascii")


def _read(path: Path) -> Holder | None:
    """Who has it, None where nobody does. Who has just made the file writes it in a moment."""
    for _attempt in range(_ATTEMPTS):
        if not path.exists():
            return None
        found = _parsed(path)
        if found is not None:
            return found
        time.sleep(_PAUSE)
    return Holder("", "", "", 0, "", "") if path.exists() else None


def _parsed(path: Path) -> Holder | None:
    try:
        told = json.loads(read_plain(path, _MOST_BYTES))
        texts = {name: str(told[name]) for name in Holder._fields if name != "process"}
        return Holder(**texts, process=int(told["process"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
