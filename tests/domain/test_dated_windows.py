# SPDX-License-Identifier: Apache-2.0
"""A window that the office has changed counts from its day, and judges no day before it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import PERSON, a_file, a_person, programme
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.letters.intake import intake
from imp_plus_desktop.domain.letters.letters import window_end
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import LetterId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.programme import Programme, Setting
from imp_plus_desktop.domain.verdict.eligibility import verdict

TABLE = Path(__file__).with_name("dated_windows.csv")
ROWS = tuple(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def changed(text: str, today: date) -> Programme:
    """The programme after acts such as `letter_window_days=60@2026-11-01`, one a word."""
    acts = (word.replace("@", "=").split("=") for word in text.split())
    made = [Setting(name, None, value, date.fromisoformat(day)) for name, value, day in acts]
    return programme().with_settings(made, today)


def invited(written: date, received: date) -> PersonFile:
    person = a_person(csq_issue_date=written, csq_expiry_date=received + timedelta(days=730))
    return replace(
        a_file(), person=person, letters=(Letter(LetterId(1), PERSON, written, received),)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_window_judges_each_day_by_its_own_figure(row: dict[str, str]) -> None:
    on, written, received = (
        date.fromisoformat(row[name]) for name in ("on", "letter_date", "received")
    )
    for today in (on, date(2023, 1, 1), date(2027, 6, 1)):
        found = verdict(invited(written, received), on, changed(row["acts"], today))
        answers = {f.rule: f.outcome for f in found.findings}
        assert answers["PRG-01"].value == row["prg_01"], row["by_hand"]
        assert answers["INV-02"].value == row["inv_02"], row["by_hand"]
        (letter,) = [x for x in found.last_safe_day_chain if x.because == "letter"]
        assert str(letter.day) == row["letter_until"], row["by_hand"]


def test_what_was_never_set_costs_nothing_to_ask_for_another_day() -> None:
    told = programme()
    assert told.on(date(2023, 6, 1)) is told


def test_a_year_is_open_or_closed_by_the_closing_day_of_its_time() -> None:
    told = changed("last_accepted_letter=2027-12-31@2026-11-01", date(2026, 11, 20))
    assert not intake(told, 2025, date(2026, 11, 20)).open
    assert intake(told, 2026, date(2026, 11, 20)).open
    assert not intake(told, 2026, date(2026, 10, 31)).open


@settings(max_examples=80, deadline=None)
@given(
    received=st.dates(date(2022, 6, 1), date(2025, 1, 1)),
    later=st.integers(min_value=0, max_value=200),
    acts=st.lists(
        st.tuples(st.integers(1, 200), st.dates(date(2022, 6, 1), date(2025, 6, 1))), max_size=3
    ),
)
def test_the_last_day_of_a_letter_is_the_last_on_which_it_still_counts(
    received: date, later: int, acts: list[tuple[int, date]]
) -> None:
    told = changed(
        " ".join(f"letter_window_days={days}@{day}" for days, day in acts), date(2025, 7, 1)
    )
    day = received + timedelta(days=later)
    letter = Letter(LetterId(1), PERSON, received, received)
    found = verdict(invited(received, received), day, told)
    counts = (day - received).days <= told.on(day).letter_window_days
    (inv_02,) = [f for f in found.findings if f.rule == "INV-02"]
    assert (inv_02.outcome is RuleOutcome.PASS) is counts
    last = window_end(letter, told.on(day))
    assert (last >= day) is counts
    after = last + timedelta(days=1)
    assert (last - received).days <= told.on(last).letter_window_days
    assert (after - received).days > told.on(after).letter_window_days
