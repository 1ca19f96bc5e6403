# SPDX-License-Identifier: Apache-2.0
"""Counting a list by two of its columns: by what one may count, and which rows a figure is of.

    DIMENSIONS[kind]                     by what the rows of a list may be counted, by name
    Pivot(kind, rows, columns)           `dump` and `load` are its text
    filters_of(pivot, row, column)       the filters of a list that keep the rows of one figure

Knows neither how the register counts nor what anything is called.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Mapping
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Value

ALL = object()
"""In place of a value: all of them, the total."""


class Step(StrEnum):
    """How finely a column is counted."""

    VALUE = "value"
    YEAR = "year"
    MONTH = "month"
    """`2026-03`; beside the year of the same day `03`."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what rows are counted: a column of their list, and for a day its year or its month."""

    name: str
    column: str
    step: Step = Step.VALUE


def _days(name: str, column: str) -> tuple[Dimension, Dimension]:
    """The year and the month of a day."""
    before = f"{name}_" if name else ""
    return (
        Dimension(f"{before}year", column, Step.YEAR),
        Dimension(f"{before}month", column, Step.MONTH),
    )


_OF_PERSON = (
    Dimension("country", "person.citizenship"),
    Dimension("category", "person.csq_category"),
    Dimension("clerk", "person.clerk"),
    Dimension("sex", "person.sex"),
)
_OF_FILE = (Dimension("stage", "standing.status"), Dimension("verdict", "standing.verdict"))
_OF_APPLICATION = (
    Dimension("state", "application.state"),
    Dimension("outcome", "application.outcome"),
    Dimension("code", "application.code"),
    Dimension("kind", "application.kind"),
)


def _by_name(*some: Dimension) -> Mapping[str, Dimension]:
    return {one.name: one for one in some}


DIMENSIONS: Mapping[ListKind, Mapping[str, Dimension]] = {
    ListKind.PEOPLE: _by_name(
        *_days("", "letter.letter_date"),
        *_OF_PERSON[:1],
        Dimension("residence", "residence.country"),
        *_OF_PERSON[1:],
        Dimension("state", "standing.status"),
        Dimension("verdict", "standing.verdict"),
    ),
    ListKind.APPLICATIONS: _by_name(
        *_days("", "application.received_at"),
        *_days("decided", "application.decided_on"),
        *_OF_PERSON,
        *_OF_APPLICATION,
        *_OF_FILE,
    ),
    ListKind.PERMITS: _by_name(
        *_days("", "permit.valid_from"),
        *_days("issued", "permit.issued"),
        *_days("until", "permit.valid_until"),
        *_OF_PERSON,
        *_OF_APPLICATION,
        *_OF_FILE,
    ),
}
"""The first day of each list is the one by whose year it is narrowed: the letter's, the receipt's,
the permit's first."""


@dataclass(frozen=True, slots=True)
class Pivot:
    """A list counted by one dimension, or by two; names of `DIMENSIONS`, the second empty for
    none."""

    kind: ListKind
    rows: str
    columns: str = ""

    @property
    def axes(self) -> tuple[Dimension, ...]:
        names = (self.rows, self.columns) if self.columns else (self.rows,)
        return tuple(DIMENSIONS[self.kind][name] for name in names)

    @property
    def of_one_day(self) -> bool:
        """Whether a year and a month of the same day stand across each other."""
        steps = {axis.step for axis in self.axes}
        same = len({axis.column for axis in self.axes}) == 1
        return same and steps == {Step.YEAR, Step.MONTH}


def dump(pivot: Pivot) -> str:
    """A pivot as text."""
    told = {"list": pivot.kind.value, "rows": pivot.rows, "columns": pivot.columns}
    return json.dumps(told, sort_keys=True)


def load(text: str) -> Pivot | None:
    """A pivot from its text; None where that names what there is not."""
    try:
        told = json.loads(text)
        found = pivot_of(told["list"], told["rows"], told["columns"])
    except (KeyError, TypeError, ValueError):
        return None
    return found


def pivot_of(kind: str, rows: str, columns: str) -> Pivot:
    """A pivot by names. ValueError for one that cannot be counted."""
    listed = ListKind(kind)
    known = DIMENSIONS.get(listed, {})
    if rows not in known or columns not in {"", *known} or rows == columns:
        raise ValueError(f"{kind} by {rows} and {columns}")
    return Pivot(listed, rows, columns)


def filters_of(pivot: Pivot, row: object, column: object) -> tuple[ColumnFilter, ...] | None:
    """The filters on columns that keep the rows of a figure; `ALL` for a total. None where filters
    cannot say it: a month of every year, or a year and months without one."""
    values = dict(zip(pivot.axes, (row, column), strict=False))
    if pivot.of_one_day:
        year, month = sorted(values.items(), key=lambda one: one[0].step is Step.MONTH)
        if month[1] is ALL:
            return filters_of(Pivot(pivot.kind, year[0].name), year[1], ALL)
        if year[1] is None and month[1] is None:
            return filters_of(Pivot(pivot.kind, year[0].name), None, ALL)
        if not isinstance(year[1], str):
            return None
        return (_filter(month[0], f"{year[1]}-{month[1]}"),)
    return tuple(_filter(axis, value) for axis, value in values.items() if value is not ALL)


def _filter(axis: Dimension, value: object) -> ColumnFilter:
    told: Value = value if isinstance(value, str | int) else None
    if axis.step is Step.VALUE:
        return ColumnFilter(axis.column, (told,))
    if told is None:
        return ColumnFilter(axis.column, filled=False)
    if axis.step is Step.YEAR:
        return ColumnFilter(axis.column, low=f"{told}-01-01", high=f"{told}-12-31")
    year, month = map(int, str(told).split("-"))
    return ColumnFilter(axis.column, low=f"{told}-01", high=f"{told}-{monthrange(year, month)[1]}")
