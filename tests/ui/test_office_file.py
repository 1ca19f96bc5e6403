# SPDX-License-Identifier: Apache-2.0
"""The office's own part of a file in the window, several files at once, and the other routes."""

from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.people.merging import Side
from imp_plus_desktop.domain.values.codes import ContactKind, RouteState
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, contacts, folder, people
from imp_plus_desktop.ui.dialogs.office.entry_rule import EntryRuleDialog
from imp_plus_desktop.ui.dialogs.person.letter import LetterDialog
from imp_plus_desktop.ui.dialogs.person.merge_people import DuplicatesDialog, MergeDialog
from imp_plus_desktop.ui.dialogs.person.office_file import (
    ContactDialog,
    OtherRouteDialog,
    RenameDialog,
)
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.several.of_people import ClerkSheet
from imp_plus_desktop.ui.lists.applications import ApplicationsPage
from imp_plus_desktop.ui.lists.deadlines import DeadlinesPage
from imp_plus_desktop.ui.lists.duplicates import find_duplicates
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.lists.permits import PermitsPage
from imp_plus_desktop.ui.lists.several.acts import MERGE
from imp_plus_desktop.ui.pages.routes import RoutesPage
from imp_plus_desktop.ui.person.actions.file_table import CONTACT
from imp_plus_desktop.ui.person.actions.office_actions import CONTACT_ENTRY
from imp_plus_desktop.ui.shell.shell import Shell
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import answer, fill, office, says, texts

pytestmark = pytest.mark.mostly_long(
    "test_my_files_are_one_click_away",
    "test_what_the_search_hides_of_several_stays_chosen_and_is_counted",
    "test_optional_columns_are_shown_when_asked_for_and_remembered",
    "test_clashing_entries_are_resolved_side_by_side",
    "test_a_contact_is_logged_by_a_command_and_undone",
    "test_the_page_of_the_routes_is_read_searched_and_opened_at_one",
)

__all__ = ["office"]

PICK = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> PeoplePage:
    office.settings.user_name = "M. Gagnon"
    return shown(qtbot, PeoplePage, office)


def shown(qtbot: QtBot, kind: Any, office: Office) -> Any:
    made = kind(Shell(office, inline_tasks=True))
    made.shell.data_changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1182, 714)
    made.refresh()
    made.show()
    return made


def submitted(qtbot: QtBot, dialog: Any, **values: str) -> Any:
    """A dialog filled in and accepted."""
    qtbot.addWidget(dialog)
    dialog.show()
    assert_accessible(dialog)
    assert cut_labels(dialog) == []
    fill(dialog, **values)
    dialog.accept()
    return dialog


def choose(page: PeoplePage, *rows: int) -> None:
    page.table.clearSelection()
    for row in rows:
        page.table.selectionModel().select(page.model.index(row, 0), PICK)


def shown_buttons(root: Any) -> list[str]:
    return [b.text() for b in root.findChildren(QPushButton) if b.isVisibleTo(root)]


def press(root: Any, text: str) -> None:
    next(
        b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(root)
    ).click()


def test_my_files_are_one_click_away(page: PeoplePage, office: Office) -> None:
    ids = [build.invite(office, number) for number in (1, 2, 3)]
    clerks.assign(office, ids[:1], "M. Gagnon")
    clerks.assign(office, ids[1:2], "S. Roy")
    page.refresh()
    menu = page.clerk.menu_of_choices()
    assert [a.text() for a in menu.actions()][1:] == ["My files", "S. Roy", "Nobody’s files"]
    for value, expected in (("M. Gagnon", ids[:1]), ("S. Roy", ids[1:2]), ("", ids[2:])):
        page.clerk.set_value(value, tell=True)
        assert list(page.shown_ids()) == expected


def test_the_chip_stands_on_the_other_lists_too(qtbot: QtBot, office: Office) -> None:
    application = build.an_approved(office, 1)
    build.issue(office, application)
    mine = people.file(office, people.find(office, "C1000001")).person.id
    build.receive(office, build.invite(office, 2))
    clerks.assign(office, [mine], "S. Roy")
    pages = [shown(qtbot, kind, office) for kind in (ApplicationsPage, PermitsPage, DeadlinesPage)]
    for made in pages:
        before = len(made.shown_ids())
        made.clerk.set_value("S. Roy", tell=True)
        owners = {made.person_of(row) for row in made.fetch(made.shown_ids())}
        assert owners == {mine}
        made.clerk.set_value("", tell=True)
        assert len(made.shown_ids()) < max(before, 1)


def test_several_files_are_assigned_at_once(page: PeoplePage, office: Office) -> None:
    ids = [build.invite(office, number) for number in (1, 2, 3)]
    page.refresh()
    choose(page, 0, 2)
    assert page.several.strip.text() == "2 chosen"
    assert page.action_state().file
    assert MERGE.when(page.action_state())

    def give(dialog: ClerkSheet) -> None:
        assert dialog.form.value("clerk") == "M. Gagnon"
        assert says(dialog, "2 files will change.")
        dialog.accept()

    assert answer(give) is not None
    press(page.several.strip, "Assign…")
    assert [people.row(office, n).clerk for n in ids] == ["M. Gagnon", None, "M. Gagnon"]
    choose(page, 1)
    assert page.several.strip.isVisibleTo(page)
    assert shown_buttons(page.several.strip) == []
    assert page.several.strip.text() == "3 rows"


