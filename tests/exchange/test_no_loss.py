# SPDX-License-Identifier: Apache-2.0
"""Every cell that holds something in a file reaches the preview, as itself or with its address."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from exchange_builders import FILES, make_xlsx, raw_xlsx
from hostile_files import SHEET, ods, with_part, xlsx_parts, zipped
from odd_workbooks import differences, odd_workbook

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.reader import read_pasted, read_workbook
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.sheets import Sheet, Workbook

pytestmark = pytest.mark.child

SHORT, LONG = range(25), range(25, 1500)


def first_sheet(path: Path) -> Sheet:
    return read_workbook(path).sheets[0]


@pytest.mark.parametrize("path", sorted(FILES.glob("*.xlsx")), ids=lambda path: path.name)
def test_a_sample_loses_no_cell(path: Path) -> None:
    cells, lost = differences(path)
    assert cells > 20
    assert lost == []


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date", "ignore:Workbook contains no")
def test_an_odd_workbook_loses_no_cell(tmp_path: Path) -> None:
    _lose_nothing(tmp_path, SHORT)


@pytest.mark.corpus
@pytest.mark.timeout(1800)
@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date", "ignore:Workbook contains no")
def test_no_odd_workbook_loses_a_cell(tmp_path: Path) -> None:
    _lose_nothing(tmp_path, LONG)


def _lose_nothing(folder: Path, seeds: Iterable[int]) -> None:
    path = folder / "odd.xlsx"
    for seed in seeds:
        path.write_bytes(odd_workbook(folder, seed))
        _cells, lost = differences(path)
        assert (seed, lost) == (seed, [])


def test_what_the_child_sends_is_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    for seed in (3, 4, 5):
        path.write_bytes(odd_workbook(tmp_path, seed))
        assert read_in_child(path) == read_workbook(path)


@pytest.mark.parametrize("name", ["messy-2023.xlsb", "messy-2023-indented.ods"])
def test_a_list_saved_as_another_kind_is_the_same_list(name: str) -> None:
    original = read_workbook(FILES / "messy-2023.xlsx")
    other = read_workbook(FILES / name)
    assert [sheet.rows for sheet in other.sheets] == [sheet.rows for sheet in original.sheets]


def test_the_errors_of_an_xlsb_have_their_addresses() -> None:
    original, other = (
        read_workbook(FILES / name).sheets[1] for name in ("messy-2023.xlsx", "messy-2023.xlsb")
    )
    assert other.error_cells == original.error_cells != {}


def test_an_excel_95_list_is_read_but_for_the_letters_that_its_writer_could_not_write() -> None:
    original, other = (
        read_workbook(FILES / name).sheets[1]
        for name in ("messy-2023.xlsx", "messy-2023-excel95.xls")
    )

    def plain(cell: object) -> object:
        return "".join(c if c.isascii() else "_" for c in cell) if isinstance(cell, str) else cell

    assert other.rows == tuple(tuple(plain(c) for c in row) for row in original.rows)
    assert other.error_cells == original.error_cells


def test_excels_own_xlsb_gives_its_dates_and_times() -> None:
    rows = first_sheet(FILES / "excel-dates.xlsb").rows
    assert rows[0] == ("Date", "Time")
    assert rows[1] == (date(2014, 12, 25), time(11, 11, 11))


def _biff5(*cells: tuple[int, bytes]) -> bytes:
    """A bare BIFF5 stream of one sheet."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    start = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + record(0x42, b"\xe4\x04")
    style = record(0xE0, struct.pack("<HH", 0, 14) + bytes(12))
    name = "Liste".encode("cp1252")
    size = len(start) + len(style) + 4 + 7 + len(name) + 4
    entry = record(0x85, struct.pack("<IBBB", size, 0, 0, len(name)) + name)
    sheet = record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))
    return start + style + entry + record(0xA, b"") + sheet + b"".join(
        record(kind, content) for kind, content in cells
    ) + record(0xA, b"")  # fmt: skip


def test_a_biff5_list_keeps_its_accents_its_dates_and_its_errors(tmp_path: Path) -> None:
    text = "Bœuf Élodie".encode("cp1252")
    path = tmp_path / "liste.xls"
    path.write_bytes(
        _biff5(
            (0x204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text),
            (0x203, struct.pack("<HHHd", 0, 1, 0, 45158.0)),
            (0x205, struct.pack("<HHHBB", 1, 0, 0, 0x17, 1)),
            (0x205, struct.pack("<HHHBB", 1, 1, 0, 1, 0)),
            (0x208, struct.pack("<8H", 1, 0, 2, 0, 0, 0, 0x20, 0)),
            (0x7D, struct.pack("<5H", 1, 1, 0, 0, 1) + b"\0\0"),
        )
    )
    sheet = first_sheet(path)
    assert sheet.rows == (("Bœuf Élodie", date(2023, 8, 20)), (None, True))
    assert sheet.error_cells == {(2, 0): "#REF!"}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {1})


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<v><![CDATA[12]]></v>", 12),
        ("<v>1<!-- a note -->2</v>", 12),
        ("<v>NaN</v>", "nan"),
        ("<is><t>sans type</t></is>", "sans type"),
    ],
)
def test_what_the_fast_reader_drops_is_put_back(
    tmp_path: Path, cell: str, expected: object
) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1"><c r="A1">{cell}</c></row>')
    assert first_sheet(path).cell(1, 0) == expected


def test_a_text_without_its_wrapping_is_put_back(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="3"><c r="B3" t="inlineStr"><v>Moreau &amp; fils</v></c></row>',
    )
    assert first_sheet(path).rows == ((), (), (None, "Moreau & fils"))
    assert read_in_child(path) == read_workbook(path)


