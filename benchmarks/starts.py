# SPDX-License-Identifier: Apache-2.0
"""Whole processes, from the system's call to their end: what a start takes of the processor.

A process that is measured here is another one than that which measures: what a start costs is
above all what it loads. What is loaded is compiled once before it is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import ROOT

DAY = "2024-11-20"
PLAIN = (
    "import sys; from sqlcipher3 import dbapi2;"
    " dbapi2.connect(sys.argv[1]).execute('SELECT 1').fetchone()"
)
"""The interpreter with the driver, which opens a file: nothing that asks a register can do less."""
_PAINTED = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

painted, run = Painted(), QApplication.exec
def run_until_painted(*_):
    QApplication.instance().installEventFilter(painted)
    return run()
QApplication.exec = run_until_painted
"""
BARE = _PAINTED + "app, window = QApplication([]), QMainWindow(); window.show(); app.exec()"
"""A window of Qt with nothing in it, painted once."""
WINDOW = _PAINTED + "from imp_plus_desktop.__main__ import main; main(sys.argv[1:])"
"""The program's window until its first page is painted once."""


def program(code: str, home: Path, *arguments: object) -> float:
    """Seconds of the processor that a program of a few lines takes, start and end included."""
    return _seconds(["-c", code, *map(str, arguments)], home)


def command(home: Path, *arguments: object) -> float:
    """The same of a command line."""
    return _seconds(["-m", "imp_plus_desktop", *map(str, arguments)], home)


def _seconds(arguments: list[str], home: Path) -> float:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "IMP_PLUS_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),  # as installed: nothing is compiled
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = _children()
    subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        check=True,
        cwd=home,
    )
    return _children() - before


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system
