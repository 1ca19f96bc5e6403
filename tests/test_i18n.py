# SPDX-License-Identifier: Apache-2.0
"""Sentences, days and numbers in both languages."""

import threading
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop import i18n
from imp_plus_desktop.i18n import NO_BREAK_SPACE as NBSP


@pytest.fixture
def _french() -> None:
    i18n.use("fr")


def test_english_days_and_numbers() -> None:
    assert i18n.format_day(date(2026, 3, 4)) == "March 4, 2026"
    assert i18n.format_day_short(date(2023, 10, 7)) == "Oct 7, 2023"
    assert i18n.format_time(time(15, 9)) == f"3:09{NBSP}p.m."
    assert i18n.format_time(time(0, 5)) == f"12:05{NBSP}a.m."
    assert i18n.format_number(7350) == "7,350"
    assert i18n.format_money(Decimal("1255.5")) == "$1,255.50"
    assert i18n.format_percent(0.86) == "86%"
    assert i18n.format_percent(6329 / 6330) == "99%", "a last place is left"
    assert i18n.format_percent(1) == "100%"


@pytest.mark.usefixtures("_french")
def test_french_days_and_numbers() -> None:
    assert i18n.format_day(date(2026, 3, 4)) == "4 mars 2026"
    assert i18n.format_day(date(2026, 3, 1)) == "1er mars 2026"
    assert i18n.format_day_short(date(2023, 10, 7)) == "7 oct. 2023"
    assert i18n.format_time(datetime(2026, 3, 4, 15, 9)) == f"15{NBSP}h{NBSP}09"
    assert i18n.format_number(7350) == f"7{NBSP}350"
    assert i18n.format_number(-1234567) == f"-1{NBSP}234{NBSP}567"
    assert i18n.format_money(Decimal("1255.5")) == f"1{NBSP}255,50{NBSP}$"
    assert i18n.format_money(-255) == f"-255,00{NBSP}$"
    assert i18n.format_percent(0.864) == f"86{NBSP}%"


@given(st.dates())
def test_an_iso_day_reads_back(day: date) -> None:
    assert date.fromisoformat(i18n.format_iso(day)) == day


@pytest.mark.parametrize(
    ("system", "language"),
    [
        ("fr_CA.UTF-8", "fr"),
        ("en_CA.UTF-8", "en"),
        ("en_US", "en"),
        ("C.UTF-8", "fr"),
        ("vi_VN", "fr"),
    ],
)
def test_the_system_decides_and_french_is_the_default(
    system: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", system)
    assert i18n.system_language() == language
    assert i18n.use("") == language
    assert i18n.current_language() == language


def test_every_available_language_can_be_used() -> None:
    assert [i18n.use(language) for language in i18n.available()] == ["fr", "en"]


@pytest.mark.usefixtures("_french")
def test_an_unknown_sentence_stays_as_it_is() -> None:
    assert i18n._("no such sentence") == "no such sentence"
    assert i18n.ngettext("one thing", "many things", 2) == "many things"
    assert i18n.pgettext("nowhere", "no such sentence") == "no such sentence"
    assert i18n.N_("Deadlines") == "Deadlines"


def test_a_thread_speaks_another_language_for_a_while_and_nobody_else_does() -> None:
    i18n.use("en")
    others: list[str] = []
    day = date(2026, 3, 1)
    with i18n.speaking("fr"):
        assert i18n.format_day(day) == "1er mars 2026"
        with i18n.speaking("en"):
            assert i18n.format_day(day) == "March 1, 2026"
        assert i18n._("Person") == "Personne"
        beside = threading.Thread(target=lambda: others.append(i18n.format_day(day)))
        beside.start()
        beside.join()
    assert others == ["March 1, 2026"]
    assert i18n.current_language() == "en"
