# SPDX-License-Identifier: Apache-2.0
"""Whether two registers hold the same: a hash of each table that is not derived.

    digests(register) -> {table: SHA-256}

Reads only, page by page.
"""

from __future__ import annotations

import hashlib

from imp_plus_desktop.storage.engines.carrying import rows_at_once
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
    for some in register.db.pages(asked, rows_at_once(table)):
        for row in some:
            total.update(repr(row).encode())
    return total.hexdigest()
