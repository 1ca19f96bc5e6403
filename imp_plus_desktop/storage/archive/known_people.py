# SPDX-License-Identifier: Apache-2.0
"""Who can be matched by a row of a list: everyone, or the few whom some numbers may name.

    known_people(register)                  everyone
    known_people(register, numbers, also)   whom a short list names, each way by an index

Reads only. Who a row is, is for the services to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import chunks, marks


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What a row of a list can be matched by."""

    id: int
    individual_reference: str | None
    uci: str | None
    file_number: str | None
    family_name: str
    given_names: str | None
    birth_date: date | None
    citizenship: str | None
    former_names: tuple[tuple[str, str | None], ...] = ()
    """Family and given names of before."""
    birth_known: str | None = None
    """`1985` or `1985-03`, while the day of birth is not known."""


_ALL = (
    "SELECT id, individual_reference, uci, file_number, family_name, given_names, birth_date,"
    " birth_known, citizenship FROM person"
    " WHERE id NOT IN (SELECT person_id FROM erased_file)"
)
_FORMER = "SELECT person_id, family_name, given_names FROM former_name"
_KEYS = ("individual_reference", "replace(uci, '-', '')", "file_number")
"""SQL: the numbers of a person as they are compared, where nothing but an UCI's hyphens has to be
left out; each has an index."""
_SIGNS = {"individual_reference": "0-9A-Z", "uci": "0-9A-Z-", "file_number": "0-9A-Z"}
"""The signs of numbers that are kept so; one with others has an index of its own, which is asked
word by word as it was made."""


def known_people(
    register: Register, numbers: Collection[str] | None = None, also: Collection[int] = ()
) -> list[KnownPerson]:
    """Everyone in the register, as far as matching needs it.

    With `numbers` (normalised) only those whom one of them may name, and the people `also`.
    """
    if numbers is None:
        return _made(fetch(register, _ALL), fetch(register, _FORMER))
    wanted = sorted({*_named(register, sorted(numbers)), *also})
    found: list[KnownPerson] = []
    for some in chunks(wanted):
        asked = marks(len(some))
        people = fetch(register, f"{_ALL} AND id IN ({asked})", some)
        found += _made(people, fetch(register, f"{_FORMER} WHERE person_id IN ({asked})", some))
    return found


def is_empty(register: Register) -> bool:
    """Whether nobody is in the register."""
    return not fetch(register, "SELECT 1 AS found FROM person LIMIT 1")


def ever(register: Register) -> int:
    """How many people at most are in the register: as many as ever were."""
    return register.db.counters.last("person")


def _named(register: Register, numbers: Sequence[str]) -> Iterator[int]:
    """The ids of those whom one of the numbers may name."""
    for some in chunks(numbers):
        for key in _KEYS:
            rows = fetch(
                register, f"SELECT id FROM person WHERE {key} IN ({marks(len(some))})", some
            )
            yield from (row["id"] for row in rows)
    has_others = register.db.dialect.holds_others_than
    otherwise = " OR ".join(has_others(number, signs) for number, signs in _SIGNS.items())
    rows = fetch(register, f"SELECT id FROM person WHERE ({otherwise})")
    yield from (row["id"] for row in rows)


def _made(people: Sequence[dict[str, Any]], names: Sequence[dict[str, Any]]) -> list[KnownPerson]:
    former: dict[int, list[tuple[str, str | None]]] = {}
    for row in names:
        former.setdefault(row["person_id"], []).append((row["family_name"], row["given_names"]))
    return [
        KnownPerson(
            **{
                **row,
                "birth_date": date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
            },
            former_names=tuple(former.get(row["id"], ())),
        )
        for row in people
    ]
