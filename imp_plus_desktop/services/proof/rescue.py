# SPDX-License-Identifier: Apache-2.0
"""Rescues what can be read of a damaged register into a new one.

    rescue(damaged, target, passphrase, …) -> Rescue

The damaged file is only copied, and what is read is its copy. The new register has its passphrase,
and passes the check of every register. Must not know the window.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Half, Progress
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.proof.checking import CheckReport
from imp_plus_desktop.storage.engines import Salvage
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup, rescuing
from imp_plus_desktop.storage.maintenance.rescuing import Lost, Rescued

__all__ = ["Lost", "Rescued"]


@dataclass(frozen=True, slots=True)
class Rescue:
    """A new register with what could be read; `report` is its own check."""

    path: Path
    people: int
    rescued: Rescued
    report: CheckReport


def rescue(
    around: Office,
    damaged: Path,
    target: Path,
    passphrase: str = "",
    progress: Progress | None = None,
) -> Rescue:
    """Make a new register of what can be read of a damaged file. `around` lends its clock and who
    is working; its register is not asked. One that is stopped leaves nothing.

    Errors: StorageError not_found, file_exists, beyond_rescue, not_from_snapshot, cannot_copy,
    full; Cancelled.
    """
    if not damaged.is_file():
        raise StorageError("not_found")
    if target.exists():
        raise StorageError("file_exists")
    try:
        part = private.begun(target)
    except (OSError, ValueError):
        raise StorageError("cannot_copy") from None
    try:
        with private.scratch_folder() as folder:
            salvage = Salvage(_copied(damaged, folder), passphrase)
            try:
                if salvage.is_snapshot:
                    raise StorageError("not_from_snapshot")
                done = _into(around, salvage, part, passphrase, progress)
            finally:
                salvage.close()
        held_files.replace(part, target)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_copy")) from None
    finally:
        private.ended(part)
    return Rescue(target, *done)


def _copied(damaged: Path, folder: Path) -> Path:
    """A copy of the file and of the log beside it, which is all that is opened."""
    copy = folder / "damaged.imp"
    for ending in ("", "-wal"):
        source = damaged.with_name(damaged.name + ending)
        if source.is_file():
            target = copy.with_name(copy.name + ending)
            private.create(target)
            with source.open("rb") as file:
                private.copy_into(target, file)
    return copy


def _into(
    around: Office, salvage: Salvage, part: Path, passphrase: str, progress: Progress | None
) -> tuple[int, Rescued, CheckReport]:
    made = Register(part, passphrase=passphrase, copy_first=False)
    try:
        header = ActHeader(around.clock.now(), around.user, rescuing.SERVICE)
        first = second = None
        if progress is not None:
            first, second = Half(progress), Half(progress, second=True)
        step = None if first is None else first.step
        rescued = rescuing.rescue(salvage, made, header, step)
        office = replace(around, register=made, made=[], shown=None)
        summary.refresh(office, None if second is None else Half(second))
        report = checking.check(
            office, progress=None if second is None else Half(second, second=True)
        )
        people = backup.content_of(made).people
        made.db.settle_in_file()
    finally:
        made.close()
    return people, rescued, report
