# SPDX-License-Identifier: Apache-2.0
"""Any file is told by its bytes; what is no list is refused by a code, never by a crash."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from exchange_builders import FILES, HEADER, a_person, make_xlsx, parsed, raw_xlsx
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.values.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.readers.reader import read_workbook
from imp_plus_desktop.exchange.readers.reading import read_in_child
from imp_plus_desktop.exchange.sheets.sheets import Limits

pytestmark = pytest.mark.child

TEXT = "Nom;Prénom;Date lettre\nBœuf;Élodie;2023-05-04\nL’Écuyer;Loïc;2023-05-05\n"


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(ExchangeError) as caught:
        read_workbook(path, **options)  # type: ignore[arg-type]
    return caught.value.code


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\r\n\r\n", "empty_file"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "not_a_spreadsheet"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html></html>", "not_a_spreadsheet"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_a_spreadsheet"),
        (b"{\\rtf1\\ansi Nom}", "not_a_spreadsheet"),
        (b"PK\x03\x04 and nothing that follows", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "not_a_spreadsheet"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(500)
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook\0".encode("utf-16-le"),
            "damaged",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_bytes(
    tmp_path: Path, data: bytes, code: str
) -> None:
    assert refusal(written(tmp_path / "liste.xls", data)) == code


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent.xlsx") == "file_not_found"


def test_a_text_document_in_a_zip_is_no_workbook(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types>wordprocessingml</Types>")
    assert refusal(written(tmp_path / "a.xlsx", data.getvalue())) == "not_a_spreadsheet"


@pytest.mark.parametrize("name", ["invitations-2023-fr.xlsx", "legacy-2022.ods"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, name: str, share: float) -> None:
    data = (FILES / name).read_bytes()
    assert refusal(written(tmp_path / name, data[: int(len(data) * share)])) == "damaged"


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["messy-2023.xlsx", "legacy-2022.xls", "legacy-2022.ods"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
)
def test_flipped_bytes_are_read_or_refused_by_a_code(
    tmp_path: Path, name: str, flips: list[tuple[float, int]]
) -> None:
    data = bytearray((FILES / name).read_bytes())
    for place, value in flips:
        data[int(place * len(data))] = value
    path = written(tmp_path / "flipped", bytes(data))
    try:
        # In the child, whose memory is limited: a flipped size may ask for all there is.
        parsed(read_in_child(path))
    except ExchangeError as error:
        event(error.code)


def test_a_zip_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types>spreadsheetml</Types>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(2**20))
    path = written(tmp_path / "bomb.xlsx", data.getvalue())
    assert refusal(path, limits=Limits(unpacked_bytes=2**19)) == "too_large"


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + sheet
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert refusal(path) == "damaged"


def test_more_rows_or_columns_than_the_limits_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 30))
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", rows), limits=Limits(rows=28)) == "too_large"
    wide = make_xlsx(tmp_path / "b.xlsx", {"S": [list(range(301))]})
    assert refusal(wide) == "too_large"
    assert len(read_workbook(make_xlsx(tmp_path / "c.xlsx", {"S": [[1] * 300]})).sheets) == 1


def test_a_cell_at_the_far_end_of_a_sheet_does_not_exhaust_the_memory(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    (sheet,) = read_in_child(raw_xlsx(tmp_path / "a.xlsx", cells)).sheets
    assert (sheet.rows, sheet.strays) == (((1,),), ((2**20, 2**14 - 1),))


def test_a_million_formatted_empty_rows_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 20_000))
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + empty)
    assert len(read_workbook(path, limits=Limits(rows=10)).sheets[0].rows) == 1


def test_the_guard_scan_finds_what_the_fast_reader_drops(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="2" hidden="1"><c r="B2"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="A4"><f>B2+1</f></c><c r="B4"><f>B2+1</f><v>2</v></c>'
        '<c r="C4" t="str"><f>""</f><v></v></c><c r="D4"><v>123456789012345678</v></c></row>'
        '<row r="5"><c t="e"><v>#REF!</v></c></row>',
        before='<dimension ref="A1:A1"/><cols><col min="4" max="5" hidden="1"/></cols>',
    )
    (sheet,) = read_workbook(path).sheets
    assert sheet.error_cells == {(2, 2): "#N/A", (5, 0): "#REF!"}
    assert sheet.uncached_formulas == {(4, 0)}
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {3, 4}
    assert sheet.lost_digits == {(4, 3)}
    assert sheet.cell(2, 1) == 1
    assert isinstance(sheet.cell(2, 1), int)
    assert len(sheet.rows) == 5


def test_leading_empty_rows_and_columns_keep_their_addresses(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "a.xlsx", '<row r="3"><c r="C3"><v>5</v></c></row>')
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows == ((), (), (None, None, 5))


def test_the_1904_system_is_seen(tmp_path: Path) -> None:
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        workbook='<workbookPr date1904="1"/>',
    )
    assert read_workbook(path).date1904
    assert read_workbook(FILES / "legacy-2022.xls").date1904
    assert not read_workbook(FILES / "messy-2023.xlsx").date1904


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"), ("utf-16-le", b""), ("cp1252", b""), ("mac_roman", b""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_is_read_whatever_its_encoding_and_separator(
    tmp_path: Path, encoding: str, mark: bytes, delimiter: str
) -> None:
    data = mark + TEXT.replace(";", delimiter).encode(encoding)
    book = read_workbook(written(tmp_path / "liste.txt", data))
    assert book.sheets[0].rows == (
        ("Nom", "Prénom", "Date lettre"),
        ("Bœuf", "Élodie", "2023-05-04"),
        ("L’Écuyer", "Loïc", "2023-05-05"),
    )
    assert (book.kind, book.delimiter) == ("tsv" if delimiter == "\t" else "csv", delimiter)


def test_quoted_cells_and_excels_own_separator_line_are_understood(tmp_path: Path) -> None:
    text = 'sep=;\nNom;Note\n"Le ""Grand""; Roy";="00123"\n\nBaker;\n'
    (sheet,) = read_workbook(written(tmp_path / "a.csv", text.encode())).sheets
    assert sheet.rows == ((), ("Nom", "Note"), ('Le "Grand"; Roy', "00123"), (), ("Baker",))


def test_a_stray_quotation_mark_does_not_swallow_the_list(tmp_path: Path) -> None:
    text = 'Nom,Prénom\n"Moreau,Chloé\n' + "".join(f"Roy,P{n}\n" for n in range(200))
    (sheet,) = read_workbook(written(tmp_path / "a.csv", text.encode())).sheets
    assert len(sheet.rows) == 202


def test_a_hidden_sheet_is_named_and_read_only_when_asked(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = make_xlsx(tmp_path / "a.xlsx", {"A": [HEADER, a_person(1)], "B": [HEADER, a_person(2)]})
    book = load_workbook(path)
    book["B"].sheet_state = "hidden"
    book.save(path)
    assert [(s.name, s.hidden, len(s.rows)) for s in read_workbook(path).sheets] == [
        ("A", False, 2), ("B", True, 0),
    ]  # fmt: skip
    asked = read_workbook(path, sheet_names=["B"])
    assert [(s.name, len(s.rows)) for s in asked.sheets] == [("A", 0), ("B", 2)]
    assert refusal(path, sheet_names=["C"]) == "sheet_not_found"


@pytest.mark.parametrize("name", ["messy-2023.xlsx", "legacy-2022.xls", "liste-excel-fr.csv"])
def test_the_child_process_reads_the_same(name: str) -> None:
    assert read_in_child(FILES / name) == read_workbook(FILES / name)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system has the setting")
def test_a_system_that_allows_no_wider_pipe_reads_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import fcntl

    def refuse(*_asked: object) -> int:
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    assert read_in_child(FILES / "messy-2023.xlsx").sheets


def test_the_childs_refusal_arrives_as_its_code(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xls", b"<html></html>")
    with pytest.raises(ExchangeError) as caught:
        read_in_child(path)
    assert caught.value.code == "not_a_spreadsheet"
    with pytest.raises(ExchangeError) as caught:
        read_in_child(FILES / "messy-2023.xlsx", sheet_names=["Absente"])
    assert caught.value.code == "sheet_not_found"
    assert caught.value.parameters == {"sheet": "Absente"}


def test_a_child_that_takes_too_long_is_ended() -> None:
    program = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(ExchangeError) as caught:
        read_in_child(FILES / "messy-2023.xlsx", timeout=0.2, program=program)
    assert caught.value.code == "timeout"


def test_a_cancelled_child_is_ended() -> None:
    program = [sys.executable, "-c", "import time; time.sleep(60)"]
    with pytest.raises(Cancelled):
        read_in_child(FILES / "messy-2023.xlsx", cancel=lambda: True, program=program)


def test_a_child_that_dies_is_no_crash() -> None:
    program = [sys.executable, "-c", "import os; os.abort()"]
    with pytest.raises(ExchangeError) as caught:
        read_in_child(FILES / "messy-2023.xlsx", program=program)
    assert caught.value.code == "too_large"


def test_real_dates_arrive_as_days(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", {"A": [HEADER, a_person(letter=date(2023, 1, 2))]})
    assert read_workbook(path).sheets[0].cell(2, 5) == date(2023, 1, 2)
