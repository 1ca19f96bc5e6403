# SPDX-License-Identifier: Apache-2.0
"""What a file owes by date and composition, what was paid, and what the rules say (FEE).

Each application owes its fees on the day it is received; whoever has yet to apply is counted as
applying on the day asked, together. Unit: cents of a Canadian dollar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.family import member_code
from imp_plus_desktop.domain.family.household import age_on, applicants_on
from imp_plus_desktop.domain.fees.refunds import HOLDER, PROCESSING, Refund, cents, refunds
from imp_plus_desktop.domain.people.need import applies_for_nothing, settled_as
from imp_plus_desktop.domain.records.applications import Application, Payment
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId, MemberId
from imp_plus_desktop.domain.residence.inland import member_status_on, status_on
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    CanadaStatus,
    MemberLocation,
    Outcome,
    PermitWish,
    RequestKind,
)
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.values.unseen.hidden import HiddenValueError, is_hidden
from imp_plus_desktop.domain.values.unseen.seen import seen

BIOMETRICS = "biometrics"
STUDY = "study_permit"
VISITOR = "visitor_visa"
RESTORATION = "restoration_worker"
RESTORATION_STUDENT = "restoration_student"
COMPLIANCE = "employer_compliance"

KNOWN = (
    PROCESSING,
    HOLDER,
    BIOMETRICS,
    STUDY,
    VISITOR,
    "eta",
    RESTORATION,
    RESTORATION_STUDENT,
    COMPLIANCE,
)
"""The fees that a payment can be for, as the programme's table names them."""

HIDDEN_AGE = "value_hidden"
"""Why it is not known whether the biometric fee is owed, for who only reads."""

_MAXIMA: Mapping[str, str] = MappingProxyType(
    {BIOMETRICS: "biometrics_family_maximum", VISITOR: "visitor_visa_family_maximum"}
)
"""Fees of which a family that applies together pays no more than a maximum."""

_REFUNDED = frozenset({Outcome.REFUSED, Outcome.WITHDRAWN})
_LOST_STATUS = frozenset({CanadaStatus.VISITOR, CanadaStatus.STUDENT, CanadaStatus.WORKER})


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee of one application, or what a family's maximum takes off (negative).

    `reason`: due, family_maximum, why nothing is owed (too_young, too_old, given_lately,
    charged_once, wish_unknown), or amount_unknown: owed, but what it was on that day is in no
    source, so that `cents` is 0 and the sum lacks it. `planned` for an application that has not
    been received. `may_be_indexed`: IRCC has indexed the fee since the last amount that is known.
    """

    fee: str
    cents: int
    day: date
    reason: str = "due"
    member_id: MemberId | None = None
    application_id: ApplicationId | None = None
    planned: bool = False
    may_be_indexed: bool = False

    @property
    def is_known(self) -> bool:
        return self.reason not in ("amount_unknown", HIDDEN_AGE)


@dataclass(frozen=True, slots=True)
class FeeAccount:
    """All that a file owes, has paid and is owed back."""

    lines: tuple[FeeLine, ...]
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    findings: tuple[Finding, ...]

    @property
    def expected_cents(self) -> int:
        return sum(line.cents for line in self.lines)

    @property
    def may_be_indexed(self) -> bool:
        """Whether an amount in it may be higher by now than the last one that is known."""
        return any(line.may_be_indexed for line in self.lines)

    @property
    def doubt(self) -> str:
        """Why what is expected may be another amount, as a line gives its reason; else empty."""
        if any(line.reason == HIDDEN_AGE for line in self.lines):
            return HIDDEN_AGE
        return "may_be_indexed" if self.may_be_indexed else ""

    @property
    def paid_cents(self) -> int:
        return sum(payment.cents for payment in self.payments if not payment.refund)

    @property
    def open_cents(self) -> int:
        """What is still to pay; negative for what was paid too much."""
        return self.expected_cents - self.paid_cents

    @property
    def refund_open_cents(self) -> int:
        """What IRCC still has to give back."""
        return sum(refund.open_cents for refund in self.refunds)


@dataclass(frozen=True, slots=True)
class _Ask:
    """One application with its day; `code` None is a visitor's."""

    day: date
    code: ApplicationCode | None
    kind: ApplicationKind = ApplicationKind.FIRST
    member_id: MemberId | None = None
    application: Application | None = None
    planned: bool = False


