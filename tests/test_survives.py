# SPDX-License-Identifier: Apache-2.0
"""Some kills and some failures of the disk, by the harness of `benchmarks/survival`; `dev.py kills`
and `dev.py faults` do them all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks.survival import shim

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [
    pytest.mark.skipif(shim.lacking() is not None, reason=str(shim.lacking())),
    pytest.mark.timeout(300),
]
SEED = "7"
"""The same ones in each run; `dev.py kills` and `dev.py faults` try others each time."""
MAIN = ("import", "receive", "undo", "merge", "attach", "letters", "bulk", "create", "shape-05")


def survived(*arguments: str) -> int:
    """Run the harness, which must find nothing; how many processes it has hit."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "benchmarks.survival", *arguments, "--seed", SEED],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.endswith("not survived: 0")
    return int(last.split(": ")[1].split(",")[0])


def works(*names: str) -> list[str]:
    return [word for name in names for word in ("--work", name)]


@pytest.mark.long
def test_a_kill_loses_nothing_acknowledged_and_leaves_nothing_half() -> None:
    assert survived("kills", "--count", "18", *works(*MAIN)) >= 12


def test_a_new_passphrase_that_is_killed_leaves_one_that_opens() -> None:
    assert survived("kills", "--count", "1", *works("passphrase-set")) == 1


@pytest.mark.long
def test_a_register_whose_making_was_killed_opens_at_the_first_try() -> None:
    assert survived("kills", "--count", "40", *works("create")) >= 35


@pytest.mark.long
def test_a_disk_that_fails_once_is_said_and_loses_nothing() -> None:
    assert survived("faults", "--count", "2", *works(*MAIN[:-1])) >= 12


@pytest.mark.long
def test_a_commit_that_was_not_settled_is_not_found_by_the_next_start() -> None:
    """Every call that settles something fails once, in four acts after each other."""
    assert survived("faults", "--kinds", "SYNC", *works("receive")) >= 8


@pytest.mark.long
def test_a_page_that_cannot_be_read_is_not_called_damaged() -> None:
    """Also where it is the search index that reads it, which takes any failure for damage."""
    assert survived("faults", "--kinds", "READ", "--count", "30", *works("export")) >= 20


@pytest.mark.long
def test_what_is_done_to_personal_data_is_whole_or_not_begun() -> None:
    """Erasing, a rescue and a register made anew."""
    assert survived("kills", "--count", "9", *works("erase", "rescue", "rebuild")) >= 6


@pytest.mark.long
def test_under_a_passphrase_no_kill_leaves_a_name_that_can_be_read() -> None:
    """Letters on their way, drafts, crash reports, lists, copies: in home, user and temporary."""
    assert survived("kills", "--count", "12", *works("secret:")) >= 8


def test_a_name_that_can_be_read_is_found(tmp_path: Path) -> None:
    """What looks for it would find it in a file, in a package, and in a package within one."""
    from benchmarks.survival import secrets

    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:t>{secrets.NAME.upper()}</w:t>" * 40)
    for name, content in (
        ("plain.txt", secrets.NAME.encode()),
        ("letter.docx", inner.getvalue()),
        ("clear.txt", b"nobody"),
    ):
        (tmp_path / name).write_bytes(content)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as package:
        package.writestr("letter.docx", inner.getvalue())
    found = sorted(path.name for path in secrets.telling([tmp_path]))
    assert found == ["letter.docx", "outer.zip", "plain.txt"]
