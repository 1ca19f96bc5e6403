# SPDX-License-Identifier: Apache-2.0
"""What tests of the window share: one application dressed like the real one."""

from collections.abc import Iterator
from functools import partialmethod

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell.singletons import keep_singletons

keep_singletons()

_PATIENCE = 60_000
"""Milliseconds."""
_MANY = 20


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """The one application of the session, in the light theme."""
    theme.apply(qapp, "light")
    return qapp


class PatientBot(QtBot):
    """Waits for what must come until a busy machine brings it, not for five seconds.

    What comes is not waited for any longer; only a test that fails takes its time.
    """

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_PATIENCE)  # noqa: N815
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_PATIENCE)  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=_PATIENCE)  # noqa: N815
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_PATIENCE)  # noqa: N815


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's own, with more patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _nothing_left_on_the_screen(qapp: QApplication) -> Iterator[None]:
    """What a test has thrown away is gone before the next begins.

    A widget that is deleted later goes when an event loop has run, and few tests run one: without
    this a theme, a language or a style is given to a hundred windows that nobody looks at. Nor does
    a theme stay, of which the next test would wait for the change in vain.
    """
    yield
    if theme.current().name != "light":
        theme.apply(qapp, "light")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert _left_behind() == []


def _left_behind() -> list[str]:
    """What still waits for an answer, and the buttons held down; each is let go of here.

    Either would keep every later window from news, and answer another test's question: one test
    fails for it, and none of those that come after.
    """
    found: list[str] = []
    while waits := QApplication.activePopupWidget() or QApplication.activeModalWidget():
        said = waits.text() if isinstance(waits, QMessageBox) else waits.windowTitle()
        found.append(f"{type(waits).__name__}: {said}")
        waits.hide()
        if len(found) > _MANY:
            break  # one that shows itself again
    held = QApplication.mouseButtons()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        if held & button:
            found.append(button.name)
            hand = QWidget()
            QTest.mouseRelease(hand, button)
            hand.deleteLater()
    return found


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    """The dark theme for one test."""
    theme.apply(qapp, "dark")
    yield
    theme.apply(qapp, "light")
