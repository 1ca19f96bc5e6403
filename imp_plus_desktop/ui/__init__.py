# SPDX-License-Identifier: Apache-2.0
"""The window: the only package that knows Qt.

Must not hold a rule, run a query or open a workbook; it calls services.
"""

import ctypes
import sys

# PySide6 6.12 counts on None being immortal, as it is from Python 3.12 on. Before, each call of a
# Qt function without a result drops one reference to None, and after some thousand calls the
# interpreter aborts ("none_dealloc"). References that nobody holds keep None alive.
if sys.version_info < (3, 12):
    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 48
