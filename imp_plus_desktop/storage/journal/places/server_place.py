# SPDX-License-Identifier: Apache-2.0
"""How a register is opened on a server: with the password of a user, and by many at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import Database, ServerAddress
from imp_plus_desktop.storage.files import copies, heads


class ServerPlace:
    """Where one register lies on a server; what `Place` is for a file."""

    reading: StorageError | None = None
    left_by: str | None = None
    identity: tuple[int, int] | None = None

    def __init__(self, address: ServerAddress, beside: Path, password: str = "") -> None:
        self._address, self._beside, self.password = address, beside, password
        self._opened: Database | None = None
        self._register = ""

    def open(
        self,
        *,
        create: bool,
        passphrase: str,
        before_steps: Callable[[Database], object] | None = None,
    ) -> Database:
        """Open the register; none is made, and none is changed, but by `server init` and
        `upgrade`. The passphrase is that of its copies. Errors: as `engines.connect_server`."""
        known = heads.known(self._beside)
        seen = ("", 0) if known is None else (known.system, known.timeline)
        opened = self._opened = engines.connect_server(self._address, self.password, seen=seen)
        opened.passphrase = passphrase
        with suppress(OSError):  # nothing is noted then
            private.make_folder(copies.folder_of(self._beside))
        return opened

    def check(self) -> None:
        """Nobody puts another register in the place of one that is open."""

    def note(self, register: str, act: int, seal: bytes) -> None:
        """Note where the journal stands: an older server in this one's place is told."""
        self._register = register
        if self._opened is not None:
            heads.note(self._beside, register, act, seal, self._opened.whence)

    def must_write(self) -> None:
        """Whoever may not write is told by the server."""

    def let_go(self) -> None:
        """Forget the password."""
        self.password = ""

    def leave(self) -> None:
        """Note what was read last. Nothing keeps others from writing."""
        if self._opened is not None and self._register:
            act, seal = self._opened.last_seen
            heads.note(self._beside, self._register, act, seal, self._opened.whence)
            self._opened = None
