# SPDX-License-Identifier: Apache-2.0
"""Any workbook to plain rows, bounded: told by its bytes, refused before it can do harm.

The program calls `reading.read_in_child`; `read_workbook` does the work in the child process.
This module knows nothing of headers and fields, and imports nothing that is slow.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import python_calamine as calamine
from defusedxml import DefusedXmlException

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.exchange import guard
from imp_plus_desktop.exchange.sheets import Cell, Limits, Position, Sheet, Workbook
from imp_plus_desktop.exchange.text_tables import read_text

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    KeyError, OSError, ExpatError, SyntaxError, DefusedXmlException, calamine.CalamineError,
)  # fmt: skip
_FIRST_LOST = 10**15


def read_workbook(
    path: Path,
    *,
    sheet_names: Sequence[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Workbook:
    """Reads every visible sheet, or only the named ones, which may be hidden.

    Raises ExchangeError: file_not_found, empty_file, not_a_spreadsheet, encrypted, too_large,
    damaged, sheet_not_found.
    """
    data = _bytes(path, limits)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _guarded(_read_zip, data, sheet_names, limits)
    if data.startswith(_OLE2):
        return _guarded(_read_ole, data, sheet_names, limits)
    if data.startswith(_BARE_BIFF):
        raise ExchangeError("not_a_spreadsheet")
    return _read_plain(data, path.stem, sheet_names, limits)


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.unpacked_bytes:
            raise ExchangeError("too_large")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ExchangeError("file_not_found") from None
    except OSError:
        raise ExchangeError("unreadable") from None
    if not data.strip(b"\x00 \r\n\t"):
        raise ExchangeError("empty_file")
    return data


def _guarded(
    reader: Any, data: bytes, sheet_names: Sequence[str] | None, limits: Limits
) -> Workbook:
    """Calls a reader and tells every way in which a library says *damaged* by one code."""
    try:
        workbook: Workbook = reader(data, sheet_names, limits)
        return workbook
    except calamine.PasswordError:
        raise ExchangeError("encrypted") from None
    except MemoryError:
        raise ExchangeError("too_large") from None
    except _DAMAGE:
        raise ExchangeError("damaged") from None
    except BaseException as error:
        # A panic of the reader written in Rust is no Exception.
        if type(error).__name__ == "PanicException":
            raise ExchangeError("damaged") from None
        raise


def _read_zip(data: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        guard.check_sizes(archive, limits)
        names = set(archive.namelist())
        kind = _zip_kind(archive, names)
        if kind == "ods":
            with archive.open("content.xml") as part:
                scans = guard.scan_ods(part, limits)
            return _with_calamine(data, kind, sheet_names, limits, scans=scans)
        if kind == "xlsb":
            flags = re.search(rb"\x99\x01.(.)", archive.read("xl/workbook.bin"), re.DOTALL)
            date1904 = bool(flags and flags.group(1)[0] & 1)
            return _with_calamine(data, kind, sheet_names, limits, date1904=date1904)
        workbook = _workbook_part(archive, names)
        parts, date1904 = guard.workbook_parts(archive, workbook)
        wanted = {n: p for n, p in parts.items() if sheet_names is None or n in sheet_names}
        strings = [n for n in names if n.lower().endswith(("sharedstrings.xml", "styles.xml"))]
        check = [p for p in [workbook, *strings, *wanted.values()] if p in names]
        guard.check_entities(archive, check)
        scans = {}
        for name, part_name in wanted.items():
            if part_name in names:
                with archive.open(part_name) as part:
                    scans[name] = guard.scan_sheet(part, limits)
    return _with_calamine(data, kind, sheet_names, limits, scans=scans, date1904=date1904)


def _zip_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise ExchangeError("encrypted")
        return "ods"
    if "[Content_Types].xml" not in names:
        raise ExchangeError("not_a_spreadsheet")
    types = archive.read("[Content_Types].xml")
    if b"ms-excel.sheet.binary" in types:
        return "xlsb"
    if b"sheet.macroEnabled" in types or b"template.macroEnabled" in types:
        return "xlsm"
    if b"spreadsheetml" in types:
        return "xlsx"
    raise ExchangeError("not_a_spreadsheet")


def _workbook_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The part that the package's own relations call the document."""
    found = re.search(
        rb"""Target=["']/?([^"']*workbook[^"']*\.xml)["']""", archive.read("_rels/.rels")
    )
    name = found.group(1).decode("utf-8") if found else "xl/workbook.xml"
    if name not in names:
        raise ExchangeError("damaged")
    return name


