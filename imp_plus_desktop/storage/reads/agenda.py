# SPDX-License-Identifier: Apache-2.0
"""The agenda and what waits, kept beside each summary: written with it, gone with it, read fast.

Which deadlines a file has is the services' business; nothing here is journaled.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.filters import EVERYBODY, DeadlineFilter, Scope
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.reads.shapes import Order
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.reads.shaping import narrowing
from imp_plus_desktop.storage.reads.shaping.narrowing import Sorts
from imp_plus_desktop.storage.tables.columns import columns_of, encode
from imp_plus_desktop.storage.tables.records import AgendaLineTable, WaitingLineTable
from imp_plus_desktop.storage.tables.statements import chunks, marks

SORTS: Sorts = {"day": ("a.day",), "kind": ("a.kind",), "name": ("s.sort_key",)}
_EQUALS = (("day", False), ("kind", False))
"""What decides between equals before the name does: the agenda is read from day to day."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One deadline of one person, as it is kept."""

    person_id: int
    day: date
    kind: str
    reason: str
    subject_id: int | None
    own_day: date
    moved_because: str | None
    acknowledged_on: date | None
    rests: bool
    facts: Mapping[str, FactValue]


_COLUMNS = columns_of(AgendaLineTable)
_PLACES = 16
"""A line's id is its person's with its place among their lines in so many bits: whose a line is
that is gone by now, its id still tells."""


def person_of(line: int) -> int:
    """Whose a line is."""
    return line >> _PLACES


def of_others(lines: Sequence[int], people: Collection[int]) -> array[int]:
    """Without the lines of some people, also those that are gone."""
    return array("q", [number for number in lines if person_of(number) not in people])


def write_lines(db: Database, lines: Iterable[tuple[AgendaLine, ...]]) -> None:
    """Keep each person's lines; the caller has a transaction open and has dropped the old ones."""
    numbered = (pair for own in lines for pair in enumerate(own))
    db.insert_rows("agenda_line", _COLUMNS, (stored(*pair) for pair in numbered))


def stored(place: int, line: AgendaLine) -> list[Any]:
    """A line, the so-manieth of its person's, as its row is kept."""
    facts = {name: encode(value) for name, value in line.facts.items()}
    own = {"id": (line.person_id << _PLACES) + place, "facts": json.dumps(facts)}
    return [own[name] if name in own else encode(getattr(line, name)) for name in _COLUMNS]


def write_waiting(db: Database, lines: Iterable[tuple[str, int]]) -> None:
    """Keep what waits, as (code, person)."""
    db.insert_rows("waiting_line", columns_of(WaitingLineTable), lines)


def ids(register: Register, wanted: DeadlineFilter, order: Order, today: date) -> array[int]:
    """Ids of the agenda's lines that match, in order."""
    by, found = (*order, *_EQUALS), _lines(register, wanted)
    return narrowing.ids(register, ListKind.DEADLINES, found, SORTS, by, wanted.columns, today)


def matching(register: Register, wanted: DeadlineFilter, today: date) -> int:
    """How many of the agenda's lines match."""
    found = _lines(register, wanted)
    return narrowing.count(register, ListKind.DEADLINES, found, wanted.columns, today)


def _lines(register: Register, wanted: DeadlineFilter) -> Conditions:
    found = Conditions(register.db)
    # Some lines are looked up by their ids: to ask no bare column keeps the planner from walking
    # all others.
    rests, day = ("a.rests", "a.day") if wanted.ids is None else ("a.rests + 0", "a.day || ''")
    if wanted.rests is not None:
        found.add(f"{rests} = ?", int(wanted.rests))
    found.words(wanted.text, "a.person_id")
    if wanted.kind is not None:
        found.add("a.kind = ?", wanted.kind)
    if wanted.from_day is not None:
        found.add(f"{day} >= ?", encode(wanted.from_day))
    if wanted.until_day is not None:
        found.add(f"{day} <= ?", encode(wanted.until_day))
    if wanted.seen is not None:
        found.add(f"a.acknowledged_on IS {'NOT ' if wanted.seen else ''}NULL")
    found.clerk(wanted.clerk, "a.person_id")
    found.only(wanted.ids, "a.id")
    return found


