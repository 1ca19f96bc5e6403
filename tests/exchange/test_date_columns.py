# SPDX-License-Identifier: Apache-2.0
"""A thousand columns of dates, written as offices write them: read rightly, asked, or flagged.

Every file is made from lives whose days are known, so that a date read wrongly without a word
would show. Files keep one order, as the contract has it, but for a column that disproves it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import pytest
from exchange_builders import TODAY, parsed_rows

from imp_plus_desktop.domain.values.errors import ExchangeError

FIELDS = {
    "birth_date": "Date de naissance",
    "csq_issue_date": "CSQ délivré le",
    "csq_expiry_date": "CSQ échéance",
    "letter_date": "Date de la lettre d'invitation",
    "letter_received_date": "Lettre reçue le",
    "passport_expiry": "Échéance du passeport",
}
MONTHS = ("janvier", "févr.", "mars", "April", "mai", "June", "juillet", "août", "Sept", "oct.",
          "novembre", "December")  # fmt: skip
WANTED = 1_000


@dataclass
class Made:
    """A generated file: its cells, the days that they mean, which cells were spoilt."""

    order: str
    fields: list[str]
    rows: list[list[Any]] = field(default_factory=list)
    days: list[dict[str, date]] = field(default_factory=list)
    spoilt: set[tuple[int, str]] = field(default_factory=set)


def numbers(day: date, order: str, mark: str, *, short: bool, padded: bool) -> str:
    """A day in figures, in an order."""
    width = 2 if padded else 1
    parts = {
        "d": f"{day.day:0{width}}",
        "m": f"{day.month:0{width}}",
        "y": f"{day.year % 100:02}" if short else str(day.year),
    }
    return mark.join(parts[letter] for letter in order)


def writer(dice: random.Random, order: str) -> Callable[[date], Any]:
    """How one column writes its days: mostly in the file's order, with other kinds mixed in."""
    mark, short = dice.choice("/-."), dice.random() < 0.15
    padded, mixed = dice.random() < 0.8, dice.random() < 0.35
    short = short or order == "ymd"

    def write(day: date) -> Any:
        kinds: list[Callable[[], Any]] = [
            lambda: numbers(day, order, mark, short=short, padded=padded)
        ] * 6
        if mixed:
            kinds += [
                day.isoformat,
                lambda: datetime.combine(day, time()),
                lambda: f"{day:%Y%m%d}",
                lambda: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
                lambda: (day - date(1899, 12, 30)).days,
                lambda: f" {numbers(day, order, mark, short=short, padded=padded)}\u00a0",
            ]
        return dice.choice(kinds)()

    return write


def a_life(dice: random.Random) -> dict[str, date]:
    """Days in the order of life; often such that no day is over 12."""
    low = dice.random() < 0.6

    def some(first: date, last: date) -> date:
        day = first + timedelta(days=dice.randrange((last - first).days))
        return day.replace(day=1 + (day.day - 1) % 12) if low else day

    birth = some(date(1940, 1, 1), date(2003, 1, 1))
    csq = some(date(2020, 1, 1), date(2022, 6, 1))
    letter = some(date(2022, 7, 1), date(2024, 12, 1))
    return {
        "birth_date": birth,
        "csq_issue_date": csq,
        "csq_expiry_date": csq + timedelta(days=730),
        "letter_date": letter,
        "letter_received_date": letter + timedelta(days=dice.randrange(20)),
        "passport_expiry": some(date(2025, 1, 1), date(2034, 1, 1)),
    }


def a_file(dice: random.Random) -> Made:
    order = dice.choice(("dmy", "dmy", "mdy", "mdy", "ymd"))
    others = [name for name in FIELDS if name != "letter_date"]
    made = Made(order, ["letter_date", *dice.sample(others, dice.randrange(0, 5))])
    write = {name: writer(dice, order) for name in made.fields}
    no_day = "02/31/2023" if order == "mdy" else "31/02/2023"
    spoils = ("?", no_day, "13/13/2023", "n/d", "2023-02-30", "12", "#REF!")
    for number in range(dice.choice((1, 2, 3, 8, 25))):
        life = a_life(dice)
        cells = []
        for name in made.fields:
            if name != "letter_date" and dice.random() < 0.1:
                cells.append(None)
                continue
            if dice.random() < 0.02:
                made.spoilt.add((number + 2, name))
                cells.append(dice.choice(spoils))
                continue
            cells.append(write[name](life[name]))
        made.rows.append([f"C{1_000_000 + number}", "Moreau", *cells])
        made.days.append(life)
    return made


