# SPDX-License-Identifier: Apache-2.0
"""The overview in the window: figures that open rows, whose files, which cards, what is new."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, people
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.pages.overview import OverviewPage
from imp_plus_desktop.ui.pages.overview_board import CLOSED
from imp_plus_desktop.ui.shell.parts import go_to_part
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.mostly_long(
    "test_a_line_opens_its_people_with_its_words_as_a_filter",
    "test_a_clerk_s_figure_opens_the_deadlines_of_that_clerk",
    "test_the_keys_walk_over_the_days_and_turn_the_month",
    "test_the_choice_is_somebody_s_own_and_stays",
    "test_an_empty_register_teaches_where_to_begin",
)

LEFT = Qt.MouseButton.LeftButton
LATER = date(2026, 12, 15)
ANNE, KARIM = "Anne Roy", "Karim Belkacem"


@pytest.fixture
def anne(tmp_path: Path) -> Iterator[Office]:
    """Anne's desk: two permits have ended, one of her files and one of Karim's."""
    then = new_office(tmp_path / "bureau.imp", build.TODAY)
    for number in (1, 2):
        build.issue(then, build.an_approved(then, number))
    clerks.assign(then, [1], ANNE)
    clerks.assign(then, [2], KARIM)
    then.close()
    opened = desk(tmp_path, ANNE)
    yield opened
    opened.close()


def desk(folder: Path, name: str) -> Office:
    settings = Settings(folder / f"{name}.json")
    settings.user_name = name
    return open_office(folder / "bureau.imp", today=LATER, settings=settings)


@pytest.fixture
def window(qtbot: QtBot, anne: Office) -> Iterator[MainWindow]:
    made = MainWindow(anne, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def page_of(window: MainWindow) -> OverviewPage:
    return cast(OverviewPage, window.open_page("overview"))


def pressed(qtbot: QtBot, root: QWidget, name: str) -> None:
    """Press what is read as this."""
    made = next(w for w in root.findChildren(QWidget) if w.accessibleName() == name)
    qtbot.mouseClick(made, LEFT)


def shown_cards(page: OverviewPage) -> list[str]:
    """The keys of the cards shown, from the top left as one reads."""
    shown = {k: c for k, c in page.board.cards.items() if c.isVisibleTo(page)}
    places = {k: c.mapTo(page, QPoint(0, 0)) for k, c in shown.items()}
    return sorted(shown, key=lambda key: (places[key].y(), places[key].x()))


def test_a_line_opens_its_people_with_its_words_as_a_filter(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = page_of(window)
    pressed(qtbot, page, "Permits ended, nothing filed since: 2")
    shown = window.current_page()
    assert isinstance(shown, PeoplePage)
    assert list(shown.shown_ids()) == [1, 2]
    (chip,) = shown.filters.chips()
    assert "Permits ended" in chip.words()  # type: ignore[attr-defined]
    chip.set_value(None, tell=True)
    assert len(shown.shown_ids()) == 2


def test_my_files_narrow_every_card_and_what_its_lines_open_and_come_back(
    qtbot: QtBot, window: MainWindow, anne: Office
) -> None:
    page = page_of(window)
    page.whose.choose("mine")
    assert page.scope().clerk == ANNE
    pressed(qtbot, page, "Permits ended, nothing filed since: 1")
    shown = window.current_page()
    assert isinstance(shown, PeoplePage)
    assert list(shown.shown_ids()) == [1]
    assert shown.clerk.clerk() == ANNE
    again = MainWindow(anne, inline_tasks=True)
    qtbot.addWidget(again)
    again.show()
    assert page_of(again).whose.chosen_key() == "mine"
    again.close()


def test_a_year_narrows_too_and_is_remembered(window: MainWindow, anne: Office) -> None:
    page = page_of(window)
    page.year.set_value(2023, tell=True)
    assert page.scope().letter_year == 2023
    assert anne.settings.layout("overview-year") == "2023"
    page.year.set_value(None, tell=True)
    assert page.scope().letter_year is None


def test_a_clerk_s_figure_opens_the_deadlines_of_that_clerk(
    qtbot: QtBot, window: MainWindow, anne: Office
) -> None:
    page = page_of(window)
    late = next(line.late for line in page.shown().clerks if line.clerk == KARIM)
    pressed(qtbot, page, f"{KARIM}, Overdue: {late}")
    shown = window.current_page()
    assert isinstance(shown, DeadlinesPage)
    rows = deadlines.rows(anne, shown.shown_ids())
    assert len(rows) == late
    assert {row.person_id for row in rows} == {2}
    assert all(row.day < LATER for row in rows)
    words = {chip.words() for chip in shown.filters.chips()}
    assert {KARIM, "Not seen yet", "in the past"} <= words


def test_what_is_late_is_one_line_above_the_day(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    late = page.shown().due.late
    assert late > 0
    pressed(qtbot, page.board.due, f"Overdue: {late}")
    shown = window.current_page()
    assert isinstance(shown, DeadlinesPage)
    assert len(shown.shown_ids()) == late


def test_a_click_on_a_day_of_the_month_opens_that_day(
    qtbot: QtBot, window: MainWindow, anne: Office
) -> None:
    page = page_of(window)
    grid = page.board.calendar.grid
    assert min(grid.days()).weekday() == 6
    page.board.calendar.back.click()
    day = date(2026, 11, 22)
    qtbot.mouseClick(grid.days()[day], LEFT)
    shown = window.current_page()
    assert isinstance(shown, DeadlinesPage)
    found = deadlines.rows(anne, shown.shown_ids())
    assert {row.day for row in found} == {day}


def test_the_keys_walk_over_the_days_and_turn_the_month(qtbot: QtBot, window: MainWindow) -> None:
    grid = page_of(window).board.calendar.grid
    today = grid.days()[LATER]
    assert "today" in today.accessibleName()
    today.setFocus()
    qtbot.keyClick(today, Qt.Key.Key_Right)
    assert grid.chosen_day() == date(2026, 12, 16)
    qtbot.keyClick(grid.days()[date(2026, 12, 16)], Qt.Key.Key_PageUp)
    assert date(2026, 11, 15) in grid.days()
    assert date(2026, 12, 20) not in grid.days()


class TestCards:
    def test_they_are_hidden_put_in_order_and_restored(
        self, window: MainWindow, anne: Office
    ) -> None:
        page = page_of(window)
        assert shown_cards(page) == [key for key in CLOSED if key not in ("cap", "track")]
        chooser = page.choose_cards()
        chooser.list.fields().__next__().setCheckState(Qt.CheckState.Unchecked)
        assert "ends" not in shown_cards(page)
        root = chooser.list.rootIndex()
        chooser.list.model().moveRow(root, 1, root, 4)
        assert shown_cards(page)[:3] == ["calendar", "waits", "since"]
        assert not page.board.order.is_shipped()
        chooser.restore.click()
        assert shown_cards(page) == [key for key in CLOSED if key not in ("cap", "track")]
        chooser.close()

    def test_alt_and_the_arrows_move_one(self, qtbot: QtBot, window: MainWindow) -> None:
        page = page_of(window)
        chooser = page.choose_cards()
        chooser.list.setCurrentRow(0)
        qtbot.keyClick(chooser.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert shown_cards(page)[:2] == ["waits", "ends"]
        chooser.close()

    def test_the_choice_is_somebody_s_own_and_stays(
        self, qtbot: QtBot, window: MainWindow, anne: Office, tmp_path: Path
    ) -> None:
        page = page_of(window)
        page.board.order.keep(CLOSED, ("calendar", "waits"))
        again = MainWindow(anne, inline_tasks=True)
        qtbot.addWidget(again)
        again.resize(1366, 768)
        again.show()
        assert shown_cards(page_of(again)) == ["waits", "calendar"]
        again.close()
        karim = desk(tmp_path, KARIM)
        theirs = MainWindow(karim, inline_tasks=True)
        qtbot.addWidget(theirs)
        theirs.resize(1366, 768)
        theirs.show()
        assert len(shown_cards(page_of(theirs))) == len(CLOSED) - 2
        theirs.close()
        karim.close()


class TestSinceMyLastVisit:
    def test_it_is_read_when_one_leaves_and_not_when_it_is_painted(
        self, qtbot: QtBot, window: MainWindow, tmp_path: Path
    ) -> None:
        page_of(window)
        window.open_page("people")
        karim = desk(tmp_path, KARIM)
        people.edit(karim, 2, {"phone": "514 555-0101"})
        karim.close()
        window.shell.changed()
        page = page_of(window)
        assert "Benalicc" in page.acts.said()
        window.refresh()
        assert "Benalicc" in page.acts.said()
        assert self._title(page) == "Since my last visit"
        link = next(
            b for b in page.acts.findChildren(QPushButton) if b.accessibleName().startswith("See")
        )
        qtbot.mouseClick(link, LEFT)
        shown = window.current_page()
        assert isinstance(shown, PeoplePage)
        assert shown.panel.person_id() == 2
        assert self._title(page_of(window)) != "Since my last visit"

    def _title(self, page: OverviewPage) -> str:
        return page.board.since.accessibleName()


def test_f6_goes_from_card_to_card_and_brings_each_into_view(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1093, 582)
    window.open_page("overview")
    window.activateWindow()
    seen: list[str] = []
    for _press in range(20):
        go_to_part(window)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert not focused.visibleRegion().isEmpty(), focused.accessibleName()
        card: QWidget | None = focused
        while card is not None and card.property("role") not in ("card", "sidebar"):
            card = card.parentWidget()
        assert card is not None
        if card.accessibleName() in seen:
            break
        seen.append(card.accessibleName())
    assert seen[1:] == ["What is ending", "December 2026", "Latest acts"], "all that have something"


def test_an_empty_register_teaches_where_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    office = new_office(tmp_path / "vide.imp", LATER)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    page = page_of(made)
    assert not page.whose.isVisibleTo(page)
    assert not page.arrange.isVisibleTo(page)
    made.close()
    office.close()


@pytest.mark.of_a_file("passphrases are those of files")
def test_a_register_without_anybody_teaches_that_also_once_it_has_a_passphrase(
    qtbot: QtBot, tmp_path: Path
) -> None:
    office = new_office(tmp_path / "vide.imp", LATER)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    page = page_of(made)
    passphrases.change(office, "set", "quatre mots bien longs")
    made.shell.changed()
    assert page._empty.isVisible()
    person = build.invite(office)
    made.shell.changed()
    assert not page._empty.isVisible()
    history.undo(office)
    made.shell.changed()
    assert people.count(office) == 0
    assert not page._empty.isVisible(), "what was undone can be done again from here"
    assert person
    made.close()
    office.close()
