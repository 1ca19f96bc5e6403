# SPDX-License-Identifier: Apache-2.0
"""People, and members of their families, by what tells them apart: names, also former ones, birth
date and numbers.

Reads only. Whether two are the same person is for the services to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.domain.values.unseen.hidden import day_of
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import chunks, marks, where_in


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person by what tells people apart; `former_names` are (family name, given names).

    `birth_date` is a text where it is known in part only.
    """

    id: int
    family_name: str
    given_names: str | None
    birth_date: date | str | None
    individual_reference: str | None
    uci: str | None
    former_names: tuple[tuple[str, str | None], ...] = ()
    citizenship: str | None = None


@dataclass(frozen=True, slots=True)
class NamedMember:
    """A member by what tells people apart, and the principal whose family it is.

    `birth_date` is a text where it is known in part only; the reference is the principal's.
    """

    id: int
    family_name: str
    given_names: str | None
    birth_date: date | str | None
    citizenship: str | None
    uci: str | None
    person_id: int
    principal: tuple[str, str | None]
    individual_reference: str | None


def named(register: Register, ids: Iterable[int]) -> list[NamedPerson]:
    """These people, in the order of their ids."""
    found: list[NamedPerson] = []
    for some in chunks(sorted(set(ids))):
        former: dict[int, list[tuple[str, str | None]]] = {}
        for row in fetch(
            register,
            "SELECT person_id, family_name, given_names FROM former_name"
            f" WHERE person_id IN ({marks(len(some))})",
            some,
        ):
            names = (row["family_name"], row["given_names"])
            former.setdefault(row["person_id"], []).append(names)
        rows = fetch(
            register,
            "SELECT id, family_name, given_names, birth_date, birth_known, individual_reference,"
            f" uci, citizenship FROM person WHERE id IN ({marks(len(some))}) ORDER BY id",
            some,
        )
        found += [
            NamedPerson(
                row["id"],
                row["family_name"],
                row["given_names"],
                day_of(row["birth_date"]) if row["birth_date"] else row["birth_known"],
                row["individual_reference"],
                row["uci"],
                tuple(former.get(row["id"], ())),
                row["citizenship"],
            )
            for row in rows
        ]
    return found


def named_members(register: Register, ids: Iterable[int]) -> list[NamedMember]:
    """These members, in the order of their ids."""
    found: list[NamedMember] = []
    for some in chunks(sorted(set(ids))):
        rows = fetch(
            register,
            "SELECT m.id, m.family_name, m.given_names, m.birth_date, m.birth_known,"
            " m.citizenship, m.uci, m.person_id, p.family_name AS principal_family,"
            " p.given_names AS principal_given, p.individual_reference FROM member m"
            " JOIN person p ON p.id = m.person_id"
            f" WHERE m.id IN ({marks(len(some))}) ORDER BY m.id",
            some,
        )
        found += [
            NamedMember(
                row["id"],
                row["family_name"],
                row["given_names"],
                day_of(row["birth_date"]) if row["birth_date"] else row["birth_known"],
                row["citizenship"],
                row["uci"],
                row["person_id"],
                (row["principal_family"], row["principal_given"]),
                row["individual_reference"],
            )
            for row in rows
        ]
    return found


def list_names(register: Register, people: Iterable[int]) -> dict[int, str]:
    """The names of people as lists have them, by their ids."""
    rows = where_in(
        register.db, "SELECT id, family_name, given_names FROM person WHERE id", list(people)
    )
    return {number: list_name(family, given) for number, family, given in rows}


def emails(register: Register, people: Sequence[int]) -> list[str]:
    """The mail addresses of these people, each once, in their order."""
    asked = "SELECT id, email FROM person WHERE email IS NOT NULL AND id"
    found = dict(where_in(register.db, asked, people))
    own = (found[number] for number in people if number in found)
    return list({address.casefold(): address for address in own}.values())


_OWNERS = {
    "person": "SELECT id, id FROM person WHERE id",
    "application": "SELECT id, person_id FROM application WHERE id",
    "permit": "SELECT t.id, a.person_id FROM permit t"
    " JOIN application a ON a.id = t.application_id WHERE t.id",
    "member": "SELECT id, person_id FROM member WHERE id",
    "agenda_line": "SELECT id, person_id FROM agenda_line WHERE id",
}


def owners(register: Register, entity: str, numbers: Sequence[int]) -> list[int]:
    """In whose file each of these rows is, in their order; what is gone is left out."""
    found = dict(where_in(register.db, _OWNERS[entity], numbers))
    return [found[number] for number in numbers if number in found]
