# SPDX-License-Identifier: Apache-2.0
"""The library between this process and its disk: made here, loaded by a start anew, armed at will.

ready(arguments)    start this module anew with the library, where it is not there yet
Shim().arm(...)     count from here; end or fail at a call
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from enum import IntFlag
from pathlib import Path

_SOURCE = Path(__file__).with_name("shim.c")
_VARIABLE = "IMP_PLUS_SHIM"
KILL = -1


class Call(IntFlag):
    """Kinds of calls, as in `shim.c`."""

    WRITE = 1
    SYNC = 2
    RENAME = 4
    REMOVE = 8
    SHORTEN = 16
    OPEN = 32
    READ = 64


EDGES = Call.SYNC | Call.RENAME | Call.REMOVE | Call.SHORTEN | Call.OPEN
"""Where something is made, settled, put in a place or taken away: the rest are bytes between."""
CHANGES = EDGES | Call.WRITE
READS = Call.READ


def lacking() -> str | None:
    """What keeps this from running here, None where nothing does."""
    if not sys.platform.startswith("linux"):
        return "only Linux lets a library stand before another"
    return None if _compiler() else "there is no C compiler (cc)"


def ready(module: str, arguments: list[str]) -> None:
    """Start the module anew behind the library. Returns where it stands there already."""
    if os.environ.get(_VARIABLE):
        return
    folder = Path(tempfile.mkdtemp(prefix="survival-"))
    library = folder / "shim.so"
    made = [_compiler() or "cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(_SOURCE)]
    try:
        subprocess.run([*made, "-ldl"], check=True)
        started = [sys.executable, "-P", "-m", module, *arguments]
        there = {**os.environ, "LD_PRELOAD": str(library), _VARIABLE: str(library)}
        code = subprocess.run(started, env=there, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code)


def _compiler() -> str | None:
    return shutil.which("cc") or shutil.which("gcc")


class Shim:
    """The loaded library."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ[_VARIABLE])

    def arm(
        self, folder: Path, kinds: Call, at: int = 0, does: int = 0, *, lasting: bool = False
    ) -> None:
        """Count the calls of these kinds below a folder from now on; at the call `at`, do."""
        below = os.fsencode(f"{folder}{os.sep}")
        self._library.survival_arm(below, int(kinds), at, does, int(lasting))

    def rest(self) -> None:
        """Let everything pass from now on."""
        self.arm(Path(os.devnull), Call(0))

    @property
    def count(self) -> int:
        return int(self._library.survival_count())

    @property
    def has_fired(self) -> bool:
        return bool(self._library.survival_fired())
