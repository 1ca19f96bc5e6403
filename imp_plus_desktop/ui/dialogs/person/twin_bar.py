# SPDX-License-Identifier: Apache-2.0
"""Says of somebody about to be added who is in the register already.

    TwinBar(parent=None)
        show_twins(twins)            in a line, there while it says something
        ask()                        put the keys on what answers it
        answered() -> bool           whether nothing stands in the way of adding
        accepted() -> set of ids     beside whom the person is added all the same
        signal opened(int)           the file asked for

Must not look anybody up.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.duplicates.twins import Twin
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import OF_TONE, Glyph, GlyphMark
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import WordsBox, WordsButton, label
from imp_plus_desktop.words.messages import same_as_text


class TwinBar(QWidget):
    """One line: who it is, a way to that file, and the tick that adds all the same."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._twins: tuple[Twin, ...] = ()
        self._mark = GlyphMark(Glyph.NONE, Tone.WARN, self)
        self._words = label(elide=True)
        self._open = WordsButton(_("Open that file"))
        theme.set_role(self._open, "link")
        self._open.setAutoDefault(False)
        self._open.setCursor(Qt.CursorShape.PointingHandCursor)
        self._open.clicked.connect(self._on_open_clicked)
        self.sure = WordsBox(_("Add all the same"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.space(1), 0)
        layout.setSpacing(theme.space(3))
        layout.addWidget(self._mark)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._open)
        layout.addWidget(self.sure)
        self.setFixedHeight(theme.metrics().control)
        self.show_twins(())

    def show_twins(self, twins: Sequence[Twin]) -> None:
        """Name the first of these, and say how many others there are."""
        if {twin.person for twin in twins} - {twin.person for twin in self._twins}:
            self.sure.setChecked(False)
        self._twins = tuple(twins)
        shown = bool(twins)
        asks = shown and twins[0].asks and not twins[0].taken
        tone = Tone.BAD if shown and twins[0].taken else Tone.WARN
        self._mark.set_mark(OF_TONE[tone] if shown else Glyph.NONE, tone)
        self._words.setText(_sentence(twins) if shown else "")
        self._open.setVisible(shown)
        self.sure.setVisible(asks)
        self.setVisible(shown)

    def twins(self) -> tuple[Twin, ...]:
        """Who is named."""
        return self._twins

    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def ask(self) -> None:
        """Put the keys on the tick, or on the way to the other file where there is none."""
        wanted = self._open if self.sure.isHidden() else self.sure
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def answered(self) -> bool:
        """Whether nothing is left to be said yes to."""
        return self.sure.isHidden() or self.sure.isChecked()

    def accepted(self) -> set[int]:
        """Those beside whom the person is added all the same."""
        return {int(twin.person) for twin in self._twins} if self.sure.isChecked() else set()

    def _on_open_clicked(self) -> None:
        if self._twins:
            self.opened.emit(int(self._twins[0].person))


def _sentence(twins: Sequence[Twin]) -> str:
    first = twins[0]
    parts = [first.name]
    if first.birth_date is not None:
        parts.append(str(first.birth_date))
    if first.individual_reference:
        parts.append(first.individual_reference)
    who = " · ".join(parts)
    said = _("{same} in a file of the register: {who}").format(
        same=same_as_text(first.because), who=who
    )
    left = len(twins) - 1
    if left:
        more = ngettext("and {count} other", "and {count} others", left)
        said += " " + more.format(count=format_number(left))
    return said