def _read_ole(data: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Workbook:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ExchangeError("encrypted")
    if not any(f"{name}\x00".encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise ExchangeError("not_a_spreadsheet")
    date1904 = b"\x22\x00\x02\x00\x01\x00" in data and b"\x22\x00\x02\x00\x00\x00" not in data
    return _with_calamine(data, "xls", sheet_names, limits, date1904=date1904)


def _read_plain(
    data: bytes, stem: str, sheet_names: Sequence[str] | None, limits: Limits
) -> Workbook:
    rows, encoding, delimiter = read_text(data)
    if sheet_names is not None and stem not in sheet_names:
        raise ExchangeError("sheet_not_found", sheet=sheet_names[0] if sheet_names else "")
    sheet = _sheet(stem, False, rows, guard.Scan(), limits)
    kind = "tsv" if delimiter == "\t" else "csv"
    return Workbook(kind, (sheet,), encoding=encoding, delimiter=delimiter)


def _with_calamine(
    data: bytes,
    kind: str,
    sheet_names: Sequence[str] | None,
    limits: Limits,
    *,
    scans: dict[str, guard.Scan] | None = None,
    date1904: bool = False,
) -> Workbook:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    known = [meta.name for meta in book.sheets_metadata]
    for name in sheet_names or ():
        if name not in known:
            raise ExchangeError("sheet_not_found", sheet=name)
    sheets: list[Sheet] = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        asked = meta.name in sheet_names if sheet_names is not None else not hidden
        if not asked:
            sheets.append(Sheet(meta.name, hidden))
            continue
        scan = (scans or {}).get(meta.name)
        notes = () if scan is not None else ("unscanned",)
        source = book.get_sheet_by_name(meta.name)
        merged = tuple(
            (top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in (source.merged_cell_ranges or ())[:5000]
        )
        rows = _padded(source)
        sheets.append(_sheet(meta.name, hidden, rows, scan or guard.Scan(), limits, merged, notes))
    return Workbook(kind, tuple(sheets), date1904)


def _padded(source: calamine.CalamineSheet) -> Iterable[list[Any]]:
    """The reader drops empty columns on the left; the addresses need them."""
    left = [None] * (source.start[1] if source.start else 0)
    return ((left + row if left else row) for row in source.iter_rows())


def _sheet(
    name: str,
    hidden: bool,
    source: Iterable[Sequence[Any]],
    scan: guard.Scan,
    limits: Limits,
    merged: tuple[tuple[int, int, int, int], ...] = (),
    notes: tuple[str, ...] = (),
) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    lost: set[Position] = set()
    filled_rows = filled_to = 0
    columns: set[int] = set()
    for number, raw in enumerate(source, 1):
        row = _row(raw, number, scan, lost)
        rows.append(row)
        if row:
            filled_rows += 1
            filled_to = number
            if len(row) > limits.columns:
                columns.update(i for i, cell in enumerate(row) if cell is not None)
    if filled_rows > limits.rows or len(columns) > limits.columns:
        raise ExchangeError("too_large")
    found = [*scan.errors, *scan.uncached]
    filled_to = max([filled_to, *(row for row, _ in found)])
    rows = rows[:filled_to] + [()] * (filled_to - len(rows))
    return Sheet(
        name, hidden, tuple(rows), frozenset(scan.hidden_rows), frozenset(scan.hidden_columns),
        dict(scan.errors), frozenset(scan.uncached), frozenset(lost), merged, notes,
    )  # fmt: skip


def _row(
    raw: Sequence[Any], number: int, scan: guard.Scan, lost: set[Position]
) -> tuple[Cell, ...]:
    row: list[Cell] = []
    last = 0
    for column, value in enumerate(raw):
        if value is None or value == "":
            row.append(None)
            continue
        if type(value) is float:
            if abs(value) >= _FIRST_LOST:
                lost.add((number, column))
            value = _whole(value)
        elif isinstance(value, time | timedelta):
            # The reader turns a negative number in a date format into midnight.
            negative = scan.negatives.get((number, column))
            value = _duration(value) if negative is None else _whole(negative)
        row.append(value)
        last = column + 1
    return tuple(row[:last])


def _whole(value: float) -> Cell:
    return int(value) if value.is_integer() else value


def _duration(value: time | timedelta) -> Cell:
    if isinstance(value, time):
        return value
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
