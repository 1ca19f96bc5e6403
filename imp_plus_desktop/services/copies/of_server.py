# SPDX-License-Identifier: Apache-2.0
"""Copies of a register on a server: one a day, in a folder that the office names, made by whichever
desk is first.

    set_folder(office, folder | None)      an administrator's act; without a folder none is made
    keep_passphrase(office, passphrase)    so that this computer makes them without being asked
    state(office) -> OfficeCopies          what there is, and what is missing
    make_daily(office, …) -> Made | None   the day's copy; None where another desk makes it
    make(office, …) -> Made                one now, whatever there is already

Each is taken in one look at the register while others write, compared with it table by table,
replayed, put under a passphrase, and read again where it is put. Nothing stays on this computer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.domain.values.roles import must_allow, needed
from imp_plus_desktop.services.copies import rules
from imp_plus_desktop.services.copies.keeping import MANUAL, Made
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.servers import passwords, taking_along
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.files import copies, proofs
from imp_plus_desktop.storage.files.copies import Copy
from imp_plus_desktop.storage.files.proofs import Proof
from imp_plus_desktop.storage.history import act_list
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.maintenance import backup, proving
from imp_plus_desktop.storage.reads import queries

SERVICE = "copies.folder"
_NAME, _NONE, _REASON = "copies_folder", "none", "—"
_DAY = "day"
LATE = timedelta(days=1)
"""So long a change may be in no copy before that is shouted."""


@dataclass(frozen=True, slots=True)
class OfficeCopies:
    """The copies in the office's folder, None where it has named none. `told` is when the journal
    says that the last one was made, wherever this computer may look; `is_behind`: something was
    recorded since the latest that is known."""

    folder: Path | None
    is_there: bool = False
    may_make: bool = False
    has_passphrase: bool = False
    count: int = 0
    proven: int = 0
    latest: datetime | None = None
    told: datetime | None = None
    is_behind: bool = False
    faulty: Mapping[str, str] = field(default_factory=dict)

    @property
    def last(self) -> datetime | None:
        """When the last one was made, as far as is known here."""
        return self.latest if self.is_there else self.told

    def is_due(self, now: datetime) -> bool:
        """Whether this computer is to make the day's copy."""
        can = self.is_there and self.may_make and self.has_passphrase
        return can and self.is_wanted(now)

    def is_wanted(self, now: datetime) -> bool:
        """Whether the day has no copy yet, and something to be copied."""
        return self.is_behind and not _is_of_today(self.latest, now)

    def is_late(self, now: datetime) -> bool:
        """Whether a copy is missing though a folder is named."""
        if self.folder is None or not self.is_behind:
            return False
        return self.last is None or now - self.last > LATE


def folder(office: Office) -> Path | None:
    """The folder that the office has named, None without."""
    named = [one.value for one in queries.settings(office.register) if one.name == _NAME]
    return Path(named[-1]) if named and named[-1] != _NONE else None


def set_folder(office: Office, wanted: Path | None) -> ActId | None:
    """Name the folder of the copies for every desk, or none; None where nothing is new.

    Errors: NotAllowed not_allowed; InvalidInput no_such_folder, copies_folder_closed; StorageError
    only_of_a_server.
    """
    must_allow(office.role, SERVICE)
    if office.server is None:
        raise StorageError("only_of_a_server")
    if wanted is not None:
        _try(office, wanted)
    value = _NONE if wanted is None else str(wanted)
    with office.act(SERVICE) as act:
        present = folder(office)
        if value != (_NONE if present is None else str(present)):
            setting = {"value": value, "from_day": office.clock.today(), "reason": _REASON}
            act.add_figure("parameter", {"name": _NAME, "year": None}, setting, _NAME)
    return ActId(act.id) if act.id else None


def _try(office: Office, wanted: Path) -> None:
    try:
        if not wanted.is_absolute():
            raise InvalidInput("no_such_place")
        rules.try_place(office, wanted)
    except InvalidInput as error:
        is_closed = error.code == "place_read_only"
        raise InvalidInput("copies_folder_closed" if is_closed else "no_such_folder") from None


def may_name(office: Office) -> bool:
    """Whether whoever works here may name the folder."""
    return office.role.covers(needed(SERVICE))


def keep_passphrase(office: Office, passphrase: str) -> None:
    """Have this computer's keyring keep the passphrase of the copies, so that it makes them.

    Errors: InvalidInput passphrase_empty, passphrase_weak; StorageError copies_other_key (the
    copies that there are have another one), no_keyring.
    """
    taking_along.must_be_strong(office, passphrase)
    place = folder(office)
    if place is not None and place.is_dir():
        _must_fit(office, place, passphrase)
    if not passwords.keep_of_copies(_register(office), passphrase):
        raise StorageError("no_keyring")


def forget_passphrase(office: Office) -> None:
    """Have the keyring forget it: this computer makes no copies any more."""
    passwords.forget_of_copies(_register(office))


def passphrase_of(office: Office) -> str:
    """What this computer puts copies under: what its environment says, or its keyring keeps."""
    return office.register.passphrase or passwords.kept_of_copies(_register(office))


