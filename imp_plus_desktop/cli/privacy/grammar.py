# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about personal information."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import count, day, override, path
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("erase")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--reason", required=True, metavar="TEXT")
    override(command)
    command.add_argument(
        "--drop-copies",
        action="store_true",
        help=_("let the automatic copies of before go, once a new one is proven"),
    )
    command.add_argument("--dry-run", action="store_true", help=_("show, record nothing"))
    command = commands.add_parser("access")
    command.add_argument("ref", metavar="REF")
    command.add_argument("folder", type=path, metavar="FOLDER")
    command = commands.add_parser("retention")
    command.add_argument("--within", type=count, default=0, metavar="DAYS")
    command = commands.add_parser("hold")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--reason", default="", metavar="TEXT")
    command.add_argument("--from", dest="from_day", type=day, metavar="DAY")
    command.add_argument("--lift", action="store_true", help=_("lift the legal hold"))
    command = commands.add_parser("privacy")
    command.add_argument("values", nargs="*", metavar="FIELD=VALUE")
    command = commands.add_parser("incident")
    command.add_argument("values", nargs="*", metavar="FIELD=VALUE")
    command.add_argument("--entry", type=count, metavar="ID", help=_("correct this entry"))
    command.add_argument("--close", action="store_true", help=_("close it: its items are there"))
    commands.add_parser("incidents")
    command = commands.add_parser("assessment")
    command.add_argument("out", type=path, metavar="OUT.pdf")
