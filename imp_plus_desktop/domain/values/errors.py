# SPDX-License-Identifier: Apache-2.0
"""The expected failures, as types with a code and parameters; the sentence is made at the edge.

A code never changes and is language-neutral. Parameters never hold personal data: they may reach
a log.
"""

from __future__ import annotations

NOT_THERE = frozenset(
    {"server_lost", "server_unreachable", "server_crowded", "server_takes_nothing"}
)
"""Codes of a server that cannot be worked with just now, and may be again in a moment."""


class AppError(Exception):
    """Base of every failure that a user can do something about."""

    def __init__(self, code: str, /, **parameters: object) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters
        self.meanwhile = ""
        """What another desk did to the same file since it was shown, in a sentence; never logged.
        """


class DomainError(AppError):
    """Base of what contradicts the programme or the register: raise one of the two kinds below."""


class InvalidInput(DomainError):
    """What was typed cannot be read, fits nothing or names what is not there (exit 2)."""


class Refused(DomainError):
    """What was asked is understood, and the programme or the register says no (exit 5)."""


class StorageError(AppError):
    """The register cannot be used: locked, full, read_only, damaged, wrong_key, newer (exit 4)."""


class NotAllowed(AppError):
    """The user's role does not allow it; nothing was changed (exit 6)."""


class ExchangeError(AppError):
    """A file cannot be read or written as asked (exit 3)."""


class Cancelled(AppError):
    """The user stopped a long job; nothing was changed (exit 130)."""

    def __init__(self) -> None:
        super().__init__("cancelled")
