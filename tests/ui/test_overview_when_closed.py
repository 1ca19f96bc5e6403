# SPDX-License-Identifier: Apache-2.0
"""The overview on a day when no letter is accepted any more, read as it is shown."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.codes import Outcome, PrStage
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import pr_track
from imp_plus_desktop.ui.charts.gauge import CapGauge
from imp_plus_desktop.ui.charts.year_chart import YearChart
from imp_plus_desktop.ui.dialogs.privacy.privacy_lists import RetentionDialog
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.widgets.lists import ActionList
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.mostly_long(
    "test_what_ends_and_what_waits_lead_and_no_free_place_is_shown",
    "test_the_lines_of_what_ends_open_the_people_they_count",
    "test_the_two_questions_lead_and_nothing_to_destroy_is_said",
)

CLOSED = date(2026, 11, 20)
ENDS, WAITS, TO_DO = "ends", "waits", "to do"
WORDS = {
    "fr": {ENDS: "Ce qui prend fin", WAITS: "Ce qui attend", TO_DO: "À traiter"},
    "en": {ENDS: "What is ending", WAITS: "What is waiting", TO_DO: "To do"},
}
LINK = {"fr": "Historique des places", "en": "History of the places"}
SAID = {"fr": "15 janvier 2025", "en": "January 15, 2025"}


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, language: str) -> Iterator[MainWindow]:
    """A register of 2023 with a permit that has ended since and a decision that never came."""
    then = new_office(tmp_path / "bureau.imp", date(2023, 11, 22))
    build.issue(then, build.an_approved(then))
    build.receive(then, build.invite(then, 2))
    then.close()
    office = open_office(tmp_path / "bureau.imp", today=CLOSED)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(1093, 576)
    made.show()
    made.set_language(language, keep=False)
    made.open_page("overview")
    yield made
    made.close()
    office.close()
    i18n.use("en")


def shown(page: QWidget) -> list[str]:
    """What is read on a page: labels, links and lines, from top to bottom."""
    kinds = (QLabel, QPushButton)
    found = [made for kind in kinds for made in page.findChildren(kind) if made.isVisibleTo(page)]
    found.sort(key=lambda made: (made.mapTo(page, QPoint(0, 0)).y(), made.x()))
    lines = [
        row.accessibleName()
        for made in page.findChildren(ActionList)
        if made.isVisibleTo(page)
        for row in made.rows()
    ]
    return [made.text() for made in found if made.text()] + lines


def test_what_ends_and_what_waits_lead_and_no_free_place_is_shown(
    window: MainWindow, language: str
) -> None:
    page = window.current_page()
    said, words = shown(page), WORDS[language]
    titles = [text for text in said if text in words.values()]
    assert titles == [words[ENDS], words[WAITS]]
    for kind in (CapGauge, YearChart):
        assert not [made for made in page.findChildren(kind) if made.isVisibleTo(page)]
    plain = [i18n.format_number(7350), "7350", i18n.format_number(7348)]
    assert not [text for text in said if any(number in text for number in plain)]
    assert [text for text in said if SAID[language] in text]


def test_one_quiet_link_leads_to_the_places(
    qtbot: QtBot, window: MainWindow, language: str
) -> None:
    page = window.current_page()
    links = [
        made
        for made in page.findChildren(QPushButton)
        if made.isVisibleTo(page) and made.text() == LINK[language]
    ]
    (link,) = links
    assert link.property("role") == "link"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert window.current_page() is window.page("quota")


PERMITS = ("Permits that end", "Permis qui prennent fin")


def test_a_link_above_what_ends_leads_to_the_permits_that_end(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.current_page()
    (link,) = [b for b in page.findChildren(QPushButton) if b.text() in PERMITS]
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    shown = window.current_page()
    assert shown is window.page("permits")
    assert shown.is_board()  # type: ignore[attr-defined]


def test_the_lines_of_what_ends_open_the_people_they_count(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.current_page()
    lists = [made for made in page.findChildren(ActionList) if made.isVisibleTo(page)]
    places = {made: made.mapTo(page, QPoint(0, 0)) for made in lists}
    lists.sort(key=lambda made: (places[made].y(), places[made].x()))
    ends, waits = lists[:2]
    assert ends.rows()
    assert waits.rows()
    assert all(row.count != "0" for row in (*ends.rows(), *waits.rows()))
    qtbot.mouseClick(ends.rows()[0], Qt.MouseButton.LeftButton)
    assert window.current_page() is window.page("people")


STAGES = {
    "fr": ("Présentée", "Accusé de réception"),
    "en": ("Filed", "Acknowledged"),
}
NOT_ENOUGH = {"fr": "pas assez de cas", "en": "not enough cases"}


def test_the_stages_of_pr_open_who_stands_there_now(
    qtbot: QtBot, window: MainWindow, language: str
) -> None:
    office = window.shell.office
    first, second = people.ids(office, PeopleFilter())
    pr_track.record(office, first, PrStage.ACKNOWLEDGED, date(2024, 2, 1))
    pr_track.record(office, second, PrStage.FILED, date(2024, 2, 1))
    page = cast(OverviewPage, window.current_page())
    page.refresh()
    bars = page.board.track.bars
    rows = list(bars.rows())
    assert [(row.text(), row.count) for row in rows] == [
        (STAGES[language][0], "2"),
        (STAGES[language][1], "1"),
    ]
    assert any(NOT_ENOUGH[language] in text for text in shown(page))
    paper = page.paper()
    assert paper is not None
    printed = [row for part in paper.parts if part.table for row in part.table.rows]
    assert (STAGES[language][1], "1", NOT_ENOUGH[language]) in printed
    qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    listed = window.current_page()
    assert listed is window.page("people")
    assert list(listed.shown_ids()) == [second]  # type: ignore[attr-defined]


GONE = {
    "fr": ("Dossiers à détruire ou à rendre anonymes", "Conserver et détruire les dossiers"),
    "en": ("Files to destroy or make anonymous", "Keeping and destroying files"),
}


def test_what_may_be_destroyed_is_counted_and_its_line_opens_the_files(
    qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    then = new_office(tmp_path / "vieux.imp", date(2023, 11, 22))
    application = build.receive(then, build.invite(then)).application
    build.decide(then, application, Outcome.REFUSED)
    then.close()
    office = open_office(tmp_path / "vieux.imp", today=date(2028, 12, 10))
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    made.set_language(language, keep=False)
    page = cast(OverviewPage, made.open_page("overview"))
    said, title = GONE[language]
    card = page.board.keeping
    assert [(row.text(), row.count) for row in card.lines.rows()] == [(said, "1")]
    qtbot.mouseClick(card.lines.rows()[0], Qt.MouseButton.LeftButton)
    (dialog,) = made.findChildren(RetentionDialog)
    assert title in dialog.windowTitle()
    dialog.close()
    made.close()
    office.close()
    i18n.use("en")


NOTHING = {
    "fr": "Aucun dossier n’est encore à détruire.",
    "en": "No file is to be destroyed yet.",
}


def test_the_two_questions_lead_and_nothing_to_destroy_is_said(
    window: MainWindow, language: str
) -> None:
    page = cast(OverviewPage, window.current_page())
    assert not page.board.keeping.lines.rows()
    assert NOTHING[language] in [text.replace("\u00a0", " ") for text in shown(page)]
    board = page.board
    places = [board.cards[key].mapTo(board, QPoint(0, 0)) for key in ("ends", "waits", "calendar")]
    assert places == sorted(places, key=lambda place: (place.y(), place.x()))
