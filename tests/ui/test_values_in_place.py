# SPDX-License-Identifier: Apache-2.0
"""Values changed where they stand on a person's page, by mouse and by keyboard."""

from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.values.in_place import InPlace
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.answering import Answering, answering, mine, theirs
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import office

pytestmark = pytest.mark.mostly_long(
    "test_a_click_opens_a_value_and_leaving_it_keeps_it_as_one_act",
    "test_what_is_wrong_is_said_after_a_pause_and_the_value_before_is_offered",
    "test_what_cannot_be_kept_otherwise_is_said_and_can_be_taken_up_again",
    "test_a_value_with_choices_and_a_long_text_are_changed_in_place_too",
    "test_the_page_with_its_values_is_read_aloud_whole",
)

__all__ = ["answering", "office"]


@pytest.fixture
def panel(qtbot: QtBot, office: Office) -> PersonPanel:
    made = PersonPanel(Shell(office, inline_tasks=True))
    made._shell.data_changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(560, 900)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def body_of(panel: PersonPanel) -> PersonBody:
    found = panel.findChild(PersonBody)
    assert found is not None
    return found


def at(panel: PersonPanel, key: str, name: str) -> ValueLine:
    section = body_of(panel).reveal(key)
    return next(x for x in section.findChildren(ValueLine) if x.value().field.named == name)


def editing(panel: PersonPanel) -> InPlace:
    found = panel.findChild(InPlace)
    assert found is not None
    return found


def editor(panel: PersonPanel) -> QLineEdit:
    found = editing(panel)._editor()
    assert isinstance(found, QLineEdit)
    return found


def begin(panel: PersonPanel, key: str, name: str) -> QLineEdit:
    line = at(panel, key, name)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    return editor(panel)


