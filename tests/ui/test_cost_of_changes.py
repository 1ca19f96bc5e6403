# SPDX-License-Identifier: Apache-2.0
"""What is done in one file costs the window no more among many people than among few, and what
changes everybody's status is seen in every row.

Counted in steps of SQLite's machine, or in what a server is asked, and not in seconds: the same on
every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from new_registers import is_on_a_server, new_office
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.codes import ContactKind, PersonStatus
from imp_plus_desktop.services.office import person_file, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, folder, names_history, people
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.person_fixtures import complete

FEW, MANY = 120, 720
_AT_A_TIME = 10
_SAME = 600
"""Steps that two runs may differ by: a b-tree is a level deeper. The ids of the list take several
a person."""
_ASKED_MORE = 10
"""Statements that a server may be sent besides: where in the list is asked of one that is not shown
whole."""


@contextmanager
def a_window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.watching.stop()
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def the_list(window: MainWindow) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    return page


def an_office(folder: Path, count: int) -> Office:
    folder.mkdir()
    office = new_office(folder / "register.imp", build.TODAY)
    rows = [build.person_values(n) for n in range(1, count + 1)]
    build.import_file(office, build.a_list(folder / "list.xlsx", rows))
    contacts.save(office, 1, None, ContactKind.CALLED, "Le jour commence", build.TODAY)
    summary.refresh(office)
    return office


def steps_of(office: Office, do: Callable[[], object]) -> int:
    """SQLite's steps while something is done, or what a server is asked meanwhile."""
    if is_on_a_server():
        return asked_of(office.register.db, do)
    taken = [0]

    def count() -> int:
        taken[0] += _AT_A_TIME
        return 0

    connection = office.register.db.connection()
    connection.set_progress_handler(count, _AT_A_TIME)
    do()
    connection.set_progress_handler(None, 0)
    return taken[0]


def asked_of(db: Any, do: Callable[[], object]) -> int:
    """How many statements a server is sent while something is done."""
    asked, taken = db.asked, list[object]()

    def counted(statements: Sequence[object]) -> object:
        taken.extend(statements)
        return asked(statements)

    db.asked = counted
    do()
    db.asked = asked
    return len(taken)


@pytest.mark.many("people")
@pytest.mark.parametrize("front", ["people", "applications", "quota", "imports"])
def test_a_note_costs_the_window_the_same_among_many(
    qtbot: QtBot, tmp_path: Path, front: str
) -> None:
    taken = []
    for count in (FEW, MANY):
        office = an_office(tmp_path / str(count), count)
        with a_window(qtbot, office) as window:
            the_list(window)
            window.open_page(front)
            folder.add_note(office, 7, "first")
            window.shell.changed()
            done = folder.add_note(office, 7, "a note")
            taken.append(steps_of(office, lambda w=window, d=done: w.shell.changed("", d.act)))
        office.close()
    few, many = taken
    assert many <= few + (_ASKED_MORE if is_on_a_server() else _SAME), (few, many)
    assert few


@pytest.mark.long
def test_a_note_does_not_make_the_other_pages_ask_anew(qtbot: QtBot, tmp_path: Path) -> None:
    office = an_office(tmp_path / "office", MANY)
    with a_window(qtbot, office) as window:
        for key in window.page_keys():
            window.open_page(key)
        the_list(window)
        folder.add_note(office, 7, "a note")
        window.shell.changed()
        for key in ("applications", "permits", "family", "quota", "routes"):
            asked = steps_of(office, lambda w=window, k=key: w.open_page(k))
            whole = steps_of(office, window.page(key).refresh)
            assert asked < whole or not whole, key
    office.close()


def test_the_receipt_that_fills_the_year_shows_in_every_row(qtbot: QtBot, office: Office) -> None:
    """Nobody of whom the list shows was touched, and all of them are ready no more."""
    build.set_cap(office, 1)
    one, ready = build.invite(office, 1), [complete(office, number) for number in range(2, 5)]
    with a_window(qtbot, office) as window:
        page = the_list(window)
        page.status_chip.set_value(PersonStatus.READY, tell=True)
        assert list(page.shown_ids()) == ready
        build.receive(office, one)
        # Whoever asks first brings the lines up to date: the window must notice all the same.
        summary.refresh(office)
        window.shell.changed()
        assert list(page.shown_ids()) == []
        window.undoing.undo()
        assert list(page.shown_ids()) == ready


def test_one_more_that_a_filter_hides_is_counted(qtbot: QtBot, office: Office) -> None:
    for number in range(1, 4):
        build.invite(office, number)
    with a_window(qtbot, office) as window:
        page = the_list(window)
        page.set_search("C1000002")
        assert page.header.title() == "People"
        build.invite(office, 8)
        window.shell.changed()
        assert page.status() == "1 shown"
        assert page._total == 4
        page.set_search("")
        assert len(page.shown_ids()) == 4


