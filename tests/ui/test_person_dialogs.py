# SPDX-License-Identifier: Apache-2.0
"""The dialogs that record what happens to a file: what they show, refuse and store."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    DocumentState,
    DocumentType,
    LimitedBy,
    Outcome,
    PermitWish,
    PersonStatus,
    Relation,
)
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.ui.dialogs.applications.decide import DecideDialog
from imp_plus_desktop.ui.dialogs.applications.path import WorkDialog
from imp_plus_desktop.ui.dialogs.applications.permit import PermitDialog
from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog
from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog
from imp_plus_desktop.ui.dialogs.person.letter import LetterDialog
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.dialogs.person.member_receive import MemberReceiveDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.person.office_file import (
    ClerkDialog,
    ContactDialog,
    OtherRouteDialog,
    RenameDialog,
)
from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.person.residence import ResidenceDialog
from imp_plus_desktop.ui.dialogs.ruled_dialog import parse_time
from imp_plus_desktop.ui.dialogs.single import (
    ArrivalDialog,
    MemberArrivalDialog,
    NumberDialog,
    RefundDialog,
)
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.person_presenter import next_step
from imp_plus_desktop.ui.widgets.labels import Words
from imp_plus_desktop.words.messages import name_of
from tests.ui.helpers import assert_accessible, cut_labels
from tests.ui.person_fixtures import answer, complete, fill, office, ok, press_ok, says

pytestmark = pytest.mark.mostly_long(
    "test_a_letter_needs_its_date_and_then_is_stored",
    "test_a_letter_that_is_already_there_is_refused_in_the_dialog",
    "test_a_residence_asks_for_a_province_only_in_canada",
    "test_an_empty_passport_is_refused_and_a_number_is_enough",
    "test_the_checklist_refuses_what_is_no_date",
    "test_a_receipt_over_the_cap_names_whose_later_receipt_has_its_place",
    "test_what_blocks_stands_in_red_above_what_it_would_do",
    "test_with_a_running_permit_an_extension_is_expected",
    "test_after_a_permit_that_has_ended_the_form_is_for_what_the_button_says",
    "test_a_decision_before_the_receipt_is_refused_at_once",
    "test_a_number_that_is_taken_is_refused_and_a_free_one_kept",
    "test_editing_a_member_changes_what_was_changed_only",
    "test_a_member_is_not_born_tomorrow_nor_in_no_country",
    "test_a_person_needs_a_name_only",
    "test_every_dialog_is_named_uncut_and_speaks_the_language",
    "test_times_are_read_as_people_write_them",
    "test_what_is_no_time_is_refused",
)

__all__ = ["office"]


def opened(qtbot: QtBot, dialog: Any) -> Any:
    """A dialog shown without waiting, as its user would see it."""
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


# letters, residences, passports, documents, notes


def test_a_letter_needs_its_date_and_then_is_stored(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office, letter_date="", letter_received_date="")
    dialog = opened(qtbot, LetterDialog(office, person))
    press_ok(qtbot, dialog)
    assert dialog.isVisible()
    assert says(dialog, "The date of the letter is needed.")
    fill(dialog, letter_date="7 oct. 2023", letter_received_date="2023-10-09")
    press_ok(qtbot, dialog)
    letter = people.file(office, person).letters[0]
    assert (letter.letter_date, letter.letter_received_date) == (
        date(2023, 10, 7),
        date(2023, 10, 9),
    )


def test_a_letter_that_is_already_there_is_refused_in_the_dialog(
    qtbot: QtBot, office: Office
) -> None:
    person = build.invite(office)
    dialog = opened(qtbot, LetterDialog(office, person))
    fill(dialog, letter_date="2023-09-01")
    press_ok(qtbot, dialog)
    assert dialog.isVisible()
    assert says(dialog, "A letter with this date is already in the file.")


def test_what_is_no_date_is_marked_and_not_stored(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    letter = people.file(office, person).letters[0]
    dialog = opened(qtbot, LetterDialog(office, person, letter))
    fill(dialog, letter_received_date="soon")
    press_ok(qtbot, dialog)
    assert dialog.isVisible()
    assert says(dialog, "This is not a date.")
    assert people.file(office, person).letters[0] == letter


def test_a_residence_asks_for_a_province_only_in_canada(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    dialog = opened(qtbot, ResidenceDialog(office, person))
    assert not dialog.form.field("province").isVisible()
    fill(dialog, country="CAN")
    assert dialog.form.field("province").isVisible()
    fill(dialog, province="ON", from_day="2020-01-01")
    press_ok(qtbot, dialog)
    stay = people.file(office, person).residences[-1]
    assert (stay.country, stay.province, stay.from_day) == ("CAN", "ON", date(2020, 1, 1))


def test_a_country_is_found_while_typing_and_others_are_refused(
    qtbot: QtBot, office: Office
) -> None:
    person = build.invite(office)
    dialog = opened(qtbot, ResidenceDialog(office, person))
    fill(dialog, country="Atlantis")
    press_ok(qtbot, dialog)
    assert says(dialog, "Choose a country of the list.")
    fill(dialog, country="colombia")
    press_ok(qtbot, dialog)
    assert people.file(office, person).residences[-1].country == "COL"


def test_a_stay_that_ends_before_it_begins_is_refused(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    stay = people.file(office, person).residences[0]
    dialog = opened(qtbot, ResidenceDialog(office, person, stay))
    fill(dialog, from_day="2023-02-01", until_day="2023-01-01")
    press_ok(qtbot, dialog)
    assert "before “From” (2023-02-01)" in dialog.form.finding("until_day")
    assert len(people.file(office, person).residences) == 1
    fill(dialog, from_day="1980-01-01", until_day="")
    assert "Before “Date of birth”" in dialog.form.finding("from_day")
    press_ok(qtbot, dialog)
    assert people.file(office, person).residences[0].from_day == date(1980, 1, 1), "told, and kept"


def test_an_empty_passport_is_refused_and_a_number_is_enough(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office, passport_number="", passport_expiry="")
    dialog = opened(qtbot, PassportDialog(office, person))
    press_ok(qtbot, dialog)
    assert says(dialog, "The passport is empty.")
    fill(dialog, number="ab 123")
    press_ok(qtbot, dialog)
    assert people.file(office, person).passports[0].number == "AB123"


def test_the_checklist_stores_all_its_changes_as_one_act(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    documents.set_document(office, person, DocumentType.PHOTO, DocumentState.RECEIVED)
    dialog = opened(qtbot, DocumentsDialog(office, person, DocumentType.POLICE))
    for kind, state in ((DocumentType.CSQ, "received"), (DocumentType.POLICE, "reviewed")):
        box = dialog.state_box(kind)
        box.setCurrentIndex(box.findData(state))
    dialog.state_box(DocumentType.PHOTO).setCurrentIndex(0)
    dialog.day_edit(DocumentType.POLICE).setText("2024-05-01")
    press_ok(qtbot, dialog)
    found = {d.type: (d.state, d.expires) for d in people.file(office, person).documents}
    assert found == {
        DocumentType.CSQ: (DocumentState.RECEIVED, None),
        DocumentType.POLICE: (DocumentState.REVIEWED, date(2024, 5, 1)),
    }
    history.undo(office)
    assert [d.type for d in people.file(office, person).documents] == [DocumentType.PHOTO]


def test_the_checklist_names_every_document_whole(qtbot: QtBot, office: Office) -> None:
    i18n.use("fr")
    try:
        dialog = opened(qtbot, DocumentsDialog(office, build.invite(office)))
        shown = {QLabel.text(one) for one in dialog.findChildren(Words)}
        assert {name_of(kind) for kind in DocumentType} <= shown
    finally:
        i18n.use("en")


def test_the_checklist_refuses_what_is_no_date(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, DocumentsDialog(office, build.invite(office)))
    dialog.day_edit(DocumentType.CSQ).setText("someday")
    press_ok(qtbot, dialog)
    assert dialog.isVisible()
    assert says(dialog, "This is not a date.")


def test_a_note_is_added_once_it_says_something(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    dialog = opened(qtbot, NoteDialog(office, person))
    assert not ok(dialog).isEnabled()
    fill(dialog, text="À rappeler lundi")
    press_ok(qtbot, dialog)
    assert people.file(office, person).notes[0].text == "À rappeler lundi"


# applications


def test_receiving_says_which_place_it_takes_and_takes_it(qtbot: QtBot, office: Office) -> None:
    build.receive(office, complete(office, 1))
    person = complete(office, 2)
    dialog = opened(qtbot, ReceiveDialog(office, person))
    assert dialog.banner.text() == "Uses a place of 2023: 7,348 of 7,350 left afterwards."
    fill(dialog, day="2023-11-20", time="9:05", number="w 123 456 789")
    press_ok(qtbot, dialog)
    application = people.file(office, person).applications[0]
    assert application.received_at == datetime(2023, 11, 20, 14, 5, tzinfo=UTC)
    assert (application.place, application.application_number) == (2, "W123456789")


def test_a_receipt_over_the_cap_names_whose_later_receipt_has_its_place(
    qtbot: QtBot, office: Office
) -> None:
    build.set_cap(office, 1)
    build.receive(office, complete(office, 1), datetime(2023, 9, 20, 15, tzinfo=UTC))
    dialog = opened(qtbot, ReceiveDialog(office, complete(office, 2)))
    fill(dialog, day="2023-09-11")
    name = people.row(office, 1).name
    assert f"{name}, received later (September 20, 2023" in dialog.banner.text()
    fill(dialog, day="2023-09-21")
    assert name not in dialog.banner.text()


def test_past_the_cap_the_dialog_warns_and_the_button_says_so(qtbot: QtBot, office: Office) -> None:
    build.set_cap(office, 1)
    build.receive(office, complete(office, 1))
    person = complete(office, 2)
    dialog = opened(qtbot, ReceiveDialog(office, person))
    assert "The cap of 2023 (1) is reached." in dialog.banner.text()
    assert ok(dialog).text() == "Record as over the cap"
    rules = [finding.rule for finding in dialog.rules() if finding.blocks]
    for rule in rules:
        dialog_reason(dialog, rule, "arrived that day")
    press_ok(qtbot, dialog)
    state = people.file(office, person).applications[0].state
    assert state is ApplicationState.CANCELLED_OVER_CAP


def dialog_reason(dialog: FormDialog, rule: str, text: str) -> None:
    """Type the reason for passing a rule."""
    names = {"Reason", f"Reason ({rule})"}
    line = next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() in names)
    line.setText(text)
    line.textEdited.emit(text)


def test_a_rule_that_blocks_asks_for_its_reason_and_keeps_it(qtbot: QtBot, office: Office) -> None:
    person = complete(office, 1, letter_date="2023-05-02", letter_received_date="2023-05-05")
    dialog = opened(qtbot, ReceiveDialog(office, person))
    assert says(dialog, "111 days late")
    assert says(dialog, "A rule blocks this. Go on only with a reason:")
    assert not ok(dialog).isEnabled()
    dialog_reason(dialog, "INV-02", "IRCC accepted it late")
    assert ok(dialog).isEnabled()
    press_ok(qtbot, dialog)
    assert len(people.file(office, person).applications) == 1


def test_what_blocks_stands_in_red_above_what_it_would_do(qtbot: QtBot, office: Office) -> None:
    person = complete(office, 1, letter_date="2023-05-02", letter_received_date="2023-05-05")
    dialog = opened(qtbot, ReceiveDialog(office, person))
    block = next(f for f in dialog.findChildren(QFrame) if f.property("tone") == Tone.BAD.value)
    assert says(block, "A rule blocks this.")
    assert says(block, "111 days late")
    assert block.findChildren(QLineEdit)
    assert block.mapTo(dialog, block.rect().topLeft()).y() < dialog.banner.y()
    assert dialog.banner.property("tone") == Tone.PLAIN.value
    assert dialog.banner.text().startswith("With a reason only: uses a place of 2023")
    fill(dialog, day="2023-06-01")
    assert not block.isVisibleTo(dialog)
    assert dialog.banner.property("tone") == Tone.OK.value
    assert dialog.banner.text().startswith("Uses a place of 2023")


def test_a_day_within_the_letter_unblocks_while_typing(qtbot: QtBot, office: Office) -> None:
    person = complete(office, 1, letter_date="2023-05-02", letter_received_date="2023-05-05")
    dialog = opened(qtbot, ReceiveDialog(office, person))
    assert not ok(dialog).isEnabled()
    fill(dialog, day="2023-06-01")
    assert ok(dialog).isEnabled()


def test_nothing_is_received_in_the_future_or_at_no_time(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, ReceiveDialog(office, complete(office)))
    fill(dialog, day="2023-11-23")
    assert "in the future" in dialog.banner.text()
    assert not ok(dialog).isEnabled()
    fill(dialog, day="2023-11-21", time="25:99")
    assert says(dialog, "This is not a time.")
    assert not ok(dialog).isEnabled()
    fill(dialog, time="14h05")
    assert ok(dialog).isEnabled()


def test_with_a_running_permit_an_extension_is_expected(qtbot: QtBot, office: Office) -> None:
    person = complete(office)
    application = build.receive(office, person).application
    build.decide(office, application)
    build.issue(office, application)
    dialog = opened(qtbot, ReceiveDialog(office, person))
    assert dialog.form.value("kind") == "extension"
    assert dialog.banner.text() == "With a reason only: uses no place in 2023."


def test_after_a_permit_that_has_ended_the_form_is_for_what_the_button_says(
    qtbot: QtBot, office: Office
) -> None:
    person = complete(office)
    application = build.receive(office, person).application
    build.decide(office, application)
    build.issue(office, application)
    later = open_office(office.register_path, today=date(2030, 1, 2))
    try:
        assert people.row(later, person).status is PersonStatus.CLOSED
        step = next_step(people.file(later, person))
        dialog = opened(qtbot, ReceiveDialog(later, person))
        assert (step.text, dialog.form.value("kind")) == ("Extension received…", "extension")
        dialog.reject()
    finally:
        later.close()


def test_a_decision_offers_what_the_state_allows(qtbot: QtBot, office: Office) -> None:
    application = build.an_approved(office)
    dialog = opened(qtbot, DecideDialog(office, application))
    assert dialog.form.value("outcome") == "withdrawn"
    assert dialog.form.field("outcome").count() == 1


def test_a_refusal_keeps_its_place_and_is_stored(qtbot: QtBot, office: Office) -> None:
    application = build.receive(office, complete(office)).application
    dialog = opened(qtbot, DecideDialog(office, application))
    fill(dialog, outcome="refused", day="2023-11-21")
    assert dialog.banner.text() == "The application keeps its place of 2023."
    press_ok(qtbot, dialog)
    stored = person_file.application_of(office, application)
    assert (stored.outcome, stored.decided_on) == (Outcome.REFUSED, date(2023, 11, 21))


def test_a_decision_before_the_receipt_is_refused_at_once(qtbot: QtBot, office: Office) -> None:
    application = build.receive(office, complete(office)).application
    dialog = opened(qtbot, DecideDialog(office, application))
    fill(dialog, day="2023-11-01")
    assert "received on November 20, 2023" in dialog.banner.text()
    assert not ok(dialog).isEnabled()


def test_a_permit_shows_its_days_and_what_the_passport_costs(qtbot: QtBot, office: Office) -> None:
    application = build.an_approved(office, passport_expiry="2026-02-12")
    dialog = opened(qtbot, PermitDialog(office, application))
    assert dialog.banner.text().startswith("Valid from November 22, 2023 to February 12, 2026.")
    assert "days lost" in dialog.banner.text()
    fill(dialog, number="u500600700")
    press_ok(qtbot, dialog)
    permit = people.file(office, person_file.application_of(office, application).person_id).permits[
        0
    ]
    assert (permit.permit_number, permit.limited_by) == ("U500600700", LimitedBy.PASSPORT)


def test_a_permit_of_tomorrow_is_not_issued_yet(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, PermitDialog(office, build.an_approved(office)))
    fill(dialog, issued="2023-11-23")
    assert "in the future" in dialog.banner.text()
    fill(dialog, issued="2023-11-22", until="2020-01-01")
    assert not ok(dialog).isEnabled()


def test_a_number_that_is_taken_is_refused_and_a_free_one_kept(
    qtbot: QtBot, office: Office
) -> None:
    build.receive(office, complete(office, 1), number="W1")
    application = build.receive(office, complete(office, 2)).application
    dialog = opened(qtbot, NumberDialog(office, application))
    fill(dialog, number="W1")
    press_ok(qtbot, dialog)
    assert says(dialog, "Another file already has this number")
    fill(dialog, number="W2")
    press_ok(qtbot, dialog)
    assert person_file.application_of(office, application).application_number == "W2"


def test_a_refund_is_logged_with_its_day(qtbot: QtBot, office: Office) -> None:
    build.set_cap(office, 1)
    build.receive(office, complete(office, 1))
    done = build.receive(office, complete(office, 2), overrides={"CAP-02": "late"})
    dialog = opened(qtbot, RefundDialog(office, done.application))
    fill(dialog, day="2023-11-23")
    press_ok(qtbot, dialog)
    assert says(dialog, "in the future")
    fill(dialog, day="2023-11-22")
    press_ok(qtbot, dialog)
    assert person_file.application_of(office, done.application).refund_logged_on == date(
        2023, 11, 22
    )


# the family


def test_a_member_gets_the_family_name_and_the_rules_speak_while_typing(
    qtbot: QtBot, office: Office
) -> None:
    person = build.invite(office, 1, family_name="Muñoz", pr_state="in_process")
    dialog = opened(qtbot, MemberDialog(office, person))
    assert dialog.form.value("family_name") == "Muñoz"
    fill(dialog, relation="child", given_names="Ana", birth_date="1999-04-01", wish="study")
    assert says(dialog, "Turned 22 on April 1, 2021")
    fill(dialog, birth_date="2016-04-01")
    assert not says(dialog, "Turned 22")
    press_ok(qtbot, dialog)
    member = people.file(office, person).members[0]
    assert (member.relation, member.birth_date) == (Relation.CHILD, date(2016, 4, 1))
    assert member.wish is PermitWish.STUDY


def test_editing_a_member_changes_what_was_changed_only(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    build.add_member(office, person, accompanying=True, wish=PermitWish.WORK)
    before = people.file(office, person).members[0]
    dialog = opened(qtbot, MemberDialog(office, person, before))
    fill(dialog, passport_expiry="2028-01-01")
    press_ok(qtbot, dialog)
    after = people.file(office, person).members[0]
    assert after.passport_expiry == date(2028, 1, 1)
    assert (after.accompanying, after.wish, after.citizenship) == (True, PermitWish.WORK, "MAR")


def test_a_new_member_is_asked_for_little_and_the_rest_waits_under_its_heading(
    qtbot: QtBot, office: Office
) -> None:
    dialog = opened(qtbot, MemberDialog(office, build.invite(office)))

    def seen() -> list[str]:
        keys = dialog.form.keys()
        return [key for key in keys if dialog.form.field(key).isVisible()]

    assert seen()[:4] == ["relation", "family_name", "given_names", "birth_date"]
    assert len(seen()) == 8
    folds = {
        fold.text(): fold for fold in dialog.form.findChildren(QToolButton) if fold.isCheckable()
    }
    folds["Family situation"].setFocus()
    QTest.keyClick(folds["Family situation"], Qt.Key.Key_Space)
    assert seen()[8:] == ["invited", "separated_on", "died_on"]
    fill(dialog, relation="child")
    assert seen()[8:] == ["custody", "dependent_condition", "died_on", "married_on"]
    dialog.form.set_finding("uci", Tone.BAD, "Too short")
    assert dialog.form.field("uci").isVisible(), "what is wrong is never folded away"
    assert_accessible(dialog)


def test_what_is_known_of_a_member_is_not_folded_away(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    build.add_member(office, person, passport_number="AB123456")
    dialog = opened(qtbot, MemberDialog(office, person, people.file(office, person).members[0]))
    assert dialog.form.field("passport_number").isVisible()
    assert not dialog.form.field("school").isVisible()


def test_a_member_is_not_born_tomorrow_nor_in_no_country(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, MemberDialog(office, build.invite(office)))
    fill(dialog, birth_date="2023-11-23", citizenship="Atlantis")
    press_ok(qtbot, dialog)
    assert dialog.isVisible()
    assert says(dialog, "Choose a country of the list.")
    assert says(dialog, "in the future")


def test_a_family_application_shows_its_code_and_uses_no_place(
    qtbot: QtBot, office: Office
) -> None:
    application = build.an_approved(office, pr_state="in_process", pr_filed_on="2022-11-05")
    person = person_file.application_of(office, application).person_id
    build.issue(office, application)
    member = build.add_member(office, person, accompanying=True, wish=PermitWish.WORK)
    dialog = opened(qtbot, MemberReceiveDialog(office, member))
    assert dialog.banner.text() == "Exemption code C49. Uses no place of the cap."
    fill(dialog, wish="study")
    assert "Study permit" in dialog.banner.text()
    fill(dialog, wish="work")
    press_ok(qtbot, dialog)
    stored = people.file(office, person).applications[-1]
    assert (stored.code, stored.place) == (ApplicationCode.C49, None)


def test_arrivals_are_recorded_for_the_person_and_the_member(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    member = build.add_member(office, person)
    for dialog in (ArrivalDialog(office, person), MemberArrivalDialog(office, member)):
        opened(qtbot, dialog)
        fill(dialog, day="2023-11-10")
        press_ok(qtbot, dialog)
    file = people.file(office, person)
    assert (file.person.arrived_on, file.members[0].arrived_on) == (date(2023, 11, 10),) * 2


# the person


def test_a_person_needs_a_name_only(qtbot: QtBot, office: Office) -> None:
    dialog = opened(qtbot, PersonDialog(office))
    assert not ok(dialog).isEnabled()
    fill(dialog, family_name="Işık", given_names="Gülşen", residence_country="TUR")
    press_ok(qtbot, dialog)
    file = people.file(office, dialog.answer.person)
    assert file.person.full_name == "Gülşen Işık"
    assert file.residences[0].country == "TUR"


def test_findings_stand_beside_the_fields_while_typing(qtbot: QtBot, office: Office) -> None:
    build.invite(office, 1)
    dialog = opened(qtbot, PersonDialog(office))
    fill(
        dialog,
        family_name="Żak",
        individual_reference="C1000001",
        birth_date="2030-01-01",
        letter_date="2020-01-01",
    )
    qtbot.waitUntil(lambda: bool(dialog.form.finding("birth_date")), timeout=2000)
    assert dialog.form.finding("individual_reference").startswith("✕")
    assert dialog.form.finding("letter_date")
    press_ok(qtbot, dialog)
    assert dialog.isVisible()
    assert people.count(office) == 1


def test_editing_stores_what_differs_and_erases_what_was_emptied(
    qtbot: QtBot, office: Office
) -> None:
    person = build.invite(office, 1, email="a@example.org", phone="418 555-0100", spouse="yes")
    dialog = opened(qtbot, PersonDialog(office, person))
    fill(dialog, phone="", email="b@example.org", pr_state="in_process")
    press_ok(qtbot, dialog)
    stored = people.file(office, person).person
    assert (stored.phone, stored.email, stored.pr_state) == (None, "b@example.org", "in_process")
    assert stored.spouse is True
    assert {*dialog.answer.changed} == {"phone", "email", "pr_state"}


# all of them


def _all(office: Office) -> list[Callable[[], FormDialog]]:
    person = build.invite(office, 1, letter_date="2023-05-02", letter_received_date="2023-05-05")
    member = build.add_member(office, person)
    other = build.receive(office, complete(office, 2)).application
    approved = build.an_approved(office, 3)
    return [
        lambda: PersonDialog(office),
        lambda: PersonDialog(office, person),
        lambda: LetterDialog(office, person),
        lambda: ResidenceDialog(office, person),
        lambda: PassportDialog(office, person),
        lambda: DocumentsDialog(office, person),
        lambda: NoteDialog(office, person),
        lambda: ReceiveDialog(office, person),
        lambda: DecideDialog(office, other),
        lambda: PermitDialog(office, approved),
        lambda: MemberDialog(office, person),
        lambda: MemberReceiveDialog(office, member),
        lambda: NumberDialog(office, other),
        lambda: ArrivalDialog(office, person),
        lambda: MemberArrivalDialog(office, member),
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_dialog_is_named_uncut_and_speaks_the_language(
    qtbot: QtBot, office: Office, language: str
) -> None:
    i18n.use(language)
    for make in _all(office):
        dialog = opened(qtbot, make())
        qtbot.waitUntil(lambda shown=dialog: not cut_labels(shown), timeout=3000)
        assert_accessible(dialog)
        assert ok(dialog).isDefault()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_every_dialog_about_a_file_names_whose_it_is(qtbot: QtBot, office: Office) -> None:
    adding, *others = _all(office)
    person = people.find(office, "C1000001")
    received = people.find(office, "C1000002")
    others += [
        lambda: RequestDialog(office, received),
        lambda: WorkDialog(office, person),
        lambda: OtherRouteDialog(office, person),
        lambda: ContactDialog(office, person),
        lambda: RenameDialog(office, person),
        lambda: ClerkDialog(office, person),
    ]
    names = [one.person.full_name for one in person_file.files_of(office, range(1, 4)).values()]
    names += [member.full_name for member in people.file(office, person).members]
    for make in others:
        dialog = opened(qtbot, make())
        assert any(says(dialog, name) for name in names), dialog.windowTitle()
        dialog.leave()
    assert not any(says(opened(qtbot, adding()), name) for name in names)


def test_a_dialog_given_up_stores_nothing_and_frees_itself(qtbot: QtBot, office: Office) -> None:
    person = build.invite(office)
    gone: list[str] = []

    def give_up(dialog: FormDialog) -> None:
        dialog.destroyed.connect(lambda: gone.append("gone"))
        dialog.reject()

    answer(give_up)
    assert LetterDialog(office, person).ask() is None
    qtbot.waitUntil(lambda: gone == ["gone"], timeout=2000)
    assert len(people.file(office, person).letters) == 1


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [("14:05", 14, 5), ("9:05", 9, 5), ("0905", 9, 5), ("14h05", 14, 5), ("14 h", 14, 0)],
)
def test_times_are_read_as_people_write_them(text: str, hour: int, minute: int) -> None:
    assert parse_time(text) == time(hour, minute)


@pytest.mark.parametrize("text", ["", "noon", "24:00", "12:60", "1:2:3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|hour|minute"):
        parse_time(text)
