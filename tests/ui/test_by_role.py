# SPDX-License-Identifier: Apache-2.0
"""What a user's role does not allow is greyed, with who may do it; forms that show something are
read. The server would refuse it too: here nobody fills in a form for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import office_builders as build
import pytest
import servers
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from server_users import let_in, office_database
from servers import Cluster

from imp_plus_desktop import paths
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs.care.server_copies import ServerCopiesDialog
from imp_plus_desktop.ui.dialogs.office.journal import JournalDialog
from imp_plus_desktop.ui.dialogs.privacy.privacy_forms import DeskDialog
from imp_plus_desktop.ui.dialogs.privacy.privacy_lists import IncidentsDialog
from imp_plus_desktop.ui.dialogs.support.figures import FiguresDialog
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.look import allowed
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.person.values.in_place import InPlace
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.quota.quota import QuotaPage
from imp_plus_desktop.ui.search.command_rows import command_row
from imp_plus_desktop.ui.shell.menu_bar import offer_menu
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

USERS = {"role_rose": Role.READ, "role_anne": Role.CLERK, "role_lea": Role.LEAD}
READS = "In this register you read only; who does the daily work can do this."
LEADS = "Only whoever leads the office may do this."


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    return servers.a_cluster()


@pytest.fixture
def window(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Callable[[str], MainWindow]]:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    database = office_database(cluster, "imp_by_role")
    for user, role in USERS.items():
        let_in(cluster, database, user, f"a password of {user}", role)
    opened: list[Office] = []
    shown: list[MainWindow] = []

    def office(user: str) -> Office:
        address = cluster.address(database, user)
        opened.append(open_office(address, today=build.TODAY, password=f"a password of {user}"))
        return opened[-1]

    def show(user: str) -> MainWindow:
        made = MainWindow(office(user))
        shown.append(made)
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    build.invite(office("role_anne"), 1)
    first = show("role_anne")  # brings the lists to today
    first.open_page("deadlines")
    yield show
    for one in shown:
        one.close()
    for each in opened:
        each.close()


def at_people(window: MainWindow) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.table.select_first()
    return page


def test_who_only_reads_finds_every_entry_that_writes_greyed_with_who_may(
    window: Callable[[str], MainWindow],
) -> None:
    rose = window("role_rose")
    at_people(rose)
    bar = rose.menu_actions
    bar.enable(rose.action_state())
    writing = [one.id for one in bar.table() if allowed.act_of(one.id)]
    assert {"person.edit", "edit.undo", "edit.redo", "file.import", "file.export"} <= set(writing)
    for name in writing:
        entry = bar.action(name)
        assert not entry.isEnabled(), name
        assert entry.toolTip() == entry.statusTip() == READS, name
    for name in ("view.people", "file.settings", "person.history", "help.guide", "edit.find"):
        assert bar.action(name).isEnabled(), name


def test_a_clerk_and_a_lead_have_theirs(window: Callable[[str], MainWindow]) -> None:
    anne, lea = window("role_anne"), window("role_lea")
    for one in (anne, lea):
        at_people(one)
        one.menu_actions.enable(one.action_state())
        edit = one.menu_actions.action("person.edit")
        assert edit.isEnabled()
        assert edit.toolTip() != READS
        quota = one.open_page("quota")
        assert isinstance(quota, QuotaPage)
        official = (
            next(b for b in quota.findChildren(QPushButton) if LEADS in b.toolTip())
            if (one is anne)
            else None
        )
        assert (official is not None and not official.isEnabled()) is (one is anne)
        menu = quota.settings_menu()
        greyed = {a.text() for a in menu.actions() if not a.isEnabled()}
        assert len(greyed) == (3 if one is anne else 0), "to try other figures changes nothing"


def test_a_page_of_who_only_reads_has_its_buttons_greyed(
    window: Callable[[str], MainWindow],
) -> None:
    rose = window("role_rose")
    page = at_people(rose)
    made = page.panel.findChildren(ActionButton)
    assert made
    for one in made:
        assert one.isEnabled() is not bool(allowed.act_of(one._offer.id)), one._offer.id
    menu = offer_menu(page.panel.menu(), page.panel)
    greyed = [one for one in menu.actions() if one.data() and not one.isEnabled()]
    assert greyed
    assert {one.toolTip() for one in greyed} == {READS}
    body = page.panel.findChild(PersonBody)
    assert body is not None
    section = body.reveal("reach")
    line = next(x for x in section.findChildren(ValueLine) if x.value().field.named == "phone")
    line.click()
    assert not page.panel.findChildren(InPlace)[0].line(), "nothing is typed for nothing"
    assert any(READS in one.text() for one in page.panel.findChildren(QLabel))
    deadlines = rose.open_page("deadlines")
    assert isinstance(deadlines, DeadlinesPage)
    deadlines.table.select_first()
    for button in (deadlines.seen_button, deadlines.settle_button, deadlines.move_button):
        assert not button.isEnabled()
        assert button.toolTip() == READS
    assert_accessible(deadlines)


def test_a_form_that_shows_something_is_read(window: Callable[[str], MainWindow]) -> None:
    anne = window("role_anne")
    form = DeskDialog(anne.shell.office.as_shown(), anne)
    form.show()
    fields = [*form.findChildren(QLineEdit), *form.findChildren(QPlainTextEdit)]
    assert fields
    assert all(one.isReadOnly() for one in fields)
    assert any(one.text().endswith(LEADS) for one in form.findChildren(type(form._sentence)))
    assert not form._ok.isEnabled()
    form.close()
    lea = window("role_lea")
    form = DeskDialog(lea.shell.office.as_shown(), lea)
    form.show()
    assert not any(one.isReadOnly() for one in form.findChildren(QPlainTextEdit))
    assert form._ok.isEnabled()
    form.close()


def test_lists_beside_the_work_have_their_buttons_greyed(
    window: Callable[[str], MainWindow],
) -> None:
    anne, rose = window("role_anne"), window("role_rose")
    figures = FiguresDialog(anne.shell, anne)
    figures.show()
    figures.table.select_first()
    assert [one.isEnabled() for one in (figures.change, figures.unchanged)] == [False, False]
    assert figures.change.toolTip() == LEADS
    figures.close()
    incidents = IncidentsDialog(rose.shell, rose)
    incidents.show()
    new = next(b for b in incidents.findChildren(QPushButton) if b.text() == "New incident…")
    assert not new.isEnabled()
    incidents.close()


def test_who_only_reads_opens_a_file_from_the_journal_and_takes_nothing_of_it_out(
    window: Callable[[str], MainWindow],
) -> None:
    rose = window("role_rose")
    journal = JournalDialog(rose.shell, rose)
    journal.show()
    journal.table.select_first()
    assert journal.to_file.isEnabled()
    assert not journal.export.isEnabled()
    assert journal.export.toolTip() == READS
    journal.to_file.click()
    page = rose.current_page()
    assert isinstance(page, PeoplePage)
    assert page.current_person() is not None


def test_what_rests_on_hidden_values_is_greyed_and_not_refused_afterwards(
    window: Callable[[str], MainWindow],
) -> None:
    rose, anne = window("role_rose"), window("role_anne")
    for one, can in ((rose, False), (anne, True)):
        at_people(one)
        one.menu_actions.enable(one.action_state())
        for name in ("person.origins", "edit.duplicates"):
            entry = one.menu_actions.action(name)
            assert entry.isEnabled() is can, name
            assert (entry.toolTip() == READS) is not can, name


def test_pages_with_nobody_on_them_offer_no_import_to_who_only_reads(
    window: Callable[[str], MainWindow],
) -> None:
    rose, anne = window("role_rose"), window("role_anne")
    for one, can in ((rose, False), (anne, True)):
        page = one.open_page("family")
        assert page is not None
        offered = next(b for b in page.findChildren(QPushButton) if b.text() == "Import a list…")
        assert offered.isVisible()
        assert offered.isEnabled() is can
        assert (offered.toolTip() == READS) is not can


ANSWERS = ("Same person", "New person", "Drop the row")


def answers(page: ImportsPage) -> list[QPushButton]:
    shown = page.review.findChildren(QPushButton)
    return [one for one in shown if one.text() in ANSWERS and one.isVisible()]


def answers_stand(page: ImportsPage) -> bool:
    return {one.text() for one in answers(page)} == set(ANSWERS)


def test_a_held_row_is_read_by_who_only_reads(
    window: Callable[[str], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    anne, rose = window("role_anne"), window("role_rose")
    born = {"family_name": "Benali", "given_names": "Amine", "birth_date": "1990-03-04"}
    build.invite(anne.shell.office, 7, **born)
    alike = build.a_row(1, **born)
    for number in ("individual_reference", "uci"):
        alike.pop(number, None)
    build.import_file(anne.shell.office, build.a_list(tmp_path / "list.xlsx", [alike]))
    for one, can in ((rose, False), (anne, True)):
        page = one.open_page("imports", "review")
        assert isinstance(page, ImportsPage)
        qtbot.waitUntil(partial(answers_stand, page))
        assert {b.isEnabled() for b in answers(page)} == {can}
        assert all((b.toolTip() == READS) is not can for b in answers(page))


def test_views_and_copies_are_read_by_who_only_reads(
    window: Callable[[str], MainWindow],
) -> None:
    rose = window("role_rose")
    page = at_people(rose)
    assert page.viewing is not None
    menu = page.viewing.menu(page.viewing.key)
    entries = [one for one in menu.actions() if not one.isSeparator()]
    assert entries
    assert all(not one.isEnabled() and one.toolTip() == READS for one in entries)
    copies = ServerCopiesDialog(rose.shell, rose)
    copies.show()
    assert not copies._ok.isEnabled()
    assert all(field.isReadOnly() for field in copies.findChildren(QLineEdit))
    copies.close()


def test_the_box_says_why_a_command_is_greyed(window: Callable[[str], MainWindow]) -> None:
    rose = window("role_rose")
    state = rose.action_state()
    row = command_row(
        next(one for one in rose.menu_actions.table() if one.id == "edit.add_person"),
        state,
        lambda _action: None,
    )
    assert (row.enabled, row.detail) == (False, "not for who only reads")
