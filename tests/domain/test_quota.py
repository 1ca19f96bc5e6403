# SPDX-License-Identifier: Apache-2.0
"""Places: who uses one, what is left, and whose count it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from builders import an_application, programme
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.fees.fees import fee_02
from imp_plus_desktop.domain.letters.letters import letter_can_serve
from imp_plus_desktop.domain.quota.quota import (
    CapUse,
    OfficialCount,
    cap_02,
    cap_06,
    cap_07,
    cap_use,
    decision_findings,
    latest_official,
    receipt_findings,
    receipts_since,
    uses_place,
    warning_level,
)
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Ledger, Outcome

AT = datetime(2023, 6, 1, 15, tzinfo=UTC)
FIRST, EXTENSION = ApplicationKind.FIRST, ApplicationKind.EXTENSION
A76, C41 = ApplicationCode.A76, ApplicationCode.C41
PASS, FAIL = RuleOutcome.PASS, RuleOutcome.FAIL
LEVELS = (80, 90, 97, 100)


def by_rule(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {finding.rule: finding for finding in findings}


@given(st.integers(0, 9000), st.integers(0, 9000), st.integers(0, 500))
def test_the_effective_use_is_the_larger_count(own: int, received: int, since: int) -> None:
    official = OfficialCount(2023, date(2023, 5, 1), received)
    use = cap_use(2023, 7350, own, official, since)
    assert use.effective == max(own, received + since)
    assert use.remaining == 7350 - use.effective
    assert use.is_full is (use.remaining <= 0)


def test_without_an_official_count_the_own_count_stands() -> None:
    use = cap_use(2023, None, 12)
    assert (use.effective, use.remaining, use.is_full) == (12, None, False)


def test_the_latest_official_count_known_on_the_day_is_taken() -> None:
    counts = [
        OfficialCount(2023, date(2023, 3, 1), 1000),
        OfficialCount(2023, date(2023, 5, 1), 3000),
        OfficialCount(2023, date(2023, 5, 1), 3100),
        OfficialCount(2022, date(2022, 12, 1), 9000),
    ]
    latest = latest_official(counts, 2023, date(2023, 6, 1))
    assert latest is not None
    assert latest.received == 3100
    assert latest_official(counts, 2023, date(2023, 2, 1)) is None
    days = dict.fromkeys((date(2023, 5, 1), date(2023, 5, 2), date(2023, 6, 2)), 1)
    assert receipts_since(days, latest, date(2023, 6, 1)) == 1
    assert receipts_since(days, None, date(2023, 6, 1)) == 0


@pytest.mark.parametrize(
    ("used", "level"),
    [(79, None), (80, 80), (89, 80), (90, 90), (97, 97), (99, 97), (100, 100), (120, 100)],
)
def test_a_cap_warns_at_80_90_97_and_100_percent(used: int, level: int | None) -> None:
    assert warning_level(used, 100, LEVELS) == level


@pytest.mark.parametrize(
    ("kind", "outcome", "code", "expected"),
    [
        (FIRST, None, A76, True),
        (FIRST, Outcome.APPROVED, A76, True),
        (FIRST, Outcome.REFUSED, A76, True),
        (FIRST, Outcome.WITHDRAWN, A76, True),
        (FIRST, Outcome.RETURNED, A76, False),
        (FIRST, Outcome.CANCELLED_OVER_CAP, A76, False),
        (EXTENSION, None, A76, False),
        (FIRST, None, C41, False),
        (FIRST, Outcome.APPROVED, ApplicationCode.STUDY, False),
    ],
)
def test_a_withdrawn_or_refused_application_keeps_its_place(
    kind: ApplicationKind, outcome: Outcome | None, code: ApplicationCode, expected: bool
) -> None:
    assert uses_place(kind, outcome, code, programme(), 2023) is expected


def test_a_receipt_below_the_cap_takes_a_place_in_torontos_year() -> None:
    at = datetime(2024, 1, 1, 4, 30, tzinfo=UTC)
    findings = by_rule(
        receipt_findings(at, FIRST, A76, CapUse(2023, 7350, 5, None, 5), programme())
    )
    assert findings["CAP-01"].facts == {"year": 2023}
    assert findings["CAP-02"].outcome is PASS
    assert findings["CAP-06"].reason == "not_over_cap"
    assert findings["CAP-08"].outcome is FAIL
    assert not any(f.blocks for f in findings.values())


def test_a_receipt_past_the_cap_uses_no_place_and_expects_255_back() -> None:
    use = CapUse(2023, 7350, 7350, None, 7350)
    findings = by_rule(receipt_findings(AT, FIRST, A76, use, programme()))
    assert findings["CAP-01"].reason == "uses_no_place"
    assert findings["CAP-02"].reason == "cap_reached"
    assert findings["CAP-06"].facts == {"amount": 255}
    assert not any(f.blocks for f in findings.values())


def test_a_receipt_says_how_full_the_year_is() -> None:
    use = CapUse(2023, 7350, 7200, None, 7200)
    finding = by_rule(receipt_findings(AT, FIRST, A76, use, programme()))["CAP-02"]
    assert finding.facts["level"] == 97
    nothing = CapUse(2021, None, 0, None, 0)
    finding = by_rule(receipt_findings(AT, FIRST, A76, nothing, programme()))["CAP-02"]
    assert finding.outcome is RuleOutcome.UNKNOWN


@pytest.mark.parametrize(("kind", "code"), [(EXTENSION, A76), (FIRST, C41)])
def test_extensions_and_family_use_no_place_even_when_the_cap_is_full(
    kind: ApplicationKind, code: ApplicationCode
) -> None:
    use = CapUse(2023, 7350, 7350, None, 7350)
    findings = by_rule(receipt_findings(AT, kind, code, use, programme()))
    for rule in ("CAP-01", "CAP-02", "CAP-08"):
        assert findings[rule].reason == "uses_no_place"
    assert findings["CAP-06"].reason == "not_over_cap"


def test_a_decision_says_what_becomes_of_the_place() -> None:
    application = an_application()
    kept = by_rule(decision_findings(application, Outcome.REFUSED, programme()))
    assert kept["CAP-03"].facts == {"year": 2023, "place": 1}
    returned = by_rule(decision_findings(application, Outcome.RETURNED, programme()))
    assert returned["CAP-03"].reason == "no_place_to_keep"
    assert returned["CAP-05"].reason == "returned_uses_no_place"
    placeless = an_application(cap_year=None, place=None)
    assert len(decision_findings(placeless, Outcome.REFUSED, programme())) == 1


def test_an_over_cap_file_warns_until_the_refund_is_logged() -> None:
    day = date(2023, 6, 1)
    assert cap_06(True, None, programme(), day).outcome is FAIL
    assert cap_06(True, day, programme(), day).outcome is PASS


@pytest.mark.parametrize(
    ("cap", "outcome"), [(None, RuleOutcome.UNKNOWN), (7000, FAIL), (7001, PASS)]
)
def test_permits_are_held_against_mifis_figure(cap: int | None, outcome: RuleOutcome) -> None:
    assert cap_07(Ledger.PERMITS, CapUse(2023, cap, 7000, None, 7000)).outcome is outcome


@pytest.mark.parametrize(
    ("outcome", "code", "refundable"),
    [
        (Outcome.REFUSED, A76, True),
        (Outcome.WITHDRAWN, C41, True),
        (Outcome.APPROVED, A76, False),
        (Outcome.RETURNED, A76, False),
        (Outcome.REFUSED, ApplicationCode.STUDY, False),
    ],
)
def test_the_holder_fee_comes_back_after_refusal_or_withdrawal(
    outcome: Outcome, code: ApplicationCode, refundable: bool
) -> None:
    finding = fee_02(an_application(code=code), outcome, date(2023, 9, 1), programme())
    assert (finding.outcome is FAIL) is refundable
    assert finding.facts == ({"amount": 100} if refundable else {})
    assert not finding.blocks


def test_near_the_turn_of_the_year_only_utcs_first_hours_are_flagged() -> None:
    use = CapUse(2024, 7350, 0, None, 0)
    for hour, outcome in ((4, FAIL), (5, PASS)):
        at = datetime(2024, 1, 1, hour, tzinfo=UTC)
        assert by_rule(receipt_findings(at, FIRST, A76, use, programme()))["CAP-08"].outcome is (
            outcome
        )


@pytest.mark.parametrize(
    ("year", "kind", "fix"),
    [
        (2024, FIRST, "wait_for_next_year"),
        (2025, FIRST, "check_other_routes"),
        (2025, ApplicationKind.EXTENSION, "wait_for_next_year"),
    ],
)
def test_waiting_for_the_next_year_is_said_only_while_a_letter_can_serve_then(
    year: int, kind: ApplicationKind, fix: str
) -> None:
    full = cap_02(cap_use(year, 1, 1), programme(), kind)
    assert (full.reason, full.fix) == ("cap_reached", fix)


def test_the_last_letter_serves_for_its_own_days_and_those_it_takes_to_come() -> None:
    assert letter_can_serve(date(2025, 7, 14), programme())
    assert not letter_can_serve(date(2025, 7, 15), programme())
