# SPDX-License-Identifier: Apache-2.0
"""Step 2 of an import: each column of a list, examples of it, and the field it goes to.

    ColumnsStep(parent=None)
        show_preview(preview), retranslate()
        mappings() -> {sheet: SheetMapping}      only the sheets that were changed by hand
        is_ready() -> bool                       whether every list has what it must have
        choose_field(column, field | None)       as a choice in the table would
        signals: header_row_chosen(str, int)     read the sheet again from another header row
                 edited()

Must not read the file: a change counts when the file is read again.
"""

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports import Preview, PreviewSheet, SheetMapping
from imp_plus_desktop.services.messages import field_label
from imp_plus_desktop.ui import theme
from imp_plus_desktop.ui.glyphs import Glyph, GlyphMark
from imp_plus_desktop.ui.pages.import_words import (
    FAMILY,
    FAMILY_FIELDS,
    PEOPLE_FIELDS,
    cell_text,
    column_letters,
    needs,
)
from imp_plus_desktop.ui.theme import Tone
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import clear, label

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_FIELD_COLUMN = 3
_SAMPLES = 3
_LOOKED_AT = 40
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
AnyIndex = QModelIndex | QPersistentModelIndex


class _Columns(QAbstractTableModel):
    """The columns of one list and the field of each."""

    edited = Signal()

    def __init__(self, sheet: PreviewSheet, parent: QWidget) -> None:
        super().__init__(parent)
        parsed = sheet.parsed
        found = {match.column: match.header for match in parsed.matches}
        found.update(dict(parsed.unmapped))
        self.sheet = sheet
        self.numbers = sorted(found)
        self.headers = found
        self.fields: dict[int, str] = {m.column: m.field for m in parsed.matches}
        self.changed = False
        self._samples = {number: _samples(sheet, number) for number in self.numbers}

    def index_of_fields(self) -> dict[str, int]:
        """The mapping as the services take it."""
        return {field: number for number, field in self.fields.items()}

    def choose(self, place: int, field: str | None) -> None:
        """Give a column its field; a field stands in one column only."""
        number = self.numbers[place]
        for other, taken in list(self.fields.items()):
            if taken == field or other == number:
                del self.fields[other]
        if field:
            self.fields[number] = field
        self.changed = True
        last = self.index(len(self.numbers) - 1, _FIELD_COLUMN)
        self.dataChanged.emit(self.index(0, _FIELD_COLUMN), last)
        self.edited.emit()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.numbers)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _FIELD_COLUMN + 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _FIELD_COLUMN else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        return (_("Column"), _("Header"), _("Examples"), _("Goes to"))[section]

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> object:
        number = self.numbers[index.row()]
        field = self.fields.get(number, "")
        if role == _EDIT:
            return field
        if role not in (_DISPLAY, _TOOLTIP):
            return None
        return (
            column_letters(number),
            self.headers[number] or _("(no header)"),
            self._samples[number],
            field_label(field) if field else _("(not imported)"),
        )[index.column()]

    def setData(self, index: AnyIndex, value: object, role: int = _EDIT) -> bool:
        if role != _EDIT or index.column() != _FIELD_COLUMN:
            return False
        if value != self.data(index, _EDIT):
            self.choose(index.row(), str(value) or None)
        return True


