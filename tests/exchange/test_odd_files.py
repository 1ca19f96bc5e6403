# SPDX-License-Identifier: Apache-2.0
"""Files as Excel and LibreOffice open them, though no careful program writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from exchange_builders import FILES, HEADER, a_person, issues_of, make_xlsx, parsed, raw_xlsx
from hostile_files import SHEET, ods, ods_cell, with_strings, xlsx_parts, zipped
from openpyxl import Workbook as Book
from openpyxl.styles import Font

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.binary import xlsb
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.building import SheetBuilder
from imp_plus_desktop.exchange.sheets.sheets import Limits, Sheet

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
ONE_CELL = '<row r="1"><c r="A1" t="str"><v>Roy</v></c></row>'
_OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MICROSOFT = b"http://schemas.microsoft.com/office/2006/relationships/"
ODD = FILES / "odd"
THREE = [
    ("C1000001", "TREMBLAY", "Marie", date(1990, 3, 14), date(2024, 3, 15)),
    ("C1000002", "NGUYEN", "Thi Linh", date(1985, 11, 23), date(2024, 3, 15)),
    ("C1000003", "DIALLO", "Awa", date(1992, 7, 30), date(2024, 3, 15)),
]


def sheet_of(folder: Path, data: bytes) -> Sheet:
    path = folder / "a.bin"
    path.write_bytes(data)
    assert read_in_child(path) == read_workbook(path)
    return read_workbook(path).sheets[0]


@pytest.mark.parametrize(
    "name",
    [
        "dimension-whole-rows", "merge-whole-columns", "leftover-sheet-without-part",
        "inline-rich-text-blank", "one-stray-cell-XFD2000", "second-sheet-366-columns",
    ],
)  # fmt: skip
def test_a_list_that_excel_opens_is_read_whole(name: str) -> None:
    book = read_in_child(ODD / f"{name}.xlsx")
    assert list(book.sheets[0].rows[1:]) == THREE
    assert not parsed(book).issues


@pytest.mark.parametrize(
    "reference", ["1:4", "A:C", "", "$A$1:$B$2", "A1 C3", "A1:B0", "garbage", "A1:A1"]
)
@pytest.mark.parametrize(
    "place", ['<dimension ref="{}"/><sheetData>', '<sheetData>|<mergeCell ref="{}"></mergeCell>']
)
def test_no_reference_to_an_area_keeps_a_sheet_from_being_read(
    tmp_path: Path, reference: str, place: str
) -> None:
    before, _, after = place.format(reference).partition("|")
    parts = xlsx_parts(tmp_path, ONE_CELL)
    content = parts[SHEET].replace(b"<sheetData>", before.encode())
    merged = f"</sheetData><mergeCells>{after}</mergeCells>".encode()
    parts[SHEET] = content.replace(b"</sheetData>", merged)
    assert sheet_of(tmp_path, zipped(parts)).rows == (("Roy",),)


def with_sheet(parts: Mapping[str, bytes], kind: bytes, part: str | None) -> dict[str, bytes]:
    """The parts with one more sheet `M` of that kind, with a part of its own or without."""
    target = (part or "worksheets/absent.xml").encode()
    relation = b'<Relationship Id="rId2" Type="%b" Target="%b"/></Relationships>' % (kind, target)
    more = {} if part is None else {f"xl/{part}": b"<macrosheet/>"}
    return {
        **parts,
        WORKBOOK: parts[WORKBOOK].replace(
            b"<sheets>", b'<sheets><sheet name="M" sheetId="2" r:id="rId2"/>'
        ),
        RELATIONS: parts[RELATIONS].replace(b"</Relationships>", relation),
        **more,
    }


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (_MICROSOFT + b"xlMacrosheet", "macrosheets/sheet1.xml"),
        (_MICROSOFT + b"xlIntlMacrosheet", "macrosheets/intlsheet1.xml"),
        (_OFFICE + b"dialogsheet", "dialogsheets/sheet1.xml"),
        (_OFFICE + b"chartsheet", "chartsheets/sheet1.xml"),
    ],
)
def test_a_sheet_of_macros_dialogues_or_a_chart_stands_in_the_way_of_no_list(
    tmp_path: Path, kind: bytes, part: str
) -> None:
    data = zipped(with_sheet(xlsx_parts(tmp_path, ONE_CELL), kind, part))
    sheet = sheet_of(tmp_path, data)
    assert (sheet.name, sheet.rows) == ("S", (("Roy",),))


def test_a_sheet_that_is_listed_but_not_there_is_named(tmp_path: Path) -> None:
    parts = with_sheet(xlsx_parts(tmp_path, ONE_CELL), _OFFICE + b"worksheet", None)
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(parts))
    assert [(s.name, s.why_not) for s in read_workbook(path).sheets] == [
        ("S", None), ("M", "no_part"),
    ]  # fmt: skip
    ignored = parsed(read_in_child(ODD / "leftover-sheet-without-part.xlsx")).ignored
    assert [(sheet.sheet, sheet.why) for sheet in ignored] == [("X", "no_part")]


def test_the_parts_of_a_zip_are_found_under_backslashes(tmp_path: Path) -> None:
    parts = xlsx_parts(tmp_path, ONE_CELL)
    data = zipped({name.replace("/", "\\"): content for name, content in parts.items()})
    assert sheet_of(tmp_path, data).rows == (("Roy",),)


RUNS = "<r><t>Thi</t></r><r><rPr><b/></rPr><t> Linh</t></r>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (RUNS, "Thi Linh"),
        ("<r><t>Thi </t></r><r><rPr/><t>Linh</t></r>", "Thi Linh"),
        ("<r><t>Thi</t></r><r><t> </t></r><r><t>Linh</t></r>", "Thi Linh"),
        ('<r><t xml:space="preserve">Thi </t></r><r><t>Linh</t></r>', "Thi Linh"),
        ("<r><t>Thi</t></r><r><t>Linh</t></r>", "ThiLinh"),
    ],
)
@pytest.mark.parametrize("is_shared", [True, False])
def test_the_blanks_between_the_pieces_of_a_text_stay(
    tmp_path: Path, runs: str, text: str, is_shared: bool
) -> None:
    cell = '<c r="A1" t="s"><v>1</v></c>'
    if not is_shared:
        cell = f'<c r="A1" t="inlineStr"><is>{runs}</is></c>'
    parts = xlsx_parts(tmp_path, f'<row r="1">{cell}</row>')
    parts = with_strings(parts, [b"x</t></si><si>" + runs.encode() + b"</si><si><t>y"])
    assert sheet_of(tmp_path, zipped(parts)).rows == ((text,),)


def test_a_formula_whose_result_was_never_stored_is_said_to_be_one() -> None:
    file = parsed(read_in_child(ODD / "formula-t-str-without-value.xlsx"))
    assert issues_of(file) == [(3, "individual_reference", "no_result", "error")]
    assert file.issues[0].cell == "A3"


@pytest.mark.parametrize(
    ("cell", "is_uncached"),
    [
        ('t="str"><f>"C"&amp;1</f>', True),
        ('t="str"><f>"C"&amp;1</f><v></v>', False),
        ('t="str"><f>"C"&amp;1</f><v/>', False),
        ("><f>1+1</f><v></v>", True),
    ],
)
def test_a_text_without_letters_is_the_result_of_a_formula_too(
    tmp_path: Path, cell: str, is_uncached: bool
) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1"><c r="A1" {cell}</c></row>')
    assert read_workbook(path).sheets[0].uncached_formulas == ({(1, 0)} if is_uncached else set())


def test_a_yes_of_an_ods_may_be_written_as_a_number() -> None:
    rows = read_in_child(ODD / "ods-boolean-value-1.ods").sheets[0].rows
    assert [cell for row in rows for cell in row if isinstance(cell, bool)] == [True, False]


# Cells far from the list, and sheets over the limits.


def test_a_cell_far_from_the_list_is_left_out_and_named() -> None:
    book = read_in_child(ODD / "one-stray-cell-XFD2000.xlsx")
    assert book.sheets[0].strays == ((2000, 16_383),)
    assert parsed(book).sheets[0].strays == ("XFD2000",)


@pytest.mark.many("OZ2")
@pytest.mark.child  # a million rows are read there without being measured
@pytest.mark.parametrize("place", ["XFD3", "OZ2", "IV1048576", "A1048576", "XFD1048576"])
def test_wherever_a_cell_strays_the_list_is_the_same(tmp_path: Path, place: str) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, *(a_person(n) for n in range(1, 4))]})
    whole = read_workbook(path).sheets[0]
    book = Book()
    for row in (HEADER, *(a_person(n) for n in range(1, 4))):
        book.active.append(row)
    book.active[place] = "x"
    book.save(path)
    sheet = read_in_child(path).sheets[0]
    strays = sheet.strays or tuple((n, 0) for n, row in enumerate(sheet.rows, 1) if n > 4 and row)
    assert len(strays) == 1
    assert sheet.rows[:4] == whole.rows
    assert len(parsed(read_in_child(path)).sheets[0].rows) == 3


def test_columns_that_begin_far_to_the_right_are_the_list(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="3"><c r="OA3"><v>5</v></c></row>')
    (sheet,) = read_workbook(path).sheets
    assert (sheet.rows[2][390], sheet.strays) == (5, ())


def test_a_wide_sheet_that_is_no_list_is_named_and_the_list_beside_it_read() -> None:
    file = parsed(read_in_child(ODD / "second-sheet-366-columns.xlsx"))
    assert [len(sheet.rows) for sheet in file.sheets] == [3]
    assert [(s.sheet, s.why) for s in file.ignored] == [("Calendrier 2024", "too_large")]


def _many(kind: str) -> list[list[object]]:
    if kind == "columns":
        filler = [f"Colonne {n}" for n in range(300)]
        return [[*HEADER, *filler], *([*a_person(n), *filler] for n in range(3))]
    return [list(HEADER), *(a_person(n) for n in range(40))]


@pytest.mark.parametrize("kind", ["columns", "rows"])
def test_a_list_over_the_limits_is_refused_also_beside_another(tmp_path: Path, kind: str) -> None:
    other = [HEADER, a_person(900)]
    path = make_xlsx(tmp_path / "a.xlsx", {"Petite": other, "Grande": _many(kind)})
    book = read_workbook(path, limits=Limits(rows=30))
    assert [sheet.why_not for sheet in book.sheets] == [None, "too_large"]
    with pytest.raises(ExchangeError) as caught:
        parsed(book)
    assert caught.value.code == "too_large"
    assert len(parsed(book, only_sheet="Petite").sheets) == 1


# Rows that are crossed out.


def test_the_rows_that_are_crossed_out_are_known(tmp_path: Path) -> None:
    book = Book()
    page = book.active
    page.append(HEADER)
    for number in range(1, 5):
        page.append(a_person(number))
    for cell in page[3]:
        cell.font = Font(strike=True)
    page["C4"].font = Font(strike=True)
    for cell in page[5][:5]:
        cell.font = Font(strike=True, bold=True)
    page["G2"].font = Font(strike=True)  # an empty cell says nothing
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert read_in_child(path).sheets[0].struck_rows == {3, 5}
    (sheet,) = parsed(read_in_child(path)).sheets
    assert (sheet.struck_rows, len(sheet.rows)) == ((3, 5), 4)


def test_the_rows_of_an_ods_that_are_crossed_out_are_known(tmp_path: Path) -> None:
    line = "style:text-line-through-style"
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell">'
        f'<style:text-properties {line}="{value}"/></style:style>'
        for name, value in (("barre", "solid"), ("droit", "none"))
    )
    struck, plain = (ods_cell("x", f'table:style-name="{name}"') for name in ("barre", "droit"))
    rows = (plain + plain, struck + struck + "<table:table-cell/>", plain + struck + plain)
    content = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    assert sheet_of(tmp_path, ods(content, styles=styles)).struck_rows == {2}


# What is inside of an xls and an xlsb.


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def text8(text: str) -> bytes:
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def biff8(shared: bytes, *cells: bytes, styles: Sequence[bytes] = ()) -> bytes:
    """A BIFF8 stream of one sheet, with the content of its table of shared texts."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + b"".join(styles)
    table = record(0xFC, shared)
    name = b"Liste"
    size = len(start) + len(table) + 4 + 8 + len(name) + 4
    entry = record(0x85, struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name)
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    return start + table + entry + record(0xA, b"") + sheet + b"".join(cells) + record(0xA, b"")


