# SPDX-License-Identifier: Apache-2.0
"""The eighth step of the register's shape: the lines of the lists know the figures they rest on."""

from __future__ import annotations

EIGHTH: tuple[str, ...] = (
    # Derived like `standing`, which it speaks of: at most one row.
    "CREATE TABLE standing_figures (id INTEGER PRIMARY KEY CHECK (id = 1), figures TEXT NOT NULL)",
)
