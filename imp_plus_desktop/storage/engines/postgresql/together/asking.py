# SPDX-License-Identifier: Apache-2.0
"""Asks a server what it keeps of its desks.

ServerDesks(ask, version)     `ask(statement, values) -> rows`, with `?` for a value
    around(), claim(matter), let_go(matter), looked_at(person)
    check()                            whether the register still has that version
    sign(person), leave()              for the connection by which one is there
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from imp_plus_desktop.domain.reads.desks import Around, Claim, Matter, Seen
from imp_plus_desktop.storage.engines.desks import AGE

_SEEN = "SELECT name, person_id, since, pid = pg_backend_pid() FROM desks_seen(?)"
_CLAIMS = "SELECT kind, what, name, since, until, name = session_user FROM claims_held()"

Ask = Callable[[str, Sequence[Any]], Sequence[Sequence[Any]]]


class ServerDesks:
    """What one connection asks; see `engines.desks.Desks`."""

    def __init__(self, ask: Ask, version: str) -> None:
        self._ask, self._version = ask, version

    def around(self, age: float = AGE) -> Around:
        """Who is there, and what is taken on."""
        seen = tuple(
            Seen(str(name), person, since, is_own=bool(own))
            for name, person, since, own in self._ask(_SEEN, (age,))
        )
        claims = {}
        for kind, what, name, since, until, own in self._ask(_CLAIMS, ()):
            matter = Matter(str(kind), str(what))
            claims[matter] = Claim(matter, str(name), since, until, is_own=bool(own))
        return Around(seen, claims)

    def claim(self, matter: Matter, *, take: bool = False) -> str:
        """Take something on; whose it is now."""
        return str(self._ask("SELECT claim_it(?, ?, ?)", (*matter, take))[0][0])

    def let_go(self, matter: Matter) -> bool:
        """Let go of something; whether one had it."""
        return bool(self._ask("SELECT let_it_go(?, ?)", matter)[0][0])

    def looked_at(self, person: int, *, waits: bool) -> bool:
        """Record that somebody has opened a file; whether that could be done."""
        return bool(self._ask("SELECT looked_at(?, ?)", (person, waits))[0][0])

    def check(self) -> None:
        """Look whether the register still has the format that it was opened with."""
        if self._version:
            self._ask("SELECT format_is(?)", (self._version,))

    def sign(self, person: int | None) -> None:
        """Say that one is there, with a file open or none."""
        self.check()
        self._ask("SELECT be_seen(?)", (person,))

    def leave(self) -> None:
        """Say that one is there no more."""
        self._ask("SELECT be_gone()", ())
