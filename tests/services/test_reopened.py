# SPDX-License-Identifier: Apache-2.0
"""A refusal that is reviewed: reopened, decided again, in its place, with nothing forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from office_builders import YEAR, decide, invite, issue, places, receive

from imp_plus_desktop.domain.values.calendar import noon_in_toronto
from imp_plus_desktop.domain.values.codes import ApplicationState, Outcome
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import preparing
from imp_plus_desktop.services.fields.application_plan import matching
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.quota import quota, reports
from imp_plus_desktop.storage.history import replay

RECEIVED = datetime(2023, 5, 10, 15, tzinfo=UTC)
REFUSED, REOPENED, APPROVED = date(2023, 6, 20), date(2023, 8, 1), date(2023, 9, 5)


def a_refusal(office: Office) -> int:
    person = invite(office, letter_date="2023-05-01", letter_received_date="2023-05-04")
    application = receive(office, person, RECEIVED).application
    decide(office, application, "refused", REFUSED)
    return application


def figures(office: Office, quarter: int) -> tuple[int, int]:
    made = reports.make(office, reports.period_of(reports.ReportKind.QUARTERLY, YEAR, quarter))
    return made.report.figure("approved").number, made.report.figure("refused").number


def test_a_refusal_is_reopened_and_approved_in_its_place(office: Office) -> None:
    application = a_refusal(office)
    before = places(office.register)
    assert (figures(office, 2), figures(office, 3)) == ((0, 1), (0, 0))
    preparing.move(office, application, ApplicationState.IN_PROCESS, REOPENED)
    held = person_file.application_of(office, application)
    assert (held.state, held.outcome, held.decided_on) == (ApplicationState.IN_PROCESS, None, None)
    assert places(office.register) == before
    decide(office, application, "approved", APPROVED)
    assert places(office.register) == before
    assert (figures(office, 2), figures(office, 3)) == ((0, 0), (1, 0))
    assert quota.board(office, YEAR).by_outcome.get(Outcome.REFUSED, 0) == 0
    assert replay.ledger_fault(office.register) is None
    issue(office, application, APPROVED)
    person = person_file.application_of(office, application).person_id
    told = [
        (change.field, change.before, change.after)
        for change in history.changes(office, person)
        if change.field in ("outcome", "decided_on")
    ]
    assert ("outcome", None, "refused") in told
    assert ("decided_on", None, REFUSED.isoformat()) in told
    assert ("decided_on", REFUSED.isoformat(), None) in told
    assert ("decided_on", None, APPROVED.isoformat()) in told


def test_undoing_the_reopening_brings_the_refusal_back(office: Office) -> None:
    application = a_refusal(office)
    preparing.move(office, application, ApplicationState.IN_PROCESS, REOPENED)
    history.undo(office)
    held = person_file.application_of(office, application)
    assert (held.outcome, held.decided_on) == (Outcome.REFUSED, REFUSED)


def test_it_is_reopened_neither_before_its_refusal_nor_decided_without_it(office: Office) -> None:
    application = a_refusal(office)
    with pytest.raises(DomainError) as early:
        preparing.move(office, application, ApplicationState.IN_PROCESS, date(2023, 6, 19))
    assert early.value.code == "reopened_before_decided"
    with pytest.raises(DomainError) as direct:
        decide(office, application, "approved", APPROVED)
    assert direct.value.code == "illegal_move"


def test_an_outcome_set_by_hand_takes_its_day(office: Office) -> None:
    application = a_refusal(office)
    people.set_value(office, "C1000001", "outcome", "approved", APPROVED, "reviewed")
    held = person_file.application_of(office, application)
    assert (held.outcome, held.decided_on, held.place) == (Outcome.APPROVED, APPROVED, 1)
    assert (figures(office, 2), figures(office, 3)) == ((0, 0), (1, 0))
    people.set_value(office, "C1000001", "outcome", "refused", reason="misread")
    assert person_file.application_of(office, application).decided_on == APPROVED, (
        "a correction of the word"
    )
    early = people.set_value(office, "C1000001", "outcome", "approved", date(2023, 5, 9), "x")
    assert [one.field for one in early.misdated] == ["decided_on"], "kept as history, and told"


def test_a_receipt_on_the_day_of_a_decision_corrects_it_and_a_later_one_is_another(
    office: Office,
) -> None:
    application = a_refusal(office)
    file = people.file(office, person_file.application_of(office, application).person_id)
    for day, found in ((REFUSED, application), (REFUSED + timedelta(days=1), None)):
        matched = matching(file, {"received_at": noon_in_toronto(day)}, office.programme())
        assert (matched.id if matched else None) == found
