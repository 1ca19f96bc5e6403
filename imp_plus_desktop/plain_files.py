# SPDX-License-Identifier: Apache-2.0
"""The one way in which a file that somebody names is looked at before it is opened.

A folder, a pipe or a device may bear any name: to open a pipe waits for ever, and what a device
gives has no end. Stands under every layer and knows nothing of what a file is for.
"""

from __future__ import annotations

import errno
import os
import stat
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO


class Kind(StrEnum):
    """What stands at a path."""

    FILE = "file"
    FOLDER = "folder"
    SPECIAL = "special"  # a pipe, a device, a socket
    MISSING = "missing"
    HIDDEN = "hidden"  # behind a folder that this user may not enter


FULL, NO_ANSWER, READ_ONLY = "full", "no_answer", "read_only"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class NotAFile(OSError):
    """What was to be opened is no ordinary file."""


def kind_of(path: Path) -> Kind:
    """What stands at a path, links followed. Opens nothing."""
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return Kind.HIDDEN
    except (OSError, ValueError):  # a name that no file can have
        return Kind.MISSING
    return _kind(mode)


def real(path: Path) -> Path:
    """Where a path leads, links followed; the path as it is where the system cannot tell, as of
    one that is longer than Windows knows."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def open_plain(path: Path) -> BinaryIO:
    """Open an ordinary file to read its bytes; never waits. Errors: OSError, also NotAFile."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except ValueError:
        raise FileNotFoundError(errno.ENOENT, "") from None
    except PermissionError:
        # Windows lets nobody open a folder, and says no more.
        if kind_of(path) in (Kind.FILE, Kind.HIDDEN, Kind.MISSING):
            raise
        raise NotAFile(errno.EINVAL, "") from None
    if _kind(os.fstat(handle).st_mode) is not Kind.FILE:
        os.close(handle)
        raise NotAFile(errno.EINVAL, "")
    return os.fdopen(handle, "rb")


def read_plain(path: Path, most: int = -1) -> bytes:
    """The bytes of an ordinary file, `most` of them at most. Errors: OSError, also NotAFile."""
    with open_plain(path) as file:
        return file.read(most)


def trouble(error: OSError, otherwise: str) -> str:
    """The code of a failure to read or write a file: `full`, `no_answer`, `read_only`, or else
    what the caller says of all others."""
    if error.errno in _NO_ROOM:
        return FULL
    if error.errno == errno.EIO:
        return NO_ANSWER
    return READ_ONLY if error.errno == errno.EROFS else otherwise


def _kind(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.SPECIAL
