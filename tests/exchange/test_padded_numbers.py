# SPDX-License-Identifier: Apache-2.0
"""A number whose format pads it with zeros is what the sheet shows; every other one is itself."""

from __future__ import annotations

import re
import struct
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from exchange_builders import HEADER, a_person, parsed
from hostile_files import SHEET, ods, with_styles, xlsx_parts, zipped
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.number_formats import Padding, padding_of
from imp_plus_desktop.exchange.sheets.sheets import Row

SHOWN = [
    ("00000", 123, "00123"),
    ("0000000000", 12345678, "0012345678"),
    ("00-0000-0000", 12345678, "00-1234-5678"),
    (r"00\-0000\-0000", 1234567890, "12-3456-7890"),
    ('"C"0000000', 123, "C0000123"),
    (r"\C0000000", 1234567, "C1234567"),
    ('"CAN"000000000000', 42, "CAN000000000042"),
    ('000000"-QC"', 7, "000007-QC"),
    ("000 000 000", 46454286, "046 454 286"),
    ("(000) 000-0000", 5145550123, "(514) 555-0123"),
    ("00000;-00000", 123, "00123"),
    ("00000;[Red]-00000;0", 123, "00123"),
    ("[Blue][$-C0C]00000", 123, "00123"),
    ('"a;""b"000', 1, 'a;b001'),
    ("00000", 0, "00000"),
    ("00", 123456, 123456),
    ("00-00", 123456, "1234-56"),
    ('"C"0', 1000001, "C1000001"),
    (r"\W0", 300000001, "W300000001"),
    ('"QC-"0', 12, "QC-12"),
    ("000000000000000", 123456789012345, 123456789012345),
    ("0000000000000000", 123456789012345, "0123456789012345"),
]  # fmt: skip
AS_THEY_ARE = [
    ("General", 123), ("0", 123), ('"C "0', 123), ("#000", 12), ("00#", 12), ("00.00", 12),
    ('0"-A"', 123), ('"Total"0', 123),
    ("0,000", 12), ("00%", 12), ("00000", -12), ("00000", 1.5), ("00000", 10**15),
    ("000$", 5), ("$000", 5), ("[$€-2] 000", 5), ("00/00", 12),
    ("00E+00", 12), ("00?", 12), ("_-000_-", 12), ("* 000", 12), ("[<=99]000;0", 12),
    ("000;[>5]0", 12), ("000;-000;0", 0), ('00"open', 12), ("@", 12), ("[DBNum1]000", 12),
]  # fmt: skip


def one_by_one(folder: Path, cells: list[tuple[str, Any]]) -> list[object]:
    """What our reader gives of cells that openpyxl wrote, each below the other."""
    book = Book()
    for row, (code, value) in enumerate(cells, 1):
        book.active.cell(row, 1, value).number_format = code
    book.save(folder / "a.xlsx")
    return [row[0] for row in read_workbook(folder / "a.xlsx").sheets[0].rows]


def test_a_padded_number_of_an_xlsx_is_what_the_sheet_shows(tmp_path: Path) -> None:
    found = one_by_one(tmp_path, [(code, value) for code, value, _shown in SHOWN])
    assert found == [shown for _code, _value, shown in SHOWN]
    assert read_in_child(tmp_path / "a.xlsx") == read_workbook(tmp_path / "a.xlsx")


def test_every_other_number_is_itself(tmp_path: Path) -> None:
    assert one_by_one(tmp_path, AS_THEY_ARE) == [value for _code, value in AS_THEY_ARE]


def test_a_day_stays_a_day_and_a_text_a_text_beside_padded_numbers(tmp_path: Path) -> None:
    cells = [
        ("00000", "C12"), ("yyyy-mm-dd", date(2023, 8, 20)), ("00000", True), ("00000", 12),
        ("00:00", datetime(2023, 8, 20, 9, 30)), ("hh:mm", 0.25),
    ]  # fmt: skip
    found = one_by_one(tmp_path, cells)
    assert found[:4] == ["C12", date(2023, 8, 20), True, "00012"]
    assert isinstance(found[4], float)
    assert str(found[5]) == "06:00:00"


def styled(folder: Path, rows: str, codes: list[str], **options: str) -> Path:
    """An xlsx of raw rows; style n has the n-th format."""
    path = folder / "a.xlsx"
    path.write_bytes(zipped(with_styles(xlsx_parts(folder, rows, **options), codes)))
    return path


