# SPDX-License-Identifier: Apache-2.0
"""A list counted by two of its columns, and the counts that were kept by name.

    PivotView(shell)      refresh(), retranslate(), paper(), export()
        signal figure_opened(Pivot, row, column)      `ALL` for a total

Must not count anything itself: the services do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.outward import OutPaper
from imp_plus_desktop.domain.reads.pivots import DIMENSIONS, Pivot, dump, load
from imp_plus_desktop.i18n import _, format_day, format_iso, format_number, ngettext
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.listing.pivots import PivotTable
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.look import format as words
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.menus import set_entry
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.paper.paper import Paper, Part, Table
from imp_plus_desktop.ui.quota.kept_pivots import KeptPivots
from imp_plus_desktop.ui.quota.pivot_grid import PivotGrid
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import KeyButton
from imp_plus_desktop.words.pivot_texts import (
    dimension_text,
    list_text,
    pivot_text,
    value_text,
)

if TYPE_CHECKING:
    from imp_plus_desktop.services.exports.exports import Exported

_KEPT = "pivot"
FIRST = Pivot(ListKind.APPLICATIONS, "state", "year")


class PivotView(QWidget):
    """One count, what it is made of, and what can be kept of it."""

    figure_opened = Signal(object, object, object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self._pivot = load(shell.settings.layout(_KEPT)) or FIRST
        self._made: PivotTable | None = None
        self.kept = KeptPivots(shell, self)
        self.lists = ChoiceChips()
        self.rows, self.columns = _Dimensions(self), _Dimensions(self)
        self.grid = PivotGrid()
        self._card = Card()
        self._assemble()
        self.kept.chosen.connect(self.show_pivot)
        self.lists.chosen.connect(self._on_list_chosen)
        self.rows.chosen.connect(self._on_rows_chosen)
        self.columns.chosen.connect(self._on_columns_chosen)
        self.grid.opened.connect(self._on_grid_opened)

    def refresh(self) -> None:
        """Count anew."""
        self._made = pivots.table(self.shell.office, self._pivot)
        self.kept.refresh()
        self.retranslate()

    def retranslate(self) -> None:
        """Write every text anew."""
        self.lists.set_choices([Choice(kind.value, list_text(kind)) for kind in DIMENSIONS])
        self.lists.choose(self._pivot.kind.value, tell=False)
        own = DIMENSIONS[self._pivot.kind]
        named = [(name, dimension_text(self._pivot.kind, axis)) for name, axis in own.items()]
        self.rows.set_choices(_("Rows"), named, self._pivot.rows)
        none = ("", _("None"))
        others = [none, *(pair for pair in named if pair[0] != self._pivot.rows)]
        self.columns.set_choices(_("Columns"), others, self._pivot.columns)
        self.kept.show_pivot(self._pivot)
        if self._made is not None:
            self._show(self._made)

    def show_pivot(self, pivot: Pivot) -> None:
        """Count something else."""
        self._pivot = pivot
        self.shell.settings.keep_layout(_KEPT, dump(pivot))
        self.refresh()

    def paper(self) -> Paper:
        """The count as it goes on paper."""
        made = self._made or pivots.table(self.shell.office, self._pivot)
        axes = made.pivot.axes
        heads = [value_text(made.pivot, axes[-1], column) for column in made.columns]
        rows = []
        for row in made.rows:
            figures = [made.figures.get((row, column), 0) for column in made.columns]
            told = value_text(made.pivot, axes[0], row)
            rows.append((told, *map(words.number, [*figures, made.of_rows[row]])))
        totals = [made.of_columns[column] for column in made.columns]
        rows.append((_("Total"), *map(words.number, [*totals, made.total])))
        head = (dimension_text(made.pivot.kind, axes[0]), *heads, _("Total"))
        table = Table(head, tuple(rows), frozenset(range(1, len(head))))
        day = format_day(self.shell.today())
        name, parts = self._file_name(), (Part(table=table),)
        return Paper(pivot_text(made.pivot), day, parts, name=name, about=OutPaper.PIVOT)

    def export(self) -> None:
        """Ask for a place, and write the count there with the rows behind it."""
        from imp_plus_desktop.services.exports import exports
        from imp_plus_desktop.ui.dialogs import files

        path = files.ask_save(self, _("Export the cross table"), self._file_name(), "workbook")
        if path is None:
            return
        made = pivots.table(self.shell.office, self._pivot)

        def job(progress: Progress) -> Exported:
            return exports.export_pivot(self.shell.office, path, made, progress)

        self.shell.start(_("Exporting…"), job, self._on_exported)

    def _file_name(self) -> str:
        return f"{_('Cross table').lower()}-{format_iso(self.shell.today())}"

    def _show(self, made: PivotTable) -> None:
        total = ngettext("{count} row", "{count} rows", made.total)
        self._card.set_title(pivot_text(made.pivot), total.format(count=format_number(made.total)))
        self.grid.show_table(made)

    def _on_exported(self, done: Exported) -> None:
        path = Path(done.path)
        self.shell.say_saved(_("Saved: {name}").format(name=path.name), path)

    def _on_list_chosen(self, key: str) -> None:
        """Count another list by the same, as far as it has it."""
        kind = ListKind(key)
        known = DIMENSIONS[kind]
        rows = self._pivot.rows if self._pivot.rows in known else next(iter(known))
        columns = self._pivot.columns if self._pivot.columns in known else ""
        self.show_pivot(Pivot(kind, rows, columns if columns != rows else ""))

    def _on_rows_chosen(self, name: str) -> None:
        before = self._pivot
        # What stood across is now what stands below: they change places.
        columns = before.rows if name == before.columns else before.columns
        self.show_pivot(Pivot(before.kind, name, columns))

    def _on_columns_chosen(self, name: str) -> None:
        self.show_pivot(Pivot(self._pivot.kind, self._pivot.rows, name))

    def _on_grid_opened(self, row: object, column: object) -> None:
        self.figure_opened.emit(self._pivot, row, column)

    def _assemble(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.space(2))
        for widget in (self.lists, self.rows, self.columns):
            line.addWidget(widget)
        line.addStretch(1)
        self._card.body.addWidget(self.grid, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self.kept)
        layout.addLayout(line)
        layout.addWidget(self._card, 1)


class _Dimensions(KeyButton):
    """By what is counted, on a button that offers the others."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAutoDefault(False)
        theme.set_role(self, "chip")
        self._choices: Sequence[tuple[str, str]] = ()
        self._key = ""
        self.clicked.connect(self._on_clicked)

    def set_choices(self, title: str, choices: Sequence[tuple[str, str]], key: str) -> None:
        """What it is called, what it offers, and which of these it is."""
        self._choices, self._key = tuple(choices), key
        text = _("{name}: {value}").format(name=title, value=dict(choices)[key])
        self.setText(f"{text} ▾".replace("&", "&&"))
        set_name(self, text)

    def menu_of_choices(self) -> QMenu:
        """The menu as it would open now."""
        menu = QMenu(self)
        for key, text in self._choices:
            action = QAction(menu)
            set_entry(action, text)
            action.setCheckable(True)
            action.setChecked(key == self._key)
            action.triggered.connect(partial(self._choose, key))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _choose(self, key: str, *_what: object) -> None:
        if key != self._key:
            self.chosen.emit(key)

    def _on_clicked(self) -> None:
        self.menu_of_choices().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
