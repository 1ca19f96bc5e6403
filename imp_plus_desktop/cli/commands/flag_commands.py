# SPDX-License-Identifier: Apache-2.0
"""The commands about flags of history: what a file has, and settling one with a reason."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.services.applications import applications, flags
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words import messages


def settle(office: Office, args: Namespace) -> Answer:
    """Let flags of a file stand, with why."""
    act, count = flags.settle(
        office, people.find(office, args.ref), _wanted(office, args), args.reason
    )
    return Answer({"act": act, "settled": count}, [output.act_line(act)])


def unsettle(office: Office, args: Namespace) -> Answer:
    """Open settled flags of a file again."""
    act, count = flags.unsettle(office, people.find(office, args.ref), _wanted(office, args))
    return Answer({"act": act, "opened": count}, [output.act_line(act)])


def flag_data(found: Sequence[HistoryFlag]) -> list[dict[str, Any]]:
    """The flags of a file for scripts, the settled ones with how they were settled."""
    return [
        {
            "code": flag.code,
            "message": messages.flag_text(flag),
            "settled_on": flag.settled.settled_on if flag.settled else None,
            "settled_by": flag.settled.settled_by if flag.settled else None,
            "reason": flag.settled.reason if flag.settled else None,
            "application": flag.application,
            "permit": flag.permit,
            "rule": flag.rule,
            "year": flag.facts.get("year"),
        }
        for flag in found
    ]


def flag_lines(found: Sequence[HistoryFlag]) -> list[str]:
    """The flags of a file for a person, what is settled after what is open."""
    lines = []
    for flag in sorted(found, key=lambda flag: not flag.is_open):
        lines.append(f"  {'✓' if flag.settled else '▲'} {flag.code}  {messages.flag_text(flag)}")
        if flag.settled is not None:
            lines.append(f"      {messages.settled_text(flag.settled)}")
    return lines


def _wanted(office: Office, args: Namespace) -> flags.Wanted:
    number = None if args.application is None else applications.find(office, args.application)
    return flags.Wanted(FlagCode(args.flag), number, args.rule)


RUNS: Mapping[str, Run] = {
    "settle": settle,
    "unsettle": unsettle,
}
"""What does each command of this module."""
