# SPDX-License-Identifier: Apache-2.0
"""Restoring a copy: what it would change, told before anything is changed; done, and taken back.

    look(office, source)       what would be lost and what would come
    restore(office, source)    one act, told in the journal of what comes
    take_back(office, act)     the state before, from the copy that was made first
    bring_back(path, source)   where there is no register that opens

What is there is copied first, within reach of the act that tells of it. Who was erased since a copy
was made is erased in it again before it takes the register's place. Must not know the window.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.prospects import Prospect, RegisterState
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused, StorageError
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Clock, MadeAct, Office
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.history import acts as journal_reads
from imp_plus_desktop.storage.journal import erasures, journal
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup, restoring
from imp_plus_desktop.storage.maintenance.restoring import Difference

COPY_PASSPHRASE_VARIABLE = "IMP_PLUS_COPY_PASSPHRASE"
"""Where the command line finds the passphrase of a copy that the register's does not open."""

_TRIES = 5
"""A restore begins anew where somebody has written in between."""
_LISTED = 5


def look(office: Office, source: Path, passphrase: str | None = None) -> Prospect:
    """What restoring `source` would change. `passphrase` is the copy's own, where it has one.

    Errors: StorageError as `restore`.
    """
    register = office.register
    register.must_be_a_file()
    register.must_write()  # what comes is made beside it
    with restoring.aside(register.path, source, register.passphrase, passphrase) as made:
        # Read before the rest: what is written in between makes the yes be asked again.
        head = journal.head(register.db)
        difference = restoring.compare(made, register)
        return _prospect(source, made, register, difference, head)


def _prospect(
    source: Path, made: Register, register: Register, found: Difference, head: bytes
) -> Prospect:
    lost = journal_reads.acts(register, limit=min(found.would_lose, _LISTED), papers=False)
    copy, present = _state(made), _state(register)
    other = found.common == 0 and bool(copy.acts and present.acts)
    plain = bool(register.passphrase) and restoring.is_plain(source)
    acts = (found.would_lose, found.would_bring, tuple(lost))
    return Prospect(source, copy, present, *acts, other, plain, head)


def _state(register: Register) -> RegisterState:
    content = backup.content_of(register)
    newest = next(iter(journal_reads.acts(register, limit=1)), None)
    return RegisterState(content.people, content.acts, newest)


def restore(
    office: Office, source: Path, passphrase: str | None = None, seen: bytes | None = None
) -> ActId:
    """Replace the register by a copy, after copying what is there now. Returns the act.

    Nothing is changed until the copy has been read aside and found whole; the swap is one step.
    `seen` is the head of a prospect: the restore is only of what that told of.
    Errors: DomainError written_since; StorageError not_found, copy_damaged, not_a_register, newer,
    copy_key_needed, copy_key_wrong, copy_altered, restore_itself, locked, full.
    """
    return _replace(office, source, passphrase, journal_reads.RESTORED, source.name, seen)


def take_back(office: Office, act_id: int) -> ActId:
    """Bring back what a restore replaced, or again what taking it back replaced.

    Errors: DomainError act_not_found, restore_not_last; StorageError copy_gone, and as `restore`.
    """
    act = journal_reads.act(office.register, act_id)
    if act is None or not is_restore(act):
        raise InvalidInput("act_not_found", act=act_id)
    if not _is_latest(office, act):
        raise Refused("restore_not_last", act=act_id)
    name = journal_reads.details(office.register, act_id).get(journal_reads.COPY)
    source = copies.folder_of(office.register_path) / str(name)
    if name is None or not source.is_file():
        raise StorageError("copy_gone")
    back = act.service == journal_reads.RESTORED
    service = journal_reads.TAKEN_BACK if back else journal_reads.RESTORED
    return _replace(office, source, None, service, act.source_name or source.name)


def is_restore(act: ActRow) -> bool:
    """Whether an act put a copy in the register's place, or took that back."""
    return act.service in (journal_reads.RESTORED, journal_reads.TAKEN_BACK)


