# SPDX-License-Identifier: Apache-2.0
"""One window a register: a second start brings the first one's window to the front.

    SoleWindow(folder, parent=None)
        enter(path) -> bool     the register is this process's now; False where a window of the same
                                person on this screen has it, which is in front then. The path of a
                                file, or its address on a server
        stay(path)              let go of all others; of all of them for None
        .has_fetched            whether another window came to the front in place of this one

A file that its process keeps locked says that a register is open; a file beside it asks that window
to come forward, and is gone once it has: no socket is needed. Their names tell nothing, and nothing
is written into them about anybody. Where a lock is left behind (a crash) or its window answers
nobody, and where no lock can be made, the register opens: several windows do it no harm.
"""

import hashlib
import os
import platform
import sys
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from imp_plus_desktop import private
from imp_plus_desktop.ui.shell import identity

_LOCK, _ASK = ".lock", ".ask"
_EVERY_MS = 250
_ANSWERS_WITHIN, _LOOK = 5.0, 0.05
"""Seconds that a window has to come forward, and between two looks."""


class SoleWindow(QObject):
    """What this process keeps for itself, and what it does when another start asks for it."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._locks: dict[Path, QLockFile] = {}
        self.has_fetched = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def enter(self, path: object) -> bool:
        """Take a register for this process's window, unless another one has it and came forward."""
        place = self._place(path)
        if place in self._locks:
            return True
        try:
            private.make_folder(self._folder)
        except OSError:
            return True
        self.has_fetched = not self._take(place) and self._fetch(place)
        return not self.has_fetched

    def stay(self, path: object | None) -> None:
        """Let go of every register but this one."""
        kept = None if path is None else self._place(path)
        for place in [place for place in self._locks if place != kept]:
            self._locks.pop(place).unlock()
        if not self._locks:
            self._timer.stop()

    def _place(self, path: object) -> Path:
        """Where the lock of a register is: a digest of whose it is, on which screen, and where."""
        named = _named(path) if isinstance(path, Path) else str(path)
        whose = (platform.node(), identity.session(), named)
        digest = hashlib.sha256("\0".join(whose).encode("utf-8", "surrogatepass"))
        return self._folder / digest.hexdigest()[:32]

    def _take(self, place: Path) -> bool:
        lock = QLockFile(str(place.with_suffix(_LOCK)))
        lock.setStaleLockTime(0)
        # Only a file that no process holds goes: a number of a process says little after a crash.
        lock.removeStaleLockFile()
        if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
            return False
        self._locks[place] = lock
        _drop(place.with_suffix(_ASK))
        self._timer.start()
        return True

    def _fetch(self, place: Path) -> bool:
        """Have the other window come forward; False where it does not, or has just gone."""
        ask = place.with_suffix(_ASK)
        identity.let_come_forward()
        try:
            private.create(ask)
        except FileExistsError:
            pass  # somebody asks already
        except OSError:
            return False
        given_up = time.monotonic() + _ANSWERS_WITHIN
        while time.monotonic() < given_up:
            if not ask.exists():
                return True
            if self._take(place):
                return False
            time.sleep(_LOOK)
        _drop(ask)
        return False

    def _look(self) -> None:
        for place in self._locks:
            ask = place.with_suffix(_ASK)
            if ask.exists():
                bring_forward()
                _drop(ask)


def bring_forward() -> None:
    """Put the program's window, or what it is asking, before all others."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    windows = [one for one in shown if isinstance(one, QMainWindow)]
    asking = QApplication.activeModalWidget()
    for one in (*(windows or shown[:1]), asking):
        if one is not None:
            one.setWindowState(one.windowState() & ~Qt.WindowState.WindowMinimized)
            one.raise_()
            one.activateWindow()


def _named(path: Path) -> str:
    named = unicodedata.normalize("NFC", os.path.normcase(os.path.realpath(path)))
    return named.casefold() if sys.platform == "darwin" else named


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
