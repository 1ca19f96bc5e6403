# SPDX-License-Identifier: Apache-2.0
"""Tells Windows' task bar that all windows of the program are one thing, as its link in the menu.

The installer gives the link the same name. Elsewhere the name of the desktop file does this.
"""

import sys
from contextlib import suppress

IDENTITY = "ImpPlus.Desktop"


def tell() -> None:
    """Give this process its name in the task bar; before its first window. Windows only."""
    if sys.platform == "win32":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID(
                ctypes.c_wchar_p(IDENTITY)
            )
