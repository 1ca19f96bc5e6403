# SPDX-License-Identifier: Apache-2.0
"""The grammar of the command about programmes."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import path
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the command’s arguments."""
    command = commands.add_parser("programmes")
    command.add_argument("key", nargs="?", metavar="KEY", help=_("the board of this programme"))
    command.add_argument(
        "--entered", action="store_true", help=_("only the people who are entered under it")
    )
    command.add_argument(
        "--add",
        type=path,
        metavar="FILE",
        help=_("take the file of a programme into the register"),
    )
    command.add_argument(
        "--dry-run", action="store_true", help=_("only say what taking the file would do")
    )
    command.add_argument("--remove", metavar="KEY", help=_("take a file of your own away"))
    command.add_argument(
        "--write",
        type=path,
        metavar="FILE",
        help=_("write the programme’s file, to change it"),
    )
