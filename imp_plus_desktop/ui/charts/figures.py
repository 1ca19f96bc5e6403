# SPDX-License-Identifier: Apache-2.0
"""Words and numbers in two columns; a line with a key opens the rows that it counts.

    FigureLine(text, value, key="", share=None, tone=Tone.PLAIN, note="")
    FigureList(parent=None)      set_lines(lines)        signal activated(str)   the line's key

A `share` of 1 is drawn as a thin bar under the line. Must not fetch or count anything.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.glyphs import Glyph
from imp_plus_desktop.ui.look.plain import set_about, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import words_in
from imp_plus_desktop.ui.widgets.lists import RowButton, RowList

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SIGNS = {Tone.BAD: "✕ ", Tone.WARN: "▲ ", Tone.OK: "✓ "}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line; `value` is already written for the language, `note` stands quietly before it."""

    text: str
    value: str
    key: str = ""
    share: float | None = None
    tone: Tone = Tone.PLAIN
    note: str = ""


class FigureList(RowList):
    """Figures below each other; those without a key do nothing."""

    def set_lines(self, lines: Sequence[FigureLine]) -> None:
        """Show these lines; the focus stays on the line with the same key."""
        self.show_rows(_FigureRow(shown, bool(number), self) for number, shown in enumerate(lines))


class _FigureRow(RowButton):
    def __init__(self, shown: FigureLine, ruled: bool, parent: QWidget) -> None:
        super().__init__(shown.key, shown.text, shown.value, parent)
        self._shown = shown
        self._ruled = ruled
        if shown.note:
            set_about(self, shown.note)
            set_tip(self, _("{name}: {value}").format(name=shown.text, value=shown.note))
        if not shown.key:
            self.setEnabled(False)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.unsetCursor()

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        words = self.fontMetrics().horizontalAdvance(self.text() + self.count + self._shown.note)
        bar = sizes.body * 0.6 if self._shown.share is not None else 0
        return QSize(words + sizes.body * 4, round(sizes.line + 5 + bar))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, sizes = theme.current(), theme.metrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._ruled:
            painter.fillRect(QRectF(0, 0, box.width(), 1), QColor(colours.line))
        if self._shown.key:
            self.paint_ground(painter)
        words = box.adjusted(2, 1, 0, 0)
        if self._shown.share is not None:
            words.setBottom(box.bottom() - sizes.body * 0.6)
            self._paint_bar(painter, QRectF(2, words.bottom(), box.width() - 4, sizes.body * 0.34))
        side = sizes.body * 0.8
        if self._shown.key:
            end = QRectF(box.right() - side - 1, words.center().y() - side / 2, side, side)
            glyphs.paint(painter, end, Glyph.CHEVRON, QColor(colours.secondary))
        words.setRight(box.right() - sizes.body * 1.3)
        self._paint_words(painter, words, sizes)
        painter.end()

    def _paint_words(self, painter: QPainter, box: QRectF, sizes: theme.Metrics) -> None:
        colours, shown = theme.current(), self._shown
        value = _SIGNS.get(shown.tone, "") + shown.value
        painter.setFont(theme.sized_font(sizes.body, semibold=True, figures=True))
        ink = QColor(colours.text) if shown.tone is Tone.PLAIN else colours.ink(shown.tone)
        painter.setPen(ink)
        painter.drawText(box, _RIGHT, value)
        left = box.right() - painter.fontMetrics().horizontalAdvance(value) - sizes.body * 0.7
        if shown.note:
            painter.setFont(theme.sized_font(sizes.small, figures=True))
            painter.setPen(QColor(colours.secondary))
            room = box.adjusted(0, 0, 0, 0)
            room.setRight(left)
            painter.drawText(room, _RIGHT, shown.note)
            left -= painter.fontMetrics().horizontalAdvance(shown.note) + sizes.body * 0.7
        painter.setFont(theme.sized_font(sizes.body))
        painter.setPen(QColor(colours.text))
        room = box.adjusted(0, 0, 0, 0)
        room.setRight(left)
        text = words_in(painter.font(), shown.text, round(room.width()))
        painter.drawText(room, _LEFT, text)

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        colours, share = theme.current(), min(max(self._shown.share or 0.0, 0.0), 1.0)
        radius = box.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(box, radius, radius)
        if share:
            tones = {Tone.BAD: colours.bad, Tone.WARN: colours.warn}
            painter.setBrush(QColor(tones.get(self._shown.tone, colours.accent)))
            done = QRectF(box)
            done.setWidth(max(box.width() * share, box.height()))
            painter.drawRoundedRect(done, radius, radius)