def account(file: PersonFile, day: date, programme: Programme) -> FeeAccount:
    """What a file owes and has paid, as known on a day, with FEE-01 to FEE-03."""
    lines = fee_lines(file, day, programme)
    found = (
        fee_01(file, lines),
        *(
            fee_02(a, a.outcome, a.decided_on, programme)
            for a in file.applications
            if a.outcome in _REFUNDED and a.decided_on is not None
        ),
        fee_03(file),
    )
    return FeeAccount(lines, file.payments, refunds(file, programme), found)


def fee_lines(file: PersonFile, day: date, programme: Programme) -> tuple[FeeLine, ...]:
    """The fees of a file, application by application, then what the family's maxima take off.

    Sources IRPR 299, 300, 303.2, 315.1, TRVFEE.
    """
    asks = [*_principal(file, day), *_members(file, day)]
    lines = list(_once_a_day(line for ask in asks for line in _lines(file, ask, programme)))
    lines += _unknown_wishes(file, day)
    return (*lines, *_over_the_maxima(lines, programme))


def _principal(file: PersonFile, day: date) -> Iterator[_Ask]:
    yield from _received(file, None, day)
    if not file.own_applications and not applies_for_nothing(file.person, day):
        yield _Ask(day, ApplicationCode.A76, planned=True)


def _members(file: PersonFile, day: date) -> Iterator[_Ask]:
    for member in file.members:
        yield from _received(file, member.id, day)
    applied = {a.member_id for a in file.applications}
    for member in applicants_on(file, day):
        if member.id in applied or member.wish in (None, PermitWish.NONE):
            continue
        visits = member.wish is PermitWish.VISITOR
        code = None if visits else member_code(file, member, day)
        yield _Ask(day, code, member_id=member.id, planned=True)


def _received(file: PersonFile, member: MemberId | None, day: date) -> Iterator[_Ask]:
    """The applications of one person; one in preparation is planned for the day asked.

    One that is prepared for somebody who needs no permit asks for nothing; one received was paid.
    """
    who = next((m for m in file.members if m.id == member), None)
    idle = applies_for_nothing(file.person, day) if who is None else settled_as(who) is not None
    for a in file.applications:
        if a.member_id != member:
            continue
        if a.received_at is not None:
            yield _Ask(toronto_day(a.received_at), a.code, a.kind, member, a)
        elif a.state in PREPARING and not idle:
            yield _Ask(a.submitted_on or day, a.code, a.kind, member, a, planned=True)


def _lines(file: PersonFile, ask: _Ask, programme: Programme) -> Iterator[FeeLine]:
    if ask.code is None:
        yield _line(VISITOR, ask, programme)
    # The fee for restoring a status contains that of the permit: it goes by the permit asked for.
    elif ask.code is ApplicationCode.STUDY:
        restores = _restores(file, ask, programme)
        yield _line(RESTORATION_STUDENT if restores else STUDY, ask, programme)
    else:
        restores = _restores(file, ask, programme)
        yield _line(RESTORATION if restores else PROCESSING, ask, programme)
        yield _line(HOLDER, ask, programme)
    yield _biometrics(file, ask, programme)


def _line(fee: str, ask: _Ask, programme: Programme) -> FeeLine:
    number = None if ask.application is None else ask.application.id
    known = programme.fee_on(fee, ask.day) is not None
    owed, reason = cents(programme, fee, ask.day), "due" if known else "amount_unknown"
    indexed = known and programme.may_be_indexed(fee, ask.day)
    return FeeLine(fee, owed, ask.day, reason, ask.member_id, number, ask.planned, indexed)


