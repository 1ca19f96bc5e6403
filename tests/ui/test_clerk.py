# SPDX-License-Identifier: Apache-2.0
"""The clerk who goes through a day goes on, or says what never came: no day waits for ever."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui import clerk
from tests.ui.clerk import Clerk, Mouse, Steps, titled, until


class Asking(QMainWindow):
    """A window that asks a question when it is closed."""

    asked = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.asked:
            self.asked += 1
            QMessageBox(self).exec()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Asking]:
    made = Asking()
    qtbot.addWidget(made)
    made.asked = 1
    menu = made.menuBar().addMenu("&File")
    menu.addAction("&Save").triggered.connect(lambda: made.setWindowTitle("Saved"))
    made.show()
    yield made
    made.asked = 1


@pytest.fixture(autouse=True)
def loops_run_on(qapp: QApplication) -> Iterator[None]:
    """What comes after such a day can wait as ever."""
    yield
    qapp.processEvents()  # what the day has asked for may be on its way still
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    assert loop.exec() == 0


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clerk, "_PATIENCE", 0.3)


def worked(steps: Steps) -> None:
    made = Clerk()
    made.work(steps)
    QApplication.exec()
    made.finish()


@pytest.mark.filterwarnings("ignore:.*setActiveWindow:DeprecationWarning")
def test_a_menu_is_gone_through_where_no_window_has_the_keys(qtbot: QtBot, window: Asking) -> None:
    (entry,) = window.menuBar().actions()
    menu = entry.menu()
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    menu.popup(window.mapToGlobal(window.rect().center()))
    QApplication.setActiveWindow(None)  # as after a dialog: offscreen nobody gives it back
    assert QApplication.activeWindow() is None
    worked(chain(Mouse().menu("&File", "&Save"), titled("Saved"), iter([QApplication.quit])))


@pytest.mark.usefixtures("hurried")
def test_what_never_comes_is_told_whatever_a_window_asks_when_it_is_closed(window: Asking) -> None:
    window.asked = 0
    with pytest.raises(AssertionError, match="never came: news"):
        worked(until(lambda: False, "news"))
    assert window.asked == 1


@pytest.mark.usefixtures("hurried", "window")
def test_a_program_that_does_not_end_with_its_day_is_told(window: Asking) -> None:
    with pytest.raises(AssertionError, match="never came: the end of the program"):
        worked(iter(()))


@pytest.mark.usefixtures("hurried", "qapp")
def test_a_program_without_any_window_is_told() -> None:
    with pytest.raises(AssertionError, match="no window has the keys"):
        worked(until(lambda: True, "nothing"))
