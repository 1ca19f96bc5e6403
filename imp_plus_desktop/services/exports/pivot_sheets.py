# SPDX-License-Identifier: Apache-2.0
"""A list that was counted as a workbook: the count as it is shown, and the rows behind it.

The rows stand in a table of Excel's own, typed, with all that they may be counted by: a pivot of
Excel's is made of it at once. (The writer of workbooks makes no pivots itself.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from imp_plus_desktop.domain.reads.filters import ApplicationFilter, PeopleFilter, PermitFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.reads.pivots import DIMENSIONS, Dimension, Step
from imp_plus_desktop.domain.reads.shapes import Value
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.exchange.writers.writing import (
    DATE,
    NUMBER,
    TEXT,
    ListColumn,
    ListSheet,
)
from imp_plus_desktop.exchange.writers.writing import Value as Cell
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.exports.identifiers import Identifiers
from imp_plus_desktop.services.listing.further import with_columns
from imp_plus_desktop.services.listing.pivots import PivotTable
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.words.pivot_texts import dimension_text, list_text, value_text
from imp_plus_desktop.words.terms.list_texts import cell_text, column_label

_BATCH = 500
_FETCH: Mapping[ListKind, Callable[[Office, Sequence[int]], Sequence[Any]]] = {
    ListKind.PEOPLE: people.rows,
    ListKind.APPLICATIONS: applications.rows,
    ListKind.PERMITS: permits.rows,
}


def sheets_of(office: Office, made: PivotTable) -> list[ListSheet]:
    """The count, then the rows behind it."""
    return [_count(made), _data(office, made.pivot.kind)]


def ids_of(office: Office, kind: ListKind) -> Sequence[int]:
    """The rows that are counted, in the usual order of their list."""
    if kind is ListKind.PEOPLE:
        return people.ids(office, PeopleFilter())
    if kind is ListKind.APPLICATIONS:
        return applications.ids(office, ApplicationFilter())
    return permits.ids(office, PermitFilter())


def _count(made: PivotTable) -> ListSheet:
    pivot = made.pivot
    heads = [ListColumn(dimension_text(pivot.kind, pivot.axes[0]), TEXT, 28)]
    heads += [
        ListColumn(value_text(pivot, pivot.axes[1], column), NUMBER) for column in made.columns
    ]
    heads.append(ListColumn(_("Total"), NUMBER))
    rows: list[list[Cell]] = [
        [
            value_text(pivot, pivot.axes[0], row),
            *(made.figures.get((row, column)) for column in made.columns),
            made.of_rows[row],
        ]
        for row in made.rows
    ]
    totals = (None, *["sum"] * (len(heads) - 1))
    return ListSheet(_("Cross table"), heads, rows, totals, total_label=_("Total"))


def _data(office: Office, kind: ListKind) -> ListSheet:
    identifiers = Identifiers(office)
    heads = [ListColumn(_("Name"), TEXT, 28), *identifiers.columns()]
    known = columns(kind)
    told = dict.fromkeys(axis.column for axis in DIMENSIONS[kind].values())
    axes = [axis for column in told for axis in _of_column(kind, column)]
    for axis in axes:
        if axis.step is Step.VALUE:
            label = column_label(kind, known[axis.column])
            heads.append(ListColumn(label, DATE if known[axis.column].is_range else TEXT))
        else:
            year = axis.step is Step.YEAR
            heads.append(ListColumn(dimension_text(kind, axis), NUMBER if year else TEXT))
    rows = _rows(office, kind, identifiers, axes)
    return ListSheet(list_text(kind), heads, rows, table=f"imp_{kind.value}")


def _of_column(kind: ListKind, column: str) -> list[Dimension]:
    """The columns of the sheet that one of the list's makes: a day has its year and month too."""
    own = [axis for axis in DIMENSIONS[kind].values() if axis.column == column]
    days = own if own[0].step is not Step.VALUE else []
    return [Dimension(own[0].name, column), *days]


def _rows(
    office: Office, kind: ListKind, identifiers: Identifiers, axes: Sequence[Dimension]
) -> Iterator[list[Cell]]:
    ids = ids_of(office, kind)
    wanted = list(dict.fromkeys(axis.column for axis in axes))
    known = columns(kind)
    words: dict[tuple[str, Value], str | None] = {}

    def word(column: str, value: Value) -> str | None:
        if (column, value) not in words:
            told = None if value is None else cell_text(known[column], value)
            words[column, value] = told
        return words[column, value]

    for start in range(0, len(ids), _BATCH):
        some = _FETCH[kind](office, ids[start : start + _BATCH])
        for row in with_columns(office, kind, some, wanted):
            person = row.id if kind is ListKind.PEOPLE else row.person_id
            cells: list[Cell] = [row.name, *identifiers.cells(person)]
            for axis in axes:
                value = row.more[axis.column]
                if known[axis.column].is_range:
                    cells.append(_of_day(axis.step, known[axis.column].kind, value))
                else:
                    cells.append(word(axis.column, value))
            yield cells


def _of_day(step: Step, kind: Kind, value: Value) -> Cell:
    """A day, its year as a number, or its month."""
    if value is None:
        return None
    text = str(value)
    day = toronto_day(datetime.fromisoformat(text)) if kind is Kind.INSTANT else None
    day = day or date.fromisoformat(text)
    if step is Step.VALUE:
        return day
    return day.year if step is Step.YEAR else f"{day.year:04d}-{day.month:02d}"
