# SPDX-License-Identifier: Apache-2.0
"""The rows of a list before its import: what each will do, the bad cells marked, why below them.

    CheckRow(number, effect, cells, marks, sentences)      one row, ready to be painted
    CheckTable(fields, parent=None)                        the view; `fields` are the columns
        set_source(fetch)            fetch: (numbers) -> [CheckRow]
        set_rows(numbers, tall)      these rows; `tall` are those with a sentence below
        cell_rect(number, field)     where a cell is painted, in the viewport
        go_to(number, field)         the cell on which Enter then works
        stand_as(other)              as large as another, and scrolled as far
        signal mend_asked(int, str)  a row's number and a field: a person wants to mend that cell

Rows are made as they come into view: a list of many thousand rows costs what is seen. Must not
know how a row is judged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import BY_NAME
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.imports.imports import Effect
from imp_plus_desktop.ui.imports.steps.import_presenter import effect_name
from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.glyphs import Glyph
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.tables.delegates import PADDING, RowDelegate
from imp_plus_desktop.ui.tables.model import Column, RowsModel
from imp_plus_desktop.ui.tables.view import TableView
from imp_plus_desktop.ui.widgets.labels import words_in
from imp_plus_desktop.words.messages import field_label

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WIDTHS: Mapping[str, float] = {
    "individual_reference": 8,
    "uci": 8,
    "family_name": 9,
    "given_names": 9,
    "birth_date": 7.6,
    "citizenship": 9,
    "letter_date": 7.8,
    "principal_reference": 10,
    "relation": 9,
    "email": 12,
}
# What a form calls by its whole name would be cut at the head of a column.
_SHORT: Mapping[str, str] = {
    "individual_reference": N_("Reference"),
    "principal_reference": N_("Principal"),
    "birth_date": N_("Born on"),
    "letter_date": N_("Letter"),
    "letter_received_date": N_("Letter received"),
    "csq_issue_date": N_("CSQ issued"),
    "csq_expiry_date": N_("CSQ expires"),
    "residence_country": N_("Residence"),
    "residence_province": N_("Province"),
    "passport_issue_date": N_("Passport issued"),
    "passport_expiry": N_("Passport until"),
    "pr_state": N_("PR"),
    "spouse": N_("Spouse"),
    "children": N_("Children"),
}


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row: its place in the sheet, its cells' texts by field, the fields that are marked, what
    to say of a cell (`notes`)."""

    number: int
    effect: Effect
    tone: Tone
    cells: Mapping[str, str]
    marks: Mapping[str, Tone]
    sentence: str
    sentence_tone: Tone
    notes: Mapping[str, str] = field(default_factory=dict)


class _Cell:
    """Text, tone and tooltip of one field's column, as the model asks for them."""

    def __init__(self, field: str) -> None:
        self._field = field

    def title(self) -> str:
        return _(_SHORT[self._field]) if self._field in _SHORT else field_label(self._field)

    def text(self, row: CheckRow) -> str:
        shown = row.cells.get(self._field, "")
        return _("empty") if not shown and self._field in row.marks else shown

    def tooltip(self, row: CheckRow) -> str:
        shown = self.text(row)
        if self._field in row.notes:
            return f"{shown}\n{row.notes[self._field]}"
        return f"{shown}\n{row.sentence}" if self._field in row.marks else shown


def _columns(fields: Sequence[str]) -> tuple[Column[CheckRow], ...]:
    first: tuple[Column[CheckRow], ...] = (
        Column("row", lambda: _("Row"), lambda r: str(r.number), width=4.2, quiet=True),
        Column(
            "effect",
            lambda: _("Effect"),
            lambda r: effect_name(r.effect),
            width=8.8,
            kind="chip",
            tone=lambda r: r.tone,
        ),
    )
    cells = [(field, _Cell(field)) for field in fields]
    return first + tuple(
        Column(
            field,
            cell.title,
            cell.text,
            width=_WIDTHS.get(field) or _width(cell.title()),
            kind="date" if BY_NAME[field].is_day else "text",
            tooltip=cell.tooltip,
        )
        for field, cell in cells
    )


