# SPDX-License-Identifier: Apache-2.0
"""Holds a register's file as SQLite itself would, so that nobody opens it meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_FIRST, _COUNT = 0x4000_0000, 512
"""The bytes that SQLite locks: one who has a register open has a lock on some of them."""


@contextmanager
def alone(path: Path) -> Iterator[BinaryIO | None]:
    """The open file at `path` while nobody else can use it; None where somebody does.

    Not for a register that this process has open: closing the file would end the locks on it.
    Raises OSError.
    """
    number = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as file:
        yield file if _locked(number) else None


def _locked(number: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(number, _FIRST, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, _COUNT)
            os.lseek(number, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB, _COUNT, _FIRST)
    except OSError:
        return False
    return True
