# SPDX-License-Identifier: Apache-2.0
"""What is measured, one sample a process: `python -m benchmarks.samples NAME ARGUMENTS`.

Each sample prints its seconds as JSON. Imports and set-up are not counted: the modules are loaded
before the clock starts. A sample decides nothing; the subjects' modules pair and judge.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from benchmarks.acts import day_of_acts, day_of_pages, make_office_register
from benchmarks.boards import year_board
from benchmarks.gestures import gestures
from benchmarks.keystrokes import box_keystrokes, keystrokes
from benchmarks.refreshes import refreshes
from benchmarks.registers import (
    checks,
    copies,
    export_all,
    make_people,
    peak,
    people_in_order,
    receipts,
    short_import,
    undo_import,
    worked_out,
)
from benchmarks.servers import (
    server_import,
    server_lists,
    server_move,
    server_receipts,
    server_window_memory,
)
from benchmarks.windows import list_shown, peer_scrolled, scrolled, window_memory

TODAY = date(2024, 11, 20)
Figures = dict[str, float]
_IDLE_SECONDS = 5


class Clock:
    """Seconds of the clock and of the processor (its children's too) since it was made."""

    def __init__(self) -> None:
        self._wall, self._busy = perf_counter(), _busy()

    def told(self, name: str = "") -> Figures:
        seconds, cpu = perf_counter() - self._wall, _busy() - self._busy
        return {f"{name}seconds": seconds, f"{name}cpu": cpu}


def _busy() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def floor_import(path: str) -> Figures:
    """The fast reader and a raw executemany of each sheet's cells: nothing is checked."""
    import python_calamine
    from sqlcipher3 import dbapi2

    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        book = python_calamine.CalamineWorkbook.from_path(path)
        database = dbapi2.connect(str(Path(folder) / "floor.db"))
        database.execute("PRAGMA journal_mode = wal")
        for sheet in range(len(book.sheet_names)):
            rows = book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
            width = len(rows[0])
            columns = ", ".join(f"c{number}" for number in range(width))
            database.execute(f"CREATE TABLE list{sheet} ({columns})")
            plain = [
                [cell.isoformat() if isinstance(cell, date) else cell for cell in row]
                for row in rows
            ]
            with database:
                marks = ", ".join("?" * width)
                database.executemany(f"INSERT INTO list{sheet} VALUES ({marks})", plain)
        told = clock.told()
        database.close()
    return told


def pandas_import(path: str) -> Figures:
    """What people write by hand: openpyxl through pandas, into a table; it checks nothing."""
    import sqlite3

    import pandas  # type: ignore[import-not-found,unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        frame = pandas.read_excel(path, engine="openpyxl")
        database = sqlite3.connect(Path(folder) / "pandas.db")
        frame.to_sql("list", database, index=False)
        database.commit()
        told = clock.told()
        database.close()
    return told


def whole_import(path: str, *again: str) -> Figures:
    """Read, guard scan, findings, match, journal and commit into a new register.

    Files that follow are imported after it; the last one's seconds are `again`.
    """
    from imp_plus_desktop.services.imports import imports

    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder) / "register.imp")
        told: Figures = {}
        for file in (path, *again):
            clock = Clock()
            # As the command line asks; only the very same bytes make a difference.
            done = imports.commit(office, imports.open_file(office, Path(file), with_rows=False))
            told |= clock.told("again_" if told else "")
            del done  # to let its rows go is no part of what follows
        office.close()
    return {**told, "peak_mib": peak()}


def make_register(path: str, register: str) -> Figures:
    """A register with the list in it and its lists worked out, for the samples that follow."""
    from imp_plus_desktop.services.imports import imports
    from imp_plus_desktop.services.office import summary

    clock = Clock()
    office = _office(Path(register))
    imports.commit(office, imports.open_file(office, Path(path)))
    summary.refresh(office)
    office.close()
    return clock.told()


def export_people(register: str) -> Figures:
    """The list of people as the program exports it."""
    from imp_plus_desktop.services.exports import exports

    office = _office(Path(register))
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        exports.export(office, "people", Path(folder) / "people.xlsx")
        told = clock.told()
    office.close()
    return {**told, "peak_mib": peak()}


def openpyxl_write(register: str) -> Figures:
    """The cells of that export, written by openpyxl's write-only mode: no widths, no filter."""
    import openpyxl
    import python_calamine

    from imp_plus_desktop.services.exports import exports

    office = _office(Path(register))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.xlsx"
        exports.export(office, "people", path)
        sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        rows = [[cell or None for cell in row] for row in sheet.to_python()]
        clock = Clock()
        book = openpyxl.Workbook(write_only=True)
        page = book.create_sheet("People")
        for row in rows:
            page.append(row)
        book.save(Path(folder) / "openpyxl.xlsx")
        told = clock.told()
    office.close()
    return told


