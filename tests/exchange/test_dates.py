# SPDX-License-Identifier: Apache-2.0
"""Dates in every form of the contract, and an order that is proved or asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from exchange_builders import HEADER, a_person, issues_of, parsed_rows
from generated import cases
from hypothesis import event, given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.values.dates import WrittenDate, from_serial, read_date

LETTERS = st.dates(date(2022, 6, 1), date(2025, 1, 10))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-03-01", date(2023, 3, 1)),
        ("2023/3/1", date(2023, 3, 1)),
        ("2023-03-01T23:30:00Z", date(2023, 3, 1)),
        ("2023-03-01T23:30:00-05:00", date(2023, 3, 1)),
        ("2023-03-01 00:00:00", date(2023, 3, 1)),
        ("20230301", date(2023, 3, 1)),
        ("1er mars 2023", date(2023, 3, 1)),
        ("March 1, 2023", date(2023, 3, 1)),
        ("March 1st, 2023", date(2023, 3, 1)),
        ("mercredi le 1 mars 2023", date(2023, 3, 1)),
        ("1-mars-2023", date(2023, 3, 1)),
        ("12 déc. 2022", date(2022, 12, 12)),
        ("Aug 5 2022", date(2022, 8, 5)),
        ("5 AOÛT 2022", date(2022, 8, 5)),
        ("45261", date(2023, 12, 1)),
        ("1 mars 23", date(2023, 3, 1)),
        ("29 février 2024", date(2024, 2, 29)),
    ],
)
def test_a_written_date_is_read(text: str, day: date) -> None:
    written = read_date(text)
    assert written is not None
    assert written.under("dmy", 2040) == day


@pytest.mark.parametrize(
    "text", ["2023-02-31", "29 février 2023", "2023", "août 2023", "hier", "12", "20231301", "1 2"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_serial_numbers_count_from_1900_or_1904() -> None:
    assert from_serial(45261, False) == date(2023, 12, 1)
    assert from_serial(45261 - 1462, True) == date(2023, 12, 1)
    assert from_serial(2023, False) is None
    assert from_serial(1e9, False) is None


def letters_read(*texts: object, births: object = None, **options: str) -> list[object]:
    births = births or [date(1990, 12, 15)] * len(texts)
    rows = [
        a_person(n, letter=text, birth=birth)
        for n, (text, birth) in enumerate(zip(texts, births, strict=True))  # type: ignore[call-overload]
    ]
    (sheet,) = parsed_rows(*rows, **options).sheets
    return [row.values.get("letter_date") for row in sheet.rows]


def test_a_day_over_12_anywhere_proves_the_order_of_the_whole_file() -> None:
    assert letters_read("05/04/2023", "13/04/2023") == [date(2023, 4, 5), date(2023, 4, 13)]
    assert letters_read("05/04/2023", "04/13/2023") == [date(2023, 5, 4), date(2023, 4, 13)]
    births = ["01/02/1990", "25/02/1990"]
    assert letters_read("05/04/2023", "06/04/2023", births=births)[0] == date(2023, 4, 5)


def test_the_proof_says_what_it_rests_on() -> None:
    rows = [a_person(n, letter=text) for n, text in enumerate(["05/04/2023", "13/04/2023"])]
    proof = parsed_rows(*rows).date_proof
    assert (proof.order, proof.proved_by) == ("dmy", "day_over_12")
    assert (proof.dates_total, proof.dates_over_12, proof.column) == (2, 1, HEADER[5])


def test_the_order_of_life_proves_the_order() -> None:
    header = (*HEADER, "Lettre reçue le")
    rows = [[*a_person(1, letter="05/04/2023"), date(2023, 4, 9)]]
    file = parsed_rows(*rows, header=header)
    assert file.date_proof.proved_by == "order_of_life"
    assert file.sheets[0].rows[0].values["letter_date"] == date(2023, 4, 5)


def test_an_order_that_nothing_proves_is_asked_for() -> None:
    with pytest.raises(ExchangeError) as caught:
        letters_read("05/04/2023", "06/07/2023")
    assert caught.value.code == "ambiguous_dates"
    assert caught.value.parameters == {"column": HEADER[5]}
    assert letters_read("05/04/2023", date_order="mdy") == [date(2023, 5, 4)]


def test_dates_that_read_the_same_in_any_order_need_no_proof() -> None:
    assert letters_read("05/05/2023") == [date(2023, 5, 5)]


def test_a_column_that_disproves_the_files_order_is_decided_alone() -> None:
    header = (*HEADER, "CSQ délivré le", "Lettre reçue le")
    rows = [
        [*a_person(1, letter="02/13/2023", birth="25/01/1990"), "26/03/2022", "20/02/2023"],
        [*a_person(2, letter="03/04/2023", birth="02/01/1990"), "02/03/2022", "05/04/2023"],
    ]
    file = parsed_rows(*rows, header=header)
    assert file.date_proof.order == "dmy"
    assert [row.values["letter_date"] for row in file.sheets[0].rows] == [
        date(2023, 2, 13), date(2023, 3, 4),
    ]  # fmt: skip
    assert file.sheets[0].rows[1].values["letter_received_date"] == date(2023, 4, 5)


def test_a_date_that_contradicts_its_columns_order_is_bad_and_never_flipped() -> None:
    rows = [a_person(n, letter=t) for n, t in enumerate(["25/04/2023", "26/04/2023", "04/27/2023"])]
    file = parsed_rows(*rows, date_order="dmy")
    assert issues_of(file) == [(4, "letter_date", "bad_date", "error")]


@settings(max_examples=cases(1000))
@given(st.lists(LETTERS, min_size=1, max_size=12), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_no_column_is_ever_read_in_a_wrong_order_silently(days: list[date], form: str) -> None:
    texts = [day.strftime(form) for day in days]
    try:
        read = letters_read(*texts)
    except ExchangeError as error:
        event(error.code)
        return
    assert read == days


def test_two_digit_years_have_a_century_for_births_and_one_for_letters() -> None:
    rows = [a_person(1, letter="13/04/23", birth="15/12/58"), a_person(2, letter="1 mai 24")]
    (sheet,) = parsed_rows(*rows).sheets
    assert sheet.rows[0].values["birth_date"] == date(1958, 12, 15)
    assert sheet.rows[0].values["letter_date"] == date(2023, 4, 13)
    assert sheet.rows[1].values["letter_date"] == date(2024, 5, 1)


@given(st.dates(date(1930, 1, 1), date(2090, 12, 31)))
def test_every_day_survives_as_a_serial_number(day: date) -> None:
    assert from_serial((day - date(1899, 12, 30)).days, False) == day
    assert day - timedelta(0) == day


def test_a_possible_order_looks_at_places_and_not_at_the_calendar() -> None:
    assert WrittenDate(numbers=(31, 2, 2023)).possible("dmy")
    assert not WrittenDate(numbers=(31, 2, 2023)).possible("mdy")
