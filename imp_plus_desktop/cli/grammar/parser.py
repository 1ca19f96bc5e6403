# SPDX-License-Identifier: Apache-2.0
"""The command line's grammar: every command, its arguments and what each is for."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from imp_plus_desktop import __version__
from imp_plus_desktop.cli.grammar import (
    agenda_parser,
    argument_words,
    family_parser,
    flag_parser,
    office_parser,
    quota_parser,
    verdict_parser,
)
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    CanadaStatus,
    Channel,
    DocumentState,
    DocumentType,
    MemberLocation,
    Outcome,
    PermitWish,
    Relation,
)
from imp_plus_desktop.i18n import _, available
from imp_plus_desktop.services.exports.exports import KINDS
from imp_plus_desktop.services.imports.import_letters import ENCODINGS, known_encoding

_NAMED_SIGNS = {"tab": "\t", "\\t": "\t"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""Between these, every day has room for the terms that are counted from it, back and ahead."""
_MOST = 1_000_000_000
"""The largest number that a command takes: no id, limit or count comes near."""


def day(text: str) -> date:
    """An ISO day. Errors: ArgumentTypeError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("a day is written YYYY-MM-DD")) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ArgumentTypeError(_("this day is too far away"))
    return found


def count(text: str) -> int:
    """A number from 0. Errors: ArgumentTypeError."""
    if not text.isdecimal():
        raise ArgumentTypeError(_("a whole number is needed"))
    # Thousands of digits would take their time to be read.
    if len(text.lstrip("0")) > len(str(_MOST)) or int(text) > _MOST:
        raise ArgumentTypeError(_("this number is too large"))
    return int(text)


def year(text: str) -> int:
    """A calendar year. Errors: ArgumentTypeError."""
    if not (text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100):
        raise ArgumentTypeError(_("a year is written YYYY"))
    return int(text)


def encoding(text: str) -> str:
    """Python's name of an encoding that a list may be in. Errors: ArgumentTypeError."""
    found = known_encoding(text)
    if found is None:
        known = ", ".join(ENCODINGS)
        raise ArgumentTypeError(
            _("no encoding has this name; known are {names}").format(names=known)
        )
    return found


def separator(text: str) -> str:
    """A sign between cells. Errors: ArgumentTypeError."""
    sign = _NAMED_SIGNS.get(text.lower(), text)
    if len(sign) != 1 or sign.isalnum() or sign in '"\r\n\x00':
        raise ArgumentTypeError(_("a separator is one sign, such as ; or , or tab"))
    return sign


def _codes(codes: type[StrEnum], *left_out: StrEnum) -> list[str]:
    return [code.value for code in codes if code not in left_out]


