# SPDX-License-Identifier: Apache-2.0
"""Workbooks as no careful program writes them, each made from a number; and what they hold.

`differences` compares what our reader gives of a file, cell by cell, with openpyxl.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from hostile_files import SHEET, with_strings, with_styles, xlsx_parts, zipped
from openpyxl import load_workbook
from openpyxl.styles.numbers import is_date_format

from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet, address, column_letters

AFTER_9999 = 2_958_466
WORDS = (
    "Moreau", "Nguyễn", "O’Neil & fils", "  Ÿann ", "Bœuf\u00a0gras", "=1+1", "00123", "a<b", "’",
    "ligne 1\nligne 2", "Đặng", "🙂", "C1000001", "2023-08-20", "#REF!", "'00123", "x" * 300,
)  # fmt: skip
FORMATS = (
    "General", "0", "0.00", "00000", "#,##0", "0%", "yyyy\\-mm\\-dd", "d/m/yyyy", "dd/mm/yyyy;@",
    "[$-C0C]d mmmm yyyy", "m/d/yy h:mm", "[h]:mm:ss", "h:mm", '"le "d', "[Red]0.00", '0" jours"',
    "_-* #,##0.00\\ _$_-", "@", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
    "0000000000", "00\\-0000\\-0000", '"C"0000000', "[Red]000;-000;0", "#,##0.00", "000.0", "00%",
)  # fmt: skip
PADDED: Mapping[str, Callable[[int], str]] = {
    "00000": "{:05d}".format,
    "0000000000": "{:010d}".format,
    "00\\-0000\\-0000": lambda n: f"{n // 10**8:02d}-{n // 10**4 % 10**4:04d}-{n % 10**4:04d}",
    '"C"0000000': "C{:07d}".format,
    "[Red]000;-000;0": lambda n: f"{n:03d}" if n else "0",
}
"""What the formats that pad show of a whole number."""


def odd_workbook(folder: Path, seed: int) -> bytes:
    """An xlsx of one odd sheet; the same bytes for the same number."""
    random = Random(seed)
    parts = xlsx_parts(folder, before=_before(random))
    rows = "".join(_rows(random))
    content = parts[SHEET].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    if random.random() < 0.15:
        content = _prefixed(content)
    if random.random() < 0.2:
        content = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n' + content
    parts[SHEET] = content
    return zipped(with_styles(with_strings(parts, _shared(random)), FORMATS), level=1)


def _shared(random: Random) -> Iterator[bytes]:
    for word in WORDS:
        text = escape(word).encode()
        kind = random.randrange(4)
        if kind == 0:
            half = escape(word[:2]).encode(), escape(word[2:]).encode()
            yield (
                b'</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">' + half[0] + b"</t></r>"
                b'<r><t xml:space="preserve">' + half[1] + b"</t></r></si><si><t>"
            )
        elif kind == 1:
            yield text + b'</t><rPh sb="0" eb="1"><t>lu</t></rPh></si><si><t>'
        elif kind == 2:
            yield b"</t></si><si><t/></si><si><t>" + text
        else:
            yield b"<![CDATA[" + word.encode() + b"]]>" if random.random() < 0.1 else text


def _before(random: Random) -> str:
    dimension = random.choice(("", "A1", "A1:XFD1048576", "B2:C3", "A1:A1"))
    columns = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="9"/></cols>'
    return (f'<dimension ref="{dimension}"/>' if dimension else "") + random.choice(("", columns))


def _rows(random: Random) -> Iterator[str]:
    number = 0
    break_ = random.choice(("", "", "\n  "))
    for _ in range(random.randrange(1, 25)):
        number += random.choice((1, 1, 1, 2, 9))
        hidden = random.choice(("", "", "", ' hidden="1"', ' hidden="0"', ' ht="20"'))
        cells = break_.join(_cells(random, number))
        reference = f' r="{number}"'
        yield f"{break_}<row{reference}{hidden}>{break_}{cells}{break_}</row>"


def _cells(random: Random, row: int) -> Iterator[str]:
    column = -1
    for _ in range(random.randrange(0, 12)):
        step = random.choice((1, 1, 1, 2, 5))
        column += step
        # A cell without an address stands beside the one before it.
        reference = "" if step == 1 and random.random() < 0.1 else f' r="{address(row, column)}"'
        yield random.choice(_MAKERS)(random, reference)


def _number(random: Random, reference: str) -> str:
    value = random.choice(
        (0, 1, -1, 42.0, 0.5, -0.25, 1e15, 123456789012345678, 45000, 45000.75, 59, 60, 61, 0.999,
         "1E+3", 1e-9, 2958465, 2958466, -45000, 1e300, 123456789, 36526.0000001, 7, 1234567,
         12345678, 1234567890, 999999999999999, "12.0")
    )  # fmt: skip
    return f'<c{reference} s="{random.randrange(len(FORMATS))}"><v>{value}</v></c>'


def _shared_text(random: Random, reference: str) -> str:
    return f'<c{reference} t="s"><v>{random.randrange(len(WORDS))}</v></c>'


def _inline_text(random: Random, reference: str) -> str:
    word = escape(random.choice(WORDS))
    rich = f'<is><r><t xml:space="preserve">{word}</t></r></is>'
    plain = f'<is><t xml:space="preserve">{word}</t></is>'
    return f'<c{reference} t="inlineStr">{random.choice((rich, plain))}</c>'


def _formula(random: Random, reference: str) -> str:
    formula = random.choice(
        ("<f>A1+1</f>", '<f t="shared" si="0"/>', "<f>IF(A1&gt;2,&quot;a&quot;)</f>")
    )
    kind, value = random.choice(
        (("", "<v>7</v>"), ("", ""), (' t="str"', f"<v>{escape(random.choice(WORDS))}</v>"),
         (' t="b"', "<v>1</v>"), (' t="e"', "<v>#DIV/0!</v>"), ("", "<v>-3</v>"), ("", "<v></v>"))
    )  # fmt: skip
    return f"<c{reference}{kind}>{formula}{value}</c>"


def _odd_cell(random: Random, reference: str) -> str:
    return random.choice(
        (
            f'<c{reference} t="b"><v>{random.randrange(2)}</v></c>',
            f'<c{reference} t="e"><v>#N/A</v></c>',
            f"<c{reference} t='e'><v>#REF!</v></c>",
            f'<c{reference} s="3"/>',
            f"<c{reference}></c>",
            f"<c{reference}><v></v></c>",
            f'<c{reference} t="n" s="1"><v>12</v></c>',
            f"<c{reference}><v><!-- a note -->5</v></c>",
        )
    )


_MAKERS: tuple[Callable[[Random, str], str], ...] = (
    _number, _number, _shared_text, _shared_text, _inline_text, _formula, _odd_cell,
)  # fmt: skip


def _prefixed(content: bytes) -> bytes:
    """The sheet with a prefix before each of its elements, as some libraries write it."""
    content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content)
    return content.replace(b"xmlns=", b"xmlns:x=")


def differences(path: Path) -> tuple[int, list[str]]:
    """How many cells of a file hold something, and those that our reader loses or changes."""
    found: list[str] = []
    cells = 0
    ours = {sheet.name: sheet for sheet in read_workbook(path).sheets}
    values = load_workbook(path, data_only=True, rich_text=False)
    formulas = load_workbook(path)
    for page in values.worksheets:
        sheet = ours[page.title]
        if sheet.hidden:
            continue
        rows = {n for n, about in page.row_dimensions.items() if about.hidden}
        if rows != sheet.hidden_rows:
            found.append(f"{page.title}: hidden rows {sorted(rows ^ sheet.hidden_rows)}")
        for row in page.iter_rows():
            for cell in row:
                position = (cell.row, cell.column - 1)
                formula = formulas[page.title][cell.coordinate].data_type == "f"
                cells += cell.value is not None
                if not _same(cell, formula, sheet, position):
                    found.append(
                        f"{page.title}!{cell.coordinate}: {cell.value!r} {cell.number_format} "
                        f"became {sheet.cell(*position)!r}"
                    )
        found += _more_than(page, sheet)
    return cells, found


def _more_than(page: Any, sheet: Sheet) -> Iterator[str]:
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if value is not None and page.cell(number, column + 1).value is None:
                yield f"{page.title}!{column_letters(column)}{number}: {value!r} came from nowhere"


def _same(cell: Any, formula: bool, sheet: Sheet, position: tuple[int, int]) -> bool:
    given, value = sheet.cell(*position), cell.value
    if position in sheet.error_cells:
        return given is None and cell.data_type == "e"
    if value is None and formula:
        return given is None and position in sheet.uncached_formulas
    if isinstance(value, str) and isinstance(given, str | None):
        # Outer blanks mean nothing where the file does not say that they are to be kept.
        return (given or "").strip() == value.replace("\r\n", "\n").strip()
    numbers = not isinstance(value, bool) and isinstance(value, int | float)
    if numbers and cell.number_format in PADDED and _is_whole(value):
        shown = PADDED[cell.number_format](int(value))
        return given == (int(value) if shown == str(int(value)) else shown)
    if isinstance(given, int | float) and not isinstance(given, bool) and not numbers:
        # No calendar has this day: it stays the number that it is.
        return is_date_format(cell.number_format) and not 0 <= given < AFTER_9999
    if numbers and abs(value) >= 10**15:
        return float(given) == float(value) and position in sheet.lost_digits
    return given == _as_read(value) and isinstance(given, bool) == isinstance(value, bool)


def _is_whole(value: float) -> bool:
    return 0 <= value < 10**15 and value == int(value)


def _as_read(value: Any) -> Cell:
    """A value of openpyxl as our reader gives it."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    plain: Cell = value
    return plain
