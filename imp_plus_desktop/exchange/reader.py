# SPDX-License-Identifier: Apache-2.0
"""Any workbook to plain rows, bounded: told by its bytes, refused before it can do harm.

The program calls `reading.read_in_child`; `open_workbook` does the work in the child process.
This module knows nothing of headers and fields, and imports nothing that is slow.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from xml.parsers.expat import ExpatError

import python_calamine as calamine
from defusedxml import DefusedXmlException

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.exchange import guard, ods, ods_formats, xls, xlsb
from imp_plus_desktop.exchange.building import SheetBuilder
from imp_plus_desktop.exchange.compound import SIGNATURE, CompoundFile
from imp_plus_desktop.exchange.fast_sheets import (
    ReadySheet,
    RowsSheet,
    SheetSource,
    fast_sheets,
    is_asked,
    refuse_unknown,
)
from imp_plus_desktop.exchange.number_formats import Paddings
from imp_plus_desktop.exchange.packages import Package
from imp_plus_desktop.exchange.row_blocks import rows_of
from imp_plus_desktop.exchange.sheets import Limits, Row, Sheet, Workbook
from imp_plus_desktop.exchange.text_tables import TextTable, open_text, pasted_text

_BARE_BIFF = b"\x09\x08"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, LookupError, OverflowError, OSError, ExpatError, SyntaxError,
    DefusedXmlException, calamine.CalamineError,
)  # fmt: skip
_ENCRYPTED = "EncryptedPackage"
_WORKBOOK = re.compile(rb"""Target\s*=\s*["']/?([^"']*workbook[^"']*\.(?:xml|bin))["']""", re.I)
_STREAMS = ("Workbook", "Book")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file whose sheets are read one after the other, each only when its turn comes.

    `about` is the workbook without its sheets.
    """

    about: Workbook
    sheets: Iterator[SheetSource]


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
    with telling_damage():
        reading = open_workbook(path, sheet_names=sheet_names, limits=limits)
        sheets = tuple(_whole(source) for source in reading.sheets)
    return replace(reading.about, sheets=sheets)


def open_workbook(
    path: Path,
    *,
    sheet_names: Sequence[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Reading:
    """Like `read_workbook`, but the sheets follow one by one, under `telling_damage` too."""
    data = file_bytes(path, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(data, sheet_names, limits)
    if data.startswith(SIGNATURE):
        return _open_compound(data, sheet_names, limits)
    if data.startswith(_BARE_BIFF):
        return _open_xls(data, sheet_names, limits)
    if data.startswith(_OLD_BIFF):
        raise ExchangeError("not_a_spreadsheet")
    return _open_text(open_text(data, limits), path.stem, sheet_names)


def _open_text(table: TextTable, name: str, sheet_names: Sequence[str] | None = None) -> Reading:
    refuse_unknown(sheet_names, [name])
    kind = "tsv" if table.delimiter == "\t" else "csv"
    about = Workbook(kind, (), encoding=table.encoding, delimiter=table.delimiter)
    return Reading(about, iter([RowsSheet(Sheet(name), table.rows())]))


def read_pasted(text: str, name: str = "", limits: Limits = Limits()) -> Workbook:  # noqa: B008
    """Cells from the clipboard as a workbook of one sheet.

    Raises ExchangeError: empty_file, too_large, damaged.
    """
    with telling_damage():
        reading = _open_text(pasted_text(text, limits), name)
        sheets = tuple(_whole(source) for source in reading.sheets)
    return replace(reading.about, sheets=sheets)


@contextmanager
def telling_damage() -> Iterator[None]:
    """Tells every way in which a library says *damaged* by one code."""
    try:
        yield
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


def _whole(source: SheetSource) -> Sheet:
    rows = [row for block in source.blocks() for row in rows_of(block)]
    sheet = source.about()
    patch(rows, source.patches())
    return replace(sheet, rows=tuple(rows))


def patch(rows: list[Row], patches: Iterable[tuple[int, int, str]]) -> None:
    """Puts texts that only the scan saw where they stand: row from 1, column from 0."""
    for row, column, text in patches:
        rows.extend([()] * (row - len(rows)))
        cells = list(rows[row - 1])
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = text
        rows[row - 1] = tuple(cells)


def file_bytes(path: Path, limits: Limits = Limits()) -> bytes:  # noqa: B008
    """What a file holds, of a size that may be read.

    Raises ExchangeError: file_not_found, unreadable, empty_file, too_large.
    """
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


def _open_zip(
    data: bytes, sheet_names: Sequence[str] | None, limits: Limits, *, again: bool = False
) -> Reading:
    package = Package(data, limits)
    kind = _zip_kind(package)
    if kind == "xlsb":
        package.check()
        return _open_xlsb(package, sheet_names, limits)
    if kind == "ods":
        package.check()
        if not package.odd:
            return _open_ods(package, sheet_names, limits)
    else:
        workbook = _workbook_part(package)
        parts, date1904 = guard.workbook_parts(package, workbook)
        paddings = guard.padded_styles(package, workbook)
        scans = _scans(package, parts, sheet_names, limits, paddings)
        if not package.odd:
            sheets = fast_sheets(package, sheet_names, limits, scans, parts)
            return Reading(Workbook(kind, (), date1904), sheets)
    if again:
        raise ExchangeError("damaged")
    return _open_zip(package.plain(), sheet_names, limits, again=True)


def _open_ods(package: Package, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    styles = package.read("styles.xml") if "styles.xml" in package else b""
    common = ods_formats.formats_of(styles)
    found = ods.read_content(package.part("content.xml"), sheet_names, limits, common)
    refuse_unknown(sheet_names, [sheet.name for sheet in found])
    return Reading(Workbook("ods", ()), map(ReadySheet, found))


def _scans(
    package: Package,
    parts: dict[str, str],
    sheet_names: Sequence[str] | None,
    limits: Limits,
    paddings: Paddings,
) -> dict[str, guard.Scan]:
    """The scans of the sheets that may be read, after a look at all the other parts."""
    wanted = {
        name: part
        for name, part in parts.items()
        if part in package and (sheet_names is None or name in sheet_names)
    }
    # Many sheets may share one part, each as large as it.
    if sum(package.size(part) for part in wanted.values()) > limits.unpacked_bytes:
        raise ExchangeError("too_large")
    package.check(but=set(wanted.values()))
    return {
        name: guard.scan_sheet(package.part(part), limits, paddings)
        for name, part in wanted.items()
    }


def _zip_kind(package: Package) -> str:
    if "mimetype" in package and b"opendocument.spreadsheet" in package.read("mimetype"):
        manifest = "META-INF/manifest.xml"
        if manifest in package and b"encryption-data" in package.read(manifest):
            raise ExchangeError("encrypted")
        return "ods"
    if "[Content_Types].xml" not in package:
        raise ExchangeError("not_a_spreadsheet")
    types = package.read("[Content_Types].xml").replace(b"\x00", b"")
    if b"spreadsheetml" not in types and b"ms-excel" not in types:
        raise ExchangeError("not_a_spreadsheet")
    # Some programs name every type that there is: the document's own part decides.
    if _workbook_part(package).endswith(".bin"):
        return "xlsb"
    macros = b"sheet.macroEnabled" in types or b"template.macroEnabled" in types
    return "xlsm" if macros else "xlsx"


def _workbook_part(package: Package) -> str:
    """The part that the package's own relations call the document."""
    relations = package.read("_rels/.rels").replace(b"\x00", b"")
    found = _WORKBOOK.search(relations)
    name = found.group(1).decode("utf-8") if found else "xl/workbook.xml"
    if name not in package:
        raise ExchangeError("damaged")
    return name


