# SPDX-License-Identifier: Apache-2.0
"""What one thread knows of its connection, and of what it does there."""

from __future__ import annotations

from threading import local

from imp_plus_desktop.storage.engines.postgresql.bulk import Beside
from imp_plus_desktop.storage.engines.postgresql.line.acknowledging import Key
from imp_plus_desktop.storage.engines.postgresql.line.memory import Memory
from imp_plus_desktop.storage.engines.postgresql.line.queue import Queue
from imp_plus_desktop.storage.engines.postgresql.line.seen import NOBODY


class OfThread(local):
    """What one thread knows of its connection."""

    def __init__(self) -> None:
        self.written = 0
        self.is_bound = False
        """Whether something hangs on this very connection."""
        self.origin = NOBODY
        self.queue: Queue | None = None
        self.memory: Memory | None = None
        self.beside: Beside | None = None
        """What brings rows in while others are made."""
        self.pages = 0
        """How many queries were gone through page by page."""
        self.key: Key | None = None
        self.told = ""

    def settle(self) -> None:
        """Wait until all rows that are on their way are in. Raises what the driver raised."""
        beside, self.beside = self.beside, None
        if beside is not None:
            beside.settle()

    def leave(self) -> None:
        """Let rows go that are on their way: what they were written for is taken back."""
        beside, self.beside = self.beside, None
        if beside is not None:
            beside.leave()