def shared_cell(row: int, column: int, place: int, style: int = 0) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, style, place))


def label(row: int, column: int, length: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, 0, length, 0) + text.encode("latin-1"))


NO_TEXTS = struct.pack("<II", 0, 0)


def test_an_xls_whose_table_of_texts_breaks_off_says_which_cells_lack_theirs(
    tmp_path: Path,
) -> None:
    table = struct.pack("<II", 3, 3) + text8("Roy") + text8("Tremblay")[:6]
    stream = biff8(table, shared_cell(0, 0, 0), shared_cell(1, 0, 1), shared_cell(2, 0, 2))
    sheet = sheet_of(tmp_path, stream)
    assert sheet.rows == (("Roy",), (), ())
    assert sheet.error_cells == {(2, 0): "#?", (3, 0): "#?"}


def test_a_text_of_an_xls_that_is_shorter_than_it_says_is_read_as_far_as_it_goes(
    tmp_path: Path,
) -> None:
    stream = biff8(NO_TEXTS, label(0, 0, 6, "Roy"), label(0, 1, 3, "Awa"))
    assert sheet_of(tmp_path, stream).rows == (("Roy", "Awa"),)


def compound(streams: Mapping[str, bytes], embedded: Mapping[str, bytes]) -> bytes:
    """A compound file of some streams in its root, and others in a folder of an embedded object."""
    sector = 512
    chains: list[bytes] = []
    table: list[int] = []

    def placed(content: bytes) -> int:
        start = len(table)
        pieces = [content[at : at + sector] for at in range(0, len(content), sector)]
        chains.extend(piece.ljust(sector, b"\0") for piece in pieces)
        table.extend(range(start + 1, start + len(pieces)))
        table.append(0xFFFFFFFE)
        return start

    def entry(name: str, kind: int, start: int, size: int, right: int, child: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, right, child)
        tail = bytes(36) + struct.pack("<III", start, size, 0)
        return raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + links + tail

    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    inner, outer = list(embedded.items()), list(streams.items())
    entries = [entry("Root Entry", 5, end, 0, none, 1)]
    entries.append(entry("MBD0001", 1, 0, 0, 2 + len(inner) if outer else none, 2))
    for place, (name, content) in enumerate([*inner, *outer]):
        is_last = place in (len(inner) - 1, len(inner) + len(outer) - 1)
        right = none if is_last else place + 3
        entries.append(entry(name, 2, placed(content), len(content), right, none))
    directory = placed(b"".join(entries).ljust(sector, b"\0"))
    fat = len(table)
    table.append(0xFFFFFFFD)
    packed = struct.pack(f"<{len(table)}I", *table)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE,
        9, 6, 0, 1, directory, 0, 0, end, 0, end, 0, fat,
    )  # fmt: skip
    return header.ljust(sector, b"\xff") + b"".join(chains) + packed.ljust(sector, b"\xff")


