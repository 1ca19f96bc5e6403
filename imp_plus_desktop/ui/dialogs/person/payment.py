# SPDX-License-Identifier: Apache-2.0
"""The dialog for a payment or a refund: `PaymentDialog(office, person_id, refunded).ask()`.

`refunded` is the application whose refund came back, None for a payment. Proposes the amount
that is still open. Answers what was recorded, None when it was given up. Must not hold a rule.
"""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.fees.refunds import HOLDER, PROCESSING
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.i18n import _, current_language, format_cents
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.applications.fees import KNOWN, Paid
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.dialogs import choices
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.marks import mark_needed, typed_day
from imp_plus_desktop.ui.look.format import iso
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import (
    error_text,
    field_label,
    name_of,
    word_in_sentence,
)


class PaymentDialog(FormDialog[Paid]):
    """Records what was paid, or what came back."""

    ACT = "fees.pay"

    def __init__(
        self,
        office: Office,
        person_id: int,
        refunded: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._file = people.file(office, person_id)
        back = refunded is not None
        super().__init__(
            _("Refund") if back else _("Payment"),
            _("Record the refund") if back else _("Record the payment"),
            parent,
            sentence=self._file.person.full_name,
        )
        self._office, self._person_id, self._refunded = office, person_id, refunded
        self._account = fees.account_of(office, self._file)
        form = self.form
        form.add_choice("fee", field_label("fee"), choices.of_codes(KNOWN, "fee"))
        form.add_line("amount", _("Amount"), "155.00")
        form.add_day("day", field_label("on_day"), past=True)
        if not back:
            form.add_choice("application", field_label("application_id"), self._applications())
        form.set_values({"day": iso(office.clock.today()), "fee": self._first_fee()})
        self._propose()
        form.edited.connect(self._on_form_edited)
        form.focus_field("amount")

    def submit(self) -> bool:
        day = typed_day(self.form, "day")
        if day is None:
            mark_needed(self.form, "day", _("A day is needed."))
            return False
        try:
            cents = fees.parse_amount(self.form.value("amount"))
        except DomainError as error:
            mark_needed(self.form, "amount", error_text(error))
            return False
        self.form.set_finding("amount", Tone.PLAIN, "")
        chosen = "" if self._refunded is not None else self.form.value("application")
        number = self._refunded if self._refunded is not None else int(chosen or 0) or None
        self.answer = fees.pay(
            self._office,
            self._person_id,
            self.form.value("fee"),
            cents,
            day,
            number,
            refund=self._refunded is not None,
        )
        return True

    def _applications(self) -> choices.Choices:
        """The applications of the file, after none in particular."""
        names = {member.id: member.full_name for member in self._file.members}
        own = self._file.person.full_name
        made = []
        for application in self._file.applications:
            who = own if application.member_id is None else names.get(application.member_id, own)
            text = f"{who} · {name_of(application.code)} · {name_of(application.state)}"
            made.append((str(application.id), text))
        return choices.with_none(made)

    def _first_fee(self) -> str:
        """The fee that comes next: what comes back, or the first that is still owed."""
        if self._refunded is not None:
            return HOLDER
        owed = (line.fee for line in self._account.lines if self._left(line.fee) > 0)
        return next(owed, PROCESSING)

    def _left(self, fee: str) -> int:
        """What is still open of a fee, in cents."""
        paid = (p.cents for p in self._account.payments if p.fee == fee and not p.refund)
        return sum(ln.cents for ln in self._account.lines if ln.fee == fee) - sum(paid)

    def _propose(self) -> None:
        """Show what is open of the fee chosen."""
        cents = self._left(self.form.value("fee"))
        if self._refunded is not None:
            refund = next(r for r in self._account.refunds if r.application_id == self._refunded)
            cents = refund.open_cents
        text = f"{Decimal(cents) / 100:.2f}" if cents > 0 else ""
        if current_language() == "fr":
            text = text.replace(".", ",")
        self.form.set_values({"amount": text})
        expected = format_cents(self._account.expected_cents)
        paid = format_cents(self._account.paid_cents)
        words = _("{name} · {expected} expected, {paid} paid")
        name = self._file.person.full_name
        sentence = words.format(name=name, expected=expected, paid=paid)
        if self._account.may_be_indexed:
            sentence += f" · {word_in_sentence('may_be_indexed', 'fee_reason')}"
        self.set_sentence(sentence)

    def _on_form_edited(self, key: str) -> None:
        if key == "fee" and self._refunded is None:
            self._propose()
