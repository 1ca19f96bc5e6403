# SPDX-License-Identifier: Apache-2.0
"""The columns of a list as a table: header, examples, the field of each, and why that field.

    ListColumns(name, kind, header_row, headers, matches, rows, by_hand, parent)
        of_list(sheet, parent), of_raw(sheet, parent)      from what the services give
        choose(place, field), index_of_fields()            signal edited()
    ColumnsTable(parent=None)       the view; show_columns(model)

Must not read a file, nor judge whether the columns are enough.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from imp_plus_desktop.domain.records.catalogue import IN_FAMILY
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports.import_source import RawSheet
from imp_plus_desktop.services.imports.imports import PreviewSheet
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    FAMILY,
    FAMILY_FIELDS,
    OFFERED,
    PEOPLE,
    PEOPLE_FIELDS,
    cell_text,
    column_letters,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import plain, set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.model import ACCESSIBLE, spoken_cell
from imp_plus_desktop.words.import_texts import match_reason_text
from imp_plus_desktop.words.left_out_texts import FateLike, fate_text, nowhere_text
from imp_plus_desktop.words.messages import field_label

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_UNSURE = int(Qt.ItemDataRole.UserRole) + 1
FIELD_COLUMN = 3
_WHY_COLUMN = 4
_WIDTHS = (5.2, 15, 17, 15, 15)
_NARROW_WIDTHS = (5.2, 11.5, 10.5, 15, 15)
_NARROW = 58
"""Below which width, in sizes of the body's type, what a column becomes would be out of view."""
_SAMPLES = 3
_LOOKED_AT = 40
_SURE = 0.8
_BY_HAND = "given"
AnyIndex = QModelIndex | QPersistentModelIndex


class ListColumns(QAbstractTableModel):
    """The columns of one sheet and the field of each. `kind` is people or family."""

    edited = Signal()

    def __init__(
        self,
        name: str,
        kind: str,
        header_row: int,
        headers: Mapping[int, str],
        matches: Mapping[int, tuple[str, str, float]],
        rows: Sequence[Sequence[object]],
        by_hand: bool,
        parent: QWidget,
        fates: Mapping[int, FateLike] | None = None,
    ) -> None:
        super().__init__(parent)
        self.name, self.kind, self.header_row = name, kind, header_row
        self.headers = headers
        self.numbers = sorted(headers)
        self.by_hand = by_hand
        self.changed = False
        known = set(PEOPLE_FIELDS) | set(FAMILY_FIELDS)
        self.fields = {c: field for c, (field, _why, _sure) in matches.items() if field in known}
        self._why = {c: (why, sure) for c, (_field, why, sure) in matches.items()}
        self._samples = {number: _samples(rows, number) for number in self.numbers}
        self._fates = fates or {}

    @classmethod
    def of_list(cls, sheet: PreviewSheet, parent: QWidget) -> "ListColumns":
        """The columns of a list that was found."""
        parsed = sheet.parsed
        headers = {match.column: match.header for match in parsed.matches}
        headers.update({fate.column: fate.header for fate in parsed.fates})
        matches = {m.column: (m.field, m.reason, m.confidence) for m in parsed.matches}
        rows = [row.raw for row in sheet.rows[:_LOOKED_AT]]
        fates = {fate.column: fate for fate in parsed.fates}
        return cls(
            parsed.sheet, parsed.kind, parsed.header_row, headers, matches, rows, False, parent,
            fates,
        )  # fmt: skip

    @classmethod
    def of_raw(cls, sheet: RawSheet, parent: QWidget) -> "ListColumns":
        """The columns of a sheet that nobody could take for a list."""
        matches = {m.column: (m.field, m.reason, m.confidence) for m in sheet.matches}
        fields = {m.field for m in sheet.matches}
        kind = FAMILY if {"relation", "principal_reference"} & fields else PEOPLE
        return cls(
            sheet.name, kind, sheet.header_row, sheet.headers, matches, sheet.rows, True, parent
        )

    def index_of_fields(self) -> dict[str, int]:
        """The mapping as the services take it."""
        offered = FAMILY_FIELDS if self.kind == FAMILY else PEOPLE_FIELDS
        return {field: number for number, field in self.fields.items() if field in offered}

    def has_members(self) -> bool:
        """Whether members of families stand among or beside the people."""
        fields = self.index_of_fields()
        return "relation" in fields or not IN_FAMILY.keys().isdisjoint(fields)

    def choose_kind(self, kind: str) -> None:
        """Take the sheet for a list of people or of family members."""
        self.kind = kind
        self.changed = True
        self._tell()

    def choose(self, place: int, field: str | None) -> None:
        """Give a column its field; a field stands in one column only."""
        number = self.numbers[place]
        for other, taken in list(self.fields.items()):
            if taken == field or other == number:
                del self.fields[other]
        if field:
            self.fields[number] = field
            self._why[number] = (_BY_HAND, 1.0)
        self.changed = True
        self._tell()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.numbers)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _WHY_COLUMN + 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == FIELD_COLUMN else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        return (_("Column"), _("Header"), _("Examples"), _("Goes to"), _("Why"))[section]

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> object:
        number = self.numbers[index.row()]
        field = self.fields.get(number, "")
        if role == _EDIT:
            return field
        why, sure = self._why.get(number, ("", 1.0))
        if role == _UNSURE:
            fate = self._fates.get(number)
            return sure < _SURE if field else fate is not None and fate.is_lost
        if role not in (_DISPLAY, _TOOLTIP, ACCESSIBLE):
            return None
        text = (
            column_letters(number),
            self.headers[number] or _("(no header)"),
            self._samples[number],
            field_label(field) if field else self._nowhere(number),
            match_reason_text(why, sure) if field else self._fate_text(number),
        )[index.column()]
        if role == ACCESSIBLE:
            return spoken_cell(
                str(self.headerData(index.column(), Qt.Orientation.Horizontal)), text
            )
        return plain(text) if role == _TOOLTIP else text

    def _fate(self, number: int) -> FateLike | None:
        """What becomes of a column that goes nowhere; None of one sent there since by hand."""
        fate = self._fates.get(number)
        return None if fate is None or fate.fate == "taken" else fate

    def _nowhere(self, number: int) -> str:
        return nowhere_text(self._fate(number), bool(self._samples[number]))

    def _fate_text(self, number: int) -> str:
        fate = self._fate(number)
        return "" if fate is None else fate_text(fate)

    def setData(self, index: AnyIndex, value: object, role: int = _EDIT) -> bool:
        if role != _EDIT or index.column() != FIELD_COLUMN:
            return False
        if value != self.data(index, _EDIT):
            self.choose(index.row(), str(value) or None)
        return True

    def _tell(self) -> None:
        last = self.index(len(self.numbers) - 1, _WHY_COLUMN)
        self.dataChanged.emit(self.index(0, FIELD_COLUMN), last)
        self.edited.emit()


