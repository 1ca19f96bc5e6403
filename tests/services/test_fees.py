# SPDX-License-Identifier: Apache-2.0
"""Payments and refunds in a register, kept in step with the applications."""

from __future__ import annotations

from datetime import date

import pytest
from office_builders import TODAY, decide, invite, receive, set_cap

from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.applications import applications, fees
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people


def error_of(call: object, *arguments: object, **named: object) -> str:
    with pytest.raises(DomainError) as caught:
        call(*arguments, **named)  # type: ignore[operator]
    return caught.value.code


def test_what_is_paid_reduces_what_is_open(office: Office) -> None:
    person = invite(office)
    assert fees.account(office, person).open_cents == 34000
    paid = fees.pay(office, person, "processing", 15500, TODAY)
    assert (paid.account.paid_cents, paid.account.open_cents) == (15500, 18500)
    history.undo(office)
    assert fees.account(office, person).open_cents == 34000


def test_a_complete_refund_marks_its_application_and_its_removal_unmarks_it(
    office: Office,
) -> None:
    set_cap(office, 0)
    person = invite(office)
    number = receive(office, person).application
    assert fees.account(office, person).refund_open_cents == 25500
    fees.pay(office, person, "processing", 15500, TODAY, refund=True)
    assert person_file.application_of(office, number).refund_logged_on is None
    rest = fees.pay(office, person, "open_permit_holder", 10000, TODAY, refund=True)
    assert person_file.application_of(office, number).refund_logged_on == TODAY
    assert rest.account.refund_open_cents == 0
    fees.delete(office, person, rest.payment)
    assert person_file.application_of(office, number).refund_logged_on is None
    assert fees.account(office, person).refund_open_cents == 10000


def test_a_refund_logged_by_its_day_closes_the_account_too(office: Office) -> None:
    set_cap(office, 0)
    person = invite(office)
    applications.log_refund(office, receive(office, person).application, TODAY)
    assert fees.account(office, person).refund_open_cents == 0


def test_the_holder_fee_of_a_refused_application_comes_back(office: Office) -> None:
    person = invite(office)
    number = receive(office, person).application
    decide(office, number, "refused")
    account = fees.account(office, person)
    assert [f.reason for f in account.findings if f.rule == "FEE-02"] == ["holder_fee_refundable"]
    back = fees.pay(office, person, "open_permit_holder", 10000, TODAY, number, refund=True)
    said = [f.reason for f in back.account.findings if f.rule == "FEE-02"]
    assert said == ["holder_fee_refunded"]


def test_several_open_refunds_ask_which_one_it_is(office: Office) -> None:
    person = invite(office)
    for _turn in range(2):
        decide(
            office, receive(office, person, overrides={"INV-04": "a test"}).application, "refused"
        )
    refund = (office, person, "open_permit_holder", 10000, TODAY)
    assert error_of(fees.pay, *refund, refund=True) == "refund_of_what"


def test_a_slip_of_the_keyboard_is_refused(office: Office) -> None:
    person = invite(office)
    assert error_of(fees.pay, office, person, "lunch", 100, TODAY) == "unknown_fee"
    assert error_of(fees.pay, office, person, "processing", 0, TODAY) == "bad_amount"
    assert error_of(fees.pay, office, person, "processing", 10**8, TODAY) == "bad_amount"
    ahead = date(2023, 11, 23)
    assert error_of(fees.pay, office, person, "processing", 100, ahead) == "in_the_future"
    assert error_of(fees.pay, office, person, "processing", 100, TODAY, 99) == "not_in_file"
    assert error_of(fees.delete, office, person, 99) == "not_in_file"
    assert people.file(office, person).payments == ()


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("155", 15500),
        ("155.00", 15500),
        ("401,25", 40125),
        ("401,25 $", 40125),
        ("$1,255.50", 125550),
        ("1\u00a0255,5", 125550),
        ("1255", 125500),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, cents: int) -> None:
    assert fees.parse_amount(text) == cents


@pytest.mark.parametrize("text", ["", "-5", "abc", "1.2.3", "1,2345", "12.345"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert error_of(fees.parse_amount, text) == "bad_amount"
