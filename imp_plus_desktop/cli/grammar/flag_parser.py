# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about flags of history."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.i18n import _


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("settle")
    _which(command)
    command.add_argument("--reason", required=True, metavar="TEXT", help=_("why it may stand"))
    command = commands.add_parser("unsettle")
    _which(command)


def _which(command: ArgumentParser) -> None:
    command.add_argument("ref", metavar="REF")
    command.add_argument("flag", choices=codes(FlagCode))
    command.add_argument("--application", metavar="APPLICATION", help=_("of this one only"))
    command.add_argument("--rule", metavar="RULE", help=_("of this rule only"))
