# SPDX-License-Identifier: Apache-2.0
"""The commands about registers on a server, as the table of all commands has them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from imp_plus_desktop.i18n import N_

if TYPE_CHECKING:
    from imp_plus_desktop.cli.answers.answer import Run

Room = Callable[[], "Mapping[str, Run]"]
Told = tuple[str, Callable[[Any], None], Room | None, Callable[[Namespace], bool]]


def _always(_args: Namespace) -> bool:
    return True


def _grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.server.grammar import add

    add(commands)


def _around_room() -> Mapping[str, Run]:
    from imp_plus_desktop.cli.server.around import RUNS

    return RUNS


SERVER: Mapping[str, Told] = {
    "move": (N_("take a register whole to another place"), _grammar, None, _always),
    "server": (N_("set up a register on a server, or look at it"), _grammar, None, _always),
    "claims": (N_("who has taken something on, and who is there"), _grammar, _around_room, _always),
}
"""What each is for and its grammar; those without a room open what they need themselves."""
