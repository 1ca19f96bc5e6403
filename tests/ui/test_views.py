# SPDX-License-Identifier: Apache-2.0
"""Views of a list as tabs: shipped, the office's and one's own; changed, saved and restored."""

import threading
from collections.abc import Iterator
from pathlib import Path

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.listing import views
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits, pr_track
from imp_plus_desktop.ui.lists.list_page import ListPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.lists.shipped_views import shipped
from imp_plus_desktop.ui.lists.viewing import Viewing
from imp_plus_desktop.ui.shaping.view_tabs import Tab, ViewTabs
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, open_list

pytestmark = pytest.mark.mostly_long(
    "test_the_shipped_views_stand_first_and_keep_what_they_say",
    "test_a_view_of_one_s_own_is_saved_by_name_and_kept_as_it_changes",
    "test_control_page_down_goes_from_view_to_view",
    "test_a_view_is_renamed_shared_and_deleted_from_its_tab_and_each_is_undone",
    "test_tabs_are_as_wide_as_their_words_at_once",
    "test_each_number_is_that_of_the_list_when_its_view_is_shown",
)

TUNISIANS = ColumnFilter("person.citizenship", ("TUN",))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    made.settings.user_name = "Ana Roy"
    build.invite(made, 1, citizenship="TUN", clerk="Ana Roy")
    build.invite(made, 2, letter_received_date="")
    three = build.an_approved(made, 3, passport_expiry="2024-03-01", citizenship="TUN")
    build.invite(made, 4, passport_expiry="2024-03-01")
    permits.issue(made, permits.Issue(three, build.TODAY, number="U123456789"))
    yield made
    made.close()


def open_page(qtbot: QtBot, office: Office, kind: type[ListPage] = PeoplePage) -> ListPage:
    return open_list(qtbot, office, kind)


def viewing(page: ListPage) -> Viewing:
    assert page.viewing is not None
    return page.viewing


def ask(page: ListPage, *filters: ColumnFilter) -> None:
    assert page.filtering is not None
    page.filtering.set_asked(filters)
    page.filters.changed.emit()


def tabs(page: ListPage) -> list[str]:
    return [made.tab.text for made in viewing(page).tabs._tabs]


def references(page: ListPage) -> list[str | None]:
    rows = (page.model.row_at(row) for row in range(page.model.rowCount()))
    return [row.individual_reference for row in rows if row is not None]


def save_as(page: ListPage, name: str, *, shared: bool = False) -> None:
    drop = viewing(page).ask_name()
    drop.line.setText(name)
    drop.shared.setChecked(shared)
    drop.save.click()


def changed(page: ListPage) -> bool:
    own = viewing(page).tabs
    return not own.save.isHidden() and not own.restore.isHidden()


