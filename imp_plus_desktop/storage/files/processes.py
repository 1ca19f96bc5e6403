# SPDX-License-Identifier: Apache-2.0
"""Which process of which running system somebody works in, and whether it still runs.

place() -> str               what the processes of one running system have in common
is_alive(process) -> bool    whether a process of this system runs
own_mark() -> str            this process among all, without the computer's name
OTHER, ALIVE, GONE = whether(mark)    of a process of another system nothing is known here
"""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from functools import cache
from pathlib import Path

OTHER, ALIVE, GONE = "other", "alive", "gone"
_STILL_ACTIVE = 259
_MAY_ASK = 0x1000


def place() -> str:
    """What the processes of one running system have in common, and with no other."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{platform.node()} {boot} {Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return platform.node()


def is_alive(process: int) -> bool:
    """Whether a process of this system runs."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        handle = kernel.OpenProcess(_MAY_ASK, False, process)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_ACTIVE
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def own_mark() -> str:
    """What tells this process from every other one, of this system and of others. It is kept where
    others read it, so that it does not say the computer's name."""
    return f"{_place_told()}.{os.getpid()}.{_salt(os.getpid())}"


def whether(mark: str) -> str:
    """Whether the process of a mark runs, as far as it can be known here."""
    where, _dot, rest = mark.partition(".")
    process = rest.partition(".")[0]
    if where != _place_told() or not process.isdecimal():
        return OTHER
    if int(process) == os.getpid():
        return ALIVE if mark == own_mark() else GONE
    return ALIVE if is_alive(int(process)) else GONE


@cache
def _place_told() -> str:
    return hashlib.sha256(place().encode()).hexdigest()[:12]


@cache
def _salt(_process: int) -> str:
    return os.urandom(4).hex()
