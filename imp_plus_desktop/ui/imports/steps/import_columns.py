# SPDX-License-Identifier: Apache-2.0
"""Step 2 of an import: the columns of each list, where each goes and why, what a list must have.

    ColumnsStep(parent=None)
        show_preview(preview, raw=())       the lists found, and sheets that were taken for none
        mappings() -> {sheet: SheetMapping} what a person changed; is_ready() -> bool
        proper_case() -> bool | None        whether names in capitals are to be put right
        choose_field(column, field), choose_kind(kind)      as clicks would
        .text (TextForm)                    how a text file was read, and the choice of it
        signals: header_row_chosen(str, int), edited()
        retranslate()

Must not read a file: another header row is asked of the flow.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QWidget,
)

from imp_plus_desktop.domain.records.catalogue import ONLY_NAME
from imp_plus_desktop.domain.values.names import proper_case
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports.import_source import RawSheet
from imp_plus_desktop.services.imports.imports import Preview, SheetMapping
from imp_plus_desktop.ui.imports.steps.import_columns_table import ColumnsTable, ListColumns
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    FAMILY,
    PEOPLE,
    kind_text,
    needs,
    says_who,
)
from imp_plus_desktop.ui.imports.steps.import_text import TextForm
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import clear, label
from imp_plus_desktop.ui.widgets.one_line import OneLine
from imp_plus_desktop.words.messages import field_label

_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_KINDS = (PEOPLE, FAMILY)


class ColumnsStep(QWidget):
    """Which column is what."""

    header_row_chosen = Signal(str, int)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: list[ListColumns] = []
        self._shown = 0
        self._preview: Preview | None = None
        self._given_alone = ""
        self._said_note = label(role="secondary", wrap=True)
        self._sheet_label, self._sheet = label(), QComboBox()
        self._asked = QWidget()
        self._kind_label, self._kind = label(), QComboBox()
        self._header_label, self._header_row = label(), QSpinBox()
        self._hint = label(role="small", wrap=True)
        self.proper = QCheckBox()
        self._proper_note = label(role="small", wrap=True)
        self.text = TextForm()
        self._view = ColumnsTable()
        self._table_card, self._needs_card = Card(), Card()
        self._needs = QGridLayout()
        self._needs_note = label(role="small", wrap=True)
        self._lay_out()
        self._sheet.activated.connect(self._on_sheet_activated)
        self._kind.activated.connect(self._on_kind_activated)
        self._header_row.editingFinished.connect(self._on_header_row_editing_finished)
        self.proper.toggled.connect(self._on_model_edited)
        self.retranslate()

    def show_preview(
        self,
        preview: Preview | None,
        raw: Sequence[RawSheet] = (),
        without_family_name: str = "",
    ) -> None:
        """The columns as the file was read; `preview` None when no list was found in it, or one
        `without_family_name`: the header of its given names."""
        self._preview, self._given_alone = preview, without_family_name
        self._show_said()
        self._view.show_columns(None)
        for model in self._models:
            model.deleteLater()
        found = preview.sheets if preview is not None else ()
        listed = {sheet.parsed.sheet for sheet in found}
        self._models = [ListColumns.of_list(sheet, self) for sheet in found]
        self._models += [
            ListColumns.of_raw(sheet, self) for sheet in raw if sheet.name not in listed
        ]
        for model in self._models:
            model.edited.connect(self._on_model_edited)
        if without_family_name:
            lacking = (not says_who(model.index_of_fields()) for model in self._models)
            self._shown = next((at for at, lacks in enumerate(lacking) if lacks), 0)
        self._fill_sheets()
        self._show_proper_case()
        if self._models:
            self._show_sheet(min(self._shown, len(self._models) - 1))

    def show_raw(self, sheet: RawSheet) -> None:
        """A sheet that is no list, with its headers in another row."""
        place = self._place_of(sheet.name)
        before = self._models[place]
        self._models[place] = ListColumns.of_raw(sheet, self)
        self._models[place].changed = True
        self._models[place].edited.connect(self._on_model_edited)
        self._view.show_columns(None)
        before.deleteLater()
        self._show_sheet(place)
        self.edited.emit()

    def retranslate(self) -> None:
        self.text.retranslate()
        self._show_said()
        self._sheet_label.setText(_("Sheet"))
        set_name(self._sheet, _("Sheet"))
        self._kind_label.setText(_("A list of"))
        set_name(self._kind, _("Kind of list"))
        self._kind.clear()
        self._kind.addItems([_("people"), _("family members")])
        self._header_label.setText(_("Headers on row"))
        set_name(self._header_row, _("Row of the headers"))
        self._header_row.setSpecialValueText(_("none"))
        self._hint.setText(_("Click a field, or press F2, to change where a column goes."))
        set_name(self._view, _("Columns of the list"))
        self._needs_card.set_title(_("What a list must have"))
        self.proper.setText(_("Write capitals as usual"))
        self._needs_note.setText(
            _(
                "The other fields are welcome and not required. A column that goes nowhere stays "
                "in the file that is kept with the import."
            )
        )
        if self._models:
            self._fill_sheets()
            self._show_proper_case()
            self._show_sheet(self._shown)

    def mappings(self) -> Mapping[str, SheetMapping]:
        """What was changed by hand, by sheet."""
        return {
            model.name: SheetMapping(model.index_of_fields(), model.header_row)
            for model in self._models
            if model.changed
        }

    def proper_case(self) -> bool | None:
        """Whether names in capitals are to be put right; None where there are none."""
        return self.proper.isChecked() if self._example() else None

    def is_ready(self) -> bool:
        """Whether there is a list, and every list has what it must have."""
        wanted = [model for model in self._models if model.changed or not model.by_hand]
        return bool(wanted) and all(
            need.met for model in wanted for need in needs(model.kind, set(model.index_of_fields()))
        )

    def by_hand(self) -> bool:
        """Whether no list was found, so that a person must say what the columns are."""
        return self._preview is None and bool(self._models)

    def choose_kind(self, kind: str) -> None:
        """Take the sheet shown for a list of people or of family members."""
        self._models[self._shown].choose_kind(kind)
        self._view.offer(kind)

    def choose_field(self, column: int, field: str | None) -> None:
        """Send a column (from 0) of the sheet shown to a field, or nowhere."""
        model = self._models[self._shown]
        model.choose(model.numbers.index(column), field)

    def _place_of(self, name: str) -> int:
        return next(at for at, model in enumerate(self._models) if model.name == name)

    def _example(self) -> str:
        """The first name in capitals of the lists found, empty when there is none."""
        for sheet in self._preview.sheets if self._preview is not None else ():
            for field in sheet.parsed.capitals:
                column = sheet.parsed.column_index.get(field)
                for row in sheet.rows[:20]:
                    if column is not None and column < len(row.raw) and row.raw[column]:
                        return str(row.raw[column])
                    if column is None and row.values.get(field):
                        return str(row.values[field])
        return ""

    def _show_proper_case(self) -> None:
        example = self._example()
        for widget in (self.proper, self._proper_note):
            widget.setVisible(bool(example))
        if not example or self._preview is None:
            return
        self.proper.blockSignals(True)
        self.proper.setChecked(any(sheet.parsed.proper_case for sheet in self._preview.sheets))
        self.proper.blockSignals(False)
        text = _("This list writes names in capitals: {before} would become {after}.")
        self._proper_note.setText(text.format(before=example, after=proper_case(example)))

    def _show_said(self) -> None:
        """What a person is asked to say, where the file leaves it open."""
        if self._given_alone:
            text = _(
                "Say which column holds the family names. If these people have one name only, "
                "send “{column}” to “{field}”: it will be remembered for the next such file."
            ).format(column=self._given_alone, field=field_label(ONLY_NAME.named))
        else:
            text = _(
                "No sheet of this file was recognised as a list. Say on which row the headers "
                "stand and what each column is: it will be remembered for the next such file."
            )
        self._said_note.setText(text)

    def _fill_sheets(self) -> None:
        self._sheet.clear()
        for model in self._models:
            kind = kind_text(model.kind, members=model.has_members())
            kind = _("not a list") if model.by_hand and not model.changed else kind
            self._sheet.addItem(f"{model.name} ({kind})")
        for widget in (self._sheet_label, self._sheet):
            widget.setVisible(len(self._models) > 1)

    def _lay_out(self) -> None:
        line = OneLine()
        top = line.inside
        top.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), 0)
        self._header_row.setRange(0, 200)
        self._header_row.setFixedWidth(theme.metrics().body * 6)
        self._header_row.lineEdit().setTextMargins(theme.space(2), 0, 0, 0)
        # What is asked of a file that was not recognised has a line of its own: all of it is in
        # view on a small screen too.
        asked = QHBoxLayout(self._asked)
        asked.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), 0)
        asked.setSpacing(theme.space(2))
        for pair, row in (
            ((self._sheet_label, self._sheet), top),
            ((self.text.separator_label, self.text.separator), top),
            ((self._header_label, self._header_row), top),
            ((self._kind_label, self._kind), asked),
        ):
            pair[0].setBuddy(pair[1])
            row.addWidget(pair[0])
            row.addWidget(pair[1])
        top.addStretch(1)
        asked.addStretch(1)
        self._sheet.setSizeAdjustPolicy(_NARROW)
        self._sheet.setMinimumContentsLength(22)
        inside = self._table_card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        said = QHBoxLayout()
        said.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), 0)
        said.addWidget(self._said_note, 1)
        self._table_card.body.addLayout(said)
        self._table_card.body.addWidget(self.text)
        self._table_card.body.addWidget(self._asked)
        self._table_card.body.addWidget(line)
        self._table_card.body.addWidget(self._view, 1)
        self._needs.setHorizontalSpacing(theme.space(2))
        self._needs.setVerticalSpacing(theme.space(2))
        self._needs.setColumnStretch(1, 1)
        body = self._needs_card.body
        body.addLayout(self._needs)
        for widget in (self._needs_note, self._hint, self.proper, self._proper_note):
            body.addWidget(widget)
        body.addStretch(1)
        self._needs_card.setFixedWidth(theme.metrics().body * 22)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._table_card, 1)
        layout.addWidget(self._needs_card)

    def _show_sheet(self, place: int) -> None:
        self._shown = max(place, 0)
        model = self._models[self._shown]
        self._sheet.setCurrentIndex(self._shown)
        self._kind.setCurrentIndex(_KINDS.index(model.kind))
        self._asked.setVisible(model.by_hand)
        self._said_note.setVisible(self.by_hand())
        self._header_row.setValue(model.header_row)
        self._view.show_columns(model)
        self._show_needs()

    def _show_needs(self) -> None:
        clear(self._needs)
        model = self._models[self._shown]
        for place, need in enumerate(needs(model.kind, set(model.index_of_fields()))):
            # What is still to be chosen waits for somebody; nothing has gone wrong.
            glyph = Glyph.CHECK if need.met else Glyph.RING
            tone = Tone.OK if need.met else Tone.WARN
            there, missing = _("{need}: there"), _("{need}: to be chosen")
            spoken = (there if need.met else missing).format(need=need.text)
            text = label(need.text if need.met else spoken, wrap=True)
            set_name(text, spoken)
            top = Qt.AlignmentFlag.AlignTop
            self._needs.addWidget(GlyphMark(glyph, tone), place, 0, top)
            self._needs.addWidget(text, place, 1)

    def _on_model_edited(self) -> None:
        self._show_needs()
        self.edited.emit()

    def _on_sheet_activated(self, place: int) -> None:
        self._show_sheet(place)

    def _on_kind_activated(self, place: int) -> None:
        self.choose_kind(_KINDS[place])

    def _on_header_row_editing_finished(self) -> None:
        model = self._models[self._shown]
        if self._header_row.value() != model.header_row:
            self.header_row_chosen.emit(model.name, self._header_row.value())
