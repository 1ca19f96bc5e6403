# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about lists that are taken in, and of undoing."""

from __future__ import annotations

from argparse import ArgumentTypeError, BooleanOptionalAction
from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import count, path
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports.import_letters import ENCODINGS, known_encoding

_NAMED_SIGNS = {"tab": "\t", "\\t": "\t"}


def encoding(text: str) -> str:
    """Python's name of an encoding that a list may be in. Errors: ArgumentTypeError."""
    found = known_encoding(text)
    if found is None:
        known = ", ".join(ENCODINGS)
        raise ArgumentTypeError(
            _("no encoding has this name; known are {names}").format(names=known)
        )
    return found


def separator(text: str) -> str:
    """A sign between cells. Errors: ArgumentTypeError."""
    sign = _NAMED_SIGNS.get(text.lower(), text)
    if len(sign) != 1 or sign.isalnum() or sign in '"\r\n\x00':
        raise ArgumentTypeError(_("a separator is one sign, such as ; or , or tab"))
    return sign


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("import")
    command.add_argument("file", type=path)
    command.add_argument("--sheet", help=_("read this sheet only, even a hidden one"))
    command.add_argument("--date-order", choices=("dmy", "mdy", "ymd"))
    command.add_argument(
        "--encoding",
        type=encoding,
        metavar="NAME",
        help=_("how the characters of a text file are written, such as utf-8, cp1252 or cp850"),
    )
    command.add_argument(
        "--separator",
        type=separator,
        metavar="CHAR",
        help=_("the sign between the cells of a text file; tab for a tab"),
    )
    command.add_argument(
        "--repair-letters",
        action=BooleanOptionalAction,
        help=_("put right characters that were garbled before the list came"),
    )
    command.add_argument("--dry-run", action="store_true", help=_("show, record nothing"))
    command.add_argument("--rejects", type=path, metavar="OUT.xlsx")
    command.add_argument(
        "--proper-case",
        action=BooleanOptionalAction,
        help=_("write names as usual where a column is wholly in capitals"),
    )
    command.add_argument(
        "--one-name",
        action="store_true",
        help=_("people of whom the list has given names alone have one name"),
    )
    command.add_argument(
        "--with-corrections",
        action="store_true",
        help=_("repeat the corrections made when this list was imported before"),
    )
    command.add_argument(
        "--on-conflict",
        choices=("ours", "theirs", "ask"),
        default="ours",
        help=_("of a value that the list and the office have both changed"),
    )
    command.add_argument(
        "--letters",
        choices=("ask", "correct", "second"),
        default="ask",
        help=_("of a letter whose date has moved by a few days"),
    )
    command = commands.add_parser("review")
    command.add_argument("act", nargs="?", type=count)
    command = commands.add_parser("resolve")
    command.add_argument("row", type=count)
    command.add_argument("how", choices=("same", "new", "drop"))
    command.add_argument("person", nargs="?")
    command.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="FIELD",
        help=_("leave this field as the register has it"),
    )
    command.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="FIELD",
        help=_("take the list’s name, sex, birth date or citizenship in place of the register’s"),
    )
    command = commands.add_parser("origin")
    command.add_argument("ref", metavar="REF")
    command.add_argument("field", nargs="?", metavar="FIELD")
    command = commands.add_parser("undo")
    command.add_argument("act", nargs="?", type=count)
