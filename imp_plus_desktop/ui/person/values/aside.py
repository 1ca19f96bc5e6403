# SPDX-License-Identifier: Apache-2.0
"""What is said of a value beside it, over what stands below: `Aside(host)`.

    say(anchor, tone, sentence, *choices)   each choice is its words and what it does
    hide()                                  nothing is said

It moves nothing: it lies over the page, under the value, and goes with it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.glyphs import OF_TONE, GlyphMark
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import button, clear, label

Choice = tuple[str, Callable[[], object]]


class Aside(QFrame):
    """A sentence and what can be done about it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        theme.set_role(self, "drop")
        self._anchor: QWidget | None = None
        self._said = ""
        self._line, self._below = QHBoxLayout(), QHBoxLayout()
        both = QVBoxLayout(self)
        both.setContentsMargins(*(theme.space(2),) * 4)
        for line in (self._line, self._below):
            line.setSpacing(theme.space(2))
            both.addLayout(line)
        self.hide()

    def say(self, anchor: QWidget, tone: Tone, sentence: str, *choices: Choice) -> None:
        """Say something of a value, in place of what was said before."""
        self.drop()
        self._said = sentence
        self._line.addWidget(GlyphMark(OF_TONE[tone], tone, self))
        words = label(sentence, "finding", tone, wrap=True)
        self._line.addWidget(words, 1)
        # Beside two links a sentence would have no room left.
        links = self._line if len(choices) < 2 else self._below
        if links is self._below:
            links.addStretch(1)
        before = anchor
        for text, do in choices:
            link = button(text, "link")
            link.clicked.connect(_Chosen(self, do).run)
            links.addWidget(link)
            self.setTabOrder(before, link)
            before = link
        self._anchor = anchor
        anchor.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()

    def drop(self) -> None:
        """Say nothing any more."""
        if self._anchor is not None:
            self._anchor.removeEventFilter(self)
        self._anchor, self._said = None, ""
        clear(self._line)
        clear(self._below)
        self.hide()

    def said(self) -> str:
        """What is said."""
        return self._said

    def place(self) -> None:
        """Stand below the value, within the page."""
        host = self.parentWidget()
        if self._anchor is None or host is None:
            return
        at = self._anchor.mapTo(host, QPoint(0, self._anchor.height() + 2))
        wide = min(max(self.sizeHint().width(), theme.metrics().body * 22), host.width())
        high = max(self.heightForWidth(wide), self.minimumSizeHint().height())
        left = max(min(at.x(), host.width() - wide), 0)
        top = at.y()
        if top + high > host.height():
            top = self._anchor.mapTo(host, QPoint(0, -high - 2)).y()
        self.setGeometry(left, top, wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.place()
        return False


class _Chosen(QObject):
    """Does what a link of the sentence says."""

    def __init__(self, aside: Aside, do: Callable[[], object]) -> None:
        super().__init__(aside)
        self._do = do

    def run(self) -> None:
        self._do()
