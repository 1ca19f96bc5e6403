# SPDX-License-Identifier: Apache-2.0
"""Tells when the session of Windows is locked, or the user switched (WM_WTSSESSION_CHANGE)."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, cast

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

_CHANGE, _LEFT = 0x02B1, (0x2, 0x4, 0x7)
"""The message, and the reasons that mean that nobody sits here: disconnected from the console, from
a remote desktop, locked (winuser.h, wtsapi32.h)."""


def is_left(message: int) -> bool:
    """Whether a native message (its address) tells that the session was left."""
    told = wintypes.MSG.from_address(message)
    return told.message == _CHANGE and told.wParam in _LEFT


class WindowsSession(QObject):
    """Calls `left` whenever the session is locked, while the window is there."""

    def __init__(self, window: QWidget, left: Callable[[], None]) -> None:
        super().__init__(window)
        self._filter = _Filter(left)
        app = QCoreApplication.instance()
        assert app is not None
        app.installNativeEventFilter(self._filter)
        library = cast(Any, ctypes).windll.wtsapi32
        library.WTSRegisterSessionNotification(wintypes.HWND(int(window.winId())), 0)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left

    def nativeEventFilter(self, kind: Any, message: int) -> tuple[bool, int]:
        if bytes(kind) == b"windows_generic_MSG" and is_left(int(message)):
            self._left()
        return False, 0
