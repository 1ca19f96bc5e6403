# SPDX-License-Identifier: Apache-2.0
"""The last safe day on sixty cases worked by hand (`last_safe_days.csv`), with its chain."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from builders import PERSON, a_passport, a_person, programme
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import LetterId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.domain.verdict.eligibility import verdict
from imp_plus_desktop.domain.verdict.safe_day import last_safe_day, last_safe_day_chain

TABLE = Path(__file__).with_name("last_safe_days.csv")
ROWS = tuple(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
LINKS = ("letter", "csq", "passport", "programme")


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _file(row: dict[str, str]) -> PersonFile:
    person = a_person(
        csq_issue_date=_day(row["csq_issued"]),
        csq_expiry_date=_day(row["csq_expiry"]),
        pr_state=PrState(row["pr_state"]) if row["pr_state"] else None,
        pr_filed_on=_day(row["pr_filed"]),
    )
    dated, passport = _day(row["letter_date"]), _day(row["passport"])
    letter = Letter(LetterId(1), PERSON, dated, _day(row["received"])) if dated else None
    return PersonFile(
        person,
        letters=(letter,) if letter else (),
        passports=(a_passport(passport),) if passport else (),
    )


def judged_on(row: dict[str, str]) -> date:
    """The day on which the letter came, or was written; any day without one."""
    return _day(row["received"]) or _day(row["letter_date"]) or date(2023, 6, 1)


def test_sixty_cases_are_written() -> None:
    assert len(ROWS) >= 60
    assert all(row["by_hand"] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_the_day_and_its_chain_are_those_worked_by_hand(row: dict[str, str]) -> None:
    chain = last_safe_day_chain(_file(row), judged_on(row), programme())
    day, because = last_safe_day(chain)
    assert (day, because or "") == (_day(row["last_safe_day"]), row["because"]), row["by_hand"]
    links = {limit.because: limit for limit in chain}
    assert tuple(links) == LINKS
    for name in ("letter", "csq", "passport"):
        assert links[name].day == _day(row[f"{name}_day"]), (name, row["by_hand"])
    assert links["programme"].excludes is (row["programme"] in ("late", "early"))
    (binding,) = [limit for limit in chain if limit.binding]
    assert binding.because == (row["because"] or ("programme" if row["letter_date"] else "letter"))


@given(st.sampled_from(ROWS), st.none() | st.dates(date(2023, 1, 1), date(2026, 1, 1)))
def test_the_answer_is_the_earliest_day_of_the_chain(
    row: dict[str, str], passport: date | None
) -> None:
    file = _file(row | {"passport": passport.isoformat() if passport else ""})
    chain = last_safe_day_chain(file, date(2024, 1, 1), programme())
    day, _because = last_safe_day(chain)
    days = [limit.day for limit in chain if limit.day is not None]
    assert day == (None if any(limit.excludes for limit in chain) else min(days))
    found = verdict(file, date(2024, 1, 1), programme())
    assert (found.last_safe_day, found.last_safe_day_chain) == (day, chain)