def _width(title: str) -> float:
    """Room for most values, and for the column's name unless it is a long one."""
    return min(max(8.5, 0.5 * len(title) + 1.5), 12)


class _CheckDelegate(RowDelegate):
    """Paints a row, a frame round its bad cells and its sentence across the line below."""

    def __init__(self, model: RowsModel[CheckRow], view: QTableView) -> None:
        super().__init__(model, view)
        self._rows = model
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._rows.row_at(index.row())
        if row is None:
            return
        whole: QRect = option.rect
        height = min(theme.metrics().row, whole.height())
        top = QRect(whole.left(), whole.top(), whole.width(), height)
        tone = row.marks.get(self._rows.columns[index.column()].key)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = theme.current()
        if chosen:
            painter.fillRect(whole, QColor(colours.accent_soft))
        if tone is not None and not chosen:
            painter.fillRect(top, colours.soft(tone))
        upper = QStyleOptionViewItem(option)
        upper.rect = top
        super().paint(painter, upper, index)
        if tone is not None:
            painter.save()
            painter.setPen(QPen(colours.ink(tone), 1))
            painter.drawRect(top.adjusted(0, -1 if top.top() else 0, -1, -1))
            painter.restore()
            if tone is Tone.OK:
                self._paint_tick(painter, top)
        if row.sentence and whole.height() > height:
            self._paint_sentence(painter, whole.adjusted(0, height, 0, 0), row)

    def _paint_tick(self, painter: QPainter, cell: QRect) -> None:
        """A cell that was mended has no sentence below it to say what its frame means."""
        side = theme.metrics().body * 0.7  # small enough to stand beside a day
        middle = QRectF(cell).center().y()
        box = QRectF(cell.right() - side - 2, middle - side / 2, side, side)
        glyphs.paint(painter, box, Glyph.CHECK, theme.current().ink(Tone.OK))

    def _paint_sentence(self, painter: QPainter, strip: QRect, row: CheckRow) -> None:
        """Paint this cell's share of a sentence that runs across the whole row."""
        colours, sizes = theme.current(), theme.metrics()
        header = self._view.horizontalHeader()
        painter.save()
        painter.setFont(theme.sized_font(sizes.small))
        said = f"↑ {row.sentence}"
        start = header.sectionViewportPosition(1) + PADDING
        seen = self._view.viewport().width() - PADDING
        wide = round(QFontMetricsF(painter.font()).horizontalAdvance(said)) + 1
        bar = self._view.horizontalScrollBar()
        # It stays in view where the columns are scrolled; of one longer than the view that is
        # how it begins, with the field that is meant, and at the last column how it ends.
        last = bar.value() == bar.maximum() > 0
        start = max(start, min(PADDING, seen - wide) if last else PADDING)
        end = seen if bar.value() and not last else max(header.length(), seen)
        room = QRect(start, strip.top(), end - start, strip.height() - 1)
        painter.setClipRect(strip)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(strip.left(), strip.bottom(), strip.right(), strip.bottom())
        painter.setPen(colours.ink(row.sentence_tone))
        text = words_in(painter.font(), said, room.width())
        painter.drawText(room, _LEFT | int(Qt.TextFlag.TextDontClip), text)
        painter.restore()