def write_rows(count: str) -> Figures:
    """So many rows of the list through the writer alone: what it keeps in memory."""
    from benchmarks import lists
    from imp_plus_desktop.exchange.writers.writing import (
        DATE,
        TEXT,
        ListColumn,
        ListSheet,
        write_lists,
    )

    first = next(lists.rows(1))
    kinds = [DATE if isinstance(cell, date) else TEXT for cell in first]
    columns = [ListColumn(header, kind) for header, kind in zip(lists.HEADERS, kinds, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        rows = lists.rows(int(count))
        write_lists(Path(folder) / "rows.xlsx", [ListSheet("People", columns, rows)])
        told = clock.told()
    return {**told, "peak_mib": peak()}


def start_of_day(register: str, later: str) -> Figures:
    """The register opened so many days after it was last brought up to date, its lists read: all
    that the process takes."""
    from imp_plus_desktop import bootstrap
    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.services.office import summary
    from imp_plus_desktop.services.people import people

    with tempfile.TemporaryDirectory() as folder:
        copied = shutil.copy(register, folder)
        office = bootstrap.open_office(Path(copied), today=TODAY + timedelta(int(later)))
        stale = summary.refresh(office)
        people.ids(office, PeopleFilter())
        office.close()
    return {"seconds": _busy(), "stale": stale}


class _Unheard:
    """Progress that nobody looks at."""

    def step(self, done: int, total: int) -> None:
        pass


def window_stall(what: str, register: str, path: str) -> Figures:
    """The longest time between two ticks of 5 ms of a window while a worker exports, imports or
    works out where everybody stands (`files`), or for some seconds does nothing (`idle`): what the
    machine alone makes of it."""
    from threading import Thread

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from imp_plus_desktop.services.exports import export_process
    from imp_plus_desktop.services.imports import imports
    from imp_plus_desktop.services.office import summary

    application = QApplication.instance() or QApplication([])
    ticks: list[float] = []

    def tick() -> None:
        ticks.append(perf_counter())
        if not worker.is_alive():
            application.quit()

    timer = QTimer()
    timer.timeout.connect(tick)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(register) if what == "export" else Path(folder) / "other.imp"
        if what == "files":
            _unknown(Path(shutil.copy(register, target)))

        def job() -> None:
            if what == "idle":
                sleep(_IDLE_SECONDS)
                return
            office = _office(target)
            if what == "files":
                summary.refresh(office)
            elif what == "export":
                people = Path(folder) / "people.xlsx"
                export_process.export(office, "people", people, progress=_Unheard())
            else:
                imports.commit(office, imports.open_file(office, Path(path)))
            office.close()

        gc.collect()
        gc.freeze()  # as in the program: what is loaded is not walked over in search of garbage
        clock = Clock()
        worker = Thread(target=job)
        worker.start()
        timer.start(5)
        application.exec()
        worker.join()
        told = clock.told()
    gaps = [after - before for before, after in pairwise(ticks)]
    return {**told, "stall_ms": max(gaps) * 1000}


def _unknown(register: Path) -> None:
    """Forget where everybody stands, as after an upgrade that judges otherwise."""
    office = _office(register)
    office.register.db.execute_sql("DELETE FROM standing")
    office.close()


def _office(register: Path) -> Any:
    from imp_plus_desktop import bootstrap

    return bootstrap.open_office(register, today=TODAY)


SAMPLES: dict[str, Callable[..., Figures]] = {
    sample.__name__: sample
    for sample in (
        floor_import, pandas_import, whole_import, make_register, export_people, openpyxl_write,
        start_of_day, write_rows, window_stall, make_office_register, day_of_acts, day_of_pages,
        year_board,
        keystrokes, box_keystrokes, gestures, refreshes, undo_import, make_people, short_import,
        copies, checks, export_all, people_in_order, receipts, window_memory, scrolled,
        peer_scrolled, list_shown, worked_out, server_import, server_lists, server_move,
        server_receipts, server_window_memory,
    )
}  # fmt: skip


def main(arguments: list[str]) -> int:
    name, *rest = arguments
    told: dict[str, Any] = SAMPLES[name](*rest)
    print(json.dumps(told), flush=True)
    # How a window is taken apart at the interpreter's end is no part of what was measured.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
