# SPDX-License-Identifier: Apache-2.0
"""Somebody at the window: presses keys or clicks, reads what is shown, waits for what comes.

    clerk = Clerk()
    clerk.work(day(clerk))       a generator of steps, begun when the event loop runs
    run_window([...])            the real program, until its window is closed
    clerk.finish()               raises what went wrong, if anything did

A step is a thing to do (a callable), or `Until`, what must come before the day goes on. What is
done may open a dialog that waits for its answer: the day goes on inside it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from tests.ui.helpers import type_text

_TICK = 15
"""Milliseconds between two looks at what is shown."""
_PATIENCE = 20.0
"""Seconds for what must come, on a busy machine."""


@dataclass(frozen=True)
class Until:
    """What must come before the day goes on."""

    is_there: Callable[[], bool]
    what: str


Step = Callable[[], object] | Until
Steps = Iterator[Step]


class Clerk(QObject):
    """Goes through a day, step by step, whatever dialogs open on the way."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: Steps = iter(())
        self._step: Step | None = None
        self._awaited: Until | None = None
        self._since = self._keyless_since = 0.0
        self._is_done = self._is_over = True
        self._doing = False
        self._wrong: BaseException | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._look)

    def work(self, steps: Steps) -> None:
        """Begin a day."""
        self._steps, self._wrong = steps, None
        self._is_done = self._is_over = False
        self._keyless_since = 0.0
        self._timer.start()

    def finish(self) -> None:
        """The day is over: raise what went wrong, and what was not come to."""
        self._timer.stop()
        self._is_over = True
        # The last window that is closed asks the program to end. Asked once it has, no loop of
        # events would run any more, and the tests that come after wait in vain.
        QApplication.removePostedEvents(QApplication.instance(), QEvent.Type.Quit)
        if self._wrong is not None:
            raise self._wrong
        over = self._is_done or (self._awaited is None and next(self._steps, None) is None)
        assert over, f"the window was closed before the day was over: {self._step}"

    def _look(self) -> None:
        if self._doing:
            return
        if self._wrong is not None:
            QTimer.singleShot(0, self, self._close_all)  # what was closed may have asked something
            return
        try:
            if self._has_keys():
                self._go_on()
        except BaseException as error:
            self._give_up(error)

    def _has_keys(self) -> bool:
        """Whether a window has the keys: offscreen nobody gives them back after a dialog. An open
        menu takes them, and no window can have them before it is closed."""
        if QApplication.activeWindow() is not None or QApplication.activePopupWidget() is not None:
            self._keyless_since = 0.0
            return True
        now = time.monotonic()
        self._keyless_since = self._keyless_since or now
        assert now - self._keyless_since < _PATIENCE, f"no window has the keys: {said()}"
        front().activateWindow()
        return False

    def _go_on(self) -> None:
        if self._awaited is not None:
            if not self._awaited.is_there():
                late = time.monotonic() - self._since > _PATIENCE
                assert not late, f"never came: {self._awaited.what}; shown: {said()}"
                return
            self._awaited = None
        try:
            step = self._step = next(self._steps)
        except StopIteration:
            self._is_done = True
            step = Until(lambda: False, "the end of the program")
        if isinstance(step, Until):
            self._awaited, self._since = step, time.monotonic()
            return
        self._doing = True
        # From the event loop itself, so that the day goes on inside a dialog that this opens.
        QTimer.singleShot(0, self, lambda: self._do(step))

    def _do(self, step: Callable[[], object]) -> None:
        self._doing = False
        try:
            step()
        except BaseException as error:
            self._give_up(error)

    def _give_up(self, error: BaseException) -> None:
        """Have everything closed, so that the program ends and the test can say what was wrong."""
        self._wrong = self._wrong or error

    def _close_all(self) -> None:
        """Close what is open; again and again until the program has ended, since a window that is
        closed may ask a question that nobody answers."""
        if self._is_over:
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for window in QApplication.topLevelWidgets():
            window.close()
        QApplication.exit(1)


def here() -> QWidget:
    """Where the keys go."""
    window = front()
    # Offscreen no window is the active one for a moment after a dialog has closed.
    inside = QApplication.focusWidget() or window.focusWidget() or window
    popup = QApplication.activePopupWidget()
    return inside if popup is None else popup.focusWidget() or popup


