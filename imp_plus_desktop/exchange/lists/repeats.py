# SPDX-License-Identifier: Apache-2.0
"""Finds the rows of one file that are about the same person or member again.

Only identifiers and the exact keys of the contract count here; likeness is tried against the
register, by the services.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import (
    AGAIN,
    BY_NAME,
    LINKED,
    NAMES,
    PEOPLE,
    REGISTER_NUMBER,
)
from imp_plus_desktop.domain.records.fields import Part
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.names import same_name
from imp_plus_desktop.exchange.values.values import IDENTIFIER_FIELDS, FieldValue, identifier_key
from imp_plus_desktop.exchange.values.vocabulary import squeeze

Values = Mapping[str, FieldValue]
REPEAT, CONFLICT = "duplicate_in_file", "conflict_in_file"
TAKEN = "identifier_taken"
FURTHER = "further"
"""The same person with another application: no fault of a list, but more of a history."""
_HISTORY = frozenset(f.named for f in LINKED if f.entity in ("application", "permit")) | frozenset(
    name for name, (plain, _slot) in AGAIN.items() if BY_NAME[plain].entity != "passport"
)
_WHO = frozenset(f.named for f in PEOPLE if f.traits.part in (Part.NUMBERS, Part.IDENTITY))


OWN_NUMBER = REGISTER_NUMBER.named


def has_key(values: Values) -> bool:
    """Whether anything identifies the person (contract: one of four ways)."""
    if values.get("individual_reference") or values.get("uci"):
        return True
    born = values.get("birth_date") or values.get("birth_known")
    named = bool(values.get("family_name")) and bool(born)
    return named and bool(values.get("file_number") or values.get("citizenship"))


_Key = tuple[str | date, ...]


@dataclass(slots=True)
class _Occurrence:
    """A row, and the later rows that tell of further applications of its person."""

    sheet: str
    row: int
    values: Values
    further: tuple[_Occurrence, ...] = ()


class Repeats:
    """Remembers the rows seen so far, people and members apart, over all sheets of a file."""

    def __init__(self) -> None:
        self._by_reference: dict[str, _Occurrence] = {}
        self._by_uci: dict[str, _Occurrence] = {}
        self._unreferenced: dict[_Key, list[_Occurrence]] = {}
        self._referenced: dict[_Key, list[_Occurrence]] = {}
        self._waiting: list[_Occurrence] = []
        """Rows with a reference whose names nobody had to compare yet."""
        self._partly: dict[_Key, list[_Occurrence]] = {}
        """Rows without a number, of people of whose birth a year or a month is known."""
        self._members: dict[tuple[str, ...], list[_Occurrence]] = {}

    def person(self, sheet: str, row: int, values: Values) -> tuple[str, str, int] | None:
        """What the row is to an earlier one of its person, whose sheet and row follow: a
        duplicate_in_file, a conflict_in_file or `FURTHER`; identifier_taken where it has the UCI
        of somebody with another reference. None for the person's first row."""
        reference, uci = _key_of(values, "individual_reference"), _key_of(values, "uci")
        found = self._by_reference.get(reference) or self._by_uci.get(uci)
        if found is not None:
            if _other_reference(found.values, reference):
                return TAKEN, found.sheet, found.row
            return _again(found, sheet, row, values)
        seen = _Occurrence(sheet, row, values)
        if reference and not self._unreferenced:
            self._waiting.append(seen)
        else:
            # Two references that differ are two people, so that names matter only from the first
            # row without one.
            self._read_waiting()
            names = _name_keys(values)
            earlier = self._of_the_same_name(names, values)
            if earlier is not None:
                return _again(earlier, sheet, row, values)
            repeated = self._of_the_same_year(seen)
            if repeated is not None:
                return REPEAT, repeated.sheet, repeated.row
            self._name(seen, names)
        if reference:
            self._by_reference[reference] = seen
        if uci:
            self._by_uci[uci] = seen
        return None

    def _read_waiting(self) -> None:
        for seen in self._waiting:
            self._name(seen, _name_keys(seen.values))
        self._waiting.clear()

    def _name(self, seen: _Occurrence, names: list[_Key]) -> None:
        referenced = seen.values.get("individual_reference")
        by_name = self._referenced if referenced else self._unreferenced
        for key in names:
            by_name.setdefault(key, []).append(seen)

    def _of_the_same_name(self, names: list[_Key], values: Values) -> _Occurrence | None:
        # Two references that differ are two people: a row with one need not be compared with
        # others that have one.
        pools = [self._unreferenced]
        if not values.get("individual_reference"):
            pools.append(self._referenced)
        for key in names:
            for pool in pools:
                for seen in pool.get(key, ()):
                    if not _two_people(seen.values, values):
                        return seen
        return None

    def _of_the_same_year(self, row: _Occurrence) -> _Occurrence | None:
        """The row that this one only repeats, of somebody of whose birth not all is known.

        Two of one name and year may be two people: a row that says anything else is one more.
        """
        known = row.values.get("birth_known")
        if not known or row.values.get("individual_reference") or row.values.get("uci"):
            return None
        seen = self._partly.setdefault((_name_key(row.values), str(known)), [])
        for one in seen:
            if _adds_nothing(one.values, row.values):
                return one
        seen.append(row)
        return None

    def member(
        self, sheet: str, row: int, values: Values, principal: tuple[str, int] | None = None
    ) -> tuple[str, str, int] | None:
        """The same for a member: of one principal, by name and birth date."""
        birth = values.get("birth_date")
        key = (
            identifier_key(str(values.get("principal_reference") or principal or "")),
            _name_key(values),
            str(birth or values.get("birth_known") or ""),
        )
        known = self._members.setdefault(key, [])
        for seen in known:
            if _adds_nothing(seen.values, values):
                return REPEAT, seen.sheet, seen.row
        for seen in known:
            if birth is not None and not _tells_more(seen.values, values):
                return CONFLICT, seen.sheet, seen.row
        known.append(_Occurrence(sheet, row, values))
        return None


