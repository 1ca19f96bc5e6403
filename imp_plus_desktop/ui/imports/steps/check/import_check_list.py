# SPDX-License-Identifier: Apache-2.0
"""The rows of a plan in step 3: those of one sheet that are asked for, and what was mended in them.

    RowsCard(shell, parent=None)
        show_preview(preview, again=False), retranslate()
        choose_group(key | None), keep_group(key)    only the rows with a problem of this group
        sheet() -> PreviewSheet     the one shown;  shown() -> list of places in its rows
        go_to(place, field), go_to_problem(place, field) -> bool, focus_rows(), show_rejected()
        .table (CheckTable)  .effects (ChoiceChips)  .sheets  .filter  .take_back
        signals: effects_chosen(), mend_asked(int, str), take_back_asked()

Must not mend anything itself.
"""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports.imports import Effect, Preview, PreviewSheet
from imp_plus_desktop.ui.imports.steps.check.import_check_rows import check_rows, shown_fields
from imp_plus_desktop.ui.imports.steps.check.import_corrections import next_problem
from imp_plus_desktop.ui.imports.steps.check.import_rows import CheckTable
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    FAMILY_FIELDS,
    PEOPLE_FIELDS,
    cell_text,
    effect_count,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.ui.widgets.search_box import SearchBox
from imp_plus_desktop.words.messages import issue_group

MENDABLE = frozenset((*PEOPLE_FIELDS, *FAMILY_FIELDS))
ALL, TO_CORRECT = "all", "to_correct"
_TO_CORRECT = frozenset({Effect.REJECTED, Effect.REVIEW})


