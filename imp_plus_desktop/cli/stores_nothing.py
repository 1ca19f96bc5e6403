# SPDX-License-Identifier: Apache-2.0
"""When a command that may store something stores nothing, by its arguments."""

from __future__ import annotations

from argparse import Namespace


def ways(args: Namespace) -> bool:
    """Whether the ways on are only shown."""
    return args.way is None and not args.none


def stages(args: Namespace) -> bool:
    """Whether the stages of permanent residence are only shown."""
    return args.stage is None


def letters(args: Namespace) -> bool:
    """Whether nothing is written to anybody."""
    from imp_plus_desktop.cli.letters.grammar import READING

    return args.action in READING
