# SPDX-License-Identifier: Apache-2.0
"""What an argument may be: days, paths, numbers, codes; and options that several commands have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""Between these, every day has room for the terms that are counted from it, back and ahead."""
_MOST = 1_000_000_000
"""The largest number that a command takes: no id, limit or count comes near."""


def day(text: str) -> date:
    """An ISO day. Errors: ArgumentTypeError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("a day is written YYYY-MM-DD")) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ArgumentTypeError(_("this day is too far away"))
    return found


def register(text: str) -> Any:
    """Where a register lies: the path of a file, or an address on a server. Errors:
    ArgumentTypeError."""
    if "://" not in text and not _begins_as_address(text):
        return Path(text)  # asked of every command: what knows servers is not loaded for a file
    from imp_plus_desktop.services.servers.places import place_of
    from imp_plus_desktop.words.error_texts import error_text

    try:
        return place_of(text)
    except AppError as error:
        raise ArgumentTypeError(error_text(error)) from None


def path(text: str) -> Path:
    """The path of a file or a folder; an address would become a folder of that name. Errors:
    ArgumentTypeError."""
    if _begins_as_address(text):
        raise ArgumentTypeError(_("a file or a folder is needed here, not an address on a server"))
    return Path(text)


def _begins_as_address(text: str) -> bool:
    return text.lstrip().lower().startswith(("postgresql:", "postgres:"))


def count(text: str) -> int:
    """A number from 0. Errors: ArgumentTypeError."""
    if not text.isdecimal():
        raise ArgumentTypeError(_("a whole number is needed"))
    # Thousands of digits would take their time to be read.
    if len(text.lstrip("0")) > len(str(_MOST)) or int(text) > _MOST:
        raise ArgumentTypeError(_("this number is too large"))
    return int(text)


def year(text: str) -> int:
    """A calendar year. Errors: ArgumentTypeError."""
    if not (text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100):
        raise ArgumentTypeError(_("a year is written YYYY"))
    return int(text)


def codes(kind: type[StrEnum], *left_out: StrEnum) -> list[str]:
    """The codes of a kind as one types them."""
    return [code.value for code in kind if code not in left_out]


def override(command: ArgumentParser) -> None:
    """Let a command take reasons for which a failing rule passes."""
    command.add_argument(
        "--override",
        action="append",
        default=[],
        metavar="RULE=REASON",
        help=_("let a failing rule pass, with a reason that is kept"),
    )
