# SPDX-License-Identifier: Apache-2.0
"""Texts that Qt might take for HTML, made plain: tooltips, status texts, what is read aloud.

    plain(text) -> str            the same to the eye, never read as markup
    set_tip(shown, text)          the tooltip of a widget or of a menu's entry
    tell(label, text)             a text, and in its tip what the sign of a hidden value means
    set_refused(shown, why)       why it is greyed, in place of its tooltip; "" when it is not
    refusal(shown) -> str         the same, asked
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
_WHOLE, _OWN, _REFUSED = "whole_words", "own_tip", "refused_because"
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
    whole, refused = shown.property(_WHOLE), shown.property(_REFUSED)
    if whole or refused:
        shown.setProperty(_OWN, text)
    shown.setToolTip(plain(_joined(whole, refused or text)))


def set_whole(widget: QWidget, text: str) -> None:
    """Have the tooltip say whole what is shown cut, above its own; `""` where it fits again."""
    refused = widget.property(_REFUSED)
    own = widget.property(_OWN) if refused or widget.property(_WHOLE) else widget.toolTip()
    widget.setProperty(_WHOLE, text)
    widget.setProperty(_OWN, own)
    widget.setToolTip(plain(_joined(text, refused or own)))


def set_refused(shown: QWidget | QAction, why: str) -> None:
    """Have the tooltip and the status bar say why something cannot be done, in place of its own
    words; `""` where it can."""
    before = shown.property(_REFUSED)
    if (before or "") == why:
        return
    own = shown.property(_OWN) if before or shown.property(_WHOLE) else shown.toolTip()
    shown.setProperty(_OWN, own)
    shown.setProperty(_REFUSED, why)
    shown.setToolTip(plain(_joined(shown.property(_WHOLE), why or own)))
    set_status(shown, why)


def refusal(shown: QWidget | QAction) -> str:
    """Why something is greyed, empty where nothing was said."""
    return str(shown.property(_REFUSED) or "")


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
