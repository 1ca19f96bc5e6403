# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about the register itself: exports, copies, checks, the demo."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import count, path, year
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.exports.exports import KINDS


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("export")
    command.add_argument("what", choices=KINDS)
    command.add_argument("out", type=path, metavar="OUT.xlsx")
    command.add_argument("--search", metavar="TEXT")
    command.add_argument("--year", type=year, metavar="YEAR")
    command = commands.add_parser("template")
    command.add_argument("out", type=path, metavar="OUT.xlsx")
    command = commands.add_parser("backup")
    command.add_argument("folder", nargs="?", type=path)
    command = commands.add_parser("restore")
    command.add_argument("file", type=path)
    command.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    command.add_argument("--yes", action="store_true", help=_("do not ask"))
    command = commands.add_parser("rescue")
    command.add_argument("damaged", type=path, metavar="DAMAGED.imp")
    command.add_argument("new", type=path, metavar="NEW.imp")
    command = commands.add_parser("rebuild")
    command.add_argument("new", type=path, metavar="NEW.imp")
    command = commands.add_parser("check")
    command.add_argument(
        "--against", metavar="HASH", help=_("a head of the journal that was kept elsewhere")
    )
    command.add_argument(
        "--thorough",
        action="store_true",
        help=_("compute again what lists show of everybody, and not of some"),
    )
    command = commands.add_parser("journal")
    command.add_argument("--limit", type=count, default=50, metavar="N")
    command.add_argument(
        "--verify-export",
        type=path,
        metavar="OUT.jsonl",
        help=_("write the whole journal to a file that is verified without the program"),
    )
    command = commands.add_parser("passphrase")
    command.add_argument("how", choices=("set", "change", "remove"))
    command = commands.add_parser("support")
    command.add_argument(
        "folder", nargs="?", type=path, help=_("where to write it; without, it is only shown")
    )
    commands.add_parser("self-test")
    command = commands.add_parser("demo")
    command.add_argument("folder", nargs="?", type=path)