class RowsCard(Card):
    """The rows of one sheet, before they are imported."""

    effects_chosen = Signal()
    mend_asked = Signal(int, str)
    take_back_asked = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shell = shell
        self._preview: Preview | None = None
        self._place = 0
        self._group: str | None = None
        self._only: frozenset[tuple[str, int]] | None = None
        self._folded: dict[int, str] = {}
        self._shown: list[int] = []
        self._effects_seen: set[tuple[int, Effect | None]] = set()
        self._tall_seen: set[tuple[int, int]] = set()
        self.sheets, self.effects = QComboBox(), ChoiceChips()
        self.filter = SearchBox()
        self.table: CheckTable | None = None
        self._rows_layout = QVBoxLayout()
        self._mended = label(role="small", elide=True)
        self.take_back = button(role="link")
        self._lay_out()
        self.take_back.clicked.connect(self.take_back_asked)
        self.effects.chosen.connect(self._on_effects_chosen)
        self.sheets.activated.connect(self._on_sheets_activated)
        self.filter.searched.connect(self._on_filter_searched)
        self.filter.left.connect(self.focus_rows)

    def show_preview(self, preview: Preview, *, again: bool = False) -> None:
        """Show another plan's, of whatever group; `again` keeps what else was looked at."""
        self._preview, self._group, self._only = preview, None, None
        self._show_repairs(preview)
        self.sheets.clear()
        for sheet in preview.sheets:
            self.sheets.addItem(_with_count(sheet.parsed.sheet, len(sheet.rows)))
        self.sheets.setVisible(self.sheets.count() > 1)
        self.filter.set_text(self.filter.text() if again else "")
        if not again:
            # What was seen of this list stays in its place until it is checked anew.
            self._effects_seen.clear()
            self._tall_seen.clear()
            self.effects.choose(ALL, tell=False)
        self._show_sheet(min(self._place, len(preview.sheets) - 1), again=again)

    def retranslate(self) -> None:
        self.filter.set_texts(_("Filter"), _("Filter the rows"))
        set_name(self.effects, _("Rows to show"))
        set_name(self.sheets, _("Sheet"))
        self.take_back.setText(_("Undo the last correction"))

    def sheet(self) -> PreviewSheet:
        """The sheet shown, of a plan that has been shown."""
        assert self._preview is not None
        return self._preview.sheets[self._place]

    def shown(self) -> Sequence[int]:
        """The places of the rows shown, in the sheet."""
        return self._shown

    def current_id(self) -> int | None:
        """The place of the row that is chosen."""
        return self.table.current_id() if self.table is not None else None

    def choose_group(self, group: str | None) -> None:
        """Show every row with a problem of a group, on the sheet that has any; of None, all."""
        self._group, self._only = group, None
        self.effects.choose(ALL if group is None else None, tell=False)
        place = self._place if group is None else self._sheet_with(group)
        if place != self._place:
            self._show_sheet(place)
        else:
            self._show_rows()
        if group is not None:
            self.go_to_problem(0, "")

    def choose_rows(self, rows: frozenset[tuple[str, int]]) -> None:
        """Show these rows (sheet, row), on the sheet that has any."""
        self._group, self._only = None, rows
        self.effects.choose(None, tell=False)
        assert self._preview is not None
        having = {sheet for sheet, _row in rows}
        named = [sheet.parsed.sheet for sheet in self._preview.sheets]
        if named[self._place] in having or not having:
            self._show_rows()
        else:
            self._show_sheet(next(n for n, name in enumerate(named) if name in having))

    def keep_group(self, group: str) -> None:
        """Show, of the rows asked for, those with a problem of a group."""
        self._group = group
        self.effects.choose(None, tell=False)
        self._show_rows()

    def select(self, row: int | None) -> None:
        """Choose a row by its place, or else the first."""
        if self.table is not None and (row is None or not self.table.select_id(row)):
            self.table.select_first()

    def go_to(self, place: int, field: str) -> bool:
        """Choose a cell; False when it is not shown."""
        return self.table is not None and self.table.go_to(place, field)

    def go_to_problem(self, place: int, field: str) -> bool:
        """Choose the next cell with a problem, from a cell on; False when there is none."""
        if self.table is None:
            return False
        sheet = self.sheet()
        fields = [name for name in shown_fields(sheet) if name in MENDABLE]
        found = next_problem(sheet, self._shown, (place, field), fields, self._group)
        return found is not None and self.go_to(*found)

    def focus_rows(self) -> None:
        """Give the keys to the rows; the first problem is chosen where no row is."""
        if self.table is None:
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.current_id() is None and not self.go_to_problem(0, ""):
            self.table.select_first()

    def show_rejected(self) -> None:
        """Show only the rows that stay out, the first of them chosen."""
        self.effects.choose(TO_CORRECT)
        self.focus_rows()

    def _show_sheet(self, place: int, *, again: bool = False) -> None:
        before = self.table if again and place == self._place else None
        self._place = max(place, 0)
        self._folded = {}
        self.sheets.setCurrentIndex(self._place)
        sheet = self.sheet()
        self._fill_effects(sheet)
        if self.table is not None:
            self._rows_layout.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        fields = shown_fields(sheet)
        self.table = CheckTable(fields, partial(check_rows, self._shell, sheet, fields))
        self.table.mend_asked.connect(self.mend_asked)
        set_name(self.table, _("Rows of the list"))
        self.table.set_empty_text(_("No such row."))
        self._rows_layout.addWidget(self.table)
        # What is new stands at the end of the window's chain: Tab would skip the buttons below.
        self.setTabOrder(self.filter, self.table)
        self.table.show()  # now, and not with the next event: what is not shown takes no keys
        self._show_rows()
        if before is not None:
            self.table.stand_as(before)

    def _show_rows(self) -> None:
        assert self.table is not None
        rows = self.sheet().rows
        effects = _wanted_effects(self.effects.chosen_key())
        group = self._group
        words = fold(self.filter.text())
        self._shown = [
            place
            for place, row in enumerate(rows)
            if row.effect in effects
            and (group is None or any(issue_group(i.code, i.column) == group for i in row.issues))
            and (self._only is None or (row.sheet, row.row) in self._only)
            and (not words or words in self._folded_row(place))
        ]
        self._tall_seen |= {
            (self._place, place)
            for place, row in enumerate(rows)
            if row.issues or row.mended or row.effect is Effect.UPDATE
        }
        # A row that is mended keeps its height, and says there what was mended: those below it
        # stay where they are.
        tall = [
            at for at, place in enumerate(self._shown) if (self._place, place) in self._tall_seen
        ]
        self.table.set_rows(self._shown, tall)

    def _folded_row(self, place: int) -> str:
        found = self._folded.get(place)
        if found is None:
            row = self.sheet().rows[place]
            found = fold(" ".join([str(row.row), *(cell_text(c) for c in row.raw)]))
            self._folded[place] = found
        return found

    def _fill_effects(self, sheet: PreviewSheet) -> None:
        counted = Counter(row.effect for row in sheet.rows)
        wrong = sum(counted[effect] for effect in _TO_CORRECT)
        seen = self._effects_seen
        seen |= {(self._place, effect) for effect in Effect if counted[effect]}
        if wrong:
            seen.add((self._place, None))
        choices = [Choice(ALL, _with_count(_("All"), len(sheet.rows)))]
        if (self._place, None) in seen:
            choices.append(Choice(TO_CORRECT, _with_count(_("To correct"), wrong)))
        choices += [
            Choice(effect.value, effect_count(effect, counted[effect]))
            for effect in Effect
            if (self._place, effect) in seen and effect not in _TO_CORRECT
        ]
        self.effects.set_choices(choices)

    def _show_repairs(self, preview: Preview) -> None:
        count = sum(len(row.mended) for sheet in preview.sheets for row in sheet.rows)
        asked = bool(preview.choices.repairs)
        text = _(
            "Double-click a cell, or press Enter, to correct it here; the file stays as it is."
        )
        if asked:
            text = ngettext("{count} cell corrected.", "{count} cells corrected.", count)
        self._mended.setText(text.format(count=format_number(count)))
        self.take_back.setVisible(asked)

    def _sheet_with(self, group: str) -> int:
        """The place of a sheet that has problems of a group: of the one shown, if it has any."""
        assert self._preview is not None
        having = [
            place
            for place, sheet in enumerate(self._preview.sheets)
            if any(issue_group(i.code, i.column) == group for i in sheet.issues)
        ]
        return self._place if self._place in having else next(iter(having), self._place)

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setContentsMargins(theme.space(3), theme.space(1), theme.space(3), theme.space(1))
        chips.setSpacing(theme.space(4))
        chips.addWidget(self.sheets)
        chips.addWidget(self.effects)
        chips.addStretch(1)
        self.filter.setMinimumWidth(theme.metrics().body * 8)
        self.filter.setMaximumWidth(theme.metrics().body * 16)
        self.sheets.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.sheets.setMinimumContentsLength(8)
        chips.addWidget(self.filter)
        inside = self.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        repairs = QHBoxLayout()
        repairs.setContentsMargins(theme.space(4), 0, theme.space(3), theme.space(1))
        repairs.setSpacing(theme.space(3))
        repairs.addWidget(self._mended, 1)
        # At the end of the line, where the count before it does not move it.
        repairs.addWidget(self.take_back)
        self.body.addLayout(chips)
        self.body.addLayout(self._rows_layout, 1)
        self.body.addLayout(repairs)

    def _on_effects_chosen(self, key: str) -> None:
        self._group = self._only = None
        self.effects_chosen.emit()
        self._show_rows()
        if key == TO_CORRECT:
            self.go_to_problem(0, "")

    def _on_sheets_activated(self, place: int) -> None:
        self._show_sheet(place)

    def _on_filter_searched(self, text: str) -> None:
        self._show_rows()


def _wanted_effects(key: str | None) -> frozenset[Effect]:
    if key in (None, ALL):
        return frozenset(Effect)
    return _TO_CORRECT if key == TO_CORRECT else frozenset({Effect(str(key))})


def _with_count(word: str, count: int) -> str:
    return f"{word} {format_number(count)}"
