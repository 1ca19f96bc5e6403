# SPDX-License-Identifier: Apache-2.0
"""Problems with their counts, each of which filters a list while it is chosen.

    Problem(key, text, tone, count)
    Section(text)                the heading of the problems after it
    ProblemList(parent=None)     signal chosen(str)   the key, empty when none is chosen any more
        signal entered(str)      Enter on the one that is chosen: on to what it has found
        set_problems(problems and sections), choose(key | None, tell=True),
        chosen_key() -> str | None

Must not know what a problem is about.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.ui.look import glyphs, theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import clear, label
from imp_plus_desktop.ui.widgets.lists import RowButton

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Problem:
    """One group of problems; `count` is already written for the language."""

    key: str
    text: str
    tone: Tone
    count: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading above the problems that follow it."""

    text: str


class ProblemList(QScrollArea):
    """Groups of problems below each other."""

    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key: str | None = None
        self._rows: dict[str, _ProblemRow] = {}
        inner = QWidget()
        self._layout = QVBoxLayout(inner)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_problems(self, problems: Sequence[Problem | Section]) -> None:
        """Show these groups, none of them chosen."""
        clear(self._layout)
        self._key = None
        self._rows = {}
        for problem in problems:
            if isinstance(problem, Section):
                heading = label(problem.text, "heading", wrap=True)
                heading.setContentsMargins(
                    8, theme.space(2) if self._layout.count() else 0, 0, theme.space(1)
                )
                self._layout.addWidget(heading)
                continue
            row = _ProblemRow(problem, self)
            row.opened.connect(self._on_row_opened)
            row.entered.connect(self.entered)
            self._rows[problem.key] = row
            self._layout.addWidget(row)
        self._layout.addStretch(1)

    def choose(self, key: str | None, tell: bool = True) -> None:
        """Choose a group; the one chosen already is let go."""
        self._key = None if key == self._key else key
        for other, row in self._rows.items():
            row.set_chosen(other == self._key)
        if tell:
            self.chosen.emit(self._key or "")

    def chosen_key(self) -> str | None:
        """The key of the group chosen."""
        return self._key

    def texts(self) -> dict[str, str]:
        """The count of each group, by its key."""
        return {key: row.count for key, row in self._rows.items()}

    def _on_row_opened(self, key: str) -> None:
        self.choose(key)


class _ProblemRow(RowButton):
    """A title too long for one line takes two: what mends a list is never cut."""

    entered = Signal(str)

    def __init__(self, problem: Problem, parent: QWidget) -> None:
        super().__init__(problem.key, problem.text, problem.count, parent)
        self._tone = problem.tone
        self.setCheckable(True)

    def set_chosen(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space and a click let go of it; Enter, as everywhere, goes on.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.isChecked():
            self.entered.emit(self.key)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        sizes = theme.metrics()
        room = self._room()
        words = QFontMetrics(theme.sized_font(sizes.body))
        tall = words.boundingRect(QRect(0, 0, room.width(), 9999), _LEFT, self.text()).height()
        return QSize(sizes.body * 16, max(sizes.row, tall + theme.space(3)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # another width, another number of lines

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, sizes = theme.current(), theme.metrics()
        painter = QPainter(self)
        if self.isChecked():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        self.paint_ground(painter)
        side = sizes.body * 0.85
        middle = self.rect().center().y() + 0.5
        mark = QRectF(8, middle - side / 2, side, side)
        glyphs.paint(painter, mark, glyphs.OF_TONE[self._tone], colours.ink(self._tone))
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.sized_font(sizes.body, semibold=True, figures=True))
        painter.drawText(self.rect().adjusted(0, 0, -8, 0), _RIGHT, self.count)
        painter.setFont(theme.sized_font(sizes.body))
        painter.drawText(self._room(), _LEFT, self.text())
        painter.end()

    def _room(self) -> QRect:
        """Where the title stands: between the sign and the count."""
        sizes = theme.metrics()
        figures = QFontMetrics(theme.sized_font(sizes.body, semibold=True, figures=True))
        width = figures.horizontalAdvance(self.count)
        return self.rect().adjusted(round(sizes.body * 0.85) + 16, 0, -width - 16, 0)
