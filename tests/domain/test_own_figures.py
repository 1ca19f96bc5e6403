# SPDX-License-Identifier: Apache-2.0
"""The office's own figures count from their day on, whatever order they were set in."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.figures.own import (
    READ,
    Kind,
    kind_of,
    programme_of,
    stored_text,
    unit_of,
)
from imp_plus_desktop.domain.reads.figures import Provenance, listed, to_come
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.programme import Programme, Setting

TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "programme.toml").read_text(encoding="utf-8")
)
SHIPPED, PROVENANCE = Programme.from_table(TABLE), Provenance.from_table(TABLE)
TODAY = date(2026, 11, 30)


def with_own(*settings: Setting, day: date = TODAY) -> Programme:
    return programme_of(SHIPPED, (), settings, day)


def setting(name: str, value: str, day: str, reason: str = "a page") -> Setting:
    return Setting(name, None, value, date.fromisoformat(day), reason)


def test_an_own_fee_counts_from_its_day_and_the_shipped_one_until_then() -> None:
    own = with_own(setting("fee_processing", "165.00", "2026-12-01"))
    assert own.fee_on("processing", date(2026, 11, 30)) == Decimal("155.00")
    assert own.fee_on("processing", date(2026, 12, 1)) == Decimal("165.00")
    assert own.over_cap_refund(date(2026, 12, 1)) == Decimal("265.00")
    assert SHIPPED.fee_on("processing", date(2027, 1, 1)) == Decimal("155.00")


def test_of_one_day_the_offices_counts_and_of_two_later_days_the_later() -> None:
    own = with_own(
        setting("fee_restoration_worker", "402.00", "2025-12-01"),
        setting("fee_restoration_worker", "390.00", "2024-06-01"),
    )
    assert own.fee_on("restoration_worker", date(2024, 6, 1)) == Decimal("390.00")
    assert own.fee_on("restoration_worker", date(2024, 12, 1)) == Decimal("394.75")
    assert own.fee_on("restoration_worker", date(2025, 12, 1)) == Decimal("402.00")


def test_clocks_and_csq_terms_follow_the_day_that_they_run_from() -> None:
    own = with_own(
        setting("clock_biometrics", "45", "2026-12-01"), setting("csq_months", "36", "2026-12-01")
    )
    assert own.clock_end("biometrics", date(2026, 11, 30)) == date(2026, 12, 30)
    assert own.clock_end("biometrics", date(2026, 12, 1)) == date(2027, 1, 15)
    assert own.csq_months(date(2026, 11, 30)) == 24
    assert own.csq_months(date(2026, 12, 1)) == 36
    assert own.csq_months(date(1800, 1, 1)) == 36


def test_a_fee_that_was_looked_up_has_not_been_indexed_since() -> None:
    day = date(2026, 12, 5)
    assert SHIPPED.may_be_indexed("restoration_worker", day)
    read = setting(f"{READ}fee_restoration_worker", "2027-12-01", "2026-12-03")
    assert not with_own(read, day=day).may_be_indexed("restoration_worker", day)
    assert with_own(read, day=day).may_be_indexed("restoration_student", day)
    assert with_own(read, day=day).may_be_indexed("restoration_worker", date(2027, 12, 1))


def test_a_register_without_any_has_the_shipped_programme_itself() -> None:
    assert with_own().fees is SHIPPED.fees
    unknown = setting("clock_of_another_release", "3", "2026-12-01")
    assert with_own(unknown).clocks is SHIPPED.clocks


def test_the_list_says_what_is_own_beside_what_is_shipped_and_what_is_to_come() -> None:
    own = with_own(
        setting("fee_eta", "8.00", "2026-06-01", "a notice"),
        setting("clock_medical", "20", "2026-06-01"),
        setting("csq_months", "30", "2027-01-01"),
        setting("last_accepted_letter", "2027-06-30", "2027-02-01"),
        setting("fee_eta", "9.00", "2027-01-01"),
    )
    found = {one.name: one for one in listed(own, PROVENANCE, TODAY)}
    eta = found["fee_eta"]
    assert (eta.value, eta.shipped, eta.own, eta.source) == (
        Decimal("8.00"),
        Decimal("7.00"),
        True,
        "a notice",
    )
    assert (found["clock_medical"].value, found["clock_medical"].shipped) == (20, 30)
    assert not found["csq_months"].own
    later = to_come(own, TODAY)
    assert [(one.name, str(one.value), str(one.since)) for one in later] == [
        ("csq_months", "30", "2027-01-01"),
        ("fee_eta", "9.00", "2027-01-01"),
        ("last_accepted_letter", "2027-06-30", "2027-02-01"),
    ]
    january = date(2027, 1, 1)
    in_january = with_own(*own_settings(), day=january)
    assert {one.name: one for one in listed(in_january, PROVENANCE, january)}["csq_months"].own


def own_settings() -> tuple[Setting, ...]:
    return (setting("csq_months", "30", "2027-01-01"),)


@pytest.mark.parametrize(
    ("name", "kind", "unit"),
    [
        ("fee_processing", Kind.AMOUNT, "days"),
        ("clock_biometrics_reuse", Kind.LENGTH, "years"),
        ("clock_medical", Kind.LENGTH, "days"),
        ("csq_months", Kind.LENGTH, "months"),
        ("cap_applications", Kind.LIMIT, "count"),
        ("opened", Kind.DAY, "days"),
        ("letter_window_days", Kind.LENGTH, "days"),
        ("term_months", None, "days"),
        ("fee_of_nobody", None, "days"),
    ],
)
def test_what_can_be_set_is_a_day_a_length_an_amount_or_a_limit(
    name: str, kind: Kind | None, unit: str
) -> None:
    assert kind_of(SHIPPED, name) is kind
    if kind in (Kind.LENGTH, Kind.LIMIT):
        assert unit_of(SHIPPED, name) == unit


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("clock_medical", "0", "bad_length"),
        ("clock_medical", "-3", "bad_length"),
        ("clock_medical", "３", "bad_length"),
        ("clock_medical", "4000", "bad_length"),
        ("csq_months", "2.5", "bad_length"),
        ("cap_permits", "many", "bad_length"),
        ("opened", "yesterday", "bad_window"),
        ("opened", "20260101", "bad_window"),
        ("fee_eta", "100000.01", "bad_amount"),
        ("fee_of_nobody", "1", "unknown_parameter"),
    ],
)
def test_what_can_be_no_value_is_refused(name: str, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        stored_text(SHIPPED, name, text, lambda t: round(Decimal(t) * 100))
    assert caught.value.code == code


DAYS = st.dates(date(2022, 5, 24), date(2030, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(0, 99_999)), max_size=8), DAYS)
def test_the_last_amount_on_or_before_a_day_counts(made: list[tuple[date, int]], day: date) -> None:
    settings = [
        Setting("fee_processing", None, f"{cents // 100}.{cents % 100:02}", since, "a page")
        for since, cents in made
    ]
    known = [(since, cents) for since, cents in made if since <= day]
    latest = max((since for since, _cents in known), default=None)
    wanted = [cents for since, cents in known if since == latest][-1] if known else 15_500
    amount = with_own(*settings).fee_on("processing", day)
    assert amount is not None
    assert round(amount * 100) == wanted


@given(st.lists(st.tuples(DAYS, st.integers(1, 240)), max_size=8), DAYS)
def test_a_clock_ends_by_the_length_in_force_when_it_starts(
    made: list[tuple[date, int]], start: date
) -> None:
    settings = [Setting("clock_medical", None, str(n), since, "a page") for since, n in made]
    known = [(since, days) for since, days in made if since <= start]
    latest = max((since for since, _days in known), default=None)
    days = [days for since, days in known if since == latest][-1] if known else 30
    assert with_own(*settings).clock_end("medical", start) == start + timedelta(days=days)