@pytest.mark.parametrize("name", ["Book", "Workbook"])
def test_the_workbook_of_an_xls_is_its_own_and_not_that_of_an_embedded_object(
    tmp_path: Path, name: str
) -> None:
    own = biff8(NO_TEXTS, label(0, 0, 3, "Roy"))
    other = biff8(NO_TEXTS, label(0, 0, 5, "Autre"))
    data = compound({name: own}, {"Workbook": other})
    assert sheet_of(tmp_path, data).rows == (("Roy",),)


def test_the_rows_of_an_xls_that_are_crossed_out_are_known(tmp_path: Path) -> None:
    fonts = [record(0x31, struct.pack("<HHH", 200, 8 * (n == 4), 0)) for n in range(5)]
    # The fifth font has the number 5: none has the number 4.
    formats = [record(0xE0, struct.pack("<HH", font, 0) + bytes(16)) for font in (0, 5)]
    table = struct.pack("<II", 1, 1) + text8("Roy")
    cells = [shared_cell(row, column, 0, row) for row in (0, 1) for column in (0, 1)]
    stream = biff8(table, *cells, styles=[*fonts, *formats])
    assert sheet_of(tmp_path, stream).struck_rows == {2}


def test_the_styles_of_an_xlsb_that_cross_a_text_out_are_known() -> None:
    def short(kind: int, content: bytes) -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return head + bytes([len(content)]) + content

    fonts = [short(43, struct.pack("<HH", 200, flags) + bytes(21)) for flags in (0, 8)]
    formats = [short(47, struct.pack("<HHH", 0, 0, font) + bytes(10)) for font in (0, 1)]
    content = b"".join([*fonts, short(617, b""), *formats, short(618, b"")])
    builder = SheetBuilder("S", False, Limits())
    styles = xlsb.number_styles(content)
    for row, style in ((1, 0), (2, 1)):
        styles.put(builder, row, 0, 5.0, style)
    assert builder.sheet().struck_rows == {2}
