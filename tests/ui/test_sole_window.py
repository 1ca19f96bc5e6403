# SPDX-License-Identifier: Apache-2.0
"""One window a register: real processes, of which a second one brings the first to the front."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Empty, Queue

import pytest
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.shell.sole_window import SoleWindow
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.new_registers import new_office

pytestmark = pytest.mark.mostly_long(
    "test_a_second_start_brings_the_first_window_to_the_front",
    "test_another_register_has_a_window_of_its_own",
    "test_a_register_open_in_another_window_is_brought_forward_and_not_opened_here",
    "test_what_was_left_for_another_register_is_free_again",
)

ROOT = Path(__file__).parents[2]
RUNNER = """
import sys, threading
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow
from imp_plus_desktop.__main__ import main
from imp_plus_desktop.ui.shell import sole_window

sole_window._ANSWERS_WITHIN = float(sys.argv.pop(1))
shown = False

class Seen(QObject):
    def eventFilter(self, watched, event):
        global shown
        if isinstance(watched, QMainWindow):
            if event.type() == QEvent.Type.Paint and not shown:
                shown = True
                watched.showMinimized()
                print("shown", flush=True)
            if event.type() == QEvent.Type.WindowStateChange and shown:
                state = watched.windowState()
                if event.oldState() & ~state & Qt.WindowState.WindowMinimized:
                    print("raised", flush=True)
                    QTimer.singleShot(0, watched.showMinimized)
        return False

class Waiting(QObject):
    nobody = Signal()

seen, waiting, run = Seen(), Waiting(), QApplication.exec
def run_watched(*_):
    QApplication.instance().installEventFilter(seen)
    waiting.nobody.connect(QApplication.quit, Qt.ConnectionType.QueuedConnection)
    ends = lambda: (sys.stdin.read(), waiting.nobody.emit())
    threading.Thread(target=ends, daemon=True).start()
    return run()
QApplication.exec = run_watched
sys.exit(main(sys.argv[1:]))
"""
PATIENCE = 60.0


class Started:
    """A start of the program in a process of its own; its window is put away once it is there."""

    def __init__(self, arguments: list[str], environment: Mapping[str, str], answer: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(answer), *arguments],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._said: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def says(self) -> str:
        """The next thing that happened to its window, or `ended with …`."""
        try:
            return self._said.get(timeout=PATIENCE)
        except Empty:
            return "nothing"

    def end(self) -> None:
        with self.process:
            self.process.kill()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line.strip())
        self._said.put(f"ended with {self.process.wait()}")


Start = Callable[..., Started]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the window of a register of this test."""
    running: list[Started] = []

    def started(register: Path, *more: str, screen: str = "", answer: float = PATIENCE) -> Started:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "IMP_PLUS_HOME": str(tmp_path / "home"),
            "QT_QPA_PLATFORM": "offscreen",
            "DISPLAY": screen,
        }
        arguments = ["--register", str(register), "--lang", "en", *more]
        running.append(Started(arguments, environment, answer))
        return running[-1]

    yield started
    for one in running:
        one.end()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return made(tmp_path, "Bureau de Lévis")


def made(folder: Path, name: str) -> Path:
    path = folder / f"{name}.imp"
    new_office(path).close()
    return path


def test_a_second_start_brings_the_first_window_to_the_front(start: Start, register: Path) -> None:
    first = start(register)
    assert first.says() == "shown"
    otherwise = register.parent / ".." / register.parent.name / register.name
    for named in (register, otherwise):
        assert start(named).says() == "ended with 0"
        assert first.says() == "raised"


def test_another_register_has_a_window_of_its_own(
    start: Start, register: Path, tmp_path: Path
) -> None:
    first = start(register)
    assert first.says() == "shown"
    assert start(made(tmp_path, "other")).says() == "shown"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows numbers its sessions itself")
def test_another_screen_of_the_same_person_has_a_window_of_its_own(
    start: Start, register: Path
) -> None:
    first = start(register, screen=":7001")
    assert first.says() == "shown"
    assert start(register, screen=":7002").says() == "shown"


