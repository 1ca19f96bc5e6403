# SPDX-License-Identifier: Apache-2.0
"""A file as it will be once planned rows are written, for the rows that are planned after them.

The n-th row that is inserted for a person has the number -n until it is written; whoever writes
counts likewise (`plan_writing.py`) and puts the register's own number in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from imp_plus_desktop.domain.records.catalogue import FIELDS, PARTS, RECORDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.services.fields.operations import Operation

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_ORDER: Mapping[str, Callable[[Any], Any]] = {
    "letters": lambda row: row.letter_date,
    "applications": lambda row: row.received_at or _LONG_AGO,
    "permits": lambda row: row.valid_from,
    "contacts": lambda row: row.on_day,
    "residences": lambda row: row.from_day or date.min,
}
"""The parts of a file that stand in the order of their days, as it is read."""


class Foreseen:
    """One person's file, which grows with each plan; None before the person is planned."""

    def __init__(self, file: PersonFile | None, inserted: int = 0) -> None:
        """`inserted`: how many rows the plans before have brought already."""
        self.file = file
        self.inserted = inserted

    def write(self, operations: Iterable[Operation]) -> None:
        """Put planned rows into the file."""
        application: int | None = None
        for op in operations:
            number = op.number
            if number is None:
                self.inserted += 1
                number = -self.inserted
            if op.entity == "application":
                application = number
            self._put(op, number, application)

    def _put(self, op: Operation, number: int, application: int | None) -> None:
        if op.entity == "person":
            self._put_person(op, number)
            return
        part = PARTS.get(op.entity)
        if self.file is None or part is None:
            return
        rows = list(getattr(self.file, part))
        if op.number is None:
            own = {"person_id": self.file.person.id, "application_id": application}
            rows.append(_made(op.entity, number, {**own, **op.values}))
        else:
            rows = [replace(r, **_known(r, op)) if r.id == number else r for r in rows]
        if part in _ORDER:
            rows.sort(key=_ORDER[part])
        grown: dict[str, Any] = {part: tuple(rows)}
        self.file = replace(self.file, **grown)

    def _put_person(self, op: Operation, number: int) -> None:
        if self.file is None:
            self.file = PersonFile(_made("person", number, op.values))
        else:
            person = replace(self.file.person, **_known(self.file.person, op))
            self.file = replace(self.file, person=person)


def _made(entity: str, number: int, values: Mapping[str, object]) -> Any:
    """A row with these values; what nobody knows of it is None."""
    record: Any = RECORDS[entity]
    wanted = fields(record)
    known = {
        f.name: _typed(entity, f.name, values[f.name])
        for f in wanted
        if values.get(f.name) is not None
    }
    missing = {f.name: None for f in wanted if f.default is MISSING and f.name not in known}
    return record(**{**missing, **known, "id": number})


def _known(row: Any, op: Operation) -> dict[str, Any]:
    held = {field.name for field in fields(row)}
    return {n: _typed(op.entity, n, value) for n, value in op.values.items() if n in held}


@cache
def _codes_of(entity: str) -> Mapping[str, type[StrEnum]]:
    return {f.name: f.code for f in FIELDS[entity] if f.code is not None}


def _typed(entity: str, column: str, value: object) -> object:
    """A code is told as its class has it: lists may bring the bare text."""
    code = _codes_of(entity).get(column)
    return code(str(value)) if code is not None and value is not None else value
