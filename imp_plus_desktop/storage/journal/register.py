# SPDX-License-Identifier: Apache-2.0
"""An open register: its connections, and the acts that are written to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from imp_plus_desktop.domain.values.errors import DomainError, StorageError
from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.engines import Database, Desk, Notices, ServerAddress, copying
from imp_plus_desktop.storage.files.heads import Head
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.forms.shown import Shown
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.place import Place
from imp_plus_desktop.storage.journal.places import moved, taken_along
from imp_plus_desktop.storage.journal.places.server_place import ServerPlace

T = TypeVar("T")
_REPLACEABLE = frozenset({"register_missing", "register_empty"})
"""Why a register is not opened where a copy can take its place."""


class Register:
    """An open register. Each thread that uses it gets a connection of its own."""

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        passphrase: str = "",
        copy_first: bool = True,
        as_it_is: bool = False,
        desk: str = "",
        own_log: bool = True,
        server: ServerAddress | None = None,
        password: str = "",
    ) -> None:
        """Open a register. An older one is copied before it is changed, if `copy_first`; without,
        it is a part that is made aside. A copy is opened `as_it_is`, to be read alone: it is
        neither made, migrated nor otherwise touched. `desk` is who others are told is writing.
        A log that is not its `own_log` is left out where it can only be read.
        A register on a `server` opens with the `password` of its user, or with what the driver
        finds where there is none; `path` is where this desk keeps what belongs beside a register,
        and no file.

        Errors: StorageError as `engines.connect`; register_missing and register_empty name the
        latest good copy as `copy`; no_good_copy where there is none.
        """
        self.path, self.server = path, server
        self.passphrase = passphrase
        self._marked: StorageError | None = None
        """Why it is only read, where it was taken to another place, or is a snapshot."""
        self._register = ""
        """Which register it is, once that was asked."""
        self._place: Place | ServerPlace = (
            Place(path, desk, has_desks=copy_first and not as_it_is, own_log=own_log)
            if server is None
            else ServerPlace(server, path, password)
        )
        self.summaries_of: date | None = None
        """The day to which this desk has noted, or found, the summaries of a server brought."""
        self.whole_since: int | None = None
        """An act of a server after which everybody had a line in the summaries."""
        self.asks_password = False
        """Whether a server let its user in by a password."""
        if as_it_is:
            self._db: Database | None = engines.connect_existing(path, passphrase)
            return
        try:
            self._db = self._place.open(
                create=create,
                passphrase=passphrase,
                before_steps=self._copy_first if copy_first else None,
            )
        except StorageError as error:
            if error.code not in _REPLACEABLE:
                raise
            good = copying.latest_good(path, passphrase)
            if good is None:
                raise StorageError("no_good_copy") from None
            raise StorageError(error.code, copy=good.name) from None
        self._opened(self._db)

    def _opened(self, db: Database) -> None:
        self.passphrase, self.asks_password = db.passphrase, db.asks_password
        self._marked = moved.why_reading(db) or taken_along.why_reading(db)

    @property
    def password(self) -> str:
        """What was given for the user on a server, empty for none and while it is asleep."""
        return self._place.password if isinstance(self._place, ServerPlace) else ""

    @property
    def db(self) -> Database:
        """The database, connected in the calling thread; for modules of this package.

        Errors: StorageError asleep."""
        if self._db is None:
            raise StorageError("asleep")
        if self._db.is_closed():
            with engines.translated(self._db):
                self._db.connect()
        return self._db

    @property
    def desk(self) -> Desk:
        """Who is signed in to the register, and what they may."""
        return self.db.desk

    @property
    def ahead(self) -> timedelta:
        """How far the clock that all desks go by is ahead of this one's; see `Database.ahead`."""
        return timedelta() if self._db is None else self._db.ahead

    @property
    def is_asleep(self) -> bool:
        """Whether nothing here knows the key of the file; see `sleep`."""
        return self._db is None

    @property
    def reading(self) -> StorageError | None:
        """Why the register can only be read here: only_read, written_elsewhere(desk, computer),
        moved(place), snapshot(at, place).
        What is read then is as it was when it was opened; None where it is written too."""
        # What a snapshot says of itself holds wherever it lies.
        return self._snapshot or self._place.reading or self._marked

    @property
    def _snapshot(self) -> StorageError | None:
        is_one = self._marked is not None and self._marked.code == "snapshot"
        return self._marked if is_one else None

    @property
    def left_by(self) -> str | None:
        """Who had left a register on a network drive without closing it, and was taken over."""
        return self._place.left_by

    def must_write(self) -> None:
        """Refuse to go on where the register can only be read. Errors: StorageError only_read,
        written_elsewhere, moved, snapshot."""
        if self._snapshot is None:
            self._place.must_write()
        if self._marked is not None:
            raise StorageError(self._marked.code, **self._marked.parameters)

    def must_be_a_file(self) -> None:
        """Refuse what is done with a file alone. Errors: StorageError only_of_a_file."""
        if self.server is not None:
            raise StorageError("only_of_a_file")

    def lacks(self, known: Head) -> tuple[int, bool]:
        """How many acts of a head that was noted are not in the register, and whether it went on
        otherwise. None of another register is missed."""
        last = journal.last(self.db)
        if last is None or journal.register_id(self.db) != known.register:
            return 0, False
        if last[0] < known.act:
            return known.act - last[0], False
        return 0, journal.seal_of(self.db, known.act) != known.seal

    def note_head(self) -> None:
        """Note where the journal stands: whoever puts an older file in this one's place is told."""
        last = journal.last(self.db)
        if last is not None:
            self._register = journal.register_id(self.db)
            self._place.note(self._register, *last)

    def sleep(self) -> None:
        """Close the file and let go of its passphrase and of every key that was derived: until
        `wake`, whoever asks the register gets StorageError asleep."""
        self.release()
        self._place.let_go()
        self._db, self.passphrase = None, ""
        engines.forget()

    def wake(self, secret: str) -> None:
        """Open it again, with its passphrase or the password of its user. Errors: StorageError as
        `engines.connect`, register_replaced."""
        before = self._place.identity
        if isinstance(self._place, ServerPlace):
            self._place.password, secret = secret, ""
        self.reopen(secret)
        if self._place.identity != before:
            self.sleep()
            self._place.identity = before
            raise StorageError("register_replaced")

    def _copy_first(self, db: Database) -> None:
        copying.automatic(db, self.path, self.passphrase, datetime.now(UTC), "upgrade")

    def check_in_place(self) -> None:
        """Refuse to go on where the file was deleted, emptied or replaced while it is open: what
        is written would be in no register. Errors: StorageError register_gone, register_replaced.
        """
        self._place.check()

    def is_empty(self) -> bool:
        """Whether nothing has ever been written to it."""
        return self.db.execute_sql("SELECT 1 FROM act LIMIT 1").fetchone() is None

    def reopen(self, passphrase: str) -> None:
        """Open the file again, after it was written anew under another passphrase."""
        self._db = self._place.open(create=False, passphrase=passphrase)
        self._opened(self._db)

    def migrate(self) -> None:
        """Bring the content to today's version: after a restore it may be older."""
        with engines.translated(self.db):
            engines.migrate(self.db)

    def release(self) -> None:
        """Close the calling thread's connection; a worker does so when its job ends."""
        if self._db is not None and not self._db.is_closed():
            self._db.close()

    def close(self) -> None:
        """Close the register for good, on a server for every thread, and let others write."""
        if self._db is not None:
            self._db.close_everywhere()
        self._place.leave()

    def standby(self) -> Register | None:
        """This register as a standby of its server has it, to be read for long in its place; None
        where there is none that has all of it. Whoever asks closes its database."""
        found = None
        if self.server is not None and len(self.server.hosts) > 1:
            found = engines.standby_of(self.db, self.password)
        if found is None:
            return None
        reading = Register.__new__(Register)
        vars(reading).update(vars(self), _db=found, _marked=StorageError("only_read"))
        return reading

    def at_once(self, name: str, *keys: object) -> AbstractContextManager[object]:
        """While this lasts, all that is read may be as it was at its beginning; see
        `Database.at_once`."""
        return self.db.at_once(name, *keys)

    def watch(self) -> Notices | None:
        """Listen for what other desks do, from any thread; see `Database.watch`."""
        if self._db is None:
            raise StorageError("asleep")
        return self._db.watch()

    def together(self, *reads: Callable[[], Any]) -> list[Any]:
        """Return what several reads give; see `Database.together`."""
        return self.db.together(*reads)

    def judged_first(
        self, name: str, keys: Sequence[object], work: Callable[[], T], *, whole: bool = False
    ) -> T:
        """Do some work with one act in it, which reads before it keeps others from writing; see
        `Database.judged_first`."""
        return self.db.judged_first(name, keys, work, whole=whole)

    @contextmanager
    def act(
        self, header: ActHeader, shown: Shown | None = None, own: Collection[int] = ()
    ) -> Iterator[Act]:
        """Open a unit of work; leaving it normally commits it, an exception undoes everything.

        `shown` is what its form rests on: what others than the acts `own` changed since is not
        written over unseen.

        An act that changed nothing writes nothing: its `id` stays None. Errors: Overtaken;
        StorageError restored_meanwhile, register_gone, register_replaced, only_read,
        written_elsewhere, moved, snapshot: then nothing of it is in the register.
        """
        self.must_write()
        self.check_in_place()
        db = self.db
        db.must_know()
        act = Act(db, header, shown, own)
        try:
            with engines.translated(db), db.writing():
                act.must_be_here = moved.will_refuse(db)
                if shown is not None and self.server is None:
                    shown.must_hold(db)  # a copy is restored into a file alone
                try:
                    yield act
                except DomainError:
                    # What others did may be why it is refused; nothing of it is kept either way.
                    act.tell_meetings()
                    raise
                act.finish()
                act.must_be_here()
                self.must_write()  # whoever slept for minutes may have been taken over
                if act.id is not None:
                    db.will_keep(act.id, act.seal, act.touched)
                if act.is_long:
                    db.leave_in_log()
            act.kept()
            if shown is not None:
                shown.end()
            # A file that is gone takes a commit as well as any other.
            self.check_in_place()
            self._note(act)
        finally:
            if act.is_long:
                db.follow_log()

    def _note(self, act: Act) -> None:
        if act.id is not None:
            self._register = self._register or journal.register_id(self.db)
            self._place.note(self._register, act.id, act.seal)
