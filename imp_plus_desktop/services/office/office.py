# SPDX-License-Identifier: Apache-2.0
"""What every service is given: the open register, the clock, the programme and who is working.

Made once in `bootstrap.py` and passed down. Holds no rule; it only joins the parts and opens the
unit of work that each write of a service is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.figures.own import programme_of
from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.domain.reads.desks import ALONE, Around
from imp_plus_desktop.domain.reads.touched import Touched
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.calendar import instant_in_toronto, toronto_day, toronto_time
from imp_plus_desktop.domain.values.errors import DomainError, NotAllowed, StorageError
from imp_plus_desktop.domain.values.programme import CapLimit, Programme, Setting
from imp_plus_desktop.domain.values.register_numbers import RegisterNumbers
from imp_plus_desktop.domain.values.roles import Rights, Role, must_allow
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.engines import ServerAddress
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.forms.shown import Shown
from imp_plus_desktop.storage.journal.journal import ActHeader, register_id
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import queries

if TYPE_CHECKING:
    from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
    from imp_plus_desktop.domain.records.file import PersonFile
    from imp_plus_desktop.domain.verdict.routes import RouteTable
    from imp_plus_desktop.domain.ways.table import WayTable
    from imp_plus_desktop.exchange.values.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Clock:
    """Today and now. A `day` that was set (`--today`) moves the day; the time of day stays real.

    The day of `now` in Toronto is `today`, at whatever hour. On a server all desks go by its clock.
    """

    day: date | None = None
    ahead: Callable[[], timedelta] = timedelta
    """How far the clock to go by is ahead of this computer's."""

    def now(self) -> datetime:
        """An aware UTC instant."""
        real = datetime.now(UTC) + self.ahead()
        if self.day is None:
            return real
        return instant_in_toronto(self.day, toronto_time(real))

    def today(self) -> date:
        """The office's day: Toronto's calendar, as the programme counts."""
        return self.day if self.day is not None else toronto_day(self.now())


class MadeAct(NamedTuple):
    """An act that this office has made since it was opened, and what it touched. The `seal` is
    its hash: after a restore another act may have its id."""

    id: ActId
    seal: bytes
    undoes: int | None
    touched: Touched


