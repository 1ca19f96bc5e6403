# SPDX-License-Identifier: Apache-2.0
"""Whether two registers hold the same: a hash of each table that is not derived.

    digests(register) -> {table: SHA-256}

Reads only, page by page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from imp_plus_desktop.storage.engines.carrying import holds_files, rows_at_once
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.columns import columns_of
from imp_plus_desktop.storage.tables.records import (
    ActTable,
    AttachmentTable,
    CapCounterTable,
    ChangeTable,
    LedgerEntryTable,
    MifiEntryTable,
    SourceBlockTable,
    SourceFileTable,
    SourceRowTable,
    SourceSheetTable,
)
from imp_plus_desktop.storage.tables.schema import COLUMNS

_KEPT = (
    (ActTable, "id"),
    (ChangeTable, "id"),
    (LedgerEntryTable, "id"),
    (MifiEntryTable, "id"),
    (CapCounterTable, "year"),
    (SourceFileTable, "act_id"),
    (SourceSheetTable, "act_id, sheet"),
    (SourceBlockTable, "act_id, sheet, first_row"),
    (SourceRowTable, "act_id, sheet, row"),
    (AttachmentTable, "sha256"),
)
_LONG = 10_000
"""Bytes of what is a whole file."""
_IN_USE = {"cap_counter": " WHERE used > 0"}
"""A year in which nobody has a place may be counted or not."""


def digests(register: Register) -> dict[str, str]:
    """What each table comes to, by its name."""
    tables = {name: (columns, "id") for name, columns in COLUMNS.items()}
    for table, order in _KEPT:
        tables[table._meta.table_name] = (columns_of(table), order)  # noqa: SLF001
    return {name: _digest(register, name, *how) for name, how in tables.items()}


def _digest(register: Register, table: str, columns: tuple[str, ...], order: str) -> str:
    total = hashlib.sha256()
    asked = f"SELECT {', '.join(columns)} FROM {table}{_IN_USE.get(table, '')} ORDER BY {order}"
    has_files = holds_files(table)
    for some in register.db.pages(asked, rows_at_once(table)):
        for row in some:
            for told in _told(row) if has_files else (repr(row).encode(),):
                total.update(told)
    return total.hexdigest()


def _told(row: Sequence[Any]) -> Iterator[bytes]:
    """A row as it is hashed. A whole file is hashed as it is: written out, it is four times as
    long."""
    files = [value for value in row if _is_long(value)]
    yield repr(tuple(len(value) if _is_long(value) else value for value in row)).encode()
    yield from files


def _is_long(value: object) -> bool:
    return isinstance(value, bytes) and len(value) > _LONG
