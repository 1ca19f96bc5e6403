# SPDX-License-Identifier: Apache-2.0
"""The values that list and register have differently, beside the problems of step 3.

    SidesCard(parent=None)
        show_sides(sides, title, rows=)   these values; `rows`: how many rows the whole list has
        retranslate()
        .by (ChoiceChips), .keep_all, .take_all, .save (buttons), .table (SidesTable)
        signals: chosen(object, bool)     keys of cells, whether the list's value is taken
                 rows_asked()             the plain rows of the list instead
                 save_asked()             a list of the conflicts, to keep or to send

Must not choose anything itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.imports.imports import Conflict
from imp_plus_desktop.ui.imports.steps.sides.sides_presenter import By, lines_of
from imp_plus_desktop.ui.imports.steps.sides.sides_table import SidesTable
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label

WIDE_EM = 76
"""From this width of the step on, in sizes of the body's type, everything has its full room."""
_ROWS = "rows"


class SidesCard(Card):
    """Values with their three sides, and what chooses for all of them."""

    chosen = Signal(object, bool)
    rows_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._sides: Sequence[Conflict] = ()
        self._rows = 0
        self._is_narrow = False
        self.by = ChoiceChips()
        self.table = SidesTable()
        self._for_all = label(role="secondary", elide=True)
        self.keep_all, self.take_all = button(role="link"), button(role="link")
        self._keys = label(role="small", elide=True)
        self.save = button(role="link")
        self._lay_out()
        self.by.chosen.connect(self._on_by_chosen)
        self.keep_all.clicked.connect(self._on_keep_all_clicked)
        self.take_all.clicked.connect(self._on_take_all_clicked)
        self.table.chosen.connect(self.chosen)
        self.save.clicked.connect(self.save_asked)

    def show_sides(self, sides: Sequence[Conflict], *, rows: int) -> None:
        """Show these values, as they are chosen now."""
        self._sides, self._rows = sides, rows
        self._show_chips()
        self._show_table()
        many = len(sides) > 1
        self._for_all.setVisible(many and not self._is_narrow)
        self._for_all.setText(_("For all {count}:").format(count=format_number(len(sides))))
        for widget in (self.keep_all, self.take_all):
            widget.setVisible(many)

    def arrange(self, width: int) -> None:
        """Where the step is narrow, its links say alone what they are for."""
        self._is_narrow = width < theme.metrics().body * WIDE_EM
        self._for_all.setVisible(len(self._sides) > 1 and not self._is_narrow)

    def retranslate(self) -> None:
        self.keep_all.setText(_("keep our values"))
        self.take_all.setText(_("take the list’s"))
        self._keys.setText(
            _("← → choose    Shift+→ the whole person    Ctrl+→ the whole column    Ctrl+Z undo")
        )
        self.save.setText(_("Save the conflicts…"))
        set_name(self.by, _("How the values are grouped"))
        set_name(self.table, _("Values that differ"))
        self.table.retranslate()
        self._show_chips()
        self._show_table()

    def _show_chips(self) -> None:
        self.by.set_choices(
            [
                Choice(By.COLUMN.value, _("By column")),
                Choice(By.PERSON.value, _("By person")),
                Choice(_ROWS, _("All rows {count}").format(count=format_number(self._rows))),
            ]
        )

    def _show_table(self) -> None:
        by = By.PERSON if self.by.chosen_key() == By.PERSON.value else By.COLUMN
        self.table.show_entries(lines_of(self._sides, by))

    def _on_by_chosen(self, key: str) -> None:
        if key == _ROWS:
            # Here it is never the chosen one: who comes back finds the values.
            self.by.choose(By.COLUMN.value, tell=False)
            self.rows_asked.emit()
        else:
            self._show_table()

    def _on_keep_all_clicked(self) -> None:
        self.chosen.emit(tuple(side.key for side in self._sides), False)

    def _on_take_all_clicked(self) -> None:
        self.chosen.emit(tuple(side.key for side in self._sides), True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.space(3), theme.space(1), theme.space(3), theme.space(1))
        head.setSpacing(theme.space(3))
        head.addWidget(self.by)
        head.addStretch(1)
        for widget in (self._for_all, self.keep_all, self.take_all):
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.space(4), 0, theme.space(3), theme.space(1))
        foot.addWidget(self._keys, 1)
        foot.addWidget(self.save)
        inside = self.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(foot)
