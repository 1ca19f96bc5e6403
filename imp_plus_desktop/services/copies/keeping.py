# SPDX-License-Identifier: Apache-2.0
"""Copies that prove themselves: made, opened aside and looked through, and put in a second place.

    make(office, reason)       a copy now, proven, and in the second place
    go_on(office)              what waits: copies to prove, one to take to the second place
    state(office)              what there is, and what is wrong with it
    Due(office)                when the next one is to be made

A copy that could not be proven, or taken to the second place, is told and never taken for one that
was. Must not know the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.copies import rules
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.servers import taking_along
from imp_plus_desktop.storage.files import copies, proofs
from imp_plus_desktop.storage.files.copies import Copy
from imp_plus_desktop.storage.files.proofs import Proof
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.maintenance import backup, proving

MANUAL = "manual"
"""Why a copy is made that somebody asked for."""
EVERY = "change"
"""Why a copy is made that nobody asked for: something has changed since the last."""
PROVEN_FOR = timedelta(days=30)
"""Then the latest copy is looked through again: a disk may have lost what it held."""

_AGAIN = 600.0
"""Seconds between two attempts."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a copy. `fault` is a code why it is not proven, `second_fault` why it did not
    reach the second place; both are empty where all went well."""

    path: Path | None
    proven: bool
    fault: str = ""
    second: Path | None = None
    second_fault: str = ""
    head: str = ""
    """The last hash of the journal that it holds, in hexadecimal digits."""
    recorded: bool = True
    """Whether the journal says so of a copy that somebody asked for: one is made all the same
    where the register cannot be written to any more."""


@dataclass(frozen=True, slots=True)
class PlaceState:
    """A place of copies: how many there are, and when the latest proven one was made."""

    folder: Path
    is_there: bool
    count: int = 0
    proven: int = 0
    latest: datetime | None = None
    """When the latest that is proven was made, a local instant."""


@dataclass(frozen=True, slots=True)
class CopiesState:
    """The copies as a whole. `waiting` have not been looked through, `faulty` are by name with what
    is wrong; `is_behind` tells that something has changed since the latest copy."""

    beside: PlaceState
    second: PlaceState | None
    waiting: tuple[str, ...]
    faulty: Mapping[str, str]
    ahead: tuple[str, ...]
    last_made: datetime | None
    is_behind: bool
    last_fault: str = ""
    """What is wrong with the latest copy."""

    @property
    def is_second_behind(self) -> bool:
        """Whether the second place is there and lacks the latest proven copy."""
        if self.second is None or not self.second.is_there or self.beside.latest is None:
            return False
        return self.second.latest is None or self.second.latest < self.beside.latest


def make(office: Office, reason: str, progress: Progress | None = None) -> Made:
    """Make a copy among the automatic ones, prove it and put it in the second place. One that
    somebody asked for is an act of the journal, which the copy itself does not hold.

    Errors: StorageError cannot_copy, full, … where there is no copy at all; InvalidInput
    passphrase_weak, of a copy of a server.
    """
    _must_be_strong(office)
    step = None if progress is None else progress.step
    path = backup.make_copy(office.register, datetime.now(UTC), reason, step=step)
    made = _followed(office, path)
    return replace(made, recorded=_recorded(office)) if reason == MANUAL else made


def make_in(office: Office, folder: Path, progress: Progress | None = None) -> Made:
    """Make a copy for keeping elsewhere, and prove it. Errors: as `make`."""
    _must_be_strong(office)
    path = maintenance.save_copy(office, folder, progress=progress)
    proof = proving.prove(path, office.register.passphrase)
    return Made(path, proof.holds, proof.fault, head=proof.head, recorded=_recorded(office))


def _must_be_strong(office: Office) -> None:
    """The passphrase of a server's copies is nobody's before they are made: it is held to the
    strength of a register's. Errors: InvalidInput passphrase_weak."""
    if office.server is not None and office.register.passphrase:
        taking_along.must_be_strong(office, office.register.passphrase)


def _recorded(office: Office) -> bool:
    people = backup.content_of(office.register).people
    try:
        leaving.note(office, Out(OutKind.BACKUP, OutPaper.REGISTER, OutForm.COPY, people))
    except StorageError:
        return False
    return True


def go_on(office: Office, progress: Progress | None = None) -> Made:
    """Prove what waits for it, the newest first, and take the latest to the second place."""
    step = None if progress is None else progress.step
    proving.prove_waiting(office.register, step=step)
    latest = copies.latest(copies.copies_of(office.register_path), datetime.now(UTC))
    if latest is None:
        return Made(None, proven=False)
    known = _known(office).get(latest.path.name)
    if known is not None and known.at < datetime.now(UTC) - PROVEN_FOR:
        with suppress(FileNotFoundError, StorageError):
            again = proving.prove(latest.path, office.register.passphrase)
            proofs.note(latest.path.parent, latest.path.name, again)
    return _followed(office, latest.path)


