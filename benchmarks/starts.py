# SPDX-License-Identifier: Apache-2.0
"""Whole processes, from the system's call to their end: what a start takes of the processor.

A process that is measured here is another one than that which measures: what a start costs is
above all what it loads. What is loaded is compiled once before it is measured.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import ROOT

DAY = "2024-11-20"
ENDING = ".exe" if sys.platform == "win32" else ""
BUILT = ROOT / "dist" / "imp-plus-desktop"
"""What `dev.py build` makes: the programs of this folder are those that offices start."""
CAN_WAIT = Path("/proc/self/stat").exists()
"""Whether the system tells what a process that runs has used of the processor."""
_RESTS, _LOOK, _PATIENCE = 1.5, 0.1, 60.0
"""Seconds without work after which a window is held to rest, between looks, and at most."""
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
    return _seconds([sys.executable, "-c", code, *map(str, arguments)], home)


def first_window(home: Path, register: Path, page: str = "") -> float:
    """The same of the window until its first page is painted, which is that on which somebody has
    closed it."""
    settings = {"layouts": {"page": page}} if page else {}
    (home / "settings.json").write_text(json.dumps(settings), "utf-8")
    return program(WINDOW, home, "--register", register, "--today", DAY)


def command(home: Path, *arguments: object) -> float:
    """The same of a command line."""
    return _seconds([*_UNBUILT, *map(str, arguments)], home)


def built_command(home: Path, *arguments: object) -> float:
    """The same of a command line of the built program."""
    return _seconds([str(BUILT / f"imp-plus{ENDING}"), *map(str, arguments)], home)


def window(home: Path, *arguments: object) -> float:
    """Seconds of the processor that a window takes from its start until it rests: painted, and
    what it loads afterwards loaded. Only where the system tells, `CAN_WAIT`."""
    return _until_it_rests([*_UNBUILT, *map(str, arguments)], home)


def built_window(home: Path, *arguments: object) -> float:
    """The same of the built program."""
    return _until_it_rests([str(BUILT / f"imp-plus-desktop{ENDING}"), *map(str, arguments)], home)


_UNBUILT = (sys.executable, "-m", "imp_plus_desktop")


def _seconds(command_line: Sequence[str], home: Path) -> float:
    before = _children()
    subprocess.run(
        command_line, env=_environment(home), stdout=subprocess.DEVNULL, check=True, cwd=home
    )
    return _children() - before


def _until_it_rests(command_line: Sequence[str], home: Path) -> float:
    before = _children()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen(command_line, env=_environment(home), cwd=home, **quiet)
    used, rested, began = 0, 0.0, time.monotonic()
    while rested < _RESTS and time.monotonic() - began < _PATIENCE:
        time.sleep(_LOOK)
        now = _ticks(running.pid)
        rested = rested + _LOOK if now == used > 0 else 0.0
        used = now
    running.send_signal(signal.SIGKILL)  # what closing takes is not of the start
    running.wait()
    return _children() - before


def _ticks(process: int) -> int:
    """What a process has used of the processor until now, in the system's unit."""
    told = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(told[11]) + int(told[12])


def _environment(home: Path) -> dict[str, str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "IMP_PLUS_HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),  # as installed: nothing is compiled
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _children() -> float:
    """Seconds of the processor that children have had. A start is as long as a tick of the clock
    that is read everywhere: where the system tells it finer, that counts."""
    if sys.platform == "win32":
        times = os.times()
        return times.children_user + times.children_system
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
