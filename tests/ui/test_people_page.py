# SPDX-License-Identifier: Apache-2.0
"""The list of people and the person beside it, over a real register."""

from array import array
from datetime import date
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    DocumentState,
    DocumentType,
    PermitWish,
    PersonStatus,
    Relation,
)
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.file_table import COPY, HISTORY
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton, RelativeRow
from imp_plus_desktop.ui.shell.actions import State
from imp_plus_desktop.ui.shell.shell import Shell
from tests.ui.helpers import assert_accessible, cut_labels, type_text
from tests.ui.person_fixtures import answer, complete, fill, office, says, texts

pytestmark = pytest.mark.mostly_long(
    "test_an_empty_register_teaches_and_offers_two_ways_to_begin",
    "test_a_row_says_who_where_from_whether_they_may_apply_and_for_how_long",
    "test_a_filed_file_shows_its_status_and_no_days",
    "test_searching_narrows_the_list_and_escape_widens_it",
    "test_arrow_keys_walk_through_the_people",
    "test_the_banner_says_until_when_and_why_then_folds_the_rest",
    "test_who_may_not_apply_is_told_the_reason_first",
    "test_the_one_button_is_the_next_step",
    "test_an_entry_is_removed_by_its_bin_and_brought_back_by_undo",
    "test_the_history_tells_the_rule_that_was_set_aside_and_why",
)

__all__ = ["office"]

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, office: Office) -> PeoplePage:
    made = PeoplePage(Shell(office, inline_tasks=True))
    made.shell.data_changed.connect(made.refresh)
    made.shell.data_changed.connect(made.finish)  # who stands beside the rows comes after them
    qtbot.addWidget(made)
    made.resize(1182, 714)
    made.show()
    return made


def names(page: PeoplePage) -> list[str]:
    return [row.name for row in page.fetch(page.shown_ids())]


def a_button(root: QWidget, text: str) -> QPushButton:
    return next(
        b for b in root.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(root)
    )


def cells(page: PeoplePage, row: int) -> list[str]:
    """What the columns show that are not hidden."""
    model = page.model
    shown = [n for n in range(model.columnCount()) if not page.table.isColumnHidden(n)]
    return [str(model.data(model.index(row, n))) for n in shown]


def test_an_empty_register_teaches_and_offers_two_ways_to_begin(
    qtbot: QtBot, page: PeoplePage
) -> None:
    page.refresh()
    assert says(page, "No one in the register yet")
    with qtbot.waitSignal(page.shell.import_requested):
        qtbot.mouseClick(a_button(page, "Import a list…"), LEFT)
    accents = [b for b in page.findChildren(QPushButton) if b.property("role") == "accent"]
    assert [b.text() for b in accents if b.isVisibleTo(page)] == ["Import a list…"]


