# SPDX-License-Identifier: Apache-2.0
"""Periods and figures of the weekly and the quarterly report (REP-01, REP-02)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.quota.reports import (
    Period,
    ReportCase,
    ReportKind,
    periods_before,
    quarter,
    report,
    week,
    week_of,
    whole_year,
)
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.values.codes import ApplicationKind, Outcome

DAYS = st.dates(date(2022, 5, 24), date(2026, 12, 31))
CASES = st.lists(
    st.builds(
        ReportCase,
        st.integers(1, 10_000).map(ApplicationId),
        st.sampled_from(ApplicationKind),
        st.none() | DAYS,
        st.none() | st.sampled_from(Outcome),
        st.none() | DAYS,
    ),
    max_size=20,
    unique_by=lambda case: case.id,
)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (week(2024, 1), date(2024, 1, 1), date(2024, 1, 7)),
        (week_of(date(2023, 1, 1)), date(2022, 12, 26), date(2023, 1, 1)),
        (week(2020, 53), date(2020, 12, 28), date(2021, 1, 3)),
        (quarter(2024, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (quarter(2024, 4), date(2024, 10, 1), date(2024, 12, 31)),
        (whole_year(2024), date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_is_its_days(period: Period, first: date, last: date) -> None:
    assert (period.first, period.last) == (first, last)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(ReportKind))
def test_periods_follow_each_other_without_a_gap(day: date, kind: ReportKind) -> None:
    found = periods_before(day, kind, 6)
    assert found[0].first <= day <= found[0].last
    for later, earlier in pairwise(found):
        assert earlier.last + timedelta(days=1) == later.first


@settings(max_examples=80, deadline=None)
@given(CASES, st.integers(2022, 2026))
def test_four_quarters_add_up_to_the_year(cases: list[ReportCase], year: int) -> None:
    letters = [(int(case.id), case.received) for case in cases if case.received is not None]
    whole = report(whole_year(year), cases, letters, ())
    parts = [report(quarter(year, number), cases, letters, ()) for number in range(1, 5)]
    for figure in whole.figures:
        rows = [number for part in parts for number in part.figure(figure.code).ids]
        assert sorted(rows) == sorted(figure.ids)
        assert set(parts[3].figure(figure.code).to_date) == set(figure.ids)


@settings(max_examples=80, deadline=None)
@given(CASES)
def test_a_decision_is_counted_once_or_named_as_undated(cases: list[ReportCase]) -> None:
    decided = {case.id for case in cases if case.outcome is not None}
    counted: list[int] = []
    for year in range(2022, 2027):
        made = report(whole_year(year), cases, (), ())
        for outcome in Outcome:
            counted += made.figure(outcome.value).ids
    undated = report(whole_year(2026), cases, (), ()).undated
    assert sorted([*counted, *undated]) == sorted(decided)


def test_a_weekly_report_has_no_letters_and_calls_receipts_submitted() -> None:
    case = ReportCase(ApplicationId(1), ApplicationKind.EXTENSION, date(2024, 1, 3), None, None)
    made = report(week(2024, 1), [case], [(5, date(2024, 1, 3))], ())
    assert made.rule == "REP-01"
    assert [figure.code for figure in made.figures if figure.number] == ["submitted", "extensions"]
    with pytest.raises(KeyError):
        made.figure("letters")
