# SPDX-License-Identifier: Apache-2.0
"""Tables of any kind are read or refused with a reason: nothing breaks, and no row gets lost."""

from __future__ import annotations

import random
import tomllib
from datetime import date, datetime, time
from typing import Any

from exchange_builders import FILES, VOCABULARY, parsed

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.columns.layout import SheetMapping, sketch
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet, Workbook

TABLE = tomllib.loads((FILES / "headers.toml").read_text(encoding="utf-8"))
TEXTS = [text for texts in TABLE["fields"].values() for text in texts] + TABLE["not_ours"]
FIELDS = list(VOCABULARY.fields)
CASES = 250


def a_cell(dice: random.Random) -> Cell:
    letters = "".join(chr(dice.randrange(32, 0x2FFF)) for _ in range(dice.randrange(1, 12)))
    cells: tuple[Cell, ...] = (
        None, "", dice.choice(TEXTS), f"{dice.choice(TEXTS)}\n{dice.choice(TEXTS)}", "03/04/2023",
        "13/04/2023", 45000, 45000.5, -3.2, 10**17, True, date(2023, 1, 2),
        datetime(2023, 1, 2, 3, 4), time(3, 4), "#REF!", letters,
    )  # fmt: skip
    return dice.choice(cells)


def a_sheet(dice: random.Random, name: str) -> Sheet:
    wide, header = dice.randrange(9), dice.randrange(4)
    rows: list[tuple[Cell, ...]] = []
    for number in range(dice.randrange(14)):
        cells = [a_cell(dice) for _ in range(dice.randrange(wide + 4))]
        if number == header:
            first = dice.choice((["Nom", "Date lettre"], ["Lien", "Nom", "Réf. du principal"]))
            cells = [*first, "Réf. ind.", *dice.sample(TEXTS, wide)]
            dice.shuffle(cells)
        rows.append(tuple(cells))
    some = {(dice.randrange(1, 14), dice.randrange(8)) for _ in range(dice.randrange(4))}
    top, left = dice.randrange(1, 6), dice.randrange(6)
    return Sheet(
        name,
        hidden=dice.random() < 0.1,
        rows=tuple(rows),
        merged=((top, left, top + dice.randrange(2), left + dice.randrange(4)),),
        error_cells=dict.fromkeys(some, "#REF!"),
        uncached_formulas=frozenset(some),
    )


def some_options(dice: random.Random) -> dict[str, Any]:
    columns = {field: dice.randrange(10) for field in dice.sample(FIELDS, 3)}
    row = dice.choice((None, 1, 2, 50))
    texts = ("x", "2023-01-02", "", "Mali", "03/04/2023")
    return {
        "mappings": dice.choice((None, {"S0": SheetMapping(columns, row)})),
        "date_order": dice.choice((None, "dmy", "ymd")),
        "proper_case": dice.choice((None, True)),
        "repairs": [
            Repair(dice.choice(FIELDS), dice.choice(texts), "S0", dice.choice((None, 2, 99)))
        ],
    }


def test_any_table_is_read_or_refused_with_a_reason() -> None:
    dice = random.Random(11)
    read, reasons = 0, set[str]()
    for _case in range(CASES):
        sheets = tuple(a_sheet(dice, f"S{n}") for n in range(dice.randrange(1, 3)))
        try:
            file = parsed(Workbook("xlsx", sheets), **some_options(dice))
        except ExchangeError as error:
            reasons.add(error.code)
            continue
        read += 1
        for sheet in file.sheets:
            numbers = sorted([*(row.row for row in sheet.rows), *sheet.skipped_rows])
            assert numbers == list(range(numbers[0], numbers[-1] + 1)) if numbers else True
    assert read > CASES / 4
    assert reasons <= {"no_list", "no_rows", "ambiguous_dates"}


def test_any_sheet_can_be_shown_for_its_columns_to_be_said() -> None:
    dice = random.Random(12)
    for _case in range(CASES):
        sheet = a_sheet(dice, "S")
        if sheet.rows:
            seen = sketch(sheet, VOCABULARY, dice.choice((None, 1, 40)))
            assert {match.column for match in seen.matches} <= set(seen.headers)
