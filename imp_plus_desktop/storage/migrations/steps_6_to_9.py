# SPDX-License-Identifier: Apache-2.0
"""The sixth to the ninth step of the register's shape: four short ones, each as it was released."""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import INSTANT, country

SIXTH: tuple[str, ...] = (
    # Work in progress, never journaled.
    f"""CREATE TABLE import_draft (
        sha256 TEXT PRIMARY KEY, choices TEXT NOT NULL,
        saved_at {INSTANT.format("saved_at")} NOT NULL, who TEXT NOT NULL) WITHOUT ROWID""",
)
"""Lists that are being put right are not lost."""

SEVENTH: tuple[str, ...] = (
    "DROP INDEX standing_computed",
    "CREATE INDEX standing_basis ON standing (computed_on, cap_full)",
    "CREATE INDEX letter_day ON letter (letter_date)",
    "DROP INDEX agenda_rests",
    "CREATE INDEX agenda_rests ON agenda_line (rests, day, acknowledged_on)",
)
"""Indexes that tell what the window asks after each act.

Which lines are stale, the years of the letters and the days of the agenda are read from an index
alone, however many people there are.
"""

EIGHTH: tuple[str, ...] = (
    # Derived like `standing`, which it speaks of: at most one row.
    "CREATE TABLE standing_figures (id INTEGER PRIMARY KEY CHECK (id = 1), figures TEXT NOT NULL)",
)
"""The lines of the lists know the figures they rest on."""

NINTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {country('second_citizenship')}",
    "ALTER TABLE person ADD COLUMN phone_2 TEXT",
)
"""A second citizenship and a second telephone."""
