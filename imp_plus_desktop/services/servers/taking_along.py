# SPDX-License-Identifier: Apache-2.0
"""A snapshot of a register on a server, for a laptop that leaves the office: an encrypted file that
is only read, for ever.

    take_along(office, path, passphrase) -> Snapshot

It is what the register held at one moment, verified like a move; that it was made is an act of the
register, which the snapshot itself does not hold. Whoever only reads makes none.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.domain.values.roles import must_allow, needed
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress, halves, step_of
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.proof import anew, derived
from imp_plus_desktop.services.secrecy import passphrases, strength
from imp_plus_desktop.storage.journal.places import taken_along
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup, taking_along


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that was made: of what, of which moment, and the last hash of its journal."""

    path: Path
    at: datetime
    people: int
    acts: int
    head: str


def may_take(office: Office) -> bool:
    """Whether a snapshot of this register can be made by whoever works here."""
    return office.server is not None and office.role.covers(needed(OutKind.BACKUP))


def must_be_strong(office: Office, passphrase: str) -> None:
    """Hold a passphrase of a file of this register to the strength of a register's own. Errors:
    InvalidInput passphrase_empty, passphrase_weak."""
    if not passphrase:
        raise InvalidInput("passphrase_empty")
    strength.check(passphrase, known_names(office))


def known_names(office: Office) -> tuple[str, ...]:
    """What anybody would try first on a file of this register."""
    server = office.server
    names = () if server is None else (server.database, server.hosts[0][0])
    return (*passphrases.known_names(office), *names)


def take_along(
    office: Office, path: Path, passphrase: str, progress: Progress | None = None
) -> Snapshot:
    """Make a snapshot at `path`, encrypted under a passphrase: whole and recorded, or not at all.

    Errors: NotAllowed not_allowed; InvalidInput passphrase_empty, passphrase_weak; StorageError
    only_of_a_server, file_exists, cannot_create, full, not_carried, journal_altered, not_recorded,
    and those of a server; Cancelled.
    """
    must_allow(office.role, OutKind.BACKUP)
    if office.server is None:
        raise StorageError("only_of_a_server")
    must_be_strong(office, passphrase)
    if path.exists():
        raise StorageError("file_exists")
    try:
        private.make_folder(path.parent)
        part = private.begun(path)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_create")) from None
    except ValueError:
        raise StorageError("cannot_create") from None
    try:
        made = _made(office, part, path, passphrase, progress)
        out = Out(OutKind.BACKUP, OutPaper.SNAPSHOT, OutForm.COPY, made.people)
        with leaving.placing(office, out, path):
            held_files.replace(part, path)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_create")) from None
    finally:
        private.ended(part)
    return made


def _made(
    office: Office, part: Path, path: Path, passphrase: str, progress: Progress | None
) -> Snapshot:
    first, second = halves(progress)
    target = Register(part, passphrase=passphrase, copy_first=False)
    there = anew.beside(office, target)
    came = False

    def lines(reading: Register) -> None:
        nonlocal came
        came = derived.come_along(anew.beside(office, reading), there, second)

    try:
        at = office.clock.now()
        head = taking_along.take(office.register, target, step_of(first), lines)
        # Whoever opens it far from the office has not to wait for its lists.
        summary.refresh(there, None if came else second)
        content = backup.content_of(target)
        taking_along.seal(target, taken_along.Snapshot(at, office.name))
        target.db.settle_in_file()
    finally:
        target.close()
    return Snapshot(path, at, content.people, content.acts, head)
