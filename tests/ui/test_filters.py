# SPDX-License-Identifier: Apache-2.0
"""Filters on columns as chips: opened from a funnel, a chip or a menu, and taken off again."""

from collections.abc import Iterator
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.family import FamilyPage
from imp_plus_desktop.ui.lists.filtering import Filtering
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.shaping.filter_drop import FilterDrop
from imp_plus_desktop.ui.shaping.nothing_found import NothingFound
from imp_plus_desktop.ui.tables.header import ListHeader
from tests.ui.helpers import assert_accessible, open_list

pytestmark = pytest.mark.mostly_long(
    "test_the_funnel_of_a_title_opens_its_values_with_their_counts",
    "test_a_chip_stands_in_the_order_it_was_set_and_opens_and_goes",
    "test_a_filter_that_the_list_has_of_its_own_comes_from_the_same_menu",
    "test_what_is_empty_and_what_is_not_can_be_asked_for",
    "test_a_text_typed_is_looked_for_within",
    "test_members_are_filtered_by_who_answers_for_the_principal",
)

_LEFT = Qt.MouseButton.LeftButton
_TICKED, _BARE = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    for number, country in ((1, "TUN"), (2, "MAR"), (3, "TUN"), (4, "MAR")):
        build.invite(made, number, citizenship=country, clerk="Ana Roy" if number < 3 else "")
    yield made
    made.close()


def open_page(qtbot: QtBot, office: Office, kind: type[ListPage] = PeoplePage) -> ListPage:
    return open_list(qtbot, office, kind)


def filtering(page: ListPage) -> Filtering:
    assert page.filtering is not None
    return page.filtering


def rows(drop: FilterDrop) -> list[str]:
    assert drop.values is not None
    return [" ".join(drop.values.item(row).text().split()) for row in range(drop.values.count())]


def tick(drop: FilterDrop, words: str, state: Qt.CheckState = _TICKED) -> None:
    assert drop.values is not None
    drop.values.item(rows(drop).index(words)).setCheckState(state)


def chips(page: ListPage) -> list[str]:
    return [chip.text() for chip in page.filters.chips()]


def nothing(page: ListPage) -> NothingFound:
    return page.table.findChild(NothingFound)


