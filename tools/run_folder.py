# SPDX-License-Identifier: Apache-2.0
"""One folder for all that a run of the tests leaves among temporary files; it goes with the run.

    entered() -> Path     this process's temporary files, and those of what it starts, lie there now
    made(within) -> Path  a new one, held by this process
    sweep(within)         remove those of runs that are gone, and end the servers that they left

Each process of a run holds a lock in the folder as long as it lives, so that the runs of several
checkouts leave one another's alone. Standard library only; on Windows there is no such folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PREFIX = "imp-plus-tests-"
_LOCK = ".held"
_DAY = 24 * 60 * 60
"""Seconds after which a folder without a lock is nobody's: its run had none, or ended too soon."""
_PATIENCE = 10.0
"""Seconds in which a server has to end before it is killed."""
_held: list[int] = []


def entered() -> Path:
    """Use the folder of the run that this process is of; without one, begin a run."""
    place = Path(tempfile.gettempdir())
    if sys.platform == "win32":
        return place
    if place.name.startswith(PREFIX):
        _hold(place)
        return place
    sweep(place)
    folder = made(place)
    atexit.register(_leave, folder, os.getpid())
    # What pytest keeps of tests that failed is kept where it was.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    return folder


def made(within: Path) -> Path:
    """A new folder that this process holds; a server's own user may pass through it."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=within))
    folder.chmod(0o711)
    _hold(folder)
    return folder


def sweep(within: Path) -> None:
    """Remove the folders that no process holds any longer."""
    for folder in within.glob(f"{PREFIX}*"):
        with suppress(OSError):
            found = folder.lstat()
            mine = folder.is_dir() and not folder.is_symlink() and found.st_uid == os.geteuid()
            if mine and _is_left(folder, found.st_mtime):
                remove(folder)


def remove(folder: Path) -> None:
    """Take a folder away, after the servers that still run in it."""
    for note in folder.glob("*/*/postmaster.pid"):
        with suppress(OSError, ValueError, IndexError):
            _end(int(note.read_text("ascii").split()[0]), note.parent)
    shutil.rmtree(folder, ignore_errors=True)


def _hold(folder: Path) -> None:
    import fcntl

    # Whoever finds the lock finds it held.
    number, name = tempfile.mkstemp(prefix=_LOCK, dir=folder)
    fcntl.flock(number, fcntl.LOCK_SH)
    _held.append(number)
    with suppress(FileExistsError):
        os.link(name, folder / _LOCK)
        Path(name).unlink()
        return
    Path(name).unlink()
    os.close(_held.pop())
    _held.append(os.open(folder / _LOCK, os.O_RDWR))
    fcntl.flock(_held[-1], fcntl.LOCK_SH)


def _is_left(folder: Path, changed: float) -> bool:
    import fcntl

    try:
        number = os.open(folder / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return time.time() - changed > _DAY
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(number)
    return True


def _leave(folder: Path, process: int) -> None:
    if process == os.getpid():  # and no child of it that has copied what it was to do
        remove(folder)


def _end(process: int, data: Path) -> None:
    """End a server at once, where the process is that server."""
    if not _is_of(process, data):
        return
    os.kill(process, signal.SIGQUIT)
    end = time.monotonic() + _PATIENCE
    while _is_of(process, data):
        if time.monotonic() > end:
            os.kill(process, signal.SIGKILL)
            return
        time.sleep(0.05)


def _is_of(process: int, data: Path) -> bool:
    if Path("/proc/self").exists():
        try:
            told = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return False
    else:
        asked = ["ps", "-o", "args=", "-p", str(process)]
        told = subprocess.run(asked, capture_output=True, check=False).stdout
    return os.fsencode(data.resolve()) in told
