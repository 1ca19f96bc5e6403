# SPDX-License-Identifier: Apache-2.0
"""Who else in the register holds a UCI, a birth date or a passport number. Each by its index.

Nothing here writes, and nothing here knows a rule. The expressions are those of the indexes: with
others SQLite would read the whole table.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch

_PASSPORT = "upper(replace(replace(number, ' ', ''), '-', ''))"


@dataclass(frozen=True, slots=True)
class PassportHolder:
    """Somebody with a passport; `number` is normalised, the country is the person's own."""

    person_id: int
    number: str
    citizenship: str | None


def people_who_may_be(register: Register, uci: str | None, born: date | None) -> list[int]:
    """The principals of this UCI or this birth date."""
    found: set[int] = set()
    if uci:
        key = (normalise(uci),)
        rows = fetch(register, "SELECT id FROM person WHERE replace(uci, '-', '') = ?", key)
        found.update(row["id"] for row in rows)
    if born is not None:
        rows = fetch(register, "SELECT id FROM person WHERE birth_date = ?", (born.isoformat(),))
        found.update(row["id"] for row in rows)
    return sorted(found)


def files_with_uci(register: Register, uci: str) -> set[int]:
    """The files in which a UCI stands, of the principal or of a member."""
    key = normalise(uci)
    rows = fetch(
        register,
        "SELECT id FROM person WHERE replace(uci, '-', '') = ?"
        " UNION SELECT person_id FROM member"
        " WHERE uci IS NOT NULL AND replace(uci, '-', '') = ?",
        (key, key),
    )
    return {row["id"] for row in rows}


def passport_holders(register: Register, numbers: Collection[str]) -> list[PassportHolder]:
    """Who holds passports of these numbers, normalised."""
    if not numbers:
        return []
    dialect = register.db.dialect
    rows = fetch(
        register,
        f"SELECT DISTINCT p.id, {_PASSPORT} AS number, p.citizenship FROM passport"
        f" JOIN person p ON p.id = passport.person_id"
        f" WHERE number IS NOT NULL AND {dialect.any_text_of(_PASSPORT)} ORDER BY p.id",
        (dialect.texts(sorted(numbers)),),
    )
    return [PassportHolder(row["id"], row["number"], row["citizenship"]) for row in rows]


def shared_passports(register: Register) -> list[PassportHolder]:
    """Everybody whose passport number somebody else has too. Reads the whole index."""
    rows = fetch(
        register,
        f"SELECT {_PASSPORT} AS number FROM passport WHERE number IS NOT NULL"
        f" GROUP BY {_PASSPORT} HAVING COUNT(DISTINCT person_id) > 1",
    )
    return passport_holders(register, [row["number"] for row in rows])
