# SPDX-License-Identifier: Apache-2.0
"""A window notices what other processes write, says it, and shows it without disturbing."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.touched import EVERYTHING
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.window import watching
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.stalls import Watchdog
from tests.ui.helpers import settle, type_text

pytestmark = pytest.mark.mostly_long(
    "test_a_real_second_process_is_noticed_within_two_seconds",
    "test_what_is_chosen_scrolled_to_and_typed_stays",
)

MANY = 60


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    for number in range(1, MANY + 1):
        build.invite(office, number)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def look(window: MainWindow) -> None:
    """Two looks, as the timer does them: between them the pointer has rested."""
    settle(window)
    window.watching.look()
    window.watching.look()


def the_list(window: MainWindow) -> ListPage:
    page = window.open_page("people")
    assert isinstance(page, ListPage)
    QApplication.processEvents()
    return page


def test_a_real_second_process_is_noticed_within_two_seconds(
    qtbot: QtBot, window: MainWindow, office: Office
) -> None:
    page = the_list(window)
    person = people.find(office, "C1000003")
    page.open_with(person)
    register = str(office.place)
    command = [sys.executable, "-m", "imp_plus_desktop", "--register", register]
    command += ["--today", "2023-11-22", "set", "C1000003", "family_name", "Zzz"]
    subprocess.run(command, check=True, capture_output=True)
    written = time.monotonic()
    qtbot.waitUntil(lambda: "changed the file of Zzz, Amine" in window.status.news(), timeout=5000)
    qtbot.waitUntil(lambda: page.table.current_row().name.startswith("Zzz"), timeout=5000)
    assert time.monotonic() - written < 2
    assert page.current_person() == person


def test_what_is_chosen_scrolled_to_and_typed_stays(window: MainWindow, other: Office) -> None:
    page = the_list(window)
    page.header.search.setFocus()
    type_text(page.header.search, "Benali")
    window.watching.look()
    page.table.select_id(page.shown_ids()[3])
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    chosen, top = page.current_person(), page.table.rowAt(0)
    first = page.table.ids()[top]
    build.invite(other, 500, family_name="Aaa Benali")  # stands above all that is seen
    look(window)
    assert page.total() == MANY + 1
    assert window.status.news() == "Another desk – M. Roy: added the file of Aaa Benali, Amine"
    assert page.current_person() == chosen
    assert page.table.ids()[page.table.rowAt(0)] == first
    assert page.header.search.text() == "Benali"
    assert window.focusWidget() is page.header.search


def test_all_that_is_chosen_stays_chosen(window: MainWindow, other: Office) -> None:
    page = the_list(window)
    extend = page.table.selectionModel().SelectionFlag
    for row in (2, 5, 6):
        index = page.model.index(row, 0)
        page.table.selectionModel().select(index, extend.Select | extend.Rows)
    chosen = page.table.chosen_ids()
    build.invite(other, 500, family_name="Aaa")
    look(window)
    assert page.table.chosen_ids() == chosen
    assert len(chosen) >= 3


def test_while_a_dialog_asks_only_the_status_bar_changes(window: MainWindow, other: Office) -> None:
    page = the_list(window)
    dialog = Question(window, "Title", "Sentence", "Yes", "No")
    dialog.open()
    build.invite(other, 500)
    look(window)
    assert window.status.news().startswith("Another desk – M. Roy: added the file")
    assert len(page.shown_ids()) == MANY
    dialog.reject()
    look(window)
    assert len(page.shown_ids()) == MANY + 1


def test_many_files_of_another_desk_are_brought_up_to_date_away_from_the_window(
    qtbot: QtBot, office: Office, other: Office, tmp_path: Path
) -> None:
    """And where that desk is at it itself, nobody waits here."""
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.show()
    page = the_list(window)
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy(), timeout=10_000)
    rows = [build.a_row(number) for number in range(1, MANY + 1)]
    build.import_file(other, build.a_list(tmp_path / "list.xlsx", rows))
    with Watchdog() as dog, dog.doing("show what another desk has imported"):
        assert not window.show_others(EVERYTHING)
    assert window.shell.tasks.is_busy()
    stall = dog.longest()
    assert stall is None or stall.cpu < 0.1, str(stall)
    qtbot.waitUntil(lambda: len(page.shown_ids()) == MANY, timeout=10_000)
    assert summary.stale_count(office) == 0
    window.close()


def test_the_list_of_acts_waits_while_the_pointer_is_over_it(
    window: MainWindow, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.open_page("overview")
    assert isinstance(page, OverviewPage)
    over = [True]
    monkeypatch.setattr(type(page.acts), "underMouse", lambda self: over[0])
    build.invite(other, 500, family_name="Aaa")
    look(window)
    assert "Aaa" not in page.acts.said()
    over[0] = False
    look(window)
    assert "Aaa" in page.acts.said()


def test_while_the_pointer_moves_nothing_moves_under_it(
    window: MainWindow, other: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = the_list(window)
    places = iter(QPoint(number, 0) for number in range(100))
    monkeypatch.setattr(watching.QCursor, "pos", lambda: next(places))
    build.invite(other, 500)
    look(window)
    assert len(page.shown_ids()) == MANY
    monkeypatch.setattr(watching.QCursor, "pos", lambda: QPoint(7, 7))
    look(window)
    assert len(page.shown_ids()) == MANY + 1


def test_the_link_follows_what_another_desk_undid(window: MainWindow, other: Office) -> None:
    person = people.find(other, "C1000001")
    mine = window.shell.office
    people.edit(mine, person, {"phone": "1"})
    window.shell.changed()
    assert window.status.undo_text().startswith("Undo: change to the file")
    history.undo(other, history.acts(mine)[0].id)
    look(window)
    assert window.status.undo_text().startswith("Undo: new file")
    told = "Another desk – M. Roy undid: change to the file, Benalibb, Amine"
    assert window.status.news() == told
