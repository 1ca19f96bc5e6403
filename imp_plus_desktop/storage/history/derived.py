# SPDX-License-Identifier: Apache-2.0
"""What is derived and kept (summaries, agenda, flags, the index of the search) beside what was
computed again.

    differing(register, lines, basis)   the first person whose kept lines are others, or None

Nothing derived is in the journal, so that its chain says nothing of it. Reads only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import agenda, summary
from imp_plus_desktop.storage.reads.summary import Basis, Summary
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import AgendaLineTable, SummaryTable

_OF_BASIS = ("computed_on", "cap_full")
"""When a line was made: until it holds no longer, it is made the same on any day."""
_COLUMNS = columns_of(SummaryTable)
_COMPARED = [place for place, name in enumerate(_COLUMNS) if name not in _OF_BASIS]

_KEPT = (
    f"SELECT person_id, {', '.join(_COLUMNS[place] for place in _COMPARED)} FROM standing",
    f"SELECT person_id, {', '.join(columns_of(AgendaLineTable))} FROM agenda_line",
    "SELECT person_id, code FROM waiting_line",
    "SELECT person_id, code, application_id FROM flag_line",
)


def differing(register: Register, lines: Sequence[Summary], basis: Basis) -> int | None:
    """The first of these people whose kept lines are not those that are given for them."""
    db = register.db
    wanted = db.dialect.numbers(line.person_id for line in lines)
    kept: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for kind, sql in enumerate(_KEPT):
        cursor = db.execute_sql(f"{sql} WHERE {db.dialect.any_of('person_id')}", (wanted,))
        for person, *own in cursor.fetchall():
            kept[person].add((kind, *own))
    for line in lines:
        if kept[line.person_id] != _rows_of(line, basis):
            return line.person_id
    return db.search.differing([(line.person_id, line.search_line) for line in lines])


def _rows_of(line: Summary, basis: Basis) -> set[tuple[Any, ...]]:
    """Every row that is kept of a person's line, as `_KEPT` reads them."""
    own = summary.stored(line, basis)
    rows: set[tuple[Any, ...]] = {(0, *(own[place] for place in _COMPARED))}
    rows.update((1, *agenda.stored(place, one)) for place, one in enumerate(line.agenda))
    rows.update((2, code) for code in line.waiting)
    rows.update((3, code.value, application) for code, application in line.flags)
    return rows
