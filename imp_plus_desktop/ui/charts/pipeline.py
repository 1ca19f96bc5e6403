# SPDX-License-Identifier: Apache-2.0
"""The path from letters to permits: one bar a step, each of which opens its files.

    PipelineLine(key, text, count)
    PipelineBars(parent=None)  set_lines(lines)            signal activated(str)

Must not compute anything about the programme.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.look.plain import set_tip
from imp_plus_desktop.ui.widgets.lists import RowButton, RowList

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class PipelineLine:
    """One step of the path and how many reached it."""

    key: str
    text: str
    count: int
    aside: str = ""
    """What stands at the end, behind the count."""
    tip: str = ""


class PipelineBars(RowList):
    """One bar a step, in proportion; each opens the files it counts."""

    def set_lines(self, lines: Sequence[PipelineLine]) -> None:
        """Show these steps, the first at the top."""
        most = max((shown.count for shown in lines), default=0)
        metrics = self.fontMetrics()
        words = max((metrics.horizontalAdvance(shown.text) for shown in lines), default=0)
        aside = max((metrics.horizontalAdvance(shown.aside) for shown in lines), default=0)
        self.show_rows(_PipelineRow(shown, most, words, aside, self) for shown in lines)


class _PipelineRow(RowButton):
    def __init__(
        self, shown: PipelineLine, most: int, words: int, aside: int, parent: QWidget
    ) -> None:
        super().__init__(shown.key, shown.text, number(shown.count), parent)
        self._aside = shown.aside
        self._wide = aside + theme.space(3) if aside else 0
        if shown.tip:
            set_tip(self, shown.tip)
        self._share = shown.count / most if most else 0.0
        self._words = words

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        return QSize(self._words + self._wide + sizes.body * 14, sizes.line + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter)
        colours, sizes = theme.current(), theme.metrics()
        box = QRectF(self.rect())
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.sized_font(sizes.body, figures=True))
        painter.drawText(box, _LEFT, self.text())
        painter.drawText(box.adjusted(0, 0, -2 - self._wide, 0), _RIGHT, self.count)
        if self._aside:
            painter.setPen(QColor(colours.secondary))
            painter.setFont(theme.sized_font(sizes.small))
            painter.drawText(box.adjusted(0, 0, -2, 0), _RIGHT, self._aside)
        left = self._words + sizes.body * 1.5
        room = max(box.width() - left - sizes.body * 4 - self._wide, 0)
        bar = QRectF(left, box.center().y() - sizes.body * 0.42, 0, sizes.body * 0.84)
        bar.setWidth(max(room * self._share, 2.0 if self._share else 0.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.setOpacity(0.85)
        painter.drawRoundedRect(bar, 2, 2)
        painter.end()
