# SPDX-License-Identifier: Apache-2.0
"""Which tests are left to the long run, and that both runs together are all tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_MORE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
CONFTEST = """
import long_cases
import pytest

def pytest_configure(config):
    for name in ("long", "many", "mostly_long"):
        config.addinivalue_line("markers", name)

@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    long_cases.mark(items, all_are_there=True)
"""
TESTS = """
import pytest

@pytest.mark.many("2-fr")
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("part", [1, 2])
def test_of_cases(language, part): pass

@pytest.mark.long
def test_whole(): pass

def test_short(): pass
"""


def collected(folder: Path, *arguments: str) -> tuple[set[str], str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider",
         f"--rootdir={folder}", *arguments, "test_some.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests"), **WITHOUT_MORE},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    found = {line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line}
    return found, done.stderr


def test_of_many_cases_those_that_are_named_are_for_every_day(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, "utf-8")
    (tmp_path / "test_some.py").write_text(TESTS, "utf-8")
    every_day, _told = collected(tmp_path, "-m", "not long")
    long, _told = collected(tmp_path, "-m", "long")
    assert every_day == {"test_of_cases[2-fr]", "test_short"}
    assert len(long) == 4
    assert every_day | long == collected(tmp_path)[0]


def test_of_a_module_that_is_mostly_long_those_that_are_named_are_for_every_day(
    tmp_path: Path,
) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, "utf-8")
    module = TESTS.replace(
        "import pytest\n",
        'import pytest\npytestmark = pytest.mark.mostly_long("test_short", "test_of_cases")\n',
    )
    (tmp_path / "test_some.py").write_text(module, "utf-8")
    every_day, _told = collected(tmp_path, "-m", "not long")
    assert every_day == {"test_of_cases[2-fr]", "test_short"}
    (tmp_path / "test_some.py").write_text(
        module.replace('("test_short"', '("test_of_cases"'), "utf-8"
    )
    assert collected(tmp_path, "-m", "not long")[0] == {"test_of_cases[2-fr]"}


def test_a_case_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, "utf-8")
    (tmp_path / "test_some.py").write_text(TESTS.replace('"2-fr"', '"2-nl"'), "utf-8")
    assert "kept for every day: test_some.py [2-nl]" in collected(tmp_path)[1]
