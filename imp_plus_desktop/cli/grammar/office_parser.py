# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about the file as an office keeps it and about the other routes."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day
from imp_plus_desktop.domain.values.codes import ContactKind, RouteState
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications.routes import ENTRY


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    _file_commands(commands)
    _merge_commands(commands)
    _bin_commands(commands)
    _route_commands(commands)


def _file_commands(commands: Any) -> None:
    command = commands.add_parser("assign")
    command.add_argument("clerk", metavar="NAME", help=_("empty for nobody"))
    command.add_argument("refs", nargs="+", metavar="REF")
    command = commands.add_parser("contact")
    command.add_argument("ref", metavar="REF")
    command.add_argument("kind", choices=codes(ContactKind))
    command.add_argument("text", metavar="TEXT")
    command.add_argument("--on", type=day, metavar="DAY")
    command.add_argument("--entry", type=count, metavar="ID", help=_("correct this entry"))
    command = commands.add_parser("contact-delete")
    command.add_argument("ref", metavar="REF")
    command.add_argument("entry", type=count, metavar="ID")
    command = commands.add_parser("death")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--on", type=day, metavar="DAY", help=_("today unless given"))
    command.add_argument("--undo", action="store_true", help=_("take the record back"))
    command = commands.add_parser("letter")
    command.add_argument("ref", metavar="REF")
    command.add_argument("day", type=day, metavar="DAY")
    command.add_argument("--received", type=day, metavar="DAY")
    command.add_argument(
        "--replaces", type=day, metavar="DAY", help=_("the date of the letter that it replaces")
    )
    command = commands.add_parser("rename")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--family-name", required=True)
    command.add_argument("--given-names", default="")
    command.add_argument(
        "--until", type=day, metavar="DAY", help=_("the last day of the former name")
    )


def _merge_commands(commands: Any) -> None:
    command = commands.add_parser("merge")
    command.add_argument("left", metavar="REF")
    command.add_argument("right", metavar="REF")
    command.add_argument("--take", action="append", default=[], metavar="FIELD=left|right")
    command.add_argument(
        "--sure",
        action="store_true",
        help=_("they are one person although reference, UCI, sex or birth date differ"),
    )
    command.add_argument("--dry-run", action="store_true", help=_("show, record nothing"))
    commands.add_parser("duplicates")


def _bin_commands(commands: Any) -> None:
    command = commands.add_parser("delete")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--reason", required=True, metavar="TEXT")
    command = commands.add_parser("bin")
    command.add_argument("--search", metavar="TEXT", default="")
    command = commands.add_parser("restore-file")
    command.add_argument("ref", metavar="REF")


def _route_commands(commands: Any) -> None:
    command = commands.add_parser("routes")
    command.add_argument("--search", metavar="TEXT", default="")
    command = commands.add_parser("route")
    command.add_argument("ref", metavar="REF")
    command.add_argument(
        "route", metavar="ROUTE", help=_("the key or code of a route, or the key of a programme")
    )
    command.add_argument("state", choices=codes(RouteState), help=_("where it stands"))
    for name, told in (
        ("invited", _("the day of the invitation")),
        ("filed", _("the day on which it was filed")),
        ("decided", _("the day of the decision")),
        ("from", _("the first day of the permit")),
        ("until", _("the last day of the permit")),
    ):
        command.add_argument(f"--{name}", dest=f"{name}_day", type=day, metavar="DAY", help=told)
    command.add_argument("--employer", default="", help=_("the employer’s name"))
    command.add_argument("--offer", default="", metavar="A…", help=_("the job offer’s number"))
    command.add_argument("--permit", default="", metavar="U…", help=_("the permit’s number"))
    command.add_argument("--entry", type=count, metavar="ID", help=_("correct this entry"))
    command = commands.add_parser("route-delete")
    command.add_argument("ref", metavar="REF")
    command.add_argument("entry", type=count, metavar="ID")
    command = commands.add_parser("entry")
    command.add_argument("country", metavar="COUNTRY")
    command.add_argument("requirement", nargs="?", choices=ENTRY)
    command.add_argument("--from", dest="from_day", type=day, metavar="DAY")
    command.add_argument("--source", default="", metavar="TEXT")
