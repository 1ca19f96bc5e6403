# SPDX-License-Identifier: Apache-2.0
"""Files made to do harm: each is built in memory, small on disk and large once it is read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from exchange_builders import raw_xlsx

from imp_plus_desktop.exchange.sheets.sheets import column_letters

_ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
_ODS_HEAD = f"<office:document-content {_ODS_NAMES}><office:automatic-styles>"
_ODS_BODY = (
    '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="S">'
)
_ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
_ENTITY_LEVELS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
)
SHEET = "xl/worksheets/sheet1.xml"
Parts = dict[str, bytes]


def zipped(parts: Mapping[str, bytes], *, level: int = 9) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def xlsx_parts(folder: Path, rows: str = "", **options: str) -> Parts:
    path = raw_xlsx(folder / "parts.xlsx", rows, **options)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_strings(parts: Parts, strings: Iterable[bytes]) -> Parts:
    """The parts with a table of shared texts."""
    table = b"".join(b"<si><t>" + text + b"</t></si>" for text in strings)
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return with_part(parts, "sharedStrings", head + table + b"</sst>")


def with_part(parts: Parts, name: str, content: bytes) -> Parts:
    """The parts with one more beside the workbook, which names it in its relations."""
    kind = name.encode()
    relations = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="r_%b" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/%b" Target="%b.xml"/></Relationships>' % (kind, kind, kind),
    )
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/%b.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.spreadsheetml.%b+xml"/></Types>' % (kind, kind),
    )
    return {
        **parts,
        f"xl/{name}.xml": content,
        "xl/_rels/workbook.xml.rels": relations,
        "[Content_Types].xml": types,
    }


def with_styles(parts: Parts, codes: Sequence[str]) -> Parts:
    """The parts with one cell style for each format, in their order."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(codes)
    )
    styles = "".join(
        f'<xf numFmtId="{200 + n}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for n in range(len(codes))
    )
    sheet = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(codes)}">{styles}</cellXfs></styleSheet>'
    )
    return with_part(parts, "styles", sheet.encode())


def ods(content: str, *, styles: str = "", common: str = "") -> bytes:
    """An ods workbook whose one table, `S`, holds the given rows.

    `styles` are those of the table, `common` those with a name, in a part of their own.
    """
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest.encode(),
        "content.xml": (_ODS_HEAD + styles + _ODS_BODY + content + _ODS_FOOT).encode(),
    }
    if common:
        named = f"<office:document-styles {_ODS_NAMES}><office:styles>{common}</office:styles>"
        parts["styles.xml"] = f"{named}</office:document-styles>".encode()
    return zipped(parts)


