# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about the programme's figures."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import day, path, year
from imp_plus_desktop.i18n import _

ACTIONS = ("set", "read", "remove")


def add(commands: Any) -> None:
    """Add each command's arguments."""
    command = commands.add_parser("figures")
    command.add_argument(
        "action",
        nargs="?",
        choices=ACTIONS,
        help=_("set one from a day on, note that it was read, take the office’s own out"),
    )
    command.add_argument("figure", nargs="?", metavar="FIGURE", help=_("as the list names it"))
    command.add_argument("value", nargs="?", metavar="VALUE")
    command.add_argument("--from", dest="from_day", type=day, metavar="DAY")
    command.add_argument("--source", default="", metavar="TEXT", help=_("where it was read"))
    command.add_argument("--year", type=year, metavar="YEAR", help=_("of a cap"))
    command.add_argument("--on", type=day, metavar="DAY", help=_("when it was read; else today"))
    command.add_argument("--again", type=day, metavar="DAY", help=_("when to look it up again"))
    command.add_argument(
        "--due", action="store_true", help=_("only those to look up again at their sources")
    )
    command = commands.add_parser("holidays")
    command.add_argument("year", nargs="?", type=year, metavar="YEAR", help=_("else this year"))
    command = commands.add_parser("programme-file")
    command.add_argument("file", type=path, metavar="FILE.toml")
    command.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    command.add_argument(
        "--trust",
        metavar="KEY",
        help=_("the fingerprint of the file, or the public key that signed it"),
    )
