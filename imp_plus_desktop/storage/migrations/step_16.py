# SPDX-License-Identifier: Apache-2.0
"""The sixteenth step of the register's shape: the number of a member's passport."""

from __future__ import annotations

SIXTEENTH: tuple[str, ...] = ("ALTER TABLE member ADD COLUMN passport_number TEXT",)
