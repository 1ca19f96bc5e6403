# SPDX-License-Identifier: Apache-2.0
"""The commands about registers on a server, as the table of all commands has them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import Any

from imp_plus_desktop.i18n import N_

Told = tuple[str, Callable[[Any], None], None, Callable[[Namespace], bool]]


def _always(_args: Namespace) -> bool:
    return True


def _grammar(commands: Any) -> None:
    from imp_plus_desktop.cli.server.grammar import add

    add(commands)


SERVER: Mapping[str, Told] = {
    "move": (N_("take a register whole to another place"), _grammar, None, _always),
    "server": (N_("set up a register on a server, or look at it"), _grammar, None, _always),
}
"""What each is for and its grammar; they open what they need themselves."""
