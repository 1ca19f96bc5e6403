# SPDX-License-Identifier: Apache-2.0
"""A window to which nothing happens does nothing: no layout asks for itself again and again."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from new_registers import new_demo
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.ui.window.main_window import MainWindow

WATCHED, AT_MOST = 150, 20
"""Milliseconds in which a page has to be still, and how often it may be watched until it is."""
SIZES = ((1366, 768), (1093, 614))


class Counted(QObject):
    """The layouts that were asked for, by the kind of widget."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.found[type(watched).__name__] += 1
        return False


@pytest.fixture
def counted(qapp: QApplication) -> Iterator[Counted]:
    made = Counted()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.long
def test_every_page_comes_to_rest(qtbot: QtBot, counted: Counted, tmp_path: Path) -> None:
    path = new_demo(tmp_path)
    office = open_office(path, today=date(2026, 11, 20))
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    restless: list[tuple[str, tuple[int, int], str]] = []
    for size in SIZES:
        window.resize(*size)
        for key in window.page_keys():
            window.open_page(key)
            for _watch in range(AT_MOST):
                counted.found.clear()
                qtbot.wait(WATCHED)
                if not counted.found:
                    break
            restless += [(key, size, f"{who}: {n}") for who, n in counted.found.items()]
    office.close()
    assert not restless
