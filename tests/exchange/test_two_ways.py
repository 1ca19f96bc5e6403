# SPDX-License-Identifier: Apache-2.0
"""What is read in two ways, quickly where it is plain and closely where it is not, is read alike.

Each test names both. The columns and rows of `importing.py` are in `test_columns_of_lists.py`, the
days of a row in `domain/test_date_order.py`, keys and new files in `services/test_new_files.py`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from exchange_builders import HEADER, VOCABULARY, in_memory
from hypothesis import assume, given
from hypothesis import strategies as st

from imp_plus_desktop.exchange.columns.headers import Header, by_words, by_words_or_meaning
from imp_plus_desktop.exchange.columns.layout import HeadersAgain, find_list
from imp_plus_desktop.exchange.lists import list_rows
from imp_plus_desktop.exchange.readers.xlsx import fast_sheets, packages, sheet_scan
from imp_plus_desktop.exchange.readers.xlsx.padded_cells import PaddedStyles
from imp_plus_desktop.exchange.readers.xlsx.sheet_scan import Scan, scan_sheet
from imp_plus_desktop.exchange.sheets.number_formats import padding_of
from imp_plus_desktop.exchange.sheets.sheets import Cell, Limits, column_letters
from imp_plus_desktop.exchange.values import vocabulary
from imp_plus_desktop.exchange.values.header_meanings import GUESSED
from imp_plus_desktop.exchange.writers import row_xml

LIMITS = Limits()


class InPieces:
    """Bytes that come so many at a time, however many are asked for."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content, self._size = io.BytesIO(content), size

    def read(self, _size: int = -1, /) -> bytes:
        return self._content.read(self._size)


VALUES = ("<v>1</v>", "<v>45000</v>", "<v>-2.5</v>", "<f>A1</f><v>3</v>", "<f>A1</f>", "")
CELLS = st.tuples(st.integers(1, 4), st.sampled_from(VALUES), st.sampled_from(["", ' s="1"']))
PLAIN = st.tuples(st.integers(1, 4), st.sampled_from(VALUES[:2]), st.just(""))


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """The XML of a sheet as programs write it, with gaps, errors, hidden and empty rows."""
    number, rows = 0, []
    plain = draw(st.booleans())  # one odd cell keeps the rows beside it from the quick way
    for _ in range(draw(st.integers(0, 8))):
        number += draw(st.integers(1, 3))
        column, cells = -1, []
        for step, content, style in draw(st.lists(PLAIN if plain else CELLS, max_size=5)):
            column += step
            place = f"{column_letters(column)}{number}"
            cells.append(f'<c r="{place}"{style}>{content}</c>')
        if not plain and draw(st.integers(0, 5)) == 0:
            place = f"{column_letters(column + 1)}{number}"
            cells.append(f'<c r="{place}" t="e"><v>#REF!</v></c>')
        hidden = draw(st.sampled_from(["", "", ' hidden="1"', ' hidden="0"']))
        rows.append(f'<row r="{number}"{hidden}>{"".join(cells)}</row>')
    head = '<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
    return f"{head}{''.join(rows)}</sheetData></worksheet>".encode()


def scanned_closely(content: bytes) -> Scan:
    """A sheet scanned by `_scan_closely` alone, its rows told apart by the pattern of any row."""
    scan, number = Scan(), 0
    first, *pieces = sheet_scan._ROW.split(content)
    sheet_scan._scan_head(first, scan)
    for piece in pieces:
        number = sheet_scan._scan_closely(piece, number, False, scan, LIMITS, ())
    return scan


@given(sheets(), st.integers(24, 400))
def test_scan_plain_sees_in_a_row_what_scan_closely_sees(content: bytes, size: int) -> None:
    assert scan_sheet(InPieces(content, size), LIMITS) == scanned_closely(content)


@given(sheets())
def test_scan_plain_sees_no_less_of_an_empty_value_than_scan_closely(content: bytes) -> None:
    # That too few values came makes the row be looked at again: nothing is lost by one too many.
    emptied = content.replace(b"<v>1</v>", b"<v></v>")
    quick, close = scan_sheet(InPieces(emptied, 4096), LIMITS), scanned_closely(emptied)
    assert (quick.errors, quick.hidden_rows) == (close.errors, close.hidden_rows)
    wanted = list(close.expected) + [0] * (len(quick.expected) - len(close.expected))
    assert all(map(int.__ge__, quick.expected, wanted))