def _other_reference(earlier: Values, reference: str) -> bool:
    """Whether both have a reference, and another one: two people, of whom one UCI is wrong."""
    first = _key_of(earlier, "individual_reference")
    return bool(first and reference) and first != reference


def _key_of(values: Values, name: str) -> str:
    """The key of an identifier, empty for none."""
    value = values.get(name)
    return identifier_key(str(value)) if value else ""


def _name_keys(values: Values) -> list[_Key]:
    """Name and birth date with the file's number, and with the citizenship."""
    birth = values.get("birth_date")
    if not isinstance(birth, date) or not values.get("family_name"):
        return []
    keys: list[_Key] = []
    named = (_name_key(values), birth)
    if file_number := values.get("file_number"):
        keys.append(("file", identifier_key(str(file_number)), *named))
    if citizenship := values.get("citizenship"):
        keys.append(("citizenship", str(citizenship), *named))
    return keys


def _name_key(values: Values) -> str:
    family, given = str(values.get("family_name", "")), str(values.get("given_names", ""))
    return f"{_squeezed(family)}/{_squeezed(given)}"


_squeezed = lru_cache(maxsize=4096)(squeeze)
"""Names come again and again."""


def _two_people(one: Values, other: Values) -> bool:
    """Two different references or UCIs are two people, whatever the names; so are two numbers of
    one register."""
    for name in ("individual_reference", "uci", OWN_NUMBER):
        first, second = one.get(name), other.get(name)
        if first and second and identifier_key(str(first)) != identifier_key(str(second)):
            return True
    return False


def _again(first: _Occurrence, sheet: str, row: int, values: Values) -> tuple[str, str, int]:
    """What a row is to the rows of the same person before it: to the first of them where it tells
    of a further application, else to the one that it repeats or contradicts."""
    said = first
    for seen in (first, *first.further):
        if (seen.sheet, seen.row) == (sheet, row):  # asked twice
            return FURTHER, first.sheet, first.row
        code = compared(seen.values, values)
        if code == REPEAT:
            return REPEAT, seen.sheet, seen.row
        if code == CONFLICT:
            said = seen
            break
    else:
        first.further += (_Occurrence(sheet, row, values),)
        return FURTHER, first.sheet, first.row
    return CONFLICT, said.sheet, said.row


def compared(earlier: Values, later: Values) -> str:
    """Whether a later row about the same person repeats the earlier one, tells of another
    application, or contradicts it."""
    if _adds_nothing(earlier, later):
        return REPEAT
    return FURTHER if _tells_more(earlier, later) else CONFLICT


def _tells_more(earlier: Values, later: Values) -> bool:
    """Whether two rows that agree on who somebody is tell of two applications, or the later one of
    an application where the earlier has none."""
    if _HISTORY.isdisjoint(later) or not all(_agree(name, earlier, later) for name in _WHO):
        return False
    if _HISTORY.isdisjoint(earlier):
        return True
    for name in _TELLING_APART:
        one, other = earlier.get(name), later.get(name)
        if one is not None and other is not None:
            # The first of these that both rows have tells.
            return not _same(name, _day(one), _day(other))
    return False


_TELLING_APART = (
    "application_number", "received_at", "permit_number", "permit_from", "application_kind",
)  # fmt: skip


def _day(value: FieldValue) -> FieldValue:
    return toronto_day(value) if isinstance(value, datetime) else value


def _agree(name: str, earlier: Values, later: Values) -> bool:
    """Whether two rows do not contradict each other in a field; spellings of a name do not."""
    one, other = earlier.get(name), later.get(name)
    if one is None or other is None:
        return True
    if name in NAMES:
        return same_name(str(one), str(other))
    return _same(name, one, other)


def _adds_nothing(earlier: Values, later: Values) -> bool:
    """Whether every filled cell of the later row says what the earlier one said."""
    return all(_same(name, value, earlier.get(name)) for name, value in later.items())


def _same(name: str, one: FieldValue, other: FieldValue) -> bool:
    if name in IDENTIFIER_FIELDS and isinstance(one, str) and isinstance(other, str):
        return identifier_key(one) == identifier_key(other)
    return one == other
