# SPDX-License-Identifier: Apache-2.0
"""What was found of a register when it was opened."""

from __future__ import annotations

from imp_plus_desktop.domain.classes import dataclass


@dataclass(frozen=True, slots=True)
class Arrival:
    """`left_by` is whose right to write was taken over, since they had not closed the register."""

    left_by: str | None = None
