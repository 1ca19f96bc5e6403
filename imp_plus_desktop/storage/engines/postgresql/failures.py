# SPDX-License-Identifier: Apache-2.0
"""What a server's errors mean to whoever uses a register, as codes of `StorageError`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import peewee
import psycopg

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.storage.engines.database import told

_STATES: Mapping[str, str] = {
    "28": "server_refused",  # who asks is not let in
    "3D": "server_without_register",
    "3F": "server_without_register",
    "08": "server_lost",
    "57P": "server_lost",  # it is being stopped or started
    "55P03": "locked",
    "40": "locked",
    "53100": "full",
    "53": "server_lost",  # it has no memory or no connection left
    "25006": "read_only",
    "42501": "not_allowed",
    "58": "no_answer",
    "XX001": "damaged",
    "XX002": "damaged",
    "57014": "locked",
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
    """Turn the driver's errors into ours. Errors: InvalidInput unwritable_text, peewee's
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


def _unwritable(error: BaseException) -> Exception:
    """What a server says of a text with a NUL or with half a character; any other error is ours."""
    is_text = getattr(error, "sqlstate", None) in ("22021", "22P05") or "NUL" in str(error)
    return InvalidInput("unwritable_text") if is_text else peewee.DataError(error, *error.args)


def why_not_connected(error: BaseException) -> str:
    """The code of a connection that was not made: `server_refused`, `server_password_needed`,
    `server_certificate`, `server_without_register` or `server_unreachable`."""
    own = getattr(error, "orig", error)
    told = _text_of(own)
    if any(word in told for word in _NOT_SECURE):
        return "server_certificate"
    if "no password supplied" in told:
        return "server_password_needed"
    if any(word in told for word in _REFUSED):
        return "server_refused"
    # A failed connection has no SQLSTATE of its own: the server's sentence is in the client's.
    if 'database "' in told and "does not exist" in told:
        return "server_without_register"
    return "server_unreachable"


_NOT_SECURE = ("certificate", "SSL error", "root.crt", "does not support SSL")
_REFUSED = (
    "authentication failed",
    "no pg_hba.conf entry",
    'role "',
    "permission denied for database",
)


def _text_of(error: object) -> str:
    """What libpq says; it is only looked into, and is told to nobody: it names whom it refused."""
    return str(error)
