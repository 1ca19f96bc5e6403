# SPDX-License-Identifier: Apache-2.0
"""How well a register is, item by item: what was looked at, how it stands, and what mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass


class Standing(StrEnum):
    """How an item stands."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Mend(StrEnum):
    """What would mend an item."""

    COPY = "copy"
    COPIES = "copies"  # the settings of copies
    RESTORE = "restore"
    CHECK = "check"
    PASSPHRASE = "passphrase"
    ROOM = "room"
    MOVE = "move"
    CLOCK = "clock"
    RIGHTS = "rights"
    SERVER = "server"
    KEEPER = "keeper"  # whoever looks after the server


@dataclass(frozen=True, slots=True)
class HealthItem:
    """One item: `case` tells apart what is said of it, `facts` are what stands in the sentence."""

    item: str
    state: Standing
    case: str
    mend: Mend | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
