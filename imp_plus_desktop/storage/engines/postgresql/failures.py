# SPDX-License-Identifier: Apache-2.0
"""What a server's errors mean to whoever uses a register, as codes of `StorageError`."""

from __future__ import annotations

from collections.abc import Mapping

import psycopg

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