def _restores(file: PersonFile, ask: _Ask, programme: Programme) -> bool:
    """Whether somebody asks after losing status, within the time to restore it. IRPR 182, 183(5).

    What keeps a status, and what ends one, is said in `domain/residence/inland.py`; nobody
    restores one from abroad.
    """
    asked = None if ask.application is None else ask.application.id
    member = next((m for m in file.members if m.id == ask.member_id), None)
    if member is None:
        where = residence_on(file, ask.day)
        # A stay recorded before somebody came on a permit does not say where they are now.
        abroad = where.residence is not None and not where.in_canada and not file.own_permits
        held = status_on(file, ask.day, asked)
    else:
        abroad = member.location is MemberLocation.ABROAD
        held = member_status_on(file, member, ask.day, asked)
    if abroad or held.kept or held.until is None or held.status not in _LOST_STATUS:
        return False
    late = (ask.day - held.until).days
    return 0 < late <= programme.on(ask.day).restoration_days


def _biometrics(file: PersonFile, ask: _Ask, programme: Programme) -> FeeLine:
    line = _line(BIOMETRICS, ask, programme)
    why = _spared(file, ask, programme)
    if why is None:
        return line
    return FeeLine(BIOMETRICS, 0, ask.day, why, ask.member_id, line.application_id, ask.planned)


def _once_a_day(lines: Iterable[FeeLine]) -> Iterator[FeeLine]:
    """One biometric fee for all that one person asks for on one day. Source IRPR 12.7, 315.1."""
    charged: set[tuple[MemberId | None, date]] = set()
    for line in lines:
        if line.fee != BIOMETRICS or not line.cents:
            yield line
            continue
        whose = (line.member_id, line.day)
        yield replace(line, cents=0, reason="charged_once") if whose in charged else line
        charged.add(whose)


def _spared(file: PersonFile, ask: _Ask, programme: Programme) -> str | None:
    """Why somebody owes no biometric fee, None for who does. Sources BIO, IRPR 12.7."""
    member = next((m for m in file.members if m.id == ask.member_id), None)
    born = file.person.birth_date if member is None else member.birth_date
    if is_hidden(born):
        return HIDDEN_AGE
    youngest, oldest = programme.biometrics_ages
    if born is not None and age_on(born, ask.day) < youngest:
        return "too_young"
    if born is not None and age_on(born, ask.day) > oldest:
        return "too_old"
    lately = any(
        given < ask.day < programme.clock_end("biometrics_reuse", given)
        for given in _enrolments(file, ask)
    )
    return "given_lately" if lately else None


def _enrolments(file: PersonFile, ask: _Ask) -> Iterator[date]:
    """The days on which somebody gave biometrics, or had a permit approved that asked for them."""
    member = next((m for m in file.members if m.id == ask.member_id), None)
    recorded = file.person.biometrics_on if member is None else member.biometrics_on
    if recorded is not None:
        yield recorded
    if member is None and file.person.pr_biometrics_on is not None:
        yield file.person.pr_biometrics_on
    own = [a for a in file.applications if a.member_id == ask.member_id]
    for request in file.requests:
        given = request.kind is RequestKind.BIOMETRICS and request.done_on
        if given and any(a.id == request.application_id for a in own):
            yield request.done_on or date.min
    for earlier in own:
        if earlier.outcome is Outcome.APPROVED and earlier.received_at is not None:
            yield toronto_day(earlier.received_at)


def _unknown_wishes(file: PersonFile, day: date) -> list[FeeLine]:
    """Members who come along and of whom nobody recorded what they ask for."""
    applied = {a.member_id for a in file.applications}
    return [
        FeeLine(PROCESSING, 0, day, "wish_unknown", member.id, planned=True)
        for member in applicants_on(file, day)
        if member.wish is None and member.id not in applied
    ]


