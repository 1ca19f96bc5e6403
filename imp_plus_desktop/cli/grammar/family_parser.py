# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about the family, the fees, the documents and their scans."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.records.catalogue import MEMBER_FIELDS
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications.fees import KNOWN


def add(commands: Any, day: Callable[[str], Any], count: Callable[[str], Any]) -> None:
    """Add the commands to the parser; `day` and `count` read those kinds of arguments."""
    command = commands.add_parser("family", help=_("the family, and what rests on the principal"))
    command.add_argument("ref", metavar="REF")
    command = commands.add_parser("member-set", help=_("set one field of a family member"))
    command.add_argument("member", metavar="MEMBER")
    command.add_argument("field", choices=MEMBER_FIELDS, metavar="FIELD")
    command.add_argument("value", metavar="VALUE")
    _fee_commands(commands, day, count)
    _document_commands(commands)


def _fee_commands(commands: Any, day: Callable[[str], Any], count: Callable[[str], Any]) -> None:
    command = commands.add_parser("fees", help=_("what a file owes, has paid and is owed back"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("--on", type=day, metavar="DAY")
    command = commands.add_parser("pay", help=_("record a payment, or a refund"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("fee", choices=KNOWN)
    command.add_argument("amount", metavar="AMOUNT")
    command.add_argument("--on", type=day, required=True, metavar="DAY")
    command.add_argument("--application", metavar="APPLICATION")
    command.add_argument("--refund", action="store_true", help=_("it came back from IRCC"))
    command = commands.add_parser("pay-delete", help=_("take out a payment recorded by mistake"))
    command.add_argument("ref", metavar="REF")
    command.add_argument("payment", type=count, metavar="ID")


def _document_commands(commands: Any) -> None:
    command = commands.add_parser("documents", help=_("the checklist of a file’s documents"))
    command.add_argument("ref", metavar="REF")
    for name, words, path in (
        ("attach", _("keep a file as the scan of a document"), "file"),
        ("extract", _("write the scan of a document to a file"), "out"),
        ("detach", _("untie a document from its scan"), None),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("ref", metavar="REF")
        command.add_argument("type", choices=[kind.value for kind in DocumentType])
        if path is not None:
            command.add_argument(path, type=Path)
        command.add_argument("--member", metavar="MEMBER")
