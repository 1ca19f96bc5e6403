# SPDX-License-Identifier: Apache-2.0
"""Permits: 36 months or the passport, to the day, Quebec always."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from office_builders import (
    TODAY,
    add_member,
    an_approved,
    decide,
    invite,
    issue,
    receive,
    receive_member,
)

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PermitFilter
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    DocumentState,
    DocumentType,
    LimitedBy,
)
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents, people
from imp_plus_desktop.services.permits import permits


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize(
    ("issued", "expiry", "until", "limited_by", "lost"),
    [
        (date(2023, 8, 1), "2030-01-01", date(2026, 8, 1), LimitedBy.TERM, 0),
        (date(2023, 8, 31), "2030-01-01", date(2026, 8, 31), LimitedBy.TERM, 0),
        (date(2024, 2, 29), "2030-01-01", date(2027, 2, 28), LimitedBy.TERM, 0),
        (date(2025, 2, 28), "2030-01-01", date(2028, 2, 28), LimitedBy.TERM, 0),
        (date(2023, 8, 1), "2026-08-01", date(2026, 8, 1), LimitedBy.TERM, 0),
        (date(2023, 8, 1), "2026-07-31", date(2026, 7, 31), LimitedBy.PASSPORT, 1),
        (date(2023, 8, 1), "2024-02-29", date(2024, 2, 29), LimitedBy.PASSPORT, 884),
        (date(2023, 8, 1), "", date(2026, 8, 1), LimitedBy.TERM, 0),
    ],
)
def test_a_permit_ends_with_the_term_or_the_passport(
    tmp_path: Path, issued: date, expiry: str, until: date, limited_by: LimitedBy, lost: int
) -> None:
    office = open_office(tmp_path / "register.imp", today=date(2025, 6, 1))
    letter = issued - timedelta(days=60)
    person = invite(
        office,
        letter_date=letter.isoformat(),
        letter_received_date="",
        csq_issue_date="2022-12-01",
        csq_expiry_date="2025-12-01",
        passport_expiry=expiry,
    )
    at = datetime(issued.year, issued.month, issued.day, 15, tzinfo=UTC) - timedelta(days=10)
    application = receive(office, person, at).application
    decide(office, application, on=issued)
    preview = permits.preview_issue(office, permits.Issue(application, issued))
    issued_one = issue(office, application, issued)
    assert issued_one.valid_from == issued
    assert issued_one.valid_until == preview.valid_until == until
    assert issued_one.limited_by is preview.limited_by is limited_by
    assert issued_one.lost_days == preview.lost_days == lost
    assert issued_one.province == "QC"
    assert person_file.application_of(office, application).state is ApplicationState.PERMIT_ISSUED
    office.close()


def test_a_recorded_end_is_kept_and_a_differing_one_warned_about(office: Office) -> None:
    application = an_approved(office)
    issued = issue(office, application, until=date(2025, 1, 1))
    assert issued.valid_until == date(2025, 1, 1)
    finding = next(f for f in issued.findings if f.rule == "PER-01")
    assert finding.outcome is RuleOutcome.FAIL
    assert not finding.blocks


def test_an_extension_runs_for_one_year(office: Office) -> None:
    first = an_approved(office)
    issue(office, first)
    person = person_file.application_of(office, first).person_id
    people.edit(office, person, {"pr_state": "in_process", "pr_filed_on": "2023-06-01"})
    documents.set_document(office, person, DocumentType.PR_PROOF, DocumentState.RECEIVED)
    second = receive(office, person, kind=ApplicationKind.EXTENSION).application
    decide(office, second)
    assert issue(office, second).valid_until == date(2024, 11, 22)


def test_only_an_approved_application_gives_a_permit(office: Office) -> None:
    application = receive(office, invite(office)).application
    assert error_of(lambda: issue(office, application)) == "illegal_move"
    decide(office, application, "refused")
    assert error_of(lambda: issue(office, application)) == "illegal_move"
    assert permits.count(office) == 0


def test_an_application_gives_one_permit(office: Office) -> None:
    application = an_approved(office)
    issue(office, application)
    assert error_of(lambda: issue(office, application)) == "illegal_move"


def test_days_that_cannot_be_are_refused(office: Office) -> None:
    application = an_approved(office)
    early, ahead = date(2023, 11, 19), TODAY + timedelta(days=1)
    assert error_of(lambda: issue(office, application, early)) == "issued_before_received"
    assert error_of(lambda: issue(office, application, ahead)) == "in_the_future"
    day_before = TODAY - timedelta(days=1)
    short = lambda: issue(office, application, until=day_before)  # noqa: E731
    assert error_of(short) == "permit_ends_before_issue"
    assert error_of(lambda: issue(office, 99)) == "application_not_found"
    assert permits.count(office) == 0


def test_a_permit_number_is_used_once(office: Office) -> None:
    issue(office, an_approved(office, 1), number="u 123-456-789")
    second = an_approved(office, 2)
    assert error_of(lambda: issue(office, second, number="U123456789")) == "identifier_taken"
    assert permits.rows(office, [1])[0].permit_number == "U123456789"


def test_an_undone_permit_leaves_the_application_approved(office: Office) -> None:
    application = an_approved(office)
    issue(office, application)
    history.undo(office)
    assert permits.count(office) == 0
    assert person_file.application_of(office, application).state is ApplicationState.APPROVED
    assert issue(office, application).permit == 2


def test_a_members_permit_ends_with_the_principals(office: Office) -> None:
    application = an_approved(office, passport_expiry="2025-03-01")
    person = person_file.application_of(office, application).person_id
    issue(office, application)
    member = add_member(office, person)
    own = receive_member(office, member).application
    decide(office, own)
    issued = issue(office, own)
    assert (issued.valid_until, issued.limited_by) == (date(2025, 3, 1), LimitedBy.PRINCIPAL)
    assert issued.province == "QC"


def test_the_list_finds_permits_by_their_last_day(office: Office) -> None:
    first = issue(office, an_approved(office, 1, passport_expiry="2024-01-10")).permit
    second = issue(office, an_approved(office, 2)).permit

    def found(**wanted: object) -> list[int]:
        return list(permits.ids(office, PermitFilter(**wanted)))  # type: ignore[arg-type]

    assert found() == [first, second]
    assert found(until_from=TODAY, until_by=date(2024, 1, 10)) == [first]
    assert found(until_from=date(2024, 1, 11)) == [second]
    assert found(until_from=date(2024, 1, 10), until_by=date(2024, 1, 10)) == [first]
    assert found(year=2022) == []
    assert [row.lost_days for row in permits.rows(office, [second, first])] == [0, 1047]


def test_a_permit_shortened_for_another_reason_has_lost_no_day_to_the_passport(
    office: Office,
) -> None:
    application = an_approved(office, 1, passport_expiry="2024-01-10")
    cut = issue(office, application)
    assert (cut.limited_by, cut.lost_days, cut.shorter) == (LimitedBy.PASSPORT, 1047, False)
    person = person_file.application_of(office, application).person_id
    people.edit(office, person, {"permit_until": "2023-12-01"}, reason="as printed")
    (row,) = permits.rows(office, [cut.permit])
    assert (row.limited_by, row.lost_days, row.shorter) == (LimitedBy.TERM, 0, True)
    people.edit(office, person, {"permit_until": "2024-01-10"}, reason="as printed")
    (row,) = permits.rows(office, [cut.permit])
    assert (row.limited_by, row.lost_days, row.shorter) == (LimitedBy.PASSPORT, 1047, False)


def test_a_permit_recorded_short_says_so_and_claims_no_loss(office: Office) -> None:
    application = an_approved(office, 1, passport_expiry="2030-01-10")
    short = issue(office, application, until=date(2024, 11, 22))
    assert (short.limited_by, short.lost_days, short.shorter) == (LimitedBy.TERM, 0, True)
    assert "PER-01" in [f.rule for f in short.findings if f.outcome is RuleOutcome.FAIL]
