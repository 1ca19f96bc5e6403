# SPDX-License-Identifier: Apache-2.0
"""Files of which a passport says that they are one person's. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.people.identity import may_be_one_passport
from imp_plus_desktop.domain.people.likeness import NameKey, likeness, with_one_passport
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive.known_people import KnownPerson
from imp_plus_desktop.storage.reads import twins


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two files that may be one person; `because` are codes of likeness."""

    left: PersonId
    right: PersonId
    left_name: str
    right_name: str
    score: int
    because: tuple[str, ...]


def pairs(office: Office, known: Mapping[int, KnownPerson]) -> Iterator[LikelyPair]:
    """Each two people with one passport number, unless it is of two countries."""
    holders: dict[str, list[int]] = {}
    for holder in twins.shared_passports(office.register):
        holders.setdefault(holder.number, []).append(holder.person_id)
    for numbers in holders.values():
        for left, right in combinations(numbers, 2):
            one, other = known[left], known[right]
            if may_be_one_passport(one.citizenship, other.citizenship):
                yield _pair(one, other)


def _pair(one: KnownPerson, other: KnownPerson) -> LikelyPair:
    differing = [
        code
        for code, mine, theirs in (
            ("reference_differs", one.individual_reference, other.individual_reference),
            ("uci_differs", one.uci, other.uci),
        )
        if mine and theirs and normalise(mine) != normalise(theirs)
    ]
    alike = with_one_passport(likeness(_key(one), _key(other)), differing)
    return LikelyPair(
        PersonId(one.id),
        PersonId(other.id),
        list_name(one.family_name, one.given_names),
        list_name(other.family_name, other.given_names),
        alike.score,
        alike.reasons,
    )


def _key(person: KnownPerson) -> NameKey:
    return NameKey(
        person.family_name,
        person.given_names,
        person.birth_date,
        person.citizenship,
        person.birth_known,
    )
