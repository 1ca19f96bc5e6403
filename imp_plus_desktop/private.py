# SPDX-License-Identifier: Apache-2.0
"""Makes files and folders that are their user's alone, whatever the umask; no other place does.

    create(path), write(path, content), append(path)     a file, 0600 from its first moment
    write_beginning(path, content)           of such a file
    make_folder(path), own_folder(path), tighten(path)   folders, 0700; what was there before
    aside(path), begun(path), ended(path)    what takes a file's place when it is whole
    scratch(), scratch_folder(), scratch_place()   what must not outlive the process
    start()                                  at the process's start; sweeps what a kill left

A process that needs it has one folder in the system's temporary one, under a lock that ends with
the process. A folder whose lock is free was left by a kill, and so was what it names as begun
elsewhere. Windows has no such modes: there the folder decides who may read.
Knows nothing of what is written. Standard library only.
"""

from __future__ import annotations

import atexit
import errno
import io
import os
import re
import shutil
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from imp_plus_desktop import held_files

FILE, FOLDER = 0o600, 0o700
_OTHERS = 0o077
_PREFIX = "imp-plus-run-"
_LOCK, _BEGUN = "lock", ".begun"
_SQLITES = ("-journal", "-wal", "-shm")
_REGISTER = ".imp"
_ASIDE = re.compile(r"\.\d+-[0-9a-f]{8}\.tmp(-journal|-wal|-shm)?")
_LOOKED_AT = re.compile(r"imp-plus-[a-z0-9_]{8}")
"""The folder of scans looked at by the first version, which nobody swept."""
_TEMPORARY = ("TMPDIR", "TEMP", "TMP")
_DAY = 86_400.0
"""Seconds. Nothing is being written for longer than that."""


def start() -> None:
    """Let nothing that this process makes be read by others, and sweep what earlier ones left."""
    os.umask(_OTHERS)
    if sys.platform != "win32":
        import resource

        # A core file would hold the memory, and so the register, in the clear.
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sweep()


def create(path: Path) -> None:
    """Make an empty file. Raises FileExistsError, and never opens a file that is there: to close
    a register again would end SQLite's locks on it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))


def write(path: Path, content: bytes) -> None:
    """Write a whole file in place of what stood there, or nothing. Raises OSError."""
    with aside(path) as new:
        _overwrite(new, content)


def copy_into(path: Path, source: IO[bytes], *, settled: bool = False) -> None:
    """Put what a file holds into one that was made; `settled`: onto the disk. Raises OSError."""
    source.seek(0)
    with open(path, "wb", opener=_opener) as target:
        shutil.copyfileobj(source, target, 2**18)
        if settled:
            target.flush()
            os.fsync(target.fileno())


def append(path: Path, encoding: str) -> io.TextIOWrapper:
    """A text file to add lines to, which end alike on every system. Raises OSError."""
    tighten(path)
    return open(path, "a", encoding=encoding, newline="\n", opener=_opener)


def write_beginning(path: Path, content: bytes) -> None:
    """Put other bytes over the first ones of a file that was made here. Raises OSError."""
    with open(path, "r+b", opener=_opener) as file:
        file.write(content)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing; one that is there stays as it is."""
    missing = []
    for folder in (path, *path.parents):
        if folder.is_dir():
            break
        missing.append(folder)
    for folder in reversed(missing):
        # `mkdir` with parents would give them the usual mode.
        folder.mkdir(FOLDER, exist_ok=True)


def own_folder(path: Path) -> None:
    """Make a folder of the program's own, or take from others what an earlier one let them."""
    make_folder(path)
    tighten(path)


def tighten(path: Path) -> None:
    """Take what others may do with a file or folder, where it is ours to say. Never opens it."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        found = path.lstat()
        kind = stat.S_IFMT(found.st_mode)
        if kind in (stat.S_IFREG, stat.S_IFDIR) and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)


def is_register(path: Path) -> bool:
    """Whether a register or a copy of one stands there: by its name, or open just now. Never
    opens it: to close it again would end SQLite's locks on it."""
    if not os.path.lexists(path):
        return False
    opened = path.with_name(f"{path.name}{_SQLITES[1]}")
    return path.suffix.casefold() == _REGISTER or os.path.lexists(opened)


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A new file beside the target; it takes the target's place when all went well, else it goes.

    Raises OSError, FileExistsError where a register stands there: none is ever written this way.
    """
    if is_register(path):
        raise FileExistsError(errno.EEXIST, "")
    new = begun(path)
    try:
        yield new
        held_files.replace(new, path)
    finally:
        ended(new)


def begun(path: Path) -> Path:
    """Make an empty file beside `path`, to take its place later; after a kill the next start
    removes it.

    Raises OSError, ValueError where `path` has no name.
    """
    sweep_folder(path.parent)
    new = path.with_name(f".{os.getpid()}-{os.urandom(4).hex()}.tmp")
    with suppress(OSError):  # without a note it is swept by its age
        _overwrite(_note_of(new), os.fsencode(new.absolute()))
    try:
        create(new)
    except OSError:
        ended(new)
        raise
    return new


def ended(new: Path) -> None:
    """Remove what `begun` made, unless it took its place."""
    # Where it cannot be removed now, the next start will.
    with suppress(OSError):
        _remove_with_sqlites(new)
        _note_of(new).unlink(missing_ok=True)


def scratch() -> IO[bytes]:
    """A file without a name, which ends with the process even when that is killed."""
    return tempfile.TemporaryFile()


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for a while."""
    folder = scratch_place()
    try:
        yield folder
    finally:
        remove_folder(folder)


