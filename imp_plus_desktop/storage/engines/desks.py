# SPDX-License-Identifier: Apache-2.0
"""What a server keeps of its desks beside the register: who is there, and what is taken on.

Desks         what is asked of it, from any thread
AGE, SIGN     how old a desk's last sign may be, and how often one is given, in seconds
"""

from __future__ import annotations

from typing import Protocol

from imp_plus_desktop.domain.reads.desks import Around, Matter

SIGN = 8.0
AGE = 20.0
"""Whoever has given no sign for so long is gone: with the next look of another desk it is shown
within half a minute."""


class Desks(Protocol):
    """What one connection asks of it."""

    def around(self, age: float = AGE) -> Around:
        """Who is there, as far as they gave a sign of late, and what is taken on."""

    def claim(self, matter: Matter, *, take: bool = False) -> str:
        """Take something on, also from somebody else where one is to `take` it. Returns whose it
        is now. Errors: NotAllowed not_allowed."""

    def check(self) -> None:
        """Errors: StorageError format_changed, where the register is another one's by now."""

    def looked_at(self, person: int, *, waits: bool) -> bool:
        """Record that somebody's file was opened, by an act of its own. Whether it is recorded:
        where it `waits` for whoever writes it always is. Errors: StorageError locked."""

    def let_go(self, matter: Matter) -> bool:
        """Let go of what one has taken on; whether one had."""
