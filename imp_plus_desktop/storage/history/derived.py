# SPDX-License-Identifier: Apache-2.0
"""What is derived and kept (summaries, agenda, flags, the index of the search) beside what was
computed again, and what of it goes along with a register to another place.

    differing(register, lines, basis)   the first person whose kept lines are others, or None
    lines_differing(…)                  the same without the index of the search
    carry(source, target, step)         takes the lines along: whether they came as they were
    forget(register)                    drops them again
    index(source, target, step)         makes the index of whoever has a line

Nothing derived is in the journal, so that its chain says nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any

from imp_plus_desktop.domain.search.lines import line_of
from imp_plus_desktop.storage.engines import Step
from imp_plus_desktop.storage.engines.carrying import LINES, carry_lines, rows_at_once
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import agenda, queries, summary
from imp_plus_desktop.storage.reads.summary import Basis, Summary
from imp_plus_desktop.storage.tables.columns import Table, columns_of
from imp_plus_desktop.storage.tables.records import (
    AgendaLineTable,
    FlagLineTable,
    SummaryFiguresTable,
    SummaryTable,
    WaitingLineTable,
)

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

_ORDERED = (
    (SummaryFiguresTable, "id"),
    (SummaryTable, "person_id"),
    (AgendaLineTable, "id"),
    (WaitingLineTable, "code, person_id"),
    (FlagLineTable, "person_id, application_id, code"),
)
_FILES = 500
"""Files whose words are gathered at a time."""


def differing(register: Register, lines: Sequence[Summary], basis: Basis) -> int | None:
    """The first of these people whose kept lines, or words in the index, are not those that are
    given for them."""
    person = lines_differing(register, lines, basis)
    if person is not None:
        return person
    return register.db.search.differing([(line.person_id, line.search_line) for line in lines])


def lines_differing(register: Register, lines: Sequence[Summary], basis: Basis) -> int | None:
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
    return None


def _rows_of(line: Summary, basis: Basis) -> set[tuple[Any, ...]]:
    """Every row that is kept of a person's line, as `_KEPT` reads them."""
    own = summary.stored(line, basis)
    rows: set[tuple[Any, ...]] = {(0, *(own[place] for place in _COMPARED))}
    rows.update((1, *agenda.stored(place, one)) for place, one in enumerate(line.agenda))
    rows.update((2, code) for code in line.waiting)
    rows.update((3, code.value, application) for code, application in line.flags)
    return rows


def carry(source: Register, target: Register, step: Step | None = None) -> bool:
    """Take the lines along into a register that holds the same files and has no line, in the
    caller's transaction on both. Returns whether they came as they were."""
    carry_lines(source.db, target.db, step)
    return all(_is_same(source, target, *how) for how in _ORDERED)


def _is_same(source: Register, target: Register, table: type[Table], order: str) -> bool:
    name = table._meta.table_name  # noqa: SLF001
    asked = f"SELECT {', '.join(columns_of(table))} FROM {name} ORDER BY {order}"
    at_once = rows_at_once(name)
    with source.db.paging(), target.db.paging():
        both = (one.db.pages(asked, at_once) for one in (source, target))
        ours, theirs = (chain.from_iterable(pages) for pages in both)
        return all(one == other for one, other in zip_longest(ours, theirs))


def forget(register: Register) -> None:
    """Drop all lines, in the caller's transaction: whoever asks for a list makes them anew."""
    for name in reversed(LINES):
        register.db.execute_sql(f"DELETE FROM {name}")


def index(source: Register, target: Register, step: Step | None = None) -> None:
    """Make the index of the search for everybody who has a line in a target that holds the same
    files as the source, in the caller's transaction on both."""
    whole = int(target.db.execute_sql("SELECT COUNT(*) FROM standing").fetchone()[0])
    done = 0
    asked = "SELECT person_id FROM standing ORDER BY person_id"
    for some in source.db.pages(asked, _FILES):
        files = queries.files(source, [number for (number,) in some])
        target.db.search.write([(file.person.id, line_of(file)) for file in files])
        done += len(some)
        if step is not None:
            step(done, whole)
