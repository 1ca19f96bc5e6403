# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about a verdict and what it rests on: residences, passport lines."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day
from imp_plus_desktop.domain.values.codes import ResidenceProof
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("what-if")
    command.add_argument("ref", metavar="REF")
    command.add_argument("rules", nargs="*", metavar="RULE", help=_("all that block, by default"))
    command.add_argument("--on", type=day, metavar="DAY")
    command = commands.add_parser("checks")
    command.add_argument("ref", metavar="REF")
    command = commands.add_parser("mrz")
    command.add_argument("text", nargs="+", metavar="LINE")
    command.add_argument("--ref", metavar="REF", help=_("record the passport in this file"))
    command = commands.add_parser("wording")
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("carries", choices=("yes", "no", "unknown"))
    _residences(commands)


def _residences(commands: Any) -> None:
    command = commands.add_parser("residence")
    command.add_argument("ref", metavar="REF")
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help=_("the residences, their gaps and overlaps"))
    action = actions.add_parser("add", help=_("add a residence: MAR or CAN-ON"))
    action.add_argument("place", metavar="PLACE")
    _span(action)
    action = actions.add_parser("edit", help=_("correct a residence"))
    action.add_argument("entry", type=count, metavar="ID")
    action.add_argument("--place", metavar="PLACE")
    _span(action)
    action = actions.add_parser("remove", help=_("remove a residence"))
    action.add_argument("entry", type=count, metavar="ID")


def _span(action: ArgumentParser) -> None:
    def day_or_open(text: str) -> date | None:
        return day(text) if text else None

    day_help = _("a day, or an empty text for an open end")
    action.add_argument("--from", dest="from_day", type=day_or_open, metavar="DAY", help=day_help)
    action.add_argument("--until", dest="until_day", type=day_or_open, metavar="DAY")
    action.add_argument("--proof", choices=("none", *codes(ResidenceProof)))
    # What is not said stays as it is; an empty text opens the end.
    action.set_defaults(from_day=..., until_day=...)
