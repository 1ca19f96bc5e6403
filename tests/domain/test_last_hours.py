# SPDX-License-Identifier: Apache-2.0
"""Last evenings: IRCC's days end at midnight UTC; what can no longer come true is final."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from builders import a_file, a_letter, programme

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome, Severity
from imp_plus_desktop.domain.values.calendar import after_portal_closed, portal_closes
from imp_plus_desktop.domain.values.codes import ApplicationKind, Channel
from imp_plus_desktop.domain.verdict.eligibility import receive_findings, verdict


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2023, 8, 2), 20),
        (date(2024, 1, 30), 19),
        (date(2025, 4, 15), 20),
        # The clocks go forward in the night to 10 March 2024 and back in that to 3 November.
        (date(2024, 3, 9), 19),
        (date(2024, 3, 10), 20),
        (date(2024, 11, 2), 20),
        (date(2024, 11, 3), 19),
    ],
)
def test_a_day_ends_for_ircc_in_the_evening_by_the_zone(day: date, hour: int) -> None:
    assert portal_closes(day) == time(hour)


def _received(hour: int, minute: int) -> Finding:
    """INV-02 of a letter whose last day is 2023-08-02, received that evening in Toronto."""
    at = datetime(2023, 8, 3, hour - 20, minute, tzinfo=UTC)
    found = receive_findings(a_file(), at, programme(), ApplicationKind.FIRST, Channel.ONLINE)
    return next(one for one in found if one.rule == "INV-02")


def test_a_receipt_on_the_last_evening_is_in_time_and_warned_about() -> None:
    assert not after_portal_closed(datetime(2023, 8, 2, 23, 59, tzinfo=UTC))
    late = _received(20, 0)
    assert (late.outcome, late.severity) == (RuleOutcome.FAIL, Severity.WARN)
    assert late.reason == "received_after_hour"
    assert _received(23, 59).reason == "received_after_hour"
    before = datetime(2023, 8, 2, 23, 59, tzinfo=UTC)
    found = receive_findings(a_file(), before, programme(), ApplicationKind.FIRST, Channel.ONLINE)
    assert [one.reason for one in found if one.rule == "INV-02"] == ["letter_last_day"]


def _inv(file: PersonFile, day: date, rule: str) -> Finding:
    return next(one for one in verdict(file, day, programme()).findings if one.rule == rule)


@pytest.mark.parametrize(
    ("day", "final"),
    [(date(2025, 1, 15), False), (date(2025, 7, 14), False), (date(2025, 7, 15), True)],
)
def test_a_missing_letter_is_final_once_none_can_have_come_so_late(day: date, final: bool) -> None:
    # 2025-01-15 and 90 days is 2025-04-15; 90 days on, 2025-07-14.
    assert _inv(a_file(letters=()), day, "INV-01").final is final


def test_an_expired_letter_is_final_only_after_the_last_one_was_accepted() -> None:
    assert not _inv(a_file(), date(2024, 8, 1), "INV-02").final, "a new letter could still come"
    last = a_file(letters=(a_letter(date(2025, 1, 10), date(2025, 1, 13)),))
    assert not _inv(last, date(2025, 5, 1), "INV-02").final
    assert _inv(last, date(2026, 11, 28), "INV-02").final
