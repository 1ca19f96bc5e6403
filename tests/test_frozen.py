# SPDX-License-Identifier: Apache-2.0
"""The built program, where nothing of the project can help it. Skipped until one is built."""

import json
import subprocess
from pathlib import Path

import pytest

import dev
from imp_plus_desktop import __version__

pytestmark = [
    pytest.mark.frozen,
    pytest.mark.skipif(not dev.PROGRAM.exists(), reason="nothing is built: python3 dev.py build"),
]


def run_program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(dev.PROGRAM), *arguments],
        cwd=folder,
        env=dev.bare_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_built_program_passes_its_own_test(tmp_path: Path) -> None:
    answer = run_program(tmp_path, "--json", "self-test")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["passed"] is True


def test_the_built_program_knows_its_version(tmp_path: Path) -> None:
    assert __version__ in run_program(tmp_path, "--version").stdout


def test_the_built_program_carries_only_the_languages_it_speaks() -> None:
    names = {file.stem for file in dev.PROGRAM_FOLDER.rglob("*.qm")}
    assert names <= {"qtbase_fr", "qtbase_en"}
    assert len(list(dev.PROGRAM_FOLDER.rglob("imp_plus.mo"))) == 2


def test_the_built_program_carries_no_sqlite_of_qt() -> None:
    assert not list(dev.PROGRAM_FOLDER.rglob("*qsqlite*"))
