# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about registers on a server."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import register
from imp_plus_desktop.domain.values.roles import Role
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
    commands.add_parser("claims")
    server = commands.add_parser("server")
    actions = server.add_subparsers(dest="action", metavar="ACTION", required=True)
    for action, told in (
        ("init", _("make an empty register and the roles of its users")),
        ("upgrade", _("bring a register to the version of this program")),
        ("status", _("say how a register is, and who is let in")),
        ("tidy", _("leave nothing of destroyed files in the server’s tables")),
    ):
        _url(actions.add_parser(action, help=told))
    user = actions.add_parser("user", help=_("let somebody in, or no more"))
    doing = user.add_subparsers(dest="user_action", metavar="ACTION", required=True)
    adding = doing.add_parser("add", help=_("let somebody in, or change what they may"))
    adding.add_argument("name", metavar="NAME", help=_("the user’s name on the server"))
    adding.add_argument(
        "--role",
        required=True,
        choices=[role.value for role in Role],
        help=_("what the user may: read, the daily work, also caps and closings, all"),
    )
    _url(adding)
    removing = doing.add_parser("remove", help=_("let somebody in no more"))
    removing.add_argument("name", metavar="NAME", help=_("the user’s name on the server"))
    _url(removing)


def _url(command: Any) -> None:
    command.add_argument("url", metavar="URL", type=register, help="postgresql://host/name")