def test_the_first_person_is_added_from_the_empty_page(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    page.refresh()

    def add(dialog: Any) -> None:
        fill(dialog, family_name="Żak", given_names="Małgorzata")
        dialog.accept()

    answer(add)
    qtbot.mouseClick(a_button(page, "Add a person…"), LEFT)
    assert people.count(office) == 1
    assert page.panel.person_id() == 1
    assert says(page.panel, "Małgorzata Żak")


def test_a_person_is_added_beside_the_list_once_an_import_has_filled_it(
    page: PeoplePage, office: Office
) -> None:
    page.refresh()
    beside = next(b for b in page.findChildren(QPushButton) if b.text() == "Person")
    assert not beside.isVisibleTo(page), "an empty page offers it in its middle"
    build.invite(office)
    page.show_touched(office.made[-1].touched)
    assert beside.isVisibleTo(page)
    history.undo(office)
    page.show_touched(office.made[-1].touched)
    assert not beside.isVisibleTo(page)


def test_a_row_says_who_where_from_whether_they_may_apply_and_for_how_long(
    page: PeoplePage, office: Office
) -> None:
    build.invite(office, 1, family_name="Bœuf", citizenship="FRA")
    page.refresh()
    assert cells(page, 0) == ["Bœuf, Amine", "C1000001", "France", "Eligible", "11\u00a0d"]
    assert page.header.title() == "People"


def test_a_filed_file_shows_its_status_and_no_days(page: PeoplePage, office: Office) -> None:
    build.receive(office, complete(office))
    page.refresh()
    assert cells(page, 0)[3:] == ["Application received", "—"]


def test_a_passport_shorter_than_the_permit_is_warned_of_in_the_list(
    page: PeoplePage, office: Office
) -> None:
    build.invite(office, 1, passport_expiry="2025-01-01")
    page.refresh()
    assert cells(page, 0)[3] == "Short passport"


def test_searching_narrows_the_list_and_escape_widens_it(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    build.invite(office, 1, family_name="Nguyễn")
    build.invite(office, 2, family_name="Zhang")
    page.refresh()
    page.focus_search()
    assert page.header.search.hasFocus()
    type_text(page.header.search, "nguyen")
    qtbot.keyClick(page.header.search, Qt.Key.Key_Return)
    assert names(page) == ["Nguyễn, Amine"]
    qtbot.keyClick(page.header.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 2


def test_chips_narrow_by_letter_status_and_verdict_and_clear_together(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    build.invite(office, 1)
    build.invite(office, 2, letter_date="2022-03-01", letter_received_date="2022-03-02")
    build.receive(office, build.invite(office, 3))
    page.refresh()
    page.letter_year.set_value(2022, tell=True)
    assert page.shown_ids() == array("q", [2])
    page.letter_year.set_value(None, tell=True)
    page.verdict.set_value(VerdictCode.NOT_ELIGIBLE, tell=True)
    assert page.shown_ids() == array("q", [2])
    page.status_chip.set_value(PersonStatus.APPLIED, tell=True)
    assert len(page.shown_ids()) == 0
    qtbot.mouseClick(a_button(page, "Remove all"), LEFT)
    assert len(page.shown_ids()) == 3


def test_the_chosen_person_stays_chosen_when_the_register_changes(
    page: PeoplePage, office: Office
) -> None:
    for number in (1, 2, 3):
        build.invite(office, number)
    page.refresh()
    page.open_with(2)
    build.invite(office, 4, family_name="Aaa")
    page.refresh()
    assert page.current_person() == 2
    assert page.panel.person_id() == 2


def test_arrow_keys_walk_through_the_people(qtbot: QtBot, page: PeoplePage, office: Office) -> None:
    build.invite(office, 1)
    build.invite(office, 2)
    page.refresh()
    assert page.panel.person_id() == 1
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.panel.person_id() == 2


def test_a_person_asked_for_elsewhere_is_shown_though_a_filter_hides_them(
    page: PeoplePage, office: Office
) -> None:
    build.invite(office, 1, family_name="Aaa")
    build.invite(office, 2, family_name="Zzz")
    page.refresh()
    page.set_search("aaa")
    page.open_with(2)
    assert page.panel.person_id() == 2
    assert len(names(page)) == 2


def test_the_files_of_a_line_of_the_overview_are_shown_until_the_chip_is_taken_away(
    page: PeoplePage, office: Office
) -> None:
    for number in (1, 2, 3):
        build.invite(office, number)
    page.refresh()
    page.open_with(array("q", [1, 3]))
    assert page.shown_ids() == array("q", [1, 3])
    assert page.waiting.isVisibleTo(page)
    page.waiting.set_value(None, tell=True)
    assert len(page.shown_ids()) == 3
    assert not page.waiting.isVisibleTo(page)


def test_the_banner_says_until_when_and_why_then_folds_the_rest(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    complete(office)
    page.refresh()
    panel = page.panel
    assert says(panel, "Eligible for IMP+")
    assert says(panel, "December 3, 2023 (11 days left) — last day of the letter")
    few = len(texts(panel))
    assert not any("ELG-04" in text for text in texts(panel))
    qtbot.mouseClick(a_button(panel, "Why?"), LEFT)
    assert len(texts(panel)) > few + 5
    assert not any("ELG-04" in text for text in texts(panel)), "a code is in the tooltip alone"
    assert any("ELG-04" in widget.toolTip() for widget in panel.findChildren(QWidget))


def test_a_file_begun_a_moment_ago_is_told_what_is_to_be_recorded(
    page: PeoplePage, office: Office
) -> None:
    people.add(office, {"family_name": "Khoury", "citizenship": "LBN", "residence_country": "LBN"})
    page.refresh()
    assert says(page.panel, "Letter not recorded yet")
    assert not says(page.panel, "Not eligible")
    assert cells(page, 0)[3] == "Letter not recorded"


def test_a_running_permit_over_a_passport_that_has_ended_is_no_green_banner(
    page: PeoplePage, office: Office
) -> None:
    person = complete(office)
    application = build.receive(office, person).application
    build.decide(office, application)
    build.issue(office, application)
    page.refresh()
    banner = page.panel.findChildren(QFrame)
    toned = [f.property("tone") for f in banner if f.property("role") == "banner"]
    assert toned == [Tone.OK.value]
    passport = people.file(office, person).passports[0].id
    folder.save_passport(office, person, passport, "AB123456", date(2023, 11, 1))
    page.refresh()
    page.panel.finish()
    assert says(page.panel, "Valid until November 22, 2026")
    assert says(page.panel, "The passport ended on November 1, 2023.")
    toned = [f.property("tone") for f in banner if f.property("role") == "banner"]
    assert toned == [Tone.WARN.value]


def test_who_may_not_apply_is_told_the_reason_first(page: PeoplePage, office: Office) -> None:
    build.invite(office, 1, letter_date="2023-05-02", letter_received_date="2023-05-05")
    page.refresh()
    assert says(page.panel, "Not eligible for IMP+")
    assert says(page.panel, "111 days late")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("invited", "Application received…"),
        ("applied", "Record the decision…"),
        ("approved", "Record the permit…"),
        ("permit", "Extension received…"),
    ],
)
def test_the_one_button_is_the_next_step(
    page: PeoplePage, office: Office, state: str, words: str
) -> None:
    person = complete(office)
    if state != "invited":
        application = build.receive(office, person).application
        if state != "applied":
            build.decide(office, application)
        if state == "permit":
            build.issue(office, application)
    page.refresh()
    assert a_button(page.panel, words).isVisibleTo(page.panel)
    assert page.action_state().file


def test_from_letter_to_permit_with_the_one_button(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = complete(office)
    page.refresh()
    said: list[str] = []

    def keep(text: str, act: object) -> None:
        assert act is not None
        said.append(text)

    page.shell.said.connect(keep)
    for words in ("Application received…", "Record the decision…", "Record the permit…"):
        titles = answer(lambda dialog: dialog.accept())
        qtbot.mouseClick(a_button(page.panel, words), LEFT)
        assert titles
    file = people.file(office, person)
    assert file.applications[0].state is ApplicationState.PERMIT_ISSUED
    assert file.permits[0].valid_until == date(2026, 11, 22)
    assert said == [
        "Application recorded: place 1 of 2023",
        "Decision recorded: Approved",
        "Permit recorded, valid until November 22, 2026",
    ]
    assert says(page.panel, "Valid until November 22, 2026")


def test_a_missing_document_opens_the_checklist_at_its_line(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = build.invite(office)
    page.refresh()

    def record(dialog: Any) -> None:
        box = dialog.state_box(DocumentType.INTENT)
        assert dialog.focusWidget() is box
        box.setCurrentIndex(box.findData("received"))
        dialog.accept()

    answer(record)
    row = next(
        w
        for w in page.panel.findChildren(QWidget)
        if w.accessibleName() == "Proof of intent to live in Quebec"
        and w.focusPolicy() == Qt.FocusPolicy.StrongFocus
    )
    qtbot.keyClick(row, Qt.Key.Key_Return)
    documents = people.file(office, person).documents
    assert [(d.type, d.state) for d in documents] == [(DocumentType.INTENT, DocumentState.RECEIVED)]


def test_an_entry_is_removed_by_its_bin_and_brought_back_by_undo(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = build.invite(office)
    page.refresh()
    page.panel.open_section("letters")
    kept: list[object] = []

    def keep(text: str, act: object) -> None:
        kept.extend((text, act))

    page.shell.said.connect(keep)
    removes = [b for b in page.panel.findChildren(ActionButton) if b.toolTip() == "Delete"]
    qtbot.mouseClick(next(b for b in removes if b.isVisibleTo(page.panel)), LEFT)
    assert people.file(office, person).letters == ()
    assert kept[0] == "Letter removed"
    assert isinstance(kept[1], int)
    history.undo(office, kept[1])
    assert len(people.file(office, person).letters) == 1


def test_the_family_stands_beside_the_findings_with_what_can_be_done(
    page: PeoplePage, office: Office
) -> None:
    person = build.invite(office)
    build.add_member(office, person, wish=PermitWish.WORK)
    child = build.add_member(
        office, person, relation=Relation.CHILD, given_names="Lina", birth_date=date(2016, 4, 1)
    )
    page.refresh()
    assert says(page.panel, "Lina Benali")
    assert says(page.panel, "7 years old")
    rows = page.panel.findChildren(RelativeRow)
    menu = rows[-1].menu()
    assert "Application received…" in [action.text() for action in menu.actions()]
    remove = next(action for action in menu.actions() if action.text() == "Remove")
    remove.trigger()
    assert child not in [m.id for m in people.file(office, person).members]
    assert len(people.file(office, person).members) == 1


def test_the_history_says_who_changed_what_from_what_to_what(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = build.invite(office)
    people.edit(office, person, {"phone": "418 555-0100"})
    page.refresh()
    page.panel.do(HISTORY.do)
    qtbot.waitUntil(lambda: says(page.panel, "Phone — → 418 555-0100"), timeout=3000)
    assert says(page.panel, "Letter added: Letter date Sep 1, 2023")


def test_the_history_tells_the_rule_that_was_set_aside_and_why(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = build.invite(office, residence_country="CAN", residence_province="QC")
    reason = "a proof of address abroad was seen"
    build.receive(office, person, overrides={"ELG-01": reason})
    page.refresh()
    page.panel.do(HISTORY.do)
    qtbot.waitUntil(lambda: says(page.panel, f"ELG-01 set aside: {reason}"), timeout=3000)


def test_the_menu_undoes_the_last_change_of_the_file_and_copies_its_reference(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    person = build.invite(office)
    act = folder.add_note(office, person, "À rappeler").act
    build.invite(office, 2)
    page.refresh()
    page.open_with(person)
    buttons = page.panel.findChildren(QPushButton)
    more = next(b for b in buttons if b.accessibleName() == "More actions for this file")
    qtbot.mouseClick(more, LEFT)
    menu = page.panel.findChild(QMenu)
    assert menu is not None
    undo = next(action for action in menu.actions() if action.text().startswith("Undo – "))
    assert undo.text() == "Undo – change to the notes, Benalibb, Amine"
    folder.add_note(office, person, "Written by another desk meanwhile")
    with qtbot.waitSignal(page.shell.undo_requested) as asked:
        undo.trigger()
    assert asked.args == [act]
    menu.close()
    page.panel.do(COPY.do)
    assert QGuiApplication.clipboard().text() == "C1000001"


def test_what_an_undo_takes_away_leaves_nobody_chosen(page: PeoplePage, office: Office) -> None:
    build.invite(office)
    page.refresh()
    history.undo(office)
    page.panel.refresh()
    assert says(page.panel, "Nobody is chosen")
    assert page.panel.action_state() == State()
    assert page.file() is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_everything_has_a_name_and_nothing_is_cut(
    qtbot: QtBot, page: PeoplePage, office: Office, language: str
) -> None:
    i18n.use(language)
    person = build.invite(office, 1, family_name="de la Cruz Peña", given_names="María José")
    build.add_member(office, person, wish=PermitWish.STUDY)
    application = build.receive(office, person).application
    build.decide(office, application)
    build.issue(office, application)
    page.retranslate()
    page.refresh()
    for key in ("applications", "letters", "residences", "passports", "history"):
        page.panel.open_section(key)
    qtbot.waitUntil(lambda: not cut_labels(page), timeout=3000)
    assert_accessible(page)


def test_no_row_moves_when_a_second_and_a_third_file_are_chosen(
    qtbot: QtBot, page: PeoplePage, office: Office
) -> None:
    for number in (1, 2, 3):
        build.invite(office, number)
    page.refresh()
    rows = page.table.viewport()
    before = rows.mapTo(page, rows.rect().topLeft())
    for row in range(3):
        place = page.table.visualRect(page.model.index(row, 0)).center()
        qtbot.mouseClick(
            rows,
            LEFT,
            Qt.KeyboardModifier.ControlModifier if row else Qt.KeyboardModifier.NoModifier,
            place,
        )
        QApplication.processEvents()
        assert rows.mapTo(page, rows.rect().topLeft()) == before
    assert len(page.table.chosen_ids()) == 3
