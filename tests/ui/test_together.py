# SPDX-License-Identifier: Apache-2.0
"""Two desks of one register on a server: each sees who has which file open and who sees to what,
and is told when the format changes under it. Nothing that is shown disturbs whoever works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import office_builders as build
import pytest
import servers
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from server_users import let_in, office_database
from servers import Cluster

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.desks import Matter
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.i18n import speaking
from imp_plus_desktop.services.applications import flags
from imp_plus_desktop.services.imports import review
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.servers import claims
from imp_plus_desktop.ui.dialogs.question import Question
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.person.around.others import Others
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, cut_labels, type_text
from tests.ui.person_fixtures import says

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

ANNE, BORIS, ROSE = "together_anne", "b.lavoie", "together_rose"


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    return servers.a_cluster()


@pytest.fixture
def database(cluster: Cluster) -> str:
    made = office_database(cluster, "imp_beside")
    for user, role in ((ANNE, Role.CLERK), (BORIS, Role.CLERK), (ROSE, Role.READ)):
        let_in(cluster, made, user, f"a password of {user}", role)
    return made


@pytest.fixture
def opened(
    cluster: Cluster, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Office]]:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    made: list[Office] = []

    def office(user: str) -> Office:
        address = cluster.address(database, user)
        made.append(open_office(address, today=build.TODAY, password=f"a password of {user}"))
        return made[-1]

    yield office
    for one in made:
        one.close()


@pytest.fixture
def anne(opened: Callable[[str], Office]) -> Office:
    return opened(ANNE)


@pytest.fixture
def boris(opened: Callable[[str], Office]) -> Office:
    return opened(BORIS)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Callable[[Office], MainWindow]]:
    made: list[MainWindow] = []

    def shown(office: Office) -> MainWindow:
        window = MainWindow(office)
        made.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    yield shown
    for one in made:
        one.close()


def at_people(window: MainWindow, person: int) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.open_with(person)
    return page


def others(page: PeoplePage) -> Others:
    found = page.panel.findChild(Others)
    assert found is not None
    return found


def test_two_windows_at_one_file_show_each_other_and_no_more_when_one_goes(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    first, second = build.invite(anne, 1), build.invite(anne, 2)
    one, two = window(anne), window(boris)
    page, beside = at_people(one, first), at_people(two, second)
    qtbot.wait(600)
    assert others(page).texts() == []
    beside.open_with(first)
    begun = time.monotonic()
    qtbot.waitUntil(lambda: bool(others(page).texts()), timeout=5000)
    assert time.monotonic() - begun < 2
    qtbot.waitUntil(lambda: bool(others(beside).texts()), timeout=5000)
    assert others(page).texts()[0] in (BORIS, "BL")
    chip = next(made for made in others(page)._chips if made.isVisible())
    assert chip.toolTip().startswith(f"{BORIS} has had this file open since ")
    assert_accessible(one)
    beside.open_with(second)
    qtbot.waitUntil(lambda: others(page).texts() == [], timeout=5000)
    beside.open_with(first)
    qtbot.waitUntil(lambda: bool(others(page).texts()), timeout=5000)
    two.open_page("overview")  # the file is open there no more
    qtbot.waitUntil(lambda: others(page).texts() == [], timeout=5000)
    two.open_page("people")
    qtbot.waitUntil(lambda: bool(others(page).texts()), timeout=5000)
    two.close()
    qtbot.waitUntil(lambda: others(page).texts() == [], timeout=5000)


def test_a_list_marks_whose_file_is_open_elsewhere_and_what_leaves_it_says_nothing_of_it(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    first, second = build.invite(anne, 1), build.invite(anne, 2)
    one, two = window(anne), window(boris)
    page = at_people(one, first)

    def painted() -> bytes:
        row = page.model.row_of(second)
        assert row is not None
        cell = page.table.visualRect(page.model.index(row, 0))
        return bytes(page.table.viewport().grab(cell).toImage().constBits())

    before = painted()
    at_people(two, second)

    def name_of(person: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        row = page.model.row_of(person)
        column = next(n for n, c in enumerate(page.model.columns) if c.key == "name")
        assert row is not None
        return str(page.model.index(row, column).data(role))

    qtbot.waitUntil(lambda: name_of(second).startswith("○ BL · "), timeout=5000)
    assert not name_of(first).startswith("○"), "one's own is no mark"
    assert f"{BORIS} has had this file open since " in name_of(second, Qt.ItemDataRole.ToolTipRole)
    spoken = name_of(second, Qt.ItemDataRole.AccessibleTextRole)
    assert BORIS in spoken
    assert "○" not in spoken
    row = page.model.row_at(page.model.row_of(second) or 0)
    column = next(c for c in page.model.columns if c.key == "name")
    assert "○" not in column.told(row)
    assert painted() != before
    two.close()
    qtbot.waitUntil(lambda: not name_of(second).startswith("○"), timeout=5000)


def test_a_list_of_another_desk_is_waited_for_by_nobody_who_types(
    qtbot: QtBot,
    anne: Office,
    boris: Office,
    window: Callable[[Office], MainWindow],
    tmp_path: Path,
) -> None:
    """Its files come into the list when they are brought up to date, beside the window."""
    one = window(anne)
    page = at_people(one, build.invite(anne, 900))
    qtbot.waitUntil(lambda: bool(anne.heard), timeout=5000)
    rows = [build.a_row(number) for number in range(1, 61)]
    build.import_file(boris, build.a_list(tmp_path / "list.xlsx", rows))
    stale = summary.stale_count(anne)
    assert stale == 60
    # Asked in the window's own thread, as a key of a filter does.
    assert len(page.ids_of(anne, PeopleFilter(text="amine"))) == 1
    assert summary.stale_count(anne) == stale
    page.header.search.setFocus()
    type_text(page.header.search, "amine")
    one.refresh()  # as after an act of one's own
    assert page.header.search.text() == "amine"
    qtbot.waitUntil(lambda: len(page.shown_ids()) == 61, timeout=20_000)
    assert summary.stale_count(anne) == 0


def test_where_there_is_no_room_initials_stand_for_names(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    person = build.invite(anne, 1)
    made = window(anne)
    page = at_people(made, person)
    notices = boris.register.watch()
    assert notices is not None
    notices.sign(person)
    row = others(page)
    qtbot.waitUntil(lambda: bool(row.texts()), timeout=5000)
    row.set_room(5000)
    assert row.texts() == [BORIS]
    row.set_room(60)
    assert row.texts() == ["BL"]
    for width, height in ((1093, 614), (1366, 768)):
        made.resize(width, height)
        QApplication.processEvents()
        assert cut_labels(page.panel) == []
    notices.close()


def test_who_reads_is_seen_and_sees(
    qtbot: QtBot,
    anne: Office,
    opened: Callable[[str], Office],
    window: Callable[[Office], MainWindow],
) -> None:
    person = build.invite(anne, 1)
    rose = opened(ROSE)
    page, beside = at_people(window(anne), person), at_people(window(rose), person)
    qtbot.waitUntil(lambda: bool(others(page).texts() and others(beside).texts()), timeout=5000)
    due = beside.window()
    assert isinstance(due, MainWindow)
    deadlines = due.open_page("deadlines")
    assert isinstance(deadlines, DeadlinesPage)
    assert not deadlines.claim_button.isVisible()
    assert "deadlines.claim" not in {offer.id for offer in deadlines.row_offers()}


def test_presence_steals_neither_focus_nor_typed_text(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    for number in range(1, 31):
        build.invite(anne, number)
    made = window(anne)
    page = at_people(made, people.find(anne, "C1000003"))
    search = page.focus_search() and QApplication.focusWidget()
    assert isinstance(search, QLineEdit)
    type_text(search, "Ben")
    qtbot.wait(900)
    chosen, top = page.current_person(), page.table.verticalScrollBar().value()
    notices = boris.register.watch()
    assert notices is not None
    assert chosen is not None
    notices.sign(chosen)
    qtbot.waitUntil(lambda: bool(others(page).texts()), timeout=5000)
    type_text(search, "a")
    assert QApplication.focusWidget() is search
    assert search.text() == "Bena"
    assert (page.current_person(), page.table.verticalScrollBar().value()) == (chosen, top)
    notices.close()


def answered(qtbot: QtBot, do: Callable[[], object], accept: bool) -> str:
    """Do something that asks a question, and answer it; what it asked."""
    said: list[str] = []

    def answer() -> None:
        found = QApplication.activeModalWidget()
        assert isinstance(found, Question)
        said.append(found.windowTitle())
        assert cut_labels(found) == []
        (found.accept if accept else found.reject)()

    QTimer.singleShot(50, answer)
    do()
    assert said, "nothing was asked"
    return said[0]


def test_a_deadline_is_taken_on_seen_by_the_other_and_asked_about(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    build.invite(anne, 1)
    build.invite(anne, 2)
    one, two = window(anne), window(boris)
    page, beside = one.open_page("deadlines"), two.open_page("deadlines")
    assert isinstance(page, DeadlinesPage)
    assert isinstance(beside, DeadlinesPage)
    page.table.select_first()
    beside.table.select_first()
    assert page.claim_button.text() == "Take it on"
    shown = page.table.ids()[0]
    qtbot.mouseClick(page.claim_button, Qt.MouseButton.LeftButton)
    begun = time.monotonic()
    assert page.claim_button.text() == "Let it go"
    assert f"taken on: {ANNE}" in sentence(page)
    assert str(name_cell(page).data()).startswith("● TA · ")
    assert name_cell(page).siblingAtColumn(0).data() == page.table.current_row().day.isoformat()
    (column,) = (one for one in page.model.columns if one.key == "name")
    assert column.told(page.table.current_row()) == page.table.current_row().name
    assert page.table.current_id() == shown
    assert one.status.text() == "Taken on; the other desks see it"
    page.panel.open_section("deadlines")
    assert says(page.panel, f"taken on: {ANNE}")
    qtbot.waitUntil(lambda: f"taken on: {ANNE}" in sentence(beside), timeout=5000)
    assert time.monotonic() - begun < 2
    assert beside.table.current_id() == shown
    qtbot.waitUntil(lambda: beside.claim_button.text() == "Take it over…")
    person = page.table.current_row().person_id
    qtbot.waitUntil(lambda: bool(boris.company.others_at(person)), timeout=5000)
    assert str(name_cell(beside).data()).startswith("● TA · "), "the file is open there too"
    assert not page.claimed.isVisible()
    page.claimed.set_value("mine", tell=True)
    assert page.claimed.isVisible()
    assert list(page.shown_ids()) == [shown]
    page.claimed.set_value("nobodys", tell=True)
    assert shown not in page.shown_ids()
    page.claimed.set_value(None, tell=True)
    # The other is asked, leaves it, and then does it all the same.
    assert answered(qtbot, beside.settle, accept=False) == f"Taken on by {ANNE}"
    assert shown in beside.table.ids()
    answered(qtbot, beside.settle, accept=True)
    qtbot.waitUntil(lambda: shown not in page.table.ids() or not claims.look(anne).claims)
    assert claims.look(anne).claims == {}


def test_it_is_let_go_and_taken_over_by_clicking(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    build.invite(anne, 1)
    made = window(anne)
    page = made.open_page("deadlines")
    assert isinstance(page, DeadlinesPage)
    page.table.select_first()
    row = page.table.current_row()
    matter = claims.of_deadline(row)
    claims.take_on(boris, matter)
    qtbot.waitUntil(lambda: page.claim_button.text() == "Take it over…", timeout=5000)
    click = page.claim_button.click
    assert answered(qtbot, click, accept=False) == f"Take over from {BORIS}?"
    assert claims.look(anne).claims[matter].name == BORIS
    answered(qtbot, click, accept=True)
    assert claims.look(boris).claims[matter].name == ANNE
    qtbot.mouseClick(page.claim_button, Qt.MouseButton.LeftButton)
    assert claims.look(boris).claims == {}
    assert page.claim_button.text() == "Take it on"


def name_cell(page: DeadlinesPage) -> QModelIndex:
    return cell(page, "name")


def cell(page: DeadlinesPage, key: str) -> QModelIndex:
    column = next(n for n, one in enumerate(page.model.columns) if one.key == key)
    return page.model.index(0, column)


def sentence(page: DeadlinesPage) -> str:
    return str(cell(page, "sentence").data())


def test_a_held_row_is_taken_on_and_what_was_ticked_stays(
    qtbot: QtBot,
    anne: Office,
    boris: Office,
    window: Callable[[Office], MainWindow],
    tmp_path: Path,
) -> None:
    same = {"family_name": "Benali", "given_names": "Amine", "birth_date": "1990-03-04"}
    build.invite(anne, 1, **same)
    alike = build.a_row(5, **same)
    for name in ("individual_reference", "uci"):
        alike.pop(name, None)
    build.import_file(anne, build.a_list(tmp_path / "list.xlsx", [alike]))
    (held,) = review.rows(anne)
    made = window(anne)
    page = made.open_page("imports", "review")
    assert isinstance(page, ImportsPage)
    view = page.review
    assert view.claims.button.isVisible()
    assert view.table.hasFocus()
    for expected in ([Matter.held_row(held.row)], []):
        qtbot.keyClick(view.table, Qt.Key.Key_T)
        assert [one for one, claim in claims.look(anne).claims.items() if claim.is_own] == expected
    boxes = [box for side in view._sides for box in side.boxes.values()]
    claims.take_on(boris, Matter.held_row(held.row))
    qtbot.waitUntil(lambda: view.claims.said.text() == f"taken on: {BORIS}", timeout=5000)
    assert [box for side in view._sides for box in side.boxes.values()] == boxes
    assert str(view.model.index(0, 0).data()).startswith("● BL · ")
    assert answered(qtbot, view.drop, accept=False) == f"Taken on by {BORIS}"
    assert len(review.rows(anne)) == 1
    view.claims.whose.choose("mine")
    assert view.table.model().rowCount() == 0
    view.claims.whose.choose("all")
    answered(qtbot, view.drop, accept=True)
    assert review.rows(anne) == []
    assert claims.look(boris).claims == {}


def press(qtbot: QtBot, page: PeoplePage, words: str) -> None:
    page.panel.open_section("flags")
    buttons = [made for made in page.panel.findChildren(ActionButton) if made.isVisible()]
    found = next(made for made in buttons if made.text() == words)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_finding_is_taken_on_and_the_other_is_asked_before_they_settle_it(
    qtbot: QtBot,
    anne: Office,
    boris: Office,
    window: Callable[[Office], MainWindow],
    tmp_path: Path,
) -> None:
    early = {"received_at": date(2023, 9, 20), "decided_on": date(2023, 9, 10)}
    row = build.a_row(1, **early, outcome="approved")
    build.import_file(anne, build.a_list(tmp_path / "list.xlsx", [row]))
    person = people.find(anne, row["individual_reference"])
    page, beside = at_people(window(anne), person), at_people(window(boris), person)
    for one in (page, beside):
        one.panel.open_section("flags")
    press(qtbot, page, "Take it on")
    assert says(page.panel, f"taken on: {ANNE}")
    section = page.panel._body.section_of("flags")
    focused = page.window().focusWidget()
    assert focused is not None
    assert section.isAncestorOf(focused)
    qtbot.waitUntil(lambda: says(beside.panel, f"taken on: {ANNE}"), timeout=5000)
    for one, kept in ((page, {"mine": 1, "nobodys": 0}), (beside, {"mine": 0, "nobodys": 0})):
        qtbot.waitUntil(lambda one=one: says(one.panel, f"taken on: {ANNE}"), timeout=5000)
        assert one.flagged.values() == [True, "mine", "nobodys"]
        offered = [action.text() for action in one.flagged.menu_of_choices().actions()]
        assert len(set(offered)) == len(offered) == 4
        for whose, count in kept.items():
            one.flagged.set_value(whose, tell=True)
            assert len(one.shown_ids()) == count
        one.flagged.set_value(None, tell=True)
        one.show_person(person)
    assert answered(qtbot, lambda: press(qtbot, beside, "Settle…"), accept=False)
    assert answered(qtbot, lambda: press(qtbot, beside, "Take it over…"), accept=True)
    (flag,) = flags.of_person(anne, person)
    assert claims.look(anne).claims[claims.of_finding(person, flag)].name == BORIS
    qtbot.waitUntil(lambda: says(page.panel, f"taken on: {BORIS}"), timeout=5000)
    press(qtbot, beside, "Let it go")
    qtbot.waitUntil(lambda: not says(page.panel, "taken on"), timeout=5000)


def test_of_several_deadlines_one_that_another_has_taken_on_is_asked_about(
    qtbot: QtBot, anne: Office, boris: Office, window: Callable[[Office], MainWindow]
) -> None:
    build.invite(anne, 1)
    build.invite(anne, 2)
    made = window(anne)
    page = made.open_page("deadlines")
    assert isinstance(page, DeadlinesPage)
    page.table.selectAll()
    assert page.several.chosen() is not None
    row = page.model.row_at(0)
    assert row is not None
    claims.take_on(boris, claims.of_deadline(row))
    qtbot.waitUntil(lambda: bool(anne.company.claims), timeout=5000)
    page.table.selectAll()
    assert answered(qtbot, page.settle, accept=False) == f"Taken on by {BORIS}"
    assert len(page.table.ids()) > 1


def test_in_a_register_in_a_file_nothing_of_it_shows(
    qtbot: QtBot, office: Office, window: Callable[[Office], MainWindow]
) -> None:
    person = build.invite(office, 1)
    made = window(office)
    page = at_people(made, person)
    assert others(page).texts() == []
    due = made.open_page("deadlines")
    assert isinstance(due, DeadlinesPage)
    due.table.select_first()
    assert not due.claim_button.isVisible()
    assert due.claimed.values() == []
    assert "deadlines.claim" not in {offer.id for offer in due.row_offers()}
    assert "deadlines.claim" not in {action.id for action in due.own_actions()}
    due.take_on()
    imports = made.open_page("imports", "review")
    assert isinstance(imports, ImportsPage)
    assert not imports.review.claims.button.isVisible()
    assert not imports.review.claims.whose.isVisible()


def test_the_format_changes_under_an_open_window(
    qtbot: QtBot,
    anne: Office,
    window: Callable[[Office], MainWindow],
    cluster: Cluster,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = build.invite(anne, 1)
    made = window(anne)
    page = at_people(made, person)
    qtbot.wait(600)
    with cluster.connected(database) as asked:
        asked.execute("UPDATE imp_plus.register_state SET of_servers = of_servers + 1")
        asked.execute("SELECT pg_notify('imp_plus_desks', 'format')")
    begun = time.monotonic()
    qtbot.waitUntil(
        lambda: made.bands.lost is not None and made.bands.lost.isVisible(), timeout=5000
    )
    assert time.monotonic() - begun < 1
    band = made.bands.lost
    assert band is not None
    assert "newer format" in band.words()
    assert band.button.text() == "Open it anew"
    assert page.table.model().rowCount() == 1
    with pytest.raises(StorageError, match="format_changed"):
        build.invite(anne, 2)
    asked_to_open: list[object] = []
    made.bands.again.disconnect()
    made.bands.again.connect(asked_to_open.append)
    qtbot.mouseClick(band.button, Qt.MouseButton.LeftButton)
    assert asked_to_open == [anne.place]
    qtbot.wait(1200)
    assert band.isVisible()
    with speaking("fr"):
        band.retranslate()
        assert "format plus récent" in band.words()