@dataclass(frozen=True)
class Office:
    """An open register with all that a service needs around it."""

    register: Register
    clock: Clock
    shipped_programme: Programme
    settings: Settings
    data_folder: Path
    load_vocabulary: Callable[[], Vocabulary]
    load_routes: Callable[[], RouteTable]
    load_ways: Callable[[], WayTable]
    load_programmes: Callable[[], tuple[ProgrammeFile, ...]]
    """What the words of lists mean, the other routes, the ways on from a permit that ends and the
    programmes that are shipped: read when first asked for."""
    made: list[MadeAct] = field(default_factory=list)
    """What was done here since the register was opened, the latest last: other desks' acts are
    not among it, nor what was done before."""
    arrival: Arrival = Arrival()
    """What was found of the register when it was opened."""
    heard: list[Around] = field(default_factory=list)
    """What was last heard of the other desks of a server, while somebody listens."""
    shown: Shown | None = None
    """What the form at work rests on, if one is; see `as_shown`."""

    @property
    def user(self) -> str:
        """Who the journal says made an act: on a server whoever is signed in, elsewhere who the
        settings say. Whom the server cannot hold to a name, since they own the register, has the
        settings' too where one was chosen: a computer's login may be somebody else's name there."""
        if self.register.server is not None and not self.settings.has_user_name:
            return self.register.desk.name
        return self.signed_in or plain_text.mended(self.settings.user_name) or "—"

    @property
    def signed_in(self) -> str | None:
        """The name by which the server knows whoever works here and holds them to it, None where
        nobody does."""
        if self.register.server is None or self.register.desk.owns:
            return None
        return self.register.desk.name

    @property
    def role(self) -> Role:
        """What whoever works here may: everything in a file."""
        return Role.ADMIN if self.register.server is None else self.register.desk.role

    @property
    def rights(self) -> Rights:
        """The same, with why nothing can be written, where that is so."""
        return Rights(self.role, "" if self.reading is None else self.reading.code)

    @property
    def company(self) -> Around:
        """Who else is there, and what is taken on, as far as it was heard; in a file nothing."""
        return self.heard[-1] if self.heard else ALONE

    @property
    def only_reads(self) -> bool:
        """Whether the server hides some values from whoever works here, who makes no act and keeps
        no summary up to date."""
        return not self.role.covers(Role.CLERK)

    def must_allow(self, service: str) -> None:
        """Refuse at once what an act would be refused for, rather than after a form was filled in.
        Errors: NotAllowed not_allowed."""
        must_allow(self.role, service)

    def must_see_all(self) -> None:
        """Refuse what needs every value as it is. Errors: NotAllowed hidden_from_readers."""
        if self.only_reads:
            raise NotAllowed("hidden_from_readers")

    @property
    def vocabulary(self) -> Vocabulary:
        return self.load_vocabulary()

    @property
    def routes(self) -> RouteTable:
        return self.load_routes()

    @property
    def ways(self) -> WayTable:
        return self.load_ways()

    @property
    def whereabouts(self) -> dict[str, str]:
        """What a process of ours is told, to open the same register: `bootstrap.open_told`."""
        return {
            "register": str(self.register_path.absolute()),
            "server": "" if self.register.server is None else str(self.register.server),
            "passphrase": self.register.passphrase,
            "password": self.register.password,
        }

    @property
    def register_path(self) -> Path:
        return self.register.path

    @property
    def server(self) -> ServerAddress | None:
        """Where the register lies on a server, None for a file."""
        return self.register.server

    @property
    def place(self) -> Path | ServerAddress:
        """What opens the register again."""
        return self.register.server or self.register.path

    @property
    def name(self) -> str:
        """What people call the register: its file, or its database and server."""
        server = self.register.server
        return self.register.path.name if server is None else server.told

    @property
    def title(self) -> str:
        """The same, as the title of a window has it."""
        return self.register.path.stem if self.server is None else self.name

    @property
    def is_lockable(self) -> bool:
        """Whether something opens it that can be asked for again: a passphrase, or a password."""
        return self.is_encrypted or self.register.asks_password

    @property
    def is_encrypted(self) -> bool:
        """Whether the register has a passphrase."""
        return bool(self.register.passphrase)

    @property
    def reading(self) -> StorageError | None:
        """Why the register can only be read here, None where it is written too."""
        return self.register.reading

    def known_passphrase(self, place: Path | ServerAddress | None) -> str | None:
        """What opens a register again, None where it is another one or nothing is known of it."""
        return (self.register.passphrase or None) if place == self.register_path else None

    def known_password(self, address: ServerAddress) -> str:
        """The password that its user gave, empty where it is another one or none was given."""
        return self.register.password if address == self.server else ""

    @property
    def own_numbers(self) -> RegisterNumbers:
        """The numbers by which this register knows its people again in lists that it wrote."""
        return RegisterNumbers(register_id(self.register.db))

    def programme(self) -> Programme:
        """The programme's parameters with the caps and settings of this register, as of today."""
        return self.programme_with((), (), self.clock.today())

    def programme_with(
        self, more_caps: Sequence[CapLimit], more_settings: Sequence[Setting], day: date
    ) -> Programme:
        """The same as of a day, with caps and settings that this register does not have."""
        own_caps, own_settings = queries.caps_and_settings(self.register)
        caps = [
            CapLimit(row.ledger, row.year, row.cap, row.from_day, source=row.reason)
            for row in own_caps
        ]
        settings = [*own_settings, *more_settings]
        return programme_of(self.shipped_programme, [*caps, *more_caps], settings, day)

    def at_once(self, name: str, *keys: object) -> AbstractContextManager[object]:
        """While this lasts, all that is read may be as it was at its beginning: a page asks for
        the same each time, and a server is then asked once."""
        return self.register.at_once(name, *keys)

    def file_ahead(self, person_id: int) -> PersonFile | None:
        """Somebody's file as it is now, where it has been read already; else None."""
        return None

    def as_shown(self, person: int | None = None) -> Office:
        """This office for one form, over the file of `person` where it is about one: what another
        desk writes while the form is open is not written over before it was told. Acts may end with
        Overtaken."""
        from imp_plus_desktop.storage.history import acts

        return replace(self, shown=Shown(*acts.latest(self.register), person))

    def _done_meanwhile(self) -> str:
        """What another desk did last to the file that a form is about, empty for nothing."""
        if self.shown is None or self.shown.person is None:
            return ""
        from imp_plus_desktop.storage.history import acts, changes
        from imp_plus_desktop.words import act_texts

        own = {made.id for made in self.made}
        number = changes.last_of_others(self.register, self.shown.act, self.shown.person, own)
        row = None if number is None else acts.act(self.register, number)
        return "" if row is None else act_texts.meanwhile_text(row)

    @contextmanager
    def act(
        self,
        service: str,
        *,
        copy: str | None = None,
        source_name: str | None = None,
        source_sha256: str | None = None,
    ) -> Iterator[Act]:
        """One write: a copy of the register first (the day's first, or for the reason `copy`),
        then one act, kept whole or not at all.

        Nobody else writes within it: whatever the act rests on is read there, and not before.
        Errors: NotAllowed not_allowed.
        """
        must_allow(self.role, service)
        self.copy_first(copy)
        named = None if source_name is None else plain_text.mended(source_name)
        header = ActHeader(self.clock.now(), self.user, service, named, source_sha256)
        own = {made.id for made in self.made} if self.shown is not None else ()
        try:
            with self.register.act(header, self.shown, own) as act:
                yield act
        except DomainError as error:
            error.meanwhile = self._done_meanwhile()
            raise
        if act.id is not None:
            self.made.append(MadeAct(act.id, act.seal, act.header.undoes, act.touched))

    @contextmanager
    def outward(self, service: str) -> Iterator[Act]:
        """An act that says what leaves the register. It changes no row: nothing is copied for it
        first, and there is nothing of it to take back. Errors: NotAllowed not_allowed."""
        must_allow(self.role, service)
        with self.register.act(ActHeader(self.clock.now(), self.user, service)) as act:
            yield act

    @contextmanager
    def unkept(self, service: str) -> Iterator[Act]:
        """An act that its caller leaves with an exception: what a write would do is seen in it,
        and what refuses it. Nothing is copied for it, and nobody else writes within it.
        Errors: NotAllowed not_allowed."""
        must_allow(self.role, service)
        with self.register.act(ActHeader(self.clock.now(), self.user, service)) as act:
            yield act

    def copy_first(self, reason: str | None, spared: Path | None = None) -> Path | None:
        """Make the copy that must exist before a write, None where there is one already or the
        register is empty. `spared` is a copy that must outlive this. Errors: StorageError
        only_read, written_elsewhere."""
        self.register.must_write()
        if self.register.server is not None:
            # Whoever runs the server keeps its copies, back to any moment; a desk would leave
            # everybody's data on its own disk.
            return None
        now = datetime.now(UTC)
        day = now.astimezone().date()
        if reason is None and copies.copied_on(self.register.path, day):
            return None
        if self.register.is_empty():
            return None
        # Most acts, and all that only reads, copy nothing.
        from imp_plus_desktop.storage.maintenance import backup

        return backup.make_copy(self.register, now, reason or "day", spared=spared)

    def release(self) -> None:
        """Close the calling thread's connection; the office goes on."""
        self.register.release()

    def close(self) -> None:
        """Close the register for good."""
        self.register.close()


