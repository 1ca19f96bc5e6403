# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about permits that end, and about the stages of PR."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day
from imp_plus_desktop.domain.values.codes import PrStage
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add each command's arguments."""
    command = commands.add_parser("endings")
    command.add_argument(
        "--within", type=count, default=3, metavar="MONTHS", help=_("how far ahead, by default 3")
    )
    command.add_argument("--clerk", metavar="NAME", help=_("only the files of this person"))
    command = commands.add_parser("way")
    command.add_argument("ref", metavar="REF")
    command.add_argument(
        "way",
        nargs="?",
        metavar="WAY",
        help=_("extension, bridging, employer, policy, restoration or leaving"),
    )
    command.add_argument("--none", action="store_true", help=_("take the choice back"))
    command = commands.add_parser("pr")
    command.add_argument("ref", nargs="?", metavar="REF", help=_("by default the whole office"))
    command.add_argument("stage", nargs="?", choices=codes(PrStage))
    command.add_argument("--on", type=day, metavar="DAY")
    command.add_argument("--number", default="", metavar="E…", help=_("the application’s number"))
    command.add_argument("--undo", action="store_true", help=_("take the stage’s day out"))