def _open_xlsb(package: Package, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    workbook = _workbook_part(package)
    entries, date1904 = xlsb.workbook_entries(package.read(workbook))
    refuse_unknown(sheet_names, [entry.name for entry in entries])
    targets = guard.targets_of(package, workbook)
    folder = workbook.rpartition("/")[0]
    strings, styles = (f"{folder}/{name}.bin".lstrip("/") for name in ("sharedStrings", "styles"))
    texts = xlsb.shared_strings(package.read(strings)) if strings in package else []
    numbers = xlsb.number_styles(package.read(styles) if styles in package else b"")

    def sheets() -> Iterator[SheetSource]:
        for entry in entries:
            part = targets.get(entry.relation, "")
            if "chartsheet" in part.lower():
                continue
            if not is_asked(entry.name, entry.hidden, sheet_names):
                yield ReadySheet(Sheet(entry.name, entry.hidden))
                continue
            builder = SheetBuilder(entry.name, entry.hidden, limits, date1904=date1904)
            xlsb.read_sheet(package.read(part), builder, texts, numbers)
            yield ReadySheet(builder.sheet())

    return Reading(Workbook("xlsb", (), date1904), sheets())


def _open_compound(data: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    try:
        file = CompoundFile(data)
        if _ENCRYPTED in file.names:
            raise ExchangeError("encrypted")
        stream = next(filter(None, map(file.stream, _STREAMS)), None)
    except (ValueError, struct.error, IndexError):
        # Its names may still tell what it was.
        raise ExchangeError(_told_by_names(data)) from None
    if stream is None:
        raise ExchangeError("not_a_spreadsheet")
    return _open_xls(stream, sheet_names, limits)


def _told_by_names(data: bytes) -> str:
    if _ENCRYPTED.encode("utf-16-le") in data:
        return "encrypted"
    known = any(f"{name}\x00".encode("utf-16-le") in data for name in _STREAMS)
    return "damaged" if known else "not_a_spreadsheet"


def _open_xls(stream: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    found = xls.read_globals(stream)
    refuse_unknown(sheet_names, [entry.name for entry in found.sheets])

    def sheets() -> Iterator[SheetSource]:
        for entry in found.sheets:
            if not is_asked(entry.name, entry.hidden, sheet_names):
                yield ReadySheet(Sheet(entry.name, entry.hidden))
                continue
            builder = SheetBuilder(entry.name, entry.hidden, limits, date1904=found.date1904)
            xls.read_sheet(stream, entry.start, builder, found)
            yield ReadySheet(builder.sheet())

    return Reading(Workbook("xls", (), found.date1904), sheets())
