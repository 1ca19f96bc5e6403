# SPDX-License-Identifier: Apache-2.0
"""The dialog where two desks have changed the same: by keyboard, from a page, from a sheet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.domain.records.member import new_member
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType, Relation
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, folder, people
from imp_plus_desktop.ui.dialogs.meeting.meeting import MeetingDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.person.actions import document_actions, record_actions
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.shell.shell import Shell
from tests.ui.answering import Answering, answering, go_back, mine, theirs
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import fill, office

__all__ = ["answering", "office"]

AT = datetime(2023, 11, 22, 19, 2, tzinfo=UTC)


def met(field: str, before: object, theirs: object, own: object, entity: str = "person") -> Meeting:
    return Meeting(entity, 1, field, before, theirs, own, 7, "M. Roy", AT, person=1)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[MeetingDialog]:
    asked = [
        met("phone", "514 555-0100", "514 555-0101", "438 555-0199"),
        met("outcome", None, "refused", "approved", "application"),
        met("decided_on", None, "2023-11-20", "2023-11-21", "application"),
        met("place", None, 4, None, "application"),
    ]
    made = MeetingDialog(asked)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()


def texts(dialog: MeetingDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_each_value_stands_with_before_theirs_and_mine_in_words(dialog: MeetingDialog) -> None:
    said = texts(dialog)
    for words in ("Phone", "514 555-0100", "514 555-0101", "438 555-0199", "refused", "approved"):
        assert any(words.lower() == text.lower() for text in said), words
    assert any(text.startswith("M. Roy, ") for text in said)
    assert not any("place" in text.lower() and text != said[0] for text in said[2:]), said
    assert_accessible(dialog)


def test_long_values_stand_whole_on_several_lines(qtbot: QtBot) -> None:
    """Two that differ at their end alone would be cut to the same."""
    before = "joumana.aboujaoude.tremblay@bureau-de-levis.example.org"
    made = MeetingDialog([met("email", before, f"{before}.ca", f"{before}.com")])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    for end in ("", ".ca", ".com"):
        (value,) = [one for one in made.findChildren(QLabel) if one.text() == before + end]
        shown = QLabel.text(value)
        assert shown.replace("\n", "") == before + end
        metrics = value.fontMetrics()
        assert max(map(metrics.horizontalAdvance, shown.split("\n"))) <= value.width()
        assert value.height() >= value.heightForWidth(value.width()) > metrics.height()


def test_enter_takes_nothing_of_theirs_away(dialog: MeetingDialog) -> None:
    assert [r.text() for r in dialog.findChildren(QRadioButton) if r.isChecked()] == ["Theirs"] * 3
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.answer == ()


def test_arrows_and_tab_choose_and_what_says_one_thing_is_chosen_together(
    dialog: MeetingDialog,
) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Down)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.answer is not None
    assert [one.field for one in dialog.answer] == ["outcome", "decided_on", "place"]


def test_a_value_pressed_chooses_its_side(dialog: MeetingDialog) -> None:
    value = next(x for x in dialog.findChildren(QLabel) if x.text() == "438 555-0199")
    QTest.mouseClick(value, Qt.MouseButton.LeftButton)
    assert [one.field for one in dialog.mine()] == ["phone"]


def test_of_many_all_are_chosen_at_once_and_each_comes_into_view(qtbot: QtBot) -> None:
    one = met("clerk", None, "M. Roy", "S. Roy")
    asked = [replace(one, number=n, person=n) for n in range(1, 9)]
    made = MeetingDialog(asked, None, lambda ids: {n: f"Benali {n}" for n in ids})
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    assert any(text.startswith("Benali 8 – ") for text in texts(made))
    made.resize(made.width(), 400)
    for _turn in range(7):
        QTest.keyClick(made.focusWidget() or made, Qt.Key.Key_Tab)
    at = made.focusWidget()
    assert isinstance(at, QRadioButton)
    assert "Benali 8" in at.accessibleName()
    assert not at.visibleRegion().isEmpty()
    for words, count in (("Mine everywhere", 8), ("Theirs everywhere", 0)):
        next(b for b in made.findChildren(QPushButton) if b.text() == words).click()
        assert len(made.mine()) == count
    assert_accessible(made)


def test_escape_chooses_nothing(dialog: MeetingDialog) -> None:
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.answer is None


def test_a_form_goes_back_to_what_was_typed_and_then_stores_what_was_chosen(
    qtbot: QtBot, office: Office, other: Office, answering: Answering
) -> None:
    person = build.invite(office)
    form = PersonDialog(office.as_shown(), person)
    qtbot.addWidget(form)
    form.show()
    people.edit(other, person, {"phone": "514 555-0101", "email": "b@exemple.ca"})
    fill(form, phone="438 555-0199", email="a@exemple.ca", uci="12345678")
    answering.waiting += [go_back, mine("email")]
    form.accept()
    assert form.isVisible()
    assert form.form.value("phone") == "438 555-0199"
    head = history.acts(office, limit=1)[0].id
    form.accept()
    assert not form.isVisible()
    now = people.file(office, person).person
    assert (now.phone, now.email, now.uci) == ("514 555-0101", "a@exemple.ca", "12345678")
    assert history.acts(office, limit=1)[0].id == head + 1


def test_a_third_desk_is_asked_about_while_the_dialog_stands_open(
    qtbot: QtBot, office: Office, other: Office, answering: Answering
) -> None:
    person = build.invite(office)
    form = PersonDialog(office.as_shown(), person)
    qtbot.addWidget(form)
    form.show()
    people.edit(other, person, {"phone": "514 555-0101"})
    fill(form, phone="438 555-0199")

    def later(dialog: MeetingDialog) -> None:
        people.edit(other, person, {"phone": "514 555-0333"})
        mine()(dialog)

    answering.waiting += [later, theirs]
    form.accept()
    assert [one[0].theirs for one in answering.asked] == ["514 555-0101", "514 555-0333"]
    assert people.file(office, person).person.phone == "514 555-0333"
    assert not form.isVisible()


def test_a_note_written_at_two_desks_shows_both_texts(
    qtbot: QtBot, office: Office, other: Office, answering: Answering
) -> None:
    person = build.invite(office)
    folder.add_note(office, person, "First")
    (note,) = people.file(office, person).notes
    form = NoteDialog(office.as_shown(), person, note)
    qtbot.addWidget(form)
    form.show()
    folder.change_note(other, person, note.id, text="Theirs")
    fill(form, text="Mine")
    answering.waiting.append(mine())
    form.accept()
    ((one,),) = answering.asked
    assert (one.before, one.theirs, one.mine) == ("First", "Theirs", "Mine")
    assert people.file(office, person).notes[0].text == "Mine"


@pytest.fixture
def panel(qtbot: QtBot, office: Office) -> PersonPanel:
    made = PersonPanel(Shell(office, inline_tasks=True))
    qtbot.addWidget(made)
    made.resize(560, 900)
    made.show()
    return made


def test_what_a_page_does_at_once_rests_on_what_it_shows(
    panel: PersonPanel, office: Office, other: Office, answering: Answering
) -> None:
    person = build.invite(office)
    (letter,) = people.file(office, person).letters
    panel.show_person(person)
    people.edit(other, person, {"letter_received_date": "2023-09-15"})  # not on the page yet
    answering.waiting.append(theirs)
    panel.do(lambda at: record_actions.delete_letter(at, letter))
    assert len(answering.asked) == 1
    assert [one.id for one in people.file(office, person).letters] == [letter.id]
    answering.waiting.append(mine())
    panel.do(lambda at: record_actions.delete_letter(at, letter))
    assert people.file(office, person).letters == ()


def test_a_document_marked_on_a_page_asks_where_another_desk_has_moved_it(
    panel: PersonPanel, office: Office, other: Office, answering: Answering
) -> None:
    person = build.invite(office)
    documents.set_document(office, person, DocumentType.CSQ, DocumentState.REQUIRED)
    panel.show_person(person)
    item = next(
        one
        for one in documents.of_file(office, people.file(office, person))
        if one.type is DocumentType.CSQ
    )
    documents.set_document(other, person, DocumentType.CSQ, DocumentState.REVIEWED)
    panel.do(lambda at: document_actions.mark(DocumentState.RECEIVED, at, item))
    assert any(one.theirs == "reviewed" for one in answering.asked[0])
    assert people.file(office, person).documents[0].state is DocumentState.REVIEWED
    panel.refresh()
    panel.do(lambda at: document_actions.mark(DocumentState.RECEIVED, at, item))
    assert len(answering.asked) == 1, "by now the page shows theirs"
    assert people.file(office, person).documents[0].state is DocumentState.RECEIVED


def test_who_took_an_entry_out_is_said_where_a_form_stands_open_over_it(
    qtbot: QtBot, office: Office, other: Office
) -> None:
    from imp_plus_desktop.ui.dialogs.person.member import MemberDialog

    person = build.invite(office)
    number = family.add_member(
        office, new_member(person, Relation.SPOUSE, "Benali", "Nour", birth_date=date(1990, 5, 1))
    ).member
    form = MemberDialog(office.as_shown(), person, family.one(office, number))
    qtbot.addWidget(form)
    form.show()
    family.delete_member(other, number)
    fill(form, uci="12345678")
    form.accept()
    assert form.isVisible()
    assert f"{other.user} has taken this out" in form._error.text()
    assert form.form.value("uci") == "12345678"
