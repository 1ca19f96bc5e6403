# SPDX-License-Identifier: Apache-2.0
"""What restoring a copy would change, as values that are told before anything is done."""

from __future__ import annotations

from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import ActRow


@dataclass(frozen=True, slots=True)
class RegisterState:
    """How much a register holds, and its latest act."""

    people: int
    acts: int
    newest: ActRow | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What restoring a copy would do. `lost` are the latest of the acts that would go.

    `is_plain` when the copy has no passphrase though the register has one; `is_other` when the two
    have no act in common: another office's register, or a new one.
    """

    source: Path
    copy: RegisterState
    present: RegisterState
    would_lose: int
    would_bring: int
    lost: tuple[ActRow, ...]
    is_other: bool
    is_plain: bool
    head: bytes
    """The last act of the register that was looked at: whoever says yes has seen no later one."""