def _over_the_maxima(lines: Iterable[FeeLine], programme: Programme) -> Iterator[FeeLine]:
    """What a family that applies on one day does not pay beyond its maximum. IRPR 315.1(3)."""
    together: dict[tuple[str, date], list[FeeLine]] = {}
    for line in lines:
        if line.fee in _MAXIMA:
            together.setdefault((line.fee, line.day), []).append(line)
    for (fee, day), same in together.items():
        over = sum(line.cents for line in same) - cents(programme, _MAXIMA[fee], day)
        if over > 0:
            # While one of them has yet to be received, so has what the maximum takes off.
            planned = any(line.planned for line in same)
            yield FeeLine(fee, -over, day, "family_maximum", planned=planned)


@seen("FEE-01")
def fee_01(file: PersonFile, lines: Iterable[FeeLine]) -> Finding:
    """What was paid is what the composition asks for. Source IRPR."""
    lines = tuple(lines)
    owed_cents = sum(line.cents for line in lines)
    if any(line.reason == HIDDEN_AGE for line in lines):
        raise HiddenValueError()
    unknown_fees = dict.fromkeys(line.fee for line in lines if not line.is_known)
    if unknown_fees:
        return unknown(
            "FEE-01",
            "fee_amount_unknown",
            fix="look_up_fee",
            fees=",".join(unknown_fees),
            expected_cents=owed_cents,
        )
    indexed_fees = dict.fromkeys(line.fee for line in lines if line.may_be_indexed)
    if indexed_fees:
        return unknown(
            "FEE-01",
            "fees_may_be_indexed",
            fix="look_up_fee",
            fees=",".join(indexed_fees),
            expected_cents=owed_cents,
        )
    paid = [payment for payment in file.payments if not payment.refund]
    # A fee that IMP+ never owes does not pay for those that it does (FEE-03).
    total = sum(payment.cents for payment in paid if payment.fee != COMPLIANCE)
    if not owed_cents and not total:
        return not_applicable("FEE-01", "no_fee_expected")
    if not paid:
        return unknown(
            "FEE-01", "fees_not_recorded", fix="record_payments", expected_cents=owed_cents
        )
    if total == owed_cents:
        return passes("FEE-01", "fees_paid", expected_cents=owed_cents)
    return fails(
        "FEE-01",
        "fees_open" if total < owed_cents else "fees_over",
        fix="collect_fees" if total < owed_cents else "check_payments",
        expected_cents=owed_cents,
        paid_cents=total,
        open_cents=abs(owed_cents - total),
    )


def fee_02(
    application: Application, outcome: Outcome | None, decided_on: date, programme: Programme
) -> Finding:
    """Refused, or withdrawn before issue: the open-permit holder fee comes back. IRPR 303.2."""
    amount = programme.fee_on(HOLDER, decided_on)
    study = application.code is ApplicationCode.STUDY
    if study or outcome not in _REFUNDED or amount is None or application.received_at is None:
        return not_applicable("FEE-02", "holder_fee_not_refundable")
    if application.refund_logged_on is not None:
        return passes(
            "FEE-02", "holder_fee_refunded", refund_logged_on=application.refund_logged_on
        )
    return fails("FEE-02", "holder_fee_refundable", fix="ask_refund", amount=int(amount))


def fee_03(file: PersonFile) -> Finding:
    """An open permit owes no compliance fee; an employer's permit on another route does. A73."""
    paid = [payment for payment in file.payments if payment.fee == COMPLIANCE]
    total = sum(-payment.cents if payment.refund else payment.cents for payment in paid)
    if total <= 0:
        return passes("FEE-03", "no_compliance_fee")
    if file.other_routes and all(payment.application_id is None for payment in paid):
        return not_applicable("FEE-03", "compliance_fee_other_route")
    return fails("FEE-03", "compliance_fee_paid", fix="ask_compliance_refund", paid_cents=total)