def _with_member(db: Database) -> str:
    """Return SQL: joins whose a line is when it hangs on a family member, or on an application of
    theirs."""
    number = db.dialect.json_number
    return (
        f" LEFT JOIN request r ON r.id = {number('a.facts', 'request')} LEFT JOIN application f"
        f" ON f.id = COALESCE({number('a.facts', 'application')}, r.application_id)"
        f" LEFT JOIN member m ON m.id = COALESCE({number('a.facts', 'member')}, f.member_id)"
    )


def rows(register: Register, numbers: Sequence[int], today: date) -> list[DeadlineRow]:
    """The lines of these ids, in their order."""
    found: dict[int, DeadlineRow] = {}
    joined = _with_member(register.db)
    for chunk in chunks(numbers):
        for row in fetch(
            register,
            "SELECT a.*, p.individual_reference, CASE WHEN p.given_names IS NULL THEN"
            " p.family_name ELSE p.family_name || ', ' || p.given_names END AS name,"
            " TRIM(COALESCE(m.given_names, '') || ' ' || m.family_name) AS member"
            f" FROM agenda_line a JOIN person p ON p.id = a.person_id{joined}"
            f" WHERE a.id IN ({marks(len(chunk))})",
            chunk,
        ):
            found[row["id"]] = _row(row, today)
    return [found[number] for number in numbers if number in found]


