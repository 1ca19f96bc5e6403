# SPDX-License-Identifier: Apache-2.0
"""Builds an office: the one place where the real parts are chosen and joined."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imp_plus_desktop import paths
from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.services.servers import places
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.storage.engines import ServerAddress, may_write, parse
from imp_plus_desktop.storage.files import erased_list, heads
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.maintenance import encryption

if TYPE_CHECKING:
    from imp_plus_desktop.domain.programmes.programme_file import ProgrammeFile
    from imp_plus_desktop.domain.verdict.routes import RouteTable
    from imp_plus_desktop.domain.ways.table import WayTable
    from imp_plus_desktop.exchange.values.vocabulary import Vocabulary

PASSPHRASE_VARIABLE = "IMP_PLUS_PASSPHRASE"


@cache
def load_programme() -> Programme:
    """The shipped parameters of the programme, read once for a process."""
    with paths.data_file("programme.toml").open("rb") as file:
        return Programme.from_table(tomllib.load(file))


@cache
def load_routes() -> RouteTable:
    """The shipped table of the other routes, programmes among them, read once for a process."""
    from imp_plus_desktop.domain.verdict.routes import table_from

    with paths.data_file("routes.toml").open("rb") as file:
        table = table_from(tomllib.load(file))
    return table.beside(one.as_route() for one in load_programmes() if not one.is_main)


@cache
def load_programmes() -> tuple[ProgrammeFile, ...]:
    """The shipped programmes, the main one first, read once for a process."""
    from imp_plus_desktop.domain.programmes.loading import load
    from imp_plus_desktop.services.programmes.reading import known_names

    known = known_names(_words_of_lists(), load_programme().fees)
    found = []
    for path in sorted(paths.data_file("programmes").glob("*.toml")):
        with path.open("rb") as file:
            found.append(load(tomllib.load(file), known, shipped=True))
    return tuple(sorted(found, key=lambda one: (not one.is_main, one.key)))


@cache
def load_ways() -> WayTable:
    """The shipped table of the ways on from a permit that ends, read once for a process."""
    from imp_plus_desktop.domain.ways.table import table_from

    with paths.data_file("ways.toml").open("rb") as file:
        return table_from(tomllib.load(file), load_routes())


@cache
def load_vocabulary() -> Vocabulary:
    """The shipped words of lists, those of programmes among them, read once for a process."""
    return _words_of_lists().with_programmes((one.key, one.listed) for one in load_programmes())


def _words_of_lists() -> Vocabulary:
    from imp_plus_desktop.exchange.values import vocabulary

    return vocabulary.load_vocabulary(
        paths.data_file("countries.csv"), paths.data_file("synonyms.toml")
    )


def load_for_a_window() -> None:
    """Load what the first page asks for while Qt is not there yet: once it is, its Python reads
    the source of each module that is imported."""
    from imp_plus_desktop.services.agenda import counts, overview  # noqa: F401
    from imp_plus_desktop.services.history import history  # noqa: F401
    from imp_plus_desktop.services.office import maintenance, news, restoring  # noqa: F401
    from imp_plus_desktop.words import act_texts, error_texts  # noqa: F401


def load_for_its_lists() -> None:
    """Load what the lists and a person's page ask for: meant for a thread, while somebody looks at
    the first page. Nothing of Qt is among it."""
    from imp_plus_desktop.services.applications import applications  # noqa: F401
    from imp_plus_desktop.services.duplicates import merge_people  # noqa: F401
    from imp_plus_desktop.services.family import family  # noqa: F401
    from imp_plus_desktop.services.people import contacts, documents, people  # noqa: F401
    from imp_plus_desktop.services.permits import permits  # noqa: F401
    from imp_plus_desktop.words.findings import finding_texts, rule_texts  # noqa: F401


def _opened(
    path: Path, create: bool, passphrase: str | None, desk: str, found: dict[str, Any]
) -> Register:
    """Open a register. What becomes of a log beside it that is not its own is told in `found`."""

    def opened(key: str) -> Register:
        left_out = False
        if heads.logs_of(path) and not heads.is_as_left(path):
            from imp_plus_desktop.storage.maintenance import stray_logs

            if may_write(path):
                found["aside"] = found.get("aside") or stray_logs.set_aside(path, key)
            else:
                found["left_out"] = left_out = stray_logs.is_left_out(path, key)
        return Register(path, create=create, passphrase=key, desk=desk, own_log=not left_out)

    if passphrase is not None:
        return opened(passphrase)
    given = os.environ.get(PASSPHRASE_VARIABLE, "")
    if given and create and not path.exists():
        from imp_plus_desktop.services.secrecy import strength

        strength.check(given, (path.stem,))
    try:
        return opened(given)
    except StorageError as error:
        if error.code != "plain":
            raise
    # The environment says it of every register that is opened, and this one has none.
    return opened("")


def on_server(
    address: ServerAddress, desk: str = "", password: str = "", beside: Path | None = None
) -> Register:
    """Open the register at an address; copies of it are under the passphrase of the environment.

    Errors: as `engines.connect_server`.
    """
    place = beside if beside is not None else places.beside(address)
    passphrase = os.environ.get(PASSPHRASE_VARIABLE, "")
    return Register(place, server=address, desk=desk, password=password, passphrase=passphrase)


def open_office(
    register: Path | ServerAddress | None = None,
    *,
    today: date | None = None,
    settings: Settings | None = None,
    create: bool = True,
    passphrase: str | None = None,
    password: str = "",
    beside: Path | None = None,
) -> Office:
    """Open a register (default: the user's own; a missing one is created) and join the parts.

    Without a passphrase that of the environment is taken; a plain register needs none of it. One
    on a server opens for whom the server knows, by a `password` or by what its driver finds, and
    is never created here; `beside` is where this desk keeps what belongs to it, its own place for
    an address where none is given.
    Errors: StorageError, as `storage.engines.connect` and `connect_server`.
    """
    kept = settings if settings is not None else Settings(paths.settings_file())
    found: dict[str, Any] = {}
    if isinstance(register, ServerAddress):
        opened = on_server(register, kept.user_name, password, beside)
    else:
        path = register if register is not None else paths.register_file()
        opened = _opened(path, create, passphrase, kept.user_name, found)
    if opened.reading is None:
        _finish(opened)
    arrival = _arrival(opened, found)
    if opened.server is not None and not (arrival.missing or arrival.is_other):
        opened.note_head()
    return Office(
        register=opened,
        clock=Clock(today, lambda: opened.ahead),
        shipped_programme=load_programme(),
        settings=kept,
        data_folder=paths.data_file(),
        load_vocabulary=load_vocabulary,
        load_routes=load_routes,
        load_ways=load_ways,
        load_programmes=load_programmes,
        arrival=arrival,
    )


def open_told(told: Mapping[str, Any], today: date | None) -> Office:
    """Open in a process of ours what `Office.whereabouts` told. Errors: as `open_office`."""
    path = Path(told["register"])
    if told["server"]:
        return open_office(
            parse(told["server"]), today=today, beside=path, password=told["password"]
        )
    return open_office(path, today=today, create=False, passphrase=told["passphrase"])


def _arrival(opened: Register, found: Mapping[str, Any]) -> Arrival:
    """What there is to say of a register that has just been opened."""
    missing, is_other = 0, False
    known = heads.known(opened.path)
    if known is not None:
        missing, is_other = opened.lacks(known)
    return Arrival(opened.left_by, missing=missing, is_other=is_other, **found)


def _finish(opened: Register) -> None:
    """Finish what was begun when the register was open before."""
    with suppress(StorageError):  # it is tried again when the register is opened next
        encryption.finish(opened)
        erased = erased_list.read(opened.path)
        if erased is not None and not erased.swept:
            from imp_plus_desktop.services.erasing import erasing

            erasing.clean(opened)
