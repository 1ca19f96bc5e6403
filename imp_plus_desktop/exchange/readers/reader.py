# SPDX-License-Identifier: Apache-2.0
"""Any workbook to plain rows, bounded: told by its bytes, refused before it can do harm.

The program calls `reading.read_bytes_in_child`; `open_bytes` does the work in the child process.
This module knows nothing of headers and fields, and imports nothing that is slow: the readers of
the rarer kinds come with the first file of theirs, since every reading process would pay for them.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from xml.parsers.expat import ExpatError

import python_calamine as calamine
from defusedxml import DefusedXmlException

from imp_plus_desktop import plain_files
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.letters import OddTexts
from imp_plus_desktop.exchange.readers.xlsx.opening import open_xlsx
from imp_plus_desktop.exchange.readers.xlsx.packages import Package, plain
from imp_plus_desktop.exchange.sheets.row_blocks import rows_of
from imp_plus_desktop.exchange.sheets.sheets import Limits, Row, Sheet, TextForm, Workbook
from imp_plus_desktop.exchange.sheets.sources import Reading, SheetSource, refuse_too_large

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = b"\x09\x08"
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, LookupError, OverflowError, OSError, ExpatError, SyntaxError,
    DefusedXmlException, calamine.CalamineError,
)  # fmt: skip
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_WORKBOOK = re.compile(rb"""Target\s*=\s*["']/?([^"']*workbook[^"']*\.(?:xml|bin))["']""", re.I)


def read_workbook(
    path: Path,
    *,
    sheet_names: Sequence[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008
    form: TextForm = TextForm(),  # noqa: B008
) -> Workbook:
    """Reads every visible sheet, or only the named ones, which may be hidden; a text file in the
    form that was chosen.

    Raises ExchangeError: file_not_found, empty_file, not_a_spreadsheet, encrypted, too_large,
    damaged, sheet_not_found.
    """
    with telling_damage():
        reading = open_workbook(path, sheet_names=sheet_names, limits=limits, form=form)
        sheets = tuple(_whole(source) for source in reading.sheets)
        refuse_too_large((len(sheet.rows), sheet) for sheet in sheets)
    return replace(reading.about, sheets=sheets)


def open_workbook(
    path: Path,
    *,
    sheet_names: Sequence[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008
    form: TextForm = TextForm(),  # noqa: B008
) -> Reading:
    """Like `read_workbook`, but the sheets follow one by one, under `telling_damage` too."""
    data = file_bytes(path, limits)
    name = table_name(path.name)
    return open_bytes(data, name, sheet_names=sheet_names, limits=limits, form=form)


def table_name(file_name: str) -> str:
    """What the sheet of a text file is called: as the file, without signs that no file may have
    everywhere."""
    return Path(_FORBIDDEN.sub("_", file_name) or "list").stem


def open_bytes(
    data: bytes,
    name: str,
    *,
    sheet_names: Sequence[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008
    form: TextForm = TextForm(),  # noqa: B008
) -> Reading:
    """Like `open_workbook`, of what a file held; the sheet of a text file is called `name`."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_zip(data, sheet_names, limits)
    from imp_plus_desktop.exchange.readers import other_kinds

    if data.startswith(_COMPOUND):
        return other_kinds.open_compound(data, sheet_names, limits)
    if data.startswith(_BARE_BIFF):
        return other_kinds.open_xls(data, sheet_names, limits)
    if data.startswith(_OLD_BIFF):
        raise ExchangeError("not_a_spreadsheet")
    return other_kinds.open_text_file(data, name, sheet_names, limits, form)


def read_pasted(text: str, name: str = "", limits: Limits = Limits()) -> Workbook:  # noqa: B008
    """Cells from the clipboard as a workbook of one sheet.

    Raises ExchangeError: empty_file, too_large, damaged.
    """
    from imp_plus_desktop.exchange.readers import other_kinds

    with telling_damage():
        reading = other_kinds.open_pasted(text, name, limits)
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
    rows: list[Row] = []
    odd = OddTexts()
    for block in source.blocks():
        odd.look(len(rows) + 1, block)
        rows.extend(rows_of(block))
    sheet = source.about()
    patch(rows, source.patches())
    return replace(sheet, rows=tuple(rows), odd_letters={**odd.found(), **sheet.odd_letters})


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
        data = plain_files.read_plain(path, limits.unpacked_bytes + 1)
    except FileNotFoundError:
        raise ExchangeError("file_not_found") from None
    except plain_files.NotAFile:
        raise ExchangeError("not_a_file") from None
    except OSError as error:
        raise ExchangeError(plain_files.trouble(error, "unreadable")) from None
    if len(data) > limits.unpacked_bytes:
        raise ExchangeError("too_large")
    if not data.strip(b"\x00 \r\n\t"):
        raise ExchangeError("empty_file")
    return data


def _open_zip(data: bytes, sheet_names: Sequence[str] | None, limits: Limits) -> Reading:
    package = Package(data, limits)
    kind = _zip_kind(package)
    if kind not in ("xlsb", "ods"):
        return open_xlsx(package, kind, _workbook_part(package), sheet_names, limits)
    from imp_plus_desktop.exchange.readers import other_kinds

    package.check()
    if kind == "xlsb":
        return other_kinds.open_xlsb(package, _workbook_part(package), sheet_names, limits)
    if package.odd:
        package = Package(package.rewritten(dict.fromkeys(package.odd, plain)), limits)
        package.check()
        if package.odd:
            raise ExchangeError("damaged")
    return other_kinds.open_ods(package, sheet_names, limits)


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
