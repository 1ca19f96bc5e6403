# SPDX-License-Identifier: Apache-2.0
"""The lines of the box as they are seen: sections, the letters that were meant, the keys.

    RowList(parent)
        show_groups(groups, keep=True)     the line chosen stays where it is seen, if it is there
        current() -> Row | None, step(by), page(by), to_section(by), rows() -> [Row]
    signals: opened(object)                a line was clicked

The keys stay in the line above; this never has the focus. Must not know what a line is about.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from PySide6.QtGui import QColor, QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import plain
from imp_plus_desktop.ui.search.rows import POINT, Group, Row, marks

_Index = QModelIndex | QPersistentModelIndex
ENTRY = int(Qt.ItemDataRole.UserRole)
_PAGE = 6
_TELLING = 2
"""How much of a detail tells two people of one name apart: a number and a day of birth."""
_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class _Rows(QAbstractListModel):
    """Titles of sections and lines; a title is a text, a line a `Row`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[str | Row] = []
        self.sections: list[int] = []

    def fill(self, groups: Sequence[Group]) -> None:
        self.beginResetModel()
        self.entries, self.sections = [], []
        for group in groups:
            self.entries.append(group.title)
            self.sections.append(len(self.entries))
            self.entries += group.rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        names = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in map(int, names):
            return plain(entry if isinstance(entry, str) else entry.spoken())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.entries[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowList(QListView):
    """The lines that were found, with one chosen."""

    opened = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        theme.set_role(self, "found")
        # Nothing shines through: else each key has the page behind painted anew, too.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._on_clicked)

    def show_groups(self, groups: Sequence[Group], *, keep: bool = True) -> None:
        """Show these lines; the one chosen stays chosen and where it is seen."""
        present = self.current() if keep else None
        before = self.visualRect(self.currentIndex()).top() if present is not None else 0
        self._rows.fill(groups)
        place = self._place(present.key) if present is not None else None
        if place is None:
            self.scrollToTop()
            self._choose(self._rows.sections[0] if self._rows.sections else None)
            return
        self._choose(place, scroll=False)
        moved = self.visualRect(self.currentIndex()).top() - before
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + moved)

    def current(self) -> Row | None:
        """The line chosen."""
        index = self.currentIndex()
        entry = self._rows.entries[index.row()] if index.isValid() else None
        return entry if isinstance(entry, Row) else None

    def rows(self) -> list[Row]:
        """All lines, in their order."""
        return [entry for entry in self._rows.entries if isinstance(entry, Row)]

    def titles(self) -> list[str]:
        """The titles of the sections, in their order."""
        return [entry for entry in self._rows.entries if isinstance(entry, str)]

    def step(self, by: int) -> None:
        """Choose another line, over the titles; beyond the last comes the first."""
        places = [at for at, entry in enumerate(self._rows.entries) if isinstance(entry, Row)]
        if not places:
            return
        present = self.currentIndex().row()
        at = places.index(present) if present in places else -1
        self._choose(places[(at + by) % len(places)])

    def page(self, by: int) -> None:
        """Choose a line a page away, or the outermost."""
        places = [at for at, entry in enumerate(self._rows.entries) if isinstance(entry, Row)]
        if places:
            at = places.index(self.currentIndex().row()) + by * _PAGE
            self._choose(places[max(0, min(at, len(places) - 1))])

    def to_section(self, by: int) -> None:
        """Choose the first line of the next section, or of the one before."""
        starts = self._rows.sections
        if not starts:
            return
        present = self.currentIndex().row()
        own = max((at for at, start in enumerate(starts) if start <= present), default=0)
        self._choose(starts[(own + by) % len(starts)])

    def _place(self, key: str) -> int | None:
        entries = enumerate(self._rows.entries)
        return next((at for at, e in entries if isinstance(e, Row) and e.key == key), None)

    def _choose(self, place: int | None, *, scroll: bool = True) -> None:
        index = QModelIndex() if place is None else self._rows.index(place)
        self.setCurrentIndex(index)
        if scroll and place is not None:
            # With the title above it, if it is the first of its section.
            if place in self._rows.sections:
                self.scrollTo(self._rows.index(place - 1))
            self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        entry = self._rows.entries[index.row()]
        if isinstance(entry, Row):
            self.opened.emit(entry)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.current().card))
        painter.end()
        super().paintEvent(event)

    def mousePressEvent(self, event: Any) -> None:
        # A click opens; until then the mouse only marks, and the keys keep their line.
        event.accept()

    def mouseReleaseEvent(self, event: Any) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self._on_clicked(index)


