# SPDX-License-Identifier: Apache-2.0
"""A register made anew from the journal: whole, to be compared with what stands; or as it was at
the end of a past day, to be looked at by all that looks at registers.

    rebuild(office, target)    a new register, and where it differs
    as_of(office, day)         an office whose register is that of the end of a day
    dated(office, day)         the office of today as if it were that day
    beside(office, register)   an office on another register
    looked_at(office, day)     as `as_of`, with its lists worked out, for a window: until `end`

What is made for looking is under a key that nobody keeps, and gone when it was looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import field, fields
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from imp_plus_desktop import held_files, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.domain.values.errors import Refused, StorageError
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.office.progress import Half, Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.storage.history import acts
from imp_plus_desktop.storage.journal import erasures, journal
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import backup, contents, remaking, standing_by

Of = TypeVar("Of", bound=Office)
_KEY_BYTES = 48
"""A key of SQLCipher’s and the salt of the file."""


@dataclass(frozen=True)
class LookedAtOffice(Office):
    """An office whose register is only looked at."""

    erased: int = 0
    """How many files were erased for good when it was made."""
    held: ExitStack = field(default_factory=ExitStack)
    """What it stands on, and goes with it."""
    around: Office | None = None
    """The office of today: what leaves of a past day leaves today, and its journal says so."""

    @contextmanager
    def outward(self, service: str) -> Iterator[Act]:
        """An act of today's office."""
        with Office.outward(self.around or self, service) as act:
            yield act

    @contextmanager
    def unkept(self, service: str) -> Iterator[Act]:
        """The same."""
        with Office.unkept(self.around or self, service) as act:
            yield act

    def close(self) -> None:
        super().close()
        if self.around is not None:
            self.around.close()

    def end(self) -> None:
        """Take away what it was made of; nothing can be asked of it any more."""
        self.held.close()

    def is_outlived(self, office: Office) -> bool:
        """Whether somebody was erased since it was made, who may still be in it."""
        return _erased(office) != self.erased

    @contextmanager
    def act(self, service: str, **_told: Any) -> Iterator[Act]:
        """Refuse: what was is not changed. Errors: DomainError past_is_past."""
        raise Refused("past_is_past")
        yield


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A register made anew; `differing` are the tables that hold something else in the register
    that it was made from."""

    path: Path
    people: int
    acts: int
    head: str
    differing: tuple[str, ...]


def rebuild(office: Office, target: Path, *, progress: Progress | None = None) -> Rebuilt:
    """Make a new register of the journal and the archived lists alone, under the same passphrase.

    It is a copy of everything, and so recorded as one in the register that it was made from.
    Errors: StorageError file_exists, journal_altered, cannot_copy, full, not_recorded; Cancelled.
    """
    office.must_see_all()
    source = office.register
    reading = source.reading
    if reading is not None and reading.code == leaving.SNAPSHOT:
        raise StorageError("not_from_snapshot")
    if target.exists():
        raise StorageError("file_exists")
    try:
        part = private.begun(target)
    except (OSError, ValueError):
        raise StorageError("cannot_copy") from None
    try:
        made = Register(part, passphrase=source.passphrase, copy_first=False)
        try:
            # Others go on meanwhile, and what they record is no difference.
            with source.db.at_one_moment():
                if journal.verify(source.db) is not None:
                    raise StorageError("journal_altered")
                _fill(source, made, progress)
                theirs = contents.digests(source)
            summary.refresh(beside(office, made))
            ours = contents.digests(made)
            content, head = backup.content_of(made), journal.head(made.db).hex()
            made.db.settle_in_file()
        finally:
            made.close()
        out = Out(OutKind.BACKUP, OutPaper.REBUILT, OutForm.COPY, content.people)
        with leaving.placing(office, out, target):
            held_files.replace(part, target)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_copy")) from None
    finally:
        private.ended(part)
    differing = tuple(name for name in ours if ours[name] != theirs[name])
    return Rebuilt(target, content.people, content.acts, head, differing)


def _fill(source: Register, made: Register, progress: Progress | None) -> None:
    last, _seal = acts.latest(source)
    remaking.remake(source, made, last, None if progress is None else progress.step)
    remaking.take_unnamed(source, made)
    remaking.take_archive(source, made)


@contextmanager
def as_of(office: Office, day: date, *, progress: Progress | None = None) -> Iterator[Office]:
    """The office as it stood at the end of a day, for as long as it is looked at.

    Its lists, boards and files are what they were; scans and imported lists are not in it.
    Errors: DomainError in_the_future; Cancelled.
    """
    then = _made(office, day, progress)
    try:
        yield then
    finally:
        then.end()


def looked_at(office: Office, day: date, progress: Progress) -> LookedAtOffice:
    """The office as it stood at the end of a day, with where everybody stood worked out; whoever
    asks for it ends it. May be asked for in another thread.

    Errors: DomainError in_the_future; Cancelled.
    """
    then = _made(office, day, Half(progress))
    try:
        summary.refresh(then, Half(progress, second=True))
    except BaseException:
        then.end()
        raise
    finally:
        then.close()  # this thread's connection
    return then


def dated(office: Office, day: date) -> LookedAtOffice:
    """The office as if it were that day, by what it knows now: for what is counted of a day."""
    return _beside(office, office.register, LookedAtOffice, Clock(day), around=office)


def _made(office: Office, day: date, progress: Progress | None) -> LookedAtOffice:
    office.must_see_all()
    if day > office.clock.today():
        raise Refused("in_the_future")
    end = instant_in_toronto(day + timedelta(days=1), time())
    last = remaking.last_act_before(office.register, end)
    key = f"x'{os.urandom(_KEY_BYTES).hex()}'"
    erased = _erased(office)
    with ExitStack() as held:
        folder = held.enter_context(private.scratch_folder())
        made = Register(folder / "as-of.imp", passphrase=key, copy_first=False)
        held.callback(made.close)
        step = None if progress is None else progress.step
        standing_by.read_aside(
            office.register, lambda reading: remaking.remake(reading, made, last, step)
        )
        kept = {"erased": erased, "held": held.pop_all(), "around": office}
        return _beside(office, made, LookedAtOffice, Clock(day), **kept)


def _erased(office: Office) -> int:
    return len(erasures.files(office.register.db))


def beside(office: Office, made: Register) -> Office:
    """An office on another register, with all else the same."""
    return _beside(office, made, Office, office.clock)


def _beside(
    office: Office, made: Register, kind: Callable[..., Of], clock: Clock, **more: Any
) -> Of:
    """An office on another register, with all else the same."""
    known = {one.name: getattr(office, one.name) for one in fields(Office)}
    return kind(**{**known, "register": made, "clock": clock, "made": [], "shown": None}, **more)
