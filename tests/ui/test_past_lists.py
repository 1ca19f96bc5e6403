# SPDX-License-Identifier: Apache-2.0
"""The list of people and the board of the annual cap as of an earlier day, in the window."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import office_builders as build
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.privacy import erasure
from imp_plus_desktop.services.proof import anew
from imp_plus_desktop.services.proof.anew import LookedAtOffice
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.ui.days import day_words
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.lists.past.past_people import PastPeople
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.past.asking import AsOfDialog
from imp_plus_desktop.ui.quota.past_year import NOW, THEN
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels, made_by
from tests.ui.person_fixtures import office, says

pytestmark = pytest.mark.mostly_long(
    "test_the_list_shows_who_was_there_and_a_band_takes_it_off",
    "test_the_question_wants_a_day_that_has_been",
    "test_todays_file_is_one_press_away",
    "test_paper_and_workbook_say_the_day",
    "test_what_is_stored_meanwhile_leaves_the_past_as_it_is",
    "test_dates_that_are_typed_count_from_today",
    "test_what_is_known_now_of_a_day_and_what_was_known_then",
)

__all__ = ["office"]

ESCAPE = Qt.Key.Key_Escape


def on(office: Office, day: int) -> Office:
    """The same office so many days later."""
    return replace(office, clock=Clock(build.TODAY + timedelta(days=day)))


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    """A register with two people, of whom one was renamed and a third came ten days later."""
    first = build.invite(office, family_name="Before")
    build.invite(office, 2, family_name="Constant")
    later = on(office, 10)
    people.edit(later, first, {"family_name": "Afterwards"})
    build.invite(later, 3, family_name="Newcomer")
    made = MainWindow(on(office, 12), inline_tasks=True, pages=made_by(PeoplePage, QuotaPage))
    qtbot.addWidget(made)
    made.resize(1093, 614)
    made.show()
    return made


def a_page(window: MainWindow) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    return page


def a_past(page: PeoplePage, day: int = 3) -> PastPeople:
    page.past.make(build.TODAY + timedelta(days=day))
    assert page.then is not None
    return page.then


def names(page: Any) -> list[str]:
    return [row.name.split(",")[0] for row in page.fetch(page.shown_ids())]


class TestPeople:
    def test_the_list_shows_who_was_there_and_a_band_takes_it_off(self, window: MainWindow) -> None:
        page = a_page(window)
        then = a_past(page)
        assert names(then) == ["Before", "Constant"]
        assert then.band.said() == "The list as it was on November 25, 2023"
        assert not page.table.isVisible()
        assert_accessible(then)
        assert cut_labels(then.band) == []
        assert page.status() == "2 shown"
        QTest.keyClick(then.table, ESCAPE)
        assert page.then is None
        assert page.past.office is None
        assert page.table.isVisible()
        assert names(page) == ["Afterwards", "Constant", "Newcomer"]

    def test_the_question_wants_a_day_that_has_been(self, qtbot: QtBot, window: MainWindow) -> None:
        dialog = a_page(window).asking_day()
        qtbot.addWidget(dialog)
        dialog.show()
        for typed, said in (
            ("", "A day is needed."),
            ("2024-12-01", "in the future"),
            ("x", "not a date"),
        ):
            dialog.form.set_values({"day": typed})
            dialog.accept()
            assert said in str(dialog.form.finding("day")), typed
            assert dialog.isVisible()
        dialog.form.set_values({"day": "-3"})
        dialog.accept()
        assert dialog.answer == build.TODAY + timedelta(days=9)

    def test_the_menu_asks_for_the_page_in_front_and_else_for_the_people(
        self, monkeypatch: pytest.MonkeyPatch, window: MainWindow
    ) -> None:
        asked: list[str] = []

        def ask(dialog: AsOfDialog) -> date:
            asked.append(dialog.windowTitle())
            return build.TODAY

        monkeypatch.setattr(AsOfDialog, "ask", ask)
        window.open_page("people")
        window.menu_actions.action("view.as_of").trigger()
        assert a_page(window).then is not None
        quota = window.open_page("quota")
        window.menu_actions.action("view.as_of").trigger()
        assert isinstance(quota, QuotaPage)
        assert quota.past.day == build.TODAY
        assert asked == ["The list as of an earlier day", "The annual cap as of an earlier day"]

    def test_nothing_in_it_is_changed_and_the_actions_of_a_file_rest(
        self, window: MainWindow
    ) -> None:
        page = a_page(window)
        acts = len(history.acts(window.shell.office))
        then = a_past(page)
        then.table.select_id(1)
        assert page.file() is None
        state = window.action_state()
        assert (state.file, state.listed, state.printed) == (False, True, True)
        assert not window.menu_actions.action("person.note").isEnabled()
        assert says(then.beside, "Before")
        texts = {b.text() for b in then.findChildren(QPushButton) if b.isVisible()}
        assert "Person" not in texts
        page.export_all()
        assert says(window.status, "bring back what has changed since")
        assert len(history.acts(window.shell.office)) == acts

    def test_todays_file_is_one_press_away(self, window: MainWindow) -> None:
        page = a_page(window)
        then = a_past(page)
        then.table.select_id(1)
        then.beside.today_asked.emit(1)
        assert page.then is None
        assert page.current_person() == 1
        assert page.current_person() in page.shown_ids()

    def test_whoever_is_asked_for_from_elsewhere_is_shown_as_of_today(
        self, window: MainWindow
    ) -> None:
        page = a_page(window)
        a_past(page)
        window.shell.go("people", 3)
        assert page.then is None
        assert page.current_person() == 3

    def test_paper_and_workbook_say_the_day(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: MainWindow
    ) -> None:
        page = a_page(window)
        a_past(page)
        paper = page.paper()
        assert paper is not None
        assert paper.title == "People as of 2023-11-25"
        assert paper.name == "people as of 2023-11-25"
        assert "Before" in paper.html()
        assert "Newcomer" not in paper.html()
        proposed: list[str] = []

        def ask(_page: object, _title: str, name: str, _kind: str) -> Path:
            proposed.append(name)
            return tmp_path / "then.xlsx"

        monkeypatch.setattr(files, "ask_save", ask)
        page.export_shown()
        assert proposed == ["people as of 2023-11-25"]
        sheet = openpyxl.load_workbook(tmp_path / "then.xlsx").active
        assert sheet is not None
        assert sheet.title == "People as of 2023-11-25"
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert any("Before" in cell for cell in cells)
        # The register's own numbers are those of today: a list of then knows the same people.
        number = window.shell.office.own_numbers.of(1)
        assert number in cells
        # It has left today: today's journal says so.
        assert history.acts(window.shell.office)[0].service == "out.export"

    def test_what_is_stored_meanwhile_leaves_the_past_as_it_is(self, window: MainWindow) -> None:
        page = a_page(window)
        then = a_past(page)
        act = people.edit(window.shell.office, 2, {"family_name": "Other"}).act
        window.shell.changed("", act)
        assert page.then is then
        assert names(then) == ["Before", "Constant"]
        page.back_to_today()
        assert names(page) == ["Afterwards", "Newcomer", "Other"]

    def test_who_was_destroyed_meanwhile_is_not_looked_at_any_more(
        self, monkeypatch: pytest.MonkeyPatch, window: MainWindow
    ) -> None:
        page = a_page(window)
        a_past(page)
        office = window.shell.office
        file_bin.delete(office, 2, "asked")
        window.shell.changed()
        assert page.then is not None
        erasure.erase(office, 2, "asked", early="consent is withdrawn")
        window.shell.changed()
        assert page.then is None
        assert says(window.status, "A file was destroyed meanwhile")
        assert names(a_past(page)) == ["Before"]

    def test_another_language_speaks_there_too(self, window: MainWindow) -> None:
        page = a_page(window)
        then = a_past(page)
        window.set_language("fr")
        assert then.band.said() == "La liste telle qu’elle était le 25 novembre 2023"
        window.set_language("en")
        assert then.band.said() == "The list as it was on November 25, 2023"

    def test_dates_that_are_typed_count_from_today(self, window: MainWindow) -> None:
        a_past(a_page(window))
        assert day_words.office_day() == window.shell.today()

    @pytest.mark.parametrize("over", ["lock", "close"])
    def test_it_goes_with_the_window_and_with_the_key(self, window: MainWindow, over: str) -> None:
        page = a_page(window)
        a_past(page)
        office = page.past.office
        assert office is not None
        folder = office.register_path.parent
        assert folder.exists()
        if over == "close":
            window.close()
        else:
            window.shell.past_over.emit()
        assert page.past.office is None
        assert page.then is None
        assert not folder.exists()

    def test_a_stop_leaves_todays_list(
        self, monkeypatch: pytest.MonkeyPatch, window: MainWindow
    ) -> None:
        page = a_page(window)
        kept: list[LookedAtOffice] = []
        made = anew._made

        def making(*args: Any) -> LookedAtOffice:
            then = made(*args)
            kept.append(then)
            window.shell.tasks.stop()
            return then

        monkeypatch.setattr(anew, "_made", making)
        page.past.make(build.TODAY)
        assert page.then is None
        assert len(kept) == 1
        assert not kept[0].register_path.parent.exists()
        assert names(page) == ["Afterwards", "Constant", "Newcomer"]


class TestBoard:
    @pytest.fixture
    def page(self, window: MainWindow) -> QuotaPage:
        """Two receipts: the first on day 5, recorded on day 11; the second on day 11."""
        made = window.open_page("quota")
        assert isinstance(made, QuotaPage)
        late = on(window.shell.office, 11)
        for person, days in ((1, 5), (2, 11)):
            at = datetime.combine(build.TODAY + timedelta(days=days), build.AT.timetz())
            build.receive(late, person, at)
        window.shell.changed()
        return made

    def used(self, page: QuotaPage) -> int:
        board = page._board
        assert board is not None
        return board.used

    def test_what_is_known_now_of_a_day_and_what_was_known_then(
        self, window: MainWindow, page: QuotaPage
    ) -> None:
        assert self.used(page) == 2
        page.past.show_day(build.TODAY + timedelta(days=6))
        assert page.past.band.said() == "The board of November 28, 2023"
        assert "now" in page.past.band.about()
        assert self.used(page) == 1
        assert_accessible(page.past.band)
        page.past.known.choose(THEN)
        assert "at the end of that day" in page.past.band.about()
        assert self.used(page) == 0
        page.past.known.choose(NOW)
        assert self.used(page) == 1
        QTest.keyClick(page, ESCAPE)
        assert page.past.day is None
        assert not page.past.band.isVisible()
        assert self.used(page) == 2

    def test_the_rows_behind_a_figure_are_those_of_the_day(
        self, window: MainWindow, page: QuotaPage
    ) -> None:
        page.past.show_day(build.TODAY + timedelta(days=6))
        asked: list[Any] = []
        window.shell.page_requested.disconnect(window.open_page)
        window.shell.page_requested.connect(lambda *what: asked.append(what))
        page.board.figure_opened.emit("used")
        ((key, chosen),) = asked
        assert key == "applications"
        assert chosen.text.endswith("2023-11-28")
        found = queries.entities(
            window.shell.office.register, "application", Application, "id", chosen.ids, "id"
        )
        assert [one.person_id for one in found] == [1]

    def test_the_band_is_over_the_board_alone(self, window: MainWindow, page: QuotaPage) -> None:
        page.past.show_day(build.TODAY)
        assert page.past.band.isVisible()
        assert page.place() == "quota-past"
        page.show_section("overcap")
        assert not page.past.band.isVisible()
        page.show_section("board")
        assert page.past.band.isVisible()

    def test_paper_and_workbook_say_the_day(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: QuotaPage
    ) -> None:
        page.past.show_day(build.TODAY + timedelta(days=6))
        paper = page.paper()
        assert paper is not None
        assert paper.title == "Annual cap 2023 as of November 28, 2023"
        monkeypatch.setattr(files, "ask_save", lambda *_asked: tmp_path / "then.xlsx")
        page.export_shown()
        sheet = openpyxl.load_workbook(tmp_path / "then.xlsx").worksheets[0]
        told = {str(row[0].value): row[1].value for row in sheet.iter_rows()}
        assert str(told["As of"]).startswith("2023-11-28")
        assert told["Places used by this register"] == 1

    @pytest.mark.parametrize("known", [NOW, THEN])
    def test_it_goes_with_the_key(self, window: MainWindow, page: QuotaPage, known: str) -> None:
        page.past.show_day(build.TODAY)
        page.past.known.choose(known)
        window.shell.past_over.emit()
        assert page.past.day is None
        assert not page.past.band.isVisible()
        assert page.past._past.office is None