class _FieldDelegate(QStyledItemDelegate):
    """Paints the columns, and offers the fields where one is chosen."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.choices: tuple[str, ...] = PEOPLE_FIELDS

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        box = QComboBox(parent)
        box.setAccessibleName(_("Field of this column"))
        box.addItem(_("(not imported)"), "")
        for field in self.choices:
            box.addItem(field_label(field), field)
        box.setMaxVisibleItems(16)
        box.activated.connect(self._on_box_activated)
        return box

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(index.data(_EDIT)), 0))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        colours, sizes = theme.current(), theme.metrics()
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        taken = bool(index.sibling(index.row(), _FIELD_COLUMN).data(_EDIT))
        quiet = index.column() in (0, 2) or not taken
        ink = colours.secondary if quiet else colours.text
        painter.setPen(QColor(ink))
        painter.setFont(theme.sized_font(sizes.body))
        room = rect.adjusted(10, 0, -6, -1)
        if index.column() == _FIELD_COLUMN:
            right = room.adjusted(room.width() - sizes.body, 0, 0, 0)
            painter.drawText(right, int(Qt.AlignmentFlag.AlignCenter), "▾")
            room.setRight(right.left() - 4)
        elide = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(str(index.data()), elide, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _on_box_activated(self, place: int) -> None:
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


class ColumnsStep(QWidget):
    """Which column is what."""

    header_row_chosen = Signal(str, int)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: list[_Columns] = []
        self._shown = 0
        self._sheet_label, self._sheet = label(), QComboBox()
        self._header_label, self._header_row = label(), QSpinBox()
        self._hint = label(role="small", wrap=True)
        self._view = QTableView()
        self._delegate = _FieldDelegate(self._view)
        self._table_card, self._needs_card = Card(), Card()
        self._needs = QGridLayout()
        self._needs_note = label(role="small", wrap=True)
        self._lay_out()
        self._sheet.activated.connect(self._on_sheet_activated)
        self._header_row.editingFinished.connect(self._on_header_row_editing_finished)
        self.retranslate()

    def show_preview(self, preview: Preview) -> None:
        """The columns as the file was read."""
        self._view.setModel(None)
        for model in self._models:
            model.deleteLater()
        self._models = [_Columns(sheet, self) for sheet in preview.sheets]
        for model in self._models:
            model.edited.connect(self._on_model_edited)
        self._sheet.clear()
        for sheet in preview.sheets:
            kind = _("family members") if sheet.parsed.kind == FAMILY else _("people")
            self._sheet.addItem(f"{sheet.parsed.sheet} ({kind})")
        for widget in (self._sheet_label, self._sheet):
            widget.setVisible(len(self._models) > 1)
        self._show_sheet(min(self._shown, len(self._models) - 1))

    def retranslate(self) -> None:
        self._sheet_label.setText(_("Sheet"))
        self._sheet.setAccessibleName(_("Sheet"))
        self._header_label.setText(_("Headers on row"))
        self._header_row.setAccessibleName(_("Row of the headers"))
        self._hint.setText(_("Click a field, or press F2, to change where a column goes."))
        self._view.setAccessibleName(_("Columns of the list"))
        self._needs_card.set_title(_("What a list must have"))
        self._needs_note.setText(
            _(
                "The other fields are welcome and not required. A column that goes nowhere stays "
                "in the file that is kept with the import."
            )
        )
        if self._models:
            self._show_sheet(self._shown)

    def mappings(self) -> Mapping[str, SheetMapping]:
        """What was changed by hand, by sheet."""
        return {
            model.sheet.parsed.sheet: SheetMapping(
                model.index_of_fields(), model.sheet.parsed.header_row
            )
            for model in self._models
            if model.changed
        }

    def is_ready(self) -> bool:
        """Whether every list has what it must have."""
        return all(
            need.met
            for model in self._models
            for need in needs(model.sheet.parsed.kind, set(model.fields.values()))
        )

    def choose_field(self, column: int, field: str | None) -> None:
        """Send a column (from 0) of the sheet shown to a field, or nowhere."""
        model = self._models[self._shown]
        model.choose(model.numbers.index(column), field)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), 0)
        top.setSpacing(theme.space(2))
        self._header_row.setRange(1, 200)
        self._header_row.setFixedWidth(theme.metrics().body * 6)
        self._header_row.lineEdit().setTextMargins(theme.space(2), 0, 0, 0)
        for widget in (self._sheet_label, self._sheet, self._header_label, self._header_row):
            top.addWidget(widget)
        top.addStretch(1)
        self._sheet.setSizeAdjustPolicy(_NARROW)
        self._sheet.setMinimumContentsLength(22)
        self._sheet_label.setBuddy(self._sheet)
        self._header_label.setBuddy(self._header_row)
        self._configure_view()
        inside = self._table_card.layout()
        if inside is not None:
            inside.setContentsMargins(1, 5, 1, 5)
        self._table_card.body.addLayout(top)
        self._table_card.body.addWidget(self._view, 1)
        self._needs.setHorizontalSpacing(theme.space(2))
        self._needs.setVerticalSpacing(theme.space(2))
        self._needs.setColumnStretch(1, 1)
        self._needs_card.body.addLayout(self._needs)
        self._needs_card.body.addWidget(self._needs_note)
        self._needs_card.body.addWidget(self._hint)
        self._needs_card.body.addStretch(1)
        self._needs_card.setFixedWidth(theme.metrics().body * 22)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._table_card, 1)
        layout.addWidget(self._needs_card)

    def _configure_view(self) -> None:
        view, row = self._view, theme.metrics().row
        view.setItemDelegate(self._delegate)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        view.clicked.connect(self._on_view_clicked)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(row)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _show_sheet(self, place: int) -> None:
        self._shown = max(place, 0)
        model = self._models[self._shown]
        family = model.sheet.parsed.kind == FAMILY
        self._delegate.choices = FAMILY_FIELDS if family else PEOPLE_FIELDS
        self._sheet.setCurrentIndex(self._shown)
        self._header_row.setValue(model.sheet.parsed.header_row)
        self._view.setModel(model)
        em = theme.metrics().body
        for column, width in enumerate((5.2, 17, 20, 16)):
            self._view.setColumnWidth(column, round(em * width))
        mode = QHeaderView.ResizeMode.Stretch
        self._view.horizontalHeader().setSectionResizeMode(2, mode)
        self._show_needs()

    def _show_needs(self) -> None:
        clear(self._needs)
        model = self._models[self._shown]
        kind = model.sheet.parsed.kind
        for place, need in enumerate(needs(kind, set(model.fields.values()))):
            glyph = Glyph.CHECK if need.met else Glyph.CROSS
            tone = Tone.OK if need.met else Tone.BAD
            text = label(need.text, wrap=True)
            text.setAccessibleName(
                _("{need}: there").format(need=need.text)
                if need.met
                else _("{need}: missing").format(need=need.text)
            )
            top = Qt.AlignmentFlag.AlignTop
            self._needs.addWidget(GlyphMark(glyph, tone), place, 0, top)
            self._needs.addWidget(text, place, 1)

    def _on_model_edited(self) -> None:
        self._show_needs()
        self.edited.emit()

    def _on_sheet_activated(self, place: int) -> None:
        self._show_sheet(place)

    def _on_header_row_editing_finished(self) -> None:
        parsed = self._models[self._shown].sheet.parsed
        if self._header_row.value() != parsed.header_row:
            self.header_row_chosen.emit(parsed.sheet, self._header_row.value())

    def _on_view_clicked(self, index: QModelIndex) -> None:
        if index.column() == _FIELD_COLUMN:
            self._view.edit(index)


def _samples(sheet: PreviewSheet, column: int) -> str:
    """The first few different values of a column."""
    found: dict[str, None] = {}
    for row in sheet.rows[:_LOOKED_AT]:
        text = cell_text(row.raw[column]) if column < len(row.raw) else ""
        if text:
            found.setdefault(text)
        if len(found) == _SAMPLES:
            break
    return "  ·  ".join(found)
