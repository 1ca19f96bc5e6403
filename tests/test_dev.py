# SPDX-License-Identifier: Apache-2.0
"""The project's own script and the program's way in."""

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from imp_plus_desktop import __version__
from imp_plus_desktop.__main__ import has_command

ROOT = Path(__file__).resolve().parent.parent


def run_dev(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY",)}
    return subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_without_a_command_it_lists_the_commands() -> None:
    answer = run_dev()
    assert answer.returncode == 0
    assert all(name in answer.stdout for name in dev.COMMANDS)
    assert run_dev("no-such-command").returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others always have a display")
def test_without_a_display_run_says_so_and_names_the_demo() -> None:
    answer = run_dev("run", QT_QPA_PLATFORM="", WAYLAND_DISPLAY="")
    assert answer.returncode == 1
    assert "no display" in answer.stderr
    assert "dev.py demo" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def locked(text: str) -> list[str]:
    """The requirements of a lock, each without its hashes."""
    lines = re.sub(r" \\\n +--hash=\S+", "", text).splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_requirement_is_pinned_exactly() -> None:
    requirements = locked(dev.LOCK.read_text("utf-8"))
    assert len(requirements) > 40
    assert [line for line in requirements if "==" not in line.partition(";")[0]] == []


def test_every_library_of_the_program_stands_in_the_licence_list() -> None:
    text = (ROOT / "docs" / "licences.md").read_text("utf-8").lower()
    program = locked(dev.LOCK.read_text("utf-8").split("# The program")[1].split("#")[0])
    assert len(program) > 10
    for requirement in program:
        name, _equals, version = requirement.lower().partition("==")
        row = next(line for line in text.splitlines() if f"| {name.replace('_', '-')} |" in line)
        assert version in row


def test_there_is_one_version_and_the_changelog_starts_with_it() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    titles = [line for line in changelog.splitlines() if line.startswith("## ")]
    first = next(title for title in titles if title != "## Unreleased")
    assert __version__ in first


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], False),
        (["--register", "a.imp"], False),
        (["--register=a.imp", "--lang", "fr", "--today", "2026-03-04", "--json"], False),
        (["--register", "people"], False),
        (["people"], True),
        (["--lang", "en", "quota", "2026"], True),
        (["--version"], True),
        (["-h"], True),
        (["--no-such-option"], True),
    ],
)
def test_a_command_is_the_first_argument_that_is_no_global_option(
    arguments: list[str], expected: bool
) -> None:
    assert has_command(arguments) is expected


def test_every_locked_library_is_installed_by_its_hash_only() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    lines = lock.replace("\\\n", "").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert len(pinned) > 40
    for line in pinned:
        assert re.match(r"[\w.-]+==[\w.]+( ; sys_platform == \"\w+\")?  *--hash=", line), line
        hashes = re.findall(r"--hash=(\S+)", line)
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), line
        assert len(set(hashes)) == len(hashes), line
    assert "--require-hashes" in inspect.getsource(dev.ensure_environment)
    assert "://" not in lock
