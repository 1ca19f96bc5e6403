# SPDX-License-Identifier: Apache-2.0
"""What is counted of a whole year: the quota's board beside the GROUP BY that it stands on.

year_board(count)   both in one process, in seconds of the processor, medians of some turns
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

TODAY = date(2024, 11, 20)
TURNS = 7

Figures = dict[str, float]

_BARE = (
    "SELECT substr(received_at, 1, 10), kind, outcome, place IS NULL, COUNT(*) FROM application"
    " WHERE cap_year = 2024 AND member_id IS NULL GROUP BY 1, 2, 3, 4"
)
_FILL = (
    "INSERT INTO application (id, person_id, code, kind, state, received_at, cap_year, place)"
    " VALUES (?, ?, 'A76', 'first', 'received', ?, 2024, ?)"
)


def year_board(count: str) -> Figures:
    """The board of a year with so many receipts, some in each hour of its working days."""
    from imp_plus_desktop import bootstrap
    from imp_plus_desktop.services.quota import quota

    with tempfile.TemporaryDirectory() as folder:
        office = bootstrap.open_office(Path(folder) / "register.imp", today=TODAY)
        database = office.register.db
        database.execute_sql("PRAGMA foreign_keys = OFF")  # the people behind them are not asked
        with database.atomic():
            database.connection().executemany(_FILL, _receipts(int(count)))
        bare = _taken(lambda: database.execute_sql(_BARE).fetchall())
        board = _taken(lambda: quota.board(office, 2024))
        office.close()
    return {"seconds": board, "beside": bare}


def _receipts(count: int) -> list[tuple[Any, ...]]:
    first = datetime(2024, 1, 2, 13, tzinfo=UTC)
    at = [(first + timedelta(n % 320, hours=n % 9)).isoformat() for n in range(count)]
    return [(n, n, at[n - 1].replace("+00:00", "Z"), n) for n in range(1, count + 1)]


def _taken(do: Callable[[], object]) -> float:
    taken = []
    for _ in range(TURNS):
        started = process_time()
        do()
        taken.append(process_time() - started)
    return statistics.median(taken)