class _Painter(QStyledItemDelegate):
    """Paints titles and lines in the theme in use."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons: dict[tuple[str, str, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        sizes = theme.metrics()
        return QSize(10, sizes.line + 10 if isinstance(index.data(ENTRY), str) else sizes.row + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(ENTRY)
        rect: QRect = option.rect
        painter.save()
        if isinstance(entry, str):
            self._paint_title(painter, rect, entry)
        else:
            state: QStyle.StateFlag = option.state
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_row(painter, rect, entry, chosen, hovered)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, title: str) -> None:
        painter.setPen(QColor(theme.current().secondary))
        painter.setFont(theme.sized_font(theme.metrics().small))
        painter.drawText(rect.adjusted(theme.space(4), 4, -theme.space(4), 0), _MIDDLE, title)

    def _paint_row(
        self, painter: QPainter, rect: QRect, row: Row, chosen: bool, hovered: bool
    ) -> None:
        colours, sizes = theme.current(), theme.metrics()
        if chosen or hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.hover))
            painter.drawRoundedRect(rect.adjusted(theme.space(2), 0, -theme.space(2), 0), 6, 6)
        box = rect.adjusted(theme.space(4), 0, -theme.space(4), 0)
        ink = QColor(colours.text if row.enabled else colours.secondary)
        icon = self._icon(row.icon, ink.name(), painter.device().devicePixelRatioF())
        painter.drawPixmap(box.left(), box.center().y() - icons.SIZE // 2, icon)
        box.setLeft(box.left() + icons.SIZE + theme.space(2) + 2)
        right = self._paint_right(painter, QRect(box), row, chosen)
        box.setRight(right - theme.space(3))
        left = self._paint_text(painter, box, row.title, row.words, sizes.body, ink)
        box.setLeft(left + theme.space(3))
        quiet = QColor(colours.secondary)
        self._paint_text(painter, box, row.detail, row.words, sizes.small, quiet)

    def _icon(self, name: str, colour: str, ratio: float) -> QPixmap:
        """An icon, drawn once in a colour: lines are painted at every key."""
        known = self._icons.get((name, colour, ratio))
        if known is None:
            known = self._icons[name, colour, ratio] = icons.pixmap(name, QColor(colour))
        return known

    def _paint_right(self, painter: QPainter, box: QRect, row: Row, chosen: bool) -> int:
        """What stands at the right: the keys of the line chosen, or why it is here."""
        colours, sizes = theme.current(), theme.metrics()
        painter.setFont(theme.sized_font(sizes.small))
        if chosen and row.enabled and row.act:
            pieces = self._keys(box, row)
        else:
            pieces = [(row.keys, True)] if row.keys else []
            pieces = [(row.note, False), *pieces] if row.note else pieces
        for text, is_key in reversed(pieces):
            width = round(QFontMetricsF(painter.font()).horizontalAdvance(text)) + 1
            if is_key:
                width += 12
                key = QRect(box.right() - width, box.center().y() - sizes.line // 2 - 1,
                            width, sizes.line + 2)  # fmt: skip
                paint_key(painter, key, text)
            else:
                colour = colours.text if chosen and row.act else colours.secondary
                painter.setPen(QColor(colour))
                place = QRect(box.right() - width, box.top(), width, box.height())
                painter.drawText(place, _MIDDLE, text)
            box.setRight(box.right() - width - theme.space(2))
        return box.right()

    def _keys(self, box: QRect, row: Row) -> list[tuple[str, bool]]:
        """What the line chosen says of its keys, beside what tells two of one name apart.

        Why a line is here gives way first: the others of its section say it. Enter opens every
        line, and may go unsaid; what Ctrl+Enter does is this line’s own.
        """
        act = [(_("Ctrl+Enter"), True), (_lower(row.act), False)]
        both = [(_("Enter"), True), (_("open"), False), *act]
        told = [[(row.note, False), *both]] if row.note else []
        apart = POINT.join(row.detail.split(POINT)[:_TELLING])
        wanted = [(pieces, row.detail) for pieces in (*told, both, act)]
        for pieces, beside in (*wanted, (act, apart)):
            if self._fits(box, row.title, beside, pieces):
                return pieces
        return []

    def _fits(
        self, box: QRect, title: str, detail: str, pieces: Sequence[tuple[str, bool]]
    ) -> bool:
        """Whether a title and a detail stand whole beside these."""
        body, small = (
            QFontMetricsF(theme.sized_font(size, semibold=True))
            for size in (theme.metrics().body, theme.metrics().small)
        )
        own = body.horizontalAdvance(title) + small.horizontalAdvance(detail)
        beside = sum(
            small.horizontalAdvance(text) + 1 + 12 * is_key + theme.space(2)
            for text, is_key in pieces
        )
        return own + theme.space(6) + beside <= box.width()

    def _paint_text(
        self, painter: QPainter, box: QRect, text: str, words: Sequence[str], size: int, ink: QColor
    ) -> int:
        """Draw a text with the letters meant brought out. Returns where it ends."""
        plain, strong = theme.sized_font(size), theme.sized_font(size, semibold=True)
        accent = QColor(theme.current().accent)
        left = box.left()
        for piece, meant in _pieces(text, marks(text, words)):
            if left >= box.right():
                break
            painter.setFont(strong if meant else plain)
            painter.setPen(accent if meant else ink)
            room = box.right() - left
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(piece, _ELIDE, room)
            painter.drawText(QRect(left, box.top(), room, box.height()), _MIDDLE, shown)
            left += round(metrics.horizontalAdvance(piece))
        return min(left, box.right())


def paint_key(painter: QPainter, box: QRect, text: str) -> None:
    """Draw the name of a key in its frame."""
    colours = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colours.border))
    painter.setBrush(QColor(colours.card))
    half = 0.5  # so that the frame is one line of pixels
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), 4, 4)
    painter.setPen(QColor(colours.secondary))
    painter.drawText(box, _CENTRE, text)


def native(keys: str) -> str:
    """A shortcut as this system writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _pieces(text: str, found: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut where what was meant begins and ends."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, length in found:
        if start < at:
            continue
        pieces += [(text[at:start], False), (text[start : start + length], True)]
        at = start + length
    return [piece for piece in (*pieces, (text[at:], False)) if piece[0]]
