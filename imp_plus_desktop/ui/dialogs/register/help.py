# SPDX-License-Identifier: Apache-2.0
"""Help: the list of keyboard shortcuts, and what the program is. The guides have a room of
their own (`ui/dialogs/guide/`).

    ShortcutsDialog(actions, parent)   AboutDialog(parent)

They stay open beside the work and are freed when closed.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from imp_plus_desktop import __version__
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog, Reading
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell.actions import Action
from imp_plus_desktop.ui.widgets.labels import button, label, line


class ShortcutsDialog(BesideDialog):
    """Every action that has keys, from their table."""

    def __init__(self, actions: Sequence[Action[Any]], parent: QWidget | None = None) -> None:
        super().__init__(_("Keyboard shortcuts"), parent)
        with_keys = [action for action in actions if action.shortcut]
        room = self.room().width() - 2 * theme.space(5) - theme.space(4)
        inner = _in_columns(with_keys, 3)
        if inner.sizeHint().width() > room:
            inner = _in_columns(with_keys, 2)
        area = Reading(_("Keyboard shortcuts"), inner)
        self.column.addWidget(area, 1)
        more = _(
            "Tab goes from field to field, the arrows through a list, Enter opens what is chosen. "
            "Space, Shift and Ctrl choose several rows, Ctrl+A all of them, and Escape lets go; "
            "the menu key says what can be done to them. Delete takes a filter away. In a form, "
            "Ctrl+Enter saves."
        )
        self.column.addSpacing(theme.space(2))
        self.column.addWidget(label(more, "secondary", wrap=True))
        self.add_close()
        body = theme.metrics().body
        bar = area.verticalScrollBar().sizeHint().width()
        wide = inner.sizeHint().width() + bar + 2 * theme.space(5) + 2
        self.fit_around(area, max(body * 56, wide))


def _in_columns(actions: Sequence[Action[Any]], count: int) -> QWidget:
    """Each action beside its keys, downwards and then to the right."""
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setHorizontalSpacing(theme.space(3))
    grid.setVerticalSpacing(theme.space(1))
    most = -(-len(actions) // count)
    native = QKeySequence.SequenceFormat.NativeText
    for number, action in enumerate(actions):
        row, side = number % most, number // most
        keys = label(QKeySequence(action.shortcuts()[0]).toString(native), "key")
        grid.addWidget(label(action.label()), row, side * 3)
        grid.addWidget(keys, row, side * 3 + 1, Qt.AlignmentFlag.AlignLeft)
        if side:
            grid.setColumnMinimumWidth(side * 3 - 1, theme.space(3))
    return inner


class AboutDialog(BesideDialog):
    """What the program is and whose it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("About IMP+ Desktop"), parent, heading=f"IMP+ Desktop {__version__}")
        what = _(
            "Keeps an office’s register of people invited to apply for IMP+ work permits: who may "
            "apply and until when, what was filed and decided, and how many places are used. "
            "Everything stays in a file on this computer, or on the office’s own server."
        )
        self.column.addWidget(label(what, wrap=True))
        self.column.addWidget(line())
        rights = _(
            "Free software under the Apache License 2.0. It is not a product of any government, "
            "and its findings do not replace the decision of an officer."
        )
        self.column.addWidget(label(rights, "secondary", wrap=True))
        self.libraries = button(_("&Licences of libraries…"))
        self.libraries.clicked.connect(self._show_licences)
        self.column.addWidget(self.libraries, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_close()
        self.fit(theme.metrics().body * 40)

    def _show_licences(self) -> None:
        from imp_plus_desktop.ui.dialogs.support.licences import LicencesDialog

        LicencesDialog(self).show()
