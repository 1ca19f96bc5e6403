# SPDX-License-Identifier: Apache-2.0
"""What a gesture in the window takes of its own thread until it is painted, in milliseconds.

    gestures(path)     a walk through the list of people, another language, another theme, all
                       rows chosen, an order and a filter, each with every page opened before

Time of the thread and not of the clock: what other work the machine has is not in it.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import thread_time
from typing import Any

from benchmarks.acts import TODAY

Figures = dict[str, float]
_TIMES = 12
_RESTS_MS = 250
"""After this time a choice rests, and what it leads to has been shown."""


def gestures(path: str) -> Figures:
    """The median of each gesture."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from imp_plus_desktop import i18n
    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.services.people import people
    from imp_plus_desktop.ui.look import theme
    from imp_plus_desktop.ui.shell.singletons import keep_singletons

    app = QApplication([])
    keep_singletons()
    theme.apply(app, "light")
    i18n.use("fr")
    window = shown_window(path)
    page = window.open_page("people")
    table, office = page.table, window.shell.office
    table.setFocus()
    QTest.qWait(_RESTS_MS)

    def key(which: Qt.Key, *with_: Qt.KeyboardModifier) -> Callable[[int], object]:
        return lambda _turn: QTest.keyClick(table, which, *with_)

    def language(turn: int) -> None:
        window.set_language("fr" if turn % 2 else "en", keep=False)

    def dress(turn: int) -> None:
        window.set_theme("light" if turn % 2 else "dark", keep=False)

    told = {
        "next person, one step": _taken(key(Qt.Key.Key_Down)),
        "next person, key held down": _taken(key(Qt.Key.Key_Down), rests=0),
        "another language": _taken(language, 4),
        "another theme": _taken(dress, 4),
        "all chosen": _taken(key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), 1),
    }
    table.select_first()
    told["order asked"] = _taken(lambda turn: people.ids(office, PeopleFilter(), "reference"), 5)
    told["order shown"] = _taken(lambda turn: page.model.sort(1), 5)
    window.close()
    office.close()
    return {**told, "seconds": sum(told.values()) / 1000}


def shown_window(path: str, pages: Sequence[str] | None = None) -> Any:
    """A window that has shown these of its pages (default: each)."""
    from PySide6.QtTest import QTest

    from imp_plus_desktop.bootstrap import open_office
    from imp_plus_desktop.services.office import summary
    from imp_plus_desktop.ui.window.main_window import MainWindow

    office = open_office(Path(path), today=TODAY)
    summary.refresh(office)
    window = MainWindow(office)
    window.watching.stop()
    window.resize(1366, 768)
    window.show()
    for name in pages or window.page_keys():
        window.open_page(name)
        QTest.qWait(50)
    return window


def _taken(do: Callable[[int], object], times: int = _TIMES, rests: int = _RESTS_MS) -> float:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    taken = []
    for turn in range(times):
        started = thread_time()
        do(turn)
        QApplication.processEvents()
        taken.append((thread_time() - started) * 1000)
        if rests:
            QTest.qWait(rests)
    QTest.qWait(_RESTS_MS)
    return statistics.median(taken)
