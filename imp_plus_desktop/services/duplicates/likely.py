# SPDX-License-Identifier: Apache-2.0
"""Who is likely in the register already, while somebody is typed in: asked at every pause.

    people_like(office, values, besides, family) -> the likest first, with why

People, members of families and files in the bin, by names and birth dates as far as they are typed;
members by their UCI too. Whoever has the very same
number, or name and birth date, is for `twins` to say. Reads only, and each way by an index, since
the window waits for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.people.likeness import NameKey, birth_slips, likeness
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import fold, list_name
from imp_plus_desktop.services.duplicates.matching import IN_BIN, SAME_NUMBER, Candidate
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import likely_people
from imp_plus_desktop.storage.reads.named_people import NamedMember, NamedPerson

SHOWN = 5
IN_FAMILY = "in_family"
"""Why: a member of the family that is open."""
_CERTAIN = 100


def people_like(
    office: Office,
    values: Mapping[str, str],
    besides: Collection[int] = (),
    family: int | None = None,
) -> tuple[Candidate, ...]:
    """The likest five of the register and the bin.

    `besides` are people named elsewhere already; `family` is whose member is being typed: neither
    the principal is shown, and a member of the same family is told as one. What cannot be read yet
    counts as not typed.
    """
    if office.only_reads:
        return ()  # they are told apart by what is hidden, and nothing that is typed is stored
    typed, _problems = typed_fields.parse_all(office, values)
    key, uci = _key(typed), typed.get("uci")
    found = [*_of_bin(office, key, typed)]
    words = [] if key is None else fold(f"{key.family} {key.given or ''}").split()
    born = None if key is None else key.birth_date
    slips = () if born is None else birth_slips(born)
    if key is not None:
        near = likely_people.near(office.register, words, born, slips)
        found += filter(None, (_alike(key, person) for person in near))
    left_out = {*besides, *([] if family is None else [family])}
    shown = [candidate for candidate in found if candidate.person_id not in left_out]
    own_uci = normalise(str(uci)) if uci else None
    members = likely_people.members_near(office.register, words, born, slips, own_uci)
    shown += filter(None, (_like_member(key, own_uci, one, family) for one in members))
    return tuple(sorted(shown, key=lambda c: (-c.score, c.person_id))[:SHOWN])


def _like_member(
    key: NameKey | None, uci: str | None, member: NamedMember, family: int | None
) -> Candidate | None:
    """A member who has the number typed, or looks like who is typed."""
    born = member.birth_date
    own = NameKey(
        member.family_name,
        member.given_names,
        born if isinstance(born, date) else None,
        member.citizenship,
        born if isinstance(born, str) else None,
    )
    alike = likeness(key, own) if key is not None else None
    numbered = uci is not None and normalise(member.uci or "") == uci
    if alike is None and not numbered:
        return None
    reasons = (
        *((IN_FAMILY,) if member.person_id == family else ()),
        *((SAME_NUMBER,) if numbered else ()),
        *(alike.reasons if alike is not None else ()),
    )
    return Candidate(
        member.person_id,
        list_name(member.family_name, member.given_names),
        member.individual_reference,
        born,
        _CERTAIN if numbered or alike is None else alike.score,
        reasons,
        list_name(*member.principal),
    )


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
