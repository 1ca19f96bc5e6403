# SPDX-License-Identifier: Apache-2.0
"""The rules that acts have set aside, in the reports of the day of the act and of its event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from office_builders import add_member, an_approved, decide, invite, issue, receive, receive_member

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.office import Clock, Office
from imp_plus_desktop.storage.history import overrides

ONE = timedelta(days=1)
EVENT, RECORDED = date(2023, 11, 10), date(2023, 11, 20)
"""The day of a receipt, and that on which it is recorded."""


def shown(office: Office, first: date, last: date) -> list[tuple[date, date, str, str]]:
    found = overrides.between(office.register, first, last)
    return [(one.on, one.event_on, one.rule, one.reason) for one in found]


def a_receipt_in_spite_of_a_rule(office: Office) -> None:
    person = invite(office, residence_country="CAN", residence_province="QC")
    later = replace(office, clock=Clock(RECORDED))
    at = datetime(EVENT.year, EVENT.month, EVENT.day, 15, tzinfo=UTC)
    receive(later, person, at, overrides={"ELG-01": "moves tomorrow"})


def test_a_receipt_shows_where_either_of_its_two_days_lies_the_bounds_included(
    office: Office,
) -> None:
    a_receipt_in_spite_of_a_rule(office)
    expected = [(RECORDED, EVENT, "ELG-01", "moves tomorrow")]
    for day in (EVENT, RECORDED):
        assert shown(office, day, day) == expected
        assert shown(office, day - ONE, day) == expected
        assert shown(office, day, day + ONE) == expected
    between = (EVENT + ONE, RECORDED - ONE)
    for first, last in (between, (EVENT - ONE, EVENT - ONE), (RECORDED + ONE, RECORDED + ONE)):
        assert shown(office, first, last) == []


def test_an_act_that_was_undone_has_set_nothing_aside(office: Office) -> None:
    a_receipt_in_spite_of_a_rule(office)
    undone = history.undo(office).act
    assert shown(office, EVENT, RECORDED) == []
    history.undo(office, undone)
    assert len(shown(office, EVENT, RECORDED)) == 1


def test_a_permit_counts_on_its_day_of_issue_and_a_decision_on_its_own(office: Office) -> None:
    principal = an_approved(office)
    issue(office, principal)
    theirs = receive_member(office, add_member(office, 1)).application
    decided, issued, recorded = date(2023, 11, 20), date(2023, 11, 22), date(2023, 11, 24)
    later = replace(office, clock=Clock(recorded))
    decide(later, theirs, "approved", decided)
    issue(later, theirs, issued, until=date(2027, 1, 1), overrides={"FAM-04": "as printed"})
    (one,) = overrides.between(office.register, issued, issued)
    assert (one.on, one.event_on, one.application) == (recorded, issued, theirs)
    assert (one.rule, one.reason) == ("FAM-04", "as printed")
    assert shown(office, decided, decided) == []