class CheckTable(TableView):
    """The list as it is before its import."""

    mend_asked = Signal(int, str)

    def __init__(
        self,
        fields: Sequence[str],
        fetch: Callable[[Sequence[int]], Sequence[CheckRow]],
        parent: QWidget | None = None,
    ) -> None:
        model: RowsModel[CheckRow] = RowsModel(_columns(fields), fetch)
        super().__init__(model, "import-rows", None, parent)
        model.setParent(self)
        self._check_model = model
        self.setItemDelegate(_CheckDelegate(model, self))
        self.horizontalHeader().setStretchLastSection(True)
        # Sentences keep their place while the columns scroll: what Qt shifts is not enough.
        self.horizontalScrollBar().valueChanged.connect(self._on_columns_scrolled)

    def set_rows(self, numbers: Sequence[int], tall: Sequence[int]) -> None:
        """Show these rows; `tall` are the places, in what is shown, of rows with a sentence."""
        sizes = theme.metrics()
        low, high = sizes.row, sizes.row + round(sizes.line * 1.25)
        rows = self.verticalHeader()
        # A change of one row's height costs little, of every row's much: the rarer kind is set.
        mostly_tall = 2 * len(tall) > len(numbers)
        self.set_ids([], keep=False)
        rows.setDefaultSectionSize(high if mostly_tall else low)
        self.set_ids(numbers)
        odd: Sequence[int] = tall
        if mostly_tall:
            among = set(tall)
            odd = [place for place in range(len(numbers)) if place not in among]
        for place in odd:
            rows.resizeSection(place, low if mostly_tall else high)

    def stand_as(self, other: "CheckTable") -> None:
        """Take the room of another table and show the same part of the rows: what is under the
        eye stays there when a plan is made anew."""
        self.setGeometry(other.geometry())
        self.executeDelayedItemsLayout()
        self.updateGeometries()  # once more: the bar that came takes of the width
        self.horizontalScrollBar().setValue(other.horizontalScrollBar().value())
        self.verticalScrollBar().setValue(other.verticalScrollBar().value())

    def go_to(self, number: int, field: str) -> bool:
        """Choose a row's cell of a field; False when it is not shown."""
        place = self._check_model.row_of(number)
        columns = [column.key for column in self._check_model.columns]
        if place is None or field not in columns:
            return False
        index = self._check_model.index(place, columns.index(field))
        self.setCurrentIndex(index)
        self.columns.clear_of_kept(index)
        return True

    def cell_rect(self, number: int, field: str) -> QRect:
        """Where a row's cell of a field is, without the sentence below it."""
        place = self._check_model.row_of(number)
        columns = [column.key for column in self._check_model.columns]
        if place is None or field not in columns:
            return QRect()
        index = self._check_model.index(place, columns.index(field))
        self.scrollTo(index)
        self.columns.clear_of_kept(index)
        rect = self.visualRect(index)
        rect.setHeight(min(theme.metrics().row, rect.height()))
        return rect

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A row that is chosen and in view stays so, with its sentence, in a lower table."""
        super().resizeEvent(event)
        chosen = self.currentIndex()
        if chosen.isValid() and 0 <= self.visualRect(chosen).top() < event.oldSize().height():
            self.scrollTo(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._on_index_activated(self.currentIndex())
        else:
            super().keyPressEvent(event)
            self.columns.clear_of_kept(self.currentIndex())

    def _on_index_activated(self, index: QModelIndex) -> None:
        """Enter or F2 mends the cell under the cursor, or the row's first bad one."""
        number, row = self._check_model.id_at(index.row()), self._check_model.row_at(index.row())
        if not index.isValid() or number is None or row is None:
            return
        fields = [column.key for column in self._check_model.columns if column.key in row.cells]
        wanted = self._check_model.columns[index.column()].key
        if wanted not in fields:
            wanted = next((field for field in fields if field in row.marks), fields[0])
        self.mend_asked.emit(number, wanted)

    def activate_current(self) -> None:
        """What Enter does on the cell that is chosen."""
        self._on_index_activated(self.currentIndex())

    def _on_columns_scrolled(self, position: int) -> None:
        self.viewport().update()

    def shown_row(self, place: int) -> CheckRow | None:
        """The row in a place, as it is painted."""
        return self._check_model.row_at(place)
