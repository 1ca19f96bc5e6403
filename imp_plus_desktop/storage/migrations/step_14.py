# SPDX-License-Identifier: Apache-2.0
"""The fourteenth step of the register's shape: partly known births, a member's second citizenship.

A year, or a year and a month, stands where the day of birth is not known.
"""

from __future__ import annotations

from imp_plus_desktop.storage.migrations.definitions import country, partial_day

FOURTEENTH: tuple[str, ...] = (
    f"ALTER TABLE person ADD COLUMN {partial_day('birth_known')}",
    f"ALTER TABLE member ADD COLUMN {partial_day('birth_known')}",
    f"ALTER TABLE member ADD COLUMN {country('second_citizenship')}",
)
