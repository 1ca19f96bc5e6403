# SPDX-License-Identifier: Apache-2.0
"""Finds the rows of one file that are about the same person or member again.

Only identifiers and the exact keys of the contract count here; likeness is tried against the
register, by the services.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.exchange.values import IDENTIFIER_FIELDS, FieldValue, identifier_key
from imp_plus_desktop.exchange.vocabulary import squeeze

Values = Mapping[str, FieldValue]


def has_key(values: Values) -> bool:
    """Whether anything identifies the person (contract: one of four ways)."""
    if values.get("individual_reference") or values.get("uci"):
        return True
    named = bool(values.get("family_name")) and bool(values.get("birth_date"))
    return named and bool(values.get("file_number") or values.get("citizenship"))


class Repeats:
    """Remembers the rows seen so far, people and members apart, over all sheets of a file."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, ...], list[tuple[str, int, Values]]] = {}
        self._members: dict[tuple[str, ...], list[tuple[str, int, Values]]] = {}

    def person(self, sheet: str, row: int, values: Values) -> tuple[str, str, int] | None:
        """duplicate_in_file or conflict_in_file with the earlier sheet and row, else None."""
        keys = list(_person_keys(values))
        for key in keys:
            for earlier_sheet, earlier_row, earlier in self._people.get(key, ()):
                if key[0] in ("file", "last") and _two_people(earlier, values):
                    continue
                code = "duplicate_in_file" if _adds_nothing(earlier, values) else "conflict_in_file"
                return code, earlier_sheet, earlier_row
        for key in keys:
            self._people.setdefault(key, []).append((sheet, row, values))
        return None

    def member(self, sheet: str, row: int, values: Values) -> tuple[str, str, int] | None:
        """The same for a member: of one principal, by name and birth date."""
        birth = values.get("birth_date")
        key = (
            identifier_key(str(values.get("principal_reference", ""))),
            _name_key(values),
            birth.isoformat() if isinstance(birth, date) else "",
        )
        seen = self._members.setdefault(key, [])
        for earlier_sheet, earlier_row, earlier in seen:
            if _adds_nothing(earlier, values):
                return "duplicate_in_file", earlier_sheet, earlier_row
            if birth is not None:
                return "conflict_in_file", earlier_sheet, earlier_row
        seen.append((sheet, row, values))
        return None


def _person_keys(values: Values) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    for field in ("individual_reference", "uci"):
        if value := values.get(field):
            keys.append((field, identifier_key(str(value))))
    birth = values.get("birth_date")
    if isinstance(birth, date) and values.get("family_name"):
        named = (_name_key(values), birth.isoformat())
        if file_number := values.get("file_number"):
            keys.append(("file", identifier_key(str(file_number)), *named))
        if citizenship := values.get("citizenship"):
            keys.append(("last", str(citizenship), *named))
    return keys


def _name_key(values: Values) -> str:
    return (
        squeeze(str(values.get("family_name", "")))
        + "/"
        + squeeze(str(values.get("given_names", "")))
    )


def _two_people(one: Values, other: Values) -> bool:
    """Two different references or UCIs are two people, whatever the names."""
    for field in ("individual_reference", "uci"):
        first, second = one.get(field), other.get(field)
        if first and second and identifier_key(str(first)) != identifier_key(str(second)):
            return True
    return False


def _adds_nothing(earlier: Values, later: Values) -> bool:
    """Whether every filled cell of the later row says what the earlier one said."""
    return all(_same(field, value, earlier.get(field)) for field, value in later.items())


def _same(field: str, one: FieldValue, other: FieldValue) -> bool:
    if field in IDENTIFIER_FIELDS and isinstance(one, str) and isinstance(other, str):
        return identifier_key(one) == identifier_key(other)
    return one == other
