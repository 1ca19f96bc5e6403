# SPDX-License-Identifier: Apache-2.0
"""What a register as a whole costs, one sample a process, in time of the processor.

    undo_import(list)          a whole import, its undo (with the copy before it), its coming back
    make_people(count, path)   a register of so many people, brought in by lists of 100,000
    worked_out(path)           such a register in today's shape, its lists made anew where need be
    short_import(register)     300 people who are new to it, but for the copy before
    copies(register)           a verified copy beside the engine's own
    checks(register)           the check of everything beside the engine's own
    export_all(register)       the export of everything beside XlsxWriter with the same cells
    people_in_order(register)  the ids of all people by name beside the driver's own query
    receipts(register)         eight processes that record receipts beside eight that insert rows

The clock on the wall would tell of the machine's other work.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks import lists
from benchmarks.acts import invited
from imp_plus_desktop.domain.records.ids import PersonId

TODAY = date(2024, 11, 20)
Figures = dict[str, float]
_IN_A_LIST = 100_000
_DESKS, _RECEIPTS, PATIENCE = 8, 40, 60.0
_SHORT, _BEYOND = 300, 2_000_000
"""A short list has as many people, and begins beyond those of all long ones."""


def busy() -> float:
    """Seconds of the processor that this process and its children have had."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak() -> float:
    """Peak memory of this process in MiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def undo_import(path: str) -> Figures:
    """A whole import into a new register, its undo and its coming back."""
    from imp_plus_desktop.services.history import history
    from imp_plus_desktop.services.imports import imports

    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder) / "register.imp")
        began = busy()
        done = imports.commit(office, imports.open_file(office, Path(path), with_rows=False))
        del done
        imported = busy()
        undone = history.undo(office)
        gone = busy()
        history.undo(office, undone.act)
        back = busy()
        office.close()
    return {"seconds": imported - began, "undo": gone - imported, "redo": back - gone}


def make_people(count: str, path: str) -> Figures:
    """A register of so many people, brought in by lists of at most 100,000, without copies, and
    where each of them stands."""
    from imp_plus_desktop.services.imports import imports
    from imp_plus_desktop.services.office import summary

    began, office = busy(), _uncopied(Path(path))
    with tempfile.TemporaryDirectory() as folder:
        for after in range(0, int(count), _IN_A_LIST):
            some = min(_IN_A_LIST, int(count) - after)
            listed = lists.write(Path(folder) / f"list{after}.xlsx", some, after=after)
            imports.commit(office, imports.open_file(office, listed, with_rows=False))
            listed.unlink()
    summary.refresh(office)
    office.close()
    return {"seconds": busy() - began}


def worked_out(path: str) -> Figures:
    """The register in today's shape, and where each of its people stands by today's rules."""
    from imp_plus_desktop.services.office import summary

    began, office = busy(), _uncopied(Path(path))
    summary.refresh(office)
    office.close()
    return {"seconds": busy() - began}


def short_import(register: str) -> Figures:
    """300 people who are new to a register; they stay in it. The copy before is left out."""
    from imp_plus_desktop.services.imports import imports
    from imp_plus_desktop.storage.history import acts

    office = _uncopied(Path(register))
    number, _seal = acts.latest(office.register)
    with tempfile.TemporaryDirectory() as folder:
        after = _BEYOND + _SHORT * number
        listed = lists.write(Path(folder) / "short.xlsx", _SHORT, after=after)
        began = busy()
        done = imports.commit(office, imports.open_file(office, listed, with_rows=False))
        told = busy() - began
    if done.counts.new != _SHORT:
        raise RuntimeError("these people are known already")
    office.close()
    return {"seconds": told, "peak_mib": peak()}


def copies(register: str) -> Figures:
    """A verified copy of a register, and what the engine's own copying takes."""
    from sqlcipher3 import dbapi2

    from imp_plus_desktop.services.office import maintenance

    office = _office(Path(register))
    with tempfile.TemporaryDirectory() as folder:
        began = busy()
        maintenance.save_copy(office, Path(folder))
        told = busy() - began
        office.close()
        source = dbapi2.connect(register)
        began = busy()
        copied = dbapi2.connect(str(Path(folder) / "engine.db"))
        source.backup(copied)
        copied.close()
        beside = busy() - began
        source.close()
    return {"seconds": told, "beside": beside}


def checks(register: str) -> Figures:
    """The check of a register, and what the engine's own check of it takes."""
    from imp_plus_desktop.services.office import summary
    from imp_plus_desktop.services.proof import checking

    office = _office(Path(register))
    summary.refresh(office)
    began = busy()
    report = checking.check(office)
    told = busy() - began
    if not report.passed:
        raise RuntimeError(str(report))
    began = busy()
    office.register.db.execute_sql("PRAGMA integrity_check").fetchall()
    beside = busy() - began
    office.close()
    return {"seconds": told, "beside": beside, "peak_mib": peak()}


