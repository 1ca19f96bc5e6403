# SPDX-License-Identifier: Apache-2.0
"""What is done before a file is closed: the driver closes it while no other thread computes."""

from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.storage.engines.sqlite.access import driven

pytestmark = pytest.mark.of_a_file("a log beside the file")

_LINE = "x" * 4_000


def opened(path: Path) -> Any:
    made = driven.connect(str(path), isolation_level=None)
    made.execute("PRAGMA journal_mode = WAL").fetchall()
    made.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
    made.execute("CREATE TABLE IF NOT EXISTS lines (line)")
    return made


def write(connection: Any, lines: int) -> None:
    connection.execute("BEGIN")
    for _line in range(lines):
        connection.execute("INSERT INTO lines VALUES (?)", (_LINE,))
    connection.execute("COMMIT")


def test_a_long_log_is_taken_to_its_file_before_that_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lines.db"
    other, one = opened(path), opened(path)
    write(one, 500)
    assert path.stat().st_size < 100_000
    one.close()
    assert path.stat().st_size > 2_000_000
    assert other.execute("SELECT COUNT(*) FROM lines").fetchone() == (500,)
    other.close()


def test_a_short_log_is_left_to_the_next_commit(tmp_path: Path) -> None:
    path = tmp_path / "lines.db"
    other, one = opened(path), opened(path)
    write(one, 20)
    one.close()
    assert path.stat().st_size < 50_000
    assert other.execute("SELECT COUNT(*) FROM lines").fetchone() == (20,)
    other.close()


def test_who_closes_in_the_middle_of_a_transaction_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = tmp_path / "lines.db"
    one = opened(path)
    write(one, 500)
    one.execute("BEGIN")
    one.execute("DELETE FROM lines")
    one.close()
    again = opened(path)
    assert again.execute("SELECT COUNT(*) FROM lines").fetchone() == (500,)
    again.close()