def rows_of(path: Path) -> tuple[Row, ...]:
    return read_workbook(path).sheets[0].rows


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="1"><v>12</v></c>',
        '<c r="A1" s="1" t="n"><v>12</v></c>',
        '<c s="1" r="A1"><v>12</v></c>',
        "<c r='A1' s='1'><v>12</v></c>",
        '<c r = "A1"  s = "1" ><v>12</v></c>',
        '<c r="A1" s="1" cm="1"><f>6+6</f><v>12</v></c>',
        '<c s="1"><v>12.0</v></c>',
        '<c r="A1" s="1"><v>1.2E1</v></c>',
        '<c r="A1" s="1"><f t="shared" si="0"/><v>12</v></c><c r="C1" s="1"/>',
        '<c r="A1" s="1"><v>1<!-- a note -->2</v></c>',
    ],
)
def test_a_padded_cell_is_seen_however_it_is_written(tmp_path: Path, cell: str) -> None:
    path = styled(tmp_path, f'<row r="1">{cell}<c r="B1"><v>3</v></c></row>', ["General", "000"])
    assert rows_of(path) == (("012", 3),)


def test_a_padded_cell_is_seen_under_a_prefix(tmp_path: Path) -> None:
    row = '<row r="2"><c r="B2" s="1"><v>12</v></c></row>'
    parts = with_styles(xlsx_parts(tmp_path, row), ["General", "000"])
    content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", parts[SHEET])
    parts[SHEET] = content.replace(b"xmlns=", b"xmlns:x=")
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts))
    assert rows_of(path) == ((), (None, "012"))


def test_the_first_style_is_the_one_of_cells_that_name_none(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>12</v></c><c r="B1" s="1"><v>12</v></c><c r="C1" s="0"><v>1</v></c>'
    path = styled(tmp_path, f'<row r="1">{cells}</row>', ["000", "General"])
    assert rows_of(path) == (("012", 12, "001"),)


@pytest.mark.parametrize("styles", [3, 40])
def test_each_of_many_padded_styles_pads_as_it_says(tmp_path: Path, styles: int) -> None:
    cells = "".join(
        f'<row r="{n}"><c r="B{n}" s="{n}"><v>7</v></c></row>' for n in range(1, styles)
    )
    codes = ["General", *("0" * (n + 1) for n in range(1, styles))]
    path = styled(tmp_path, cells, codes)
    assert [row[1] for row in rows_of(path)] == ["7".zfill(n + 1) for n in range(1, styles)]


def test_a_row_that_comes_twice_is_padded_twice(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"><v>1</v></c></row><row r="1"><c r="B1" s="1"><v>2</v></c></row>'
    )
    assert rows_of(styled(tmp_path, rows, ["General", "00"])) == (("01", "02"),)


def test_styles_that_are_no_xml_pad_nothing(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="1"><v>1</v></c></row>'
    parts = with_styles(xlsx_parts(tmp_path, row), ["General", "00"])
    styles = parts["xl/styles.xml"].replace(b"<cellXfs", b"<unknown:name/><cellXfs")
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({**parts, "xl/styles.xml": styles}))
    assert rows_of(path) == ((1,),)


def test_entities_in_the_styles_are_refused(tmp_path: Path) -> None:
    parts = with_styles(xlsx_parts(tmp_path), ["General", "00"])
    parts["xl/styles.xml"] = b'<!DOCTYPE a [<!ENTITY b "00">]>' + parts["xl/styles.xml"]
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts))
    with pytest.raises(ExchangeError) as caught:
        read_workbook(path)
    assert caught.value.code == "damaged"


def test_styles_in_utf_16_pad_too(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" s="1"><v>1</v></c></row>'
    parts = with_styles(xlsx_parts(tmp_path, row), ["General", "00"])
    text = '<?xml version="1.0" encoding="UTF-16"?>' + parts["xl/styles.xml"].decode()
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped({**parts, "xl/styles.xml": text.encode("utf-16")}))
    assert rows_of(path) == (("01",),)


# A format as pieces: zeros and texts, each text as it is written and as it is shown.
LITERALS = st.one_of(
    st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=4).map(
        lambda text: (f'"{text}"', text)
    ),
    st.characters(exclude_categories=["Cs"]).map(lambda sign: ("\\" + sign, sign)),
    st.sampled_from("-+(): \u00a0").map(lambda sign: (sign, sign)),
)
PIECES = st.lists(st.one_of(st.just(("0", None)), LITERALS), min_size=1, max_size=20)