def export_all(register: str) -> Figures:
    """The export of everything, and XlsxWriter with the same cells, row by row."""
    import python_calamine
    import xlsxwriter

    from imp_plus_desktop.services.exports import exports

    office = _office(Path(register))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "everything.xlsx"
        began = busy()
        exports.export(office, "everything", path)
        told, memory = busy() - began, peak()
        office.close()
        read = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}
        began = busy()
        book = xlsxwriter.Workbook(
            str(Path(folder) / "beside.xlsx"),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell, day)
                    elif isinstance(cell, str) and cell:
                        page.write_string(number, column, cell)
                    elif cell != "":
                        page.write(number, column, cell)
        book.close()
        beside = busy() - began
    return {"seconds": told, "beside": beside, "peak_mib": memory}


def people_in_order(register: str) -> Figures:
    """The ids of all people by name, and the driver's own query for them."""
    from imp_plus_desktop.domain.reads.filters import PeopleFilter
    from imp_plus_desktop.services.people import people

    office = _office(Path(register))
    database = office.register.db.connection()
    own, driver = [], []
    for _turn in range(5):
        began = process_time()
        found = people.ids(office, PeopleFilter())
        own.append(process_time() - began)
        began = process_time()
        beside = database.execute("SELECT person_id FROM standing ORDER BY sort_key").fetchall()
        driver.append(process_time() - began)
        if len(found) != len(beside):
            raise RuntimeError("the lists differ")
    office.close()
    return {"seconds": sum(own), "beside": sum(driver)}


def receipts(register: str) -> Figures:
    """How many receipts a second eight processes record together, and how many guarded rows eight
    processes insert, each safe on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        return receipts_beside(Path(shutil.copy(register, Path(folder) / "register.imp")), _insert)


def receipts_beside(register: Any, insert: Callable[[Any, list[int], Any], None]) -> Figures:
    """How many receipts a second eight processes record in a register, wherever it lies, and how
    many rows eight insert by `insert`, which is told the register, its people and where to start
    together."""
    rates: dict[str, float] = {}
    ready = _who_may_apply(register)
    for what, job in (("receipts", _receive), ("rows", insert)):
        start = multiprocessing.get_context("fork").Barrier(_DESKS + 1)
        desks = [
            multiprocessing.get_context("fork").Process(
                target=job, args=(register, ready[desk::_DESKS], start)
            )
            for desk in range(_DESKS)
        ]
        for desk in desks:
            desk.start()
        start.wait(PATIENCE)
        began = perf_counter()
        for desk in desks:
            desk.join()
        if any(desk.exitcode for desk in desks):
            raise RuntimeError(what)
        rates[what] = _DESKS * _RECEIPTS / (perf_counter() - began)
    return {"seconds": rates["receipts"], "beside": rates["rows"]}


def _who_may_apply(register: Any) -> list[int]:
    """Add one person more for each desk than there are receipts: the first is no part of them."""
    from imp_plus_desktop.services.people import people

    office = _office(register)
    numbers = range(_DESKS * (_RECEIPTS + 1))
    found = [people.add(office, invited(number), beside=None).person for number in numbers]
    office.close()
    return [int(person) for person in found]


def _receive(register: Any, people: list[int], start: Any) -> None:
    from imp_plus_desktop.services.applications import applications

    office = _office(register)
    at = datetime(2024, 11, 18, 15, tzinfo=UTC)
    applications.receive(office, applications.Reception(PersonId(people[0]), at))
    start.wait(PATIENCE)
    for person in people[1:]:
        applications.receive(office, applications.Reception(PersonId(person), at))
    office.close()


def _insert(register: Path, people: list[int], start: Any) -> None:
    from sqlcipher3 import dbapi2

    database = dbapi2.connect(str(register.with_name("rows.db")), isolation_level=None)
    database.execute("PRAGMA busy_timeout = 15000")
    database.execute("PRAGMA journal_mode = wal")
    database.execute("PRAGMA synchronous = full")
    database.execute("CREATE TABLE IF NOT EXISTS receipt (id INTEGER PRIMARY KEY, person INTEGER)")
    start.wait(PATIENCE)
    for person in people[1:]:
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "INSERT INTO receipt (person) SELECT ?"
            " WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM receipt LIMIT 7001)) <= 7000",
            (person,),
        )
        database.execute("COMMIT")
    database.close()


def _uncopied(register: Path) -> Any:
    """An office that makes no copies before it writes."""
    from imp_plus_desktop.services.office.office import Office

    class Uncopied(Office):
        def copy_first(self, reason: str | None, spared: Path | None = None) -> Path | None:
            return None

    office = _office(register)
    return Uncopied(**{one.name: getattr(office, one.name) for one in fields(office)})


def _office(register: Any) -> Any:
    from imp_plus_desktop import bootstrap

    return bootstrap.open_office(register, today=TODAY)
