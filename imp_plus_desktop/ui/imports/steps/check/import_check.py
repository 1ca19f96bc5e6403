# SPDX-License-Identifier: Apache-2.0
"""Step 3 of an import: what it will do, the problems by what mends them, and every row.

    CheckStep(shell, parent=None)
        show_preview(preview, compared=None, novelty=None, again=False), retranslate()
        choose_effects(key), choose_group(key), search(text)     as clicks and typing would
        shown() -> list of places in the sheet's rows            what the table shows
        mend(place, field) -> MendPopup | None    opens the small window on a row's cell
        focus_rows(), show_rejected()             the keys to the rows; only those that stay out
        .table (CheckTable), .groups (ProblemList), .effects (ChoiceChips)
        show_draft(draft | None)      corrections of an import left in the middle
        signals: repair_asked(Repair), take_back_asked(), corrections_asked(), restart_asked()

Must not change the plan: it shows what the services planned, and asks for another.
"""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports import import_repairs
from imp_plus_desktop.services.imports.import_compare import Comparison
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.import_known import Novelty
from imp_plus_desktop.services.imports.imports import (
    Effect,
    PlannedRow,
    Preview,
    PreviewSheet,
    Repair,
)
from imp_plus_desktop.ui.imports.steps.check.import_check_rows import (
    check_rows,
    shown_fields,
    wound,
)
from imp_plus_desktop.ui.imports.steps.check.import_compared import ComparedDialog, compared_line
from imp_plus_desktop.ui.imports.steps.check.import_corrections import next_problem
from imp_plus_desktop.ui.imports.steps.check.import_mend import MendPopup
from imp_plus_desktop.ui.imports.steps.check.import_rows import CheckTable
from imp_plus_desktop.ui.imports.steps.import_file import proof_text
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    FAMILY_FIELDS,
    PEOPLE_FIELDS,
    cell_text,
    draft_text,
    effect_count,
    novelty_text,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.verdicts.problem_list import Problem, ProblemList
from imp_plus_desktop.ui.widgets.choice_chips import Choice, ChoiceChips
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, clear, label
from imp_plus_desktop.ui.widgets.one_line import OneLine
from imp_plus_desktop.ui.widgets.search_box import SearchBox
from imp_plus_desktop.words.messages import issue_group
from imp_plus_desktop.words.terms.value_texts import corrections_text

_ERROR = "error"
_MENDABLE = frozenset((*PEOPLE_FIELDS, *FAMILY_FIELDS))
ALL, TO_CORRECT = "all", "to_correct"
_TO_CORRECT = frozenset({Effect.REJECTED, Effect.REVIEW})