def _followed(office: Office, path: Path) -> Made:
    known = _known(office).get(path.name) or proving.prove_waiting(office.register, 1).get(
        path.name
    )
    if known is None or not known.holds:
        fault, head = (known.fault, known.head) if known is not None else ("not_proven", "")
        return Made(path, proven=False, fault=fault, head=head)
    place = rules.second_place(office)
    if place is None:
        return Made(path, proven=True, head=known.head)
    try:
        second = _put(office, path, place)
    except StorageError as error:
        return Made(path, proven=True, second_fault=error.code, head=known.head)
    return Made(path, proven=True, second=second, head=known.head)


def _put(office: Office, path: Path, place: Path) -> Path:
    folder = proving.second_folder(office.register, place)
    if path.name in proofs.proofs_in(folder):
        return folder / path.name
    return proving.put_elsewhere(office.register, path, place, datetime.now(UTC))


def _known(office: Office) -> dict[str, Proof]:
    return proofs.proofs_in(copies.folder_of(office.register_path))


def state(office: Office) -> CopiesState:
    """What there is of copies; reads names and small files, opens no copy."""
    now = datetime.now(UTC)
    found = copies.copies_of(office.register_path)
    known = _known(office)
    last = copies.latest(found, now)
    place = rules.second_place(office)
    folder = copies.folder_of(office.register_path)
    return CopiesState(
        _place_state(folder, found, known, now),
        None if place is None else _second(office, place, now),
        tuple(one.path.name for one in found if one.path.name not in known),
        {name: proof.fault for name, proof in known.items() if not proof.holds}
        | {path.stem: "copy_damaged" for path in folder.glob("*.bad")},
        tuple(one.path.name for one in found if one.is_ahead(now)),
        None if last is None else last.made.astimezone(),
        _is_behind(office, last, known),
        known[last.path.name].fault if last is not None and last.path.name in known else "",
    )


def folders(office: Office) -> list[Path]:
    """Where copies stand, or are begun."""
    place = rules.second_place(office)
    second = [] if place is None else [proving.second_folder(office.register, place)]
    return [copies.folder_of(office.register_path), *second]


def _second(office: Office, place: Path, now: datetime) -> PlaceState:
    if not place.is_dir():
        return PlaceState(place, is_there=False)
    folder = proving.second_folder(office.register, place)
    state = _place_state(folder, copies.copies_in(folder), proofs.proofs_in(folder), now)
    return PlaceState(place, True, state.count, state.proven, state.latest)


def _place_state(
    folder: Path, found: list[Copy], known: Mapping[str, Proof], now: datetime
) -> PlaceState:
    good = [one for one in found if one.path.name in known and known[one.path.name].holds]
    last = copies.latest(good, now)
    latest = None if last is None else last.made.astimezone()
    return PlaceState(folder, folder.is_dir(), len(found), len(good), latest)


def _is_behind(office: Office, last: Copy | None, known: Mapping[str, Proof]) -> bool:
    """Whether the register holds what its latest copy does not. By the head of its journal where
    that of the copy is known, else by how many acts its name says. That something left the
    register is nothing that a copy must have."""
    if office.register.is_empty():
        return False
    if last is None:
        return True
    proof = known.get(last.path.name)
    if proof is not None:
        return not acts.is_only_papers_since(office.register, proof.head)
    content = backup.content_of(office.register)
    replaced = last.reason == copies.BEFORE_RESTORE  # as many acts, and other ones
    if replaced or last.held is None:
        return True
    return not 0 <= content.acts - last.held[1] <= acts.papers_at_end(office.register)


class Due:
    """When the next copy is to be made, for a program that stays open.

    The clock of the wall may be set, and a computer sleeps, in which the other clock may stand
    still: whichever of the two says that it is time is believed.
    """

    def __init__(self, every: timedelta, ticks: float) -> None:
        """`ticks` are the seconds of a clock that nobody sets."""
        self.every = every
        self._ticks = ticks
        self._tried: float | None = None

    def is_due(self, found: CopiesState, now: datetime, ticks: float) -> bool:
        """Whether something has changed and the last copy is old enough."""
        if not found.is_behind or (self._tried is not None and ticks - self._tried < _AGAIN):
            return False
        last = found.last_made
        old = last is None or now - last >= self.every or last > now + copies.AHEAD
        return old or ticks - self._ticks >= self.every.total_seconds()

    def made(self, ticks: float) -> None:
        """A copy was tried; where that failed, it is tried again before long."""
        self._ticks = self._tried = ticks