def front() -> QWidget:
    """The dialog in front, else the window."""
    found = QApplication.activeModalWidget() or QApplication.activeWindow()
    windows = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
    return found or next((w for w in windows if w.isVisible()), QWidget())


def press(keys: str) -> Steps:
    """Press one key or several after each other: `press("Ctrl+I")`, `press("Down Down Return")`."""
    for key in keys.split():
        yield lambda key=key: _press(key)


def _press(key: str) -> None:
    combination = QKeySequence(key)[0]
    QTest.keyClick(here(), combination.key(), combination.keyboardModifiers())


def write(text: str, *, over: bool = True) -> Steps:
    """Type a text where the keys are, over what stands there."""

    def typed() -> None:
        field = here()
        assert isinstance(field, QLineEdit | QPlainTextEdit) or field.inherits("QComboBox"), field
        if over and hasattr(field, "selectAll"):
            field.selectAll()
        type_text(field, text)

    yield typed


def until(is_there: Callable[[], bool], what: str) -> Steps:
    """Wait for something."""
    yield Until(is_there, what)


def reads(*words: str) -> Steps:
    """Wait until these words are shown in the window in front."""
    for word in words:
        yield Until(lambda word=word: word in said(), f"“{word}”")


def titled(title: str) -> Steps:
    """Wait for a dialog of this title."""
    yield Until(lambda: front().windowTitle() == title and here().isVisible(), f"dialog “{title}”")


