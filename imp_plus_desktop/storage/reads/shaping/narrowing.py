# SPDX-License-Identifier: Apache-2.0
"""Filters on columns as conditions in SQL, orders by columns, and the ids of a list from both.

    ids(register, kind, found, sorts, order, filters, today) -> ids in this order
    count(register, kind, found, filters, today) -> how many they would be
    of_people(register, kind, people) -> ids of all rows that are in these people's files

The rows of a list that its own filter keeps come as `Conditions`, which is added to.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from itertools import chain

from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order, Spelled
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.conditions import Conditions
from imp_plus_desktop.storage.reads.ordering import in_order
from imp_plus_desktop.storage.reads.shaping.sources import FROM, KEY, joined, source
from imp_plus_desktop.storage.tables.columns import encode

Sorts = Mapping[str, tuple[str, ...]]
"""By the name of an order: its terms in SQL."""


def ids(
    register: Register,
    kind: ListKind,
    found: Conditions,
    sorts: Sorts,
    order: Order,
    filters: Sequence[ColumnFilter],
    today: date,
) -> array[int]:
    """Ids of the rows of a list that meet the conditions and the filters, in order.

    Keys of the order are names of `sorts` or ids of columns. Equals stand by name, then by id.
    """
    for one in filters:
        narrow(found, kind, one.on(today))
    terms: list[tuple[str, bool]] = []
    words: list[object] = []
    dialect = register.db.dialect
    for key, down in order:
        own = sorts.get(key) or (source(kind, key),)
        if isinstance(key, Spelled):
            # A code that has no word stands behind those that have.
            place = f"COALESCE({dialect.place_of(own[0])}, {len(key.places)})"
            own = (f"CASE WHEN {own[0]} IS NOT NULL THEN {place} END",)
            words.append(dialect.placed(key.places))
        terms += [(term, down) for term in own]
    by = in_order([*terms, ("s.sort_key", False)], KEY[kind])
    joins = joined(kind, f"{found} {by}", today)
    sql = f"SELECT {KEY[kind]} AS id FROM {FROM[kind]}{joins} WHERE {found} ORDER BY {by}"
    # A row of Python's for each of 100,000 ids would take as long as finding them.
    together = register.db.execute_sql(dialect.gathered(sql), [*found.parameters, *words])
    return array("q", json.loads(together.fetchone()[0]))


def count(
    register: Register,
    kind: ListKind,
    found: Conditions,
    filters: Sequence[ColumnFilter],
    today: date,
) -> int:
    """How many rows of a list meet the conditions and the filters: nothing is put in order."""
    for one in filters:
        narrow(found, kind, one.on(today))
    sql = f"SELECT COUNT(*) FROM {FROM[kind]}{joined(kind, str(found), today)} WHERE {found}"
    return int(register.db.execute_sql(sql, found.parameters).fetchone()[0])


def of_people(register: Register, kind: ListKind, people: Sequence[int]) -> array[int]:
    """Ids of the rows of a list that are in some people's files, as far as they have their line."""
    found = Conditions(register.db)
    found.only(people, "s.person_id")
    sql = f"SELECT {KEY[kind]} FROM {FROM[kind]} WHERE {found}"
    rows = register.db.execute_sql(sql, found.parameters).fetchall()
    return array("q", chain.from_iterable(rows))


def narrow(found: Conditions, kind: ListKind, wanted: ColumnFilter) -> None:
    """Demand what a filter asks of its column; its bounds count from no day any more."""
    column, told = columns(kind)[wanted.column], source(kind, wanted.column)
    if wanted.filled is not None:
        found.add(f"{told} IS {'NOT ' if wanted.filled else ''}NULL")
    if wanted.values:
        found.one_of(told, wanted.values)
    if wanted.text.strip():
        found.holding(told, fold(wanted.text))
    for sign, bound in ((">=", wanted.low), ("<=", wanted.high)):
        if bound:
            _bounded(found, column, told, sign, bound)


def _bounded(found: Conditions, column: ListColumn, told: str, sign: str, bound: str) -> None:
    if column.kind is Kind.INSTANT:
        # A day of Toronto begins at an hour of its own in UTC, and its end is the next one's.
        day = date.fromisoformat(bound)
        if sign == "<=":
            if day == date.max:
                return
            day, sign = day + timedelta(days=1), "<"
        found.add(f"{told} {sign} ?", encode(instant_in_toronto(day, time.min)))
    elif column.kind is Kind.DAY:
        found.add(f"{told} {sign} ?", bound)
    else:
        found.add(f"{told} {sign} ?", int(bound))
