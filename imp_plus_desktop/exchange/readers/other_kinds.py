# SPDX-License-Identifier: Apache-2.0
"""The kinds of files that are not read by the fast reader: ods, xlsb, xls, and text.

Each through the module that knows its records. Loaded with the first file of such a kind only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.binary import xls, xlsb
from imp_plus_desktop.exchange.readers.binary.compound import CompoundFile
from imp_plus_desktop.exchange.readers.opendocument import ods, ods_formats
from imp_plus_desktop.exchange.readers.text_tables import TextTable, open_text, pasted_text
from imp_plus_desktop.exchange.readers.xlsx.packages import Package
from imp_plus_desktop.exchange.readers.xlsx.workbook_parts import (
    NO_PART,
    SheetEntry,
    Target,
    targets_of,
)
from imp_plus_desktop.exchange.sheets.building import SheetBuilder
from imp_plus_desktop.exchange.sheets.sheets import Limits, Sheet, TextForm, Workbook
from imp_plus_desktop.exchange.sheets.sources import (
    Reading,
    ReadySheet,
    RowsSheet,
    SheetSource,
    is_asked,
    refuse_unknown,
)

_ENCRYPTED = "EncryptedPackage"
_STREAMS = ("Workbook", "Book")


class _TextSheet(RowsSheet):
    """A table in text, with the cells that were of another encoding than the rest."""

    def __init__(self, name: str, table: TextTable) -> None:
        super().__init__(Sheet(name), table.rows())
        self._table = table

    def about(self) -> Sheet:
        return replace(super().about(), odd_letters=self._table.mixed)


def open_text_file(
    data: bytes, name: str, sheet_names: Sequence[str] | None, limits: Limits, form: TextForm
) -> Reading:
    """A table in text; its sheet has the file's name."""
    return _open_text(open_text(data, limits, form), name, sheet_names)


def open_pasted(text: str, name: str, limits: Limits) -> Reading:
    """Cells from the clipboard."""
    return _open_text(pasted_text(text, limits), name)


def _open_text(table: TextTable, name: str, sheet_names: Sequence[str] | None = None) -> Reading:
    refuse_unknown(sheet_names, [name])
    kind = "tsv" if table.delimiter == "\t" else "csv"
    about = Workbook(kind, (), encoding=table.encoding, delimiter=table.delimiter)
    return Reading(about, iter([_TextSheet(name, table)]))


def open_ods(package: Package, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    """An OpenDocument spreadsheet."""
    styles = package.read("styles.xml") if "styles.xml" in package else b""
    common = ods_formats.formats_of(styles)
    found = ods.read_content(package.part("content.xml"), sheet_names, limits, common)
    refuse_unknown(sheet_names, [sheet.name for sheet in found])
    return Reading(Workbook("ods", ()), map(ReadySheet, found))


def open_xlsb(
    package: Package, workbook: str, sheet_names: Sequence[str] | None, limits: Limits
) -> Reading:
    """A binary workbook; `workbook` is the name of its part."""
    entries, date1904 = xlsb.workbook_entries(package.read(workbook))
    refuse_unknown(sheet_names, [entry.name for entry in entries])
    targets = targets_of(package, workbook)
    folder = workbook.rpartition("/")[0]
    strings, styles = (f"{folder}/{name}.bin".lstrip("/") for name in ("sharedStrings", "styles"))
    texts = xlsb.shared_strings(package.read(strings)) if strings in package else []
    numbers = xlsb.number_styles(package.read(styles) if styles in package else b"")

    def sheets() -> Iterator[SheetSource]:
        for entry in entries:
            target = targets.get(entry.relation, Target())
            listed = SheetEntry(
                entry.name, target.part if target.part in package else "", target.kind
            )
            if listed.is_left_over:
                yield ReadySheet(Sheet(entry.name, why_not=NO_PART))
            if not listed.is_worksheet:
                continue
            if not is_asked(entry.name, entry.hidden, sheet_names):
                yield ReadySheet(Sheet(entry.name, entry.hidden))
                continue
            builder = SheetBuilder(entry.name, entry.hidden, limits, date1904=date1904)
            content = package.read(listed.part)
            read = partial(xlsb.read_sheet, content, builder, texts, numbers)
            yield ReadySheet(builder.filled_by(read))

    return Reading(Workbook("xlsb", (), date1904), sheets())


def open_compound(data: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    """A compound file, which holds an xls workbook, or one that is encrypted."""
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
    return open_xls(stream, sheet_names, limits)


def _told_by_names(data: bytes) -> str:
    if _ENCRYPTED.encode("utf-16-le") in data:
        return "encrypted"
    known = any(f"{name}\x00".encode("utf-16-le") in data for name in _STREAMS)
    return "damaged" if known else "not_a_spreadsheet"


def open_xls(stream: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    """The stream of an xls workbook."""
    found = xls.read_globals(stream)
    refuse_unknown(sheet_names, [entry.name for entry in found.sheets])

    def sheets() -> Iterator[SheetSource]:
        for entry in found.sheets:
            if not is_asked(entry.name, entry.hidden, sheet_names):
                yield ReadySheet(Sheet(entry.name, entry.hidden))
                continue
            builder = SheetBuilder(entry.name, entry.hidden, limits, date1904=found.date1904)
            read = partial(xls.read_sheet, stream, entry.start, builder, found)
            yield ReadySheet(builder.filled_by(read))

    return Reading(Workbook("xls", (), found.date1904), sheets())
