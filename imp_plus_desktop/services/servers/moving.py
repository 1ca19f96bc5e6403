# SPDX-License-Identifier: Apache-2.0
"""Takes an office's register whole to another place, and keeps the old one as it was.

    to_server(office, target, place) -> Moved     `target` is open there, and empty
    to_file(office, path, passphrase) -> Moved    a file that does not exist

The act that tells of it is the last one of both: their journals end with the same hash.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import NotAllowed, StorageError
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress, halves, step_of
from imp_plus_desktop.services.proof import anew, derived
from imp_plus_desktop.services.secrecy import passphrases, strength
from imp_plus_desktop.storage.engines import Step
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup, moving

SERVICE = "registers.move"
PLACE = "place"
"""Under which name the details of the act keep where to."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was carried; `head` is the last hash of both journals."""

    people: int
    acts: int
    head: str


def to_server(
    office: Office, target: Register, place: str, progress: Progress | None = None
) -> Moved:
    """Move the register of an office to a server; the old one can only be read from then on.

    A move that was broken off before the old register was marked is finished. Errors: StorageError
    register_not_empty, journal_altered, not_carried, only_read, written_elsewhere, moved;
    Cancelled; NotAllowed not_allowed.
    """
    source = office.register
    source.must_write()
    _must_own(source, target)
    if moving.is_the_same(source, target):
        moving.finish(source, target, place)
        return _moved(target)
    if not target.is_empty():
        raise StorageError("register_not_empty")
    _tell(office, place)
    step, lines = _steps(office, target, progress)
    moving.move(source, target, place, step, lines=lines)
    target.db.look_through()
    return _moved(target)


def to_file(office: Office, path: Path, passphrase: str, progress: Progress | None = None) -> Moved:
    """The same to a new file, under a passphrase or under none where that is empty.

    Errors: as `to_server`; StorageError file_exists, cannot_create, full; InvalidInput
    passphrase_weak, of one that is not the register's own already.
    """
    source = office.register
    source.must_write()
    _must_own(source)
    if passphrase and (office.server is not None or passphrase != source.passphrase):
        strength.check(passphrase, (*passphrases.known_names(office), path.stem))
    if path.exists():
        raise StorageError("file_exists")
    place = str(path.absolute())
    try:
        private.make_folder(path.parent)
        part = private.begun(path)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_create")) from None
    except ValueError:
        raise StorageError("cannot_create") from None
    try:
        target = Register(part, passphrase=passphrase, copy_first=False)
        try:
            _tell(office, place)

            def keep() -> None:
                target.db.settle_in_file()
                target.close()
                held_files.replace(part, path)

            step, lines = _steps(office, target, progress)
            moving.move(source, target, place, step, keep, lines)
        finally:
            target.close()
    except OSError as error:
        raise StorageError(trouble(error, "cannot_create")) from None
    finally:
        private.ended(part)
    return _moved(source)


def _steps(
    office: Office, target: Register, progress: Progress | None
) -> tuple[Step | None, Callable[[], None]]:
    """What is told how far the rows are, and what takes the lines of the lists along."""
    first, second = halves(progress)

    def lines() -> None:
        derived.come_along(office, anew.beside(office, target), second)
        if second is not None:
            second.step(1, 1)

    return step_of(first), lines


def _must_own(*registers: Register) -> None:
    """A journal is carried as it is, with whoever stands in it, and the old register is marked:
    only who owns them may. Errors: NotAllowed not_owner."""
    if not all(register.desk.owns for register in registers):
        raise NotAllowed("not_owner")


def _tell(office: Office, place: str) -> None:
    header = ActHeader(office.clock.now(), office.user, SERVICE)
    with office.register.act(header) as act:
        act.always = True
        act.details[PLACE] = place


def _moved(target: Register) -> Moved:
    content = backup.content_of(target)
    return Moved(content.people, content.acts, journal.head(target.db).hex())
