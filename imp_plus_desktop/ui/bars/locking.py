# SPDX-License-Identifier: Apache-2.0
"""Locks the window: hides what it shows, forgets the key, and asks for the passphrase again, or for
the password of its user on a server.

    Locking(shell, window)
        watch()       begins to lock after so many idle minutes as the settings say, or stops
        lock()        at once; nothing on a register that nothing opens
        is_locked

Windows stay open under their covers, so that nothing that was typed is lost, and no dialog ends.
The key goes once no long work needs it; Python cannot promise that no copy is left in memory.
"""

from __future__ import annotations

import sys
import time
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.ui.dialogs.secrecy.locked import LockedDialog
from imp_plus_desktop.ui.shell.shell import Shell

_LOOK_MS = 5_000
_SLEPT = 60.0
"""Seconds without a look: the computer was asleep, or its lid closed."""
_DRAFTS_MS = 3_000
"""What is written in a long field is kept two seconds after it was typed: until then, the key."""
_USED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class Cover(QWidget):
    """Lies over all of a window; the window's title, which may hold a name, goes with it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAutoFillBackground(True)
        self._window, self._title = window, window.windowTitle()
        window.setWindowTitle("IMP+ Desktop")
        window.installEventFilter(self)
        self._lie_over()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._lie_over()
        return False

    def lift(self) -> None:
        """Show the window again."""
        self._window.removeEventFilter(self)
        self._window.setWindowTitle(self._title)
        self.hide()
        self.deleteLater()

    def _lie_over(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()


class Locking(QObject):
    """Locks all windows of the program."""

    def __init__(self, shell: Shell, window: QMainWindow) -> None:
        super().__init__(window)
        self._shell, self._main = shell, window
        self._covers: dict[QWidget, Cover] = {}
        self._dialog: LockedDialog | None = None
        self._active: QWidget | None = None
        self._used = self._looked = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._session: QObject | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the windows are covered."""
        return self._dialog is not None

    def watch(self) -> None:
        """Look from now on whether anybody is there; not on a register that nothing opens, nor
        where the settings say never."""
        wanted = self._shell.office.is_lockable and self._shell.settings.lock_after > 0
        if wanted == self._timer.isActive():
            return
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        if not wanted:
            self._timer.stop()
            app.focusWindowChanged.disconnect(self._on_focus_window_changed)
            return
        self._used = self._looked = time.time()
        app.focusWindowChanged.connect(self._on_focus_window_changed)
        self._on_focus_window_changed(app.focusWindow())
        self._timer.start()
        if sys.platform == "win32" and self._session is None:
            from imp_plus_desktop.ui.bars.windows_session import WindowsSession

            self._session = WindowsSession(self._main, self.lock)

    def look(self) -> None:
        """Lock where nobody has used the window for as long as the settings say, or where the
        computer slept."""
        now = time.time()
        slept, self._looked = now - self._looked > _SLEPT, now
        idle = now - self._used >= 60 * self._shell.settings.lock_after
        if (slept or idle) and not self.is_locked:
            self.lock()

    def lock(self) -> None:
        """Cover every window and ask for what opens the register."""
        if self.is_locked or not self._shell.office.is_lockable:
            return
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._active = QApplication.activeWindow()
        office = self._shell.office
        self._dialog = LockedDialog(
            office.name, self._unlock, self._main, on_server=office.server is not None
        )
        self._dialog.accepted.connect(self._lift)
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        app.installEventFilter(self)
        self._shell.aside.close()
        self._dialog.show()
        QTimer.singleShot(_DRAFTS_MS, self, self._forget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWindow):
            if event.type() in _USED:
                self._used = time.time()
        elif event.type() == QEvent.Type.Show and self.is_locked:
            # What opens meanwhile opens covered, and below the question.
            opens = isinstance(watched, QWidget) and watched.isWindow()
            if opens and self._cover(cast(QWidget, watched)):
                QTimer.singleShot(0, self, self._to_front)
        return False

    def _cover(self, window: QWidget) -> bool:
        dialog = self._dialog
        if window is dialog or (dialog is not None and dialog.isAncestorOf(window)):
            return False
        if window in self._covers:
            return False
        self._covers[window] = Cover(window)
        window.destroyed.connect(lambda: self._covers.pop(window, None))
        return True

    def _to_front(self) -> None:
        """Show the question anew: of two that wait for an answer the later one has the keys."""
        if self._dialog is not None:
            self._dialog.hide()
            self._dialog.show()

    def _forget(self) -> None:
        if not self.is_locked or self._shell.office.register.is_asleep:
            return
        if self._shell.tasks.is_busy():
            QTimer.singleShot(_DRAFTS_MS, self, self._forget)
        else:
            self._shell.past_over.emit()
            self._shell.office.register.sleep()

    def _unlock(self, typed: str) -> None:
        """Errors: AppError, while what was typed does not open the register."""
        from imp_plus_desktop.services.secrecy import passphrases

        passphrases.unlock(self._shell.office, typed)

    def _lift(self) -> None:
        app, dialog = QApplication.instance(), self._dialog
        assert app is not None
        app.removeEventFilter(self)
        self._dialog = None
        if dialog is not None:
            dialog.deleteLater()
        covers, self._covers = self._covers, {}
        for cover in covers.values():
            cover.lift()
        self._used = self._looked = time.time()
        if self._active is not None:
            self._active.activateWindow()
        try:
            self._shell.changed()
        except AppError as error:
            self._shell.reporter.report(error)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        """Hear the keys and the mouse of each window that is used; one that goes is heard no more.
        Everything that happens in the program would be far more to hear."""
        self._used = time.time()
        if window is not None:
            window.installEventFilter(self)