def test_the_funnel_of_a_title_opens_its_values_with_their_counts(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    header = page.table.horizontalHeader()
    assert isinstance(header, ListHeader)
    section = [c.key for c in page.model.columns].index("citizenship")
    order = page.model.order
    qtbot.mouseClick(header.viewport(), _LEFT, pos=header.funnel_of(section).center())
    drop = page.findChild(FilterDrop)
    assert rows(drop) == ["Morocco 2", "Tunisia 2"]
    assert page.model.order == order, "a funnel filters, it does not sort"
    tick(drop, "Tunisia 2")
    assert drop.isVisible()
    assert page.model.rowCount() == 2
    assert chips(page) == ["Citizenship: Tunisia  ✕"]
    tick(drop, "Morocco 2")
    assert page.model.rowCount() == 4
    tick(drop, "Morocco 2", _BARE)
    tick(drop, "Tunisia 2", _BARE)
    assert chips(page) == []
    assert_accessible(drop)


def test_a_chip_stands_in_the_order_it_was_set_and_opens_and_goes(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    tick(filtering(page).open("person.citizenship", page), "Tunisia 2")
    tick(filtering(page).open("person.clerk", page), "Ana Roy 1")
    assert [text.split(":")[0] for text in chips(page)] == [
        "Citizenship",
        "Responsible for the file",
    ]
    assert page.model.rowCount() == 1
    first, second = page.filters.chips()
    assert first.x() < second.x() < page.filters.add.x()
    qtbot.mouseClick(first, _LEFT, pos=QPoint(8, first.height() // 2))
    drop = page.findChildren(FilterDrop)[-1]
    assert rows(drop) == ["Morocco 1", "Tunisia 1"], "counted among what the other filter keeps"
    drop.close()
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert page.model.rowCount() == 2
    qtbot.mouseClick(first, _LEFT, pos=QPoint(first.width() - 5, first.height() // 2))
    assert page.model.rowCount() == 4
    assert not first.isVisible()


@pytest.mark.parametrize("kind", [PeoplePage, ApplicationsPage, PermitsPage, FamilyPage])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_two_filters_are_offered_by_the_same_name(
    qtbot: QtBot, office: Office, kind: type[ListPage], language: str
) -> None:
    i18n.use(language)
    menu = filtering(open_page(qtbot, office, kind)).menu()
    for entries in (menu, *menu.findChildren(QMenu)):
        titles = [entry.text() for entry in entries.actions() if not entry.isSeparator()]
        assert sorted(titles) == sorted(set(titles))


def test_a_filter_that_the_list_has_of_its_own_comes_from_the_same_menu(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office, ApplicationsPage)
    titles = [action.text() for action in filtering(page).menu().actions()]
    assert "State" in titles
    assert not page.state.isVisible(), "what is off takes no room"  # type: ignore[attr-defined]


def test_what_is_empty_and_what_is_not_can_be_asked_for(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    drop = filtering(page).open("person.clerk", page)
    assert rows(drop) == ["Ana Roy 2", "(empty) 2"]
    drop.filled.setChecked(True)
    assert filtering(page).asked() == (ColumnFilter("person.clerk", filled=True),)
    drop.empty.setChecked(True)
    assert filtering(page).asked() == (ColumnFilter("person.clerk", filled=False),)
    assert chips(page) == ["Responsible for the file: empty  ✕"]
    tick(drop, "Ana Roy 2")
    assert filtering(page).asked() == (ColumnFilter("person.clerk", ("Ana Roy",)),)


def test_days_are_asked_for_from_where_to_where_or_by_a_word(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    drop = filtering(page).open("passport.expiry", page)
    assert drop.low is not None
    assert drop.high is not None
    qtbot.keyClicks(drop.low, "1/1/2030")
    assert filtering(page).asked() == (ColumnFilter("passport.expiry", low="2030-01-01"),)
    assert page.model.rowCount() == 4
    qtbot.keyClicks(drop.high, "1 janvier 2030")
    assert page.model.rowCount() == 4
    drop.low.clear()
    qtbot.keyClicks(drop.low, "2030-01-02")
    assert page.model.rowCount() == 0
    near = next(b for b in drop.findChildren(QPushButton) if b.text() == "within 6 months")
    near.click()
    assert chips(page) == ["Passport expires on: within 6 months  ✕"]


def test_a_text_typed_is_looked_for_within(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    drop = filtering(page).open("person.individual_reference", page)
    qtbot.keyClicks(drop.search, "0002")
    assert rows(drop) == ["Contains “0002”", "C1000002 1"]
    tick(drop, "Contains “0002”")
    assert page.model.rowCount() == 1
    qtbot.keyClick(drop.search, Qt.Key.Key_Backspace)
    assert page.model.rowCount() == 4, "what is looked for follows what is typed"


def test_where_nothing_is_left_the_list_says_what_each_filter_leaves_out(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    filtering(page).set_asked(
        [
            ColumnFilter("person.citizenship", ("TUN",)),
            ColumnFilter("person.clerk", ("Ana Roy",)),
            ColumnFilter("person.individual_reference", text="0004"),
        ]
    )
    page.filters.changed.emit()
    told = nothing(page)
    assert told.isVisible()
    assert "Nobody matches these three filters." in [w.text() for w in told.findChildren(QLabel)]
    ways = [b.text() for b in told.findChildren(QPushButton)]
    assert ways == [
        "Without “Citizenship: Tunisia”: 0",
        "Without “Responsible for the file: Ana Roy”: 0",
        "Without “Individual reference no.: contains “0004””: 1",
        "Remove all",
    ]
    assert len(page.filters.chips()) == 3, "counting takes nothing off"
    told.findChildren(QPushButton)[2].click()
    assert page.model.rowCount() == 1
    assert not told.isVisible()


def test_everything_is_taken_off_in_one_click(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    filtering(page).set_asked([ColumnFilter("person.citizenship", ("BEL",))])
    page.header.search.set_text("zzz", tell=True)
    told = nothing(page)
    assert [b.text() for b in told.findChildren(QPushButton)] == [
        "Without “zzz”: 0",
        "Without “Citizenship: Belgium”: 0",
        "Find “zzz” everywhere, with names that are alike (Ctrl+K)",
        "Remove all",
    ]
    told.findChildren(QPushButton)[-1].click()
    assert (page.model.rowCount(), page.header.search.text(), chips(page)) == (4, "", [])


def test_members_are_filtered_by_who_answers_for_the_principal(
    qtbot: QtBot, office: Office
) -> None:
    build.add_member(office, 1)
    build.add_member(office, 3, given_names="Nour")
    page = open_page(qtbot, office, FamilyPage)
    page.clerk.set_value("Ana Roy", tell=True)  # type: ignore[attr-defined]
    assert page.model.rowCount() == 1