@given(PIECES, st.integers(0, 10**15 - 1), st.sampled_from(["", ";-0", ';"x";0;@']))
def test_any_format_of_zeros_and_texts_shows_them_all(
    pieces: list[tuple[str, str | None]], number: int, others: str
) -> None:
    zeros = sum(shown is None for _written, shown in pieces)
    found = padding_of("".join(written for written, _shown in pieces) + others)
    before = "".join(shown or "" for _written, shown in pieces[:-1])
    lettered = pieces[-1] == ("0", None) and re.fullmatch("[A-Za-z]{1,3}-?", before)
    if zeros < 2 and not lettered:
        assert found is None
        return
    assert found is not None
    digits = list(str(number).zfill(zeros))
    first = "".join(digits[: len(digits) - zeros + 1])
    rest = iter([first, *digits[len(digits) - zeros + 1 :]])
    expected = "".join(next(rest) if shown is None else shown for _written, shown in pieces)
    own_zero = number == 0 and others.count(";") > 1
    same = expected == str(number)
    assert found.shown(number) == (None if own_zero or same else expected)
    assert found.shown(-number - 1) is None
    assert found.shown(number + 10**15) is None


@given(st.text(st.sampled_from('0#?.,%$E/dmyhs@;"\\_*[]-<>= AbC'), max_size=12))
def test_any_text_is_a_padding_or_none(code: str) -> None:
    found = padding_of(code)
    if found is not None:
        bare = re.sub(r'"[^"]*"|\\.', "", code).split(";")[0]
        assert re.fullmatch(r"[-0<>= ]*", bare)
        is_lettered = found.width == 1 and found.before.isalpha()  # as in `"C"0`
        assert bare.count("0") >= (1 if is_lettered else 2)


@pytest.mark.parametrize("code", [None, "", "0" * 256, "00" + " " * 300])
def test_what_no_program_writes_as_a_format_pads_nothing(code: str | None) -> None:
    assert padding_of(code) is None


def test_a_padding_knows_no_number_that_is_none() -> None:
    padding = Padding("", ((5, ""),))
    assert [padding.shown(value) for value in (float("nan"), float("inf"), 1e300)] == [None] * 3
    assert padding.shown(12.0) == "00012"


# The styles of ods, xlsb and xls.

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
)


def number_style(name: str, inside: str) -> str:
    return f'<number:number-style style:name="{name}">{inside}</number:number-style>'


def zeros(count: int, inside: str = "", more: str = "") -> str:
    about = f'number:decimal-places="0" number:min-integer-digits="{count}" {more}'
    return f"<number:number {about}>{inside}</number:number>"


def cell_style(name: str, number: str = "", parent: str = "Default") -> str:
    data = f'style:data-style-name="{number}" ' if number else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" {data}'
        f'style:parent-style-name="{parent}"/>'
    )


def ods_number(value: float, style: str = "", more: str = "") -> str:
    named = f'table:style-name="{style}" ' if style else ""
    return f'<table:table-cell {named}{more} office:value-type="float" office:value="{value}"/>'


def ods_rows(folder: Path, styles: str, rows: str, common: str = "") -> tuple[Row, ...]:
    path = folder / "a.ods"
    path.write_bytes(ods(rows, styles=styles, common=common))
    return rows_of(path)


@pytest.mark.parametrize(
    ("inside", "value", "shown"),
    [
        (zeros(5), 123, "00123"),
        ("<number:text>C</number:text>" + zeros(7), 123, "C0000123"),
        (zeros(6) + "<number:text>-QC</number:text>", 7, "000007-QC"),
        (
            zeros(
                10,
                '<number:embedded-text number:position="8">-</number:embedded-text>'
                '<number:embedded-text number:position="4">-</number:embedded-text>',
            ),
            12345678,
            "00-1234-5678",
        ),
        ('<style:text-properties fo:color="#ff0000"/>' + zeros(3), 1, "001"),
        (zeros(1), 123, 123),
        ("<number:text>C</number:text>" + zeros(1), 123, "C123"),
        (zeros(3, more='number:grouping="true"'), 12, 12),
        (zeros(3, more='number:display-factor="1000"'), 12, 12),
        (zeros(3).replace('decimal-places="0"', 'decimal-places="2"'), 12, 12),
        (zeros(999999999), 12, 12),
        (zeros(3, '<number:embedded-text number:position="9">-</number:embedded-text>'), 12, 12),
        (zeros(3) + "<number:currency-symbol>$</number:currency-symbol>", 12, 12),
        (zeros(3) + zeros(3), 12, 12),
        (zeros(3), -12, -12),
        (zeros(3), 1.5, 1.5),
    ],
)
def test_a_padded_number_of_an_ods_is_what_the_sheet_shows(
    tmp_path: Path, inside: str, value: float, shown: object
) -> None:
    styles = cell_style("ce1", "N1") + number_style("N1", inside)
    row = f"<table:table-row>{ods_number(value, 'ce1')}{ods_number(5)}</table:table-row>"
    assert ods_rows(tmp_path, styles, row) == ((shown, 5),)


