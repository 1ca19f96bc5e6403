# SPDX-License-Identifier: Apache-2.0
"""The grammar of the command about letters and their templates."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import path
from imp_plus_desktop.i18n import _
from imp_plus_desktop.languages import LANGUAGES

READING = frozenset({"list", "fields", "check", "save"})
"""What stores nothing."""


def add(commands: Any) -> None:
    """Add the command’s arguments."""
    command = commands.add_parser("letters")
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help=_("the letters that can be made"))
    actions.add_parser("fields", help=_("the fields that a template may have"))
    action = actions.add_parser("check", help=_("what a template uses, and what is wrong with it"))
    _file(action)
    action = actions.add_parser("make", help=_("write to people, and record it"))
    _letter(action)
    action.add_argument("refs", nargs="+", metavar="REF")
    action.add_argument("--into", type=path, metavar="FOLDER", help=_("where the files go"))
    action.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="NAME=TEXT",
        help=_("what the letter asks for: reply_by=2026-12-01"),
    )
    action.add_argument("--no-record", action="store_true", help=_("leave the log as it is"))
    _language(action, _("for all, by default each person’s own"))
    action = actions.add_parser("save", help=_("write a template to a file, to change it in Word"))
    _letter(action)
    action.add_argument("path", type=path, metavar="OUT")
    _language(action, _("French by default"))
    action = actions.add_parser("take", help=_("keep a file as a template, or in one’s place"))
    _letter(action)
    _file(action)
    _language(action, _("French by default"))
    action = actions.add_parser(
        "remove", help=_("take a template away; a shipped one is as it was shipped again")
    )
    _letter(action)
    _language(action, _("in this language only"))
    action = actions.add_parser("rename", help=_("call a template of the office’s otherwise"))
    _letter(action)
    action.add_argument("name", metavar="NAME")
    _head(actions.add_parser("head", help=_("show or record what stands at the head")))


def _letter(action: ArgumentParser) -> None:
    action.add_argument("letter", metavar="LETTER")


def _file(action: ArgumentParser) -> None:
    action.add_argument("file", type=path, metavar="FILE")


def _language(action: ArgumentParser, text: str) -> None:
    action.add_argument("--language", choices=LANGUAGES, help=text)


def _head(action: ArgumentParser) -> None:
    for name in ("name", "address", "phone", "email"):
        action.add_argument(f"--{name}", metavar="TEXT")
