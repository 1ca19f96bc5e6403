# SPDX-License-Identifier: Apache-2.0
"""The commands about the family, the fees, the documents and their scans.

Each calls one service and shapes its answer. Amounts are dollars, as numbers.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from imp_plus_desktop.cli.answers import output
from imp_plus_desktop.cli.answers.answer import Answer, Run
from imp_plus_desktop.cli.answers.opened import opened
from imp_plus_desktop.domain.family.household import Toppled
from imp_plus_desktop.domain.fees.fees import FeeAccount, FeeLine
from imp_plus_desktop.domain.records.applications import Payment
from imp_plus_desktop.domain.records.catalogue import MEMBER_FIELDS, PARTLY, known_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.verdict.checklist import ChecklistItem
from imp_plus_desktop.i18n import _, format_cents, format_iso
from imp_plus_desktop.services.applications import applications, fees
from imp_plus_desktop.services.family import family, family_board
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, documents, people
from imp_plus_desktop.words import messages


def show_family(office: Office, args: Namespace) -> Answer:
    file = people.file(office, opened(office, args.ref))
    resting = family.resting_on(office, file)
    data = {
        "members": [_member(office, file, member) for member in file.members],
        "resting": [_resting(found) for found in resting],
        "board": asdict(family_board.board(office, file)),
    }
    lines: list[str] = []
    for member in file.members:
        bond = messages.name_of(family.bond(office, member))
        lines.append(
            f"{messages.name_of(member.relation)}  {member.full_name}  #{member.id}  {bond}"
        )
        lines += output.finding_lines(family.findings(office, file, member))
    lines += family_board.lines(family_board.board(office, file))
    if resting:
        lines.append(_("What a refusal of the principal affects:"))
        lines += [f"  {family_board.resting_text(file, found)}" for found in resting]
    return Answer(data, lines or [_("No family member is recorded.")])


def member_set(office: Office, args: Namespace) -> Answer:
    number = family.find(office, args.member)
    done = family.set_field(office, number, args.field, args.value)
    data = {
        "member": number,
        "act": done.act,
        "changed": list(done.changed),
        "findings": [output.finding(found) for found in done.findings],
        **output.warnings(done.misdated),
    }
    lines = [output.act_line(done.act), *output.finding_lines(done.findings)]
    return Answer(data, [*lines, *output.warning_lines(done.misdated)])


def show_fees(office: Office, args: Namespace) -> Answer:
    person = opened(office, args.ref)
    account = fees.account(office, person, args.on)
    return Answer(_account(account), _account_lines(people.file(office, person), account))


def pay(office: Office, args: Namespace) -> Answer:
    person = people.find(office, args.ref)
    application = None if args.application is None else applications.find(office, args.application)
    done = fees.pay(
        office,
        person,
        args.fee,
        fees.parse_amount(args.amount),
        args.on,
        application,
        refund=args.refund,
    )
    data = {"payment": done.payment, "act": done.act, **_account(done.account)}
    lines = [output.act_line(done.act), *_sums(done.account)]
    return Answer(data, lines)


def delete_payment(office: Office, args: Namespace) -> Answer:
    done = fees.delete(office, people.find(office, args.ref), args.payment)
    return Answer({"act": done.act}, [output.act_line(done.act)])


def show_documents(office: Office, args: Namespace) -> Answer:
    file = people.file(office, opened(office, args.ref))
    items = documents.of_file(office, file)
    data = {
        "documents": [_document(item) for item in items],
        "open": sum(item.is_open for item in items),
    }
    return Answer(data, [_document_line(file, item) for item in items])


def attach(office: Office, args: Namespace) -> Answer:
    person, member = _whose(office, args)
    done = attachments.attach(office, person, DocumentType(args.type), args.file, member)
    data = {"act": done.act, "sha256": done.sha256, "media_type": done.media_type}
    return Answer(data, [output.act_line(done.act)])


def extract(office: Office, args: Namespace) -> Answer:
    person, member = _whose(office, args)
    done = attachments.extract(office, person, DocumentType(args.type), args.out, member)
    scan = done.scan
    data = {"name": done.path.name, "media_type": scan.media_type, "bytes": len(scan.content)}
    return Answer(data, [_("The scan is written.")])


def detach(office: Office, args: Namespace) -> Answer:
    person, member = _whose(office, args)
    done = attachments.detach(office, person, DocumentType(args.type), member)
    return Answer({"act": done.act}, [output.act_line(done.act)])


def _whose(office: Office, args: Namespace) -> tuple[int, int | None]:
    member = None if args.member is None else family.find(office, args.member)
    return people.find(office, args.ref), member


def _member(office: Office, file: PersonFile, member: Member) -> dict[str, Any]:
    told = (name for name in MEMBER_FIELDS if name not in PARTLY.values())
    values = {name: known_of(member, name) for name in told}
    found = family.findings(office, file, member)
    return {
        "id": member.id,
        **values,
        "bond": family.bond(office, member),
        "findings": [output.finding(one) for one in found],
    }


def _resting(found: Toppled) -> dict[str, Any]:
    return {
        "member": found.member,
        "application": found.application.id,
        "code": found.application.code,
        "state": found.application.state,
    }


def _dollars(cents: int) -> int | float:
    """An amount as JSON has numbers: 155, 401.25."""
    return cents // 100 if cents % 100 == 0 else cents / 100


def _account(account: FeeAccount) -> dict[str, Any]:
    return {
        "expected": [
            {
                "fee": line.fee,
                "amount": _dollars(line.cents) if line.is_known else None,
                "day": line.day,
                "because": line.reason,
                "may_be_indexed": line.may_be_indexed,
                "member": line.member_id,
                "application": line.application_id,
                "planned": line.planned,
            }
            for line in account.lines
        ],
        "total": _dollars(account.expected_cents),
        "may_be_indexed": account.may_be_indexed,
        "paid": _dollars(account.paid_cents),
        "open": _dollars(account.open_cents),
        "payments": [_payment(payment) for payment in account.payments],
        "refunds": [
            {
                "application": refund.application_id,
                "member": refund.member_id,
                "state": refund.state,
                "due": _dollars(refund.due_cents),
                "received": _dollars(refund.received_cents),
                "open": _dollars(refund.open_cents),
                "since": refund.since,
                "received_on": refund.received_on,
            }
            for refund in account.refunds
        ],
        "refund_open": _dollars(account.refund_open_cents),
        "findings": [output.finding(found) for found in account.findings],
    }


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.id,
        "fee": payment.fee,
        "amount": _dollars(payment.cents),
        "on": payment.on_day,
        "application": payment.application_id,
        "refund": payment.refund,
    }


def _account_lines(file: PersonFile, account: FeeAccount) -> list[str]:
    lines = [_fee_line(file, line) for line in account.lines]
    lines += _sums(account)
    for payment in account.payments:
        kind = _("refund") if payment.refund else _("payment")
        fee = messages.name_of(payment.fee, "fee")
        amount = format_cents(payment.cents)
        lines.append(f"  #{payment.id}  {format_iso(payment.on_day)}  {kind}  {fee}  {amount}")
    return [*lines, *output.finding_lines(account.findings)]


def _fee_line(file: PersonFile, line: FeeLine) -> str:
    who = next((m.full_name for m in file.members if m.id == line.member_id), "")
    fee = messages.name_of(line.fee, "fee")
    why = "" if line.reason == "due" else messages.name_of(line.reason, "fee_reason")
    indexed = messages.name_of("may_be_indexed", "fee_reason") if line.may_be_indexed else ""
    words = "  ".join(part for part in (fee, who, why, indexed) if part)
    amount = format_cents(line.cents) if line.is_known else "—"
    return f"  {amount:>12}  {words}"


def _sums(account: FeeAccount) -> list[str]:
    sums = (
        (_("Expected"), account.expected_cents),
        (_("Paid"), account.paid_cents),
        (_("Still to pay"), account.open_cents),
        (_("Refunds to come"), account.refund_open_cents),
    )
    lines = [output.labelled(name, format_cents(cents)) for name, cents in sums]
    if account.doubt:
        lines[0] += f"  {messages.name_of(account.doubt, 'fee_reason')}"
    return lines


def _document(item: ChecklistItem) -> dict[str, Any]:
    held = item.document
    return {
        "type": item.type,
        "member": item.member_id,
        "state": item.stand,
        "because": item.because,
        "needed": item.is_needed,
        "expires": item.expires,
        "received_on": None if held is None else held.received_on,
        "attachment": None if held is None else held.attachment,
    }


def _document_line(file: PersonFile, item: ChecklistItem) -> str:
    who = next((m.full_name for m in file.members if m.id == item.member_id), "")
    parts = [
        messages.name_of(item.stand),
        messages.name_of(item.type),
        who,
        messages.name_of(item.because, "document_because"),
        format_iso(item.expires) if item.expires else "",
    ]
    return "  ".join(part for part in parts if part)


RUNS: Mapping[str, Run] = {
    "family": show_family,
    "member-set": member_set,
    "fees": show_fees,
    "pay": pay,
    "pay-delete": delete_payment,
    "documents": show_documents,
    "attach": attach,
    "extract": extract,
    "detach": detach,
}
"""What does each command of this module."""
