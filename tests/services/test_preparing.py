# SPDX-License-Identifier: Apache-2.0
"""An application from draft to decision: only the moves of the table, and what blocks Ready."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from office_builders import (
    AT,
    TODAY,
    YEAR,
    a_list,
    a_row,
    an_approved,
    decide,
    import_file,
    invite,
    places,
    receive,
    set_cap,
)

from imp_plus_desktop.domain.values.codes import (
    ApplicationState,
    DocumentState,
    DocumentType,
    Outcome,
    PersonStatus,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import applications, preparing
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.rule_overrides import Blocked
from imp_plus_desktop.services.people import documents, people

S = ApplicationState


def begin(office: Office, person: int, on: date = TODAY) -> int:
    return preparing.prepare(office, person, on).application


def to(office: Office, application: int, *states: S, on: date = TODAY) -> None:
    for state in states:
        preparing.move(office, application, state, on)


def test_a_draft_is_kept_with_its_day_and_uses_no_place(office: Office) -> None:
    application = begin(office, invite(office), date(2023, 11, 1))
    kept = person_file.application_of(office, application)
    assert (kept.state, kept.prepared_on, kept.place) == (S.DRAFT, date(2023, 11, 1), None)
    assert places(office.register) == (0, 0, 0)


def test_one_application_is_prepared_at_a_time(office: Office) -> None:
    person = invite(office)
    begin(office, person)
    with pytest.raises(DomainError, match="already_preparing"):
        begin(office, person)


def test_a_receipt_takes_over_what_was_being_prepared(office: Office) -> None:
    person = invite(office)
    application = begin(office, person)
    to(office, application, S.READY, S.SUBMITTED)
    done = receive(office, person, number="W123456789")
    assert done.application == application
    kept = person_file.application_of(office, application)
    assert (kept.state, kept.place, kept.application_number) == (S.RECEIVED, 1, "W123456789")
    assert (kept.prepared_on, kept.submitted_on) == (TODAY, TODAY)
    assert places(office.register) == (1, 1, 1)
    history.undo(office)
    assert person_file.application_of(office, application).state is S.SUBMITTED
    assert places(office.register) == (0, 0, 0)


def test_an_extension_that_is_received_leaves_a_first_draft_alone(office: Office) -> None:
    person = invite(office)
    application = begin(office, person)
    other = receive(office, person, kind="extension", overrides={"EXT-01": "a test"})
    assert other.application != application
    assert person_file.application_of(office, application).state is S.DRAFT


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"letter_date": "2025-01-16", "letter_received_date": ""}, "PRG-01"),
        ({"letter_date": "", "letter_received_date": ""}, "INV-01"),
        ({"residence_country": "CAN", "residence_province": "QC"}, "ELG-01"),
    ],
)
def test_ready_is_blocked_by_the_block_rules(
    office: Office, changes: dict[str, str], rule: str
) -> None:
    if rule == "PRG-01":
        changes = {"letter_date": "2022-05-01", "letter_received_date": ""}
    application = begin(office, invite(office, **changes))
    with pytest.raises(Blocked) as stopped:
        to(office, application, S.READY)
    assert rule in {f.rule for f in stopped.value.findings if f.blocks}
    assert person_file.application_of(office, application).state is S.DRAFT


def test_a_full_year_blocks_ready_where_it_would_only_cancel_a_receipt(office: Office) -> None:
    receive(office, invite(office, 1))
    set_cap(office, 1)
    application = begin(office, invite(office, 2))
    with pytest.raises(Blocked) as stopped:
        to(office, application, S.READY)
    assert "CAP-02" in {f.rule for f in stopped.value.findings if f.blocks}
    moved = preparing.move(office, application, S.READY, TODAY, {"CAP-02": "January is near"})
    assert moved.state is S.READY


def test_a_document_known_to_be_missing_blocks_ready(office: Office) -> None:
    person = invite(office)
    documents.set_document(office, person, DocumentType.INTENT, DocumentState.REQUIRED)
    application = begin(office, person)
    with pytest.raises(Blocked):
        to(office, application, S.READY)


def test_a_draft_goes_nowhere_but_to_ready_by_its_name(office: Office) -> None:
    application = begin(office, invite(office))
    for target in set(S) - {S.READY}:
        with pytest.raises(DomainError, match="illegal_move"):
            preparing.move(office, application, target, TODAY)


def test_the_office_follows_an_application_to_its_decision(office: Office) -> None:
    application = receive(office, invite(office)).application
    to(office, application, S.ACKNOWLEDGED, S.IN_PROCESS, S.ACTION_REQUIRED, S.IN_PROCESS)
    to(office, application, S.DECISION_MADE)
    assert people.row(office, 1).status is PersonStatus.APPLIED
    decide(office, application, "refused")
    assert person_file.application_of(office, application).outcome is Outcome.REFUSED
    with pytest.raises(DomainError, match="illegal_move"):
        to(office, application, S.ACKNOWLEDGED)


def test_a_letter_of_introduction_may_lapse_and_the_place_stays(office: Office) -> None:
    application = an_approved(office)
    to(office, application, S.LETTER_LAPSED)
    kept = person_file.application_of(office, application)
    assert (kept.state, kept.outcome, kept.place) == (S.LETTER_LAPSED, Outcome.APPROVED, 1)
    assert people.row(office, kept.person_id).status is PersonStatus.CLOSED


def test_a_state_is_never_of_a_day_before_the_receipt_nor_of_tomorrow(office: Office) -> None:
    application = receive(office, invite(office)).application
    with pytest.raises(DomainError, match="before_receipt"):
        to(office, application, S.ACKNOWLEDGED, on=AT.date() - timedelta(days=1))
    with pytest.raises(DomainError, match="in_the_future"):
        to(office, application, S.ACKNOWLEDGED, on=TODAY + timedelta(days=1))


def test_a_draft_that_is_dropped_is_gone_and_can_come_back(office: Office) -> None:
    person = invite(office)
    application = begin(office, person)
    preparing.discard(office, application)
    assert people.file(office, person).applications == ()
    history.undo(office)
    assert person_file.application_of(office, application).state is S.DRAFT
    receive(office, person)
    with pytest.raises(DomainError, match="illegal_move"):
        preparing.discard(office, application)


def test_a_list_that_states_the_receipt_takes_the_draft_over(
    office: Office, tmp_path: Path
) -> None:
    row = a_row(1, letter_received_date=date(2023, 9, 4))
    import_file(office, a_list(tmp_path / "first.xlsx", [row]))
    application = begin(office, 1)
    import_file(office, a_list(tmp_path / "again.xlsx", [row]))
    assert person_file.application_of(office, application).state is S.DRAFT, "it says nothing of it"
    received = {**row, "received_at": date(2023, 11, 20)}
    import_file(office, a_list(tmp_path / "received.xlsx", [received]))
    kept = person_file.application_of(office, application)
    assert (kept.state, kept.cap_year, kept.place) == (S.RECEIVED, YEAR, 1)


def test_nothing_is_decided_by_hand_before_the_receipt(office: Office) -> None:
    application = begin(office, invite(office))
    for field, value in (("outcome", "refused"), ("decided_on", "2023-11-20")):
        with pytest.raises(DomainError, match="not_received_yet"):
            people.set_value(office, "#1", field, value)
    assert person_file.application_of(office, application).state is S.DRAFT


def test_a_day_of_decision_alone_in_a_list_leaves_a_draft_as_it_is(
    office: Office, tmp_path: Path
) -> None:
    import_file(office, a_list(tmp_path / "first.xlsx", [a_row(1)]))
    application = begin(office, 1)
    row = a_row(1, decided_on=date(2023, 11, 20))
    import_file(office, a_list(tmp_path / "again.xlsx", [row]))
    kept = person_file.application_of(office, application)
    assert (kept.state, kept.decided_on) == (S.DRAFT, None)


def test_a_list_never_takes_an_application_back(office: Office, tmp_path: Path) -> None:
    row = a_row(1, received_at=date(2023, 11, 10), outcome="En cours")
    import_file(office, a_list(tmp_path / "first.xlsx", [row]))
    (application,) = applications.ids(office, applications.ApplicationFilter())
    to(office, application, S.ACKNOWLEDGED, S.ACTION_REQUIRED)
    import_file(office, a_list(tmp_path / "again.xlsx", [row]))
    assert person_file.application_of(office, application).state is S.ACTION_REQUIRED