PADDING = padding_of("0000000000")
STYLES = st.dictionaries(st.integers(0, 12), st.just(PADDING), min_size=1, max_size=4)
STYLED = st.tuples(
    st.integers(1, 3),
    st.sampled_from([None, *range(13)]),
    st.sampled_from(
        ['r="{0}" s="{1}"', 'r="{0}"  s="{1}"', "s='{1}' r='{0}'", 'r="{0}" t="n" s="{1}"']
    ),
)  # fmt: skip


@given(STYLES, st.lists(STYLED, max_size=6), st.integers(1, 3))
def test_padded_cells_found_by_look_are_those_of_look_closely(
    styles: dict[int, Any], cells: list[tuple[int, int | None, str]], row: int
) -> None:
    column, body = -1, ""
    for step, style, shape in cells:
        column += step
        place = f"{column_letters(column)}{row}"
        said = f'r="{place}"' if style is None else shape.format(place, style)
        body += f"<c {said}><v>12</v></c>"
    quick: dict[int, Any] = {}
    close: dict[int, Any] = {}
    PaddedStyles(styles, quick).look(body.encode(), row)
    PaddedStyles(styles, close)._look_closely(body.encode(), row)
    assert quick == close


GIVEN = (
    st.text("aé ", max_size=3)
    | st.dates()
    | st.datetimes()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.times()
    | st.timedeltas(timedelta(0), timedelta(days=9))
    | st.none()
)


@given(st.lists(GIVEN, min_size=1, max_size=8) | st.lists(st.text(max_size=2), min_size=1))
def test_a_column_of_the_fast_reader_is_what_each_cell_alone_is(cells: list[Any]) -> None:
    def column(lost: set[Any], some: Sequence[Any], first: int) -> list[tuple[type, Cell]]:
        source: Any = None  # nothing is read here
        made = fast_sheets._Given(source, Scan(), lost, LIMITS, {})
        found = made._column(some, set(map(type, some)), first, 3)
        return [(type(cell), cell) for cell in found]

    lost_together: set[Any] = set()
    lost_alone: set[Any] = set()
    together = column(lost_together, cells, 7)
    alone = [column(lost_alone, [cell], row)[0] for row, cell in enumerate(cells, 7)]
    assert together == alone
    assert lost_together == lost_alone


HEADER_TEXTS = [*HEADER, "Family name", "Total", "Totaux", "Sous-total", "Toto", "TOTAL, Jean"]
ROW_CELLS = st.lists(
    st.sampled_from([*HEADER_TEXTS, " nom ", "NOM", "Roy", "C1234567", "Zoé", ""])
    | st.text(max_size=4)
    | st.none()
    | st.sampled_from([1, 2.5, date(2023, 5, 1), datetime(2023, 5, 1), time(8)]),
    max_size=7,
).map(tuple)


BEGUN = st.tuples(
    st.sampled_from(["Total", "TOTAL : 3", "Sous-total", "Totaux", "Toto", "Nom", "C1"]),
    st.sampled_from(["Roy", "Nom", "3"]),
)
PEOPLE = ("C1000001", "Roy", "Awa", date(1990, 1, 2), "Mali", date(2023, 5, 1))
OTHER = ("Reference", "Family name", "Given names", "Date of birth", "Citizenship", "Letter date")
LISTED = st.tuples(*map(st.sampled_from, zip(HEADER, PEOPLE, OTHER, [None] * 6, strict=True)))


@given(ROW_CELLS | BEGUN, st.integers(0, 3))
def test_a_row_that_is_plainly_data_looks_like_data_too(cells: tuple[Cell, ...], lost: int) -> None:
    headers = list_rows._Headers([{i: list_rows._key(text) for i, text in enumerate(HEADER)}])
    says_who = list_rows._Person(find_list(in_memory(HEADER, PEOPLE).sheets[0], VOCABULARY))
    if list_rows._plainly_data(cells, headers):
        assert list_rows._why_not(cells, lost, headers, says_who) is None


