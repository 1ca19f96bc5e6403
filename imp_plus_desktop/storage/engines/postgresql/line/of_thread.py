# SPDX-License-Identifier: Apache-2.0
"""What one thread knows of its connection, and of what it does there."""

from __future__ import annotations

from threading import local

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
        self.pages = 0
        """How many queries were gone through page by page."""
        self.key: Key | None = None
        self.told = ""
