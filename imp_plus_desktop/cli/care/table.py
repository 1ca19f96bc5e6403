# SPDX-License-Identifier: Apache-2.0
"""The commands about copies, snapshots and health, as the table of all commands has them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from imp_plus_desktop.i18n import N_

if TYPE_CHECKING:
    from imp_plus_desktop.cli.answers.answer import Run

_Told = tuple[
    str, Callable[[Any], None], Callable[[], "Mapping[str, Run]"], Callable[[Namespace], bool]
]


def _always(_args: Namespace) -> bool:
    return True


def _only_shows(args: Namespace) -> bool:
    return not args.kept and not args.passphrase


def _grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.grammar.copies_parser import add

    add(commands)


def _room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.care.commands import RUNS

    return RUNS


CARE: Mapping[str, _Told] = {
    "copies": (
        N_("how copies are kept"),
        _grammar,
        _room,
        _only_shows,
    ),
    "health": (N_("how well the register is"), _grammar, _room, _always),
    "snapshot": (
        N_("take the register of a server along, to be read only"),
        _grammar,
        _room,
        _always,
    ),
}
"""What each is for, its grammar, its work, and when it stores nothing."""
