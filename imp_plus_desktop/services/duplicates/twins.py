# SPDX-License-Identifier: Apache-2.0
"""Who is in the register already, of somebody about to be added by hand.

A twin has the same reference, UCI or passport number, or the same name (folded, in any order of
its words) and birth date. Exact only: what is merely alike is found under *Duplicates*.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.people.identity import may_be_one_passport
from imp_plus_desktop.domain.records.catalogue import PERSON, names_with
from imp_plus_desktop.domain.records.fields import Mark
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import list_name, whole_key
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import named_people, queries, twins
from imp_plus_desktop.storage.reads.named_people import NamedPerson

NAME_AND_BIRTH = "name_and_birth"
_NUMBERS = names_with(PERSON, Mark.UNIQUE)


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody in the register. `because` names what is the same: fields, or `name_and_birth`.

    `taken`: a reference or UCI stands for one person only, so nobody can be added with it.
    `asks`: adding asks for a second, explicit yes; two different references or UCIs are two
    people, of whom it is only said unless both name with birth date and passport are the same.
    """

    person: PersonId
    name: str
    birth_date: date | str | None
    individual_reference: str | None
    because: tuple[str, ...]
    taken: bool
    asks: bool


def find(office: Office, values: Mapping[str, str]) -> tuple[Twin, ...]:
    """The twins of what a form holds; what cannot be read yet is left out."""
    if office.only_reads:
        return ()  # they are known by what is hidden, and nothing that is typed is stored
    typed, _problems = typed_fields.parse_all(office, values)
    return of_typed(office, typed)


def of_typed(office: Office, typed: Mapping[str, object]) -> tuple[Twin, ...]:
    """The twins of typed values, those who stand in the way first."""
    because = _same_numbers(office, typed)
    born = typed.get("birth_date")
    words = _words(typed.get("family_name"), typed.get("given_names"))
    same_day: set[int] = set()
    if words and isinstance(born, date):
        same_day = set(twins.people_who_may_be(office.register, None, born))
    found = []
    for person in named_people.named(office.register, because.keys() | same_day):
        reasons = because.get(person.id, [])
        if person.id in same_day and words in _all_words(person):
            reasons = [*reasons, NAME_AND_BIRTH]
        if reasons:
            found.append(_twin(person, tuple(reasons), typed))
    return tuple(sorted(found, key=lambda twin: (not twin.taken, not twin.asks, twin.person)))


def _same_numbers(office: Office, typed: Mapping[str, object]) -> dict[int, list[str]]:
    """Who holds a number that is typed, by person: the fields it stands in."""
    found: dict[int, list[str]] = {}
    for field in (*_NUMBERS, "passport_number"):
        number = typed.get(field)
        if not number:
            continue
        if field in _NUMBERS:
            holders = queries.holders(office.register, field, str(number))
        else:
            held = twins.passport_holders(office.register, [normalise(str(number))])
            country = typed.get("citizenship")
            own = str(country) if country else None
            holders = [h.person_id for h in held if may_be_one_passport(own, h.citizenship)]
        for person in holders:
            found.setdefault(person, []).append(field)
    return found


def refuse_unseen(
    office: Office, typed: Mapping[str, object], accepted: Collection[int] | None
) -> tuple[Twin, ...]:
    """The twins, all of them accepted; None accepts any.

    Errors: DomainError person_twice(persons, because, twins).
    """
    found = of_typed(office, typed)
    unseen = [twin for twin in found if twin.asks and twin.person not in (accepted or ())]
    if unseen and accepted is not None:
        raise Refused(
            "person_twice",
            persons=tuple(twin.person for twin in unseen),
            because=unseen[0].because,
            twins=[{"person": t.person, "because": list(t.because)} for t in unseen],
        )
    return found


def _twin(person: NamedPerson, because: tuple[str, ...], typed: Mapping[str, object]) -> Twin:
    return Twin(
        PersonId(person.id),
        list_name(person.family_name, person.given_names),
        person.birth_date,
        person.individual_reference,
        because,
        taken=any(field in because for field in _NUMBERS),
        asks=len(because) > 1 or not _two_people(person, typed),
    )


def _two_people(person: NamedPerson, typed: Mapping[str, object]) -> bool:
    """Whether both have a reference or UCI, and another one."""
    return any(
        mine and typed.get(field) and normalise(str(mine)) != normalise(str(typed[field]))
        for field, mine in zip(_NUMBERS, (person.individual_reference, person.uci), strict=True)
    )


def _all_words(person: NamedPerson) -> list[list[str]]:
    names = ((person.family_name, person.given_names), *person.former_names)
    return [_words(family, given) for family, given in names]


def _words(*names: object) -> list[str]:
    return sorted(word for name in names if name for word in whole_key(str(name)).split())
