# SPDX-License-Identifier: Apache-2.0
"""The plainest pieces: labels and buttons with their part in the style sheet, and thin lines.

    label(text="", role="", tone=Tone.PLAIN, *, wrap=False, elide=False) -> QLabel
    Words(text="", *, wrap=False, least=6)                a label that gives way, whole in its tip
        set_texts(text, shorter)                          words that stand there before it is cut
    WholeWords(text="", role="", tone=Tone.PLAIN)         a label of which nothing is cut
    WordsButton, WordsRadio, WordsBox (text="")           the same as buttons
    button(text="", role="", icon="") -> QPushButton      role: "" | accent | link | ghost
    KeyButton(text="")                                    what it makes; Enter presses it
    words_in(font, text, room) -> str                     cut only where it does not fit
    line() -> QFrame                                      1 px across
    keep_room(widget)                                     a hidden one keeps its place
    clear(layout)                                         frees everything in a layout

Texts are always plain: what a list brings can never be read as markup. Must not hold a text.
"""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from imp_plus_desktop.ui.look import allowed, icons, theme
from imp_plus_desktop.ui.look.plain import set_name, set_refused, set_whole
from imp_plus_desktop.ui.look.theme import Tone

_LONG = 13
"""From how many letters on a word is measured before a label wraps at it."""
_LONG_WORD = re.compile(rf"\S{{{_LONG},}}")
_ELIDE = Qt.TextElideMode.ElideRight
_ROUNDED = 1.0
"""Widths are whole pixels and words are not: what lacks less than one is not cut for it."""
_LEAST_EM = 6
_LEAST_LINE_EM = 22
_LEAST_WRAPPED_EM = 9
"""How narrow a label may become, in sizes of the body's type."""


def label(
    text: str = "",
    role: str = "",
    tone: Tone = Tone.PLAIN,
    *,
    wrap: bool = False,
    elide: bool = False,
) -> QLabel:
    """A label of plain text. One that wraps cuts a word that is too long, another one its line.

    `elide` lets it give way to what stands beside it, also where it is short.
    """
    made = Words(text, wrap=wrap, least=_LEAST_EM if elide else _LEAST_LINE_EM)
    theme.set_role(made, role, tone)
    return made


class Words(QLabel):
    """Plain text that never widens what it stands in; what is cut stands whole in the tooltip.

    `text()` is the whole text.
    """

    def __init__(self, text: str = "", *, wrap: bool = False, least: int = 6) -> None:
        super().__init__()
        self._least = _LEAST_WRAPPED_EM if wrap else least
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._whole = self._shorter = ""
        self._long: tuple[str, ...] = ()
        self._is_cut = False
        self._has_room = False
        self.setText(text)

    def text(self) -> str:
        """The whole text, also where it is shown cut."""
        return self._whole

    def setText(self, text: str) -> None:
        if text == self._whole:
            return
        self._whole = text
        self._long = tuple(_LONG_WORD.findall(text)) if self.wordWrap() else ()
        self._fit()
        # With no room so far nothing shown changes, and nobody would ask for room.
        self.updateGeometry()

    def set_texts(self, text: str, shorter: str) -> None:
        """A text, and what is shown in its place where there is no room for it."""
        self._shorter = shorter
        self.setText(text)

    # Sizes follow from the whole text alone: if they changed with what is cut, a layout that
    # wraps would never come to rest.
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.wordWrap():
            if not self._long:
                return hint
            wide = theme.metrics().body * _LEAST_LINE_EM
            return QSize(wide, self.heightForWidth(wide))
        if not self._is_cut:
            return hint
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(line) for line in self._whole.split("\n"))
        return QSize(wide + hint.width() - self._shown_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        most = theme.metrics().body * self._least
        if self._long:
            metrics = self.fontMetrics()
            wide = max(metrics.horizontalAdvance(word) for word in self._long)
            hint = super().minimumSizeHint()
            return QSize(min(max(hint.width(), wide), most), hint.height())
        hint = self.sizeHint() if self._is_cut else super().minimumSizeHint()
        return QSize(min(hint.width(), most), hint.height())

    def heightForWidth(self, width: int) -> int:
        if not self._long:
            return super().heightForWidth(width)
        around = self.contentsMargins()
        inner = max(width - around.left() - around.right(), 1)
        flags = int(Qt.TextFlag.TextWordWrap)
        box = self.fontMetrics().boundingRect(QRect(0, 0, inner, 9999), flags, self._cut(inner))
        return box.height() + around.top() + around.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._has_room = True
        self._fit()

    def _shown_width(self) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(line) for line in super().text().split("\n"))

    def _fit(self) -> None:
        room = self.contentsRect().width()
        shown = self._cut(room) if self._has_room else self._whole
        if shown != super().text():
            super().setText(shown)
        cut = shown != self._whole
        if cut or self._is_cut:
            set_whole(self, self._whole if cut else "")
            set_name(self, self._whole if cut else "")
        self._is_cut = cut

    def _cut(self, width: int) -> str:
        if not self.wordWrap():
            lines = self._whole.split("\n")
            if self._shorter and words_in(self.font(), self._whole, width) != self._whole:
                return words_in(self.font(), self._shorter, width)
            return "\n".join(words_in(self.font(), line, width) for line in lines)
        shown = self._whole
        for word in dict.fromkeys(self._long):
            shown = shown.replace(word, self._shorter_word(word, width))
        return shown

    def _shorter_word(self, word: str, width: int) -> str:
        return words_in(self.font(), word, width)


