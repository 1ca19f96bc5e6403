# SPDX-License-Identifier: Apache-2.0
"""A disk of a test's own: full, or one that may only be read, also for root."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def a_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of so many bytes (`64k`, `2m`) in a new folder; the test is left out where none can
    be made."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be made here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def closed(disk: Path, how: str = "ro") -> None:
    """Have a disk that may be written be only read, or the other way round."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)
