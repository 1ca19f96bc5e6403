# SPDX-License-Identifier: Apache-2.0
"""The few of a long register, people and members, who may be somebody being typed in, each way by
an index.

    near(register, words, born, slips) -> list[NamedPerson]
    members_near(register, words, born, slips, uci) -> list[NamedMember]

Reads only. Whether any of them is that person is for likeness to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from imp_plus_desktop.domain.search.typed import of_words
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.storage.engines import NAMED
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import named_people
from imp_plus_desktop.storage.reads.named_people import NamedMember, NamedPerson
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import marks

MOST = 200
"""People of one name who are looked at: of a very common one more are no help."""
_MOST_OF_DAYS = 1000
"""People of all the days that a slip may make of one."""
_BEGINNING = 3
"""Letters of a word that the index keeps as a beginning of its own."""


def near(
    register: Register, words: Sequence[str], born: date | None, slips: Collection[date]
) -> list[NamedPerson]:
    """Who was born on a day, or on one that a slip makes of it with a word that begins the same;
    and who has the name, while a birth date is missing on one side.

    `words` are those of the name, folded as the search folds them.
    """
    found: set[int] = set()
    if born is not None:
        found.update(number for number, _name in _born(register, [born]))
        starts = {word[:_BEGINNING] for word in words}
        found.update(
            number
            for number, name in _born(register, sorted(slips))
            if any(word[:_BEGINNING] in starts for word in fold(name).split())
        )
    found.update(_named(register, words, undated=born is not None))
    return named_people.named(register, found)


def members_near(
    register: Register,
    words: Sequence[str],
    born: date | None,
    slips: Collection[date],
    uci: str | None,
) -> list[NamedMember]:
    """Which members have a UCI, were born on a day or on one that a slip makes of it; and who is of
    a family in which all words of the name stand, while a birth date is missing on one side."""
    found: set[int] = set()
    if uci:
        own = "uci IS NOT NULL AND replace(uci, '-', '') = ?"
        found.update(_members(register, own, [normalise(uci)], MOST))
    if born is not None:
        days = [day.isoformat() for day in (born, *sorted(slips))]
        found.update(_members(register, f"birth_date IN ({marks(len(days))})", days, _MOST_OF_DAYS))
    if len(words) > 1 and min(map(len, words)) > 1:
        undated = "birth_date IS NULL AND " if born is not None else ""
        families = register.db.dialect.found_by_words("person_id")
        expression = register.db.search.expression(of_words(words), NAMED)
        found.update(_members(register, f"{undated}{families}", [expression], MOST))
    return named_people.named_members(register, found)


def _members(register: Register, condition: str, values: Sequence[object], most: int) -> list[int]:
    rows = fetch(register, f"SELECT id FROM member WHERE {condition} LIMIT ?", [*values, most])
    return [row["id"] for row in rows]


def _born(register: Register, days: Sequence[date]) -> list[tuple[int, str]]:
    """The ids and names of those born on one of these days."""
    rows = fetch(
        register,
        "SELECT id, family_name || ' ' || COALESCE(given_names, '') AS name FROM person"
        f" WHERE birth_date IN ({marks(len(days))}) LIMIT ?",
        [*(day.isoformat() for day in days), _MOST_OF_DAYS],
    )
    return [(row["id"], row["name"]) for row in rows]


def _named(register: Register, words: Sequence[str], *, undated: bool) -> list[int]:
    """Who has every word in their name, and else a word that begins as each of them does."""
    if len(words) < 2 or min(map(len, words)) < 2:  # one name, or a letter of it, is nobody
        return []
    found = _with(register, words, undated=undated)
    beginnings = [word[:_BEGINNING] for word in words if len(word) >= _BEGINNING]
    # A shorter beginning is that of too many, and one alone as well.
    if found or len(beginnings) < 2:
        return found
    return _with(register, beginnings, undated=undated)


def _with(register: Register, words: Sequence[str], *, undated: bool) -> list[int]:
    missing = " AND birth_date IS NULL" if undated else ""
    rows = fetch(
        register,
        f"SELECT id FROM person WHERE {register.db.dialect.found_by_words('id')}{missing} LIMIT ?",
        [register.db.search.expression(of_words(words), NAMED), MOST],
    )
    return [row["id"] for row in rows]