def scratch_place() -> Path:
    """A folder until somebody removes it (`remove_folder`), and no longer than the process."""
    return Path(tempfile.mkdtemp(dir=_place.folder()))


@contextmanager
def temporary_files_inside() -> Iterator[None]:
    """While it lasts, libraries that are no Python put their temporary files where they go too.

    No other program should be started meanwhile: it would be told the same folder.
    """
    with scratch_folder() as folder:
        before = {name: os.environ.get(name) for name in _TEMPORARY}
        os.environ.update(temporary_files_in(folder))
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


def temporary_files_in(folder: Path) -> dict[str, str]:
    """What to tell a child, so that its temporary files go where `folder` goes."""
    return dict.fromkeys(_TEMPORARY, str(folder))


def kept_folder(prefix: str) -> Path:
    """A new folder in the system's temporary one that stays when the program ends."""
    return Path(tempfile.mkdtemp(prefix=prefix))


def remove_folder(folder: Path) -> None:
    """Take a folder with all that is in it away; what another program holds open stays behind."""
    for path in folder.rglob("*"):
        with suppress(OSError):
            if not path.is_symlink():
                path.chmod(FOLDER if path.is_dir() else FILE)  # Windows keeps what is read-only
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of processes that are gone, and what they had begun elsewhere."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            ours = entry.name.startswith(_PREFIX) or _LOOKED_AT.fullmatch(entry.name)
            if ours and entry.is_dir(follow_symlinks=False) and _is_mine(Path(entry.path)):
                _sweep_place(Path(entry.path))


def sweep_folder(folder: Path, *others: re.Pattern[str]) -> None:
    """Remove from a folder what was begun there long ago, by a process whose notes are lost.

    `others` are names that it may have besides those that `begun` gives.
    """
    with suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if any(pattern.fullmatch(entry.name) for pattern in (_ASIDE, *others)):
                _remove_old(Path(entry.path))


def sweep_of(process: int, folders: Iterable[Path]) -> None:
    """Remove what a process that was ended had begun in folders."""
    begun = re.compile(rf"\.{process}-[0-9a-f]{{8}}\.tmp(-journal|-wal|-shm)?")
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as found:
            for entry in found:
                if begun.fullmatch(entry.name):
                    with suppress(OSError):
                        Path(entry.path).unlink()


def _remove_old(path: Path) -> None:
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISREG(found.st_mode) and _is_mine(path) and time.time() - found.st_mtime > _DAY:
            path.unlink()


def _sweep_place(place: Path) -> None:
    locks = list(place.rglob(_LOCK))
    if place / _LOCK not in locks and time.time() - place.stat().st_mtime < _DAY:
        return  # its process may be about to lock it
    held: list[int] = []
    try:
        for lock in locks:
            number = os.open(lock, os.O_RDWR)
            held.append(number)
            if not _lock(number):
                return  # its process lives, or that of a folder within
        for note in place.rglob(f"*{_BEGUN}"):
            _remove_begun(Path(os.fsdecode(note.read_bytes())))
    except OSError:
        return
    finally:
        for number in held:
            os.close(number)
    remove_folder(place)


def _remove_begun(path: Path) -> None:
    # A note is believed only as far as it names what `begun` would make.
    with suppress(OSError):
        if _ASIDE.fullmatch(path.name):
            _remove_with_sqlites(path)


def _remove_with_sqlites(path: Path) -> None:
    for ending in ("", *_SQLITES):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _is_mine(path: Path) -> bool:
    return sys.platform == "win32" or path.lstat().st_uid == os.geteuid()


def _lock(number: int) -> bool:
    """Lock an open file until it is closed; False when another process has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, FILE)


def _overwrite(path: Path, content: bytes) -> None:
    with open(path, "wb", opener=_opener) as target:
        target.write(content)


def _note_of(new: Path) -> Path:
    return _place.folder() / f"{new.name[1:]}{_BEGUN}"


class _Place:
    """The process's own folder, made when it is first needed and gone with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._process = 0
        self._number = -1

    def folder(self) -> Path:
        with self._lock:
            mine = self._process == os.getpid()
            if self._folder is None or not mine or not self._folder.is_dir():
                self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
                create(self._folder / _LOCK)
                self._number = os.open(self._folder / _LOCK, os.O_RDWR)
                _lock(self._number)
                self._process = os.getpid()
                atexit.register(self._leave, self._folder, self._process, self._number)
            return self._folder

    def _leave(self, folder: Path, process: int, number: int) -> None:
        if process != os.getpid():
            return
        # A scan that is still open elsewhere stays; with the lock free beside it, the next start
        # knows at once that nobody needs it any more.
        with suppress(OSError):
            for entry in folder.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    remove_folder(entry)
                elif entry.name != _LOCK:
                    with suppress(OSError):
                        entry.unlink()
        os.close(number)
        with suppress(OSError):
            if [entry.name for entry in folder.iterdir()] == [_LOCK]:
                remove_folder(folder)


_place = _Place()
