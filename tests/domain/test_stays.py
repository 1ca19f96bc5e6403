# SPDX-License-Identifier: Apache-2.0
"""Stays on a time line: gaps and overlaps are told, moves are not taken for them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from builders import a_file, a_residence
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.records.papers import Residence
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.residence.stays import StretchKind, stretches, troubles

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
GAP, STAY, OVERLAP = StretchKind.GAP, StretchKind.STAY, StretchKind.OVERLAP


def spans(*stays: Residence) -> list[tuple[str, str, StretchKind]]:
    return [
        (s.first.isoformat()[5:], s.last.isoformat()[5:], s.kind)
        for s in stretches(stays, FIRST, LAST)
    ]


def day(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


def test_without_a_stay_the_whole_line_is_a_gap() -> None:
    assert spans() == [("01-01", "12-31", GAP)]


def test_a_gap_between_two_stays_is_told() -> None:
    assert spans(
        a_residence("MAR", None, None, day("03-31")), a_residence("FRA", None, day("05-01"), id_=2)
    ) == [("01-01", "03-31", STAY), ("04-01", "04-30", GAP), ("05-01", "12-31", STAY)]


def test_two_dated_stays_over_the_same_days_overlap_and_the_later_begun_is_first() -> None:
    stays = (
        a_residence("MAR", None, day("02-01"), day("06-30")),
        a_residence("FRA", None, day("06-01"), id_=2),
    )
    line = stretches(stays, FIRST, LAST)
    assert [s.kind for s in line] == [GAP, STAY, OVERLAP, STAY]
    assert [s.country for s in line[2].stays] == ["FRA", "MAR"]
    assert troubles(line) == (line[0], line[2])


def test_a_move_on_one_day_and_a_stay_without_a_start_do_not_overlap() -> None:
    assert spans(
        a_residence("MAR"),
        a_residence("FRA", None, day("02-01"), day("06-30"), id_=2),
        a_residence("CAN", "ON", day("06-30"), id_=3),
    ) == [("01-01", "01-31", STAY), ("02-01", "06-29", STAY), ("06-30", "12-31", STAY)]


maybe = st.none() | st.dates(FIRST - timedelta(days=20), LAST + timedelta(days=20))


@given(st.lists(st.tuples(maybe, maybe), max_size=4))
def test_the_line_has_no_holes_and_agrees_with_the_rule_on_every_day(
    ends: list[tuple[date | None, date | None]],
) -> None:
    stays = tuple(
        a_residence("MAR", None, start, end, number)
        for number, (start, end) in enumerate(ends, start=1)
        if start is None or end is None or start <= end
    )
    line = stretches(stays, FIRST, LAST)
    assert (line[0].first, line[-1].last) == (FIRST, LAST)
    for before, after in itertools.pairwise(line):
        assert after.first == before.last + timedelta(days=1)
    for stretch in line:
        for edge in (stretch.first, stretch.last):
            counts = residence_on(a_file(residences=stays), edge).residence
            assert (counts is None) is (stretch.kind is GAP)
            if counts is not None:
                assert stretch.stays[0].from_day == counts.from_day
