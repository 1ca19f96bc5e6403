# SPDX-License-Identifier: Apache-2.0
"""The fees on a person's page: what is owed and why, what was paid, what comes back.

    FeeSection(parent=None)      show_account(file, account, again_since); like the others

Must not compute a fee: amounts come with the account.
"""

from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from imp_plus_desktop.domain.fees.fees import FeeAccount, FeeLine
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import MemberId
from imp_plus_desktop.i18n import _, format_cents, format_day, format_day_short
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.document_actions import DELETE_PAYMENT, REFUND
from imp_plus_desktop.ui.person.actions.file_table import PAYMENT, FileOffer
from imp_plus_desktop.ui.person.sections.lazy_section import LazySection
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.verdicts.findings import by_weight, lines_of, needs_attention
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.labels import clear, label
from imp_plus_desktop.words.messages import name_of, word_in_sentence

_AMOUNT = 2
"""The column of the amounts."""

OF_FAMILY = MemberId(-1)
"""Stands for the family as a whole."""


class FeeSection(LazySection):
    """The account of a file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("fees", parent)
        self._shown: tuple[PersonFile, FeeAccount] | None = None
        self._again_since: date | None = None
        self._findings = FindingList(self)
        self._rows = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(1))
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._findings)
        self.body.addLayout(self._grid)

    def show_account(
        self, file: PersonFile, account: FeeAccount, again_since: date | None = None
    ) -> None:
        """Show what a file owes, has paid and is owed back, and since when the amounts have to be
        looked up again."""
        self._again_since = again_since
        self.set_head(_("Fees"), None, _summary(account))
        self.set_tools(_("Fees"), FileOffer.of(PAYMENT))
        self._shown = (file, account)
        self.later()

    def fill(self) -> None:
        """Write the account line by line."""
        if self._shown is None:
            return
        file, account = self._shown
        lines = lines_of(f for f in by_weight(account.findings) if needs_attention(f))
        if self._again_since is not None and account.lines:
            lines.append(_look_again(self._again_since))
        self._findings.show_lines(lines)
        self._findings.setVisible(bool(lines))
        clear(self._grid)
        self._rows = 0
        for member, same in groupby(account.lines, key=whose):
            lines_of_one = list(same)
            text = _("Family maximum") if member == OF_FAMILY else holder(file, member)
            detail = " · ".join(fee_text(line) for line in lines_of_one)
            self._add(text, sum(line.cents for line in lines_of_one), "", detail=detail)
        self._add_sums(account)
        for payment in account.payments:
            kind = _("Refund") if payment.refund else _("Payment")
            day = format_day_short(payment.on_day)
            text = f"{kind} · {name_of(payment.fee, 'fee')}"
            remove = DELETE_PAYMENT.offer(payment)
            self._add(text, payment.cents, day, remove)
        for refund in account.refunds:
            who = holder(file, refund.member_id)
            state = word_in_sentence(refund.state)
            text = _("Refund of {who}: {state}").format(who=who, state=state)
            came = REFUND.offer(refund)
            day = _("since {day}").format(day=format_day_short(refund.since))
            if refund.open_cents:
                self._add(text, refund.open_cents, day, came)
            elif refund.received_on is not None:
                arrived = _("arrived {day}").format(day=format_day_short(refund.received_on))
                self._add(text, refund.received_cents, arrived)

    def _add_sums(self, account: FeeAccount) -> None:
        words = _("Still to pay") if account.open_cents >= 0 else _("Paid too much")
        doubt = name_of(account.doubt, "fee_reason") if account.doubt else ""
        self._add(_("Expected"), account.expected_cents, doubt, strong=True)
        self._add(_("Paid"), account.paid_cents, "", strong=True)
        self._add(words, abs(account.open_cents), "", strong=True)
        if account.refund_open_cents:
            self._add(_("Refunds to come"), account.refund_open_cents, "", strong=True)

    def _add(
        self,
        text: str,
        cents: int,
        note: str,
        offer: FileOffer | None = None,
        *,
        strong: bool = False,
        detail: str = "",
    ) -> None:
        role = "heading" if strong else ""
        made: list[QWidget] = [label(text, role, wrap=True), label(note, "small")]
        made.append(label(format_cents(cents), role))
        if offer is not None:
            button = ActionButton(offer, text, self)
            button.asked.connect(self.asked)
            made.append(button)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, widget in enumerate(made):
            aside = right if column == _AMOUNT else Qt.AlignmentFlag(0)
            self._grid.addWidget(widget, self._rows, column, aside)
            widget.show()
        self._rows += 1
        if detail:
            small = label(detail, "small", wrap=True)
            self._grid.addWidget(small, self._rows, 0, 1, 2)
            small.show()
            self._rows += 1


def _look_again(since: date) -> FindingLine:
    """That the amounts may have changed at their source, and where the sources stand."""
    words = _("IRCC’s fees may have changed on {day}").format(day=format_day(since))
    return FindingLine(Tone.WARN, words, _("Look them up: Help › Figures and sources"))


def _summary(account: FeeAccount) -> str:
    """The open balance in a few words."""
    parts = []
    if account.open_cents > 0:
        parts.append(_("{amount} to pay").format(amount=format_cents(account.open_cents)))
        if account.doubt:
            parts.append(word_in_sentence(account.doubt, "fee_reason"))
    if account.open_cents < 0:
        parts.append(_("{amount} too much").format(amount=format_cents(-account.open_cents)))
    if account.refund_open_cents:
        parts.append(
            _("{amount} to come back").format(amount=format_cents(account.refund_open_cents))
        )
    return " · ".join(parts) or _("all paid")


def whose(line: FeeLine) -> MemberId | None:
    """Whose line it is; what a maximum takes off is the family's."""
    return OF_FAMILY if line.reason == "family_maximum" else line.member_id


def fee_text(line: FeeLine) -> str:
    """A fee with its amount, or why there is none."""
    fee = name_of(line.fee, "fee")
    if line.may_be_indexed:
        indexed = word_in_sentence("may_be_indexed", "fee_reason")
        return f"{fee} {format_cents(line.cents)} ({indexed})"
    if line.reason in ("due", "family_maximum"):
        return f"{fee} {format_cents(line.cents)}"
    return f"{fee} ({word_in_sentence(line.reason, 'fee_reason')})"


def holder(file: PersonFile, member: MemberId | None) -> str:
    """Whose fee it is."""
    return next((m.full_name for m in file.members if m.id == member), file.person.full_name)