@pytest.fixture
def holder(qtbot: QtBot, office: Office) -> Iterator[tuple[MainWindow, int]]:
    """A window, and somebody who is on every list."""
    person = person_file.application_of(office, build.an_approved(office, 5)).person_id
    build.issue(office, people.file(office, person).applications[0].id)
    build.add_member(office, person)
    build.invite(office, 6)
    with a_window(qtbot, office) as window:
        yield window, person


LISTS = ("people", "applications", "permits", "family", "deadlines")


@pytest.mark.many("family")
@pytest.mark.parametrize("key", LISTS)
def test_a_list_that_is_searched_follows_whatever_is_found_by(
    holder: tuple[MainWindow, int], key: str
) -> None:
    window, person = holder
    office = window.shell.office
    page = window.open_page(key)
    assert isinstance(page, ListPage)
    passport = people.file(office, person).passports[0]
    page.set_search("ZZ777777")
    assert not len(page.shown_ids())
    folder.save_passport(office, person, passport.id, "ZZ777777", passport.expiry)
    window.shell.changed()
    assert len(page.shown_ids())
    window.undoing.undo()
    assert not len(page.shown_ids())
    page.set_search("Before")
    names_history.save_former(office, person, None, "Before", "Amine")
    window.shell.changed()
    assert len(page.shown_ids())
    page.set_search("Zola")
    people.edit(office, person, {"family_name": "Zola"})
    window.shell.changed()
    assert len(page.shown_ids())
    assert any("Zola" in str(cell) for cell in cells_of(page))
    window.undoing.undo()
    assert not len(page.shown_ids())


@pytest.mark.many("family")
@pytest.mark.parametrize("key", LISTS)
def test_a_list_in_the_background_follows_a_name(holder: tuple[MainWindow, int], key: str) -> None:
    window, person = holder
    page = window.open_page(key)
    assert isinstance(page, ListPage)
    window.open_page("routes")
    people.edit(window.shell.office, person, {"family_name": "Zola"})
    window.shell.changed()
    window.open_page(key)
    assert any("Zola" in str(cell) for cell in cells_of(page))


@pytest.mark.many("people")
@pytest.mark.parametrize("key", ["people", "applications", "permits", "deadlines"])
def test_a_list_of_ones_own_files_follows_who_answers_for_them(
    holder: tuple[MainWindow, int], key: str
) -> None:
    window, person = holder
    page = window.open_page(key)
    assert isinstance(page, (PeoplePage, ApplicationsPage, PermitsPage, DeadlinesPage))
    people.edit(window.shell.office, person, {"clerk": "Marie"})
    window.shell.changed()
    page.clerk.set_value("Marie", tell=True)
    assert len(page.shown_ids())
    people.edit(window.shell.office, person, {"clerk": "Jean"})
    window.shell.changed()
    assert page.clerk.clerk() is None or not len(page.shown_ids())


def cells_of(page: ListPage) -> list[object]:
    model = page.model
    columns, rows = range(model.columnCount()), range(model.rowCount())
    return [model.index(row, column).data() for row in rows for column in columns]


NAMES = ("Abel", "Benali", "Côté", "Diallo", "Émond", "Zola")


@pytest.mark.long
@settings(max_examples=25)
@given(st.data())
def test_the_list_is_in_order_whatever_is_renamed(
    window_of_six: MainWindow, data: st.DataObject
) -> None:
    """The rows that are looked up with their neighbours alone end where the whole list has them."""
    window, page = window_of_six, the_list(window_of_six)
    office = window.shell.office
    page.set_search(data.draw(st.sampled_from(("", "C10", "Benali"))))
    page.model.sort(data.draw(st.sampled_from((0, 1, 2))))
    for _turn in range(data.draw(st.integers(1, 3))):
        person = data.draw(st.integers(1, 6))
        field = data.draw(st.sampled_from(("family_name", "citizenship", "phone", "clerk")))
        values = {"citizenship": ("MAR", "FRA", "COL"), "clerk": ("Ann", "Zoé", "")}
        value = data.draw(st.sampled_from(values.get(field, NAMES)))
        people.edit(office, person, {field: "514 555-0100" if field == "phone" else value})
    window.shell.changed()
    shown = list(page.shown_ids())
    cells = [page.model.index(row, 0).data() for row in range(len(shown))]
    page.refresh()
    assert shown == list(page.shown_ids())
    assert cells == [page.model.index(row, 0).data() for row in range(len(shown))]


@pytest.fixture(scope="module")
def window_of_six(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    office = new_office(tmp_path_factory.mktemp("six") / "office.imp", build.TODAY)
    for number in range(1, 7):
        build.invite(office, number)
    made = MainWindow(office, inline_tasks=True)
    made.watching.stop()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    office.close()
