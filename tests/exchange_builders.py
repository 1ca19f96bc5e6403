# SPDX-License-Identifier: Apache-2.0
"""Small workbooks for the tests of the exchange layer, made in memory or as files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook as Book

from imp_plus_desktop.exchange.lists.drafts import ParsedFile
from imp_plus_desktop.exchange.lists.importing import parse
from imp_plus_desktop.exchange.sheets.sheets import Sheet, Workbook
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "tests" / "files"
TODAY = date(2026, 11, 22)
WINDOW = (date(2022, 5, 24), date(2025, 1, 15), 36)
VOCABULARY: Vocabulary = load_vocabulary(
    ROOT / "data" / "countries.csv", ROOT / "data" / "synonyms.toml"
)
HEADER = ("N° de référence individuel", "Nom", "Prénom", "Date de naissance", "Citoyenneté",
          "Date de la lettre d'invitation")  # fmt: skip

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_person(number: int = 1, **changes: Any) -> list[Any]:
    """A good row under HEADER; a keyword replaces a value by the header's order."""
    row: dict[str, Any] = {
        "reference": f"C{1000000 + number}",
        "family": "Moreau",
        "given": f"Chloé {number}",
        "birth": date(1990, 12, 15),
        "citizenship": "France",
        "letter": date(2023, 8, 20),
    }
    row.update(changes)
    return list(row.values())


def in_memory(*rows: Sequence[Any], name: str = "Liste", **about: Any) -> Workbook:
    return Workbook("xlsx", (Sheet(name, rows=tuple(tuple(row) for row in rows), **about),))


def parsed(workbook: Workbook, **options: Any) -> ParsedFile:
    return parse(workbook, vocabulary=VOCABULARY, today=TODAY, window=WINDOW, **options)


def parsed_rows(*rows: Sequence[Any], header: Sequence[Any] = HEADER, **options: Any) -> ParsedFile:
    return parsed(in_memory(header, *rows), **options)


def issues_of(file: ParsedFile) -> list[tuple[int, str, str, str]]:
    return [(i.row, i.column, i.code, i.severity) for i in file.issues]


def make_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = Book()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def locked_xlsx(path: Path, password: str) -> bytes:
    """A list of one person as Office protects it; the bytes that it has without its protection."""
    plain = make_xlsx(path, {"Liste": [HEADER, a_person(1)]}).read_bytes()
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, out)
    path.write_bytes(out.getvalue())
    return plain


def raw_xlsx(path: Path, sheet_data: str, *, before: str = "", workbook: str = "") -> Path:
    """An xlsx whose one sheet, `S`, holds exactly the given XML inside sheetData."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    relation = (
        '<Relationships xmlns="{0}/relationships"><Relationship Id="rId1" Type="{1}/{2}" '
        'Target="{3}"/></Relationships>'
    )
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": relation.format(_PACKAGE, _OFFICE, "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{workbook}<sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation.format(
            _PACKAGE, _OFFICE, "worksheet", "worksheets/sheet1.xml"
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{sheet_data}'
        "</sheetData></worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path
