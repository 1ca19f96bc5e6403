# SPDX-License-Identifier: Apache-2.0
"""How a register is opened where it lies: to be written, or only to be read.

Where nothing can be written, and on another computer's drive while another desk writes, what is
read is a private snapshot.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import real, trouble
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.files import heads, leases, network_drives

_lock = threading.Lock()
_open: dict[Path, int] = {}


def is_open_here(path: Path) -> bool:
    """Whether this process has a register open: to open its file by other means, and to close it
    again, would end SQLite's locks on it."""
    return bool(_open.get(real(path)))


class Place:
    """Where one register lies. `has_desks`: others may open it too; what is made aside they do
    not."""

    def __init__(self, path: Path, desk: str, *, has_desks: bool, own_log: bool = True) -> None:
        self._path, self._desk, self._own_log = path, desk, own_log
        self._has_desks = has_desks
        self._lease: leases.Lease | None = None
        self._snapshot: Path | None = None
        self._is_counted = False
        self.reading: StorageError | None = None
        """Why it can only be read, None where it can be written."""
        self.identity: tuple[int, int] | None = None
        """What tells the file that was opened from another one in its place."""

    @property
    def left_by(self) -> str | None:
        """Who had left the register without closing it, and was taken over."""
        before = self._lease.recovered if self._lease is not None else None
        return None if before is None else before.desk

    def open(
        self,
        *,
        create: bool,
        passphrase: str,
        before_steps: Callable[[Database], object] | None = None,
    ) -> Database:
        """Open the register, as far as can be. Errors: as `engines.connect`."""
        opened = self._open(create, passphrase, before_steps)
        self.identity = engines.identity(self._path)
        return opened

    def check(self) -> None:
        """Refuse to go on where the file was deleted, emptied or replaced while it is open: what
        is written would be in no register. Errors: StorageError register_gone, register_replaced.
        """
        found = engines.identity(self._path)
        if found is None:
            raise StorageError("register_gone")
        if found != self.identity:
            raise StorageError("register_replaced")

    def _open(
        self, create: bool, passphrase: str, before_steps: Callable[[Database], object] | None
    ) -> Database:
        self.let_go()
        self.reading = self._why_reading(create)
        if self.reading is None:
            self._count(1)
            try:
                return engines.connect(
                    self._path, create=create, passphrase=passphrase, before_steps=before_steps
                )
            except BaseException as error:
                is_told = isinstance(error, StorageError) and error.code == "read_only"
                if not is_told or not self._has_content():
                    self.leave()
                    raise
            # Windows tells who may write only where somebody tries.
            self.leave()
            self.reading = StorageError("only_read")
        self._snapshot = private.scratch_place()
        try:
            return engines.open_snapshot(
                self._path, passphrase, self._snapshot, with_log=self._own_log
            )
        except BaseException:
            self.let_go()
            raise

    def note(self, register: str, act: int, seal: bytes) -> None:
        """Note where the journal stands, unless this is a part that is made aside."""
        if self._has_desks:
            heads.note(self._path, register, act, seal)

    def must_write(self) -> None:
        """Errors: StorageError only_read, written_elsewhere."""
        if self.reading is not None:
            raise StorageError(self.reading.code, **self.reading.parameters)
        if self._lease is not None and not self._lease.is_held():
            raise _elsewhere(leases.holder(self._path))

    def let_go(self) -> None:
        """Remove what was only made to be read."""
        if self._snapshot is not None:
            private.remove_folder(self._snapshot)
            self._snapshot = None

    def leave(self) -> None:
        """Let others write."""
        self.let_go()
        self._count(-1)
        if self._lease is not None:
            self._lease.release()
            self._lease = None

    def _count(self, more: int) -> None:
        """Note that this process has the file open, or no longer: once for each place."""
        if self._is_counted == (more > 0):
            return
        self._is_counted = more > 0
        whole = real(self._path)
        with _lock:
            _open[whole] = max(_open.get(whole, 0) + more, 0)

    def _why_reading(self, create: bool) -> StorageError | None:
        if not self._has_desks:
            return None
        if self._has_content() and not engines.may_write(self._path):
            return StorageError("only_read")
        if self._lease is not None or not network_drives.is_remote(self._path):
            return None
        if not (create or self._has_content()):
            return None
        try:
            private.make_folder(self._path.parent)
            self._lease = leases.take(self._path, self._desk)
        except leases.Held as held:
            return _elsewhere(held.by)
        except OSError as error:
            raise StorageError(trouble(error, "cannot_open")) from None
        return None

    def _has_content(self) -> bool:
        try:
            return self._path.is_file() and self._path.stat().st_size > 0
        except OSError:
            return False


def _elsewhere(holder: leases.Holder | None) -> StorageError:
    named = holder is not None and holder.desk
    return StorageError(
        "written_elsewhere",
        desk=holder.desk if holder is not None and named else "—",
        computer=holder.computer if holder is not None and named else "—",
    )