def state(office: Office) -> OfficeCopies:
    """What there is; reads names and small files, opens no copy."""
    place = folder(office)
    if place is None:
        return OfficeCopies(None, has_passphrase=bool(passphrase_of(office)))
    own = proving.second_folder(office.register, place)
    is_there = place.is_dir()
    now = datetime.now(UTC)
    found = copies.copies_in(own) if is_there else []
    known = proofs.proofs_in(own) if is_there else {}
    good = [one for one in found if _holds(one, known)]
    last = copies.latest(good, now)
    told = act_list.last_daily_copy(office.register)
    return OfficeCopies(
        place,
        is_there,
        office.role.covers(needed(OutKind.BACKUP)),
        bool(passphrase_of(office)),
        len(found),
        len(good),
        None if last is None else last.made.astimezone(),
        None if told is None else told.astimezone(),
        _is_behind(office, None if last is None else known[last.path.name].head, told, is_there),
        {name: proof.fault for name, proof in known.items() if not proof.holds},
    )


def _is_behind(office: Office, head: str | None, told: datetime | None, is_there: bool) -> bool:
    """Whether anything was recorded since the latest copy: by the head that it holds or, where this
    computer does not see the folder, by when the journal says that it was made."""
    if head is not None:
        return act_list.is_more_than_papers_since(office.register, head)
    if office.register.is_empty():
        return False
    if is_there or told is None:
        return True
    return act_list.is_more_than_papers_after(office.register, told)


def make_daily(office: Office, passphrase: str, progress: Progress | None = None) -> Made | None:
    """Make the day's copy, unless another desk does or has. Errors: as `make`."""
    place = _ready(office, passphrase)
    with office.register.db.only_one("copies") as is_alone:
        if not is_alone or not state(office).is_wanted(datetime.now(UTC)):
            return None
        return _make(office, place, passphrase, _DAY, progress)


def make(office: Office, passphrase: str, progress: Progress | None = None) -> Made:
    """Make a copy now. Errors: NotAllowed not_allowed; InvalidInput passphrase_weak; StorageError
    no_copies_folder, copies_folder_away, no_copies_passphrase, copies_other_key, copy_under_way,
    cannot_copy, full, not_carried, journal_altered; Cancelled."""
    place = _ready(office, passphrase)
    with office.register.db.only_one("copies") as is_alone:
        if not is_alone:
            raise StorageError("copy_under_way")
        return _make(office, place, passphrase, MANUAL, progress)


def folders(office: Office) -> list[Path]:
    """Where copies stand, or are begun."""
    place = folder(office)
    return [] if place is None else [proving.second_folder(office.register, place)]


def made(office: Office) -> list[Path]:
    """The copies that this computer sees in the folder."""
    return [one.path for place in folders(office) for one in copies.copies_in(place)]


def is_out_of_sight(office: Office) -> bool:
    """Whether the office has named a folder that this computer does not see."""
    place = folder(office)
    return place is not None and not place.is_dir()


def can_make(office: Office) -> bool:
    """Whether a copy can be made here without anything being asked for."""
    found = state(office)
    return found.is_there and found.may_make and found.has_passphrase


def _ready(office: Office, passphrase: str) -> Path:
    """The folder, where a copy can be made here."""
    must_allow(office.role, OutKind.BACKUP)
    place = folder(office)
    if place is None:
        raise StorageError("no_copies_folder")
    if not place.is_dir():
        raise StorageError("copies_folder_away")
    if not passphrase:
        raise StorageError("no_copies_passphrase")
    taking_along.must_be_strong(office, passphrase)
    _must_fit(office, place, passphrase)
    return place


def _must_fit(office: Office, place: Path, passphrase: str) -> None:
    """One passphrase opens all copies of a folder. Errors: StorageError copies_other_key."""
    found = copies.copies_in(proving.second_folder(office.register, place))
    if found and not engines.opens(found[-1].path, passphrase):
        raise StorageError("copies_other_key")


def _make(
    office: Office, place: Path, passphrase: str, reason: str, progress: Progress | None
) -> Made:
    now, register = datetime.now(UTC), office.register
    step = None if progress is None else progress.step
    with private.scratch_folder() as scratch:
        name = backup.named_for(now, reason)
        path = backup.of_server(register, passphrase, scratch, name, step)
        proof = proving.prove(path, passphrase)
        if not proof.holds:
            return Made(None, proven=False, fault=proof.fault, head=proof.head)
        proofs.note(scratch, path.name, proof)
        target = proving.put_elsewhere(register, path, place, now)
    return Made(target, True, head=proof.head, recorded=_recorded(office, proof))


def _recorded(office: Office, proof: Proof) -> bool:
    try:
        leaving.note(office, Out(OutKind.BACKUP, OutPaper.DAILY, OutForm.COPY, proof.people))
    except StorageError:
        return False
    return True


def _holds(one: Copy, known: Mapping[str, Proof]) -> bool:
    return one.path.name in known and known[one.path.name].holds


def _is_of_today(when: datetime | None, now: datetime) -> bool:
    return when is not None and when.astimezone().date() == now.astimezone().date()


def _register(office: Office) -> str:
    return journal.register_id(office.register.db)
