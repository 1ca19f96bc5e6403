# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about permits that end."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import count
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
