# SPDX-License-Identifier: Apache-2.0
"""The shipped parameters and the limits that acts add."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from builders import programme

from imp_plus_desktop.domain.values.codes import ApplicationKind, Ledger
from imp_plus_desktop.domain.values.programme import CapLimit


@pytest.mark.parametrize(
    ("ledger", "year", "day", "cap"),
    [
        (Ledger.APPLICATIONS, 2022, date(2022, 5, 23), None),
        (Ledger.APPLICATIONS, 2022, date(2022, 5, 24), 14700),
        (Ledger.APPLICATIONS, 2022, date(2026, 1, 1), 14700),
        (Ledger.APPLICATIONS, 2023, date(2023, 1, 1), 7350),
        (Ledger.APPLICATIONS, 2026, date(2026, 11, 1), 7350),
        (Ledger.APPLICATIONS, 2021, date(2026, 11, 1), None),
        (Ledger.LETTERS, 2022, date(2022, 6, 1), 14000),
        (Ledger.PERMITS, 2024, date(2024, 6, 1), 7000),
    ],
)
def test_a_cap_is_the_limit_in_force_on_the_day(
    ledger: Ledger, year: int, day: date, cap: int | None
) -> None:
    assert programme().cap_on(ledger, year, day) == cap


def test_a_limit_set_by_an_act_counts_from_its_day_and_for_its_year_only() -> None:
    changed = programme().with_caps(
        [
            CapLimit(Ledger.APPLICATIONS, 2024, 8000, date(2024, 7, 1)),
            CapLimit(Ledger.APPLICATIONS, 2024, 9000, date(2024, 7, 1)),
        ]
    )
    assert changed.cap_on(Ledger.APPLICATIONS, 2024, date(2024, 6, 30)) == 7350
    assert changed.cap_on(Ledger.APPLICATIONS, 2024, date(2024, 7, 1)) == 9000
    assert changed.cap_on(Ledger.APPLICATIONS, 2025, date(2025, 7, 1)) == 7350
    assert changed.cap_on(Ledger.PERMITS, 2024, date(2024, 7, 1)) == 7000


def test_fees_are_those_of_the_day() -> None:
    fee_on = programme().fee_on
    assert fee_on("processing", date(2023, 1, 1)) == Decimal("155.00")
    assert fee_on("restoration_worker", date(2024, 11, 30)) == Decimal("384.00")
    assert fee_on("restoration_worker", date(2024, 12, 1)) == Decimal("394.75")
    assert fee_on("restoration_worker", date(2025, 12, 1)) == Decimal("401.25")
    assert fee_on("restoration_student", date(2025, 11, 30)) == Decimal("389.75")
    assert fee_on("restoration_student", date(2025, 12, 1)) == Decimal("396.25")
    assert fee_on("no_such_fee", date(2025, 12, 1)) is None
    assert programme().over_cap_refund(date(2023, 1, 1)) == 255


def test_terms_and_switches_are_as_shipped() -> None:
    assert programme().permit_months(ApplicationKind.FIRST) == 36
    assert programme().permit_months(ApplicationKind.EXTENSION) == 12
    assert programme().csq_months(date(2018, 8, 1)) == 36
    assert programme().csq_months(date(2018, 8, 2)) == 24
    assert not programme().switches(2024).returned_uses_place
    assert not programme().switches(2020).extension_uses_place
    assert programme().code_uses_place("A76")
    assert not programme().code_uses_place("C41")
