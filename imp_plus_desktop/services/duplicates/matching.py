# SPDX-License-Identifier: Apache-2.0
"""Who a row of a list is: by reference, UCI, file number with name and birth date, or likeness.

Reads the register once and answers for every row; writes nothing. Likeness is tried only for a
row without reference or UCI, and only ever holds the row for a person to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.people.likeness import NameKey, birth_slips, likeness
from imp_plus_desktop.domain.records.catalogue import KEYS_OF_PEOPLE, REGISTER_NUMBER
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.domain.values.names import list_name, whole_key
from imp_plus_desktop.domain.values.register_numbers import RegisterNumbers
from imp_plus_desktop.storage.archive.known_people import KnownPerson
from imp_plus_desktop.storage.history import merges

OWN_NUMBER = REGISTER_NUMBER.named
Values = Mapping[str, Any]

SAME_NUMBER, IN_BIN = "number_same", "in_bin"
"""Codes beside those of likeness: one number, and a file that is in the bin."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone in the register who looks like a row. `because` are codes of likeness.

    `birth_date` is a text where it is known in part only. A member of a family is told by
    `family_of`, the principal's name; person and reference are then the principal's.
    """

    person_id: int
    name: str
    individual_reference: str | None
    birth_date: date | str | None
    score: int
    because: tuple[str, ...]
    family_of: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """`person_id` when identified; `clash` names the field whose number is another person's.

    `settled` when somebody has already said of this very row who it is.
    """

    person_id: int | None = None
    settled: bool = False
    clash: str | None = None
    candidates: tuple[Candidate, ...] = ()
    old_numbers: tuple[str, ...] = ()
    """Fields whose numbers are those of a file that was merged into this person's."""

    @property
    def is_new(self) -> bool:
        """Whether the row is about somebody whom the register does not know."""
        return self.person_id is None and self.clash is None and not self.candidates


