# SPDX-License-Identifier: Apache-2.0
"""Who is likely in the register already, while somebody is typed in: asked at every pause.

    people_like(office, values, besides) -> tuple[Candidate, ...]      the likest first, with why

By names and birth dates as far as they are typed; files in the bin too. Whoever has the very same
number, or name and birth date, is for `twins` to say. Reads only, and each way by an index, since
the window waits for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.people.likeness import NameKey, birth_slips, likeness
from imp_plus_desktop.domain.values.names import list_name
from imp_plus_desktop.services.duplicates.matching import IN_BIN, SAME_NUMBER, Candidate
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import likely_people
from imp_plus_desktop.storage.reads.named_people import NamedPerson
from imp_plus_desktop.storage.reads.search_lines import words_of

SHOWN = 5
_CERTAIN = 100


def people_like(
    office: Office, values: Mapping[str, str], besides: Collection[int] = ()
) -> tuple[Candidate, ...]:
    """The likest five of the register and the bin; `besides` are named elsewhere already.

    What cannot be read yet counts as not typed.
    """
    typed, _problems = typed_fields.parse_all(office, values)
    key = _key(typed)
    found = [*_of_bin(office, key, typed)]
    if key is not None:
        words = words_of(f"{key.family} {key.given or ''}")
        slips = () if key.birth_date is None else birth_slips(key.birth_date)
        near = likely_people.near(office.register, words, key.birth_date, slips)
        found += filter(None, (_alike(key, person) for person in near))
    shown = [candidate for candidate in found if candidate.person_id not in besides]
    return tuple(sorted(shown, key=lambda c: (-c.score, c.person_id))[:SHOWN])


def _key(typed: Mapping[str, object]) -> NameKey | None:
    """What is compared; None while nothing is typed that could be."""
    family, given = typed.get("family_name"), typed.get("given_names")
    born, country = typed.get("birth_date"), typed.get("citizenship")
    if not family and not given:
        return None
    return NameKey(
        str(family or given),
        str(given) if family and given else None,
        born if isinstance(born, date) else None,
        str(country) if country else None,
        str(typed["birth_known"]) if typed.get("birth_known") else None,
    )


def _alike(key: NameKey, person: NamedPerson) -> Candidate | None:
    """Somebody by the name, of all they have had, that is likest."""
    names = ((person.family_name, person.given_names), *person.former_names)
    found = [
        like for family, given in names if (like := likeness(key, _key_of(person, family, given)))
    ]
    if not found:
        return None
    best = max(found, key=lambda like: like.score)
    return Candidate(
        person.id,
        list_name(person.family_name, person.given_names),
        person.individual_reference,
        person.birth_date,
        best.score,
        best.reasons,
    )


def _key_of(person: NamedPerson, family: str, given: str | None) -> NameKey:
    """A person under one of their names; a birth date that is known in part is a text."""
    born = person.birth_date
    known = born if isinstance(born, str) else None
    day = born if isinstance(born, date) else None
    return NameKey(family, given, day, person.citizenship, known)


def _of_bin(
    office: Office, key: NameKey | None, typed: Mapping[str, object]
) -> Iterator[Candidate]:
    """The files of the bin that have a number typed, or look like it."""
    for file in file_bin.files(office):
        person = file_bin.person_of(file)
        alike = _alike(key, person) if key is not None else None
        if file_bin.has_number(file, typed):
            reasons = () if alike is None else alike.because
            known = Candidate(
                person.id,
                file_bin.name_of(file),
                person.individual_reference,
                person.birth_date,
                _CERTAIN,
                (IN_BIN, SAME_NUMBER, *reasons),
            )
            yield known
        elif alike is not None:
            yield replace(alike, because=(IN_BIN, *alike.because))
