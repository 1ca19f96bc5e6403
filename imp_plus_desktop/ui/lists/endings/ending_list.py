# SPDX-License-Identifier: Apache-2.0
"""Whose permit ends, by month; what has ended with nothing filed stands on top.

    EndingList()
        show_rows(rows, today)      who is chosen stays chosen, where they are seen
        current() -> EndingRow | None, choose(person), rows() -> [EndingRow]
    signals: chosen(), opened(int), onward()    Enter opens a file, Right goes to the ways

Must not ask the register anything.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from imp_plus_desktop.domain.deadlines.nearness import NEAR_DAYS
from imp_plus_desktop.i18n import _, format_day_short, format_month_day, ngettext
from imp_plus_desktop.services.permits.endings import EndingRow
from imp_plus_desktop.ui.look import format as write
from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.glyphs import Glyph
from imp_plus_desktop.ui.look.plain import plain
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import name_of
from imp_plus_desktop.words.terms.way_texts import row_text

_Index = QModelIndex | QPersistentModelIndex
ENTRY = int(Qt.ItemDataRole.UserRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_A_YEAR = 330
_TITLE = tuple[str, int, bool]
"""The title of a group, how many it has, and whether it presses."""


class _Rows(QAbstractListModel):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.entries: list[_TITLE | EndingRow] = []

    def fill(self, entries: list[_TITLE | EndingRow]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        names = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in map(int, names):
            return plain(_spoken(entry))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not isinstance(self.entries[index.row()], EndingRow):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _spoken(entry: _TITLE | EndingRow) -> str:
    if not isinstance(entry, EndingRow):
        return entry[0]
    return f"{entry.permit.name}, {format_day_short(entry.permit.until)}, {row_text(entry)}"


class EndingList(QListView):
    """The people whose permit ends."""

    chosen = Signal()
    opened = Signal(int)
    onward = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        theme.set_role(self, "found")
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def minimumSizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(sizes.body * 15, sizes.row * 3)

    def show_rows(self, rows: Sequence[EndingRow]) -> None:
        """Show these; who was chosen stays chosen if they are among them, else the first is."""
        present = self.current()
        before = self.verticalScrollBar().value()
        self._rows.fill(_grouped(rows))
        people = [row.permit.person for row in self.rows()]
        kept = present is not None and present.permit.person in people
        if kept and present is not None:
            self.verticalScrollBar().setValue(before)
            self.choose(present.permit.person)
        elif people:
            self.choose(people[0])
        else:
            self.chosen.emit()

    def rows(self) -> list[EndingRow]:
        """Everybody, in order."""
        return [entry for entry in self._rows.entries if isinstance(entry, EndingRow)]

    def titles(self) -> list[str]:
        """The titles of the groups, in order."""
        return [entry[0] for entry in self._rows.entries if not isinstance(entry, EndingRow)]

    def current(self) -> EndingRow | None:
        """Who is chosen."""
        place = self.currentIndex().row()
        entry = self._rows.entries[place] if 0 <= place < len(self._rows.entries) else None
        return entry if isinstance(entry, EndingRow) else None

    def choose(self, person: int) -> None:
        """Choose somebody."""
        for place, entry in enumerate(self._rows.entries):
            if isinstance(entry, EndingRow) and entry.permit.person == person:
                self.setCurrentIndex(self._rows.index(place))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row.permit.person)
        elif event.key() == Qt.Key.Key_Right:
            self.onward.emit()
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row.permit.person)

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        self.chosen.emit()


def _grouped(rows: Sequence[EndingRow]) -> list[_TITLE | EndingRow]:
    """The rows with a title above each group: what has ended, then by month."""
    groups: dict[tuple[str, bool], list[EndingRow]] = {}
    for row in rows:
        ended = row.state == "ended"
        until = row.permit.until
        title = _("Ended, nothing filed") if ended else _month(until)
        groups.setdefault((title, ended), []).append(row)
    entries: list[_TITLE | EndingRow] = []
    for (title, ended), own in groups.items():
        entries += [(title, len(own), ended), *own]
    return entries


def _month(day: date) -> str:
    text = write.month_and_year(day)
    return text[:1].upper() + text[1:]


def state_of(row: EndingRow) -> tuple[Tone, Glyph, str]:
    """Where a permit stands: tone, sign and words."""
    if row.state == "kept":
        return Tone.OK, Glyph.CHECK, name_of("kept", "way_state")
    if row.state == "ended":
        if row.restore_by is not None:
            day = format_month_day(row.restore_by)
            return Tone.BAD, Glyph.CROSS, _("restore by {day}").format(day=day)
        return Tone.BAD, Glyph.CROSS, name_of("ended", "way_state")
    if row.permit.next_way is not None:
        return Tone.ACCENT, Glyph.DISC, name_of(row.permit.next_way, "way")
    if row.days_left <= NEAR_DAYS:
        return Tone.WARN, Glyph.TRIANGLE, name_of("to_choose", "way_state")
    return Tone.PLAIN, Glyph.RING, name_of("to_choose", "way_state")


def family_of(row: EndingRow) -> str:
    """How many come along."""
    if not row.permit.members:
        return _("no family")
    words = ngettext("{count} member", "{count} members", row.permit.members)
    return words.format(count=write.number(row.permit.members))


class _Painter(QStyledItemDelegate):
    """Paints titles and lines in the theme in use."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        sizes = theme.metrics()
        if isinstance(index.data(ENTRY), EndingRow):
            return QSize(10, sizes.line * 2 + 10)
        return QSize(10, sizes.line + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(ENTRY)
        rect: QRect = option.rect
        painter.save()
        if isinstance(entry, EndingRow):
            state: QStyle.StateFlag = option.state
            self._paint_back(painter, rect, state)
            self._paint_row(painter, rect, entry)
        else:
            self._paint_title(painter, rect, entry)
        painter.restore()

    def _paint_back(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        colours = theme.current()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.accent)
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_title(self, painter: QPainter, rect: QRect, entry: _TITLE) -> None:
        title, count, presses = entry
        colours, sizes = theme.current(), theme.metrics()
        box = rect.adjusted(theme.space(4), 6, -theme.space(3), 0)
        painter.setFont(theme.sized_font(sizes.body, semibold=True))
        painter.setPen(QColor(colours.bad if presses else colours.text))
        painter.drawText(box, _LEFT, title)
        wide = round(QFontMetricsF(painter.font()).horizontalAdvance(title))
        painter.setFont(theme.sized_font(sizes.body))
        painter.setPen(QColor(colours.secondary))
        painter.drawText(box.adjusted(wide + theme.space(2), 0, 0, 0), _LEFT, write.number(count))

    def _paint_row(self, painter: QPainter, rect: QRect, row: EndingRow) -> None:
        colours, sizes = theme.current(), theme.metrics()
        box = rect.adjusted(theme.space(4), 4, -theme.space(3), -5)
        top = QRect(box.left(), box.top(), box.width(), box.height() // 2)
        below = QRect(box.left(), top.bottom() + 1, box.width(), box.height() - top.height())
        body, small = theme.sized_font(sizes.body), theme.sized_font(sizes.small)
        near = row.days_left <= NEAR_DAYS
        ink = colours.bad if row.days_left < 0 else colours.warn if near else colours.text
        left = write.days(row.days_left)
        # What is far behind is of another year.
        told = format_day_short if row.days_left < -_A_YEAR else format_month_day
        until = f"{told(row.permit.until)} · {left}"
        wide = self._at_right(painter, top, until, QColor(ink if near else colours.text), body)
        name = QRect(top.left(), top.top(), top.width() - wide - theme.space(2), top.height())
        self._at_left(painter, name, row.permit.name, QColor(colours.text), body)
        tone, glyph, said = state_of(row)
        inked = theme.current().ink(tone)
        wide = self._at_right(painter, below, said, inked, small)
        side = sizes.small * 0.8
        mark = QRectF(
            below.right() - wide - side - 4, below.center().y() - side / 2 + 1, side, side
        )
        glyphs.paint(painter, mark, glyph, inked)
        taken = wide + round(side) + 4 + theme.space(2)
        rest = QRect(below.left(), below.top(), below.width() - taken, below.height())
        self._at_left(painter, rest, family_of(row), QColor(colours.secondary), small)

    def _at_right(self, painter: QPainter, box: QRect, text: str, ink: QColor, font: Any) -> int:
        """Draw at the right end. Returns how wide it is."""
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(box, _RIGHT, text)
        return round(QFontMetricsF(font).horizontalAdvance(text))

    def _at_left(self, painter: QPainter, box: QRect, text: str, ink: QColor, font: Any) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, cut)
