# SPDX-License-Identifier: Apache-2.0
"""The child process that lays letters out where there is no window: a line of JSON for each comes
by standard input, its PDF goes to standard output in Base64. Its parent is
`services/correspondence/letter_pdfs.py`."""

from __future__ import annotations

import base64

from PySide6.QtGui import QGuiApplication

from imp_plus_desktop.services.correspondence.letter_pdfs import asked
from imp_plus_desktop.ui.paper import letter_pages
from imp_plus_desktop.ui.shell.singletons import keep_singletons


def main() -> int:
    """Answer each line until there is none."""
    keep_singletons()
    application = QGuiApplication(["imp-plus"])
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        for line in given:
            made = letter_pages.pdf(*asked(line))
            out.write(base64.b64encode(made) + b"\n")
            out.flush()
    del application
    return 0
