# SPDX-License-Identifier: Apache-2.0
"""How long a thread may compute while another one waits for its turn to hand rows over."""

from __future__ import annotations

import sys
from threading import Lock


class Switching:
    """A statement takes less than Python's own five milliseconds, after each of which the inserts
    would stand still for as long."""

    def __init__(self) -> None:
        self._lock, self._count, self._own = Lock(), 0, 0.0

    def begin(self) -> None:
        """Let threads take turns quickly from now on."""
        with self._lock:
            self._count += 1
            if self._count == 1:
                self._own = sys.getswitchinterval()
                sys.setswitchinterval(min(self._own, 0.0001))

    def end(self) -> None:
        """Leave that to Python again, once everybody has ended who began."""
        with self._lock:
            self._count -= 1
            if not self._count:
                sys.setswitchinterval(self._own)


SWITCHING = Switching()
