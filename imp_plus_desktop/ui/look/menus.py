# SPDX-License-Identifier: Apache-2.0
"""Entries of menus that name what somebody wrote.

    set_entry(action, text)               the whole entry
    name_entry(action, template, what)    `what` at the template's `{act}`, its mnemonic kept
    make_entry(action, menu, act)         which act it makes: greyed for whoever may not, with who

A name of any length is cut in its middle, with its whole in the tooltip; a `&` in it stays one.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QApplication, QMenu

from imp_plus_desktop.ui.look import allowed, theme
from imp_plus_desktop.ui.look.plain import set_refused, set_tip

_MOST_EM = 34
"""How wide an entry may become, in sizes of the body's type."""


def set_entry(action: QAction, text: str) -> None:
    """Give an entry its words."""
    name_entry(action, "{act}", text)


def name_entry(action: QAction, template: str, what: str) -> None:
    """Give an entry its words and, in them, the name that it is about."""
    metrics = QFontMetrics(QApplication.font())
    room = theme.metrics().body * _MOST_EM
    shown = metrics.elidedText(what, Qt.TextElideMode.ElideMiddle, room)
    action.setText(template.format(act=shown.replace("&", "&&")))
    set_tip(action, what if shown != what else "")
    if shown != what:
        for menu in (action.parent(), *action.associatedObjects()):
            if isinstance(menu, QMenu):
                menu.setToolTipsVisible(True)


def make_entry(action: QAction, menu: QMenu, act: str) -> None:
    """Say which act an entry makes, as the journal calls it."""
    if not allowed.may(menu, act):
        action.setEnabled(False)
        set_refused(action, allowed.why_not(menu, act))
        menu.setToolTipsVisible(True)