def wrongly_read(made: Made) -> tuple[str, list[tuple[int, str, object, object]]]:
    """How the order was settled, and the cells read as another day than the one that was meant."""
    header = ("Réf. individuelle", "Nom", *(FIELDS[name] for name in made.fields))
    try:
        file = parsed_rows(*made.rows, header=header)
    except ExchangeError as error:
        return error.code, []
    wrong = []
    for row in file.sheets[0].rows:
        for name in made.fields:
            read, meant = row.values.get(name), made.days[row.row - 2][name]
            spoilt = (row.row, name) in made.spoilt
            flagged = any(issue.column == name for issue in row.issues)
            if read is not None and read != meant and not spoilt and not flagged:
                wrong.append((row.row, name, read, meant))
    return file.date_proof.proved_by, wrong


def test_no_date_of_a_thousand_columns_is_read_wrongly_without_a_word() -> None:
    dice = random.Random(20261122)
    columns, settled = 0, Counter[str]()
    while columns < WANTED:
        made = a_file(dice)
        columns += len(made.fields)
        how, wrong = wrongly_read(made)
        settled[how] += 1
        assert not wrong, (made.order, made.fields, made.rows, wrong)
    assert set(settled) == {"day_over_12", "order_of_life", "ambiguous_dates", "not_needed"}
    assert settled["day_over_12"] > settled["ambiguous_dates"], settled


def rows_of(*columns: list[str]) -> list[list[str]]:
    return [
        [f"C{1_000_000 + n}", "Moreau", *cells]
        for n, cells in enumerate(zip(*columns, strict=True))
    ]


def test_a_column_in_another_order_that_proves_it_is_read_alone() -> None:
    header = ("Réf. individuelle", "Nom", "Date lettre", "Lettre reçue le", "Date de naissance")
    rows = rows_of(
        ["14/03/2023", "01/02/2023"], ["15/03/2023", "02/02/2023"], ["12/25/1990", "03/04/1990"]
    )
    (first, second) = parsed_rows(*rows, header=header).sheets[0].rows
    assert (first.values["letter_date"], first.values["birth_date"]) == (
        date(2023, 3, 14), date(1990, 12, 25),
    )  # fmt: skip
    assert (second.values["letter_date"], second.values["birth_date"]) == (
        date(2023, 2, 1), date(1990, 3, 4),
    )  # fmt: skip


def test_a_day_that_does_not_exist_disproves_no_column() -> None:
    header = ("Réf. individuelle", "Nom", "Date lettre", "Échéance du passeport")
    rows = rows_of(
        ["03/14/2023", "02/20/2023", "02/01/2023"], ["31/02/2029", "04/03/2030", "05/06/2031"]
    )
    file = parsed_rows(*rows, header=header).sheets[0]
    assert [row.values.get("passport_expiry") for row in file.rows] == [
        None, date(2030, 4, 3), date(2031, 5, 6),
    ]  # fmt: skip
    assert [issue.code for issue in file.issues] == ["bad_date"]


def test_years_of_two_digits_beside_long_ones_are_asked_about() -> None:
    header = ("Réf. individuelle", "Nom", "Date lettre", "CSQ délivré le")
    rows = rows_of(["14/03/2023", "15/03/2023"], ["22.10.03", "21.11.04"])
    with pytest.raises(ExchangeError, match="ambiguous_dates") as caught:
        parsed_rows(*rows, header=header)
    assert caught.value.parameters == {"column": "CSQ délivré le"}
    certain = rows_of(["14/03/2023", "15/03/2023"], ["22.10.20", "21.11.32"])
    assert parsed_rows(*certain, header=header).date_proof.order == "dmy"


def test_the_lives_that_the_columns_are_made_of_are_possible() -> None:
    """The generator itself: in the order of life, and none in the future."""
    dice = random.Random(3)
    for _life in range(500):
        life = a_life(dice)
        past = [life[n] for n in ("birth_date", "csq_issue_date", "letter_date")]
        assert past == sorted(past)
        assert past[-1] < TODAY
        assert [key for key, _group in groupby(life)] == list(FIELDS)
