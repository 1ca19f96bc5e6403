# SPDX-License-Identifier: Apache-2.0
"""How a value is kept in a column, and the kinds of columns of our tables.

Knows no table: those are in `models.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from peewee import Model, TextField

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.unseen.hidden import day_of


def encode(value: object) -> Any:
    """A value as SQLite and the journal's JSON keep it: ISO days, UTC instants with Z, 0 and 1."""
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, StrEnum):
        return value.value
    return value


FOUND_BY = frozenset(
    {"individual_reference", "uci", "file_number", "clerk", "tags", "number", "permit_number"}
    | {"application_number", "route"}
)
"""Columns whose text somebody enters and an index is of; a test compares them with the indexes."""


def sound(value: Any, column: str = "") -> Any:
    """A value that is about to be kept. Errors: DomainError unwritable_text, too_long."""
    if type(value) is str:
        if not plain_text.is_sound(value):
            raise InvalidInput("unwritable_text")
        if len(value) > plain_text.LONGEST and column in FOUND_BY:
            raise InvalidInput("too_long")
    return value


class DayField(TextField):
    """A `date` kept as ISO text."""

    def db_value(self, value: Any) -> Any:
        return encode(value)

    def python_value(self, value: Any) -> date | None:
        return day_of(value) if value else None


class InstantField(TextField):
    """An aware UTC `datetime` kept as ISO text with Z."""

    def db_value(self, value: Any) -> Any:
        return encode(value)

    def python_value(self, value: Any) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class CodeField(TextField):
    """A `StrEnum` kept as its value."""

    def __init__(self, enum: Callable[[str], StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self._enum = enum

    def db_value(self, value: Any) -> Any:
        return encode(value)

    def python_value(self, value: Any) -> StrEnum | None:
        return self._enum(value) if value is not None else None


class Table(Model):
    """Base of all tables. No database is bound: every query is told its register (`execute(db)`),
    so that one process may have several registers open."""

    class Meta:
        legacy_table_names = False


def columns_of(table: type[Table]) -> tuple[str, ...]:
    """Return the names of a table's columns, in the order of its model."""
    return tuple(field.column_name for field in table._meta.sorted_fields)  # noqa: SLF001
