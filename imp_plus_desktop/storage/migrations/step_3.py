# SPDX-License-Identifier: Apache-2.0
"""The third step of the register's shape: long lists cost less.

A change may hold what came in together with its row, so that a new file is one change however
much hangs on it. The archive keeps the cells of a list in blocks of rows as they were read, and
what a whole sheet has in common once.
"""

from __future__ import annotations

_SOURCE = (
    """CREATE TABLE source_sheet (
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        sheet TEXT NOT NULL, signature TEXT NOT NULL,
        PRIMARY KEY (act_id, sheet)) WITHOUT ROWID""",
    "INSERT INTO source_sheet (act_id, sheet, signature)"
    " SELECT act_id, sheet, MAX(signature) FROM source_row GROUP BY act_id, sheet",
    "CREATE INDEX source_sheet_signature ON source_sheet (signature, act_id)",
    """CREATE TABLE source_block (
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        sheet TEXT NOT NULL, first_row INTEGER NOT NULL, cells BLOB NOT NULL,
        PRIMARY KEY (act_id, sheet, first_row))""",
    # `cells` is what an older register kept row by row: it stays where it is.
    """CREATE TABLE source_row_new (
        act_id INTEGER NOT NULL REFERENCES act (id) DEFERRABLE INITIALLY DEFERRED,
        sheet TEXT NOT NULL, row INTEGER NOT NULL,
        effect TEXT NOT NULL, person_id INTEGER, row_key TEXT NOT NULL,
        mended TEXT, cells TEXT,
        PRIMARY KEY (act_id, sheet, row)) WITHOUT ROWID""",
    "INSERT INTO source_row_new (act_id, sheet, row, effect, person_id, row_key, mended, cells)"
    " SELECT act_id, sheet, row, effect, person_id, row_key,"
    " CASE WHEN cells LIKE '{%' THEN json_extract(cells, '$.mended') END,"
    " CASE WHEN cells LIKE '{%' THEN json_extract(cells, '$.cells') ELSE cells END"
    " FROM source_row",
    "DROP TABLE source_row",
    "ALTER TABLE source_row_new RENAME TO source_row",
    "CREATE INDEX source_row_key ON source_row (row_key, person_id)",
)

THIRD: tuple[str, ...] = ("ALTER TABLE change ADD COLUMN together TEXT", *_SOURCE)
