# SPDX-License-Identifier: Apache-2.0
"""Starting the window where there is nowhere to open one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n, paths
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell.errors import CrashDialog
from imp_plus_desktop.ui.window import app as starting
from imp_plus_desktop.ui.window.app import run_window
from imp_plus_desktop.ui.window.main_window import MainWindow

Start = Callable[[Callable[[], None]], int]
"""Opens the window and gives the exit code; what is handed over is called once it is loaded."""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_without_a_display_one_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run_window(["--lang", "en"]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert "display" in said[0]


def test_a_start_that_fails_says_so_in_words_and_without_a_value(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a windowed program on Windows shows a box of its own, with the error's text in it."""
    told: list[tuple[str, str]] = []

    def answered(dialog: CrashDialog) -> int:
        words = " ".join(one.text() for one in dialog.findChildren(QLabel))
        told.append((words, dialog.report()))
        return 0

    def broken(_office: object) -> None:
        raise ValueError("Nguyễn, Thị Ánh")

    monkeypatch.setattr(CrashDialog, "exec", answered)
    monkeypatch.setattr(starting, "QApplication", lambda _argv: qapp)
    monkeypatch.setattr(starting, "MainWindow", broken)
    before = i18n.current_language()
    try:
        register = str(tmp_path / "a.imp")
        assert run_window(["--lang", "en", "--register", register]) == 1
    finally:
        i18n.use(before)
    ((words, report),) = told
    assert "The window could not be opened; everything saved before is intact." in words
    assert "ValueError" in report
    assert "Nguyễn" not in report + words


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Opens the window on a new register, and leaves the application as it was."""
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    before, icon = i18n.current_language(), qapp.windowIcon()
    for other in qapp.topLevelWidgets():
        other.close()  # the last window that is closed ends the program
    arguments = ["--lang", "en", "--register", str(tmp_path / "a.imp")]
    yield lambda loaded: run_window(arguments, loaded)
    i18n.use(before)
    qapp.setWindowIcon(icon)
    theme.apply(qapp, "light")
    for left in qapp.topLevelWidgets():
        left.close()


def test_what_waits_for_the_window_asks_nothing_of_whoever_leaves_at_once(
    qtbot: QtBot, qapp: QApplication, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register is closed by then."""
    monkeypatch.setattr(starting, "_LOADED_MS", 1)
    asked: list[bool] = []
    QTimer.singleShot(0, qapp.quit)
    assert start(lambda: asked.append(True)) == 0
    qtbot.wait(100)
    assert not asked


@pytest.mark.parametrize("leave", ["close", "exit"])
def test_nothing_of_a_window_that_was_left_asks_its_register_later(
    qapp: QApplication, start: Start, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    """What looks every minute would find the register closed, and say so to nobody's question."""
    monkeypatch.setattr(starting, "_LOADED_MS", 100)
    monkeypatch.setattr(starting, "_SETTLED_MS", 1)

    def left() -> None:
        assert any(timer.isActive() for timer in timers(qapp)), "a window that is open looks"
        if leave == "exit":
            qapp.exit()
        else:
            # Of an earlier test there may be one that was closed already, and is not freed yet.
            tops = qapp.topLevelWidgets()
            next(t for t in tops if isinstance(t, MainWindow) and t.isVisible()).close()

    assert start(left) == 0
    assert [timer for timer in timers(qapp) if timer.isActive()] == []


def timers(qapp: QApplication) -> list[QTimer]:
    """All that waits in a window on a register."""
    windows = (top for top in qapp.topLevelWidgets() if isinstance(top, MainWindow))
    return [timer for window in windows for timer in window.findChildren(QTimer)]
