# SPDX-License-Identifier: Apache-2.0
"""Folders of another computer, as the kernel's list of what is mounted tells of them, and other
processes that open registers there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imp_plus_desktop.storage.files import network_drives

ROOT = Path(__file__).resolve().parent.parent
_PROCESS = """
import os, sys
from datetime import date
from pathlib import Path
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.files import network_drives

_MODULE, path, mounts, name, first, count = sys.argv
if mounts:
    network_drives._MOUNTS = Path(mounts)
sys.path.insert(0, "tests")
from office_builders import TODAY, invite

settings = Settings(Path(mounts or path).with_name("no settings"))
settings._stored["user_name"] = name
office = open_office(Path(path), today=TODAY, settings=settings)
for number in range(int(first), int(first) + int(count)):
    invite(office, number)
print("open" if office.reading is None else office.reading.code, flush=True)
sys.stdin.readline()
office.close()
"""


def mounted(folder: Path, kind: str = "cifs") -> str:
    """The kernel's line for a folder of another computer."""
    place = os.fspath(folder.resolve()).replace(" ", "\\040")
    return f"40 22 0:35 / {place} rw shared:9 - {kind} //serveur/bureau rw\n"


def make_share(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Say of a folder that it is on another computer; answers the list that says it."""
    folder.mkdir(exist_ok=True)
    mounts = folder.with_name(f"{folder.name}.mounts")
    mounts.write_text("22 1 0:20 / / rw - ext4 /dev/sda1 rw\n" + mounted(folder))
    monkeypatch.setattr(network_drives, "_MOUNTS", mounts)
    network_drives._is_remote.cache_clear()
    return mounts


@contextmanager
def another_desk(
    path: Path, mounts: Path | None = None, name: str = "Anna", acts: tuple[int, int] = (1, 0)
) -> Iterator[subprocess.Popen[str]]:
    """Another process with the register open, `acts` done from a number on; killed at the end
    unless it was told to close it."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", _PROCESS, str(path), str(mounts or ""), name),
            *map(str, acts),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == "open"
        yield process
    finally:
        process.kill()
        process.communicate()


def close(process: subprocess.Popen[str]) -> None:
    """Let another desk close its register, as it should."""
    process.communicate("\n", timeout=30)
    assert process.returncode == 0
