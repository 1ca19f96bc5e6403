# SPDX-License-Identifier: Apache-2.0
"""A passphrase typed at a terminal, where nobody sees a slip."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
ROOT = Path(__file__).resolve().parents[2]


def at_a_terminal(folder: Path, *arguments: str, typed: tuple[str, ...]) -> int:
    """Run `imp-plus` on a terminal of its own and type these lines when it asks; its exit code."""
    import pty

    screen, terminal = pty.openpty()
    home = {"IMP_PLUS_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "imp_plus_desktop", "--lang", "en", "--register"]
    child = subprocess.Popen(
        [*command, str(folder / "own.imp"), *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, **home},
        start_new_session=True,  # so that it asks on this terminal and on no other
    )
    os.close(terminal)
    said = b""
    for line in typed:
        while not said.endswith(b": "):
            said += os.read(screen, 1024)
        said = b""
        os.write(screen, line.encode() + b"\n")
    try:
        while os.read(screen, 1024):
            pass
    except OSError:  # the other end is closed
        pass
    os.close(screen)
    return child.wait(timeout=60)


def test_a_new_passphrase_is_typed_twice_and_a_slip_changes_nothing(tmp_path: Path) -> None:
    person = ("add", "family_name=Roy", "given_names=Anne", "birth_date=1990-01-02")
    assert at_a_terminal(tmp_path, *person, typed=()) == 0
    assert at_a_terminal(tmp_path, "passphrase", "set", typed=("sapin bleu", "sapin blue")) == 2
    assert (tmp_path / "own.imp").read_bytes().startswith(b"SQLite format 3")
    assert at_a_terminal(tmp_path, "passphrase", "set", typed=("sapin bleu", "sapin bleu")) == 0
    assert not (tmp_path / "own.imp").read_bytes().startswith(b"SQLite format 3")