def ods_cell(text: str = "x", more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def lying(data: bytes, name: str, size: int) -> bytes:
    """The archive with a smaller size declared for a part, and a check sum that fits it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(name)
        with archive.open(name) as part:
            start = part.read(size)
    changed = bytearray(data)
    crc = zlib.crc32(start)
    struct.pack_into("<I", changed, info.header_offset + 14, crc)
    struct.pack_into("<I", changed, info.header_offset + 22, size)
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    struct.pack_into("<I", changed, at + 16, crc)
    struct.pack_into("<I", changed, at + 24, size)
    return bytes(changed)


def _rows(numbers: Iterable[int], cells: Callable[[int], str]) -> str:
    return "".join(f'<row r="{n}">{cells(n)}</row>' for n in numbers)


def _one(n: int) -> str:
    return f'<c r="A{n}"><v>{n}</v></c>'


def _sheet(folder: Path, rows: str, **options: str) -> bytes:
    return zipped(xlsx_parts(folder, rows, **options), level=1)


def _declared_bomb(folder: Path) -> bytes:
    return zipped({**xlsx_parts(folder), "xl/media/a.xml": bytes(900 * 2**20)}, level=1)


def _lying_bomb(folder: Path) -> bytes:
    parts = xlsx_parts(folder, _one(1))
    parts[SHEET] = parts[SHEET] + b" " * (600 * 2**20)
    return lying(zipped(parts, level=1), SHEET, 1000)


def _lying_strings(folder: Path) -> bytes:
    parts = with_strings(xlsx_parts(folder, _one(1)), [b"x" * (500 * 2**20)])
    return lying(zipped(parts, level=1), "xl/sharedStrings.xml", 300)


def _entities(folder: Path) -> bytes:
    parts = xlsx_parts(folder, '<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row>')
    parts[SHEET] = f"<!DOCTYPE a [{_ENTITY_LEVELS}]>".encode() + parts[SHEET]
    return zipped(parts)


def _repeated_text(folder: Path) -> bytes:
    rows = _rows(range(1, 100_001), lambda n: f'<c r="A{n}" t="s"><v>0</v></c>')
    return zipped(with_strings(xlsx_parts(folder, rows), [b"x" * 30_000_000]), level=1)


def _one_part_many_sheets(folder: Path) -> bytes:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 5000))
    parts = xlsx_parts(folder, _rows(range(1, 20_001), _one))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", sheets.encode() + b"</sheets>"
    )
    return zipped(parts, level=1)


def _many_sheets(folder: Path) -> bytes:
    parts = xlsx_parts(folder, _rows(range(1, 3), _one))
    names = range(2, 3001)
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
    relations = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in names
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", sheets.encode() + b"</sheets>"
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", relations.encode() + b"</Relationships>"
    )
    parts |= {f"xl/worksheets/s{n}.xml": parts[SHEET] for n in names}
    return zipped(parts, level=1)


def _padded_sheet(folder: Path, rows: str, codes: Sequence[str], **more: bytes) -> bytes:
    parts = with_styles(xlsx_parts(folder, rows), codes)
    styles = parts["xl/styles.xml"]
    for place, content in more.items():
        styles = styles.replace(f"</{place}>".encode(), content + f"</{place}>".encode(), 1)
    return zipped({**parts, "xl/styles.xml": styles}, level=1)


def _padded(n: int) -> str:
    return f'<c r="{column_letters(n % 200)}1" s="1"><v>{n}</v></c>'


def _nested(folder: Path) -> bytes:
    data = zipped({"a.txt": b"x"})
    for _level in range(60):
        data = zipped({"inner.zip": data}, level=1)
    return data


def _merged() -> str:
    ranges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 42_001))
    return f"</sheetData><mergeCells>{ranges}</mergeCells><sheetData>"


_EMPTY_ROW = "".join(f'<c r="{column_letters(c)}1" s="0"/>' for c in range(16))
_ALL_COLUMNS = "".join(f'<c r="{column_letters(c)}1"><v>{c}</v></c>' for c in range(16_384))
_STYLED_COLUMNS = "".join(f'<c r="{column_letters(c)}2" s="0"/>' for c in range(16_384))
_FAR = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
)


# What makes each file, by name. Those whose name begins with `ok` must be read.
HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "declared bomb": _declared_bomb,
    "lying bomb": _lying_bomb,
    "lying texts": _lying_strings,
    "entity bomb": _entities,
    "nested zips": _nested,
    "one text many times": _repeated_text,
    "one part for many sheets": _one_part_many_sheets,
    "ok far cell": lambda folder: _sheet(folder, _FAR),
    "every column": lambda folder: _sheet(folder, f'<row r="1">{_ALL_COLUMNS}</row>'),
    "ok styles without end": lambda folder: _padded_sheet(
        folder, _rows(range(1, 4), _one), ["00", "0"], cellXfs=b"<xf/>" * 12_000_000
    ),
    "elements without end": lambda folder: _padded_sheet(
        folder, _rows(range(1, 4), _one), ["00", "0"], fonts=b"<font/>" * 5_000_000
    ),
    "formats without end": lambda folder: _padded_sheet(
        folder,
        _rows(range(1, 4), _one),
        ["00", "0"],
        numFmts="".join(f'<numFmt formatCode="{n:-^250}"/>' for n in range(200_000)).encode(),
    ),
    "larger styles than any": lambda folder: _padded_sheet(
        folder, "", ["00"], cellXfs=b" " * (70 * 2**20)
    ),
    "entity bomb in the styles": lambda folder: zipped(
        {
            **with_styles(xlsx_parts(folder), ["00"]),
            "xl/styles.xml": f"<!DOCTYPE a [{_ENTITY_LEVELS}]><a>&l9;</a>".encode(),
        }
    ),
    "one padded row many times": lambda folder: _padded_sheet(
        folder, "".join(f'<row r="1">{_padded(n)}</row>' for n in range(250_000)), ["0", "00"]
    ),
    "one padded row without end": lambda folder: _padded_sheet(
        folder, '<row r="1">' + "".join(map(_padded, range(300_000))) + "</row>", ["0", "00"]
    ),
    "ok thousands of padded styles": lambda folder: _padded_sheet(
        folder,
        _rows(range(1, 20_001), lambda n: f'<c r="A{n}" s="{n}"><v>{n}</v></c>'),
        [f'"{n % 9000}"00' for n in range(30_000)],
    ),
    "ok a million padded empty rows": lambda folder: _padded_sheet(
        folder,
        _rows(range(1, 3), _one)
        + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 1_048_577)),
        ["0", "00"],
    ),
    "too many rows": lambda folder: _sheet(folder, _rows(range(1, 400_000), _one)),
    "deep XML": lambda folder: _sheet(folder, '<row r="1">' + "<c>" * 2_000_000),
    "long attribute": lambda folder: _sheet(
        folder, f'<row r="1"><c r="A1" s="{"1" * 100_000_000}"/></row>'
    ),
    "ok a million styled empty rows": lambda folder: _sheet(
        folder,
        _rows(range(1, 3), _one)
        + "".join(f'<row r="{n}" s="1"><c r="A{n}" s="0"/></row>' for n in range(3, 1_048_577)),
    ),
    "ok styled empty cells": lambda folder: _sheet(
        folder,
        _rows(range(1, 3), _one)
        + "".join(f'<row r="{n}">{_EMPTY_ROW}</row>' for n in range(3, 300_000)),
    ),
    "ok styled empty columns": lambda folder: _sheet(
        folder, f'<row r="1">{_one(1)}</row>' + f'<row r="2">{_STYLED_COLUMNS}</row>'
    ),
    "ok wrong dimension": lambda folder: _sheet(
        folder, _rows(range(1, 4), _one), before='<dimension ref="A1:XFD1048576"/>'
    ),
    "ok merged ranges": lambda folder: _sheet(folder, _rows(range(1, 4), _one) + _merged()),
    "ok many sheets": _many_sheets,
    "ods repeated rows": lambda _folder: ods(
        f'<table:table-row table:number-rows-repeated="1000000">{ods_cell()}</table:table-row>'
    ),
    "ods repeated cells": lambda _folder: ods(
        '<table:table-row table:number-rows-repeated="190000">'
        + ods_cell(more='table:number-columns-repeated="16384"')
        + "</table:table-row>"
    ),
    "ods repeated errors": lambda _folder: ods(
        '<table:table-row table:number-rows-repeated="190000">'
        '<table:table-cell xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:'
        'xmlns:calcext:1.0" calcext:value-type="error" table:number-columns-repeated="290">'
        "<text:p>#N/A</text:p></table:table-cell></table:table-row>"
    ),
    "ok ods columns without end": lambda _folder: ods(
        '<table:table-column table:number-columns-repeated="16384"/>' * 200_000
        + f"<table:table-row>{ods_cell()}</table:table-row>",
        styles='<number:number-style style:name="N1"><number:number '
        'number:min-integer-digits="5"/></number:number-style>',
    ),
    "ods many rows": lambda _folder: ods(
        f"<table:table-row>{ods_cell()}</table:table-row>" * 250_000
    ),
    "ods spaces": lambda _folder: ods(
        "<table:table-row>"
        + ods_cell('<text:s text:c="2000000000"/>' * 20_000)
        + "</table:table-row>"
    ),
    "ok ods empty repeats": lambda _folder: ods(
        f"<table:table-row>{ods_cell()}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ),
    "text of one line": lambda _folder: b"a;" * 30_000_000,
    "text of quotes": lambda _folder: b'"' * 60_000_000,
    "text of many rows": lambda _folder: b"a;b\n" * 20_000_000,
}
