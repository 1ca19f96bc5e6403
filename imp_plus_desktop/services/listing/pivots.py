# SPDX-License-Identifier: Apache-2.0
"""Lists counted by two of their columns, and such counts kept by name.

    table(office, pivot) -> PivotTable          opened(office, pivot, row, column) -> Opened
    saved(office), save(office, name, pivot, shared=False), keep(office, report, pivot)
    rename, share, delete(office, report)

Each change of what is kept is an act. Figures are counted by the register, in one question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.pivots import ALL, Dimension, Pivot, Step, dump, filters_of, load
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Value
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.services.listing import views
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads.shaping import pivoting
from imp_plus_desktop.words.pivot_texts import value_text

_LISTED, _REPORTS = "pivot", "pivots"


@dataclass(frozen=True, slots=True)
class PivotTable:
    """A list counted: the values that its rows and columns stand for, in their order, and the
    figures by both. Without a second dimension `columns` is empty."""

    pivot: Pivot
    rows: tuple[Value, ...]
    columns: tuple[Value, ...]
    figures: Mapping[tuple[Value, Value], int]
    of_rows: Mapping[Value, int] = field(default_factory=dict)
    of_columns: Mapping[Value, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.of_rows.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows of a figure: the filters of their list that keep them, or their ids where filters
    cannot say it."""

    filters: tuple[ColumnFilter, ...] | None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A count that somebody has kept. `owner` is whose it is, None for the whole office's."""

    id: int
    name: str
    owner: str | None
    pivot: Pivot


def table(office: Office, pivot: Pivot) -> PivotTable:
    """The list counted as it is now."""
    summary.refresh(office)
    figures: dict[tuple[Value, Value], int] = {}
    of_rows: dict[Value, int] = {}
    of_columns: dict[Value, int] = {}
    for row, column, count in pivoting.counts(office.register, pivot, office.clock.today()):
        figures[row, column] = count
        of_rows[row] = of_rows.get(row, 0) + count
        of_columns[column] = of_columns.get(column, 0) + count
    ways = [
        _ordered(pivot, axis, found)
        for axis, found in zip(pivot.axes, (of_rows, of_columns), strict=False)
    ]
    columns = ways[1] if len(ways) > 1 else ()
    return PivotTable(pivot, ways[0], columns, figures, of_rows, of_columns)


def _ordered(pivot: Pivot, axis: Dimension, found: Mapping[Value, int]) -> tuple[Value, ...]:
    """Years and months as they follow, words by the alphabet, what is empty last."""

    def place(value: Value) -> tuple[bool, str]:
        if value is None:
            return True, ""
        told = str(value) if axis.step is not Step.VALUE else fold(value_text(pivot, axis, value))
        return False, told

    return tuple(sorted(found, key=place))


def opened(office: Office, pivot: Pivot, row: object = ALL, column: object = ALL) -> Opened:
    """The rows of a figure, or of a total."""
    filters = filters_of(pivot, row, column)
    if filters is not None:
        return Opened(filters)
    found = pivoting.ids(office.register, pivot, row, column, office.clock.today())
    return Opened(None, tuple(found))


def saved(office: Office) -> list[SavedReport]:
    """The reports that are everybody's, then those of whoever works here."""
    told = ((row, load(row.shape)) for row in views.kept(office, _LISTED))
    return [
        SavedReport(row.id, row.name, row.owner, pivot) for row, pivot in told if pivot is not None
    ]


def save(
    office: Office, name: str, pivot: Pivot, *, shared: bool = False
) -> tuple[ActId | None, int]:
    """Keep a report under a name, for oneself or for the whole office. Returns its id too.

    Errors: DomainError unwritable_text.
    """
    return views.insert(office, _LISTED, name, dump(pivot), shared=shared, what=_REPORTS)


def keep(office: Office, report: int, pivot: Pivot) -> ActId | None:
    """Keep a report as it stands now. Errors: StorageError gone."""
    return views.change(office, report, {"shape": dump(pivot)}, _REPORTS)


def rename(office: Office, report: int, name: str) -> ActId | None:
    """Call a report otherwise. Errors: StorageError gone; DomainError unwritable_text."""
    return views.rename(office, report, name, _REPORTS)


def share(office: Office, report: int) -> ActId | None:
    """Give one's own report to the whole office. Errors: StorageError gone."""
    return views.share(office, report, _REPORTS)


def delete(office: Office, report: int) -> ActId | None:
    """Take a report away. Errors: StorageError gone."""
    return views.delete(office, report, _REPORTS)