@given(st.text() | st.sampled_from(HEADER_TEXTS))
def test_the_quick_key_of_a_cell_is_its_key(text: str) -> None:
    assert list_rows._quick_key(text) == list_rows._key(text)


@given(st.lists(ROW_CELLS | LISTED, min_size=1, max_size=6))
def test_where_no_header_may_be_in_the_columns_none_is_among_the_rows(
    rows: list[tuple[Cell, ...]],
) -> None:
    sheet = in_memory(HEADER, PEOPLE, PEOPLE).sheets[0]
    layout = find_list(sheet, VOCABULARY)
    again = HeadersAgain(layout, VOCABULARY)
    width = len(HEADER)
    wide = [tuple(row[:width]) + (None,) * (width - len(row)) for row in rows]
    if not again.may_be_in(list(zip(*wide, strict=True))):
        below = range(layout.header_row + 2, layout.header_row + 1 + len(wide))
        assert not any(again(number, row) for number, row in zip(below, wide[1:], strict=True))


HEADER_WORDS = (
    "Date", "de", "la", "lettre", "No", "dossier", "Nom", "Prénom", "du", "principal", "permis",
    "CSQ", "passeport", "Roy", "2023", "/", "-", "statut", "remarques", "courriel", "née", "le",
)  # fmt: skip


@given(st.text(max_size=12) | st.lists(st.sampled_from(HEADER_WORDS), max_size=4).map(" ".join))
def test_what_may_be_no_header_is_none_by_its_words_or_meaning_unless_by_a_guess(
    text: str,
) -> None:
    assume(text.strip())
    if not VOCABULARY.may_be_header(text):
        for match in (by_words, by_words_or_meaning):
            said = match(Header(text, ""), VOCABULARY)
            assert said is None or (said[1], said[2]) == (GUESSED, "words")


@given(st.text(st.characters(max_codepoint=0x7F)) | st.text())
def test_a_plain_text_is_cleaned_and_folded_as_any_other(text: str) -> None:
    # An invisible sign sends a text the long way, a letter with an accent likewise.
    assert vocabulary.clean(text) == vocabulary.clean(f"\u200b{text}")
    assert vocabulary.fold(text) + "e" == vocabulary.fold(f"{text}é")
    letters = "".join(filter(str.isalnum, vocabulary.fold(text)))
    assert vocabulary.squeeze(text) == letters


@given(st.text(st.sampled_from("ab é&<>\"'_x000D\n\r\t\x00\x0b\ud800�")) | st.text())
def test_a_text_that_is_written_as_it_is_needs_no_escape(text: str) -> None:
    if row_xml._SPECIAL.search(text) is None:
        assert row_xml._escaped(text).replace("&quot;", '"') == text
        assert text.strip() == text


SIGNS = [b"<!", b"DOCTYPE", b"doctype", b"ENTITY", b"[CDATA[", b"--", b"<?", b"?>", b"a"]
MARKUP = st.lists(st.sampled_from(SIGNS)).map(b"".join)


@given(MARKUP | st.binary())
def test_no_declaration_or_instruction_is_without_the_sign_that_is_looked_for(
    content: bytes,
) -> None:
    if b"!" not in content:
        assert packages._DECLARATION.search(content) is None
        if b"?" not in content:
            assert packages._ODD.search(content) is None


def test_every_odd_mark_of_the_scan_has_the_letter_that_is_looked_for_first() -> None:
    assert all(letter in mark for letter, mark in sheet_scan._ODD_MARKS)
    assert not re.search(rb"\s", b"".join(mark for _letter, mark in sheet_scan._ODD_MARKS))


@pytest.mark.parametrize("space", ["\n", "\r\n  ", "\t"])
@given(content=sheets())
def test_a_sheet_with_blanks_between_its_rows_is_the_same_sheet(space: str, content: bytes) -> None:
    spaced = content.replace(b"<row", space.encode() + b"<row")
    assert scan_sheet(InPieces(spaced, 4096), LIMITS) == scanned_closely(content)
