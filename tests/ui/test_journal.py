# SPDX-License-Identifier: Apache-2.0
"""The journal of acts: found by person, name, kind and day, undone by name, exported."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import office_builders as build
import pytest
from new_registers import new_office
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.deadlines.agenda import every_item
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs.office.journal import JournalDialog
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.person.sections.person_sections import HistorySection
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.window.main_window import MainWindow
from imp_plus_desktop.words.messages import act_kind
from tests.ui.helpers import assert_accessible

pytestmark = pytest.mark.mostly_long(
    "test_acts_stand_with_who_did_them_the_latest_first",
    "test_what_leaves_stands_in_an_open_journal_and_in_the_open_history_of_its_file",
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    first = build.invite(made, 1, family_name="Benaïssa")
    build.invite(made, 2, family_name="Kovač")
    made.settings.user_name = "Luc Côté"
    people.edit(made, first, {"phone": "514 555-0199"})
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def journal(window: MainWindow) -> JournalDialog:
    window.menu_actions.action("edit.journal").trigger()
    found = window.findChild(JournalDialog)
    assert isinstance(found, JournalDialog)
    return found


def cells(journal: JournalDialog, key: str) -> list[str]:
    model = journal.model
    column = [one.key for one in model.columns].index(key)
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def write(edit: DateEdit, text: str) -> None:
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


def test_acts_stand_with_who_did_them_the_latest_first(journal: JournalDialog) -> None:
    assert cells(journal, "what")[0] == "Changed the file of Benaïssa, Amine"
    assert cells(journal, "who")[0] == "Luc Côté"
    assert cells(journal, "at") == sorted(cells(journal, "at"), reverse=True)
    assert_accessible(journal)


def test_the_overview_leads_there(qtbot: QtBot, window: MainWindow) -> None:
    page = window.open_page("overview")
    assert isinstance(page, OverviewPage)
    assert page.board.since.all_link.text() == "All acts…"
    qtbot.mouseClick(page.board.since.all_link, LEFT)
    found = window.findChild(JournalDialog)
    assert found is not None
    assert found.isVisible()


def test_acts_are_found_by_whose_file_by_name_by_kind_and_by_day(
    qtbot: QtBot, journal: JournalDialog, office: Office
) -> None:
    everything = journal.model.rowCount()
    qtbot.keyClicks(journal.search.focusProxy() or journal.search, "benaissa")
    qtbot.waitUntil(lambda: set(cells(journal, "name")) == {"Benaïssa, Amine"})
    journal.search.set_text("", tell=True)
    journal.who.set_value("Luc Côté", tell=True)
    assert set(cells(journal, "who")) == {"Luc Côté"}
    journal.who.set_value(None, tell=True)
    journal.kind.set_value("people.edit", tell=True)
    assert 0 < journal.model.rowCount() < everything
    journal.kind.set_value(None, tell=True)
    today = office.clock.today()
    write(journal.until, today.isoformat())
    assert journal.model.rowCount() == everything
    write(journal.since, (today + timedelta(days=1)).isoformat())
    assert journal.model.rowCount() == 0
    assert not journal.undo.isEnabled()


def test_openings_of_files_are_there_when_they_are_asked_for(
    qtbot: QtBot, journal: JournalDialog, office: Office
) -> None:
    """As in a register that was on a server."""
    before = journal.model.rowCount()
    assert journal.kind.text().startswith("All acts")
    person = people.find(office, "#2")
    leaving.note(office, Out(OutKind.LOOK, OutPaper.FILE, OutForm.SCREEN, 1, (person,)))
    journal.refresh()
    assert journal.kind.text().startswith("Without openings")
    assert journal.model.rowCount() == before
    journal.kind.set_value("out.look", tell=True)
    assert cells(journal, "what") == ["Opened the file of Kovač, Amine"]
    assert cells(journal, "name") == ["Kovač, Amine"]
    assert not journal.undo.isEnabled()
    qtbot.keyClicks(journal.search.focusProxy() or journal.search, "benaissa")
    qtbot.waitUntil(lambda: journal.model.rowCount() == 0)
    journal.search.set_text("", tell=True)
    first = journal.kind.values()[0]
    journal.kind.set_value(first, tell=True)
    assert journal.model.rowCount() == before + 1


def test_kinds_stand_in_the_order_of_the_language(window: MainWindow, office: Office) -> None:
    person, today = people.find(office, "#1"), office.clock.today()
    file = people.file(office, person)
    item = every_item(file, today, office.programme())[0].deadline
    agenda.acknowledge(office, Named(person, item.kind, item.day, item.subject_id))
    window.set_language("fr", keep=False)
    try:
        found = JournalDialog(window.shell)
        said = [act_kind(str(code)) for code in found.kind.values()]
        found.deleteLater()
        assert said == ["échéance vue", "modification du dossier", "nouveau dossier"]
    finally:
        window.set_language("en", keep=False)


def test_what_leaves_stands_in_an_open_journal_and_in_the_open_history_of_its_file(
    qtbot: QtBot, window: MainWindow, journal: JournalDialog, office: Office
) -> None:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    person = people.find(office, "#1")
    page.open_with(person)
    page.panel.open_section("history")
    said = " ".join(label.text() for label in page.panel.findChildren(QLabel) if label.isVisible())
    assert "printed" not in said.lower()
    before = journal.model.rowCount()
    leaving.note(office, Out(OutKind.PRINT, OutPaper.FILE, OutForm.PAPER, 1, (person,)))
    qtbot.waitUntil(lambda: journal.model.rowCount() == before + 1)
    history_of = page.panel.findChildren(HistorySection)[0]
    words = " ".join(label.text() for label in history_of.findChildren(QLabel))
    assert "print" in words.lower()


def test_an_act_is_undone_by_name_and_says_so(
    qtbot: QtBot, journal: JournalDialog, office: Office
) -> None:
    act = journal.current()
    assert act is not None
    assert act.can_be_undone
    qtbot.mouseClick(journal.undo, LEFT)
    person = people.file(office, int(act.person_id or 0)).person
    assert person.phone is None
    assert cells(journal, "what")[0].startswith("Undid")
    assert cells(journal, "state")[1] == "Undone"
    undone = history.act_row(office, act.id)
    assert undone is not None
    assert undone.undone_by is not None
    journal.table.select_id(act.id)
    assert not journal.undo.isEnabled(), "what is undone is not undone again"


def test_enter_opens_the_file_in_place_of_the_journal(
    qtbot: QtBot, window: MainWindow, journal: JournalDialog
) -> None:
    act = journal.current()
    assert act is not None
    qtbot.keyClick(journal.table, Qt.Key.Key_Return)
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert page.current_person() == act.person_id
    assert not journal.isVisible()


def test_the_acts_shown_are_exported_with_the_number_of_whose_file_it_was(
    qtbot: QtBot, journal: JournalDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = (str(tmp_path / "journal.xlsx"), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    qtbot.mouseClick(journal.export, LEFT)
    headings, *rows = load_workbook(tmp_path / "journal.xlsx").worksheets[0].values
    assert headings == ("When", "Who", "Act", "Person", "No. in the register", "State")
    assert len(rows) == journal.model.rowCount()
    act = journal.current()
    assert act is not None
    assert cast(str, rows[0][4]).startswith("R")


def test_escape_empties_what_is_sought_and_then_closes(journal: JournalDialog) -> None:
    journal.search.focus_search()
    QTest.keyClicks(journal.search, "Kov")
    QTest.keyClick(journal.search, Qt.Key.Key_Escape)
    assert (journal.search.text(), journal.isVisible()) == ("", True)
    QTest.keyClick(journal.search, Qt.Key.Key_Escape)
    assert not journal.isVisible()