def build() -> ArgumentParser:
    """The parser, in the language in use."""
    argument_words.speak()
    parser = ArgumentParser(
        prog="imp-plus",
        description=_("The register of Quebec’s IMP+ programme. Without a command, the window."),
    )
    told = _("say the version and stop")
    parser.add_argument("--version", action="version", version=f"imp-plus {__version__}", help=told)
    parser.add_argument("--register", type=Path, metavar="FILE", help=_("the register to use"))
    parser.add_argument("--lang", choices=available(), help=_("the language of the answers"))
    parser.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    parser.add_argument("--today", type=day, metavar="DAY", help=_("set the clock’s day"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _import_commands(commands)
    _people_commands(commands)
    _application_commands(commands)
    _family_commands(commands)
    _care_commands(commands)
    quota_parser.add(commands, day, count, year)
    office_parser.add(commands, day, count)
    verdict_parser.add(commands, day, count)
    family_parser.add(commands, day, count)
    agenda_parser.add(commands, day, count, _override)
    flag_parser.add(commands)
    return parser


def _import_commands(commands: Any) -> None:
    command = commands.add_parser("import", help=_("import a list of people or of families"))
    command.add_argument("file", type=Path)
    command.add_argument("--sheet", help=_("read this sheet only, even a hidden one"))
    command.add_argument("--date-order", choices=("dmy", "mdy", "ymd"))
    command.add_argument(
        "--encoding",
        type=encoding,
        metavar="NAME",
        help=_("how the characters of a text file are written, such as utf-8, cp1252 or cp850"),
    )
    command.add_argument(
        "--separator",
        type=separator,
        metavar="CHAR",
        help=_("the sign between the cells of a text file; tab for a tab"),
    )
    command.add_argument(
        "--repair-letters",
        action=BooleanOptionalAction,
        help=_("put right characters that were garbled before the list came"),
    )
    command.add_argument("--dry-run", action="store_true", help=_("show, record nothing"))
    command.add_argument("--rejects", type=Path, metavar="OUT.xlsx")
    command.add_argument(
        "--proper-case",
        action=BooleanOptionalAction,
        help=_("write names as usual where a column is wholly in capitals"),
    )
    command.add_argument(
        "--one-name",
        action="store_true",
        help=_("people of whom the list has given names alone have one name"),
    )
    command.add_argument(
        "--with-corrections",
        action="store_true",
        help=_("repeat the corrections made when this list was imported before"),
    )
    command.add_argument(
        "--on-conflict",
        choices=("ours", "theirs", "ask"),
        default="ours",
        help=_("of a value that the list and the office have both changed"),
    )
    command.add_argument(
        "--letters",
        choices=("ask", "correct", "second"),
        default="ask",
        help=_("of a letter whose date has moved by a few days"),
    )
    command = commands.add_parser("review", help=_("rows held because someone is very like them"))
    command.add_argument("act", nargs="?", type=count)
    command = commands.add_parser("resolve", help=_("say who a held row is"))
    command.add_argument("row", type=count)
    command.add_argument("how", choices=("same", "new", "drop"))
    command.add_argument("person", nargs="?")
    command.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="FIELD",
        help=_("leave this field as the register has it"),
    )
    command.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="FIELD",
        help=_("take the list’s name, sex, birth date or citizenship in place of the register’s"),
    )
    command = commands.add_parser("origin", help=_("where the values of a file come from"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("field", nargs="?", metavar="FIELD")
    command = commands.add_parser("undo", help=_("undo an act, the last one by default"))
    command.add_argument("act", nargs="?", type=count)


def _people_commands(commands: Any) -> None:
    command = commands.add_parser("add", help=_("add a person by hand"))
    command.add_argument("values", nargs="*", metavar="FIELD=VALUE")
    command.add_argument("--mrz", metavar="LINES", help=_("the two lines of the passport"))
    command.add_argument(
        "--duplicate", action="store_true", help=_("add even though the same person seems to exist")
    )
    command = commands.add_parser("people", help=_("list or search people"))
    command.add_argument("--search", metavar="TEXT")
    command.add_argument("--limit", type=count, metavar="N")
    command.add_argument("--clerk", metavar="NAME", help=_("whose files; empty for nobody’s"))
    command.add_argument("--mine", action="store_true", help=_("my own files"))
    command.add_argument(
        "--flagged", action="store_true", help=_("only with findings on their history to settle")
    )
    command = commands.add_parser("show", help=_("show a person’s whole file"))
    command.add_argument("ref", metavar="REF")
    command = commands.add_parser("set", help=_("set one field of a person"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("field", metavar="FIELD")
    command.add_argument("value", metavar="VALUE")
    command.add_argument("--on", type=day, metavar="DAY")
    command.add_argument(
        "--reason", default="", metavar="TEXT", help=_("why a recorded value is corrected")
    )
    command = commands.add_parser("document", help=_("record where a document stands"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("type", choices=_codes(DocumentType))
    command.add_argument("state", choices=_codes(DocumentState))
    command.add_argument("--expires", type=day, metavar="DAY")
    command.add_argument("--member", metavar="MEMBER")
    command = commands.add_parser("verdict", help=_("say whether a person may apply, and why"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("--on", type=day, metavar="DAY")


def _override(command: ArgumentParser) -> None:
    command.add_argument(
        "--override",
        action="append",
        default=[],
        metavar="RULE=REASON",
        help=_("let a failing rule pass, with a reason that is kept"),
    )


def _application_commands(commands: Any) -> None:
    command = commands.add_parser("receive", help=_("record an application that IRCC received"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("--at", required=True, metavar="ISO_DATETIME")
    command.add_argument("--number", metavar="W…")
    command.add_argument("--kind", choices=_codes(ApplicationKind), default="first")
    command.add_argument("--channel", choices=_codes(Channel), default="online")
    _override(command)
    command = commands.add_parser("decide", help=_("record a decision"))
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("outcome", choices=_codes(Outcome, Outcome.CANCELLED_OVER_CAP))
    command.add_argument("--on", required=True, type=day, metavar="DAY")
    command = commands.add_parser("permit", help=_("record an issued permit"))
    command.add_argument("application", metavar="APPLICATION")
    command.add_argument("--issued", required=True, type=day, metavar="DAY")
    command.add_argument("--until", type=day, metavar="DAY")
    command.add_argument("--number", metavar="U…")
    command.add_argument("--location", default="", metavar="TEXT")
    command.add_argument("--occupation", default="", metavar="TEXT")
    _override(command)


def _family_commands(commands: Any) -> None:
    command = commands.add_parser("member", help=_("add a member of a person’s family"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("--relation", required=True, choices=_codes(Relation))
    command.add_argument("--family-name", required=True)
    command.add_argument("--given-names")
    command.add_argument("--birth-date")
    command.add_argument("--citizenship")
    command.add_argument("--accompanying", choices=("yes", "no"))
    command.add_argument("--wish", choices=_codes(PermitWish))
    command.add_argument("--uci")
    command.add_argument("--location", choices=_codes(MemberLocation))
    command.add_argument("--canada-status", choices=_codes(CanadaStatus))
    command.add_argument("--canada-status-until", metavar="DAY")
    command.add_argument("--invited", choices=("yes", "no"))
    command = commands.add_parser("member-receive", help=_("record a member’s application"))
    command.add_argument("member", metavar="MEMBER")
    command.add_argument("--kind", required=True, choices=("work", "study"))
    command.add_argument("--at", required=True, metavar="ISO_DATETIME")
    command.add_argument("--number", metavar="W…")
    _override(command)


def _care_commands(commands: Any) -> None:
    command = commands.add_parser("export", help=_("write a list to Excel"))
    command.add_argument("what", choices=KINDS)
    command.add_argument("out", type=Path, metavar="OUT.xlsx")
    command.add_argument("--search", metavar="TEXT")
    command.add_argument("--year", type=year, metavar="YEAR")
    command = commands.add_parser("template", help=_("write an empty list to fill in"))
    command.add_argument("out", type=Path, metavar="OUT.xlsx")
    command = commands.add_parser("backup", help=_("copy the register, verified"))
    command.add_argument("folder", nargs="?", type=Path)
    command = commands.add_parser("restore", help=_("put a copy in the register’s place"))
    command.add_argument("file", type=Path)
    command.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    command.add_argument("--yes", action="store_true", help=_("do not ask"))
    commands.add_parser("check", help=_("check the register, its ledger and its journal"))
    command = commands.add_parser("journal", help=_("who did what, the latest first"))
    command.add_argument("--limit", type=count, default=50, metavar="N")
    command = commands.add_parser("passphrase", help=_("encrypt the register, or no longer"))
    command.add_argument("how", choices=("set", "change", "remove"))
    commands.add_parser("self-test", help=_("run the main job on the shipped demo list"))
    command = commands.add_parser("demo", help=_("make a register of invented people"))
    command.add_argument("folder", nargs="?", type=Path)


def language_of(arguments: Sequence[str]) -> str | None:
    """The language that `--lang` asks for, before anything is parsed in it."""
    wanted = None
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--lang":
            wanted = following
        elif argument.startswith("--lang="):
            wanted = argument.partition("=")[2]
    return wanted