def test_a_cell_of_an_ods_takes_the_style_of_its_row_or_its_column(tmp_path: Path) -> None:
    styles = "".join(
        number_style(f"N{n}", zeros(n)) + cell_style(f"ce{n}", f"N{n}") for n in (2, 3, 4)
    )
    content = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="ce3"/><table:table-column/>'
        f"<table:table-row>{ods_number(1) * 4}</table:table-row>"
        '<table:table-row table:default-cell-style-name="ce4">'
        f"{ods_number(1)}{ods_number(1, 'ce2')}{ods_number(1)}</table:table-row>"
    )
    assert ods_rows(tmp_path, styles, content) == ((1, 1, "001", 1), ("0001", "01", "0001"))


def test_a_named_style_of_an_ods_pads_too(tmp_path: Path) -> None:
    common = (
        number_style("N9", zeros(4))
        + cell_style("Numéro", "N9")
        + cell_style("Numéro_20_gras", parent="Numéro")
        + cell_style("round", parent="round")
    )
    styles = cell_style("ce1", parent="Numéro_20_gras") + number_style("N9", zeros(1))
    cells = [ods_number(7, name) for name in ("Numéro", "ce1", "round", "unknown")]
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    assert ods_rows(tmp_path, styles, row, common) == (("0007", "0007", 7, 7),)


def test_a_format_of_an_ods_for_positive_numbers_pads_those(tmp_path: Path) -> None:
    def of_sections(name: str, condition: str) -> str:
        applied = f'style:condition="{condition}" style:apply-style-name="{name}P0"'
        negative = "<number:text>-</number:text>" + zeros(5)
        return number_style(f"{name}P0", zeros(5)) + number_style(
            name, f"{negative}<style:map {applied}/>"
        )

    styles = "".join(
        of_sections(f"N{n}", condition) + cell_style(f"ce{n}", f"N{n}")
        for n, condition in enumerate(("value()&gt;=0", "value()&gt;0", "value()&lt;9"))
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(ods_number(value, f"ce{n}") for n in range(3))
        + "</table:table-row>"
        for value in (7, 0, -7)
    )
    assert ods_rows(tmp_path, styles, rows) == (
        ("00007", "00007", 7),
        ("00000", 0, 0),
        (-7, -7, -7),
    )


def test_broken_styles_of_an_ods_pad_nothing(tmp_path: Path) -> None:
    row = f"<table:table-row>{ods_number(7, 'Numéro')}</table:table-row>"
    common = number_style("N9", zeros(4)) + cell_style("Numéro", "N9") + "<broken"
    assert ods_rows(tmp_path, "", row, common) == ((7,),)


def biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


@pytest.mark.parametrize("biff8", [True, False])
def test_a_padded_number_of_an_xls_is_what_the_sheet_shows(tmp_path: Path, biff8: bool) -> None:
    version = 0x600 if biff8 else 0x500

    def text(value: str, count: str) -> bytes:
        flags = b"\0" if biff8 else b""
        return struct.pack(count, len(value)) + flags + value.encode("latin-1")

    codes = ("General", "00000", '"C"0000000')
    start = biff(0x809, struct.pack("<HHHH", version, 5, 0, 0)) + biff(0x42, b"\xe4\x04")
    start += b"".join(
        biff(0x41E, struct.pack("<H", 200 + n) + text(code, "<H" if biff8 else "<B"))
        for n, code in enumerate(codes)
    )
    start += b"".join(biff(0xE0, struct.pack("<HH", 0, 200 + n) + bytes(16)) for n in range(3))
    name = text("Liste", "<B")
    size = len(start) + 4 + 6 + len(name) + 4
    entry = biff(0x85, struct.pack("<IBB", size, 0, 0) + name)
    cells = (
        biff(0x203, struct.pack("<HHHd", 0, 0, 0, 123.0)),
        biff(0x203, struct.pack("<HHHd", 0, 1, 1, 123.0)),
        biff(0x27E, struct.pack("<HHHI", 0, 2, 2, 123 << 2 | 2)),
        biff(0xBD, struct.pack("<HHHIHIH", 1, 0, 1, 5 << 2 | 2, 2, 6 << 2 | 2, 1)),
        biff(0x203, struct.pack("<HHHd", 2, 0, 1, -5.0)),
    )
    sheet = biff(0x809, struct.pack("<HHHH", version, 0x10, 0, 0)) + b"".join(cells)
    path = tmp_path / "a.xls"
    path.write_bytes(start + entry + biff(0xA, b"") + sheet + biff(0xA, b""))
    assert rows_of(path) == ((123, "00123", "C0000123"), ("00005", "C0000006"), (-5,))


