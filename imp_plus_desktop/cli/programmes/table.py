# SPDX-License-Identifier: Apache-2.0
"""The command about programmes, as the table of commands has it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from imp_plus_desktop.i18n import N_

if TYPE_CHECKING:
    from imp_plus_desktop.cli.answers.answer import Run


def _grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.programmes.grammar import add

    add(commands)


def _room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.programmes.commands import RUNS

    return RUNS


def _reads(args: Namespace) -> bool:
    return (args.add is None or args.dry_run) and args.remove is None


_Told = tuple[
    str, Callable[[Any], None], Callable[[], "Mapping[str, Run]"], Callable[[Namespace], bool]
]

PROGRAMMES: Mapping[str, _Told] = {
    "programmes": (N_("the programmes, and the board of one"), _grammar, _room, _reads)
}
