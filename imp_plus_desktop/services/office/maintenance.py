# SPDX-License-Identifier: Apache-2.0
"""Care of the register: copies. Whether it is whole is for `services/proof`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.files import copies, leases, network_drives
from imp_plus_desktop.storage.maintenance import backup


def save_copy(
    office: Office, folder: Path | None = None, *, progress: Progress | None = None
) -> Path:
    """Write a verified copy (default: among the automatic ones). Returns its path.

    Errors: StorageError cannot_copy, full; Cancelled, and then there is none.
    """
    office.must_see_all()
    now = datetime.now().astimezone()
    step = None if progress is None else progress.step
    if folder is None:
        return backup.make_copy(office.register, now, "manual", step=step)
    target = folder / copies.kept_elsewhere(office.register_path, now)
    return backup.copy_to(office.register, target, step)


def is_on_network(office: Office) -> bool:
    """Whether the register lies on another computer's drive, where one desk at a time writes."""
    return network_drives.is_remote(office.register_path)


def is_free(office: Office) -> bool:
    """Whether nobody writes any more in a register on another computer's drive."""
    return leases.holder(office.register_path) is None


def copies_folder(office: Office) -> Path:
    """Where the automatic copies are; it may not exist yet."""
    return copies.folder_of(office.register_path)


def copies_left(office: Office) -> tuple[str, ...]:
    """Names of copies that were to go and that another program holds; they go with a later one.

    To be asked right after a copy was made: later, more may go.
    """
    found = copies.copies_of(office.register_path)
    return tuple(copy.path.name for copy in copies.to_drop(found, datetime.now(UTC)))


@dataclass(frozen=True, slots=True)
class CopiesMade:
    """The automatic copies as a whole: when the latest was made, and the names of those that are
    dated in the future, which are kept aside."""

    latest: datetime | None
    ahead: tuple[str, ...]


def copies_made(office: Office) -> CopiesMade:
    """What there is of automatic copies."""
    now = datetime.now(UTC)
    found = copies.copies_of(office.register_path)
    last = copies.latest(found, now)
    ahead = tuple(copy.path.name for copy in found if copy.is_ahead(now))
    return CopiesMade(last.made.astimezone() if last is not None else None, ahead)
