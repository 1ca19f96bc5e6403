# SPDX-License-Identifier: Apache-2.0
"""The ninth step of the register's shape: a second citizenship and a second telephone."""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import country

NINTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {country('second_citizenship')}",
    "ALTER TABLE person ADD COLUMN phone_2 TEXT",
)
