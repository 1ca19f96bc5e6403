# SPDX-License-Identifier: Apache-2.0
"""Month arithmetic and Toronto's New Year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.calendar import (
    add_months,
    birthday,
    near_year_boundary,
    noon_in_toronto,
    toronto_day,
    toronto_year,
)

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 8, 1), 36, date(2026, 8, 1)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 12, 31), 12, date(2024, 12, 31)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_months_last(
    start: date, months: int, end: date
) -> None:
    assert add_months(start, months) == end


@given(days, st.integers(0, 600))
def test_a_term_lands_in_the_right_month_and_never_on_a_later_day(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1


def test_someone_born_on_29_february_has_birthdays_on_the_28th() -> None:
    assert birthday(date(2004, 2, 29), 22) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("instant", "year", "near"),
    [
        (datetime(2023, 1, 1, 4, 59, 59, tzinfo=UTC), 2022, True),
        (datetime(2023, 1, 1, 0, 0, tzinfo=UTC), 2022, True),
        (datetime(2023, 1, 1, 5, 0, tzinfo=UTC), 2023, False),
        (datetime(2022, 12, 31, 23, 59, 59, tzinfo=UTC), 2022, False),
    ],
)
def test_the_year_turns_at_midnight_in_toronto(instant: datetime, year: int, near: bool) -> None:
    assert toronto_year(instant) == year
    assert near_year_boundary(instant) is near


def test_noon_in_toronto_follows_summer_time() -> None:
    assert noon_in_toronto(date(2023, 7, 1)) == datetime(2023, 7, 1, 16, tzinfo=UTC)
    assert noon_in_toronto(date(2023, 1, 1)) == datetime(2023, 1, 1, 17, tzinfo=UTC)


@given(days)
def test_noon_in_toronto_is_that_day_in_toronto(day: date) -> None:
    assert toronto_day(noon_in_toronto(day)) == day
