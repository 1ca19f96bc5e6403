# SPDX-License-Identifier: Apache-2.0
"""The seventh step of the register's shape: indexes that tell what the window asks after each act.

Which lines are stale, the years of the letters and the days of the agenda are read from an index
alone, however many people there are.
"""

from __future__ import annotations

SEVENTH: tuple[str, ...] = (
    "DROP INDEX standing_computed",
    "CREATE INDEX standing_basis ON standing (computed_on, cap_full)",
    "CREATE INDEX letter_day ON letter (letter_date)",
    "DROP INDEX agenda_rests",
    "CREATE INDEX agenda_rests ON agenda_line (rests, day, acknowledged_on)",
)