def count(
    register: Register,
    first: date | None = None,
    last: date | None = None,
    *,
    seen: bool | None = None,
    rests: bool = False,
    scope: Scope = EVERYBODY,
) -> int:
    """How many lines stand from one day to another, both included; `seen` as in the filter. What
    rests is counted instead of the others, or not at all."""
    found = Conditions(register.db)
    found.add("rests = ?", int(rests))
    if first is not None:
        found.add("day >= ?", encode(first))
    if last is not None:
        found.add("day <= ?", encode(last))
    if seen is not None:
        found.add(f"acknowledged_on IS {'NOT ' if seen else ''}NULL")
    found.of(scope, "person_id")
    sql = f"SELECT COUNT(*) FROM agenda_line WHERE {found}"
    return int(register.db.execute_sql(sql, found.parameters).fetchone()[0])


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many lines stand on a day, and how many of them are no mere waiting for somebody."""

    day: date
    count: int
    pressing: int


_MERE_WAITING = frozenset({"refund", "biometric_letter"})


def on_days(
    register: Register, wanted: DeadlineFilter, today: date, scope: Scope = EVERYBODY
) -> list[DayCount]:
    """How many lines that match stand on each day, the earliest first. Of days that are past only
    those that nobody has seen."""
    found = Conditions(register.db)
    numbers = ids(register, wanted, (("day", False),), today)
    found.only(numbers, "a.id")
    found.of(scope, "a.person_id")
    found.add("(a.day >= ? OR a.acknowledged_on IS NULL)", encode(today))
    waits = ", ".join(f"'{kind}'" for kind in sorted(_MERE_WAITING))
    rows = fetch(
        register,
        "SELECT a.day, COUNT(*) AS n, SUM(CASE WHEN a.acknowledged_on IS NULL"
        f" AND a.kind NOT IN ({waits}) THEN 1 ELSE 0 END) AS pressing"
        f" FROM agenda_line a WHERE {found} GROUP BY a.day ORDER BY a.day",
        found.parameters,
    )
    return [DayCount(date.fromisoformat(r["day"]), r["n"], r["pressing"]) for r in rows]


def next_day(register: Register, today: date, scope: Scope = EVERYBODY) -> date | None:
    """The first day from today on with a line that is not seen and does not rest."""
    found = Conditions(register.db)
    found.add("a.rests = 0 AND a.acknowledged_on IS NULL AND a.day >= ?", encode(today))
    found.of(scope, "a.person_id")
    sql = f"SELECT MIN(a.day) AS day FROM agenda_line a WHERE {found}"
    (row,) = fetch(register, sql, found.parameters)
    return date.fromisoformat(row["day"]) if row["day"] else None


def kinds(register: Register, people: Sequence[int] | None = None) -> list[str]:
    """The kinds that the agenda holds, or that of some people does."""
    found = Conditions(register.db)
    found.only(people, "person_id")
    sql = f"SELECT DISTINCT kind FROM agenda_line WHERE {found}"
    return [kind for (kind,) in register.db.execute_sql(sql, found.parameters).fetchall()]


def waiting_counts(register: Register, scope: Scope = EVERYBODY) -> dict[str, int]:
    """In how many files of a scope something of each code waits."""
    found = Conditions(register.db)
    found.of(scope, "w.person_id")
    sql = f"SELECT w.code, COUNT(*) AS n FROM waiting_line w WHERE {found} GROUP BY w.code"
    return {row["code"]: row["n"] for row in fetch(register, sql, found.parameters)}


@dataclass(frozen=True, slots=True)
class ClerkCount:
    """What one clerk has: files, and of what nobody has seen yet what is due today, what is late
    and which permits end soon. `clerk` is empty for the files of nobody."""

    clerk: str
    files: int
    today: int = 0
    late: int = 0
    ends: int = 0


def by_clerk(register: Register, scope: Scope, today: date, ends_by: date) -> list[ClerkCount]:
    """What each clerk has, in the order of their names, the files of nobody at the end."""
    found = Conditions(register.db)
    found.of(scope, "p.id")
    files = fetch(
        register,
        "SELECT COALESCE(MIN(p.clerk), '') AS clerk, COUNT(*) AS n FROM person p"
        f" WHERE {found} GROUP BY lower(p.clerk)",
        found.parameters,
    )
    now = encode(today)
    due = fetch(
        register,
        "SELECT COALESCE(lower(p.clerk), '') AS clerk,"
        " SUM(CASE WHEN a.day = ? THEN 1 ELSE 0 END) AS today,"
        " SUM(CASE WHEN a.day < ? THEN 1 ELSE 0 END) AS late,"
        " SUM(CASE WHEN a.day >= ? AND a.kind = 'permit' THEN 1 ELSE 0 END) AS ends"
        " FROM agenda_line a JOIN person p ON p.id = a.person_id WHERE a.rests = 0"
        f" AND a.acknowledged_on IS NULL AND a.day <= ? AND {found} GROUP BY lower(p.clerk)",
        [now, now, now, encode(ends_by), *found.parameters],
    )
    counted = {row["clerk"]: (row["today"], row["late"], row["ends"]) for row in due}
    lines = [
        # The engine folds as it has grouped: ASCII alone, so that both sides agree.
        ClerkCount(row["clerk"], row["n"], *counted.get(_lower(row["clerk"]), (0, 0, 0)))
        for row in files
    ]
    return sorted(lines, key=lambda line: (not line.clerk, line.clerk.casefold()))


def _lower(name: str) -> str:
    """As the engine's `lower` does it."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in name)


def waiting_ids(register: Register, code: str) -> array[int]:
    """The people behind a code of what waits."""
    found = fetch(
        register, "SELECT person_id FROM waiting_line WHERE code = ? ORDER BY person_id", (code,)
    )
    return array("q", (row["person_id"] for row in found))


def _fact(value: Any) -> FactValue:
    """A fact as it was: a text is a day in ISO, or a code."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return cast("FactValue", value)


def _row(row: Mapping[str, Any], today: date) -> DeadlineRow:
    day = date.fromisoformat(row["day"])
    seen = row["acknowledged_on"]
    return DeadlineRow(
        key=row["id"],
        day=day,
        kind=row["kind"],
        person_id=PersonId(row["person_id"]),
        name=row["name"],
        reason=row["reason"],
        days_left=(day - today).days,
        own_day=date.fromisoformat(row["own_day"]),
        individual_reference=row["individual_reference"],
        subject_id=row["subject_id"],
        moved_because=row["moved_because"],
        acknowledged_on=date.fromisoformat(seen) if seen else None,
        rests=bool(row["rests"]),
        facts={name: _fact(value) for name, value in json.loads(row["facts"]).items()},
        member=row["member"],
    )
