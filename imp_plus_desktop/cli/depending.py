# SPDX-License-Identifier: Apache-2.0
"""Options that mean nothing without another word of the command: they are refused, since whoever
typed them wanted something done that would not be."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from imp_plus_desktop.domain.values.errors import InvalidInput

DEPENDING: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "entry": {"requirement": {"from_day": "--from", "source": "--source"}},
    "pivot": {"save": {"office": "--office"}},
    "portal": {"state": {"item": "ITEM", "on": "--on", "completed": "--completed"}},
    "pr": {"stage": {"on": "--on", "number": "--number", "undo": "--undo"}},
    "programme": {"name": {"from_day": "--from", "reason": "--reason"}},
    "programmes": {"add": {"dry_run": "--dry-run"}},
}
"""Command → the word that is needed → what needs it, each as it is parsed and as it is typed."""
_TYPED = {"save": "--save", "add": "--add"}


def must_go_together(args: Namespace) -> None:
    """Errors: InvalidInput option_alone(option, needed)."""
    for needed, options in DEPENDING.get(args.command, {}).items():
        if getattr(args, needed) is not None:
            continue
        for name, typed in options.items():
            if getattr(args, name):
                told = _TYPED.get(needed, needed.upper())
                raise InvalidInput("option_alone", option=typed, needed=told)
