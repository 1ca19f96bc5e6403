# SPDX-License-Identifier: Apache-2.0
"""How long the replay of a million ledger entries takes: `ledger_replay.py [ENTRIES]`.

Writes a register of its own in a temporary folder, and prints what writing and each check took.
Must not touch any other register.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ActHeader, ChangeRecord
from imp_plus_desktop.storage.tables import serialization
from imp_plus_desktop.storage.tables.schema import COLUMNS

MILLION = 1_000_000
AN_ACT = 10_000
AT = "2024-06-01T15:00:00Z"
A_YEAR = 14_700


def timed(what: str, call: Callable[[], object]) -> None:
    """Seconds on the clock, and those of the processor: on a shared machine only these count."""
    start, worked = time.perf_counter(), time.process_time()
    found = call()
    clock, cpu = time.perf_counter() - start, time.process_time() - worked
    print(f"{what:<28}{clock:8.1f} s{cpu:8.1f} s CPU   {found or 'ok'}", flush=True)


def fill(office: Office, entries: int) -> None:
    """Applications with a place each, in acts of ten thousand, written in bulk with the journal."""
    db = office.register.db
    with office.act("benchmark") as act:
        person = act.insert("person", {"family_name": "Benali"})
    with db.atomic("IMMEDIATE"):
        for first in range(1, entries + 1, AN_ACT):
            _write_act(db, person, 2 + first // AN_ACT, range(first, first + AN_ACT))
        db.execute_sql(
            "INSERT INTO cap_counter (year, used) SELECT cap_year, COUNT(*) FROM application"
            " GROUP BY cap_year"
        )


def _write_act(db: Any, person: int, number: int, applications: range) -> None:
    entries, changes = [], []
    columns = COLUMNS["application"]
    rows = []
    for one in applications:
        year, place = 2022 + (one - 1) // A_YEAR, (one - 1) % A_YEAR + 1
        row = {
            "cap_year": year,
            "code": "A76",
            "id": one,
            "kind": "first",
            "person_id": person,
            "place": place,
            "received_at": f"{year}-06-01T15:00:00Z",
            "state": "received",
        }
        entry = {
            "application_id": one,
            "at": AT,
            "cap_year": year,
            "ceiling": None,
            "delta": 1,
            "reason": "benchmark",
            "rule": "CAP-01",
        }
        rows.append([row.get(name) for name in columns])
        entries.append((one, number, one, year, 1, "benchmark", "CAP-01", None, AT))
        changes.append(
            ChangeRecord("ledger_entry", one, None, None, serialization.dump(entry), None, None)
        )
        changes.append(ChangeRecord("application", one, person, None, serialization.dump(row)))
    marks = ", ".join("?" * len(columns))
    bulk = db.connection().executemany
    bulk(f"INSERT INTO application ({', '.join(columns)}) VALUES ({marks})", rows)
    bulk(
        "INSERT INTO ledger_entry (id, act_id, application_id, cap_year, delta, reason, rule,"
        " ceiling, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entries,
    )
    header = ActHeader(datetime(2024, 6, 1, tzinfo=UTC), "benchmark", "benchmark")
    journal.append(db, number, header, "{}", journal.write_changes(db, number, changes))


def main(argv: list[str]) -> None:
    entries = int(argv[0]) if argv else MILLION
    with tempfile.TemporaryDirectory(prefix="imp-plus-replay-") as folder:
        office = open_office(Path(folder, "register.imp"), today=date(2024, 6, 1))
        timed(f"writing {entries:,} entries", lambda: fill(office, entries))
        timed("replay of both ledgers", lambda: replay.ledger_fault(office.register))
        timed("replay of every row", lambda: replay.row_fault(office.register))
        timed("the journal's chain", lambda: journal.verify(office.register.db))
        office.close()


if __name__ == "__main__":
    main(sys.argv[1:])
