# SPDX-License-Identifier: Apache-2.0
"""The command line's grammar: the options of all commands, and a parser for each command.

A command's own arguments are made when it is asked for: a list of all commands needs none of them,
and one command not those of seventy others.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from imp_plus_desktop import __version__
from imp_plus_desktop.cli.grammar import argument_words
from imp_plus_desktop.cli.grammar.argument_kinds import day, register
from imp_plus_desktop.i18n import _, available

Fill = Callable[[Any], None]
"""Gives the commands of a group their arguments; it is handed what answers `add_parser(NAME)`."""


def build(commands: Mapping[str, tuple[str, Fill]]) -> ArgumentParser:
    """The parser of these commands, each with what it is for, in the language in use."""
    argument_words.speak()
    parser = ArgumentParser(
        prog="imp-plus",
        description=_("The register of Quebec’s IMP+ programme. Without a command, the window."),
    )
    told = _("say the version and stop")
    parser.add_argument("--version", action="version", version=f"imp-plus {__version__}", help=told)
    parser.add_argument("--register", type=register, metavar="FILE", help=_("the register to use"))
    parser.add_argument("--lang", choices=available(), help=_("the language of the answers"))
    parser.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    parser.add_argument("--today", type=day, metavar="DAY", help=_("set the clock’s day"))
    named = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=CommandParser
    )
    groups: dict[Fill, _Group] = {}
    for name, (purpose, fill) in commands.items():
        group = groups.setdefault(fill, _Group(fill))
        group.parsers[name] = named.add_parser(name, help=_(purpose))
        group.parsers[name].group = group
    return parser


class _Group:
    """Commands whose arguments are told in one place."""

    def __init__(self, fill: Fill) -> None:
        self.parsers: dict[str, CommandParser] = {}
        self._fill: Fill | None = fill

    def add_parser(self, name: str) -> CommandParser:
        """The parser of a command, as its place in the grammar asks for it."""
        return self.parsers[name]

    def complete(self) -> None:
        """Give all commands of the group their arguments, once."""
        fill, self._fill = self._fill, None
        if fill is not None:
            fill(self)


class CommandParser(ArgumentParser):
    """The parser of a command, which is made when something is first asked of it."""

    group: _Group | None = None

    def __init__(self, **options: Any) -> None:
        self._options: dict[str, Any] | None = options

    def __getattr__(self, name: str) -> Any:
        # Whatever argparse keeps in a parser is missing until here.
        options = self.__dict__.pop("_options", None)
        if options is None:
            raise AttributeError(name)
        super().__init__(**options)
        if self.group is not None:
            self.group.complete()
        return getattr(self, name)


def language_of(arguments: Sequence[str]) -> str | None:
    """The language that `--lang` asks for, before anything is parsed in it."""
    wanted = None
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--lang":
            wanted = following
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return wanted
