# SPDX-License-Identifier: Apache-2.0
"""The commands about the programme's figures, as the table of all commands has them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from imp_plus_desktop.i18n import N_

if TYPE_CHECKING:
    from imp_plus_desktop.cli.answers.answer import Run

Told = tuple[
    str, Callable[[Any], None], Callable[[], "Mapping[str, Run]"], Callable[[Namespace], bool]
]


def _always(_args: Namespace) -> bool:
    return True


def _grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.figures.grammar import add

    add(commands)


def _room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.figures.commands import RUNS

    return RUNS


FIGURES: Mapping[str, Told] = {
    "figures": (
        N_("show, set or look up the programme’s figures"),
        _grammar,
        _room,
        lambda args: args.action is None,
    ),
    "holidays": (N_("the days of a year on which the office is closed"), _grammar, _room, _always),
    "programme-file": (
        N_("take a file of figures, or show what it would change"),
        _grammar,
        _room,
        lambda args: bool(args.dry_run),
    ),
}
"""What each is for, its grammar, its work, and when it stores nothing."""