P = ParamSpec("P")
T = TypeVar("T")
Service = Callable[Concatenate[Office, P], T]


def judged_first(service: Service[P, T]) -> Service[P, T]:
    """A service that makes one act, and nothing else, judged before others are kept from writing.

    On a server only one desk writes at a time, so whoever reads a file and judges it meanwhile
    holds up all others. Such a service reads first, and what it read is proven to stand once nobody
    else writes; where it does not, it is begun again and reads as every other act does: it may run
    twice. It calls `Act.alone` before it asks for what each act changes (places, counts), and every
    write calls that by itself.
    """
    return _judged(service, whole=False)


def judged_whole(service: Service[P, T]) -> Service[P, T]:
    """A service that is judged first and whose act goes to a server whole, at its end (see
    `Database.whole`): it asks for nothing that it has written, and what it returns is a number, or
    holds numbers or lists of them."""
    return _judged(service, whole=True)


def _judged(service: Service[P, T], *, whole: bool) -> Service[P, T]:
    name = f"{service.__module__}.{service.__qualname__}"

    @wraps(service)
    def run(office: Office, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if office.server is None:
            return service(office, *args, **kwargs)
        # What it is about, by which it is foreseen what will be asked.
        told = (getattr(one, "person_id", one) for one in (*args, *kwargs.values()))
        keys = [one for one in told if isinstance(one, int)]
        work = partial(service, office, *args, **kwargs)
        return office.register.judged_first(name, keys, work, whole=whole)

    return run
