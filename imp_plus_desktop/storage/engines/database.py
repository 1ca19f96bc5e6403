# SPDX-License-Identifier: Apache-2.0
"""What the storage asks of an open register, whichever engine keeps it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import peewee

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import AppError, NotAllowed, StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.storage.engines.dialect import Dialect

if TYPE_CHECKING:  # a list that is not searched needs none of it
    from imp_plus_desktop.domain.reads.touched import Touched
    from imp_plus_desktop.domain.search.lines import Line
    from imp_plus_desktop.domain.search.typed import Typed
    from imp_plus_desktop.storage.engines.desks import Desks
    from imp_plus_desktop.storage.engines.notices import Notices
    from imp_plus_desktop.storage.engines.whole import Whole

T = TypeVar("T")
Step = Callable[[int, int], None]
"""Told how much of how much is done; what it raises stops the work."""

ALL, LISTED, NAMED = "", "{names numbers} : ", "names : "
"""Where words are looked for: everywhere, in what lists show, in names alone."""


MOVED = "moved_to"
"""A table that a register has once it was taken to another place; see `journal/places/moved.py`."""

SNAPSHOT, SEAL = "snapshot_of", "snapshot_takes_no_act"
"""A table and a trigger of a register that is a snapshot of one on a server; see
`journal/places/taken_along.py`."""
SEALING = (
    f"CREATE TRIGGER {SEAL} BEFORE INSERT ON act"
    " BEGIN SELECT RAISE(ABORT, 'a snapshot is only read'); END"
)
"""What makes the trigger: a file that has it takes no act, whichever program tries."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is signed in and what they may. In a file nobody signs in: the name is empty. Who `owns`
    a register may alter it behind its journal, in a file or as a server's administrator."""

    name: str = ""
    role: Role = Role.ADMIN
    owns: bool = True


class Part(NamedTuple):
    """A question of several about the same: which columns, from where and under which condition,
    in which order."""

    columns: str
    source: str
    order: str

    def __str__(self) -> str:
        return f"SELECT {self.columns} FROM {self.source} ORDER BY {self.order}"


class Counters(Protocol):
    """How far each table has counted its ids: the highest that it has ever had."""

    def last(self, table: str) -> int:
        """Return the highest id of a table, 0 before the first."""

    def all(self) -> dict[str, int]:
        """Return the highest id of every table that has had one."""

    def go_on_from(self, table: str, number: int) -> None:
        """Give out no id of a table up to this one any more."""


class SearchIndex(Protocol):
    """The lines by which people are found; all writes are inside the caller's transaction."""

    def expression(self, typed: Typed, where: str = LISTED) -> str:
        """Return what `Dialect.found_by_words` takes: what was typed, in words of the line."""

    def people(self, typed: Typed, most: int, where: str = ALL) -> list[int]:
        """Return people who are found by what was typed, by their ids, `most` of them."""

    def words_near(self, keys: Iterable[str], most: int) -> list[str]:
        """Return the words of names that have one of these keys, `most` of them."""

    def words_beginning(self, beginning: str, most: int) -> list[str]:
        """Return the words of names that are kept under a key that begins so, `most` of them."""

    def write(self, lines: Sequence[tuple[int, Line]]) -> None:
        """Replace the lines of these people, given as (person, line)."""

    def forget(self, people: Sequence[int]) -> None:
        """Take people out of the index, and every word that was theirs alone."""

    def merge(self) -> None:
        """Leave nothing in the index of what was taken out."""

    def drawn_together(self, *, begun: bool) -> bool:
        """Make the index somewhat quicker after many writes; return whether nothing is left to
        do. With `begun` it goes on with what was begun before."""

    def is_sound(self) -> bool:
        """Tell whether it is whole and has a line for each person with a summary, and no other."""

    def differing(self, lines: Sequence[tuple[int, Line]]) -> int | None:
        """Return the first of these people whose words in the index are not those of the line that
        is given for them, None where all are."""

    def strays(self) -> int:
        """Return how many words are kept to be near to what is typed and are in nobody's name."""


