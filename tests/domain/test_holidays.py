# SPDX-License-Identifier: Apache-2.0
"""Quebec's holidays by rule, and the business days around them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.figures.holidays import (
    OFFICE,
    WEEKEND,
    WORKS,
    Workdays,
    easter,
    rules_from,
)

TABLE = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "holidays.toml").read_text(encoding="utf-8")
)
RULES = rules_from(TABLE)
PLAIN = Workdays(RULES, {})

# As the CNESST and Quebec's calendars printed them.
KNOWN = {
    2024: "01-01 03-29 04-01 05-20 06-24 07-01 09-02 10-14 12-25",
    2025: "01-01 04-18 04-21 05-19 06-24 07-01 09-01 10-13 12-25",
    2026: "01-01 04-03 04-06 05-18 06-24 07-01 09-07 10-12 12-25",
    2027: "01-01 03-26 03-29 05-24 06-24 07-01 09-06 10-11 12-25",
    # 24 June is a Saturday, and stays there.
    2028: "01-01 04-14 04-17 05-22 06-24 07-01 09-04 10-09 12-25",
    # Both are Sundays: the day after is the holiday.
    2029: "01-01 03-30 04-02 05-21 06-25 07-02 09-03 10-08 12-25",
}


@pytest.mark.parametrize("year", KNOWN)
def test_the_holidays_of_a_year_are_those_of_its_calendar(year: int) -> None:
    found = [one.day.strftime("%m-%d") for one in PLAIN.of_year(year)]
    assert found == KNOWN[year].split()
    assert all(one.source for one in PLAIN.of_year(year))


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, "04-02"), (2000, "04-23"), (2019, "04-21"), (2038, "04-25"), (2285, "03-22")],
)
def test_easter_is_the_day_of_the_church(year: int, day: str) -> None:
    assert easter(year).strftime("%m-%d") == day


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = easter(year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_the_day_of_patriots_is_the_monday_before_the_25th_of_may() -> None:
    for year in range(2003, 2100):
        (day,) = (one.day for one in PLAIN.of_year(year) if one.because == "patriots")
        assert day.weekday() == 0
        assert 1 <= (date(year, 5, 25) - day).days <= 7


def test_a_holiday_begins_with_the_day_of_its_rule() -> None:
    assert "patriots" not in {one.because for one in PLAIN.of_year(2002)}
    assert "patriots" in {one.because for one in PLAIN.of_year(2003)}


def test_the_offices_own_word_counts_before_the_law() -> None:
    monday, eve = date(2026, 4, 6), date(2026, 12, 24)
    own = Workdays(RULES, {monday: (False, "we work"), eve: (True, "the office")})
    assert PLAIN.closed(monday) is not None
    assert own.closed(monday) is None
    closed = own.closed(eve)
    assert closed is not None
    assert (closed.because, closed.source, closed.by_office) == (OFFICE, "the office", True)
    told = {one.day: one.because for one in own.of_year(2026)}
    assert (told[monday], told[eve], told[date(2026, 12, 25)]) == (WORKS, OFFICE, "christmas")
    # Thursday closed, Friday Christmas, then the weekend.
    assert own.next(eve) == date(2026, 12, 28)
    assert own.before(date(2026, 12, 27)) == date(2026, 12, 23)
    assert own.closed(date(2026, 12, 26)).because == WEEKEND  # type: ignore[union-attr]


DAYS = st.dates(date(2022, 1, 1), date(2040, 12, 31))
OWN = st.dictionaries(DAYS, st.tuples(st.booleans(), st.just("x")), max_size=30)


@given(OWN, DAYS)
def test_the_next_business_day_is_open_and_none_is_between(
    own: dict[date, tuple[bool, str]], day: date
) -> None:
    days = Workdays(RULES, own)
    later, earlier = days.next(day), days.before(day)
    assert earlier <= day <= later
    assert days.closed(later) is None
    assert days.closed(earlier) is None
    between = range(1, (later - earlier).days)
    closed = [days.closed(earlier + timedelta(days=n)) for n in between]
    assert all(closed)
    assert (later == day) is (days.closed(day) is None) is (earlier == day)


def test_a_rule_that_nobody_knows_is_no_table() -> None:
    with pytest.raises(KeyError):
        rules_from({"weekend": [5], "holidays": [{**TABLE["holidays"][0], "rule": "moon"}]})
