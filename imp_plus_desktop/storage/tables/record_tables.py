# SPDX-License-Identifier: Apache-2.0
"""A table whose columns are the fields of a record class, as the catalogue has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from peewee import AutoField, BooleanField, ForeignKeyField, IntegerField, TextField
from peewee import Field as Column

from imp_plus_desktop.domain.records.catalogue import FIELDS, RECORDS
from imp_plus_desktop.domain.records.fields import Field, Kind
from imp_plus_desktop.storage.tables.columns import CodeField, DayField, InstantField, Table

_COLUMNS: Mapping[Kind, Callable[..., Column]] = {
    Kind.DAY: DayField,
    Kind.INSTANT: InstantField,
    Kind.FLAG: BooleanField,
    Kind.NUMBER: IntegerField,
    Kind.MONEY: IntegerField,
    Kind.LINK: IntegerField,
}
"""All other kinds are texts."""
_MAY_BE_EMPTY = frozenset({("note", "written_at")})
"""Always written, in a column that never had to be."""
_ROW: Callable[..., Column] = ForeignKeyField


@cache
def table_of(entity: str) -> type[Table]:
    """The model of an entity, made once."""
    columns = dict(_column(field) for field in FIELDS[entity])
    meta = type("Meta", (), {"table_name": entity})
    made: Any = type(Table)
    name = f"{RECORDS[entity].__name__}Table"
    table: type[Table] = made(
        name, (Table,), {"id": AutoField(), **columns, "Meta": meta, "__module__": __name__}
    )
    return table


def _column(field: Field) -> tuple[str, Column]:
    """The attribute of a field and its column; `person_id` is reached as `person`."""
    null = not field.required or (field.entity, field.name) in _MAY_BE_EMPTY
    if field.name == f"{field.link}_id":
        return field.link, _ROW(table_of(field.link), null=null)
    if field.code is not None:
        return field.name, CodeField(field.code, null=null)
    return field.name, _COLUMNS.get(field.kind, TextField)(null=null)
