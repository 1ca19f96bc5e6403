# SPDX-License-Identifier: Apache-2.0
"""What another desk writes between the opening of a form and its saving is neither replaced nor
taken out unseen: the second desk has a connection of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import office_builders as build
import pytest
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.quota.over_cap import OverCapItem
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.values.codes import (
    ContactKind,
    DocumentState,
    DocumentType,
    Ledger,
    PortalItem,
    PortalState,
    RequestKind,
    ResidenceProof,
    RouteState,
)
from imp_plus_desktop.services.applications import portal, requests, routes
from imp_plus_desktop.services.applications.portal import PortalReading
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.applications.routes import RouteDetails
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import parameters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import (
    clerks,
    contacts,
    documents,
    employments,
    folder,
    names_history,
    people,
    residences,
)
from imp_plus_desktop.services.people.employments import Work
from imp_plus_desktop.services.people.residences import Draft
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.quota import overcap, quota
from imp_plus_desktop.ui.dialogs.applications.path import WorkDialog
from imp_plus_desktop.ui.dialogs.applications.permit_conditions import PermitConditionsDialog
from imp_plus_desktop.ui.dialogs.applications.portal import PortalDialog
from imp_plus_desktop.ui.dialogs.applications.requests import RequestDialog
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.office.entry_rule import EntryRuleDialog
from imp_plus_desktop.ui.dialogs.office.overcap import CloseItemDialog
from imp_plus_desktop.ui.dialogs.office.programme import SwitchDialog, WindowDialog
from imp_plus_desktop.ui.dialogs.office.quota import CapDialog, OfficialDialog
from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog
from imp_plus_desktop.ui.dialogs.person.letter import LetterDialog
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.dialogs.person.office_file import (
    ClerkDialog,
    ContactDialog,
    OtherRouteDialog,
    RenameDialog,
)
from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.person.residence import ResidenceDialog
from imp_plus_desktop.words.messages import field_label
from tests.ui.answering import Answering, answering, back_then_mine
from tests.ui.person_fixtures import fill, office

pytestmark = pytest.mark.mostly_long(
    "test_a_persons_form_writes_only_what_was_changed_in_it",
    "test_a_field_changed_at_both_desks_says_so_and_is_replaced_only_once_that_was_read",
    "test_a_stay_added_at_another_desk_stays_and_one_taken_out_stays_out",
    "test_a_document_forgotten_at_another_desk_comes_back_only_once_that_was_read",
    "test_a_members_form_begins_with_what_the_register_holds_by_now",
    "test_two_desks_on_two_fields_of_one_entry_are_both_kept",
    "test_a_refund_logged_at_another_desk_keeps_its_day",
    "test_a_figure_taken_back_at_another_desk_is_told",
)

__all__ = ["answering", "office"]

SAID = "Another desk has changed this since it was shown: {fields}."
RECEIVED, REVIEWED = DocumentState.RECEIVED, DocumentState.REVIEWED


@pytest.fixture(autouse=True)
def somebody(answering: Answering) -> None:
    """Goes back to the form when first asked, and then keeps what is typed there."""
    answering.otherwise = back_then_mine()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[FormDialog], Any]:
    def show(dialog: FormDialog) -> FormDialog:
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def said(dialog: FormDialog) -> str:
    return dialog._error.text() if dialog._error.isVisible() else ""


def save(dialog: FormDialog) -> None:
    """Press the strong button and see the form close."""
    dialog.accept()
    assert not dialog.isVisible(), said(dialog)


def test_a_persons_form_writes_only_what_was_changed_in_it(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    dialog = shown(PersonDialog(office.as_shown(), person))
    people.edit(other, person, {"phone": "514 555-0101", "email": "amine@exemple.ca"})
    fill(dialog, uci="12345678")
    save(dialog)
    now = people.file(office, person).person
    assert (now.phone, now.email, now.uci) == ("514 555-0101", "amine@exemple.ca", "12345678")


def test_a_field_changed_at_both_desks_says_so_and_is_replaced_only_once_that_was_read(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    dialog = shown(PersonDialog(office.as_shown(), person))
    people.edit(other, person, {"phone": "514 555-0101", "email": "amine@exemple.ca"})
    fill(dialog, phone="438 555-0199")
    dialog.accept()
    assert SAID.format(fields=field_label("phone")) in said(dialog)
    assert people.file(office, person).person.phone == "514 555-0101", "nothing was replaced yet"
    theirs = "Another desk wrote 514 555-0101 here meanwhile, in place of —."
    assert dialog.form.finding("phone") == "▲ " + theirs
    people.edit(other, person, {"uci": "12345678"})
    dialog.accept()
    now = people.file(office, person).person
    assert (now.phone, now.email, now.uci) == ("438 555-0199", "amine@exemple.ca", "12345678")


def test_the_same_change_at_both_desks_is_no_quarrel(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    dialog = shown(PersonDialog(office.as_shown(), person))
    people.edit(other, person, {"phone": "514 555-0101"})
    fill(dialog, phone="514 555-0101")
    save(dialog)


def test_a_stay_added_at_another_desk_stays_and_one_taken_out_stays_out(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    first = people.file(office, person).residences[0]
    residences.save_all(
        office,
        person,
        [Draft(first.country, None, None, date(2022, 12, 31), None, first.id), Draft("FRA")],
    )
    before = residences.drafts_of(people.file(office, person))
    dialog = shown(
        ResidenceDialog(office.as_shown(), person, people.file(office, person).residences[0])
    )
    added = Draft("CAN", "ON", date(2023, 5, 1), None, ResidenceProof.LEASE)
    residences.save_all(other, person, [before[0], added])
    fill(dialog, until_day="2022-12-30")
    save(dialog)
    told = [(s.country, s.until_day) for s in people.file(office, person).residences]
    assert told == [(first.country, date(2022, 12, 30)), ("CAN", None)]


def test_a_stay_changed_at_another_desk_is_not_taken_out_unseen(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    (stay,) = residences.drafts_of(people.file(office, person))
    dialog = shown(
        ResidenceDialog(office.as_shown(), person, people.file(office, person).residences[0])
    )
    residences.save_all(other, person, [replace(stay, proof=ResidenceProof.LEASE)])
    dialog._remove.click()
    dialog.accept()
    assert "Another desk has changed this" in said(dialog)
    assert len(people.file(office, person).residences) == 1
    dialog.accept()
    assert people.file(office, person).residences == ()


def test_documents_marked_at_another_desk_stay_as_they_were_marked(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    documents.set_document(office, person, DocumentType.CSQ, RECEIVED)
    documents.set_document(office, person, DocumentType.INTENT, RECEIVED)
    dialog = shown(DocumentsDialog(office.as_shown(), person))
    documents.set_document(other, person, DocumentType.LETTER, REVIEWED)
    documents.set_document(other, person, DocumentType.CSQ, REVIEWED)
    documents.set_document(other, person, DocumentType.INTENT, None)
    dialog.day_edit(DocumentType.CSQ).set_day(date(2025, 1, 1))
    save(dialog)
    now = {d.type: (d.state, d.expires) for d in people.file(office, person).documents}
    assert now == {
        DocumentType.LETTER: (REVIEWED, None),
        DocumentType.CSQ: (REVIEWED, date(2025, 1, 1)),
    }


def test_a_document_forgotten_at_another_desk_comes_back_only_once_that_was_read(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    documents.set_document(office, person, DocumentType.CSQ, RECEIVED)
    dialog = shown(DocumentsDialog(office.as_shown(), person))
    documents.set_document(other, person, DocumentType.CSQ, None)
    box = dialog.state_box(DocumentType.CSQ)
    box.setCurrentIndex(box.findData(REVIEWED.value))
    dialog.accept()
    assert "Another desk" in said(dialog)
    assert people.file(office, person).documents == ()
    dialog.accept()
    assert [d.state for d in people.file(office, person).documents] == [REVIEWED]


def test_a_members_form_keeps_what_another_desk_wrote(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    member = family.one(office, build.add_member(office, person))
    dialog = shown(MemberDialog(office.as_shown(), person, member))
    family.set_field(other, member.id, "passport_expiry", "2029-05-01")
    fill(dialog, uci="12345678")
    save(dialog)
    now = family.one(office, member.id)
    assert (now.uci, now.passport_expiry) == ("12345678", date(2029, 5, 1))


def test_a_members_form_shows_what_another_desk_put_into_a_field(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    member = family.one(office, build.add_member(office, person))
    dialog = shown(MemberDialog(office.as_shown(), person, member))
    family.set_field(other, member.id, "citizenship", "FRA")
    before = dialog.form.words_of("citizenship", dialog.form.shown_first("citizenship"))
    dialog.form.field("citizenship").setCurrentText("Tunisia")
    dialog.accept()
    assert dialog.form.finding("citizenship") == (
        f"▲ Another desk wrote France here meanwhile, in place of {before or '—'}."
    )
    save(dialog)
    assert family.one(office, member.id).citizenship == "TUN"


def test_a_members_form_begins_with_what_the_register_holds_by_now(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    member = family.one(office, build.add_member(office, person))
    family.set_field(other, member.id, "uci", "12345678")
    dialog = shown(MemberDialog(office.as_shown(), person, member))
    fill(dialog, given_names="Lina")
    save(dialog)
    now = family.one(office, member.id)
    assert (now.uci, now.given_names) == ("12345678", "Lina")


def test_lines_of_the_portal_recorded_at_another_desk_stand(
    office: Office, other: Office, shown: Any
) -> None:
    one = build.receive(
        office, build.invite(office), datetime(2023, 9, 1, 15, tzinfo=UTC)
    ).application
    states = {PortalItem.ELIGIBILITY: PortalReading(PortalState.IN_PROGRESS)}
    portal.observe(office, one, date(2023, 10, 1), states)
    dialog = shown(PortalDialog(office.as_shown(), one))
    theirs = {
        PortalItem.ELIGIBILITY: PortalReading(PortalState.COMPLETED, date(2023, 11, 20)),
        PortalItem.BIOMETRICS: PortalReading(PortalState.NEEDED),
    }
    portal.observe(other, one, build.TODAY, theirs)
    fill(dialog, interview=PortalState.NOT_NEEDED.value, biometrics=PortalState.IN_PROGRESS.value)
    dialog.accept()
    assert "Another desk" in said(dialog)
    assert "Biometrics" in said(dialog)
    dialog.accept()
    now = {e.item: e.latest.state for e in portal.lines(office, one) if e.latest is not None}
    assert now == {
        PortalItem.ELIGIBILITY: PortalState.COMPLETED,
        PortalItem.INTERVIEW: PortalState.NOT_NEEDED,
        PortalItem.BIOMETRICS: PortalState.IN_PROGRESS,
    }


def test_conditions_of_a_permit_typed_at_two_desks_both_stand(
    office: Office, other: Office, shown: Any
) -> None:
    permit = build.issue(office, build.an_approved(office)).permit
    dialog = shown(PermitConditionsDialog(office.as_shown(), permit))
    permits.edit(other, permit, number="U123456789", occupation_condition="No child care")
    fill(dialog, location_condition="Quebec only")
    save(dialog)
    now = permits.one(office, permit)
    assert (now.permit_number, now.location_condition) == ("U123456789", "Quebec only")
    assert now.occupation_condition == "No child care"


def _contact(office: Office, person: int) -> Any:
    contacts.save(office, person, None, ContactKind.CALLED, "Waits", date(2023, 11, 1))
    return ContactDialog(office.as_shown(), person, people.file(office, person).contacts[0])


def _contact_there(other: Office, person: int) -> None:
    (one,) = people.file(other, person).contacts
    contacts.save(other, person, one.id, ContactKind.WROTE, one.text, one.on_day)


def _contact_now(office: Office, person: int) -> object:
    (one,) = people.file(office, person).contacts
    return (one.kind, one.text)


def _route(office: Office, person: int) -> Any:
    routes.save(office, person, None, RouteDetails("lmia", RouteState.FILED, date(2023, 6, 1)))
    return OtherRouteDialog(office.as_shown(), person, people.file(office, person).other_routes[0])


def _route_there(other: Office, person: int) -> None:
    (one,) = people.file(other, person).other_routes
    decided = RouteDetails("lmia", RouteState.APPROVED, one.filed_on, date(2023, 9, 1))
    routes.save(other, person, one.id, decided)


def _route_now(office: Office, person: int) -> object:
    (one,) = people.file(office, person).other_routes
    return (one.state, one.decided_on, one.employer)


def _work(office: Office, person: int) -> Any:
    employments.save(office, person, Work("CAN", "QC", "Atelier"))
    return WorkDialog(office.as_shown(), person, people.file(office, person).employments[0])


def _work_there(other: Office, person: int) -> None:
    (one,) = people.file(other, person).employments
    employments.save(other, person, Work("CAN", "QC", "Atelier", date(2023, 1, 2)), one.id)


def _work_now(office: Office, person: int) -> object:
    (one,) = people.file(office, person).employments
    return (one.employer, one.from_day)


def _letter(office: Office, person: int) -> Any:
    return LetterDialog(office.as_shown(), person, people.file(office, person).letters[0])


def _letter_there(other: Office, person: int) -> None:
    (one,) = people.file(other, person).letters
    folder.save_letter(other, person, one.id, date(2023, 8, 25), one.letter_received_date)


def _letter_now(office: Office, person: int) -> object:
    (one,) = people.file(office, person).letters
    return (one.letter_date, one.letter_received_date)


def _passport(office: Office, person: int) -> Any:
    return PassportDialog(office.as_shown(), person, people.file(office, person).passports[0])


def _passport_there(other: Office, person: int) -> None:
    (one,) = people.file(other, person).passports
    folder.save_passport(other, person, one.id, one.number, date(2031, 5, 5))


def _passport_now(office: Office, person: int) -> object:
    (one,) = people.file(office, person).passports
    return (one.number, one.expiry)


def _former(office: Office, person: int) -> Any:
    names_history.save_former(office, person, None, "Martin", "Ana")
    return RenameDialog(office.as_shown(), person, people.file(office, person).former_names[0])


def _former_there(other: Office, person: int) -> None:
    (one,) = people.file(other, person).former_names
    names_history.save_former(other, person, one.id, "Martin", "Ana", date(2020, 1, 1))


def _former_now(office: Office, person: int) -> object:
    (one,) = people.file(office, person).former_names
    return (one.family_name, one.given_names, one.until_day)


ENTRIES = {
    "contact": (
        _contact, _contact_there, {"text": "Wrote back"}, _contact_now,
        (ContactKind.WROTE, "Wrote back"),
    ),
    "route": (
        _route, _route_there, {"employer": "Atelier"}, _route_now,
        (RouteState.APPROVED, date(2023, 9, 1), "Atelier"),
    ),
    "work": (
        _work, _work_there, {"employer": "Usine"}, _work_now, ("Usine", date(2023, 1, 2)),
    ),
    "letter": (
        _letter, _letter_there, {"letter_received_date": "2023-10-01"}, _letter_now,
        (date(2023, 8, 25), date(2023, 10, 1)),
    ),
    "passport": (
        _passport, _passport_there, {"number": "ZZ998877"}, _passport_now,
        ("ZZ998877", date(2031, 5, 5)),
    ),
    "former name": (
        _former, _former_there, {"given_names": "Anna"}, _former_now,
        ("Martin", "Anna", date(2020, 1, 1)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENTRIES)
def test_two_desks_on_two_fields_of_one_entry_are_both_kept(
    office: Office, other: Office, shown: Any, name: str
) -> None:
    opens, there, here, now, expected = ENTRIES[name]
    person = build.invite(office)
    dialog = shown(opens(office, person))
    there(other, person)
    fill(dialog, **here)
    save(dialog)
    assert now(office, person) == expected


def test_a_request_met_at_another_desk_stays_met(office: Office, other: Office, shown: Any) -> None:
    person = build.invite(office)
    one = build.receive(office, person, datetime(2023, 9, 1, 15, tzinfo=UTC)).application
    asked = RequestDetails(one, RequestKind.BIOMETRICS, date(2023, 10, 1))
    request = requests.save(office, asked).request
    dialog = shown(RequestDialog(office.as_shown(), person, request))
    requests.done(other, request, date(2023, 11, 1))
    fill(dialog, due_on="2023-11-15")
    save(dialog)
    now = requests.one(office, request)
    assert (now.due_on, now.done_on) == (date(2023, 11, 15), date(2023, 11, 1))


def test_a_file_given_to_somebody_at_another_desk_says_so(
    office: Office, other: Office, shown: Any
) -> None:
    person = build.invite(office)
    dialog = shown(ClerkDialog(office.as_shown(), person))
    clerks.assign(other, [person], "Marie")
    dialog._box.setEditText("Paul")
    dialog.accept()
    assert "Another desk" in said(dialog)
    assert people.file(office, person).person.clerk == "Marie"
    dialog.accept()
    assert people.file(office, person).person.clerk == "Paul"


def test_a_refund_logged_at_another_desk_keeps_its_day(
    office: Office, other: Office, shown: Any
) -> None:
    build.set_cap(office, 0)
    one = build.receive(office, build.invite(office)).application
    dialog = shown(CloseItemDialog(office.as_shown(), OverCapItem.REFUND, one, "Benali", [one]))
    overcap.close_item(other, [one], OverCapItem.REFUND, build.TODAY)
    fill(dialog, day="2023-11-21")
    dialog.accept()
    assert "Another desk" in said(dialog)
    (file,) = overcap.over_cap_list(office, build.YEAR).files
    assert file.items[0].closed_on == build.TODAY


DAY, REASON = date(2023, 11, 1), "Notice"


def _cap_there(other: Office) -> None:
    quota.set_cap(other, build.YEAR, 9, DAY, REASON)


def _official_there(other: Office) -> None:
    quota.set_official(other, OfficialCount(build.YEAR, DAY, 6000))


def _switch_there(other: Office) -> None:
    parameters.set_switch(other, build.YEAR, "returned", True, DAY, REASON)


def _window_there(other: Office) -> None:
    parameters.set_window(other, "last_accepted_letter", "2026-01-31", DAY, REASON)


def _entry_there(other: Office) -> None:
    routes.set_entry(other, "MAR", "eta", DAY, REASON)


# The form, what another desk sets, what is typed here, what the figure is called.
FIGURES: dict[str, tuple[Any, Any, dict[str, str], str]] = {
    "cap": (
        lambda office: CapDialog(office, build.YEAR), _cap_there,
        {"limit": "8", "reason": REASON}, "Cap",
    ),
    "official": (
        lambda office: OfficialDialog(office, build.YEAR), _official_there,
        {"received": "5000"}, "Official count",
    ),
    "switch": (
        lambda office: SwitchDialog(office, build.YEAR), _switch_there,
        {"what": "returned", "uses": "no", "reason": REASON}, "Returned applications use a place",
    ),
    "window": (
        WindowDialog, _window_there,
        {"value": "2026-02-28", "reason": REASON}, "Date of the last letter accepted",
    ),
    "entry": (
        EntryRuleDialog, _entry_there,
        {"country": "MAR", "requirement": "visa", "source": REASON}, "Needed to enter",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_set_at_another_desk_is_told_before_another_is_set_beside_it(
    office: Office, other: Office, shown: Any, name: str
) -> None:
    opens, there, typed, called = FIGURES[name]
    dialog = shown(opens(office.as_shown()))
    there(other)
    head = history.acts(office, limit=1)[0].id
    fill(dialog, **typed)
    dialog.accept()
    assert SAID.format(fields=called) in said(dialog)
    assert history.acts(office, limit=1)[0].id == head, "nothing was stored yet"
    save(dialog)
    assert history.acts(office, limit=1)[0].id > head


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_set_twice_at_another_desk_is_told_twice(
    office: Office, other: Office, shown: Any, name: str
) -> None:
    opens, there, typed, _called = FIGURES[name]
    dialog = shown(opens(office.as_shown()))
    fill(dialog, **typed)
    for _turn in range(2):
        there(other)
        dialog.accept()
        assert dialog.isVisible()
    save(dialog)


def test_a_figure_taken_back_at_another_desk_is_told(
    office: Office, other: Office, shown: Any
) -> None:
    _cap_there(office)
    dialog = shown(CapDialog(office.as_shown(), build.YEAR))
    history.undo(other)
    fill(dialog, limit="8", reason=REASON)
    dialog.accept()
    assert "Another desk" in said(dialog)
    save(dialog)


def test_figures_of_another_year_ledger_and_name_are_no_quarrel(
    office: Office, other: Office, shown: Any
) -> None:
    cap = shown(CapDialog(office.as_shown(), build.YEAR))
    window = shown(WindowDialog(office.as_shown()))
    quota.set_cap(other, build.YEAR + 1, 9, DAY, REASON)
    quota.set_cap(other, build.YEAR, 9, DAY, REASON, Ledger.LETTERS)
    parameters.set_window(other, "restoration_days", "80", DAY, REASON)
    fill(cap, limit="8", reason=REASON)
    save(cap)
    fill(window, value="2026-02-28", reason=REASON)
    save(window)


def test_the_forms_of_the_programme_show_by_then_what_the_other_desk_set(
    office: Office, other: Office, shown: Any
) -> None:
    window = shown(WindowDialog(office.as_shown()))
    switch = shown(SwitchDialog(office.as_shown(), build.YEAR))
    _window_there(other)
    _switch_there(other)
    fill(window, value="2026-02-28", reason=REASON)
    fill(switch, reason=REASON)
    for dialog in (window, switch):
        dialog.accept()
    assert "Now: 2026-01-31" in window._now.text()
    assert window.form.value("value") == "2026-02-28", "what is typed stays"
    assert "incomplete use a place" in switch._now.text()
