# SPDX-License-Identifier: Apache-2.0
"""The sixth step of the register's shape: lists that are being put right are not lost."""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import INSTANT

SIXTH: tuple[str, ...] = (
    # Work in progress, never journaled.
    f"""CREATE TABLE import_draft (
        sha256 TEXT PRIMARY KEY, choices TEXT NOT NULL,
        saved_at {INSTANT.format("saved_at")} NOT NULL, who TEXT NOT NULL) WITHOUT ROWID""",
)
