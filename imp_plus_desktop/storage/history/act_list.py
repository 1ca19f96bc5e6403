# SPDX-License-Identifier: Apache-2.0
"""The acts as a list: which ones are asked for, in which order, and what can be asked for; and
whose papers left the register.

`acts.py` reads the rows. Nothing here writes.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from imp_plus_desktop.domain.reads.filters import ActFilter
from imp_plus_desktop.domain.reads.outward import PEOPLE, PREFIX, OutKind, OutPaper
from imp_plus_desktop.domain.reads.shapes import Order
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.storage.history.merges import with_former
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.tables.columns import encode

_SORTS: Mapping[str, str] = {"at": "a.id", "who": "lower(a.who)", "what": "a.service"}


_ACCESS = "privacy.access"
"""Somebody was given what is held of them: files of theirs too, under an act of its own."""


def ids(register: Register, wanted: ActFilter, order: Order) -> array[int]:
    """Ids of the acts that match, in order; equals stand with the latest first."""
    found = Conditions(register.db)
    if wanted.text.strip():
        of_people = Conditions(register.db)
        of_people.words(wanted.text, "c.person_id")
        found.add(
            f"(a.id IN (SELECT c.act_id FROM change c WHERE {of_people})"
            f" OR {register.db.dialect.any_of('a.id')} OR lower(a.source_name) LIKE ?)",
            *of_people.parameters,
            register.db.dialect.numbers(_papers_found_by(register, wanted.text, wanted.looks)),
            f"%{wanted.text.strip().lower()}%",
        )
    if wanted.who is not None:
        found.add("a.who = ?", wanted.who)
    if wanted.service is not None:
        found.add("a.service = ?", wanted.service)
    if not wanted.looks:
        found.add("a.service <> ?", OutKind.LOOK.value)
    if wanted.since is not None:
        found.add("a.at >= ?", _begin_of(wanted.since))
    if wanted.until is not None and wanted.until < date.max:
        found.add("a.at < ?", _begin_of(wanted.until + timedelta(days=1)))
    by = [f"{_SORTS[key]}{' DESC' if down else ''}" for key, down in order]
    sql = f"SELECT a.id FROM act a WHERE {found} ORDER BY {', '.join([*by, 'a.id DESC'])}"
    return array("q", (row[0] for row in register.db.execute_sql(sql, found.parameters)))


def _begin_of(day: date) -> object:
    return encode(instant_in_toronto(day, time.min))


def whose(register: Register) -> list[str]:
    """Everybody who has done something, by name."""
    rows = register.db.execute_sql(
        "SELECT who FROM (SELECT DISTINCT who FROM act) AS names ORDER BY lower(who)"
    )
    return [str(row[0]) for row in rows]


def services(register: Register) -> list[str]:
    """The kinds of acts that there are, by their codes."""
    rows = register.db.execute_sql("SELECT DISTINCT service FROM act ORDER BY service")
    return [str(row[0]) for row in rows]


def papers_of(register: Register, person: int) -> list[int]:
    """The acts by which a paper about this person alone left, or a letter to them, the latest
    first. A list of many people is in nobody's history: its act names none of them. That a file
    was opened is left to the journal: it happens many times a day."""
    people = set(with_former(register, person))
    return [act for act, whose in _papers(register, looks=False) if not people.isdisjoint(whose)]


def _papers_found_by(register: Register, text: str, looks: bool) -> list[int]:
    """The acts about the papers of people who are found by what was typed."""
    papers = list(_papers(register, looks=looks))
    if not papers:
        return []
    found = Conditions(register.db)
    found.words(text, "p.id")
    rows = register.db.execute_sql(f"SELECT p.id FROM person p WHERE {found}", found.parameters)
    wanted = {person for (person,) in rows.fetchall()}
    return [act for act, whose in papers if not wanted.isdisjoint(whose)]


def _papers(register: Register, *, looks: bool) -> Iterator[tuple[int, list[int]]]:
    but = "" if looks else f" AND service <> '{OutKind.LOOK}'"
    rows = register.db.execute_sql(
        f"SELECT id, details FROM act WHERE (service LIKE '{PREFIX}%'{but}"
        f" AND details LIKE '%\"{PEOPLE}\":[%') OR service = '{_ACCESS}' ORDER BY id DESC"
    )
    for act, details in rows.fetchall():
        told = json.loads(details) if details else {}
        yield act, told.get(PEOPLE) or [told.get("person")]


def of_days(register: Register, first: date, last: date) -> tuple[int, int, int] | None:
    """The first and the last act of some days and how many there are, None without any."""
    sql = "SELECT MIN(id), MAX(id), COUNT(*) FROM act WHERE at >= ? AND at < ?"
    bounds = [_begin_of(first), _begin_of(last + timedelta(days=1))]
    lowest, highest, count = register.db.execute_sql(sql, bounds).fetchone()
    return (lowest, highest, count) if count else None


def is_more_than_papers_since(register: Register, head: str) -> bool:
    """Whether anything was written after the act of this hash (hexadecimal) but that something
    left the register. Unlike `acts.is_only_papers_since` the engine looks, of which a server is
    asked again and again."""
    row = register.db.execute_sql(
        "SELECT 1 FROM act WHERE service NOT LIKE ?"
        " AND id > COALESCE((SELECT MAX(id) FROM act WHERE hash = ?), 0) LIMIT 1",
        (f"{PREFIX}%", bytes.fromhex(head)),
    ).fetchone()
    return row is not None


def is_more_than_papers_after(register: Register, when: datetime) -> bool:
    """The same, after a moment."""
    asked = "SELECT 1 FROM act WHERE service NOT LIKE ? AND at > ? LIMIT 1"
    return register.db.execute_sql(asked, (f"{PREFIX}%", encode(when))).fetchone() is not None


def archived_years(register: Register) -> set[int]:
    """The years that an act says were put away."""
    rows = register.db.execute_sql(
        "SELECT details FROM act WHERE service = ? AND details LIKE ?",
        (OutKind.EXPORT.value, f'%["{OutPaper.YEAR.value}",%'),
    ).fetchall()
    told = (json.loads(row[0]).get("counts", {}).get("year") for row in rows)
    return {int(year) for year in told if year is not None}


def last_daily_copy(register: Register) -> datetime | None:
    """When the last act says that the day's copy of a server was made, None where none does."""
    row = register.db.execute_sql(
        "SELECT at FROM act WHERE service = ? AND details LIKE ? ORDER BY id DESC LIMIT 1",
        (OutKind.BACKUP.value, f'%["{OutPaper.DAILY.value}",%'),
    ).fetchone()
    return None if row is None else datetime.fromisoformat(str(row[0]))
