# SPDX-License-Identifier: Apache-2.0
"""A row to hold on to while the rows of a list are asked anew, so that nothing jumps.

    of(table, rows, chosen) -> Anchor | None      what to hold on to
    hold(table, rows, anchor)                     bring it back to where it stood

Must not know what a row is about.
"""

from typing import Any, NamedTuple

from PySide6.QtWidgets import QTableView

from imp_plus_desktop.ui.tables.model import RowsModel


class Anchor(NamedTuple):
    """A row by its id, where it stands, and how far the list is moved sideways."""

    number: int
    top: int
    sideways: int


def of(table: QTableView, rows: RowsModel[Any], chosen: int) -> Anchor | None:
    """The chosen row where it is seen, else the first one seen."""
    row = rows.row_of(chosen)
    top = table.rowViewportPosition(row) if row is not None else -1
    if row is None or not 0 <= top < table.viewport().height():
        row = table.rowAt(0)
        top = table.rowViewportPosition(row) if row >= 0 else 0
    number = rows.id_at(row)
    return None if number is None else Anchor(number, top, table.horizontalScrollBar().value())


def hold(table: QTableView, rows: RowsModel[Any], anchor: Anchor) -> None:
    """Bring a row that is still there back to where it stood."""
    row = rows.row_of(anchor.number)
    if row is not None:
        bar = table.verticalScrollBar()
        bar.setValue(bar.value() + table.rowViewportPosition(row) - anchor.top)
        table.horizontalScrollBar().setValue(anchor.sideways)