class Database(peewee.Database, ABC):
    """An open register: statements that every engine reads, and what each does in its own way."""

    dialect: Dialect
    driver_errors: tuple[type[Exception], ...] = (peewee.DatabaseError,)
    constraint_errors: tuple[type[Exception], ...] = (peewee.IntegrityError,)
    passphrase = ""
    """What the register was opened with, as it opened it; empty on a server."""
    format = ""
    """Which format a register on a server had when it was opened: with another one nothing is
    written, and nothing is read any more. Empty where nobody looks."""

    if TYPE_CHECKING:  # peewee leaves them without types

        def execute_sql(self, sql: Any, params: Any = None) -> Any: ...
        def savepoint(self) -> Any: ...
        def atomic(self, *how: str) -> Any: ...
        def connection(self) -> Any: ...
        def connect(self, reuse_if_open: bool = False) -> bool: ...
        def close(self) -> bool: ...
        def is_closed(self) -> bool: ...
        def table_exists(self, table_name: str, schema: str | None = None) -> bool: ...

    @property
    def asks_password(self) -> bool:
        """Whether a server let its user in by a password, whoever gave it."""
        return False

    @property
    def key(self) -> str:
        """The key that a file opened with, empty for none and on a server."""
        return ""

    @property
    def desk(self) -> Desk:
        """Who is signed in."""
        return Desk()

    @property
    @abstractmethod
    def counters(self) -> Counters:
        """How far each table has counted its ids."""

    @property
    @abstractmethod
    def search(self) -> SearchIndex:
        """The index by which people are found."""

    @abstractmethod
    def code_of(self, error: BaseException) -> str | None:
        """Return the code of a driver's error that a user can do something about, None for a
        bug."""

    @contextmanager
    def as_of_now(self) -> Iterator[None]:
        """While this lasts, all that is read is as it was at its beginning, and nobody waits."""
        with self.atomic():
            yield

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """While this lasts, all that is read is of one moment, where nobody has to wait for that.
        Notes of this connection's own may be written."""
        yield

    def paging(self) -> AbstractContextManager[object]:
        """While this lasts, several queries may be gone through by `pages` side by side."""
        return nullcontext()

    def pages(self, sql: str, at_once: int) -> Iterator[list[Any]]:
        """Return what a query without parameters finds, so many rows at a time: a server sends
        whoever asks otherwise all of them at once."""
        found = self.execute_sql(sql)
        while rows := found.fetchmany(at_once):
            yield rows

    @abstractmethod
    def writing(self) -> AbstractContextManager[object]:
        """Return a transaction in which nobody else can write from its beginning."""

    def judged_first(
        self,
        _name: str,
        _keys: Sequence[object],
        work: Callable[[], T],
        *,
        whole: bool = False,
    ) -> T:
        """Do some work with one act in it. On a server that act reads what it rests on while others
        may still write, up to `alone`: where one of them has changed it meanwhile, or where the
        work is refused, it is done once more, and then nobody else writes from its beginning. By
        its name and these keys it is foreseen what it reads. With `whole` the act may go there
        whole: the work asks for nothing that it has written, and what it returns is a number, or
        holds numbers or lists of them."""
        return work()

    def alone(self) -> None:
        """From here on nobody else writes, and what the open act has read stands. It is called
        before anything is read that each act changes, and by every write."""

    def whole(self) -> Whole | None:
        """What the open act is made of, where it may go to the engine whole at its end: nothing of
        it is written before, its ids and places are marks until it is kept, and nothing may be
        read any more of what it writes. None where it is written step by step; `alone` makes it
        so, and has what was begun otherwise begun again."""
        return None

    def answers(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        """Ask several things at once and return a cursor for each, in their order."""
        return [self.execute_sql(sql, params) for sql, params in questions]

    def parts(self, parts: Sequence[Part], of: Sequence[object]) -> list[Sequence[Sequence[Any]]]:
        """Ask several things about the same ids, each with these parameters, and return the rows
        of each."""
        return [one.fetchall() for one in self.answers([(str(part), of) for part in parts])]

    def will_tell_table(self, name: str) -> Callable[[], bool]:
        """Ask whether a table is there, and return what tells it: on a server the question goes
        with the next one, within `writing`."""
        is_there = self.table_exists(name)
        return lambda: is_there

    def at_once(self, name: str, *keys: object) -> AbstractContextManager[object]:
        """While this lasts, all that is read may be as it was at its beginning, unless something
        is written here. On a server what was read the last time under a name, and of these keys,
        is fetched in one way."""
        return nullcontext()

    def together(self, *reads: Callable[[], Any]) -> list[Any]:
        """Return what several reads give, which hang on nothing of each other. Within `at_once`
        they are asked together, and a read may be begun several times: it must change nothing."""
        return [read() for read in reads]

    def will_keep(self, act: int, seal: bytes, touched: Touched) -> None:
        """Say which act the open transaction keeps, its hash, and what it touched: by the hash it
        is looked for where nobody answers whether it was kept."""

    def will_tell_lists(self) -> None:
        """Let other desks know, once the open transaction is kept, that lists show something new
        though no act was made."""

    def must_know(self) -> None:
        """Refuse to go on where it is not known whether an earlier act was kept. Errors:
        StorageError server_unsure; kept_after_all, once, where it was."""

    def watch(self) -> Notices | None:
        """Listen for what other desks do, None where there is nothing to listen to. Errors:
        StorageError."""
        return None

    @property
    def desks(self) -> Desks | None:
        """What a server keeps of its desks, None beside a file."""
        return None

    @property
    def whence(self) -> tuple[str, int]:
        """Which server this is, and how often another one has taken its place."""
        return "", 0

    @property
    def last_seen(self) -> tuple[int, bytes]:
        """The last act that any thread has read or written on a server, and its hash."""
        return 0, b""

    @property
    def ahead(self) -> timedelta:
        """How far the clock that all desks go by is ahead of this one's: on a server its own."""
        return timedelta()

    def close_everywhere(self) -> None:
        """Close the calling thread's connection, and on a server those of all threads."""
        if not self.is_closed():
            self.close()

    @abstractmethod
    def insert_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> None:
        """Insert many rows of stored values, inside the caller's transaction.

        What a constraint refuses raises one of `CONSTRAINT_ERRORS`.
        """

    def settle_inserts(self) -> None:
        """Wait for rows on their way in: those that wait are held in memory."""

    @abstractmethod
    def execute_after_inserts(self, sql: str, params: Sequence[Any]) -> None:
        """Execute a statement that gives nothing back, without waiting for rows on their way in."""

    @abstractmethod
    def note_brought(self) -> None:
        """Note which changes tell of each row that came in or went together with another one.

        It stands in `brought` (entity, id, change_id, place), a table of the connection's own;
        `place` is what `Dialect.brought_row` takes.
        """

    @abstractmethod
    def data_version(self) -> int:
        """Return a number that changes whenever another connection has written; the same
        connection must ask each time."""

    @abstractmethod
    def fault(self) -> str | None:
        """Return the engine's own verdict on all that is kept, None when it is sound."""

    @abstractmethod
    def facts(self) -> dict[str, str]:
        """Return what the engine tells of itself and of the register as a whole, by name."""

    @abstractmethod
    def versions(self) -> dict[str, str]:
        """Return the engine's versions, by what they are of."""

    @abstractmethod
    def shape_fault(self, passing: Collection[str] = ()) -> str | None:
        """Return the first thing that is not as a register of today's version is made, or None;
        `passing` are tables that it may have for a while, beside the mark of one that moved."""

    @abstractmethod
    def in_any_order(self) -> AbstractContextManager[object]:
        """While this lasts, rows may come before those that they hang on; outside a transaction,
        and where nobody looks."""

    @abstractmethod
    def copy_into(self, part: Path, step: Step | None = None) -> None:
        """Write all that is kept, as of one moment, to a new file: a register under the same
        passphrase. `step` is told how much of twice as much is done; what it raises stops it."""

    def only_one(self, _what: str) -> AbstractContextManager[bool]:
        """While this lasts, no other desk of a server does the same; False where one does."""
        return nullcontext(True)

    @abstractmethod
    def lock_others_out(self) -> None:
        """Keep everybody else from writing until the connection is closed."""

    @abstractmethod
    def settle_in_file(self) -> None:
        """Take all that is written into the one file, and leave nothing beside it."""

    def look_through(self) -> None:
        """Let a server learn what came into it all at once, of which it knows nothing yet; outside
        a transaction. Nothing where whoever asks does not own it."""

    @abstractmethod
    def drop_for_good(self, table: str) -> None:
        """Drop a table so that what it held is nowhere any more."""

    @abstractmethod
    def shredding(self) -> AbstractContextManager[object]:
        """While this lasts, what is deleted or written over is overwritten where it stood."""

    @abstractmethod
    def sweep(self) -> bool:
        """Leave nothing of what was deleted. Returns False where somebody else is at work, or on a
        server alone may do it: it is to be tried again."""

    @abstractmethod
    def leave_in_log(self) -> None:
        """Let the next commit end when it is safe on the disk, whatever is tidied later."""

    @abstractmethod
    def follow_log(self) -> None:
        """Take back what `leave_in_log` asked for."""


@contextmanager
def translated(database: Database) -> Iterator[None]:
    """Turn the driver's environment errors into `StorageError`, and what a role may not into
    `NotAllowed`; bugs pass through unchanged, and what a constraint refuses. The register is asked
    what it comes from: whether its disk is full, or whether what looks damaged was only misread.
    """
    try:
        yield
    except database.driver_errors as error:
        code = None if isinstance(error, database.constraint_errors) else database.code_of(error)
        if code is None:
            raise
        raise told(code) from None


def told(code: str) -> AppError:
    """The error that a code of a driver's error is."""
    return NotAllowed(code) if code == "not_allowed" else StorageError(code)
