# SPDX-License-Identifier: Apache-2.0
"""The side bar: the pages with their counts, and at its foot the state of the register.

    SideEntry(key, icon, text, count, tip)
    SideBar(parent=None)     signal page_chosen(str)
        set_entries(entries), set_current(key), set_foot(lines), has_keys()

Must not know the pages by their class.
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.widgets.labels import label

_WIDTH_EM, _MOST_EM = 14.2, 16
_BETWEEN = 4
"""Pixels between the words of an entry and its count."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class SideEntry:
    """One page as the side bar shows it."""

    key: str
    icon: str
    text: str
    count: str = ""
    tip: str = ""


class SideBar(QFrame):
    """The way from page to page."""

    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "sidebar")
        self._buttons: dict[str, _SideButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_button_clicked)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._foot = label(role="small", wrap=True)
        self._foot.setContentsMargins(theme.space(2), 0, 0, theme.space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.space(2), theme.space(3), theme.space(2), theme.space(2))
        layout.addLayout(self._list)
        layout.addStretch(1)
        layout.addWidget(self._foot)

    def set_entries(self, entries: Sequence[SideEntry]) -> None:
        """Show these pages; those shown before keep their place and the choice."""
        for entry in entries:
            button = self._buttons.get(entry.key)
            if button is None:
                button = _SideButton(self)
                self._buttons[entry.key] = button
                self._group.addButton(button)
                self._list.addWidget(button)
            button.show_entry(entry)
        self._fit()

    def has_keys(self) -> bool:
        """Whether somebody walks along it; to be asked before a page goes, since Qt then hands the
        keys on to whatever comes next."""
        return self.isAncestorOf(self.window().focusWidget())

    def set_current(self, key: str) -> None:
        """Mark the page in front."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_foot(self, lines: Sequence[str]) -> None:
        """What stands at the foot, one line each."""
        self._foot.setText("\n".join(lines))

    def _fit(self) -> None:
        """As wide as the longest name in bold beside its count."""
        body, around = theme.metrics().body, 2 * theme.space(2) + 2
        needed = max((one.needed() for one in self._buttons.values()), default=0) + around
        self.setFixedWidth(round(min(max(body * _WIDTH_EM, needed), body * _MOST_EM)))

    def _on_button_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _SideButton):
            self.page_chosen.emit(button.key)


class _SideButton(QAbstractButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = ""
        self._icon = ""
        self._count = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_entry(self, entry: SideEntry) -> None:
        self.key = entry.key
        self._icon = entry.icon
        self._count = entry.count
        self.setText(entry.text)
        set_tip(self, entry.tip)
        set_name(self, f"{entry.text} {entry.count}".strip())
        self.update()

    def needed(self) -> int:
        """How wide it must be, in pixels, for its words whole when it is chosen."""
        sizes = theme.metrics()
        words = QFontMetricsF(theme.sized_font(sizes.body, semibold=True))
        figures = QFontMetricsF(theme.sized_font(sizes.small, figures=True))
        told = words.horizontalAdvance(self.text()) + figures.horizontalAdvance(self._count)
        return ceil(told) + theme.space(7) + round(sizes.body * 1.35) + _BETWEEN

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(sizes.body * 10, sizes.row + 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, sizes = theme.current(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        ink = QColor(colours.accent if self.isChecked() else colours.text)
        ground = colours.accent_soft if self.isChecked() else colours.hover
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        side = round(sizes.body * 1.35)
        faint = ink if self.isChecked() else QColor(colours.secondary)
        where = QPoint(theme.space(2), (self.height() - side) // 2)
        painter.drawPixmap(where, icons.pixmap(self._icon, faint, side))
        self._paint_words(painter, ink, faint, side)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: QColor, faint: QColor, side: int) -> None:
        sizes = theme.metrics()
        room = QRect(self.rect()).adjusted(theme.space(4) + side, 0, -theme.space(2), 0)
        painter.setFont(theme.sized_font(sizes.small, figures=True))
        painter.setPen(faint)
        painter.drawText(room, _RIGHT, self._count)
        taken = painter.fontMetrics().horizontalAdvance(self._count) + _BETWEEN
        painter.setFont(theme.sized_font(sizes.body, semibold=self.isChecked()))
        painter.setPen(ink)
        elide = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(self.text(), elide, room.width() - taken)
        painter.drawText(room, _LEFT, text)
