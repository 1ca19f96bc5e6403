# SPDX-License-Identifier: Apache-2.0
"""What a server's errors mean to whoever uses a register, as codes of `StorageError`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import peewee
import psycopg

from imp_plus_desktop.domain.values.errors import InvalidInput, StorageError
from imp_plus_desktop.storage.engines.database import told

_STATES: Mapping[str, str] = {
    "28": "server_refused",  # who asks is not let in
    "3D": "server_without_register",
    "3F": "server_without_register",
    "08": "server_lost",
    "57P": "server_lost",  # it is being stopped or started
    "55P03": "locked",
    "40": "locked",
    "53100": "server_full",
    "53300": "server_crowded",
    "53": "server_limit",  # no memory, or no more files of its own for this user
    "25006": "server_takes_nothing",
    "25P03": "server_limit",  # a transaction that waited longer, or lasted longer, than is allowed
    "25P04": "server_limit",
    "42501": "not_allowed",
    "58": "no_answer",
    "XX001": "damaged",
    "XX002": "damaged",
    "57014": "server_limit",
    "IP003": "format_changed",  # a state of our own
}
"""SQLSTATE, or what it begins with."""


def code_of(error: BaseException) -> str | None:
    """The code of a driver's error that its user can do something about, None for a bug."""
    # peewee wraps the driver's error and keeps it.
    own = getattr(error, "orig", error)
    state = getattr(own, "sqlstate", None)
    if state is None:
        lost = isinstance(own, psycopg.OperationalError | psycopg.InterfaceError)
        return "server_lost" if lost else None
    return next((_STATES[state[:size]] for size in (5, 3, 2) if state[:size] in _STATES), None)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours. Errors: InvalidInput unwritable_text, too_long, peewee's
    IntegrityError without the row that a server tells along with it, StorageError, NotAllowed; a
    bug stays as it is."""
    try:
        yield
    except UnicodeEncodeError:
        # Half a character, from a file name or a pasted text: also in what is looked for.
        raise InvalidInput("unwritable_text") from None
    except psycopg.DataError as error:
        raise _unwritable(error) from None
    except psycopg.IntegrityError as error:
        raise peewee.IntegrityError(error.diag.message_primary) from None
    except psycopg.errors.ProgramLimitExceeded:
        # What no form and no list lets through, which know how long a key of an index may be.
        raise InvalidInput("too_long") from None
    except psycopg.Error as error:
        code = code_of(error)
        raise _bug(error) if code is None else told(code) from None


def _bug(error: psycopg.Error) -> Exception:
    """What nobody before the window can do anything about, in peewee's words, as all else that it
    passes on; it keeps the driver's own."""
    kinds = (name for name in _KINDS if isinstance(error, getattr(psycopg, name)))
    made: Exception = getattr(peewee, next(kinds))(error, *error.args)
    return made


_KINDS = (
    *("ProgrammingError", "InternalError", "NotSupportedError", "OperationalError"),
    *("DatabaseError", "InterfaceError"),
)


@contextmanager
def of_who_is_let_in(is_let_in: Callable[[], bool]) -> Iterator[None]:
    """The same as `translated`; and to who was let out in the middle of their work no table and no
    function has a name any more. Errors: also StorageError server_refused."""
    try:
        with translated():
            yield
    except peewee.ProgrammingError as error:
        is_nameless = getattr(getattr(error, "orig", error), "sqlstate", None) in _NAMELESS
        if is_nameless and not is_let_in():
            raise StorageError("server_refused") from None
        raise


_NAMELESS = ("42P01", "42883")


def _unwritable(error: BaseException) -> Exception:
    """What a server says of a text with a NUL or with half a character; any other error is ours."""
    is_text = getattr(error, "sqlstate", None) in ("22021", "22P05") or "NUL" in str(error)
    return InvalidInput("unwritable_text") if is_text else peewee.DataError(error, *error.args)


def why_not_connected(error: BaseException) -> str:
    """The code of a connection that was not made: `server_refused`, `server_password_needed`,
    `server_certificate`, `server_without_register`, `server_crowded`, `server_takes_nothing` or
    `server_unreachable`."""
    told = _text_of(getattr(error, "orig", error))
    # A failed connection has no SQLSTATE of its own: the server's sentence is in the client's.
    for code, words in _WHY:
        if any(all(part in told for part in word) for word in words):
            return code
    # Where another of its hosts is away the one that takes acts may be that one.
    attempts = told.split(_EACH_HOST)[1:] or [told]
    only_read = all(_ONLY_READ in attempt for attempt in attempts)
    return "server_takes_nothing" if only_read else "server_unreachable"


_ONLY_READ = "session is read-only"
_EACH_HOST = "\n- host: "
"""How the client begins what it tells of each of several hosts, after what it tells of the last."""
_WHY: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "server_certificate",
        (("certificate",), ("SSL error",), ("root.crt",), ("does not support SSL",)),
    ),
    ("server_password_needed", (("no password supplied",),)),
    # Before those of a role: some of these name one.
    (
        "server_crowded",
        (
            *(("too many clients",), ("too many connections",), ("connection slots are reserved",)),
            ("is not currently accepting connections",),
            *(("trop de clients",), ("trop de connexions",), ("emplacements de connexions",)),
            ("n'accepte plus les connexions",),
        ),
    ),
    (
        "server_without_register",
        (('database "', "does not exist"), ("base de donn", "n'existe pas")),
    ),
    (
        "server_refused",
        (
            *(("authentication failed",), ("pg_hba.conf",), ('role "',)),
            ("permission denied for database",),
            *(("authentification",), ("n'existe pas",), ("n'est pas autoris",)),
            ("droit refus", "base de donn"),
        ),
    ),
)
"""What a server says, in English or in French, as it is set up: each by the parts of a sentence.
Letters beyond ASCII may arrive otherwise, since who is not let in has not said what it reads."""


def _text_of(error: object) -> str:
    """What libpq says; it is only looked into, and is told to nobody: it names whom it refused."""
    return str(error)