def test_the_shipped_views_stand_first_and_keep_what_they_say(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    assert tabs(page) == [
        "All",
        "My files",
        "Permit ends within 6 months",
        "Passport too short",
        "No receipt of the letter",
    ]
    found = {}
    for key in viewing(page).tabs.shown_keys():
        viewing(page).choose(key)
        found[key] = references(page)
        assert not changed(page), key
    assert found == {
        "all": ["C1000001", "C1000002", "C1000003", "C1000004"],
        "mine": ["C1000001"],
        "permit_ends": ["C1000003"],
        "short_passport": ["C1000004"],
        "no_letter_receipt": ["C1000002"],
    }
    assert_accessible(page)


def test_the_permits_of_who_waits_for_permanent_residence_have_a_view(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office, PermitsPage)
    viewing(page).choose("permanent_residence")
    assert page.model.rowCount() == 0
    pr_track.record(office, 3, PrStage.FILED, build.TODAY)
    page.refresh()
    row = page.model.row_at(0)
    assert row is not None
    assert (row.person_id, page.model.rowCount()) == (3, 1)
    pr_track.record(office, 3, PrStage.LANDED, build.TODAY)
    page.refresh()
    assert page.model.rowCount() == 0


@pytest.mark.parametrize("kind", ListKind)
def test_a_shipped_view_names_columns_and_orders_that_its_list_has(
    qtbot: QtBot, office: Office, kind: ListKind
) -> None:
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.open_page(kind.value)
    page = next(p for p in window.findChildren(ListPage) if p.KIND is kind)
    known = {column.key for column in page.model.columns}
    sorts = {column.sort for column in page.model.columns}
    for view in shipped(kind):
        assert set(view.shape.columns) <= known
        assert {key for key, _down in view.shape.order} <= sorts
        viewing(page).choose(view.key)
        assert not changed(page), view.key


def test_a_change_shows_the_dot_and_restoring_takes_it_away(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    assert not changed(page)
    page.table.columns.show(["name", "person.phone"])
    assert changed(page)
    page.table.columns.show(page.table.columns.shipped())
    assert not changed(page)
    page.model.sort(1)
    ask(page, TUNISIANS)
    assert changed(page)
    viewing(page).tabs.restore.click()
    assert not changed(page)
    assert page.filters.chips() == []
    assert page.model.order == (("name", False),)
    assert page.model.rowCount() == 4


def test_a_view_of_one_s_own_is_saved_by_name_and_kept_as_it_changes(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    page.table.columns.show(["name", "person.phone"])
    ask(page, TUNISIANS)
    save_as(page, "Tunis")
    assert tabs(page)[-1] == "Tunis"
    assert not changed(page)
    viewing(page).choose("all")
    assert len(page.filters.chips()) == 0
    assert [c.key for c in page.table.shown_columns()] == page.table.columns.shipped()
    (key,) = (k for k in viewing(page).tabs.shown_keys() if k.startswith("view:"))
    viewing(page).choose(key)
    assert references(page) == ["C1000001", "C1000003"]
    assert [c.key for c in page.table.shown_columns()] == ["name", "person.phone"]
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    assert changed(page)
    viewing(page).tabs.save.click()
    assert not changed(page)
    (kept,) = views.views(office, ListKind.PEOPLE)
    assert kept.shape.order == (("name", True),)
    assert kept.owner == "Ana Roy"


def test_what_was_changed_in_a_view_is_there_when_one_comes_back(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    page.table.columns.show(["name", "person.phone"])
    ask(page, TUNISIANS)
    viewing(page).choose("mine")
    viewing(page).choose("all")
    assert page.model.rowCount() == 2
    assert [c.key for c in page.table.shown_columns()] == ["name", "person.phone"]
    again = open_page(qtbot, office)
    assert [c.key for c in again.table.shown_columns()] == ["name", "person.phone"]
    assert changed(again)
    assert again.model.rowCount() == 4, "filters are kept in views alone"


def test_the_view_shown_last_comes_back_with_its_filters(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    viewing(page).choose("mine")
    again = open_page(qtbot, office)
    assert viewing(again).key == "mine"
    assert references(again) == ["C1000001"]


def test_control_page_down_goes_from_view_to_view(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    with qtbot.waitActive(page):
        page.activateWindow()
    page.table.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.table, Qt.Key.Key_PageDown, control)
    assert viewing(page).key == "mine"
    qtbot.keyClick(page.table, Qt.Key.Key_PageUp, control)
    qtbot.keyClick(page.table, Qt.Key.Key_PageUp, control)
    assert viewing(page).key == "no_letter_receipt"


def test_a_view_is_renamed_shared_and_deleted_from_its_tab_and_each_is_undone(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    said: list[tuple[str, int]] = []
    page.shell.said.connect(lambda text, act: said.append((text, act)))
    save_as(page, "Tunis")
    key = viewing(page).tabs.shown_keys()[-1]

    def do(words: str) -> None:
        action = next(a for a in viewing(page).menu(key).actions() if a.text() == words)
        action.trigger()

    do("Share with the office")
    assert "Share with the office" not in [a.text() for a in viewing(page).menu(key).actions()]
    do("Delete")
    assert "Tunis" not in tabs(page)
    assert viewing(page).key == "all"
    assert [text for text, _act in said] == [
        "View saved: Tunis",
        "View shared with the office: Tunis",
        "View deleted: Tunis",
    ]
    history.undo(office, said[-1][1])
    page.show_touched(office.made[-1].touched)
    assert tabs(page)[-1] == "Tunis"


def test_tabs_without_room_go_under_more_and_the_chosen_one_stays(
    qtbot: QtBot, office: Office
) -> None:
    page = open_page(qtbot, office)
    own = viewing(page).tabs
    page.resize(520, 600)
    viewing(page).choose("no_letter_receipt")
    shown = [made.tab.key for made in own._tabs if not made.isHidden()]
    assert "no_letter_receipt" in shown
    assert len(shown) < 5
    assert own.more.isVisible()
    hidden = [action.data() for action in own.menu_of_more().actions()]
    assert sorted([*shown, *hidden]) == sorted(own.shown_keys())
    own.menu_of_more().actions()[0].trigger()
    assert viewing(page).key == hidden[0]


def said(page: ListPage) -> dict[str, str]:
    """What each tab shows: its name, and how many rows its view has."""
    return {made.tab.key: made.text() for made in viewing(page).tabs._tabs}


def test_tabs_are_as_wide_as_their_words_at_once(qtbot: QtBot) -> None:
    tabs = ViewTabs()
    qtbot.addWidget(tabs)
    tabs.resize(1200, 40)
    tabs.set_tabs([Tab(key, f"A view called {key}") for key in "abc"])
    tabs.show()
    tabs.set_counts({"a": 1200, "b": 3, "c": 45})
    made = [one for one in tabs.findChildren(QPushButton) if "view called" in one.text()]
    assert len(made) == 3
    assert [one.width() for one in made] == [one.sizeHint().width() for one in made]


def test_tabs_say_how_many_rows_their_views_have(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    assert said(page) == {
        "all": "All",
        "mine": "My files 1",
        "permit_ends": "Permit ends within 6 months 1",
        "short_passport": "Passport too short 1",
        "no_letter_receipt": "No receipt of the letter 1",
    }
    ask(page, TUNISIANS)
    save_as(page, "Tunis")
    (own,) = views.views(office, ListKind.PEOPLE)
    assert said(page)[f"view:{own.id}"] == "Tunis 2"
    names = [made.accessibleName() for made in viewing(page).tabs._tabs]
    assert "Tunis 2" in names


def test_the_numbers_of_tabs_follow_what_changes(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office)
    people.edit(office, 2, {"clerk": "Ana Roy"})
    page.refresh()
    assert said(page)["mine"] == "My files 2"
    people.edit(office, 2, {"clerk": ""})
    people.edit(office, 1, {"clerk": ""})
    page.refresh()
    assert said(page)["mine"] == "My files 0"


@pytest.mark.parametrize("kind", ListKind)
def test_each_number_is_that_of_the_list_when_its_view_is_shown(
    qtbot: QtBot, office: Office, kind: ListKind
) -> None:
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.open_page(kind.value)
    page = next(p for p in window.findChildren(ListPage) if p.KIND is kind)
    counted = {k: n for k, n in viewing(page).tabs._counts.items() if k != "held"}
    assert counted.keys() == {view.key for view in shipped(kind) if view.key != "all"}
    for key, count in counted.items():
        viewing(page).choose(key)
        assert page.model.rowCount() == count, key


def test_rows_are_counted_away_from_the_window(qtbot: QtBot, office: Office) -> None:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.open_page("people")
    page = next(p for p in window.findChildren(ListPage) if p.KIND is ListKind.PEOPLE)
    qtbot.waitUntil(lambda: said(page)["mine"] == "My files 1")
    window.close()


def test_counting_gives_way_to_a_task_and_is_done_after_it(qtbot: QtBot, office: Office) -> None:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.open_page("people")
    page = next(p for p in window.findChildren(ListPage) if p.KIND is ListKind.PEOPLE)
    qtbot.waitUntil(lambda: said(page)["mine"] == "My files 1")
    people.edit(office, 2, {"clerk": "Ana Roy"})
    page.refresh()
    done: list[int] = []
    may_end = threading.Event()

    def job(_progress: object) -> int:
        may_end.wait(10)
        return 1

    assert window.shell.start("a task", job, done.append)
    assert not window.shell.aside.is_busy()
    page.refresh()
    assert not window.shell.aside.is_busy()
    may_end.set()
    qtbot.waitUntil(lambda: said(page)["mine"] == "My files 2")
    assert done == [1]
    window.close()


def test_tabs_speak_the_language_in_use(qtbot: QtBot, office: Office) -> None:
    page = open_page(qtbot, office, PermitsPage)
    i18n.use("fr")
    page.retranslate()
    assert tabs(page) == [
        "Tout",
        "Mes dossiers",
        "Permis qui prend fin d’ici 6 mois",
        "Résidence permanente",
    ]
