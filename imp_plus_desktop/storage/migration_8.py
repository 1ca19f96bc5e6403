# SPDX-License-Identifier: Apache-2.0
"""The eighth step of the register's shape: a second citizenship and a second telephone."""

from __future__ import annotations

from imp_plus_desktop.storage.ddl import country

EIGHTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {country('second_citizenship')}",
    "ALTER TABLE person ADD COLUMN phone_2 TEXT",
)
