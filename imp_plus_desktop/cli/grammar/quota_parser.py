# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about caps, ledgers, the over-cap list and reports."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day, path, year
from imp_plus_desktop.domain.quota.reports import ReportKind
from imp_plus_desktop.domain.reads.pivots import DIMENSIONS
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.programme import WINDOWS
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.parameters import SWITCH_NAMES


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    _board_commands(commands)
    _setting_commands(commands)
    _report_commands(commands)
    _pivot_commands(commands)


def _board_commands(commands: Any) -> None:
    command = commands.add_parser("quota")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("--as-of", type=day, metavar="DAY")
    command.add_argument(
        "--as-known",
        action="store_true",
        help=_("with --as-of, what the register knew on that day, and not what it knows of it now"),
    )
    command.add_argument(
        "--rows",
        metavar="FIGURE",
        help=_("the rows behind a figure: used, over_cap, refused, 2024-03, letters-2024-03…"),
    )
    command = commands.add_parser("try-year")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("--as-of", type=day, metavar="DAY")
    command.add_argument("--cap", type=count, metavar="N", help=_("another annual cap"))
    command.add_argument("--letters", type=count, metavar="N", help=_("another limit of letters"))
    command.add_argument("--permits", type=count, metavar="N", help=_("another limit of permits"))
    command.add_argument("--pace", type=count, metavar="N", help=_("receipts a week from now on"))
    command.add_argument(
        "--window",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=_("another date: last_accepted_letter=2027-06-30"),
    )
    command = commands.add_parser("cap")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("limit", type=count, metavar="LIMIT")
    command.add_argument("--from", dest="from_day", required=True, type=day, metavar="DAY")
    command.add_argument("--reason", required=True)
    command.add_argument("--ledger", choices=codes(Ledger), default="applications")
    command = commands.add_parser("official")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("--as-of", required=True, type=day, metavar="DAY")
    command.add_argument("--received", required=True, type=count, metavar="N")
    for name in ("approved", "refused", "withdrawn", "issued", "letters"):
        command.add_argument(f"--{name}", type=count, metavar="N")
    command.add_argument("--source", metavar="TEXT")
    command = commands.add_parser("overcap")
    command.add_argument("year", type=year, metavar="YEAR")
    command = commands.add_parser("overcap-close")
    command.add_argument("item", choices=("refund", "biometrics"))
    command.add_argument("applications", nargs="+", metavar="APPLICATION")
    command.add_argument("--on", required=True, type=day, metavar="DAY")


def _setting_commands(commands: Any) -> None:
    command = commands.add_parser("switch")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("what", choices=sorted(SWITCH_NAMES))
    command.add_argument("uses", choices=("yes", "no"))
    command.add_argument("--from", dest="from_day", required=True, type=day, metavar="DAY")
    command.add_argument("--reason", required=True)
    command = commands.add_parser("programme")
    command.add_argument("name", nargs="?", choices=sorted(WINDOWS))
    command.add_argument("value", nargs="?", metavar="VALUE")
    command.add_argument("--from", dest="from_day", type=day, metavar="DAY")
    command.add_argument("--reason", default="")


def _report_commands(commands: Any) -> None:
    command = commands.add_parser("report")
    command.add_argument("kind", choices=codes(ReportKind))
    command.add_argument("year", nargs="?", type=year, metavar="YEAR")
    command.add_argument(
        "number", nargs="?", type=count, metavar="N", help=_("the week or the quarter")
    )
    command.add_argument("--of", type=day, metavar="DAY", help=_("the period that this day is in"))
    command.add_argument("--closed", action="store_true", help=_("as it was when it was closed"))
    command.add_argument("--xlsx", type=path, metavar="OUT.xlsx", help=_("also write a workbook"))
    command = commands.add_parser("archive")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("out", type=path, metavar="OUT.zip")
    command = commands.add_parser("close")
    command.add_argument("year", type=year, metavar="YEAR")
    command.add_argument("--quarter", type=count, metavar="N")


def _pivot_commands(commands: Any) -> None:
    command = commands.add_parser("pivot")
    command.add_argument("list", choices=[kind.value for kind in DIMENSIONS])
    command.add_argument("rows", metavar="ROWS", help=_("year, month, country, state, clerk…"))
    command.add_argument("columns", nargs="?", default="", metavar="COLUMNS")
    command.add_argument("--xlsx", type=path, metavar="OUT.xlsx", help=_("also write a workbook"))
    command.add_argument("--save", metavar="NAME", help=_("keep it under a name"))
    command.add_argument("--office", action="store_true", help=_("keep it for the whole office"))
    commands.add_parser("pivots")
