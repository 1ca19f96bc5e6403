# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about people, their applications and the members of families."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day, override
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    MemberLocation,
    Outcome,
    PermitWish,
    Relation,
)
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    _people_commands(commands)
    _application_commands(commands)
    _family_commands(commands)


def _people_commands(commands: Any) -> None:
    command = commands.add_parser("add")
    command.add_argument("values", nargs="*", metavar="FIELD=VALUE")
    command.add_argument("--mrz", metavar="LINES", help=_("the two lines of the passport"))
    command.add_argument(
        "--duplicate", action="store_true", help=_("add even though the same person seems to exist")
    )
    command = commands.add_parser("people")
    command.add_argument("--search", metavar="TEXT")
    command.add_argument("--limit", type=count, metavar="N")
    command.add_argument("--clerk", metavar="NAME", help=_("whose files; empty for nobody’s"))
    command.add_argument("--mine", action="store_true", help=_("my own files"))
    command.add_argument(
        "--flagged", action="store_true", help=_("only with findings on their history to settle")
    )
    command.add_argument(
        "--as-of", type=day, metavar="DAY", help=_("as it was known at the end of this day")
    )
    command = commands.add_parser("show")
    command.add_argument("ref", metavar="REF")
    command.add_argument(
        "--as-of", type=day, metavar="DAY", help=_("as it was known at the end of this day")
    )
    command = commands.add_parser("set")
    command.add_argument("ref", metavar="REF")
    command.add_argument("field", metavar="FIELD")
    command.add_argument("value", metavar="VALUE")
    command.add_argument("--on", type=day, metavar="DAY")
    command.add_argument(
        "--reason", default="", metavar="TEXT", help=_("why a recorded value is corrected")
    )
    command = commands.add_parser("document")
    command.add_argument("ref", metavar="REF")
    command.add_argument("type", choices=codes(DocumentType))
    command.add_argument("state", choices=codes(DocumentState))
    command.add_argument("--expires", type=day, metavar="DAY")
    command.add_argument("--member", metavar="MEMBER")
    command = commands.add_parser("verdict")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--on", type=day, metavar="DAY")


def _application_commands(commands: Any) -> None:
    command = commands.add_parser("receive")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--at", required=True, metavar="ISO_DATETIME")
    command.add_argument("--number", metavar="W…")
    command.add_argument("--kind", choices=codes(ApplicationKind), default="first")
    command.add_argument("--channel", choices=codes(Channel), default="online")
    override(command)
    command = commands.add_parser("decide")
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("outcome", choices=codes(Outcome, Outcome.CANCELLED_OVER_CAP))
    command.add_argument("--on", required=True, type=day, metavar="DAY")
    command = commands.add_parser("permit")
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("--issued", required=True, type=day, metavar="DAY")
    command.add_argument("--until", type=day, metavar="DAY")
    command.add_argument("--number", metavar="U…")
    command.add_argument("--location", default="", metavar="TEXT")
    command.add_argument("--occupation", default="", metavar="TEXT")
    override(command)


def _family_commands(commands: Any) -> None:
    command = commands.add_parser("member")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--relation", required=True, choices=codes(Relation))
    command.add_argument("--family-name", required=True)
    command.add_argument("--given-names")
    command.add_argument("--birth-date")
    command.add_argument("--citizenship")
    command.add_argument("--accompanying", choices=("yes", "no"))
    command.add_argument("--wish", choices=codes(PermitWish))
    command.add_argument("--uci")
    command.add_argument("--location", choices=codes(MemberLocation))
    command.add_argument("--canada-status", choices=codes(CanadaStatus))
    command.add_argument("--canada-status-until", metavar="DAY")
    command.add_argument("--invited", choices=("yes", "no"))
    command = commands.add_parser("member-receive")
    command.add_argument("member", metavar="MEMBER")
    command.add_argument("--kind", required=True, choices=("work", "study"))
    command.add_argument("--at", required=True, metavar="ISO_DATETIME")
    command.add_argument("--number", metavar="W…")
    override(command)