class _FieldDelegate(QStyledItemDelegate):
    """Paints the columns, and offers the fields where one is chosen."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.choices: tuple[str, ...] = OFFERED

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        box = QComboBox(parent)
        set_name(box, _("Field of this column"))
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
        painter.setPen(self._ink(index))
        small = index.column() == _WHY_COLUMN
        painter.setFont(theme.sized_font(sizes.small if small else sizes.body))
        room = rect.adjusted(10, 0, -6, -1)
        text = str(index.data() or "")
        if index.column() == FIELD_COLUMN:
            right = room.adjusted(room.width() - sizes.body, 0, 0, 0)
            painter.drawText(right, int(Qt.AlignmentFlag.AlignCenter), "▾")
            room.setRight(right.left() - 4)
        elif small and index.data(_UNSURE):
            text = f"▲ {text}"
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _ink(self, index: AnyIndex) -> QColor:
        colours = theme.current()
        taken = bool(index.sibling(index.row(), FIELD_COLUMN).data(_EDIT))
        warned = (_WHY_COLUMN,) if taken else (FIELD_COLUMN, _WHY_COLUMN)
        if index.column() in warned and index.data(_UNSURE):
            return colours.ink(Tone.WARN)
        quiet = index.column() in (0, 2, _WHY_COLUMN) or not taken
        return QColor(colours.secondary if quiet else colours.text)

    def _on_box_activated(self, place: int) -> None:
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


class ColumnsTable(QTableView):
    """The columns of the sheet shown, each with the field that it goes to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_narrow = False
        self._delegate = _FieldDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.clicked.connect(self._on_clicked)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.metrics().row)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_columns(self, model: ListColumns | None) -> None:
        """Show a sheet's columns; None for none."""
        self.setModel(model)
        if model is None:
            return
        self.offer(model.kind)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_narrow != self._lacks_room():
            self._share_out()

    def _lacks_room(self) -> bool:
        return self.viewport().width() < theme.metrics().body * _NARROW

    def _share_out(self) -> None:
        """Give the columns their widths; in a narrow table why something goes there scrolls."""
        if self.model() is None:
            return
        self._is_narrow = self._lacks_room()
        modes = QHeaderView.ResizeMode
        mode = modes.Interactive if self._is_narrow else modes.Stretch
        self.horizontalHeader().setSectionResizeMode(2, mode)
        for column, width in enumerate(_NARROW_WIDTHS if self._is_narrow else _WIDTHS):
            self.setColumnWidth(column, round(theme.metrics().body * width))

    def offer(self, kind: str) -> None:
        """Offer the fields of a list of people, or of family members."""
        self._delegate.choices = FAMILY_FIELDS if kind == FAMILY else OFFERED

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == FIELD_COLUMN:
            self.edit(index)


def _samples(rows: Sequence[Sequence[object]], column: int) -> str:
    """The first few different values of a column."""
    found: dict[str, None] = {}
    for row in rows[:_LOOKED_AT]:
        text = cell_text(row[column]) if column < len(row) else ""
        if text:
            found.setdefault(text)
        if len(found) == _SAMPLES:
            break
    return "  ·  ".join(found)