class WholeWords(Words):
    """Plain text of which nothing is cut, since it stands beside another one like it: a word that
    is too long for a line goes on below."""

    def __init__(self, text: str = "", role: str = "", tone: Tone = Tone.PLAIN) -> None:
        super().__init__(text, wrap=True)
        theme.set_role(self, role, tone)

    def _shorter_word(self, word: str, width: int) -> str:
        metrics, lines = self.fontMetrics(), [""]
        for letter in word:
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
        return "\n".join(lines)


class KeyButton(QPushButton):
    """A push button that Enter presses too, and not only in a dialog.

    Two clicks at once, or a key held down, are one: by the second another row or another act may
    stand where the first was. What makes an act is greyed for whoever may not do it.
    """

    _act = ""
    _is_wanted = True

    def makes(self, act: str) -> None:
        """Say which act it makes, as the journal calls it."""
        self._act = act
        self.judge()

    def judge(self) -> None:
        """Grey it where whoever works in its window may not."""
        is_allowed = allowed.may(self, self._act)
        super().setEnabled(self._is_wanted and is_allowed)
        set_refused(self, allowed.why_not(self, self._act))

    def setEnabled(self, on: bool) -> None:
        self._is_wanted = on
        super().setEnabled(on and allowed.may(self, self._act))

    def showEvent(self, event: QShowEvent) -> None:
        if self._act:
            self.judge()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.isCheckable():
            super().mouseDoubleClickEvent(event)


# At run time it has no base of Qt: a widget can have one only.
if TYPE_CHECKING:
    _AnyButton = QAbstractButton
else:
    _AnyButton = object


class _GivesWay(_AnyButton):
    """A button whose words are cut where there is no room; the whole of them is in the tooltip.

    Mixed into Qt's own kinds. `text()` is the whole text; a `&` in it stays one.
    """

    _whole = ""
    _is_cut = False

    def text(self) -> str:
        """The whole text, also where it is shown cut."""
        return self._whole

    def setText(self, text: str) -> None:
        self._whole = text
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() - self._shown() + self._wide(self._whole), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.metrics().body * _LEAST_EM), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._shown():
            # Qt measures a button without words as if it had four letters.
            super().setText(self._whole.replace("&", "&&"))
        room = max(self.width() - super().sizeHint().width() + self._shown(), 1)
        shown = words_in(self.font(), self._whole, room)
        super().setText(shown.replace("&", "&&"))
        cut = shown != self._whole
        if cut or self._is_cut:
            set_whole(self, self._whole if cut else "")
            if not self.accessibleName():
                set_name(self, self._whole)
        self._is_cut = cut

    def _shown(self) -> int:
        return self._wide(super().text().replace("&&", "&"))

    def _wide(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)


class WordsButton(_GivesWay, KeyButton):
    """A link that gives way."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)


class WordsRadio(_GivesWay, QRadioButton):
    """One of several choices, each of them a text that somebody wrote."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)


class WordsBox(_GivesWay, QCheckBox):
    """A box to tick beside a text that somebody wrote."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)


def button(text: str = "", role: str = "", icon: str = "", *, act: str = "") -> QPushButton:
    """A push button; one without text needs an accessible name from its caller. For `act` see
    `making`."""
    made = KeyButton(text)
    made.setAutoDefault(False)
    theme.set_role(made, role)
    if icon:
        made.setIconSize(QSize(16, 16))
        icons.dress(made, icon, "on_accent" if role == "accent" else "text")
    if role == "link":
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if act:
        made.makes(act)
    return made


def making(act: str, *buttons: QWidget) -> None:
    """Say of buttons which act they make; whoever may not do it finds them greyed, with who may."""
    for one in buttons:
        if isinstance(one, KeyButton):
            one.makes(act)


def words_in(font: QFont, text: str, room: int) -> str:
    """Return a text as it fits into so many pixels, cut at its end where it must be."""
    return QFontMetricsF(font).elidedText(text, _ELIDE, max(room, 1) + _ROUNDED)


def keep_room(widget: QWidget) -> None:
    """Let a widget keep its room while it is hidden, so that it moves nothing when it comes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def line() -> QFrame:
    """A line across."""
    made = QFrame()
    theme.set_role(made, "line")
    return made


def clear(layout: QLayout) -> None:
    """Free the widgets and layouts inside a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
