# SPDX-License-Identifier: Apache-2.0
"""A watched day answers as any other, and tells until when it does."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.watched_day import Watch

TODAY = date(2024, 1, 31)
days = st.dates(date(2023, 10, 1), date(2024, 6, 30))
numbers = st.integers(-60, 60)
QUESTIONS: dict[str, Callable[[date, date, int], object]] = {
    "before": lambda today, day, _n: today < day,
    "until": lambda today, day, _n: today <= day,
    "after": lambda today, day, _n: today > day,
    "from": lambda today, day, _n: today >= day,
    "the day": lambda today, day, _n: today == day,
    "another day": lambda today, day, _n: day != today,
    "the other way": lambda today, day, _n: day < today,
    "days since": lambda today, day, n: (today - day).days <= n,
    "days until": lambda today, day, n: (day - today).days < n,
    "within": lambda today, day, n: 0 <= (day - today).days <= n,
    "exactly": lambda today, day, n: (today - day).days == n,
    "late": lambda today, day, n: -(day - today).days > n,
    "none left": lambda today, day, _n: bool((day - today).days),
    "in so many days": lambda today, day, n: today + timedelta(n) >= day,
    "so many days ago": lambda today, day, n: day > today - timedelta(n),
    "in months": lambda today, day, n: day < add_months(today, n % 7),
    "in months and days": lambda today, day, n: add_months(today + timedelta(n), 1) <= day,
    "days beyond months": lambda today, day, n: (add_months(today, 1) - day).days > n,
    "the later": lambda today, day, n: max(today, day) > TODAY + timedelta(n),
}
"""What the rules ask of a day."""
ASKED_FROM_BOTH_SIDES = {"within", "exactly", "the day", "another day", "the later", "none left"}
"""Two things are asked at once: that one changes may not yet change the answer."""


@given(st.sampled_from(sorted(QUESTIONS)), days, numbers)
def test_an_answer_holds_until_the_day_that_is_told_and_no_longer(
    name: str, day: date, n: int
) -> None:
    ask = QUESTIONS[name]
    answers = [ask(TODAY + timedelta(later), day, n) for later in range(400)]
    watch = Watch(TODAY)
    assert ask(watch.today, day, n) == answers[0]
    until = min((watch.until - TODAY).days, 399)
    assert answers[: until + 1] == [answers[0]] * (until + 1)
    changes = next((later for later, other in enumerate(answers) if other != answers[0]), 399)
    # "within" asks two things, and "the day" is asked from both sides: the first may come sooner.
    assert until + 1 >= changes or name in (
        "within",
        "exactly",
        "the day",
        "another day",
        "the later",
    )


@given(st.lists(st.tuples(st.sampled_from(sorted(QUESTIONS)), days, numbers), max_size=5))
def test_of_several_answers_the_first_to_change_counts(
    asked: list[tuple[str, date, int]],
) -> None:
    watch = Watch(TODAY)
    each = []
    for name, day, n in asked:
        QUESTIONS[name](watch.today, day, n)
        alone = Watch(TODAY)
        QUESTIONS[name](alone.today, day, n)
        each.append(alone.until)
    assert watch.until == min(each, default=date.max)


TWO_THAT_MOVE: dict[str, Callable[[date, date, int], object]] = {
    "since and until": lambda today, day, n: (today - day).days < (day - today).days + 0 * n,
    "counts that part": lambda today, day, n: (today - day).days < (day - today).days,
    "counts that stay apart": lambda today, day, n: (today - day).days > (today - TODAY).days,
    "a month and thirty days": lambda today, _day, n: add_months(today, 1) <= today + timedelta(n),
    "between the two": lambda today, _day, n: (add_months(today, 1) - today).days > n,
    "always the later": lambda today, _day, n: max(today, today + timedelta(n)) == today,
}
"""What compares two figures that both come later as today does."""


@given(st.sampled_from(sorted(TWO_THAT_MOVE)), days, st.integers(25, 35))
def test_of_two_that_both_move_none_is_told_to_hold_too_long(name: str, day: date, n: int) -> None:
    ask = TWO_THAT_MOVE[name]
    watch = Watch(TODAY)
    answer = ask(watch.today, day, n)
    until = min((watch.until - TODAY).days, 399)
    assert [ask(TODAY + timedelta(later), day, n) for later in range(until + 1)] == [answer] * (
        until + 1
    )


@pytest.mark.parametrize(
    "use",
    [
        lambda day: day.year,
        lambda day: day.weekday(),
        lambda day: day.isoformat(),
        lambda day: f"{day}",
        lambda day: f"{day:%Y}",
        lambda day: str(day),
        lambda day: repr(day),
        lambda day: {day},
        lambda day: day.replace(day=1),
        lambda day: pickle.dumps(day),
        lambda day: (day - TODAY).days + 1,
        lambda day: (day - TODAY).days // 7,
        lambda day: f"{(day - TODAY).days}",
        lambda day: {(day - TODAY).days},
        lambda day: [1, 2][(day - TODAY).days * 1],
        lambda day: (day - TODAY).days.bit_length(),
    ],
)
def test_whatever_else_is_made_of_it_holds_for_today_alone(use: Callable[[date], object]) -> None:
    watch = Watch(TODAY)
    use(watch.today)
    assert watch.until == TODAY