class People:
    """Everyone in the register, by all that a row can name them by."""

    def __init__(
        self,
        known: Iterable[KnownPerson],
        old_numbers: Mapping[tuple[str, str], int] | None = None,
        corrected: Mapping[tuple[str, str], int] | None = None,
        *,
        own_numbers: RegisterNumbers | None = None,
        merged: Mapping[int, int] | None = None,
        some: bool = False,
    ) -> None:
        """`old_numbers` are those of files that were merged, `corrected` those in whose place
        somebody has put others: by field and number, whose they were. `own_numbers` are the
        register's, `merged` tells where the files of those are that went. With `some` there are
        more people than these: who is alike cannot be asked then."""
        self._old = {(f, normalise(n)): p for (f, n), p in (old_numbers or {}).items()}
        self._corrected = {(f, normalise(n)): p for (f, n), p in (corrected or {}).items()}
        self._renumbered: dict[int, KnownPerson | None] = dict.fromkeys(self._corrected.values())
        self._own_numbers, self._moved = own_numbers, merged or {}
        self._by_id: dict[int, KnownPerson] = {}
        self._by_reference: dict[str, KnownPerson] = {}
        self._by_uci: dict[str, KnownPerson] = {}
        self._by_file: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_birth: dict[date, list[KnownPerson]] = defaultdict(list)
        self._by_letters: dict[str, list[KnownPerson]] = defaultdict(list)
        self._names: dict[int, str] = {}
        self._unread: list[KnownPerson] = []
        self._known = some
        for person in known:
            self.add(person)

    @property
    def nobody(self) -> bool:
        """Whether the register is empty, so that every row is about somebody new."""
        return not self._known

    def add(self, person: KnownPerson) -> None:
        self._known = True
        if person.id in self._renumbered:
            self._renumbered[person.id] = person
        self._by_id[person.id] = person
        self._enter(person)
        for family, given in person.former_names:
            # Under a former name too, and still shown under the present one.
            self._names.setdefault(person.id, list_name(person.family_name, person.given_names))
            self._enter(replace(person, family_name=family, given_names=given))

    def _enter(self, person: KnownPerson) -> None:
        if person.individual_reference:
            self._by_reference[normalise(person.individual_reference)] = person
        if person.uci:
            self._by_uci[normalise(person.uci)] = person
        if person.file_number:
            self._by_file[normalise(person.file_number)].append(person)
        self._unread.append(person)

    def _read_names(self) -> None:
        """Names are folded only when a row needs them: most have a number."""
        for person in self._unread:
            if person.birth_date:
                self._by_birth[person.birth_date].append(person)
            self._by_letters[_letters(person.family_name, person.given_names)].append(person)
        self._unread.clear()

    def by_reference(self, text: str) -> int | None:
        """A principal that a family list names: by reference, UCI or file number, also by one that
        was corrected since or was a merged file's, unless it is somebody's now."""
        key = normalise(text)
        person = self._by_reference.get(key) or self._by_uci.get(key) or self.by_own_number(text)
        if person is not None:
            return person.id
        of_file = {known.id for known in self._by_file.get(key, ())}
        former = {
            numbers[field, key]
            for numbers in (self._corrected, self._old)
            for field in KEYS_OF_PEOPLE
            if (field, key) in numbers
        }
        found = of_file or former
        return next(iter(found)) if len(found) == 1 else None

    def by_own_number(self, text: object) -> KnownPerson | None:
        """Whom a number of the register itself names, also after a merger."""
        if self._own_numbers is None or not text:
            return None
        number = self._own_numbers.read(str(text))
        return None if number is None else self._by_id.get(merges.now(self._moved, number))

    def match(self, values: Values) -> Match:
        """Who a row is."""
        reference, uci = values.get("individual_reference"), values.get("uci")
        merged = self._merged(reference, uci)
        if merged is not None:
            return merged
        before = self._before_correction(values)
        if before is not None:
            return Match(person_id=before)
        own = self.by_own_number(values.get(OWN_NUMBER))
        if own is not None and not self._is_of(own, values):
            return Match(clash=OWN_NUMBER)
        return Match(person_id=own.id) if own is not None else self._by_numbers(values)

    def _by_numbers(self, values: Values) -> Match:
        """Who a row is by the numbers that governments gave, or by likeness."""
        reference, uci = values.get("individual_reference"), values.get("uci")
        by_reference = self._by_reference.get(normalise(reference)) if reference else None
        by_uci = self._by_uci.get(normalise(uci)) if uci else None
        if by_uci is not None and by_uci is not by_reference:
            # The UCI is for life: it tells who this is, unless the reference says someone else.
            other_reference = by_uci.individual_reference is not None and reference is not None
            if by_reference is not None or other_reference:
                return Match(clash="uci")
            return Match(person_id=by_uci.id)
        if by_reference is not None:
            return Match(person_id=by_reference.id)
        by_file = self._same_file(values)
        if by_file is not None:
            return Match(person_id=by_file.id)
        if reference or uci:
            return Match()
        return Match(candidates=self.alike(values))

    def _is_of(self, person: KnownPerson, values: Values) -> bool:
        """Whether a row that has somebody's own number is about them: a column may have been
        sorted without the others. No number of the row is another person's, and the name or the
        birth date is theirs; a word of the name where no birth date can tell."""
        for field, holders in (("individual_reference", self._by_reference), ("uci", self._by_uci)):
            number = values.get(field)
            holder = holders.get(normalise(number)) if number else None
            if holder is not None and holder.id != person.id:
                return False
        if not _agrees(person, values):
            return False
        told = _words(values.get("family_name"), values.get("given_names"))
        names = ((person.family_name, person.given_names), *person.former_names)
        called = [_words(*own) for own in names]
        born = values.get("birth_date")
        if not told or told in called or (born and born == person.birth_date):
            return True
        alike = any(not set(told).isdisjoint(own) for own in called)
        return alike and (born is None or person.birth_date is None)

    def _merged(self, reference: str | None, uci: str | None) -> Match | None:
        """The person into whose file the file of these numbers was merged."""
        if not self._old:
            return None
        given = (("individual_reference", reference), ("uci", uci))
        held = (self._by_reference, self._by_uci)
        found = {
            field: self._old[field, normalise(number)]
            for (field, number), holders in zip(given, held, strict=True)
            if number
            and normalise(number) not in holders
            and (field, normalise(number)) in self._old
        }
        if len(set(found.values())) != 1:
            return None
        person = next(iter(found.values()))
        for (field, number), holders in zip(given, held, strict=True):
            holder = holders.get(normalise(number)) if number else None
            if holder is not None and holder.id != person:
                return Match(clash=field)
        return Match(person_id=person, old_numbers=tuple(found))

    def _before_correction(self, values: Values) -> int | None:
        """The person of a row that still has the number in whose place somebody put another: the
        same name and no other birth date, since a number may have been another person's."""
        if not self._corrected:
            return None
        found: set[int] = set()
        for field, holders in (("individual_reference", self._by_reference), ("uci", self._by_uci)):
            number = values.get(field)
            if not number:
                continue
            holder = holders.get(normalise(number))
            person = holder.id if holder else self._corrected.get((field, normalise(number)))
            found |= {person} if person is not None else set()
        known = self._renumbered.get(next(iter(found))) if len(found) == 1 else None
        born = values.get("birth_date")
        if known is None or (known.birth_date and born and known.birth_date != born):
            return None
        told = _words(values.get("family_name"), values.get("given_names"))
        return known.id if told == _words(known.family_name, known.given_names) else None

    def _same_file(self, values: Values) -> KnownPerson | None:
        number, birth = values.get("file_number"), values.get("birth_date")
        if not number or birth is None:
            return None
        words = _words(values.get("family_name"), values.get("given_names"))
        for person in self._by_file.get(normalise(number), ()):
            same_name = _words(person.family_name, person.given_names) == words
            if same_name and person.birth_date == birth and _agrees(person, values):
                return person
        return None

    def alike(self, values: Values) -> tuple[Candidate, ...]:
        """Up to five people whom names and birth date make like a row, the likest first."""
        key = NameKey(
            values.get("family_name") or values.get("given_names") or "",
            values.get("given_names") if values.get("family_name") else None,
            values.get("birth_date"),
            values.get("citizenship"),
            values.get("birth_known"),
        )
        found = [
            Candidate(
                person.id,
                self._names.get(person.id) or list_name(person.family_name, person.given_names),
                person.individual_reference,
                person.birth_date or person.birth_known,
                like.score,
                like.reasons,
            )
            for person in self._near(key)
            if (like := likeness(key, _key_of(person))) is not None
        ]
        best: dict[int, Candidate] = {}
        for candidate in sorted(found, key=lambda c: (-c.score, c.person_id)):
            best.setdefault(candidate.person_id, candidate)
        return tuple(best.values())[:5]

    def _near(self, key: NameKey) -> set[KnownPerson]:
        """The few that likeness can speak for, of all: without them a long register is slow.

        Everyone of the same birthday; those of a birthday that a slip makes of it who share a
        word of the name; and, where a birth date is missing, those with all letters the same.
        """
        self._read_names()
        near = set(self._by_letters.get(_letters(key.family, key.given), ()))
        if key.birth_date is None:
            return near
        near.update(self._by_birth.get(key.birth_date, ()))
        words = set(_words(key.family, key.given))
        for day in birth_slips(key.birth_date):
            near.update(
                person
                for person in self._by_birth.get(day, ())
                if not words.isdisjoint(_words(person.family_name, person.given_names))
            )
        return near


def _agrees(person: KnownPerson, values: Values) -> bool:
    """Whether a person's own numbers leave room for those of the row."""
    reference, uci = values.get("individual_reference"), values.get("uci")
    return not (
        (reference and person.individual_reference and person.individual_reference != reference)
        or (uci and person.uci and normalise(person.uci) != normalise(uci))
    )


def _key_of(person: KnownPerson) -> NameKey:
    return NameKey(
        person.family_name,
        person.given_names,
        person.birth_date,
        person.citizenship,
        person.birth_known,
    )


def _words(*names: str | None) -> list[str]:
    return [word for name in names if name for word in whole_key(name).split()]


def _letters(*names: str | None) -> str:
    """The letters of a name in order of the alphabet: the same however its words are placed."""
    return "".join(sorted("".join(_words(*names))))