def name_of(widget: QWidget) -> str:
    """What something is called."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text.replace("&", "")


class Hand(Protocol):
    """How somebody works: by keys or by mouse."""

    def field(self, name: str) -> Steps:
        """Go into the field of this name."""

    def choose(self, name: str, letter: str) -> Steps:
        """Choose in the box of this name what begins with a letter."""

    def push(self, name: str) -> Steps:
        """Press the button of this name, once it can be pressed."""

    def push_accent(self) -> Steps:
        """Press the button that does what the dialog in front is for."""

    def menu(self, *path: str) -> Steps:
        """Go through the menus, by each entry as it is written."""

    def command(self, keys: str, *path: str) -> Steps:
        """Do what has keys and stands in a menu."""

    def open_found(self, words: str) -> Steps:
        """Open what the box that finds anything has found."""

    def quit(self) -> Steps:
        """Close the window."""


class Keys:
    """Works by keys alone."""

    def field(self, name: str) -> Steps:
        yield from _tab_to(lambda: name_of(here()) == name, name)

    def choose(self, name: str, letter: str) -> Steps:
        yield from self.field(name)
        yield from press(letter)

    def push(self, name: str) -> Steps:
        yield Until(lambda: _button(name) is not None, f"button “{name}”")
        yield from _tab_to(lambda: name_of(here()) == name, name)
        yield from press("Return")

    def push_accent(self) -> Steps:
        yield from _tab_to(lambda: here().property("role") == "accent", "the button that stores")
        yield from press("Return")

    def menu(self, *path: str) -> Steps:
        for step, (_menu, entry) in enumerate(_entries(path)):
            letter = entry.text()[entry.text().index("&") + 1]
            yield from press(f"Alt+{letter}" if step == 0 else letter)
            yield Until(lambda entry=entry: _is_open(entry), entry.text())

    def command(self, keys: str, *path: str) -> Steps:
        yield from press(keys)

    def open_found(self, words: str) -> Steps:
        yield Until(lambda: _found(words) is not None, words)
        yield from press("Return")

    def quit(self) -> Steps:
        yield from press("Ctrl+Q")


class Mouse:
    """Works by mouse where a mouse can: text is typed all the same."""

    def field(self, name: str) -> Steps:
        yield Until(lambda: _field(name) is not None, f"field “{name}”")
        yield lambda: _click(_field(name))

    def choose(self, name: str, letter: str) -> Steps:
        yield from self.field(name)
        yield Until(lambda: QApplication.activePopupWidget() is not None, f"the choice “{name}”")
        yield from press(f"{letter} Return")

    def push(self, name: str) -> Steps:
        yield Until(lambda: _button(name) is not None, f"button “{name}”")
        yield lambda: _click(_button(name))

    def push_accent(self) -> Steps:
        yield Until(lambda: _accent() is not None, "the button that stores")
        yield lambda: _click(_accent())

    def menu(self, *path: str) -> Steps:
        for menu, entry in _entries(path):
            yield lambda menu=menu, entry=entry: _click(menu, menu.actionGeometry(entry).center())
            yield Until(lambda entry=entry: _is_open(entry), entry.text())

    def command(self, keys: str, *path: str) -> Steps:
        yield from self.menu(*path)

    def open_found(self, words: str) -> Steps:
        yield Until(lambda: _found(words) is not None, words)
        yield lambda: _click(*_found(words))

    def quit(self) -> Steps:
        yield lambda: front().close()


def _tab_to(is_there: Callable[[], bool], what: str) -> Steps:
    """Press Tab until the keys are there."""
    gone: list[str] = []
    while not is_there():
        gone.append(name_of(here()))
        assert len(gone) < 90, f"Tab never came to “{what}”; it went to {gone}"
        yield from press("Tab")


def _entries(path: Sequence[str]) -> Iterator[tuple[QMenuBar | QMenu, QAction]]:
    """Each entry of a way through the menus, with what it stands in."""
    window = front()
    assert isinstance(window, QMainWindow)
    menu: QMenuBar | QMenu = window.menuBar()
    for words in path:
        found = [action for action in menu.actions() if action.text() == words]
        assert found, (words, [action.text() for action in menu.actions()])
        yield menu, found[0]
        inner = found[0].menu()
        menu = inner if isinstance(inner, QMenu) else menu


def _is_open(entry: QAction) -> bool:
    """Whether the menu of an entry is open; of one without, there is nothing to wait for."""
    menu = entry.menu()
    return menu.isVisible() if isinstance(menu, QMenu) else True


def _click(widget: QWidget, at: QPoint | None = None) -> None:
    left, plain_click = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(widget, left, plain_click, at or widget.rect().center())


def _button(name: str) -> QAbstractButton | None:
    buttons = front().findChildren(QAbstractButton)
    return next((b for b in buttons if name_of(b) == name and _can_be_pressed(b)), None)


def _accent() -> QAbstractButton | None:
    buttons = front().findChildren(QAbstractButton)
    found = (b for b in buttons if b.property("role") == "accent" and _can_be_pressed(b))
    return next(found, None)


def _can_be_pressed(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


def _field(name: str) -> QWidget | None:
    inside = front().findChildren(QWidget)
    return next((w for w in inside if w.accessibleName() == name and w.isVisible()), None)


def _found(words: str) -> tuple[QWidget, QPoint] | None:
    """Where in a list that is shown a row with these words stands."""
    for view in front().findChildren(QListView):
        model = view.model()
        for row in range(model.rowCount(QModelIndex())) if view.isVisible() else ():
            index = model.index(row, 0)
            if words.casefold() in str(index.data()).casefold():
                return view.viewport(), view.visualRect(index).center()
    return None


def said(root: QWidget | None = None) -> str:
    """What a window says: its labels, buttons, fields and the rows in view."""
    window = root or front()
    found = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text().replace("&", ""))
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QTableView):
            found += [" · ".join(titles(widget)), *rows(widget)]
    return "\n".join(found)


def titles(view: QTableView) -> list[str]:
    """The titles of the columns in view."""
    across, model = Qt.Orientation.Horizontal, view.model()
    shown = (c for c in range(model.columnCount()) if not view.isColumnHidden(c))
    return [str(model.headerData(column, across) or "") for column in shown]


def rows(view: QAbstractItemView, most: int = 12) -> list[str]:
    """The rows of a table as they are shown."""
    model = view.model()
    head = view.horizontalHeader() if isinstance(view, QTableView) else None
    columns = range(model.columnCount()) if head is not None else (0,)
    shown = [c for c in columns if head is None or not head.isSectionHidden(c)]
    return [
        " · ".join(str(model.index(row, column).data() or "") for column in shown)
        for row in range(min(model.rowCount(), most))
    ]
