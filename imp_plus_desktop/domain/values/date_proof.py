# SPDX-License-Identifier: Apache-2.0
"""How the order of day and month in a file's dates was proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from imp_plus_desktop.domain.classes import dataclass

DMY, MDY, YMD = "dmy", "mdy", "ymd"


@dataclass(frozen=True, slots=True)
class DateProof:
    """Which order the file's text dates have and why.

    `proved_by`: day_over_12, order_of_life, given, or not_needed when no date waits for an order.
    `exceptions` are columns, by (sheet, field), that disprove the file's order.
    """

    order: str | None
    proved_by: str
    dates_total: int = 0
    dates_over_12: int = 0
    column: str | None = None
    exceptions: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def order_of(self, sheet: str, field_name: str) -> str:
        return self.exceptions.get((sheet, field_name), self.order or DMY)
