# SPDX-License-Identifier: Apache-2.0
"""What a file owes, what was paid and what comes back; payments are recorded here.

A refund that is complete also marks its application (`refund_logged_on`), which the deadlines
and the list of files over the cap go by. Unit: cents of a Canadian dollar.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.fees import fees
from imp_plus_desktop.domain.fees.fees import KNOWN, FeeAccount
from imp_plus_desktop.domain.fees.refunds import Refund, refund_of, refunds
from imp_plus_desktop.domain.records.applications import Application, Payment
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId, PaymentId, PersonId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.storage.journal.act import Act

__all__ = ["KNOWN", "FeeAccount"]

_NEW = PaymentId(0)
_MOST_CENTS = 100_000_00
"""No fee of a family comes near: more is a slip of the keyboard."""
_AMOUNT = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f,]?\d{3})*|\d+)(?:[.,](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Paid:
    payment: PaymentId
    act: ActId
    account: FeeAccount


def account(office: Office, person_id: int, on: date | None = None) -> FeeAccount:
    """All that a file owes and has paid; who has yet to apply counts as applying on the day.

    Errors: DomainError person_not_found.
    """
    return account_of(office, person_file.file_of(office, person_id), on)


def account_of(office: Office, file: PersonFile, on: date | None = None) -> FeeAccount:
    """The same for a file already read."""
    return fees.account(file, on or office.clock.today(), office.programme())


@judged_first
def pay(
    office: Office,
    person_id: int,
    fee: str,
    cents: int,
    on: date,
    application_id: int | None = None,
    *,
    refund: bool = False,
) -> Paid:
    """Record what was paid, or what came back.

    A refund without an application is taken for that of the only one still open.
    Errors: DomainError person_not_found, unknown_fee, bad_amount, in_the_future, not_in_file,
    refund_of_what.
    """
    if fee not in KNOWN:
        raise InvalidInput("unknown_fee", fees=", ".join(KNOWN))
    if not 0 < cents <= _MOST_CENTS:
        raise InvalidInput("bad_amount")
    with office.act("fees.refund" if refund else "fees.pay") as act:
        row_days.check(office, "payment", {"on_day": on})
        file = person_file.file_of(office, person_id)
        application = _application(office, file, application_id, refund=refund)
        number = None if application is None else application.id
        payment = Payment(_NEW, PersonId(person_id), fee, cents, on, number, refund)
        made = act.insert("payment", _values(payment))
        file = replace(file, payments=(*file.payments, payment))
        if refund and application is not None:
            _mark(office, act, file, application, on)
    return Paid(PaymentId(made), ActId(act.id or 0), account(office, person_id))


@judged_first
def delete(office: Office, person_id: int, payment_id: int) -> Changed:
    """Take a payment recorded by mistake out again. Errors: DomainError not_in_file."""
    with office.act("fees.delete") as act:
        file = person_file.file_of(office, person_id)
        payment = next((p for p in file.payments if p.id == payment_id), None)
        if payment is None:
            raise InvalidInput("not_in_file")
        act.delete("payment", payment_id)
        application = next((a for a in file.applications if a.id == payment.application_id), None)
        if payment.refund and application is not None:
            left = tuple(p for p in file.payments if p.id != payment_id)
            unmarked = replace(application, refund_logged_on=None)
            refund = refund_of(replace(file, payments=left), unmarked, office.programme())
            if refund is not None and refund.open_cents:
                act.update("application", application.id, {"refund_logged_on": None})
    return Changed(act.id, ("payment",))


def open_refunds(office: Office, file: PersonFile) -> tuple[Refund, ...]:
    """The refunds of a file of which something has yet to arrive."""
    return tuple(refund for refund in refunds(file, office.programme()) if refund.open_cents)


def parse_amount(text: str) -> int:
    """An amount typed by hand, in cents: `155`, `401,25 $`, `$1,255.50`. Errors: bad_amount."""
    match = _AMOUNT.fullmatch(text.strip().strip("$").strip())
    if match is None:
        raise InvalidInput("bad_amount")
    dollars = re.sub(r"\D", "", match[1])
    try:
        return int(Decimal(f"{dollars}.{match[2] or '0'}") * 100)
    except InvalidOperation:
        raise InvalidInput("bad_amount") from None


def _values(payment: Payment) -> dict[str, object]:
    return {
        "person_id": payment.person_id,
        "fee": payment.fee,
        "cents": payment.cents,
        "on_day": payment.on_day,
        "application_id": payment.application_id,
        "refund": payment.refund,
    }


def _application(
    office: Office, file: PersonFile, wanted: int | None, *, refund: bool
) -> Application | None:
    """The application that a payment is for. A refund needs one while several are open."""
    if wanted is not None:
        found = next((a for a in file.applications if a.id == wanted), None)
        if found is None:
            raise InvalidInput("not_in_file")
        return found
    if not refund:
        return None
    waiting = {open_refund.application_id for open_refund in open_refunds(office, file)}
    if len(waiting) > 1:
        raise Refused("refund_of_what")
    return next((a for a in file.applications if a.id in waiting), None)


def _mark(office: Office, act: Act, file: PersonFile, application: Application, on: date) -> None:
    """Say on the application that its refund has arrived, once all of it has."""
    refund = refund_of(file, application, office.programme())
    if refund is not None and not refund.open_cents and refund.received_on is None:
        act.update("application", ApplicationId(application.id), {"refund_logged_on": on})