def test_a_lost_cell_is_missed_also_where_nothing_stands_in_the_first_columns(
    tmp_path: Path,
) -> None:
    rows = '<row r="1"><c r="C1"><v>1</v></c><c r="C1"><v>2</v></c><c r="D1"><v>3</v></c></row>'
    sheet = read_workbook(raw_xlsx(tmp_path / "c.xlsx", rows)).sheets[0]
    assert sheet.error_cells == {(1, 2): "1 / 2"}
    assert sheet.rows[0][3] == 3


def test_a_cell_that_comes_twice_is_an_issue(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
    )
    assert first_sheet(path).error_cells == {(1, 0): "1 / 2"}


def test_a_number_that_no_calendar_has_does_not_stop_the_list(tmp_path: Path) -> None:
    parts = xlsx_parts(
        tmp_path, '<row r="1"><c s="1" r="A1"><v>123456789012</v></c><c r="B1"><v>2</v></c></row>'
    )
    styles = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="46"/></cellXfs></styleSheet>'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(with_part(parts, "styles", styles)))
    assert first_sheet(path).rows == ((123456789012, 2),)


def test_a_part_in_utf_16_is_read(tmp_path: Path) -> None:
    parts = xlsx_parts(tmp_path, '<row r="1"><c r="A1" t="str"><v>Élodie</v></c></row>')
    text = '<?xml version="1.0" encoding="UTF-16"?>' + parts[SHEET].decode()
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({**parts, SHEET: text.encode("utf-16")}))
    assert first_sheet(path).rows == (("Élodie",),)


def test_the_cells_of_an_ods_are_read_as_they_say(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(
        ods(
            '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
            '<table:table-row table:visibility="collapse">'
            '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p>'
            "</office:annotation><text:p>ligne<text:s text:c='2'/>1</text:p><text:p>ligne "
            "<text:span>2</text:span><text:tab/>x</text:p></table:table-cell>"
            '<table:table-cell office:value-type="float" office:value="123456789012345678"/>'
            '<table:table-cell office:value-type="date" office:date-value="2023-08-20T00:00:00"/>'
            '<table:table-cell office:value-type="date" office:date-value="-0044-03-15">'
            "<text:p>ides</text:p></table:table-cell>"
            '<table:table-cell office:value-type="time" office:time-value="PT26H30M00S"/>'
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
            '<table:table-cell table:formula="of:=A1"/>'
            '<table:table-cell office:value-type="percentage" office:value="0.5" '
            'table:number-columns-repeated="2"/></table:table-row>'
        )
    )
    sheet = first_sheet(path)
    assert sheet.rows == (
        (), (),
        ("ligne  1\nligne 2\tx", 123456789012345680, date(2023, 8, 20), "ides", "26:30:00", True,
         None, 0.5, 0.5),
    )  # fmt: skip
    assert sheet.hidden_rows == {3}
    assert sheet.uncached_formulas == {(3, 6)}
    assert sheet.lost_digits == {(3, 1)}


@pytest.mark.parametrize(
    "text",
    [
        'Nom\tNote\r\nMoreau\t"ligne 1\nligne ""2"""\r\nRoy\t5" x 3"\r\n',
        'Nom\tNote\nMoreau\t"ligne 1\nligne ""2"""\nRoy\t5" x 3"',
    ],
)
def test_pasted_cells_are_read_as_excel_and_libreoffice_put_them(text: str) -> None:
    book = read_pasted(text, "Presse-papiers")
    assert isinstance(book, Workbook)
    assert book.kind == "tsv"
    assert book.sheets[0].rows == (
        ("Nom", "Note"), ("Moreau", 'ligne 1\nligne "2"'), ("Roy", '5" x 3"'),
    )  # fmt: skip


def test_pasted_cells_keep_commas_and_lone_quotes() -> None:
    (sheet,) = read_pasted('NOM, Prénom\tNote\n"Le Grand" Roy, Luc\ta\n').sheets
    assert sheet.rows == (("NOM, Prénom", "Note"), ('"Le Grand" Roy, Luc', "a"))


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff\n"])
def test_an_empty_clipboard_is_said_to_be_empty(text: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read_pasted(text)
    assert caught.value.code == "empty_file"


def test_a_sheet_that_no_library_names_sanely_is_read(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", {"a&b <'\"> é": [["x"]]})
    assert read_workbook(path).sheets[0].rows == (("x",),)


SOFFICE = shutil.which("soffice")


@pytest.mark.corpus
@pytest.mark.timeout(900)
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_list_that_libreoffice_saved_is_the_same_list(tmp_path: Path, kind: str) -> None:
    for path in sorted(FILES.glob("*.xlsx")):
        _convert(path, kind, tmp_path)
        saved = read_workbook(tmp_path / f"{path.stem}.{kind}")
        original = read_workbook(path)
        for sheet, other in zip(original.sheets, saved.sheets, strict=True):
            if sheet.hidden:
                continue
            # LibreOffice works out the formulas that came without their value.
            found = {k: v for k, v in _values(other).items() if k not in sheet.uncached_formulas}
            assert found == _values(sheet)
            assert other.error_cells.keys() == sheet.error_cells.keys()
            assert other.hidden_rows >= sheet.hidden_rows


def _convert(path: Path, kind: str, folder: Path) -> None:
    home = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), home, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)


def _values(sheet: Sheet) -> dict[tuple[int, int], Any]:
    return {
        (number, column): cell
        for number, row in enumerate(sheet.rows, 1)
        for column, cell in enumerate(row)
        if cell is not None
    }
