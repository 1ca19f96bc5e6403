# SPDX-License-Identifier: Apache-2.0
"""How the program starts itself for work that is better done apart, frozen or not.

A child imports from where the program is and from nowhere else: what lies in the folder that the
user happens to be in, or in a relative entry of a path variable, is somebody else's code.
Knows only the command and its surroundings; what the child does is its own module's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from imp_plus_desktop.exchange.readers import job_limits

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a child shows no console."""
_FROZEN: bool = getattr(sys, "frozen", False)
_PACKAGE = Path(__file__).resolve().parents[2]
_APART: list[subprocess.Popen[bytes]] = []
"""Processes that go on by themselves: Python warns of one that it forgets while it runs."""


def own_program(option: str) -> list[str]:
    """The command that runs this program with an option of `__main__`."""
    if _FROZEN:
        return [sys.executable, option]
    return [sys.executable, "-P", "-m", "imp_plus_desktop", option]


def start(
    command: Sequence[str],
    surroundings: Mapping[str, str] = {},
    *,
    buffer: int = -1,
    limits: job_limits.JobLimits = job_limits.NONE,
) -> subprocess.Popen[bytes]:
    """Start a command in a folder of the program's, its input and its answer by pipe.

    `surroundings` are environment variables besides the process's own; `buffer` is in bytes;
    `limits` are kept by Windows, elsewhere the child sets its own.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=buffer,
        cwd=Path(sys.executable).parent if _FROZEN else _PACKAGE,
        env={**_surroundings(), **surroundings},
        creationflags=_NO_WINDOW,
    )
    job_limits.hold(process, limits)
    return process


def start_apart(command: Sequence[str]) -> None:
    """Start a command that goes on by itself, whatever becomes of this process. Errors: OSError."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(sys.executable).parent if _FROZEN else _PACKAGE,
        env=_surroundings(),
        start_new_session=True,
    )
    _APART.append(process)


def _surroundings() -> dict[str, str]:
    """The variables with which this program starts another of its processes."""
    found = dict(os.environ)
    if not _FROZEN:
        # The child finds the package where the parent found it, whatever the folder.
        known = found.get("PYTHONPATH", "").split(os.pathsep)
        absolute = [place for place in known if Path(place).is_absolute()]
        found["PYTHONPATH"] = os.pathsep.join([str(_PACKAGE.parent), *absolute])
        found["PYTHONSAFEPATH"] = "1"
    return found
