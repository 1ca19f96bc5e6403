# SPDX-License-Identifier: Apache-2.0
"""The face of programmes: one is chosen, its people are seen and entered, its file is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.programmes.standing import Fit
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.person.office_file import OtherRouteDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.pages.programmes.board import COLUMNS
from imp_plus_desktop.ui.pages.programmes.facts import TONES
from imp_plus_desktop.ui.pages.routes import RoutesPage
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.tables.delegates import PADDING, chip_width
from imp_plus_desktop.words.messages import name_of
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import answer, fill, office, says, texts

__all__ = ["office"]

THIRD = Path(__file__).resolve().parent.parent / "files" / "programmes" / "north_pilot.toml"
LIST = THIRD.with_name("liste-pilote.csv")


@pytest.fixture
def pilot(office: Office) -> Office:
    there = replace(office, clock=Clock(date(2026, 11, 30)))
    library.take(there, THIRD.read_bytes())
    return there


def shown(qtbot: QtBot, office: Office) -> RoutesPage:
    page = RoutesPage(Shell(office, inline_tasks=True))
    page.shell.data_changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1182, 714)
    page.refresh()
    page.show()
    return page


def press(root: QWidget, text: str) -> None:
    next(
        b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(root)
    ).click()


def opened(qtbot: QtBot, office: Office, key: str) -> RoutesPage:
    page = shown(qtbot, office)
    page.open_with(f"programmes:{key}")
    return page


def test_imp_plus_comes_first_and_says_what_it_asks(qtbot: QtBot, pilot: Office) -> None:
    page = shown(qtbot, pilot)
    page.show_face("programmes")
    assert_accessible(page)
    assert page.board.programme().key == "imp_plus"
    assert says(page, "Letters dated until Jan 15, 2025")
    assert says(page.board.facts, "IMP+ (A76)")
    assert not page.board.remove_button.isVisible()
    page.show_face("list")
    assert not page.is_board()


def test_a_board_shows_who_is_entered_where_they_stand_and_why(qtbot: QtBot, pilot: Office) -> None:
    build.import_file(pilot, LIST)
    page = opened(qtbot, pilot, "north_pilot")
    assert page.board.count() == 3
    assert says(page, "Places: 2 · used: 1 · left: 1")
    page.board.table.select_id(people.find(pilot, "P3000003"))
    assert cut_labels(page.board) == []
    told = texts(page.board.facts)
    assert "✕ Aged 18 to 44" in told
    assert says(page.board.facts, "To gather: passport")
    assert says(page.board.facts, "Last day to file: December 21, 2026")
    page.board.set_search("sow")
    assert page.board.count() == 1
    page.set_search("nobody at all")
    assert page.board.count() == 0


def test_all_who_may_qualify_are_looked_for_and_one_is_entered(qtbot: QtBot, pilot: Office) -> None:
    person = build.invite(
        pilot, 1, canada_status="worker", residence_country="CAN", residence_province="ON"
    )
    build.invite(pilot, 2)
    page = opened(qtbot, pilot, "north_pilot")
    assert page.board.count() == 0
    page.board.whom.choose("everybody")
    qtbot.waitUntil(lambda: page.board.count() == 1)
    assert says(page, "1 other does not qualify")
    assert page.board.current_person() == person

    def enter(dialog: OtherRouteDialog) -> None:
        assert dialog.form.value("route") == "north_pilot"
        assert dialog.form.value("state") == RouteState.CONSIDERED.value
        fill(dialog, invited_on="2026-11-02")
        dialog.accept()

    answer(enter)
    press(page, "Enter in the programme…")
    (entry,) = people.file(pilot, person).other_routes
    assert (entry.route, entry.state, entry.invited_on) == (
        "north_pilot", RouteState.CONSIDERED, date(2026, 11, 2),
    )  # fmt: skip
    with qtbot.waitSignal(page.shell.page_requested) as asked:
        press(page.board, "Open the file")
    assert asked.args == ["people", person]


def test_a_file_is_taken_with_its_mistakes_told_written_and_removed(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(THIRD.read_text(encoding="utf-8").replace('"aged"', '"agd"'))
    page = opened(qtbot, office, "pstq_policy")
    monkeypatch.setattr(files, "ask_programme", lambda _parent: wrong)
    press(page, "Take a file…")
    assert says(page, "Not taken: the file has mistakes.")
    assert says(page, "There is no check “agd”")
    monkeypatch.setattr(files, "ask_programme", lambda _parent: THIRD)
    press(page, "Take a file…")
    assert page.board.programme().key == "north_pilot"
    other = tmp_path / "other.toml"
    other.write_bytes(THIRD.read_bytes().replace(b'North pilot"', b'Other"'))
    monkeypatch.setattr(files, "ask_programme", lambda _parent: other)
    with qtbot.waitSignal(page.shell.said) as told:
        press(page, "Take a file…")
    assert told.args[0] == "Programme taken · In the place of “North pilot”, version 2026-11"
    history.undo(office)
    page.refresh()
    assert not says(page, "Not taken: the file has mistakes.")
    out = tmp_path / "out.toml"
    monkeypatch.setattr(files, "ask_save", lambda *_arguments: out)
    press(page, "Write the file…")
    assert out.read_bytes() == THIRD.read_bytes()
    press(page, "Remove the file")
    assert [one.key for one in library.programmes(office)] == ["imp_plus", "pstq_policy"]
    history.undo(office)
    assert library.find(office, "north_pilot")


def test_a_file_with_many_mistakes_leaves_the_board_in_sight(
    qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty.toml"
    empty.write_text("# nothing\n")
    page = opened(qtbot, office, "pstq_policy")
    monkeypatch.setattr(files, "ask_programme", lambda _parent: empty)
    press(page, "Take a file…")
    assert says(page, "“who” is missing at the top of the file")
    assert not says(page, "The table is missing")
    assert says(page, "2 more mistakes: mend these first.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_columns_of_the_board_stand_whole_in_a_small_window(
    qtbot: QtBot, pilot: Office, language: str
) -> None:
    em = theme.metrics().body
    with i18n.speaking(language):
        page = opened(qtbot, pilot, "north_pilot")
        page.resize(page.width() - page.board.width() + 862, 500)
        qtbot.waitUntil(lambda: page.board.width() == 862)
        assert sum(round(column.width * em) for column in COLUMNS) <= (
            page.board.table.viewport().width()
        ), "what an empty list takes"
        (fit,) = [column for column in COLUMNS if column.key == "fit"]
        widest = max(chip_width(name_of(one, "programme_fit"), TONES[one]) for one in Fit)
        assert widest + PADDING * 1.5 + 1 <= fit.width * em


def test_a_route_that_is_a_programme_leads_to_its_board(qtbot: QtBot, pilot: Office) -> None:
    page = shown(qtbot, pilot)
    page.open_with("north_pilot")
    press(page, "Board of this programme")
    assert page.is_board()
    assert page.board.programme().key == "north_pilot"


def test_what_is_recorded_elsewhere_is_seen_on_the_board(qtbot: QtBot, pilot: Office) -> None:
    person = build.invite(pilot)
    page = opened(qtbot, pilot, "pstq_policy")
    assert page.board.count() == 0
    routes.save(pilot, person, None, RouteDetails("pstq_policy", RouteState.FILED))
    page.refresh()
    assert page.board.count() == 1
