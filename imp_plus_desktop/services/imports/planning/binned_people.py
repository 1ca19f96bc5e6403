# SPDX-License-Identifier: Apache-2.0
"""Whom a list names of those whose files are in the bin: nobody comes back unasked by a list.

A row about one of them is held for a person to judge, as one that looks like somebody. Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from imp_plus_desktop.services.duplicates.matching import (
    IN_BIN,
    SAME_NUMBER,
    Candidate,
    Match,
    People,
)
from imp_plus_desktop.services.history import file_bin
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive.known_people import KnownPerson
from imp_plus_desktop.storage.history import binned
from imp_plus_desktop.storage.history.binned import BinnedFile

CODE = "in_bin"
"""The issue of a row about somebody whose file is in the bin."""
_CERTAIN = 100


class BinnedPeople:
    """The people of the bin, by all that a row can name them by."""

    def __init__(self, office: Office) -> None:
        self._files = {file.person: file for file in binned.files(office.register)}
        known = map(_known, self._files.values())
        self._people = People(known, own_numbers=office.own_numbers)

    def __bool__(self) -> bool:
        return bool(self._files)

    def __contains__(self, person: int | None) -> bool:
        return person in self._files

    def by_reference(self, text: str) -> int | None:
        """A principal of the bin whom a family list names."""
        return self._people.by_reference(text) if self._files else None

    def seen_in(self, match: Match, values: Mapping[str, Any]) -> Match:
        """What the register says of a row, and else what the bin does: as candidates."""
        if not self._files or match.clash is not None:
            return match
        if match.person_id is not None:
            named = match.person_id if match.person_id in self._files else None
            return match if named is None else Match(candidates=(self._named(named),))
        found = self._people.match(values)
        if found.person_id is not None:
            return Match(candidates=(self._named(found.person_id), *match.candidates))
        alike = tuple(replace(c, because=(*c.because, IN_BIN)) for c in found.candidates)
        return replace(match, candidates=(*match.candidates, *alike))

    def _named(self, person: int) -> Candidate:
        return candidate(self._files[person], _CERTAIN, (SAME_NUMBER, IN_BIN))


def candidate(file: BinnedFile, score: int, because: tuple[str, ...]) -> Candidate:
    """Somebody of the bin as a row's candidate."""
    known = _known(file)
    name = file_bin.name_of(file)
    return Candidate(
        file.person,
        name,
        known.individual_reference,
        known.birth_date or known.birth_known,
        score,
        because,
    )


def _known(file: BinnedFile) -> KnownPerson:
    person = file_bin.person_of(file)
    return KnownPerson(
        person.id,
        person.individual_reference,
        person.uci,
        file.values.get("file_number"),
        person.family_name,
        person.given_names,
        person.birth_date if isinstance(person.birth_date, date) else None,
        person.citizenship,
        person.former_names,
        birth_known=file.values.get("birth_known"),
    )
