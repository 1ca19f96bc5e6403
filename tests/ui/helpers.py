# SPDX-License-Identifier: Apache-2.0
"""Helpers for tests of the window: what a screen reader would say, and typing any letter."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.pages.entries import ENTRIES
from imp_plus_desktop.ui.pages.page import Page
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.window.main_window import MainWindow

L = TypeVar("L", bound=Page)

# Qt's own inner parts, which take their name from the widget around them.
_INNER = {"qt_spinbox_lineedit", "qt_scrollarea_viewport", "qt_calendar_navigationbar"}


def made_by(*kinds: type[Page]) -> dict[str, Callable[[], type[Page]]]:
    """A table of pages for a window, of these classes."""
    return {kind.key: lambda kind=kind: kind for kind in kinds}


def open_list(qtbot: QtBot, office: Office, kind: type[L]) -> L:
    """The page of a list, shown as wide as a small screen has room for."""
    page = kind(Shell(office, inline_tasks=True))
    qtbot.addWidget(page)
    page.resize(1182, 690)
    page.refresh()
    page.show()
    return page


def number_beside(page: Page) -> str:
    """The quiet number of a page in the side bar."""
    return ENTRIES[page.key].number(page.shell.office)


def accessible_name(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    if isinstance(widget, QComboBox):
        # Qt gives a combo box its text as its name; only a name of its own or a buddy counts.
        return widget.accessibleName() or _buddy_text(widget)
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def nameless(root: QWidget) -> list[str]:
    """The widgets to be seen below `root` that take the focus and have no name."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or _is_inner(widget):
            continue
        if not widget.isVisibleTo(root):
            continue
        if not accessible_name(widget).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}".strip())
    return found


def assert_accessible(root: QWidget) -> None:
    """Every widget that takes the focus says what it is."""
    found = nameless(root)
    assert not found, found


def type_text(widget: QWidget, text: str) -> None:
    """Type any letters; `qtbot.keyClicks` aborts on those beyond ASCII."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def cut_labels(root: QWidget) -> list[str]:
    """The texts of labels that are shown narrower or lower than they need."""
    found = []
    for label in root.findChildren(QLabel):
        if not label.isVisibleTo(root) or not label.text():
            continue
        if label.text() in label.toolTip():
            continue  # cut, and whole in its tooltip
        need = label.sizeHint()
        if label.wordWrap():
            if label.height() < label.heightForWidth(label.width()) - 1:
                found.append(label.text())
        elif label.width() < need.width() - 1:
            found.append(label.text())
    return found


def _is_inner(widget: QWidget) -> bool:
    if widget.objectName() in _INNER:
        return True
    # The field and the lists inside a combo box take their name from it.
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox):
            return True
        above = above.parentWidget()
    return False


def _buddy_text(widget: QWidget) -> str:
    window = widget.window()
    return next((x.text() for x in window.findChildren(QLabel) if x.buddy() is widget), "")


def settle(window: MainWindow) -> None:
    """Wait until a server was asked after this was called; a file is asked while one looks."""
    line = window.watching._line
    answers: list[object] = []
    if line is not None:
        line._told.connect(answers.append)
        until = time.monotonic() + 30
        while len(answers) < 2 and time.monotonic() < until:  # the first may have been under way
            line._pulse.ask()
            QApplication.processEvents()
        line._told.disconnect(answers.append)
