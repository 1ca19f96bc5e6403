# SPDX-License-Identifier: Apache-2.0
"""The interpreter's own constants outlive a long day of window work."""

import subprocess
import sys

PROGRAM = """
from imp_plus_desktop.ui.shell.singletons import keep_singletons
keep_singletons()
from PySide6.QtCore import QObject, Signal
class Speaker(QObject):
    said = Signal()
speaker = Speaker()
for _ in range(100_000):
    speaker.said.emit()
    speaker.setObjectName("x")
print("alive")
"""


def test_a_hundred_thousand_calls_of_qt_do_not_end_the_interpreter() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.stdout == "alive\n"
    assert done.returncode == 0
