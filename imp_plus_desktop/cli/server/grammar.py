# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about registers on a server."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import register
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the commands of this group."""
    move = commands.add_parser("move")
    move.add_argument(
        "source",
        metavar="FROM",
        type=register,
        help=_("the register: a file, or postgresql://host/name"),
    )
    move.add_argument(
        "target",
        metavar="TO",
        type=register,
        help=_("where to: a file that does not exist, or an empty register on a server"),
    )
    server = commands.add_parser("server")
    server.add_argument("action", choices=("init", "status", "upgrade"), help=_("what to do"))
    server.add_argument("url", metavar="URL", type=register, help="postgresql://host/name")
