# SPDX-License-Identifier: Apache-2.0
"""When the cap is reached, or why that cannot be said."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from builders import programme
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.quota.forecast import ForecastRefusal, Projection, paces, project

DAY = date(2023, 7, 1)


def receipts(per_day: int, days: int, until: date = DAY) -> Counter[date]:
    return Counter({until - timedelta(days=back): per_day for back in range(days)})


def test_a_steady_pace_gives_one_day() -> None:
    found = project(receipts(10, 91), 2023, 1910, 910, DAY, programme())
    assert found == Projection(DAY + timedelta(days=100), DAY + timedelta(days=100))


def test_a_changing_pace_gives_a_span() -> None:
    days = receipts(20, 28) + receipts(10, 63, DAY - timedelta(days=28))
    found = project(days, 2023, 3000, 1190, DAY, programme())
    assert isinstance(found, Projection)
    assert found.latest is not None
    assert found.earliest == DAY + timedelta(days=91)
    assert found.latest > found.earliest


def test_a_slow_end_leaves_the_latest_day_open() -> None:
    days = receipts(1, 28) + receipts(40, 63, DAY - timedelta(days=28))
    found = project(days, 2023, 5000, 2548, DAY, programme())
    assert isinstance(found, Projection)
    assert found.latest is None


@pytest.mark.parametrize(
    ("days", "year", "effective", "day", "refusal"),
    [
        (receipts(10, 91), 2023, 7350, DAY, ForecastRefusal.CAP_REACHED),
        (receipts(10, 91), 2022, 910, DAY, ForecastRefusal.OTHER_YEAR),
        (receipts(1, 60), 2023, 60, DAY, ForecastRefusal.NOT_THIS_YEAR),
        (receipts(1, 29), 2023, 29, DAY, ForecastRefusal.FEWER_THAN_30_RECEIPTS),
        (
            receipts(10, 20, date(2023, 1, 20)),
            2023,
            200,
            date(2023, 1, 20),
            ForecastRefusal.FEWER_THAN_4_WEEKS,
        ),
        (
            receipts(10, 20, date(2023, 2, 1)),
            2023,
            200,
            DAY,
            ForecastRefusal.NO_RECENT_RECEIPTS,
        ),
    ],
)
def test_a_forecast_says_why_it_is_refused(
    days: Counter[date], year: int, effective: int, day: date, refusal: ForecastRefusal
) -> None:
    assert project(days, year, 7350, effective, day, programme()) is refusal


@given(
    st.lists(st.dates(date(2022, 6, 1), date(2024, 6, 1)), min_size=30, max_size=300),
    st.integers(1, 9000),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
)
def test_a_projection_is_ahead_of_the_day_and_within_the_year(
    days: list[date], cap: int, day: date
) -> None:
    found = project(Counter(days), 2023, cap, 0, day, programme())
    if isinstance(found, Projection):
        assert day < found.earliest <= date(2023, 12, 31)
        assert found.latest is None or found.earliest <= found.latest <= date(2023, 12, 31)


def test_each_pace_says_where_it_leads() -> None:
    days = receipts(20, 28) + receipts(10, 63, DAY - timedelta(days=28))
    found = paces(days, 2023, 3000, 1190, DAY, programme())
    assert not isinstance(found, ForecastRefusal)
    assert [pace.weeks for pace in found] == [4, 8, 13]
    assert found[0].receipts == 560
    assert found[0].reached == DAY + timedelta(days=91)
    assert found[0].year_end == 1190 + 20 * 183
    assert found[0].year_end > found[1].year_end > found[2].year_end


def test_a_pace_of_nothing_reaches_nothing() -> None:
    found = paces(receipts(10, 20, date(2023, 2, 1)), 2023, 7350, 200, DAY, programme())
    assert not isinstance(found, ForecastRefusal)
    assert {(pace.receipts, pace.reached, pace.year_end) for pace in found} == {(0, None, 200)}


@given(st.integers(1, 40), st.integers(30, 91), st.integers(400, 9000))
def test_a_projection_is_the_span_of_its_paces(per_day: int, days: int, cap: int) -> None:
    seen = receipts(per_day, days)
    found = project(seen, 2023, cap, per_day * days, DAY, programme())
    behind = paces(seen, 2023, cap, per_day * days, DAY, programme())
    assert isinstance(behind, ForecastRefusal) <= isinstance(found, ForecastRefusal)
    if isinstance(found, Projection) and not isinstance(behind, ForecastRefusal):
        reached = [pace.reached for pace in behind if pace.reached is not None]
        assert found.earliest == min(reached)
        assert found.latest in (None, max(reached))
