# SPDX-License-Identifier: Apache-2.0
"""The two lines of a passport: read, and their check digits checked (ID-03)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imp_plus_desktop.domain.documents.mrz import check_digit, id_03, read_mrz
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.errors import DomainError

# ICAO 9303's own example, of the invented state of Utopia.
FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
TODAY = date(2026, 11, 22)


def test_the_example_of_the_standard_is_read() -> None:
    read = read_mrz(f"{FIRST}\n{SECOND}", TODAY)
    assert (read.family_name, read.given_names) == ("Eriksson", "Anna Maria")
    assert (read.passport_number, read.citizenship, read.sex) == ("L898902C3", "UTO", "F")
    assert (read.birth_date, read.passport_expiry) == (date(1974, 8, 12), date(2012, 4, 15))
    assert read.wrong == ()
    assert id_03(read).outcome is RuleOutcome.PASS


@pytest.mark.parametrize("between", ["\n", " ", "", "\r\n\r\n", " \u00a0 "])
def test_the_lines_may_come_broken_or_spaced_in_any_way(between: str) -> None:
    assert read_mrz(f"  {FIRST}{between}{SECOND.lower()} ", TODAY).wrong == ()


@given(st.integers(0, 43), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"))
def test_a_character_of_the_second_line_changed_is_told(place: int, letter: str) -> None:
    changed = SECOND[:place] + letter + SECOND[place + 1 :]
    # Citizenship and sex stand behind no check digit; some letters weigh alike modulo 10.
    checked = place not in (*range(10, 13), 20)
    alike = letter == SECOND[place]
    if place not in (9, 19, 27, 42, 43):
        alike = _value(letter) % 10 == _value(SECOND[place]) % 10
    assert (read_mrz(FIRST + changed, TODAY).wrong != ()) is (checked and not alike)


def _value(letter: str) -> int:
    return 0 if letter == "<" else int(letter, 36)


def test_a_wrong_digit_names_its_field_and_the_whole() -> None:
    read = read_mrz(FIRST + SECOND.replace("7408122", "7408132"), TODAY)
    assert read.wrong == ("birth_date", "composite")
    finding = id_03(read)
    assert finding.outcome is RuleOutcome.FAIL
    assert finding.facts["fields"] == "birth_date,composite"


def test_a_birth_is_never_ahead_and_a_german_code_is_iso() -> None:
    second = "C01X00T478D<<0105019M3105017<<<<<<<<<<<<<<<6"
    read = read_mrz("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<"[:44] + second, TODAY)
    assert (read.citizenship, read.issuer) == ("DEU", "DEU")
    assert read.birth_date == date(2001, 5, 1)
    later = second.replace("0105019", "3005019")
    made = read_mrz("P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<"[:44] + later, TODAY)
    assert made.birth_date == date(1930, 5, 1)


def test_an_empty_personal_number_may_go_without_its_digit() -> None:
    body = "L898902C36UTO7408122F1204159" + "<" * 14
    for digit in "<0":
        whole = body[:10] + body[13:20] + body[21:] + digit
        read = read_mrz(FIRST + body + digit + str(check_digit(whole)), TODAY)
        assert read.wrong == ()


@pytest.mark.parametrize(
    "text", ["", FIRST, FIRST + SECOND[:-1], FIRST + SECOND + "<", "V" + FIRST[1:] + SECOND]
)
def test_anything_else_is_not_read(text: str) -> None:
    with pytest.raises(DomainError, match="mrz_unreadable"):
        read_mrz(text, TODAY)


def test_nothing_pasted_asks_for_nothing() -> None:
    assert id_03(None).outcome is RuleOutcome.NOT_APPLICABLE
