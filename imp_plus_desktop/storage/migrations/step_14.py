# SPDX-License-Identifier: Apache-2.0
"""The fourteenth step of the register's shape: partly known births, a member's second citizenship.

A year, or a year and a month, stands where the day of birth is not known.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import country

_KNOWN = (
    "birth_known TEXT CHECK (birth_known IS NULL OR birth_known GLOB '[12][0-9][0-9][0-9]'"
    " OR birth_known GLOB '[12][0-9][0-9][0-9]-[01][0-9]')"
)

FOURTEENTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {_KNOWN}",
    f"ALTER TABLE member ADD COLUMN {_KNOWN}",
    f"ALTER TABLE member ADD COLUMN {country('second_citizenship')}",
)