def test_what_the_search_hides_of_several_stays_chosen_and_is_counted(
    page: PeoplePage, office: Office
) -> None:
    for number in (1, 2, 3):
        build.invite(office, number)
    page.refresh()
    choose(page, 0, 2)
    page.set_search("nothing at all like it")
    assert not list(page.shown_ids())
    assert page.several.strip.text() == "2 chosen, 2 hidden"
    assert not page.action_state().file
    page.set_search("")
    assert page.several.strip.text() == "2 chosen"


def test_optional_columns_are_shown_when_asked_for_and_remembered(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = build.invite(office)
    contacts.save(office, person, None, ContactKind.CALLED, "x")
    page.refresh()
    number = [c.key for c in page.model.columns].index("contact")
    assert page.table.isColumnHidden(number)
    action = next(a for a in page.table.column_menu().actions() if a.text() == "Show: Last contact")
    action.trigger()
    assert not page.table.isColumnHidden(number)
    assert page.model.data(page.model.index(0, number)) == "2023-11-22"
    again = shown(qtbot, PeoplePage, office)
    assert not again.table.isColumnHidden(number)


def test_two_files_are_merged_from_the_list(page: PeoplePage, office: Office) -> None:
    left = build.invite(office, 1, phone="514-555-0100")
    twin = {"family_name": "Benalibb", "given_names": "Amine", "birth_date": "1990-04-02"}
    people.add(office, {**twin, "phone": "514-555-0199"}, beside=None)
    page.refresh()
    choose(page, 0, 1)

    def merge(dialog: MergeDialog) -> None:
        assert_accessible(dialog)
        assert says(dialog, "Phone")
        dialog.accept()
        assert dialog.isVisible(), "nothing is chosen for the reader"
        assert says(dialog, "1 choice to make")
        dialog.choose("phone", Side.RIGHT)
        press(dialog, "All from this file")
        assert says(dialog, "Everything is chosen.")
        assert dialog.choices()["phone"] == "right", "what was chosen stays"
        press(dialog, "Merge the files")

    titles = answer(merge)
    page.several.do(MERGE)
    assert titles == ["Merge two files"]
    assert list(page.shown_ids()) == [left]
    assert people.file(office, left).person.phone == "514-555-0199"
    assert page.current_person() == left


def test_clashing_entries_are_resolved_side_by_side(qtbot: QtBot, office: Office) -> None:
    left, right = build.invite(office, 1), build.invite(office, 2)
    for person in (left, right):
        build.receive(office, person)
        build.add_member(office, person)
    dialog = MergeDialog(office, left, right)
    qtbot.addWidget(dialog)
    dialog.show()
    assert_accessible(dialog)
    assert says(dialog, "These look like two people, not one")
    first = dialog.focusWidget()
    assert isinstance(first, QRadioButton), "Enter alone must not stand on the merger"
    assert not first.isChecked()
    key = f"application:{people.file(office, left).own_applications[0].id}"
    dialog.choose(key, Side.BOTH)
    assert dialog.choices()[key] == "both"
    dialog.choose_all(Side.LEFT)
    ok = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Merge the files")
    assert not ok.isEnabled(), "two references ask for a second yes"
    dialog.sure.click()
    ok.click()
    assert len(people.file(office, left).own_applications) == 2
    assert len(people.file(office, left).members) == 1


def test_possible_duplicates_are_found_and_lead_to_the_comparison(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    build.invite(office, 1)
    people.add(office, {"family_name": "Benalibb", "given_names": "Amine",
                        "birth_date": "1990-04-02"}, beside=None)  # fmt: skip
    page.refresh()
    dialog = DuplicatesDialog(merge_people.likely_duplicates(office))
    qtbot.addWidget(dialog)
    dialog.show()
    assert says(dialog, " and Benalibb, Amine") or says(dialog, "Benalibb, Amine and ")
    assert_accessible(dialog)
    with qtbot.waitSignal(dialog.chosen) as asked:
        press(dialog, "Compare…")
    assert asked.args == [1, 2]
    find_duplicates(page.shell, page.window())
    found = page.findChild(DuplicatesDialog) or page.window().findChild(DuplicatesDialog)
    assert found is not None
    found.reject()
    empty = DuplicatesDialog([])
    qtbot.addWidget(empty)
    assert any("No two files look like one person." in x.text() for x in empty.findChildren(QLabel))


def test_the_page_shows_contacts_who_answers_former_names_and_routes(
    page: PeoplePage, office: Office
) -> None:
    person = build.invite(office, clerk="S. Roy", address="12 rue X", address_country="CAN",
                          representative="Me Lavoie")  # fmt: skip
    contacts.save(office, person, None, ContactKind.CALLED, "No answer")
    routes.save(
        office, person, None, RouteDetails("a73", RouteState.FILED, offer_number="A1234567")
    )
    old = people.file(office, person).letters[0]
    folder.save_letter(office, person, None, build.TODAY, None, old.id)
    from imp_plus_desktop.services.people import names_history

    names_history.change_name(office, person, "Tremblay", "Amine")
    page.refresh()
    page.open_with(person)
    for key in ("contacts", "office", "routes", "letters"):
        page.panel.open_section(key)
    for words in (
        "No answer",
        "formerly Amine Benalibb",
        "Responsible for the file: S. Roy",
        "12 rue X, Canada",
        "CSQ holder who lives in Quebec (A73) · Filed",
        "replaced by the letter of Nov 22, 2023",
    ):
        assert says(page.panel, words), words
    labels = [x for x in page.panel.findChildren(QLabel) if x.isVisibleTo(page.panel)]
    struck = [x for x in labels if x.property("role") == "struck"]
    assert len(struck) == 1
    assert_accessible(page.panel)


def test_a_contact_is_logged_by_a_command_and_undone(page: PeoplePage, office: Office) -> None:
    person = build.invite(office)
    page.refresh()
    page.open_with(person)

    def log(dialog: ContactDialog) -> None:
        fill(dialog, text="Will call back", kind="replied")
        dialog.accept()

    answer(log)
    page.panel.do(CONTACT.do)
    entry = people.file(office, person).contacts[0]
    assert (entry.kind, entry.text) == (ContactKind.REPLIED, "Will call back")
    remove = next(a for a in CONTACT_ENTRY if a.id == "contact.delete")
    page.panel.do(remove.offer(entry).do)
    assert people.file(office, person).contacts == ()


def test_the_small_dialogs_store_what_they_show(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    submitted(qtbot, RenameDialog(office, person), family_name="Tremblay")
    former = people.file(office, person).former_names[0]
    submitted(qtbot, RenameDialog(office, person, former), given_names="A.")
    assert people.file(office, person).former_names[0].given_names == "A."
    dialog = submitted(qtbot, OtherRouteDialog(office, person), offer_number="B1")
    assert says(dialog, "an A and seven digits")
    submitted(qtbot, OtherRouteDialog(office, person), route="a75", offer_number="")
    entry = people.file(office, person).other_routes[0]
    submitted(qtbot, OtherRouteDialog(office, person, entry), state="approved")
    assert people.file(office, person).other_routes[0].state is RouteState.APPROVED
    first = people.file(office, person).letters[0]
    dialog = LetterDialog(office, person)
    dialog.form.set_values({"letter_date": "2023-10-01"})
    submitted(qtbot, dialog, supersedes_id=str(first.id))
    assert people.file(office, person).letters[1].supersedes_id == first.id
    dialog = submitted(qtbot, PersonDialog(office, person), language="en", clerk="S. Roy")
    assert people.file(office, person).person.clerk == "S. Roy"


def test_a_failing_verdict_proposes_routes_that_lead_to_their_page(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    clean = build.invite(office, 1)
    person = build.invite(office, 2, residence_country="CAN", residence_province="QC")
    page.refresh()
    page.open_with(clean)
    assert not says(page.panel, "Other routes worth looking at")
    page.open_with(person)
    assert says(page.panel, "Other routes worth looking at")
    with qtbot.waitSignal(page.shell.page_requested) as asked:
        press(page.panel, "CSQ holder who lives in Quebec (A73)")
    assert asked.args == ["routes", "a73"]


def test_the_page_of_the_routes_is_read_searched_and_opened_at_one(
    qtbot: QtBot, office: Office
) -> None:
    person = build.invite(office)
    routes.save(office, person, None, RouteDetails("a75", RouteState.FILED))
    page = shown(qtbot, RoutesPage, office)
    assert_accessible(page)
    page.open_with("a75")
    assert page.current_key() == "a75"
    assert says(page, "24 months or until the passport expires")
    with qtbot.waitSignal(page.shell.page_requested) as asked:
        press(page, "1 person in the register")
    assert asked.args == ["people", [person]]
    page.set_search("two weeks TEER")
    assert page.current_key() == "gss"
    page.set_search("nothing at all like it")
    assert page.current_key() is None


def test_a_nationality_is_recorded_on_the_page(qtbot: QtBot, office: Office) -> None:
    page = shown(qtbot, RoutesPage, office)
    page.open_with("entry")
    assert says(page, "Nothing is recorded: IRCC’s list below holds for everyone.")
    assert says(page, "IRCC’s list, as read on February 12, 2026")
    assert says(page, "France; ")
    dialog = submitted(qtbot, EntryRuleDialog(office), country="FRA", requirement="eta")
    assert says(dialog, "Say where it was read.")

    def record(asked: EntryRuleDialog) -> None:
        fill(asked, country="FRA", requirement="eta", source="canada.ca")
        asked.accept()

    answer(record)
    press(page, "Record a nationality…")
    assert "France: eTA" in texts(page)