def test_a_window_that_was_killed_stands_in_nobodys_way(start: Start, register: Path) -> None:
    first = start(register)
    assert first.says() == "shown"
    first.end()
    again = start(register)
    assert again.says() == "shown"
    assert start(register).says() == "ended with 0"
    assert again.says() == "raised"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal that stops a process")
def test_a_window_that_answers_nobody_stands_in_nobodys_way(start: Start, register: Path) -> None:
    import signal

    first = start(register)
    assert first.says() == "shown"
    first.process.send_signal(signal.SIGSTOP)
    assert start(register, answer=0.5).says() == "shown"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no open register")
def test_a_register_that_was_renamed_opens_under_its_new_name(start: Start, register: Path) -> None:
    first = start(register)
    assert first.says() == "shown"
    assert start(register.rename(register.with_name("renamed.imp"))).says() == "shown"


def test_the_files_that_say_so_tell_nothing_of_the_register(
    start: Start, register: Path, tmp_path: Path
) -> None:
    first = start(register)
    assert first.says() == "shown"
    found = list((tmp_path / "home" / "open").iterdir())
    assert [path.suffix for path in found] == [".lock"]
    assert all(letter in "0123456789abcdef" for letter in found[0].stem)
    if sys.platform != "win32":  # there nobody else may read it while it is held
        assert register.stem not in found[0].read_text()
    first.process.stdin.close()  # type: ignore[union-attr]
    assert first.says() == "ended with 0"
    assert not list((tmp_path / "home" / "open").iterdir())


class TestWithinTheWindow:
    @pytest.fixture
    def window(self, qtbot: QtBot, office: Office) -> MainWindow:
        window = MainWindow(office, inline_tasks=True)
        qtbot.addWidget(window)
        window.show()
        return window

    def sole(self, window: MainWindow, folder: Path) -> SoleWindow:
        window.shell.sole = SoleWindow(folder, window)
        assert window.shell.sole.enter(window.shell.office.place)
        return window.shell.sole

    def test_a_register_open_in_another_window_is_brought_forward_and_not_opened_here(
        self,
        window: MainWindow,
        start: Start,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("DISPLAY", "")
        self.sole(window, tmp_path / "home" / "open")
        path = made(tmp_path, "other")
        first = start(path)
        assert first.says() == "shown"
        here = window.shell.office.register_path
        window._commands.open_register(path)
        assert first.says() == "raised"
        assert window.shell.office.register_path == here
        assert window.status.text() == (
            "other.imp is already open in a window of its own, which is now in front."
        )

    def test_what_was_left_for_another_register_is_free_again(
        self, window: MainWindow, tmp_path: Path
    ) -> None:
        folder = tmp_path / "open"
        sole = self.sole(window, folder)
        former, other = window.shell.office.place, made(tmp_path, "other")
        window._commands.open_register(other)
        second = SoleWindow(folder)
        assert second.enter(former)
        second.stay(None)
        sole.stay(None)
        assert not list(folder.iterdir())

    def test_a_register_that_does_not_open_stays_free_and_this_one_taken(
        self, window: MainWindow, tmp_path: Path
    ) -> None:
        folder = tmp_path / "open"
        sole = self.sole(window, folder)
        broken = tmp_path / "broken.imp"
        broken.write_bytes(b"no register" * 1000)
        with pytest.raises(StorageError):
            window._commands.open_register(broken)
        assert len(list(folder.iterdir())) == 1
        sole.stay(None)


ENDING = """
import atexit, sys, threading
from imp_plus_desktop.ui.shell.identity import Ending

ending = Ending()
atexit.register(print, "swept", flush=True)
threading.Timer(0.2, print, ("waited for",), {"flush": True}).start()
ending.code = 3
sys.exit(3)
"""


def test_a_process_ends_with_its_code_after_all_else() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split("\n")[:2]) == (3, ["waited for", "swept"])
