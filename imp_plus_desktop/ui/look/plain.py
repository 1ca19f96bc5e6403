# SPDX-License-Identifier: Apache-2.0
"""Texts that Qt might take for HTML, made plain: tooltips, status texts, what is read aloud.

    plain(text) -> str            the same to the eye, never read as markup
    set_tip(shown, text)          the tooltip of a widget or of a menu's entry
    tell(label, text)             a text, and in its tip what the sign of a hidden value means
    set_whole(widget, text)       what a widget shows cut, above its own tooltip; "" when it fits
    set_status(shown, text)       its text in the status bar
    set_name(widget, text)        what a screen reader calls a widget
    set_about(widget, text)       what a screen reader says of it besides

Qt decides by a text's look whether a tooltip is HTML, and HTML may open files and addresses
(`<img src="file://…">`); what a list brings must not. A test refuses every other way of setting
these texts. Labels are made plain where they are made (`widgets/labels.py`).
"""

import re

from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from imp_plus_desktop.words.servers.role_names import hidden_tip

_JOINER = "\N{WORD JOINER}"
_WHOLE, _OWN = "whole_words", "own_tip"
_MARKS = re.compile(r"[<&]")


def plain(text: str) -> str:
    """Return the text such that no reader of Qt takes it for HTML.

    An invisible joiner after each sign that could begin a tag; a text without one stays as it is.
    """
    if not Qt.mightBeRichText(text):
        return text
    return _MARKS.sub(lambda found: found.group() + _JOINER, text)


def set_tip(shown: QWidget | QAction, text: str) -> None:
    """Give a widget or a menu's entry its tooltip."""
    whole = shown.property(_WHOLE)
    if whole:
        shown.setProperty(_OWN, text)
    shown.setToolTip(plain(_joined(whole, text)))


def set_whole(widget: QWidget, text: str) -> None:
    """Have the tooltip say whole what is shown cut, above its own; `""` where it fits again."""
    own = widget.property(_OWN) if widget.property(_WHOLE) else widget.toolTip()
    widget.setProperty(_WHOLE, text)
    widget.setProperty(_OWN, own)
    widget.setToolTip(plain(_joined(text, own)))


def _joined(*texts: str | None) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))


def set_status(shown: QWidget | QAction, text: str) -> None:
    """Give a widget or a menu's entry its text in the status bar."""
    shown.setStatusTip(plain(text))


def set_name(widget: QWidget, text: str) -> None:
    """Tell a screen reader what a widget is called."""
    widget.setAccessibleName(plain(text))
    inner = widget.lineEdit() if isinstance(widget, QComboBox) else None
    if inner is not None:  # read on its own where one types
        inner.setAccessibleName(plain(text))


def set_about(widget: QWidget, text: str) -> None:
    """Tell a screen reader what to say of a widget besides its name."""
    widget.setAccessibleDescription(plain(text))


def tell(shown: QLabel, text: str) -> None:
    """Write a text, and in its tip what the sign of a hidden value in it means."""
    shown.setText(text)
    set_tip(shown, hidden_tip(text))