def _is_latest(office: Office, act: ActRow) -> bool:
    """Whether nothing that stands was done since."""
    last = journal_reads.last_undoable(office.register)
    return last is None or last.id <= act.id


def _replace(
    office: Office,
    source: Path,
    passphrase: str | None,
    service: str,
    named: str,
    seen: bytes | None = None,
) -> ActId:
    office.register.must_be_a_file()
    office.register.must_write()
    for _try in range(_TRIES):
        try:
            act = _replace_once(office, source, passphrase, service, named, seen)
        except restoring.Moved:
            continue
        # The copy's standings are of its day.
        summary.refresh(office)
        return act
    raise StorageError("locked")


def _replace_once(
    office: Office,
    source: Path,
    passphrase: str | None,
    service: str,
    named: str,
    seen: bytes | None,
) -> ActId:
    register = office.register
    with restoring.aside(register.path, source, register.passphrase, passphrase) as made:
        with restoring.held(register):
            if seen not in (None, journal.head(register.db)):
                raise Refused("written_since")
            now = datetime.now(UTC)
            kept = backup.make_copy(register, now, copies.BEFORE_RESTORE, spared=source)
            head = journal.head(register.db)
            from imp_plus_desktop.services.erasing import erasing

            header = ActHeader(office.clock.now(), office.user, erasures.SERVICE)
            erasing.again(made, erasures.files(register.db), header)
            act = _tell(office, made, service, named, kept.name)
        # Between the two locks somebody may have written: the swap looks at the last act once
        # more, when nobody can.
        restoring.swap(register, made, head)
    office.made.append(MadeAct(ActId(act.id or 0), act.seal, None, act.touched))
    return ActId(act.id or 0)


def _tell(office: Office, made: Register, service: str, named: str, copy: str) -> Act:
    """Write the act that tells of the restore into what comes."""
    difference = restoring.compare(made, office.register)
    restoring.never_again(made, office.register)
    header = ActHeader(office.clock.now(), office.user, service, named)
    with made.act(header) as act:
        act.always = True
        act.details[journal_reads.COPY] = copy
        act.details[journal_reads.REPLACED] = journal.head(office.register.db).hex()
        act.details["counts"] = {"lost": difference.would_lose, "brought": difference.would_bring}
    return act


OTHER_KEY = engines.OTHER_KEY
"""Why a register does not open that may be whole: it is under another passphrase."""

REPLACEABLE = frozenset(
    {
        *("not_found", "register_missing", "register_empty", "no_good_copy"),
        *("damaged", "damaged_start"),
    }
)
"""Why a register does not open where a copy may take its place."""


def may_be_encrypted(path: Path) -> bool:
    """Whether a file does not begin as a register without a passphrase does."""
    return not restoring.is_plain(path)


def has_copies(path: Path) -> bool:
    """Whether there are automatic copies of a register."""
    return bool(copies.paths_of(path))


def latest_copy(path: Path) -> Path | None:
    """The newest automatic copy of a register that opens, or would with its passphrase."""
    return backup.latest_good(path, "")


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """A register made of a copy where none opened. `kept` is where the unreadable file is now."""

    act: ActId
    people: int
    kept: Path | None


def bring_back(
    path: Path, source: Path, *, passphrase: str, given: str | None, clock: Clock, user: str
) -> BroughtBack:
    """Make a register of a copy where there is none, or none that opens.

    It has the copy's own passphrase. Errors: StorageError as `restore`, and cannot_open.
    """
    key = restoring.key_of(source, passphrase, given)
    with restoring.aside(path, source, key, given) as made:
        from imp_plus_desktop.services.erasing import erasing

        again = ActHeader(clock.now(), user, erasures.SERVICE)
        erasing.again(made, erasing.kept_list(path, made), again)
        header = ActHeader(clock.now(), user, journal_reads.RESTORED, source.name)
        with made.act(header) as act:
            act.always = True
        people = backup.content_of(made).people
        kept = restoring.put(made, path, datetime.now(UTC))
    return BroughtBack(ActId(act.id or 0), people, kept)
