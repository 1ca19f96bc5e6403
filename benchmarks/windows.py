# SPDX-License-Identifier: Apache-2.0
"""What a window holds and how it paints its lists, one sample a process.

    window_memory(register)    resident memory in MiB: at its first page, with people, with all
    scrolled(register)         a page of the list of people painted after the one before it
    peer_scrolled(rows)        the same of a bare QTableView over QSqlTableModel, and its first page
    list_shown(register)       the list of people asked for anew, and filtered, until its rows are
                               painted, beside its query

Times are milliseconds of the window's own thread; what other work the machine has is not in them.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import thread_time
from typing import Any

from benchmarks.acts import TODAY
from benchmarks.gestures import shown_window

Figures = dict[str, float]
_LOADED_MS, _SHOWN_MS, _FOLLOWS_MS = 2500, 600, 60
"""After these times a window that starts has loaded what it loads, a page is filled, and the person
beside a list is shown."""
_TIMES, _PAGES = 15, 40
_SIZE = (1366, 768)
_PEER_COLUMNS = 5
"""As many as the list of people shows at first."""


def window_memory(register: str) -> Figures:
    """What the whole process holds: the window at its first page, with people, with all pages."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    told: Figures = {}

    def walk(*_: object) -> int:
        from imp_plus_desktop.ui.window.main_window import MainWindow

        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        QTest.qWait(_LOADED_MS)
        while window.is_catching_up():
            QTest.qWait(_SHOWN_MS)
        told["there"] = _resident()
        for key in ("people", *window.page_keys()):
            window.open_page(key)
            QTest.qWait(_SHOWN_MS)
            told.setdefault("people", _resident())
        told["all pages"] = _resident()
        return 0

    from imp_plus_desktop.__main__ import main

    QApplication.exec = walk  # type: ignore[method-assign]
    main(["--register", register, "--today", TODAY.isoformat(), "--lang", "fr"])
    return {**told, "seconds": 0.0}


def scrolled(register: str) -> Figures:
    """One page after another, in the middle of the list of people."""
    from PySide6.QtWidgets import QApplication

    from imp_plus_desktop import i18n
    from imp_plus_desktop.ui.look import theme
    from imp_plus_desktop.ui.shell.singletons import keep_singletons

    app = QApplication([])
    keep_singletons()
    theme.apply(app, "light")
    i18n.use("fr")
    window = shown_window(register, ["people"])
    page = window.open_page("people")
    took = _pages(page.table, page.table.verticalScrollBar().maximum() // 2)
    rows = page.table.viewport().height() / page.table.rowHeight(0)
    window.close()
    window.shell.office.close()
    return {"seconds": took / 1000, "page": took, "rows": rows}


def peer_scrolled(rows: str) -> Figures:
    """The same of Qt's own model over a table of invented people, which it has fetched whole."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel
    from PySide6.QtWidgets import QApplication, QTableView
    from sqlcipher3 import dbapi2

    from benchmarks import lists

    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.db"
        names = [f"c{number}" for number in range(_PEER_COLUMNS)]
        with dbapi2.connect(str(path)) as file:
            file.execute(f"CREATE TABLE people (id INTEGER PRIMARY KEY, {', '.join(names)})")
            file.executemany(
                f"INSERT INTO people ({', '.join(names)}) VALUES (?, ?, ?, ?, ?)",
                (tuple(map(str, row[2 : 2 + _PEER_COLUMNS])) for row in lists.rows(int(rows))),
            )
        database = QSqlDatabase.addDatabase("QSQLITE")
        database.setDatabaseName(str(path))
        database.open()
        started = thread_time()
        model = QSqlTableModel(None, database)
        model.setTable("people")
        model.select()
        table = QTableView()
        table.setModel(model)
        table.hideColumn(0)
        table.resize(900, 560)
        table.show()
        app.processEvents()
        first = (thread_time() - started) * 1000
        while model.canFetchMore():
            model.fetchMore()
        took = _pages(table, 0)
        told = {"rows": table.viewport().height() / table.rowHeight(0), "first": first}
    return {"seconds": took / 1000, "page": took, **told}


def list_shown(register: str) -> Figures:
    """The list of people asked for anew and painted, and one of its filters set and taken off."""
    from PySide6.QtWidgets import QApplication

    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.services.people import people
    from imp_plus_desktop.ui.look import theme
    from imp_plus_desktop.ui.shell.singletons import keep_singletons

    app = QApplication([])
    keep_singletons()
    theme.apply(app, "light")
    window = shown_window(register, ["people"])
    page, office = window.open_page("people"), window.shell.office
    _let_rest()
    year = max(people.letter_years(office))
    first = _painted(lambda turn: page.model.sort_by((("name", bool(turn % 2)),)))
    chosen = PeopleFilter(letter_year=year)
    told = {
        "first page": first,
        "asked": _taken(lambda _turn: people.ids(office, PeopleFilter())),
        "shown": _painted(lambda _turn: page.refresh()),
        "filter asked": _taken(
            lambda turn: people.ids(office, PeopleFilter() if turn % 2 else chosen), every=2
        ),
        "filter shown": _painted(
            lambda turn: page.letter_year.set_value(None if turn % 2 else year, tell=True), every=2
        ),
    }
    window.close()
    office.close()
    return {**told, "seconds": sum(told.values()) / 1000}


def _pages(table: Any, first: int) -> float:
    """Milliseconds of one page more, the median: from the bar moved until it is painted."""
    bar, step = table.verticalScrollBar(), table.verticalScrollBar().pageStep()
    _let_rest()
    return _taken(lambda turn: bar.setValue(first + (turn + 1) * step), _PAGES)


def _let_rest() -> None:
    """Wait until a window has shown all; what it has loaded is not walked over in search of
    garbage, as in the program."""
    from PySide6.QtTest import QTest

    QTest.qWait(_SHOWN_MS)
    gc.collect()
    gc.freeze()


def _painted(do: Callable[[int], object], every: int = 1) -> float:
    """Milliseconds until what is asked for is painted, the median. What is shown beside it
    afterwards comes before the next turn; with `every` 2 each second turn only goes back."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    taken = []
    for turn in range(_TIMES):
        started = thread_time()
        do(turn)
        QApplication.sendPostedEvents()  # the painting is one of them
        taken.append((thread_time() - started) * 1000)
        QTest.qWait(_FOLLOWS_MS)
    return statistics.median(taken[::every])


def _taken(do: Callable[[int], object], times: int = _TIMES, every: int = 1) -> float:
    from PySide6.QtWidgets import QApplication

    taken = []
    for turn in range(times):
        started = thread_time()
        do(turn)
        QApplication.processEvents()
        taken.append((thread_time() - started) * 1000)
    return statistics.median(taken[::every])


def _resident() -> float:
    """MiB of this process that are in memory now; 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    pages = int(told.read_text("ascii").split()[1]) if told.exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 if pages else 0.0
