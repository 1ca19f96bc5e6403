# SPDX-License-Identifier: Apache-2.0
"""Which rows of a list are chosen, also those that a filter hides for now.

    Selection(table, rows)
        ranges() -> list[range]      the chosen rows that are shown, as ranges from the top
        ids()                        the ids of all that are chosen: shown ones in their order, then
                                     the hidden ones
        count(), hidden              how many are chosen, and the ids of those that are hidden
        choose(ids)                  choose these: what is not in the list is hidden, and comes back
        toggle(row), let_go()        as a key does

Ids and not rows are what is chosen: sorting and filtering bring other rows. Must not know what a
row is about.
"""

from collections.abc import Collection
from itertools import chain
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from imp_plus_desktop.ui.tables.model import RowsModel

_FLAGS = QItemSelectionModel.SelectionFlag


class Selection:
    """What is chosen in one list."""

    def __init__(self, table: QTableView, rows: RowsModel[Any]) -> None:
        self._table = table
        self._rows = rows
        self.hidden: tuple[int, ...] = ()
        """Chosen, and not in the list as it is filtered now."""

    def ranges(self) -> list[range]:
        """The chosen rows, as ranges from the top: an index a row costs seconds."""
        selection = self._table.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        spans = sorted((part.top(), part.bottom()) for part in parts)
        found: list[range] = []
        for top, bottom in spans:
            # Two ranges may share rows, each with some of their columns.
            start = max(top, found[-1].stop) if found else top
            if start <= bottom:
                found.append(range(start, bottom + 1))
        return found

    def ids(self) -> list[int]:
        """The ids of all that are chosen: those shown in their order, then the hidden ones."""
        shown = self._rows.ids
        rows = chain.from_iterable(self.ranges())
        return [*(shown[row] for row in rows if row < len(shown)), *self.hidden]

    def count(self) -> int:
        """How many are chosen."""
        return sum(map(len, self.ranges())) + len(self.hidden)

    def choose(self, wanted: Collection[int]) -> None:
        """Choose these ids; those that are not in the list are kept as hidden."""
        among, last = set(wanted), len(self._rows.columns) - 1
        selection, start, found = QItemSelection(), -1, set[int]()
        for row, number in enumerate(self._rows.ids):
            if number in among:
                found.add(number)
                start = row if start < 0 else start
            elif start >= 0:
                selection.select(self._rows.index(start, 0), self._rows.index(row - 1, last))
                start = -1
        if start >= 0:
            end = self._rows.rowCount() - 1
            selection.select(self._rows.index(start, 0), self._rows.index(end, last))
        self.hidden = tuple(number for number in wanted if number not in found)
        self._table.selectionModel().select(selection, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def toggle(self, row: int) -> None:
        """Choose a row too, or no more; the only one that is chosen stays so."""
        if not 0 <= row < self._rows.rowCount():
            return
        if self.count() == 1 and any(row in rows for rows in self.ranges()):
            return
        index = self._rows.index(row, 0)
        self._table.selectionModel().select(index, _FLAGS.Toggle | _FLAGS.Rows)

    def let_go(self) -> None:
        """Choose the current row alone, else the first that was chosen."""
        current, ranges = self._table.currentIndex().row(), self.ranges()
        self.hidden = ()
        if not any(current in rows for rows in ranges) and ranges:
            current = ranges[0].start
        self.choose_row(current)

    def choose_row(self, row: int) -> None:
        """Choose a row alone, as the current one."""
        if 0 <= row < self._rows.rowCount():
            self.hidden = ()
            self._table.selectionModel().setCurrentIndex(
                self._rows.index(row, 0), _FLAGS.ClearAndSelect | _FLAGS.Rows
            )

    def make_current(self, row: int) -> None:
        """Let the keys go on from a row; what is chosen stays."""
        model = self._table.selectionModel()
        model.setCurrentIndex(self._rows.index(row, 0), _FLAGS.NoUpdate)

    def row_in_front(self) -> int | None:
        """The row chosen last, else the first that is chosen; None where none is shown."""
        ranges, last = self.ranges(), self._table.currentIndex().row()
        if any(last in rows for rows in ranges):
            return last
        return ranges[0].start if ranges else None
