# SPDX-License-Identifier: Apache-2.0
"""What the system is told of the program's windows: whose they are, and which may come forward.

    tell()                  on Windows: that all of them are one thing, as its link in the menu
    session() -> str        before whose eyes windows of this process are
    let_come_forward()      lets another process's window take the front from this one
    Ending().code           on Windows: that the process ends at once when it is done, and how

The installer gives the link the same name. Elsewhere the name of the desktop file does this.
"""

import atexit
import logging
import os
import sys
from contextlib import suppress

IDENTITY = "ImpPlus.Desktop"
_ANYBODY = 0xFFFFFFFF
_SCREENS = ("WAYLAND_DISPLAY", "DISPLAY")


def tell() -> None:
    """Give this process its name in the task bar; before its first window. Windows only."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID(
                ctypes.c_wchar_p(IDENTITY)
            )


def session() -> str:
    """What tells apart those who share a computer, and a person's sessions, such as one from
    afar."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.c_uint32()
        ctypes.WinDLL("kernel32").ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return f"{os.environ.get('USERNAME', '')} {number.value}"
    return " ".join([str(os.getuid()), *(os.environ.get(name, "") for name in _SCREENS)])


def let_come_forward() -> None:
    """Windows lets only the program in front hand that place on, and one just begun is."""
    if sys.platform == "win32":
        import ctypes

        ctypes.WinDLL("user32").AllowSetForegroundWindow(_ANYBODY)


class Ending:
    """Ends a process with a window on Windows, after its threads and all that Python does then.

    Windows would let each library look after its own end. One of Qt's then reads what has gone
    before it, once in forty times, and a person is told that a program failed which was done.
    """

    def __init__(self) -> None:
        self.code = 0
        atexit.register(self._end)  # what is registered first is done last

    def _end(self) -> None:
        if sys.platform == "win32":
            import ctypes

            logging.shutdown()
            kernel = ctypes.WinDLL("kernel32")
            kernel.GetCurrentProcess.restype = ctypes.c_void_p
            kernel.TerminateProcess.argtypes = (ctypes.c_void_p, ctypes.c_uint)
            kernel.TerminateProcess(kernel.GetCurrentProcess(), self.code)