class CheckStep(QWidget):
    """What the import will do, before it does it."""

    repair_asked = Signal(object)
    take_back_asked = Signal()
    corrections_asked = Signal()
    restart_asked = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._preview: Preview | None = None
        self._compared: Comparison | None = None
        self._novelty: Novelty | None = None
        self._place = 0
        self._folded: dict[int, str] = {}
        self._shown: list[int] = []
        self._mended_at: tuple[int, str] | None = None
        self._groups_seen: dict[str, Tone] = {}
        self._effects_seen: set[tuple[int, Effect | None]] = set()
        self._tall_seen: set[tuple[int, int]] = set()
        self._counts_card, self._groups_card, self._rows_card = Card(), Card(), Card()
        self._counts_line = OneLine()
        self._counts = self._counts_line.inside
        self._read_as = label(role="small", elide=True)
        self._known_mark = GlyphMark(Glyph.CHECK, Tone.OK)
        self._known = label(wrap=True)
        self._earlier_mark = GlyphMark(Glyph.TRIANGLE, Tone.WARN)
        self._earlier = label(wrap=True)
        self.earlier_button = button(role="link")
        self._draft: Draft | None = None
        self.groups = ProblemList()
        self._no_problem = label(role="secondary", wrap=True)
        self.sheets, self.effects = QComboBox(), ChoiceChips()
        self.filter = SearchBox()
        self.table: CheckTable | None = None
        self._rows_layout = QVBoxLayout()
        self.last_list = button(role="link")
        self._against = label(role="secondary", wrap=True)
        self._mended = label(role="small", elide=True)
        self.take_back = button(role="link")
        self._lay_out()
        self.last_list.clicked.connect(self._on_last_list_clicked)
        self.take_back.clicked.connect(self.take_back_asked)
        self.earlier_button.clicked.connect(self._on_earlier_button_clicked)
        self.groups.chosen.connect(self._on_groups_chosen)
        self.effects.chosen.connect(self._on_effects_chosen)
        self.sheets.activated.connect(self._on_sheets_activated)
        self.filter.searched.connect(self._on_filter_searched)
        self.filter.left.connect(self.focus_rows)
        self.retranslate()

    def show_preview(
        self,
        preview: Preview,
        compared: Comparison | None = None,
        novelty: Novelty | None = None,
        *,
        again: bool = False,
    ) -> None:
        """Another plan; `again` keeps what was looked at, as after a repair."""
        seen = (self.groups.chosen_key(), self.effects.chosen_key(), self.filter.text())
        row = self.table.current_id() if self.table is not None else None
        self._preview, self._compared, self._novelty = preview, compared, novelty
        self._show_counts(preview)
        self._show_novelty(novelty)
        self._show_earlier(preview)
        self._show_repairs(preview)
        self.sheets.clear()
        for sheet in preview.sheets:
            self.sheets.addItem(_with_count(sheet.parsed.sheet, len(sheet.rows)))
        self.sheets.setVisible(self.sheets.count() > 1)
        self.filter.set_text(seen[2] if again else "")
        if not again:
            # What was seen of this list stays in its place until it is checked anew.
            self._groups_seen.clear()
            self._effects_seen.clear()
            self._tall_seen.clear()
        self._fill_groups(preview)
        if not again:
            self.effects.choose(ALL, tell=False)
        self._show_sheet(min(self._place, len(preview.sheets) - 1))
        if again:
            self._look_again(seen[0], row)

    def show_draft(self, draft: Draft | None) -> None:
        """Whose corrections of this file are taken up again; with the next plan."""
        self._draft = draft

    def retranslate(self) -> None:
        self._groups_card.set_title(_("Problems, by what mends them"))
        self._no_problem.setText(_("No problem was found."))
        self.filter.set_texts(_("Filter"), _("Filter the rows"))
        set_name(self.effects, _("Rows to show"))
        set_name(self.sheets, _("Sheet"))
        self.take_back.setText(_("Undo the last repair"))
        self.last_list.setText(_("See the differences…"))
        if self._preview is not None:
            self.show_preview(self._preview, self._compared, self._novelty, again=True)

    def mend(self, place: int, field: str) -> MendPopup | None:
        """Open the small window on a cell of the sheet shown; `place` counts its rows from 0."""
        if self.table is None or field not in _MENDABLE:
            return None
        sheet = self._sheet()
        row = sheet.rows[place]
        assert self._preview is not None
        popup = MendPopup(wound(self._shell, self._preview, sheet, row, field), self)
        popup.mended.connect(partial(self._on_popup_mended, row, field))
        popup.given_up.connect(self.focus_rows)
        rect = self.table.cell_rect(place, field)
        rect.moveTopLeft(self.table.viewport().mapTo(self, rect.topLeft()))
        popup.show_below(rect)
        return popup

    def choose_effects(self, key: str) -> None:
        """Show only the rows of an effect, of `to_correct`, or `all`."""
        self.effects.choose(key)

    def choose_group(self, key: str) -> None:
        """Show only the rows with a problem of this group; again: all."""
        self.groups.choose(key)

    def focus_rows(self) -> None:
        """Give the keys to the rows; the first problem is chosen where no row is."""
        if self.table is None:
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.current_id() is None and not self._go_to_problem((0, "")):
            self.table.select_first()

    def show_rejected(self) -> None:
        """Show only the rows that stay out, the first of them chosen."""
        self.effects.choose(TO_CORRECT)
        self.focus_rows()

    def shown(self) -> Sequence[int]:
        """The places of the rows shown, in the sheet."""
        return self._shown

    # What is shown.
    def _sheet(self) -> PreviewSheet:
        assert self._preview is not None
        return self._preview.sheets[self._place]

    def _show_sheet(self, place: int) -> None:
        self._place = max(place, 0)
        self._folded = {}
        self.sheets.setCurrentIndex(self._place)
        sheet = self._sheet()
        self._fill_effects(sheet)
        if self.table is not None:
            self._rows_layout.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        fields = shown_fields(sheet)
        self.table = CheckTable(fields, partial(check_rows, self._shell, sheet, fields))
        self.table.mend_asked.connect(self.mend)
        set_name(self.table, _("Rows of the list"))
        self.table.set_empty_text(_("No such row."))
        self._rows_layout.addWidget(self.table)
        self.table.show()  # now, and not with the next event: what is not shown takes no keys
        self._show_rows()

    def _show_counts(self, preview: Preview) -> None:
        clear(self._counts)
        for number, word, tone in _count_words(preview):
            figure = label(format_number(number), "subject", tone)
            text = label(word, "", tone)
            pair = QHBoxLayout()
            pair.setSpacing(theme.space(1))
            pair.addWidget(figure, 0, Qt.AlignmentFlag.AlignBaseline)
            pair.addWidget(text, 0, Qt.AlignmentFlag.AlignBaseline)
            self._counts.addLayout(pair)
        lines = [
            _("Sheet “{sheet}”, headers on row {row}").format(
                sheet=sheet.parsed.sheet, row=sheet.parsed.header_row
            )
            for sheet in preview.sheets[:2]
        ]
        proof = proof_text(preview)
        self._read_as.setText("\n".join([*lines, proof] if proof else lines))
        against = compared_line(self._compared)
        self._against.setText(against)
        for widget in (self._against, self.last_list):
            widget.setVisible(bool(against))

    def _show_novelty(self, novelty: Novelty | None) -> None:
        text = "" if novelty is None else novelty_text(novelty, self._shell.today())
        tone = Tone.OK
        if novelty is not None and novelty.changes:
            tone = Tone.WARN if novelty.updates else Tone.ACCENT
        self._known.setText(text)
        self._known_mark.set_mark(OF_TONE[tone], tone)
        self._known_mark.setVisible(bool(text))

    def _show_earlier(self, preview: Preview) -> None:
        """What was put right in this list before: in an import left in the middle, or in one that
        went in. The line stays once its button was pressed, and the line above has its room from
        the beginning: what the button does moves nothing."""
        found, draft = preview.corrections, self._draft
        text = way = ""
        tone = Tone.OK
        if draft is not None:
            text = draft_text(draft)
            way = _("Begin again with the file as it is")
        elif found is not None:
            text = corrections_text(len(found.repairs), found.at, found.used)
            if not found.used:
                tone, way = Tone.WARN, _("Put them right again")
        self._earlier.setText(text)
        self._earlier_mark.set_mark(OF_TONE[tone], tone)
        self.earlier_button.setText(way)
        self.earlier_button.setVisible(bool(way))
        for widget in (self._earlier, self._earlier_mark):
            widget.setVisible(bool(text))
        self._earlier.setMinimumHeight(self.earlier_button.sizeHint().height())
        # Its line is always there: a correction can change what it says, or empty it.
        self._known.setMinimumHeight(theme.metrics().line)
        self._known.show()

    def _on_earlier_button_clicked(self) -> None:
        if self._draft is not None:
            self.restart_asked.emit()
        else:
            self.corrections_asked.emit()

    def _show_repairs(self, preview: Preview) -> None:
        count = sum(len(row.mended) for sheet in preview.sheets for row in sheet.rows)
        asked = bool(preview.choices.repairs)
        text = _("Double-click a cell, or press Enter, to mend it here; the file stays as it is.")
        if asked:
            text = ngettext("{count} cell mended.", "{count} cells mended.", count)
        self._mended.setText(text.format(count=format_number(count)))
        self.take_back.setVisible(asked)

    def _look_again(self, group: str | None, row: int | None) -> None:
        """What was looked at before, as far as it is still there."""
        titles = {issue_group(i.code, i.column) for i in self._sheet().issues}
        if group in titles:
            self.groups.choose(group, tell=False)
            self._show_rows()
        mended, self._mended_at = self._mended_at, None
        # On to the next problem; where none is left, the cell that was mended keeps the keys.
        if mended is not None and (self._go_to_problem(mended) or self._go_to(mended)):
            return
        if self.table is not None and (row is None or not self.table.select_id(row)):
            self.table.select_first()

    def _go_to(self, cell: tuple[int, str]) -> bool:
        return self.table is not None and self.table.go_to(*cell)

    def _go_to_problem(self, start: tuple[int, str]) -> bool:
        """Choose the next cell with a problem, from a cell on; False when there is none."""
        if self.table is None:
            return False
        group = self.groups.chosen_key()
        sheet = self._sheet()
        fields = [field for field in shown_fields(sheet) if field in _MENDABLE]
        found = next_problem(sheet, self._shown, start, fields, group)
        return found is not None and self._go_to(found)

    def _fill_groups(self, preview: Preview) -> None:
        counted: Counter[str] = Counter()
        errors: set[str] = set()
        for row in (row for sheet in preview.sheets for row in sheet.rows):
            counted.update({issue_group(i.code, i.column) for i in row.issues})
            errors |= {issue_group(i.code, i.column) for i in row.issues if i.severity == _ERROR}
        for title, _count in sorted(
            counted.items(), key=lambda entry: (entry[0] not in errors, -entry[1], entry[0])
        ):
            self._groups_seen.setdefault(title, Tone.BAD if title in errors else Tone.WARN)
        # A group that is all mended keeps its place, so that none moves under the pointer.
        problems = [
            Problem(
                title, title, tone if counted[title] else Tone.OK, format_number(counted[title])
            )
            for title, tone in self._groups_seen.items()
        ]
        self.groups.set_problems(problems)
        left = counted.total()
        self.groups.setVisible(bool(left))
        self._no_problem.setVisible(not left)

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

    def _show_rows(self) -> None:
        assert self.table is not None
        rows = self._sheet().rows
        effects = _wanted_effects(self.effects.chosen_key())
        group = self.groups.chosen_key()
        words = fold(self.filter.text())
        self._shown = [
            place
            for place, row in enumerate(rows)
            if row.effect in effects
            and (group is None or any(issue_group(i.code, i.column) == group for i in row.issues))
            and (not words or words in self._folded_row(place))
        ]
        self._tall_seen |= {
            (self._place, place)
            for place, row in enumerate(rows)
            if row.issues or row.effect is Effect.UPDATE
        }
        # A row that is mended keeps its height: those below it stay where they are.
        tall = [
            at for at, place in enumerate(self._shown) if (self._place, place) in self._tall_seen
        ]
        self.table.set_rows(self._shown, tall)

    def _folded_row(self, place: int) -> str:
        found = self._folded.get(place)
        if found is None:
            row = self._sheet().rows[place]
            found = fold(" ".join([str(row.row), *(cell_text(c) for c in row.raw)]))
            self._folded[place] = found
        return found

    def _lay_out(self) -> None:
        self._counts.setSpacing(theme.space(6))
        self._counts.setAlignment(Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.addWidget(self._counts_line, 1)
        line.addWidget(self._read_as)
        known = QHBoxLayout()
        known.setSpacing(theme.space(2))
        known.addWidget(self._known_mark)
        known.addWidget(self._known, 1)
        self._counts_card.body.addLayout(line)
        self._counts_card.body.addLayout(known)
        earlier = QHBoxLayout()
        earlier.setSpacing(theme.space(2))
        earlier.addWidget(self._earlier_mark)
        earlier.addWidget(self._earlier, 1)
        earlier.addWidget(self.earlier_button)
        self._counts_card.body.addLayout(earlier)
        inside = self._counts_card.layout()
        if inside is not None:
            inside.setContentsMargins(
                theme.space(4), theme.space(3), theme.space(4), theme.space(3)
            )
        self._groups_card.setFixedWidth(theme.metrics().body * 22)
        self._groups_card.body.addWidget(self.groups, 100)
        self._groups_card.body.addWidget(self._no_problem)
        self._groups_card.body.addStretch(1)
        self._groups_card.body.addWidget(self._against)
        self._groups_card.body.addWidget(self.last_list, 0, Qt.AlignmentFlag.AlignLeft)
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
        rows_inside = self._rows_card.layout()
        if rows_inside is not None:
            rows_inside.setContentsMargins(1, 5, 1, 5)
        self._rows_card.body.addLayout(chips)
        self._rows_card.body.addLayout(self._rows_layout, 1)
        repairs = QHBoxLayout()
        repairs.setContentsMargins(theme.space(4), 0, theme.space(3), theme.space(1))
        repairs.setSpacing(theme.space(3))
        repairs.addWidget(self._mended, 1)
        # At the end of the line, where the count before it does not move it.
        repairs.addWidget(self.take_back)
        self._rows_card.body.addLayout(repairs)
        below = QHBoxLayout()
        below.setSpacing(theme.space(3))
        below.addWidget(self._groups_card)
        below.addWidget(self._rows_card, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._counts_card)
        layout.addLayout(below, 1)

    def _on_groups_chosen(self, key: str) -> None:
        self.effects.choose(ALL, tell=False)
        place = self._sheet_with(key)
        if place is not None and place != self._place:
            self._show_sheet(place)
        else:
            self._show_rows()

    def _sheet_with(self, group: str) -> int | None:
        """The sheet that has problems of a group: the one shown, if it has any."""
        assert self._preview is not None
        having = [
            place
            for place, sheet in enumerate(self._preview.sheets)
            if any(issue_group(i.code, i.column) == group for i in sheet.issues)
        ]
        return self._place if self._place in having else next(iter(having), None)

    def _on_effects_chosen(self, key: str) -> None:
        self.groups.choose(None, tell=False)
        self._show_rows()

    def _on_sheets_activated(self, place: int) -> None:
        self._show_sheet(place)

    def _on_filter_searched(self, text: str) -> None:
        self._show_rows()

    def _on_last_list_clicked(self) -> None:
        if self._preview is not None and self._compared is not None:
            ComparedDialog(self._preview, self._compared, self).show()

    def _on_popup_mended(self, row: PlannedRow, field: str, text: str, everywhere: bool) -> None:
        self._mended_at = (self._sheet().rows.index(row), field)
        if everywhere:
            was = cell_text(import_repairs.cell_of(self._sheet(), row, field))
            self.repair_asked.emit(Repair(field, text, was=was))
        else:
            self.repair_asked.emit(Repair(field, text, row.sheet, row.row))


def _wanted_effects(key: str | None) -> frozenset[Effect]:
    if key in (None, ALL):
        return frozenset(Effect)
    return _TO_CORRECT if key == TO_CORRECT else frozenset({Effect(str(key))})


def _with_count(word: str, count: int) -> str:
    return f"{word} {format_number(count)}"


def _count_words(preview: Preview) -> list[tuple[int, str, Tone]]:
    """Each number of the line at the top with its word, by the number."""
    counts = preview.counts
    words = [
        (counts.new, ngettext("new", "new", counts.new), Tone.PLAIN),
        (counts.updated, ngettext("updated", "updated", counts.updated), Tone.PLAIN),
        (counts.unchanged, ngettext("unchanged", "unchanged", counts.unchanged), Tone.PLAIN),
        (counts.review, ngettext("to check", "to check", counts.review), Tone.WARN),
        (counts.rejected, ngettext("rejected", "rejected", counts.rejected), Tone.BAD),
        (counts.skipped, ngettext("skipped", "skipped", counts.skipped), Tone.UNKNOWN),
    ]
    if counts.vanished:
        gone = ngettext("no longer listed", "no longer listed", counts.vanished)
        words.append((counts.vanished, gone, Tone.WARN))
    return [(number, word, tone if number else Tone.UNKNOWN) for number, word, tone in words]
