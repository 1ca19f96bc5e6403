# SPDX-License-Identifier: Apache-2.0
"""Finds the rows of one file that are about the same person or member again.

Only identifiers and the exact keys of the contract count here; likeness is tried against the
register, by the services.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from imp_plus_desktop.exchange.values.values import IDENTIFIER_FIELDS, FieldValue, identifier_key
from imp_plus_desktop.exchange.values.vocabulary import squeeze

Values = Mapping[str, FieldValue]
REPEAT, CONFLICT = "duplicate_in_file", "conflict_in_file"


def has_key(values: Values) -> bool:
    """Whether anything identifies the person (contract: one of four ways)."""
    if values.get("individual_reference") or values.get("uci"):
        return True
    named = bool(values.get("family_name")) and bool(values.get("birth_date"))
    return named and bool(values.get("file_number") or values.get("citizenship"))


_Key = tuple[str | date, ...]


class _Occurrence(NamedTuple):
    sheet: str
    row: int
    values: Values


class Repeats:
    """Remembers the rows seen so far, people and members apart, over all sheets of a file."""

    def __init__(self) -> None:
        self._by_reference: dict[str, _Occurrence] = {}
        self._by_uci: dict[str, _Occurrence] = {}
        self._unreferenced: dict[_Key, list[_Occurrence]] = {}
        self._referenced: dict[_Key, list[_Occurrence]] = {}
        self._waiting: list[_Occurrence] = []
        """Rows with a reference whose names nobody had to compare yet."""
        self._members: dict[tuple[str, ...], list[_Occurrence]] = {}

    def person(self, sheet: str, row: int, values: Values) -> tuple[str, str, int] | None:
        """duplicate_in_file or conflict_in_file with the earlier sheet and row, else None."""
        reference, uci = _key_of(values, "individual_reference"), _key_of(values, "uci")
        found = self._by_reference.get(reference) or self._by_uci.get(uci)
        if found is not None:
            return compared(found.values, values), found.sheet, found.row
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
                return compared(earlier.values, values), earlier.sheet, earlier.row
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

    def member(self, sheet: str, row: int, values: Values) -> tuple[str, str, int] | None:
        """The same for a member: of one principal, by name and birth date."""
        birth = values.get("birth_date")
        key = (
            identifier_key(str(values.get("principal_reference", ""))),
            _name_key(values),
            birth.isoformat() if isinstance(birth, date) else "",
        )
        known = self._members.setdefault(key, [])
        for seen in known:
            if _adds_nothing(seen.values, values):
                return REPEAT, seen.sheet, seen.row
            if birth is not None:
                return CONFLICT, seen.sheet, seen.row
        known.append(_Occurrence(sheet, row, values))
        return None


def _key_of(values: Values, field: str) -> str:
    """The key of an identifier, empty for none."""
    value = values.get(field)
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
    """Two different references or UCIs are two people, whatever the names."""
    for field in ("individual_reference", "uci"):
        first, second = one.get(field), other.get(field)
        if first and second and identifier_key(str(first)) != identifier_key(str(second)):
            return True
    return False


def compared(earlier: Values, later: Values) -> str:
    """Whether a later row about the same person repeats the earlier one or contradicts it."""
    return REPEAT if _adds_nothing(earlier, later) else CONFLICT


def _adds_nothing(earlier: Values, later: Values) -> bool:
    """Whether every filled cell of the later row says what the earlier one said."""
    return all(_same(field, value, earlier.get(field)) for field, value in later.items())


def _same(field: str, one: FieldValue, other: FieldValue) -> bool:
    if field in IDENTIFIER_FIELDS and isinstance(one, str) and isinstance(other, str):
        return identifier_key(one) == identifier_key(other)
    return one == other
