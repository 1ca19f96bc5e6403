# SPDX-License-Identifier: Apache-2.0
"""Applications received and decided: places, years, states, overrides, refusals to write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from office_builders import (
    AT,
    TODAY,
    YEAR,
    an_approved,
    decide,
    invite,
    issue,
    places,
    receive,
    row_counts,
    set_cap,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.reads.filters import ApplicationFilter
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    Channel,
    DocumentState,
    DocumentType,
    Outcome,
    PersonStatus,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.applications.applications import Reception
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file, rule_overrides
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.storage.history import acts

PENDING_NEXT_YEAR = datetime(2024, 1, 1, 3, tzinfo=UTC)


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def blocked_by(call: Callable[[], object]) -> set[str]:
    with pytest.raises(rule_overrides.Blocked) as caught:
        call()
    return {finding.rule for finding in caught.value.findings if finding.blocks}


def outcome_of_rule(findings: Any, rule: str) -> RuleOutcome:
    return next(f.outcome for f in findings if f.rule == rule)


def test_a_received_application_takes_the_next_place(office: Office) -> None:
    first = receive(office, invite(office, 1), number="w 123-456-789")
    second = receive(office, invite(office, 2))
    assert (first.cap_year, first.place, first.outcome) == (YEAR, 1, None)
    assert second.place == 2
    kept = person_file.application_of(office, first.application)
    assert kept.application_number == "W123456789"
    assert kept.received_at == AT
    assert kept.state is ApplicationState.RECEIVED
    assert kept.channel is Channel.ONLINE


def test_past_the_cap_an_application_is_kept_without_a_place(office: Office) -> None:
    set_cap(office, 1)
    receive(office, invite(office, 1))
    person = invite(office, 2)
    preview = applications.preview_receive(office, Reception(person, AT))
    assert (preview.would_be_over_cap, preview.remaining, preview.blocked) == (True, 0, ())
    over = receive(office, person)
    assert (over.place, over.outcome) == (None, Outcome.CANCELLED_OVER_CAP)
    kept = person_file.application_of(office, over.application)
    assert kept.state is ApplicationState.CANCELLED_OVER_CAP
    assert kept.cap_year == YEAR
    assert people.rows(office, [person])[0].status is PersonStatus.OVER_CAP
    refund = next(f for f in over.findings if f.rule == "CAP-06")
    assert (refund.outcome, refund.facts["amount"]) == (RuleOutcome.FAIL, 255)
    assert places(office.register) == (1, 1, 1)
    assert quota.board(office, YEAR).over_cap == 1


def test_a_refund_is_logged_for_an_over_cap_application_only(office: Office) -> None:
    set_cap(office, 0)
    over = receive(office, invite(office, 1)).application
    applications.log_refund(office, over, TODAY)
    assert person_file.application_of(office, over).refund_logged_on == TODAY
    set_cap(office, 5)
    fine = receive(office, invite(office, 2)).application
    assert error_of(lambda: applications.log_refund(office, fine, TODAY)) == "no_refund_expected"


def test_someone_over_the_cap_may_apply_again_when_there_is_room(office: Office) -> None:
    set_cap(office, 0)
    person = invite(office)
    receive(office, person)
    set_cap(office, 1)
    assert receive(office, person).place == 1


@pytest.mark.parametrize("outcome", ["approved", "refused", "withdrawn"])
def test_a_decided_application_keeps_its_place(office: Office, outcome: str) -> None:
    application = receive(office, invite(office)).application
    decided = decide(office, application, outcome)
    kept = person_file.application_of(office, application)
    assert (kept.place, kept.outcome, kept.decided_on) == (1, Outcome(outcome), TODAY)
    assert kept.state is ApplicationState(outcome)
    assert decided.outcome == outcome
    assert places(office.register) == (1, 1, 1)


def test_a_returned_application_gives_its_place_back_and_uses_none(office: Office) -> None:
    set_cap(office, 1)
    application = receive(office, invite(office, 1)).application
    decide(office, application, "returned")
    kept = person_file.application_of(office, application)
    assert (kept.place, kept.cap_year) == (None, YEAR)
    assert [(e.delta, e.reason) for e in acts.ledger(office.register, YEAR)] == [
        (1, "received"),
        (-1, "returned"),
    ]
    assert receive(office, invite(office, 2)).place == 1


def test_an_extension_uses_no_place_even_in_a_full_year(office: Office) -> None:
    application = an_approved(office)
    issue(office, application)
    set_cap(office, 1)
    person = person_file.application_of(office, application).person_id
    people.edit(office, person, {"pr_state": "in_process", "pr_filed_on": "2023-06-01"})
    documents.set_document(office, person, DocumentType.PR_PROOF, DocumentState.RECEIVED)
    received = receive(office, person, kind=ApplicationKind.EXTENSION)
    assert (received.place, received.outcome, received.cap_year) == (None, None, YEAR)
    assert places(office.register) == (1, 1, 1)


def test_an_extension_without_pr_in_process_is_blocked(office: Office) -> None:
    application = an_approved(office)
    issue(office, application)
    person = person_file.application_of(office, application).person_id
    rules = blocked_by(lambda: receive(office, person, kind=ApplicationKind.EXTENSION))
    assert rules == {"EXT-01"}


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (datetime(2024, 1, 1, 3, tzinfo=UTC), 2023),
        (datetime(2024, 1, 1, 4, 59, 59, tzinfo=UTC), 2023),
        (datetime(2024, 1, 1, 5, tzinfo=UTC), 2024),
    ],
)
def test_the_year_is_torontos(office: Office, at: datetime, year: int) -> None:
    later = open_office(office.register_path, today=date(2024, 1, 2))
    person = invite(later, letter_date="2023-12-01", letter_received_date="2023-12-04")
    received = receive(later, person, at)
    assert received.cap_year == year
    assert person_file.application_of(later, received.application).received_at == at
    boundary = outcome_of_rule(received.findings, "CAP-08")
    assert boundary is (RuleOutcome.FAIL if year == 2023 else RuleOutcome.PASS)
    assert places(later.register, year) == (1, 1, 1)
    later.close()


def test_each_year_has_its_own_places(office: Office) -> None:
    set_cap(office, 0)
    later = open_office(office.register_path, today=date(2024, 1, 2))
    letter = {"letter_date": "2023-12-01", "letter_received_date": "2023-12-04"}
    assert receive(later, invite(later, 1, **letter), PENDING_NEXT_YEAR).place is None
    next_year = receive(later, invite(later, 2, **letter), PENDING_NEXT_YEAR + timedelta(hours=2))
    assert (next_year.cap_year, next_year.place) == (2024, 1)
    later.close()


def test_a_cap_holds_from_its_day(office: Office) -> None:
    quota.set_cap(office, YEAR, 0, date(2023, 11, 21), "lowered in mid-year")
    assert receive(office, invite(office, 1), AT).place == 1
    assert receive(office, invite(office, 2), AT + timedelta(days=1)).place is None


class TestOfficialCounts:
    """The effective use is the larger of own count and official count plus own receipts since."""

    def test_the_official_count_takes_places(self, office: Office) -> None:
        set_cap(office, 100)
        quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 10), 98))
        assert receive(office, invite(office, 1)).place == 1
        assert receive(office, invite(office, 2)).place == 2
        assert receive(office, invite(office, 3)).place is None
        board = quota.board(office, YEAR)
        assert (board.used, board.effective_used, board.remaining) == (2, 100, 0)

    def test_own_receipts_up_to_its_day_are_in_it(self, office: Office) -> None:
        set_cap(office, 3)
        receive(office, invite(office, 1), AT)
        quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 20), 2))
        at = AT + timedelta(days=1)
        assert receive(office, invite(office, 2), at).place == 2
        assert receive(office, invite(office, 3), at).place is None

    def test_the_own_count_wins_when_it_is_larger(self, office: Office) -> None:
        set_cap(office, 3)
        quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 21), 1))
        for number in (1, 2, 3):
            assert receive(office, invite(office, number)).place == number
        assert quota.board(office, YEAR).effective_used == 3
        assert receive(office, invite(office, 4)).place is None

    def test_the_latest_one_counts(self, office: Office) -> None:
        set_cap(office, 10)
        for day, received in ((5, 10), (10, 9)):
            figures = OfficialCount(YEAR, date(2023, 11, day), received)
            quota.set_official(office, figures)
        assert receive(office, invite(office, 1)).place == 1
        assert receive(office, invite(office, 2)).place is None

    def test_a_receipt_entered_late_finds_its_place_taken(self, office: Office) -> None:
        set_cap(office, 2)
        quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 10), 1))
        assert receive(office, invite(office, 1), AT).place == 1
        assert receive(office, invite(office, 2), AT - timedelta(days=5)).place is None
        assert quota.board(office, YEAR).effective_used == 2

    def test_they_can_be_undone(self, office: Office) -> None:
        quota.set_official(office, OfficialCount(YEAR, TODAY, 7350))
        history.undo(office)
        assert quota.board(office, YEAR).official is None
        assert receive(office, invite(office)).place == 1


def test_only_a_fail_of_a_block_rule_blocks(office: Office) -> None:
    """Unknown, judgement and warnings are shown and stored, and stop nothing."""
    person = invite(office, 1, csq_category="IZ", residence_country="", passport_expiry="")
    received = receive(office, person)
    assert outcome_of_rule(received.findings, "ELG-01") is RuleOutcome.UNKNOWN
    assert outcome_of_rule(received.findings, "CSQ-04") is RuleOutcome.FAIL
    stored = {
        f["rule"]: f["outcome"] for f in acts.details(office.register, received.act)["findings"]
    }
    assert stored["ELG-01"] == "unknown"
    assert stored["CSQ-04"] == "fail"
    assert "INV-01" not in stored


BLOCKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("INV-01", {"letter_date": "", "letter_received_date": ""}),
    ("INV-02", {"letter_date": "2023-05-01", "letter_received_date": "2023-05-04"}),
    ("CSQ-02", {"csq_issue_date": "2021-01-02", "csq_expiry_date": "2023-01-02"}),
    ("ELG-01", {"residence_country": "CAN", "residence_province": "QC"}),
    ("ELG-04", {"pr_state": "approved", "pr_filed_on": "2023-01-05"}),
)


@pytest.mark.parametrize(("rule", "changes"), BLOCKED, ids=[rule for rule, _changes in BLOCKED])
def test_a_failing_block_rule_blocks_and_nothing_is_changed(
    office: Office, rule: str, changes: dict[str, str]
) -> None:
    person = invite(office, 1, **changes)
    before = row_counts(office.register)
    preview = applications.preview_receive(office, Reception(person, AT))
    assert rule in {finding.rule for finding in preview.blocked}
    assert rule in blocked_by(lambda: receive(office, person))
    assert rule in blocked_by(lambda: receive(office, person, overrides={rule: "  "}))
    assert row_counts(office.register) == before
    reasons = dict.fromkeys((f.rule for f in preview.blocked), "the officer agreed by e-mail")
    received = receive(office, person, overrides={**reasons, "ELG-05": "not needed"})
    assert received.place == 1
    assert acts.details(office.register, received.act)["overrides"] == reasons


def test_a_letter_serves_once(office: Office) -> None:
    person = invite(office)
    receive(office, person)
    assert blocked_by(lambda: receive(office, person)) == {"INV-04"}


def test_a_port_of_entry_is_blocked(office: Office) -> None:
    person = invite(office)
    assert blocked_by(lambda: receive(office, person, channel=Channel.PORT_OF_ENTRY)) == {"ELG-05"}


def test_an_override_names_a_rule_that_exists(office: Office) -> None:
    person = invite(office)
    assert error_of(lambda: receive(office, person, overrides={"XYZ-99": "why not"})) == (
        "unknown_rule"
    )
    assert applications.count(office) == 0


def test_a_number_belongs_to_one_application(office: Office) -> None:
    receive(office, invite(office, 1), number="W123456789")
    person = invite(office, 2)
    assert error_of(lambda: receive(office, person, number="w123456789")) == "identifier_taken"
    other = receive(office, person).application
    assert error_of(lambda: applications.edit(office, other, "W 123 456 789")) == "identifier_taken"
    applications.edit(office, other, "W987654321")
    assert applications.find(office, "w-987654321") == other
    assert applications.edit(office, other, "W987654321") is None
    applications.edit(office, other, "")
    assert person_file.application_of(office, other).application_number is None


def test_what_has_not_happened_yet_is_not_recorded(office: Office) -> None:
    person = invite(office)
    tomorrow = AT + timedelta(days=3)
    assert error_of(lambda: receive(office, person, tomorrow)) == "in_the_future"
    application = receive(office, person).application
    ahead = TODAY + timedelta(days=1)
    assert error_of(lambda: decide(office, application, on=ahead)) == "in_the_future"


def test_a_decision_does_not_come_before_the_receipt(office: Office) -> None:
    application = receive(office, invite(office)).application
    early = date(2023, 11, 19)
    assert error_of(lambda: decide(office, application, on=early)) == "comes_before"
    decide(office, application, on=date(2023, 11, 20))


LEGAL = {
    "received": {"approved", "refused", "withdrawn", "returned"},
    "approved": {"withdrawn"},
    "permit_issued": set(),
    "refused": set(),
    "withdrawn": set(),
    "returned": set(),
    "cancelled_over_cap": set(),
}


@pytest.mark.parametrize("state", list(LEGAL))
def test_only_the_moves_of_the_table_are_made(office: Office, state: str) -> None:
    if state == "cancelled_over_cap":
        set_cap(office, 0)
    application = receive(office, invite(office)).application
    if state == "permit_issued":
        decide(office, application)
        issue(office, application)
    elif state not in ("received", "cancelled_over_cap"):
        decide(office, application, state)
    for outcome in ("approved", "refused", "withdrawn", "returned"):
        if outcome in LEGAL[state]:
            applications.preview_decide(office, application, Outcome(outcome), TODAY)
            continue
        move = lambda to=outcome: decide(office, application, to)  # noqa: E731
        assert error_of(move) == "illegal_move"
    assert person_file.application_of(office, application).state == state


def test_an_approved_application_may_still_be_withdrawn_and_keeps_its_place(
    office: Office,
) -> None:
    application = an_approved(office)
    decide(office, application, "withdrawn")
    assert person_file.application_of(office, application).place == 1


def test_who_and_what_is_not_there_is_said(office: Office) -> None:
    assert error_of(lambda: receive(office, 99)) == "person_not_found"
    assert error_of(lambda: decide(office, 99)) == "application_not_found"
    assert error_of(lambda: applications.find(office, "W000000000")) == "application_not_found"


def test_an_application_is_found_by_its_id_and_by_its_number(office: Office) -> None:
    application = receive(office, invite(office), number="W123456789").application
    assert applications.find(office, str(application)) == application
    assert applications.find(office, f"#{application}") == application
    assert applications.find(office, "W123456789") == application


def test_the_list_filters_by_year_state_and_text(office: Office) -> None:
    first = receive(office, invite(office, 1), number="W111111111").application
    second = receive(office, invite(office, 2)).application
    decide(office, second, "refused")

    def found(**wanted: Any) -> list[int]:
        return list(applications.ids(office, ApplicationFilter(**wanted), "received", False))

    assert found() == [first, second]
    assert found(state=ApplicationState.REFUSED) == [second]
    assert found(text="w111") == [first]
    assert found(year=2023) == [first, second]
    assert found(year=2022) == []
    assert found(family=True) == []
    assert [row.place for row in applications.rows(office, [second, first])] == [2, 1]
