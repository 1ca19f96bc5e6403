# SPDX-License-Identifier: Apache-2.0
"""Step 3 of an import: what it will do, the problems by what mends them, and every row.

    CheckStep(shell, parent=None)
        show_preview(preview, compared=None, novelty=None, again=False), retranslate()
        choose_effects(key), choose_group(key)     as clicks would
        shown() -> list of places in the sheet's rows            what the table shows
        mend(place, field) -> MendPopup | None    opens the small window on a row's cell
        focus_rows(), show_rejected()             the keys to the rows; only those that stay out
        .table (CheckTable), .groups (ProblemList), .effects (ChoiceChips), .filter (SearchBox)
        .earlier_button, .letters_button, .last_list, .take_back   what its links do
        show_draft(draft | None)      corrections of an import left in the middle
        .sides (SidesCard)            values that list and register have differently
        signals: repair_asked(Repair), take_back_asked(), corrections_asked(), restart_asked(),
                 letters_asked(bool),
                 side_asked(object, bool)     keys of cells, whether the list's value is taken

Must not change the plan: it shows what the services planned, and asks for another.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.services.imports import import_repairs
from imp_plus_desktop.services.imports.import_compare import Comparison
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.import_known import Novelty
from imp_plus_desktop.services.imports.imports import Effect, PlannedRow, Preview, Repair
from imp_plus_desktop.ui.imports.steps.check.import_check_head import PlanHead
from imp_plus_desktop.ui.imports.steps.check.import_check_list import MENDABLE, RowsCard
from imp_plus_desktop.ui.imports.steps.check.import_check_problems import ProblemsCard
from imp_plus_desktop.ui.imports.steps.check.import_check_rows import wound
from imp_plus_desktop.ui.imports.steps.check.import_mend import MendPopup
from imp_plus_desktop.ui.imports.steps.check.import_rows import CheckTable
from imp_plus_desktop.ui.imports.steps.import_presenter import cell_text
from imp_plus_desktop.ui.imports.steps.sides.sides_card import SidesCard
from imp_plus_desktop.ui.imports.steps.sides.sides_groups import (
    CONFLICTS,
    UPDATES,
    flagged_rows,
    is_of_sides,
    sides_of,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import Pages
from imp_plus_desktop.words.messages import issue_group


class CheckStep(QWidget):
    """What the import will do, before it does it."""

    repair_asked = Signal(object)
    side_asked = Signal(object, bool)
    take_back_asked = Signal()
    corrections_asked = Signal()
    restart_asked = Signal()
    letters_asked = Signal(bool)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._preview: Preview | None = None
        self._compared: Comparison | None = None
        self._novelty: Novelty | None = None
        self._mended_at: tuple[int, str] | None = None
        self._rows_wait = False
        """Whether values were chosen otherwise since the rows were shown."""
        self._head, self._problems, self._rows = PlanHead(shell), ProblemsCard(), RowsCard(shell)
        self.sides = SidesCard()
        self._right = Pages()
        self.earlier_button = self._head.earlier_button
        self.letters_button = self._head.letters_button
        self.groups, self.last_list = self._problems.groups, self._problems.last_list
        self.effects, self.filter = self._rows.effects, self._rows.filter
        self.take_back = self._rows.take_back
        self._lay_out()
        self._head.corrections_asked.connect(self.corrections_asked)
        self._head.restart_asked.connect(self.restart_asked)
        self._head.letters_asked.connect(self.letters_asked)
        self.groups.chosen.connect(self._on_groups_chosen)
        self.groups.entered.connect(self._on_groups_entered)
        self.sides.chosen.connect(self.side_asked)
        self.sides.rows_asked.connect(self._on_sides_rows_asked)
        self._rows.effects_chosen.connect(self._on_rows_effects_chosen)
        self._rows.mend_asked.connect(self.mend)
        self._rows.take_back_asked.connect(self.take_back_asked)
        self.retranslate()

    @property
    def table(self) -> CheckTable | None:
        """The table of the rows, another one for each plan; None before the first."""
        return self._rows.table

    def show_preview(
        self,
        preview: Preview,
        compared: Comparison | None = None,
        novelty: Novelty | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Another plan; `again` keeps what was looked at, as after a repair."""
        group, row = self.groups.chosen_key(), self._rows.current_id()
        self._preview, self._compared, self._novelty = preview, compared, novelty
        self._rows_wait = False
        self._head.show_preview(preview, novelty)
        self._problems.show_preview(preview, compared, again=again)
        self._rows.show_preview(preview, again=again)
        if again:
            self._look_again(group, row)
        elif preview.conflicts:
            self.groups.choose(CONFLICTS)
        else:
            self._show_right(None)

    def show_sides(self, preview: Preview) -> None:
        """The same plan, some of its values chosen otherwise: nothing moves."""
        self._preview, self._rows_wait = preview, True
        self._head.show_preview(preview, self._novelty)
        # What a choice settles or brings is counted anew; its groups stay in their places.
        self._problems.recount(preview)
        self._show_right(self.groups.chosen_key())

    def show_draft(self, draft: Draft | None) -> None:
        """Whose corrections of this file are taken up again; with the next plan."""
        self._head.show_draft(draft)

    def retranslate(self) -> None:
        self._problems.retranslate()
        self._rows.retranslate()
        self.sides.retranslate()
        if self._preview is not None:
            self.show_preview(self._preview, self._compared, self._novelty, again=True)

    def mend(self, place: int, field: str) -> MendPopup | None:
        """Open the small window on a cell of the sheet shown; `place` counts its rows from 0."""
        table = self.table
        if table is None or field not in MENDABLE:
            return None
        sheet = self._rows.sheet()
        row = sheet.rows[place]
        assert self._preview is not None
        popup = MendPopup(wound(self._shell, self._preview, sheet, row, field), self)
        popup.mended.connect(partial(self._on_popup_mended, row, field))
        popup.given_up.connect(self.focus_rows)
        rect = table.cell_rect(place, field)
        rect.moveTopLeft(table.viewport().mapTo(self, rect.topLeft()))
        popup.show_below(rect)
        return popup

    def choose_effects(self, key: str) -> None:
        """Show only the rows of an effect, of `to_correct`, or `all`."""
        self.effects.choose(key)

    def choose_group(self, key: str) -> None:
        """Show only the rows with a problem of this group; again: all."""
        self.groups.choose(key)

    def focus_rows(self) -> None:
        """Give the keys to the rows, or to the values that differ where these are shown; the
        first problem is chosen where no row is."""
        if self._right.currentWidget() is self.sides:
            self.sides.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._rows.focus_rows()

    def focus_filter(self) -> None:
        """Go into the filter of the rows, which are shown for it."""
        if self._right.currentWidget() is self.sides:
            self.groups.choose(None)
        self.filter.focus_search()

    def show_rejected(self) -> None:
        """Show only the rows that stay out, the first of them chosen."""
        self._rows.show_rejected()

    def shown(self) -> Sequence[int]:
        """The places of the rows shown, in the sheet."""
        return self._rows.shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._problems.arrange(event.size().width())
        self.sides.arrange(event.size().width())

    def _look_again(self, group: str | None, row: int | None) -> None:
        """What was looked at before, as far as it is still there."""
        assert self._preview is not None
        if is_of_sides(group) and sides_of(self._preview, group):
            self.groups.choose(group)
            return
        self._show_right(None)
        titles = {issue_group(i.code, i.column) for i in self._rows.sheet().issues}
        if group is not None and group in titles:
            self.groups.choose(group, tell=False)
            self._rows.keep_group(group)
        mended, self._mended_at = self._mended_at, None
        # On to the next problem; where none is left, the cell that was mended keeps the keys.
        if mended is not None and (self._rows.go_to_problem(*mended) or self._rows.go_to(*mended)):
            return
        self._rows.select(row)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(theme.space(3))
        below.addWidget(self._problems)
        self._right.addWidget(self._rows)
        self._right.addWidget(self.sides)
        below.addWidget(self._right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._head)
        layout.addLayout(below, 1)

    def _show_right(self, group: str | None) -> None:
        """The values of a group that has sides, else the rows."""
        preview = self._preview
        assert preview is not None
        if not is_of_sides(group):
            if self._rows_wait:
                row = self._rows.current_id()
                self._rows.show_preview(preview, again=True)
                self._rows.select(row)
                self._rows_wait = False
            self._right.setCurrentWidget(self._rows)
            return
        rows = sum(len(sheet.rows) for sheet in preview.sheets)
        self.sides.show_sides(sides_of(preview, group), rows=rows)
        self._right.setCurrentWidget(self.sides)

    def _on_groups_chosen(self, key: str) -> None:
        group = self.groups.chosen_key()
        assert self._preview is not None
        flagged = flagged_rows(self._preview, group)
        self._show_right(group)
        if group == UPDATES:
            self._rows.effects.choose(Effect.UPDATE.value)
            self.groups.choose(UPDATES, tell=False)
        elif flagged is not None:
            self._rows.choose_rows(flagged)
        elif not is_of_sides(group):
            self._rows.choose_group(group)

    def _on_groups_entered(self, key: str) -> None:
        """On to the first cell with the problem: to be mended at once where that is done here."""
        self.focus_rows()
        if self._right.currentWidget() is self._rows and self.table is not None:
            self.table.activate_current()

    def _on_sides_rows_asked(self) -> None:
        self.groups.choose(None)
        self.focus_rows()

    def _on_rows_effects_chosen(self) -> None:
        self.groups.choose(None, tell=False)

    def _on_popup_mended(self, row: PlannedRow, field: str, text: str, everywhere: bool) -> None:
        sheet = self._rows.sheet()
        self._mended_at = (sheet.rows.index(row), field)
        if everywhere:
            was = cell_text(import_repairs.cell_of(sheet, row, field))
            self.repair_asked.emit(Repair(field, text, was=was))
        else:
            self.repair_asked.emit(Repair(field, text, row.sheet, row.row))
