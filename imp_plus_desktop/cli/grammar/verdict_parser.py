# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about a verdict and what it rests on: residences, passport lines."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from typing import Any

from imp_plus_desktop.domain.values.codes import ResidenceProof
from imp_plus_desktop.i18n import _

Day = Callable[[str], date]


def add(commands: Any, day: Day, count: Callable[[str], Any]) -> None:
    """Add the commands to the parser; `day` and `count` read those kinds of arguments."""
    command = commands.add_parser("what-if", help=_("the verdict if findings were turned"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("rules", nargs="*", metavar="RULE", help=_("all that block, by default"))
    command.add_argument("--on", type=day, metavar="DAY")
    command = commands.add_parser("checks", help=_("check the numbers of a file"))
    command.add_argument("ref", metavar="REF")
    command = commands.add_parser("mrz", help=_("read the two lines at the foot of a passport"))
    command.add_argument("text", nargs="+", metavar="LINE")
    command.add_argument("--ref", metavar="REF", help=_("record the passport in this file"))
    command = commands.add_parser("wording", help=_("say whether the form carries the wording"))
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("carries", choices=("yes", "no", "unknown"))
    _residences(commands, day, count)


def _residences(commands: Any, day: Day, count: Callable[[str], Any]) -> None:
    command = commands.add_parser("residence", help=_("where a person lives, with its proof"))
    command.add_argument("ref", metavar="REF")
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help=_("the residences, their gaps and overlaps"))
    action = actions.add_parser("add", help=_("add a residence: MAR or CAN-ON"))
    action.add_argument("place", metavar="PLACE")
    _span(action, day)
    action = actions.add_parser("edit", help=_("correct a residence"))
    action.add_argument("entry", type=count, metavar="ID")
    action.add_argument("--place", metavar="PLACE")
    _span(action, day)
    action = actions.add_parser("remove", help=_("remove a residence"))
    action.add_argument("entry", type=count, metavar="ID")


def _span(action: ArgumentParser, day: Day) -> None:
    def day_or_open(text: str) -> date | None:
        return day(text) if text else None

    day_help = _("a day, or an empty text for an open end")
    action.add_argument("--from", dest="from_day", type=day_or_open, metavar="DAY", help=day_help)
    action.add_argument("--until", dest="until_day", type=day_or_open, metavar="DAY")
    action.add_argument("--proof", choices=("none", *(proof.value for proof in ResidenceProof)))
    # What is not said stays as it is; an empty text opens the end.
    action.set_defaults(from_day=..., until_day=...)
