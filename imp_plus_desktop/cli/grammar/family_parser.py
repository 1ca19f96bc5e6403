# SPDX-License-Identifier: Apache-2.0
"""The grammar of the commands about the family, the fees, the documents and their scans."""

from __future__ import annotations

from typing import Any

from imp_plus_desktop.cli.grammar.argument_kinds import codes, count, day, path
from imp_plus_desktop.domain.records.catalogue import MEMBER_FIELDS
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications.fees import KNOWN


def add(commands: Any) -> None:
    """Add the commands’ arguments."""
    command = commands.add_parser("family")
    command.add_argument("ref", metavar="REF")
    command = commands.add_parser("member-set")
    command.add_argument("member", metavar="MEMBER")
    command.add_argument("field", choices=MEMBER_FIELDS, metavar="FIELD")
    command.add_argument("value", metavar="VALUE")
    _fee_commands(commands)
    _document_commands(commands)


def _fee_commands(commands: Any) -> None:
    command = commands.add_parser("fees")
    command.add_argument("ref", metavar="REF")
    command.add_argument("--on", type=day, metavar="DAY")
    command = commands.add_parser("pay")
    command.add_argument("ref", metavar="REF")
    command.add_argument("fee", choices=KNOWN)
    command.add_argument("amount", metavar="AMOUNT")
    command.add_argument("--on", type=day, required=True, metavar="DAY")
    command.add_argument("--application", metavar="APPLICATION")
    command.add_argument("--refund", action="store_true", help=_("it came back from IRCC"))
    command = commands.add_parser("pay-delete")
    command.add_argument("ref", metavar="REF")
    command.add_argument("payment", type=count, metavar="ID")


def _document_commands(commands: Any) -> None:
    command = commands.add_parser("documents")
    command.add_argument("ref", metavar="REF")
    for name, scan in (("attach", "file"), ("extract", "out"), ("detach", None)):
        command = commands.add_parser(name)
        command.add_argument("ref", metavar="REF")
        command.add_argument("type", choices=codes(DocumentType))
        if scan is not None:
            command.add_argument(scan, type=path)
        command.add_argument("--member", metavar="MEMBER")
