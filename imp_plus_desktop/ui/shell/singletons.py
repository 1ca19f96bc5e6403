# SPDX-License-Identifier: Apache-2.0
"""Keeps None, True and False alive under a binding that gives their references away.

PySide6 6.12 returns None from every call without a result, and True from every `emit`, without
taking a reference. Before Python 3.12, where these objects became immortal, a window loses one
reference a call until the interpreter aborts with `none_dealloc` or `bool_dealloc`: within
minutes of use. Called once by whatever makes a QApplication. Must not do anything else.
"""

import ctypes
import sys

# Far from overflow, and more than any window gives away: a thousand a second for a century.
_SPARE = sys.maxsize // 4


def keep_singletons() -> None:
    """Give None, True and False more references than can ever be lost; once a process."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for value in (None, True, False):
        if sys.getrefcount(value) < _SPARE:
            # The reference count is the first field of every CPython object.
            ctypes.c_ssize_t.from_address(id(value)).value += _SPARE
