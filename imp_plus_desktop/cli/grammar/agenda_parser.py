# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about an application's way, IRCC's clocks, permits and deadlines."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day, override, path
from imp_plus_desktop.domain.applications.status import NAMED
from imp_plus_desktop.domain.deadlines.deadlines import DeadlineKind
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    PortalItem,
    PortalState,
    RequestKind,
)
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    _state_commands(commands)
    _request_commands(commands)
    _permit_commands(commands)
    _deadline_commands(commands)


def _state_commands(commands: Any) -> None:
    command = commands.add_parser("prepare")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--on", type=day, metavar="DAY")
    command.add_argument("--kind", choices=codes(ApplicationKind), default="first")
    command = commands.add_parser("state")
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("state", choices=[state.value for state in NAMED])
    command.add_argument("--on", type=day, metavar="DAY")
    override(command)
    command = commands.add_parser("discard")
    command.add_argument("application", metavar="APPLICATION")
    command = commands.add_parser("portal")
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("item", nargs="?", choices=codes(PortalItem))
    command.add_argument("state", nargs="?", choices=codes(PortalState))
    command.add_argument("--on", type=day, metavar="DAY", help=_("the day of the look"))
    command.add_argument("--completed", type=day, metavar="DAY")


def _request_commands(commands: Any) -> None:
    command = commands.add_parser("request")
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("kind", choices=codes(RequestKind))
    command.add_argument("--letter", required=True, type=day, metavar="DAY")
    command.add_argument("--due", type=day, metavar="DAY", help=_("the day in the letter"))
    command.add_argument("--valid-until", type=day, metavar="DAY")
    command = commands.add_parser("request-done")
    command.add_argument("request", type=count, metavar="ID")
    command.add_argument("--on", required=True, type=day, metavar="DAY")
    command.add_argument("--valid-until", type=day, metavar="DAY")
    command = commands.add_parser("request-delete")
    command.add_argument("request", type=count, metavar="ID")
    command = commands.add_parser("clocks")
    command.add_argument("ref", metavar="REF")


def _permit_commands(commands: Any) -> None:
    command = commands.add_parser("permit-edit")
    command.add_argument("permit", metavar="PERMIT")
    command.add_argument("--number", metavar="U…")
    command.add_argument("--location", metavar="TEXT", help=_("the location condition"))
    command.add_argument("--occupation", metavar="TEXT", help=_("the occupation condition"))
    command = commands.add_parser("permit-delete")
    command.add_argument("permit", metavar="PERMIT")
    command.add_argument("--reason", required=True, metavar="TEXT", help=_("why"))
    command = commands.add_parser("permits")
    command.add_argument("ref", metavar="REF")
    command = commands.add_parser("work")
    command.add_argument("ref", metavar="REF")
    command.add_argument("place", metavar="MAR|CAN-ON")
    command.add_argument("--employer", default="", metavar="NAME")
    command.add_argument("--from", dest="from_day", type=day, metavar="DAY")
    command.add_argument("--until", type=day, metavar="DAY")
    command.add_argument("--entry", type=count, metavar="ID", help=_("correct this entry"))
    command = commands.add_parser("work-delete")
    command.add_argument("ref", metavar="REF")
    command.add_argument("entry", type=count, metavar="ID")


def _deadline_commands(commands: Any) -> None:
    command = commands.add_parser("deadlines")
    command.add_argument("--within", type=count, metavar="DAYS")
    command.add_argument(
        "--resting",
        action="store_true",
        help=_("instead, what is over a year behind or behind in a closed file"),
    )
    command.add_argument(
        "--ics", type=path, metavar="OUT.ics", help=_("also write a calendar file")
    )
    command.add_argument(
        "--references-only",
        action="store_true",
        help=_("no names in the calendar file"),
    )
    command = commands.add_parser("deadline")
    command.add_argument("ref", metavar="REF")
    command.add_argument("kind", choices=codes(DeadlineKind))
    command.add_argument("--day", type=day, metavar="DAY", help=_("its day, if there are several"))
    how = command.add_mutually_exclusive_group(required=True)
    how.add_argument("--seen", action="store_true")
    how.add_argument("--settle", action="store_true", help=_("done with: it leaves the agenda"))
    how.add_argument("--move", type=day, metavar="DAY")
    how.add_argument("--clear", action="store_true", help=_("take back what was said of it"))
    command.add_argument("--reason", default="", metavar="TEXT")
