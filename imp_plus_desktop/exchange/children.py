# SPDX-License-Identifier: Apache-2.0
"""How the program starts itself for work that is better done apart, frozen or not.

Knows only the command and its surroundings; what the child does is its own module's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Creation flag: on Windows a child shows no console."""


def own_program(option: str) -> list[str]:
    """The command that runs this program with an option of `__main__`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, option]
    return [sys.executable, "-m", "imp_plus_desktop", option]


def environment() -> dict[str, str]:
    """The process's own environment, with what the child needs to find the package."""
    found = dict(os.environ)
    if not getattr(sys, "frozen", False):
        # The child finds the package where the parent found it, whatever the folder.
        home = str(Path(__file__).resolve().parents[2])
        known = found.get("PYTHONPATH")
        found["PYTHONPATH"] = f"{home}{os.pathsep}{known}" if known else home
    return found
