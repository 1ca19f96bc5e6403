# SPDX-License-Identifier: Apache-2.0
"""What could set the last safe day, one line each, and which one does.

    SafeDayLine(text, day="", binding=False, excludes=False)
    SafeDayList(parent=None)        show_lines(lines)

Must not compute a day: it takes words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import Glyph, GlyphMark
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import clear, label


@dataclass(frozen=True, slots=True)
class SafeDayLine:
    """One link: what it says, and the last day that it allows in words ("" for none)."""

    text: str
    day: str = ""
    binding: bool = False
    excludes: bool = False


class SafeDayList(QWidget):
    """The chain, the link that binds in full ink and the others in grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="heading")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(2))
        self._grid.setVerticalSpacing(theme.space(1))
        self._grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._title)
        layout.addLayout(self._grid)

    def show_lines(self, lines: Sequence[SafeDayLine]) -> None:
        """Show these links; without any the whole list is hidden."""
        clear(self._grid)
        self._title.setText(_("Last safe day"))
        top = Qt.AlignmentFlag.AlignTop
        for row, line in enumerate(lines):
            glyph = Glyph.CROSS if line.excludes else Glyph.DISC if line.binding else Glyph.NONE
            tone = Tone.BAD if line.excludes else Tone.ACCENT
            role = "" if line.binding else "secondary"
            day = label(line.day or "—", role)
            text = label(line.text, role, wrap=True)
            said = _("{day}: {reason}").format(day=line.day or "—", reason=line.text)
            set_name(text, _("Sets the day: {line}").format(line=said) if line.binding else said)
            for column, widget in enumerate((GlyphMark(glyph, tone, self, scale=0.7), day, text)):
                self._grid.addWidget(widget, row, column, top)
                widget.show()
        self.setVisible(bool(lines))