def biff12(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def test_a_padded_number_of_an_xlsb_is_what_the_sheet_shows(tmp_path: Path) -> None:
    codes = ("General", "00000", "00-0000")
    styles = [biff12(44, struct.pack("<H", 200 + n) + wide(c)) for n, c in enumerate(codes)]
    styles += [biff12(47, struct.pack("<HH", 0, 201) + bytes(12)), biff12(617, bytes(4))]
    styles += [biff12(47, struct.pack("<HH", 0, 200 + n) + bytes(12)) for n in range(3)]
    cells = [
        biff12(5, struct.pack("<IId", 0, 0, 123.0)),
        biff12(5, struct.pack("<IId", 1, 1, 123.0)),
        biff12(2, struct.pack("<III", 2, 2, 123 << 2 | 2)),
        biff12(5, struct.pack("<IId", 3, 1, 1.5)),
    ]
    parts = xlsx_parts(tmp_path)
    relations = "xl/_rels/workbook.{}.rels"
    path = tmp_path / "a.xlsb"
    path.write_bytes(
        zipped(
            {
                "[Content_Types].xml": parts["[Content_Types].xml"],
                "_rels/.rels": parts["_rels/.rels"].replace(b"workbook.xml", b"workbook.bin"),
                "xl/workbook.bin": biff12(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S")),
                relations.format("bin"): parts[relations.format("xml")],
                "xl/styles.bin": b"".join([*styles, biff12(618)]),
                SHEET: b"".join([biff12(0, struct.pack("<I", 0) + bytes(13)), *cells]),
            }
        )
    )
    assert rows_of(path) == ((123, "00123", "00-0123", 1.5),)


# What the fields make of it.


def test_padded_identifiers_are_good_and_padded_counts_and_days_are_numbers(
    tmp_path: Path,
) -> None:
    header = [*HEADER, "IUC", "N° de passeport", "Nombre d'enfants", "Lettre reçue le"]
    formats = ['"C"0000000', *["General"] * 4, "00000", "00-0000-0000", "00000000", "00", "00000"]
    people = [
        [*a_person(reference=7, letter=45158), 12345678, 4567, 2, 45160],
        [*a_person(reference=1000008, letter=45158), 1234567890, 12345678, 12, 45161],
    ]
    book = Book()
    for row in [header, *people]:
        book.active.append(row)
    for row in book.active.iter_rows(min_row=2):
        for cell, code in zip(row, formats, strict=True):
            if code != "General":
                cell.number_format = code
    book.save(tmp_path / "a.xlsx")
    file = parsed(read_workbook(tmp_path / "a.xlsx"))
    assert file.issues == ()
    names = ("individual_reference", "uci", "passport_number", "children", "letter_date",
             "letter_received_date")  # fmt: skip
    assert [tuple(row.values[name] for name in names) for row in file.sheets[0].rows] == [
        ("C0000007", "00-1234-5678", "00004567", 2, date(2023, 8, 20), date(2023, 8, 22)),
        ("C1000008", "12-3456-7890", "12345678", 12, date(2023, 8, 20), date(2023, 8, 23)),
    ]


def test_a_padded_uci_lost_no_zero(tmp_path: Path) -> None:
    header = [*HEADER, "IUC"]
    book = Book()
    book.active.append(header)
    for number, code in enumerate(("0000000000", "General"), 1):
        book.active.append([*a_person(number), 123456780 + number])
        book.active.cell(number + 1, len(header)).number_format = code
    book.save(tmp_path / "a.xlsx")
    file = parsed(read_workbook(tmp_path / "a.xlsx"))
    assert [(issue.row, issue.code) for issue in file.issues] == [(3, "zero_restored")]
    assert [row.values["uci"] for row in file.sheets[0].rows] == ["0123456781", "0123456782"]


def test_a_uci_of_eight_digits_under_nine_zeros_is_that_of_eight(tmp_path: Path) -> None:
    header = [*HEADER, "IUC"]
    book = Book()
    book.active.append(header)
    book.active.append([*a_person(1), 12345678])
    book.active.cell(2, len(header)).number_format = "000000000"
    book.active.append([*a_person(2), "012345679"])
    book.save(tmp_path / "a.xlsx")
    file = parsed(read_workbook(tmp_path / "a.xlsx"))
    assert file.issues == ()
    assert [row.values["uci"] for row in file.sheets[0].rows] == ["12345678", "12345679"]
