# SPDX-License-Identifier: Apache-2.0
"""Permits one after the other, the days lost to a passport, and work or address that leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from builders import a_file, a_passport, a_permit, a_residence, an_application, programme
from hypothesis import given, settings
from hypothesis import strategies as st
from path_builders import a_job

from imp_plus_desktop.domain.permits.permit_chain import (
    breach_findings,
    chain,
    lost_days,
    outside_quebec,
    recorded_findings,
    running_permit,
)
from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, PermitId
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.codes import ApplicationKind, ApplicationState, LimitedBy

ISSUED = ApplicationState.PERMIT_ISSUED
DAY = date(2024, 1, 15)


def two_permits(second_from: date, received: datetime | None = None) -> PersonFile:
    first = replace(a_permit(date(2026, 6, 1)), id=PermitId(1))
    second = replace(
        a_permit(second_from + timedelta(days=365), application=2),
        id=PermitId(2),
        valid_from=second_from,
    )
    extension = an_application(
        ISSUED, id=ApplicationId(2), kind=ApplicationKind.EXTENSION, received_at=received
    )
    return a_file(applications=(an_application(ISSUED), extension), permits=(second, first))


@pytest.mark.parametrize(
    ("second_from", "gap", "overlap"),
    [
        (date(2026, 6, 2), 0, 0),
        (date(2026, 6, 3), 1, 0),
        (date(2026, 6, 1), 0, 1),
        (date(2026, 7, 2), 30, 0),
    ],
)
def test_whole_days_between_two_permits(second_from: date, gap: int, overlap: int) -> None:
    _first, second = chain(two_permits(second_from))
    assert (second.gap_days, second.overlap_days) == (gap, overlap)


def test_a_gap_after_an_extension_filed_in_time_keeps_the_status() -> None:
    in_time = datetime(2026, 6, 1, 15, tzinfo=UTC)
    assert chain(two_permits(date(2026, 8, 1), in_time))[1].kept_status
    late = datetime(2026, 6, 2, 15, tzinfo=UTC)
    assert not chain(two_permits(date(2026, 8, 1), late))[1].kept_status


@settings(max_examples=60, deadline=None)
@given(st.integers(-400, 400))
def test_a_gap_and_an_overlap_never_go_together(shift: int) -> None:
    _first, second = chain(two_permits(date(2026, 6, 2) + timedelta(days=shift)))
    assert second.gap_days == max(shift, 0)
    assert second.overlap_days == max(-shift, 0) or second.permit.valid_from < date(2023, 6, 1)


def short_permit(lost: int = 200, until: date = date(2025, 11, 13)) -> Permit:
    return replace(a_permit(until), limited_by=LimitedBy.PASSPORT, lost_days=lost, province="QC")


def held(permit: Permit, **changes: object) -> PersonFile:
    return a_file(applications=(an_application(ISSUED),), permits=(permit,), **changes)


def test_the_days_a_passport_cost_and_by_when_a_new_one_wins_them_back() -> None:
    permit = short_permit()
    found = lost_days(
        held(permit, passports=(a_passport(permit.valid_until),)), permit, programme()
    )
    assert found is not None
    assert found.days == 200
    assert found.full_until == date(2026, 6, 1)
    assert found.winnable == 200
    assert found.file_by == date(2025, 11, 13)
    assert found.advised_by == date(2025, 10, 14)
    assert found.passport_needed_until == date(2026, 6, 1)
    assert not found.new_passport


def test_one_extension_wins_back_a_year_at_most() -> None:
    permit = short_permit(690)
    found = lost_days(held(permit, passports=(a_passport(),)), permit, programme())
    assert found is not None
    assert found.winnable == 365
    assert found.passport_needed_until == date(2026, 11, 13)
    assert found.new_passport


def test_a_permit_of_the_full_term_has_lost_nothing() -> None:
    assert lost_days(held(a_permit()), a_permit(), programme()) is None
    by_principal = replace(short_permit(), limited_by=LimitedBy.PRINCIPAL)
    assert lost_days(held(by_principal), by_principal, programme()) is None


def reasons(file: PersonFile, day: date = DAY) -> set[str]:
    return {found.reason for found in breach_findings(file, day)}


def test_work_in_another_province_while_the_permit_runs_is_a_breach() -> None:
    file = held(a_permit(), employments=(a_job("ON"),))
    assert "work_outside_quebec" in reasons(file)
    assert outside_quebec(file, DAY)
    for fine in (a_job("QC"), a_job(None), a_job(None, country="FRA")):
        assert reasons(held(a_permit(), employments=(fine,))) == {"work_not_outside_quebec"}


def test_work_counts_from_its_first_day_to_its_last() -> None:
    job = a_job("ON", date(2024, 1, 10), date(2024, 1, 20))
    file = held(a_permit(), employments=(job,))
    held_on = {date(2024, 1, 9): False, date(2024, 1, 10): True, date(2024, 1, 20): True}
    for day, breach in (*held_on.items(), (date(2024, 1, 21), False)):
        assert outside_quebec(file, day) is breach


def test_an_address_that_leaves_quebec_is_a_breach_and_an_older_one_only_unknown() -> None:
    left = held(a_permit(), residences=(a_residence("CAN", "ON", date(2024, 1, 1)),))
    (address,) = (f for f in breach_findings(left, DAY) if f.reason.startswith("address"))
    assert (address.reason, address.outcome) == ("address_outside_quebec", RuleOutcome.FAIL)
    stale = held(a_permit(), residences=(a_residence("CAN", "ON", date(2022, 1, 1)),))
    (address,) = (f for f in breach_findings(stale, DAY) if f.reason.startswith("address"))
    assert (address.reason, address.outcome) == (
        "address_in_quebec_not_recorded",
        RuleOutcome.UNKNOWN,
    )
    assert not outside_quebec(stale, DAY)


def test_a_move_out_of_quebec_on_the_permits_first_day_is_a_breach() -> None:
    moved = held(a_permit(), residences=(a_residence("CAN", "ON", a_permit().valid_from),))
    assert "address_outside_quebec" in reasons(moved)
    before = a_residence("CAN", "ON", a_permit().valid_from - timedelta(days=1))
    assert "address_in_quebec_not_recorded" in reasons(held(a_permit(), residences=(before,)))


def test_a_permit_runs_from_its_first_day_to_its_last() -> None:
    permit = a_permit()
    for day, runs in (
        (permit.valid_from - timedelta(days=1), False),
        (permit.valid_from, True),
        (permit.valid_until, True),
        (permit.valid_until + timedelta(days=1), False),
    ):
        assert (running_permit(held(permit), day) == permit) is runs, day


def test_nothing_is_a_breach_without_a_permit_that_runs() -> None:
    file = held(a_permit(date(2023, 12, 31)), employments=(a_job("ON"),))
    assert breach_findings(file, DAY) == ()
    assert recorded_findings(file, DAY) == ()


def test_what_is_printed_on_the_running_permit_is_asked_for() -> None:
    bare = {f.reason for f in recorded_findings(held(a_permit()), DAY)}
    assert {"permit_location_not_recorded", "medical_restriction_not_recorded"} <= bare
    printed = replace(
        a_permit(), location_condition="Not authorized …", occupation_condition="Not valid …"
    )
    full = {f.reason for f in recorded_findings(held(printed), DAY)}
    assert {"permit_province_quebec", "medical_restriction_recorded"} <= full
