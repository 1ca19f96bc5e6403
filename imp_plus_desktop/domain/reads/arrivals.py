# SPDX-License-Identifier: Apache-2.0
"""What was found of a register when it was opened."""

from __future__ import annotations

from imp_plus_desktop.domain.classes import dataclass


@dataclass(frozen=True, slots=True)
class Arrival:
    """Nothing where all was as it had been left."""

    left_by: str | None = None
    """Whose right to write was taken over, since they had not closed the register."""
    aside: str = ""
    """The name that a log got which was not that of the file."""
    left_out: bool = False
    """Whether such a log lies there still, since nothing can be written; nothing of it was read."""
    missing: int = 0
    """How many acts the file lacks that the one before it in its place had."""
    is_other: bool = False
    """Whether the file went on otherwise than the one before it."""

    @property
    def is_older(self) -> bool:
        """Whether acts are missing: the copies may have them."""
        return bool(self.missing) or self.is_other