def write(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def press(panel: PersonPanel, words: str) -> None:
    links = editing(panel).aside.findChildren(QPushButton)
    next(x for x in links if words in x.text() and not x.isHidden()).click()


def passports(office: Office, person: int) -> list[tuple[str | None, date | None]]:
    return [(p.number, p.expiry) for p in people.file(office, person).passports]


def test_a_click_opens_a_value_and_leaving_it_keeps_it_as_one_act(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    acts = len(history.acts(office))
    field = begin(panel, "reach", "phone")
    write(field, "514 555-0202")
    at(panel, "reach", "email").setFocus()
    assert people.file(office, person).person.phone == "514 555-0202"
    assert at(panel, "reach", "phone").text() == "514 555-0202"
    assert len(history.acts(office)) == acts + 1
    assert editing(panel).line() is None
    history.undo(office)
    assert people.file(office, person).person.phone != "514 555-0202"


def test_f2_opens_and_tab_keeps_and_opens_the_next_one(panel: PersonPanel, office: Office) -> None:
    person = build.invite(office)
    panel.show_person(person)
    line = at(panel, "identity", "family_name")
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_F2)
    write(editor(panel), "Trabelsi")
    QTest.keyClick(editor(panel), Qt.Key.Key_Tab)
    assert people.file(office, person).person.family_name == "Trabelsi"
    following = editing(panel).line()
    assert following is not None
    assert following.value().field.named == "given_names"
    write(editor(panel), "Rim")
    QTest.keyClick(editor(panel), Qt.Key.Key_Backtab)
    assert people.file(office, person).person.given_names == "Rim"
    before = editing(panel).line()
    assert before is not None
    assert before.value().field.named == "family_name"


def test_escape_gives_the_old_value_back_and_keeps_the_keys_on_it(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    acts = len(history.acts(office))
    write(begin(panel, "reach", "phone"), "1")
    QTest.keyClick(editor(panel), Qt.Key.Key_Escape)
    assert editing(panel).line() is None
    assert len(history.acts(office)) == acts
    assert QApplication.focusWidget() is at(panel, "reach", "phone")


def test_what_is_wrong_is_said_after_a_pause_and_the_value_before_is_offered(
    panel: PersonPanel, office: Office, qtbot: QtBot
) -> None:
    person = build.invite(office, passport_issue_date="2018-05-04", passport_expiry="2028-05-03")
    panel.show_person(person)
    number = len(passports(office, person))
    write(begin(panel, "passports", "passport_expiry"), "3 mai 2017")
    aside = editing(panel).aside
    assert not aside.isVisible()
    qtbot.waitUntil(aside.isVisible)
    assert aside.said() == editing(panel).aside.said() != ""
    press(panel, "2028")
    assert editing(panel).line() is None
    assert passports(office, person)[-1][1] == date(2028, 5, 3)
    assert len(passports(office, person)) == number


def test_a_passport_is_corrected_in_place_and_none_is_added(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office, passport_number="X4471902", passport_expiry="2028-05-03")
    panel.show_person(person)
    write(begin(panel, "passports", "passport_number"), "X4471903")
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert passports(office, person) == [("X4471903", date(2028, 5, 3))]


def test_only_a_day_that_cannot_be_keeps_one_in_its_field(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    field = begin(panel, "identity", "birth_date")
    write(field, "31/02/1990")
    other = at(panel, "identity", "family_name")
    other.setFocus()
    assert editing(panel).line() is at(panel, "identity", "birth_date")
    QApplication.processEvents()
    assert QApplication.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Escape)
    other.setFocus()
    assert editing(panel).line() is None


def test_what_cannot_be_kept_otherwise_is_said_and_can_be_taken_up_again(
    panel: PersonPanel, office: Office
) -> None:
    build.invite(office, 1)
    person = build.invite(office, 2)
    panel.show_person(person)
    before = people.file(office, person).person.individual_reference
    write(begin(panel, "identity", "individual_reference"), "C1000001")
    at(panel, "identity", "family_name").setFocus()
    assert editing(panel).line() is None
    assert people.file(office, person).person.individual_reference == before
    assert "Not kept" in editing(panel).aside.said()
    press(panel, "Take it up again")
    assert editor(panel).text() == "C1000001"
    QTest.keyClick(editor(panel), Qt.Key.Key_Escape)


def test_what_another_desk_has_written_meanwhile_is_shown_and_not_written_over(
    panel: PersonPanel, office: Office, answering: Answering
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    write(begin(panel, "reach", "phone"), "514 555-0202")
    with_other = open_office(Path(office.register_path), today=build.TODAY)
    people.edit(with_other, person, {"phone": "418 555-0111"})
    with_other.close()
    panel.refresh()  # what the window does when another desk has written
    assert editor(panel).text() == "514 555-0202"
    at(panel, "reach", "email").setFocus()
    (met,) = answering.asked[0]
    assert (met.before, met.theirs, met.mine) == (None, "418 555-0111", "514 555-0202")
    assert people.file(office, person).person.phone == "418 555-0111"
    assert editor(panel).text() == "514 555-0202", "what was typed is still there"
    answering.waiting.append(mine())
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert people.file(office, person).person.phone == "514 555-0202"
    assert editing(panel).line() is None


def test_theirs_stands_where_it_is_chosen(
    panel: PersonPanel, office: Office, answering: Answering
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    write(begin(panel, "reach", "phone"), "514 555-0202")
    with_other = open_office(Path(office.register_path), today=build.TODAY)
    people.edit(with_other, person, {"phone": "418 555-0111"})
    with_other.close()
    head = history.acts(office, limit=1)[0].id
    answering.waiting.append(theirs)
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert len(answering.asked) == 1
    assert editing(panel).line() is None
    assert people.file(office, person).person.phone == "418 555-0111"
    assert history.acts(office, limit=1)[0].id == head, "nothing was stored"


def test_what_came_between_the_page_and_its_editing_is_not_written_over_either(
    panel: PersonPanel, office: Office, answering: Answering
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    with_other = open_office(Path(office.register_path), today=build.TODAY)
    people.edit(with_other, person, {"phone": "418 555-0111"})
    with_other.close()
    write(begin(panel, "reach", "phone"), "514 555-0202")  # the page still shows none
    answering.waiting.append(theirs)
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert len(answering.asked) == 1
    assert people.file(office, person).person.phone == "418 555-0111"


def test_the_same_value_typed_at_both_desks_asks_nothing(
    panel: PersonPanel, office: Office, answering: Answering
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    write(begin(panel, "reach", "phone"), "418 555-0111")
    with_other = open_office(Path(office.register_path), today=build.TODAY)
    people.edit(with_other, person, {"phone": "418 555-0111", "email": "a@exemple.ca"})
    with_other.close()
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert answering.asked == []
    assert editing(panel).line() is None


def test_a_value_refused_and_taken_up_again_still_rests_on_what_was_shown(
    panel: PersonPanel, office: Office, answering: Answering
) -> None:
    build.invite(office)
    person = build.invite(office, 2)
    panel.show_person(person)
    write(begin(panel, "identity", "individual_reference"), "C1000001")
    at(panel, "identity", "family_name").setFocus()
    assert "Not kept" in editing(panel).aside.said()
    with_other = open_office(Path(office.register_path), today=build.TODAY)
    people.edit(with_other, person, {"individual_reference": "C1000055"})
    with_other.close()
    press(panel, "Take it up again")
    write(editor(panel), "C1000077")
    answering.waiting.append(theirs)
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert len(answering.asked) == 1
    assert people.file(office, person).person.individual_reference == "C1000055"


def test_a_passport_that_another_desk_has_added_meanwhile_is_told_before_it_is_changed(
    panel: PersonPanel, office: Office, answering: Answering
) -> None:
    person = build.invite(office)
    folder.save_passport(office, person, None, "AA111111", None, None)
    panel.show_person(person)
    write(begin(panel, "passports", "passport_number"), "BB222222")
    with_other = open_office(Path(office.register_path), today=build.TODAY)
    folder.save_passport(with_other, person, None, "ZZ999999", None, None)
    with_other.close()
    panel.refresh()
    at(panel, "passports", "passport_expiry").setFocus()
    assert [one.theirs for one in answering.asked[0]] == ["ZZ999999"]
    before = people.file(office, person).passports
    answering.waiting.append(mine())
    QTest.keyClick(editor(panel), Qt.Key.Key_Return)
    assert [one.number for one in people.file(office, person).passports] == [
        *(one.number for one in before[:-1]),
        "BB222222",
    ]


def test_a_value_with_choices_and_a_long_text_are_changed_in_place_too(
    panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    QTest.mouseClick(at(panel, "reach", "language"), Qt.MouseButton.LeftButton)
    box = editing(panel)._editor()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("fr"))
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert people.file(office, person).person.language == "fr"
    area = editing(panel)._editor()
    assert isinstance(area, QPlainTextEdit)
    QTest.keyClicks(area, "12 rue X")
    QTest.keyClick(area, Qt.Key.Key_Return)
    QTest.keyClicks(area, "Levis")
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert people.file(office, person).person.address == "12 rue X\nLevis"


def test_going_to_somebody_else_keeps_what_was_typed_in_the_file_it_was_typed_in(
    panel: PersonPanel, office: Office
) -> None:
    first, second = build.invite(office, 1), build.invite(office, 2)
    panel.show_person(first)
    write(begin(panel, "reach", "phone"), "514 555-0202")
    panel.show_person(second)
    assert people.file(office, first).person.phone == "514 555-0202"
    assert people.file(office, second).person.phone != "514 555-0202"
    assert editing(panel).line() is None


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        (("identity", "birth_date"), "31/02/1990", "Not kept: Date of birth, “31/02/1990”."),
        (("identity", "individual_reference"), "C1000001", "Not kept: "),
    ],
)
def test_going_to_somebody_else_says_what_could_not_be_kept(
    panel: PersonPanel, office: Office, place: tuple[str, str], text: str, said: str
) -> None:
    first, second = build.invite(office, 1), build.invite(office, 2)
    told: list[str] = []
    panel._shell.said.connect(lambda sentence, _act: told.append(sentence))
    panel.show_person(second)
    write(begin(panel, *place), text)
    panel.show_person(first)
    assert told[-1].startswith(said)
    told.clear()
    panel.show_person(second)
    assert told == []


def test_the_page_with_its_values_is_read_aloud_whole(panel: PersonPanel, office: Office) -> None:
    panel.show_person(build.invite(office))
    at(panel, "identity", "family_name")
    assert_accessible(panel)
    begin(panel, "identity", "uci")
    assert_accessible(panel)


def test_nothing_of_the_page_moves_while_a_value_is_changed(
    panel: PersonPanel, office: Office
) -> None:
    panel.show_person(build.invite(office))
    line = at(panel, "identity", "uci")
    QApplication.processEvents()
    places = [(x.pos(), x.size()) for x in panel.findChildren(ValueLine)]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert [(x.pos(), x.size()) for x in panel.findChildren(ValueLine)] == places


def test_a_window_that_closes_keeps_what_is_being_typed(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    window = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.shell.go("people", person)
    panel = window.findChild(PersonPanel)
    assert panel is not None
    write(begin(panel, "reach", "phone"), "514 555-0202")
    window.close()
    assert people.file(office, person).person.phone == "514 555-0202"


def test_one_enter_keeps_a_country_while_its_names_are_offered(
    qtbot: QtBot, panel: PersonPanel, office: Office
) -> None:
    person = build.invite(office)
    panel.show_person(person)
    panel.window().activateWindow()
    qtbot.waitUntil(panel.window().isActiveWindow)
    line = at(panel, "identity", "citizenship")
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    box = editing(panel)._editor()
    assert isinstance(box, QComboBox)
    edit = box.lineEdit()
    assert edit is not None
    edit.selectAll()
    QTest.keyClicks(edit, "Leb")
    offered = box.completer().popup()
    qtbot.waitUntil(offered.isVisible)
    QTest.keyClicks(offered, "an")
    assert offered.isVisible()
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert editing(panel).line() is None
    assert people.file(office, person).person.citizenship == "LBN"
