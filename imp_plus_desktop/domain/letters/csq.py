# SPDX-License-Identifier: Apache-2.0
"""The selection certificate and the application for PR that keeps it alive (CSQ, ELG-04)."""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.rules.findings import Finding, RuleOutcome
from imp_plus_desktop.domain.rules.rules import fails, judgement, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.domain.values.programme import Programme

_DECIDED = frozenset({PrState.APPROVED, PrState.REFUSED, PrState.LANDED})

_OPEN = frozenset({None, PrState.NOT_FILED, PrState.IN_PROCESS})


def pr_state(person: Person) -> PrState | None:
    """State of the application for PR; a number or a filing day alone means in process.

    A landing says more than a state that was recorded before it, a confirmation more than one
    that is still open.
    """
    state = person.pr_state
    if person.landed_on is not None:
        return PrState.LANDED
    if person.pr_confirmed_on is not None and state in _OPEN:
        return PrState.APPROVED
    if state is None and (person.pr_number or person.pr_filed_on or person.pr_acknowledged_on):
        return PrState.IN_PROCESS
    return state


def pr_filed(person: Person) -> bool | None:
    """Whether PR was filed and not withdrawn since; None when nothing is recorded."""
    state = pr_state(person)
    return None if state is None else state not in {PrState.NOT_FILED, PrState.WITHDRAWN}


def csq_expiry(person: Person, programme: Programme) -> date | None:
    """The certificate's last day: as recorded, else counted from its issue."""
    return person.csq_expiry_date or computed_csq_expiry(person, programme)


def computed_csq_expiry(person: Person, programme: Programme) -> date | None:
    """Issue plus 24 months, or 36 when issued before 2018-08-02 (source A73)."""
    issued = person.csq_issue_date
    return add_months(issued, programme.csq_months(issued)) if issued else None


def csq_findings(person: Person, day: date, programme: Programme) -> tuple[Finding, ...]:
    """CSQ-01 to CSQ-06 on a day."""
    return (
        csq_01(person, day, programme),
        csq_02(person, day, programme),
        csq_03(person, day, programme),
        csq_04(person, programme),
        csq_05(person, programme),
        csq_06(person, day, programme),
    )


def csq_01(person: Person, day: date, programme: Programme) -> Finding:
    """The recorded term is the law's, and the certificate is alive. Source A73."""
    expiry = csq_expiry(person, programme)
    if expiry is None:
        return unknown("CSQ-01", "csq_dates_unknown", fix="record_csq_dates")
    computed = computed_csq_expiry(person, programme)
    if computed is not None and computed != expiry:
        return fails(
            "CSQ-01",
            "csq_expiry_differs",
            fix="check_csq_dates",
            expiry=expiry,
            expected=computed,
        )
    if day <= expiry:
        return passes("CSQ-01", "csq_valid", expiry=expiry)
    if csq_03(person, day, programme).outcome is RuleOutcome.PASS:
        return passes("CSQ-01", "csq_survives", expiry=expiry, filed_on=person.pr_filed_on)
    known = pr_state(person) is not None
    fix = "check_other_routes" if known else "record_pr_state"
    return fails("CSQ-01", "csq_expired", fix=fix, expiry=expiry)


def csq_02(person: Person, day: date, programme: Programme) -> Finding:
    """With PR not filed, the certificate is unexpired. Source A76."""
    expiry = csq_expiry(person, programme)
    if expiry is None:
        return unknown("CSQ-02", "csq_dates_unknown", fix="record_csq_dates")
    if day == expiry and not pr_filed(person):
        return passes("CSQ-02", "csq_last_day", fix="apply_before_hour", last_day=expiry)
    if day <= expiry:
        return passes("CSQ-02", "csq_valid", expiry=expiry)
    state = pr_state(person)
    if state is None:
        return unknown("CSQ-02", "csq_expired_pr_unknown", fix="record_pr_state", expiry=expiry)
    if state is PrState.NOT_FILED:
        return fails("CSQ-02", "csq_expired_pr_not_filed", fix="check_other_routes", expiry=expiry)
    return not_applicable("CSQ-02", "pr_filed", filed_on=person.pr_filed_on)


def csq_03(person: Person, day: date, programme: Programme) -> Finding:
    """With PR filed, it was on or before expiry and is still in process. Source A76.

    The source knows PR *not yet submitted* and *in progress*: withdrawn, with a certificate that
    still runs, is for a person to weigh.
    """
    expiry = csq_expiry(person, programme)
    state = pr_state(person)
    if expiry is not None and day <= expiry:
        return _while_it_runs(state, expiry)
    if state is PrState.NOT_FILED:
        return not_applicable("CSQ-03", "pr_not_filed")
    if expiry is None:
        return unknown("CSQ-03", "csq_dates_unknown", fix="record_csq_dates")
    if state is None:
        return unknown("CSQ-03", "csq_expired_pr_unknown", fix="record_pr_state", expiry=expiry)
    if state is not PrState.IN_PROCESS:
        return fails("CSQ-03", "pr_not_in_process", fix="check_other_routes", state=state.value)
    filed_on = person.pr_filed_on
    if filed_on is None:
        return unknown("CSQ-03", "pr_filing_day_unknown", fix="record_pr_filing_day", expiry=expiry)
    if filed_on > expiry:
        return fails(
            "CSQ-03",
            "pr_filed_after_csq_expiry",
            fix="check_other_routes",
            filed_on=filed_on,
            expiry=expiry,
        )
    return passes("CSQ-03", "csq_survives", expiry=expiry, filed_on=filed_on)


def _while_it_runs(state: PrState | None, expiry: date) -> Finding:
    if state is PrState.WITHDRAWN:
        return judgement("CSQ-03", "pr_withdrawn", fix="file_pr_in_time", expiry=expiry)
    return passes("CSQ-03", "csq_valid", expiry=expiry)


def csq_04(person: Person, programme: Programme) -> Finding:
    """The category is one that the programme names. Sources A73, QC-FR."""
    category = person.csq_category
    if category is None:
        return unknown("CSQ-04", "csq_category_unknown", fix="record_csq_category")
    if category in programme.csq_accepted:
        return passes("CSQ-04", "csq_category_accepted", category=category)
    if category in programme.csq_other_route:
        return fails(
            "CSQ-04", "csq_category_other_route", fix="check_csq_category", category=category
        )
    return not_applicable("CSQ-04", "csq_category_not_listed", category=category)


def csq_05(person: Person, programme: Programme) -> Finding:
    """The certificate is a skilled worker's; the letter itself goes to no one else. Source A76."""
    category = person.csq_category
    if category in programme.csq_not_worker:
        return fails("CSQ-05", "csq_not_worker", fix="check_other_routes", category=category)
    return passes("CSQ-05", "csq_worker")


def csq_06(person: Person, day: date, programme: Programme) -> Finding:
    """The certificate is not about to expire while PR is not filed."""
    expiry = csq_expiry(person, programme)
    if pr_filed(person):
        return not_applicable("CSQ-06", "pr_filed", filed_on=person.pr_filed_on)
    if expiry is None:
        return unknown("CSQ-06", "csq_dates_unknown", fix="record_csq_dates")
    days_left = (expiry - day).days
    if days_left < 0:
        return not_applicable("CSQ-06", "csq_expired", expiry=expiry)
    if days_left <= max(programme.csq_warning_days):
        return fails(
            "CSQ-06",
            "csq_expiring",
            fix="file_pr_in_time",
            expiry=expiry,
            days_left=days_left,
        )
    return passes("CSQ-06", "csq_valid", expiry=expiry)


def elg_04(person: Person) -> Finding:
    """PR has not been decided, as far as the office knows. Sources A76, QC-FR."""
    state = pr_state(person)
    if state in _DECIDED:
        return fails("ELG-04", "pr_decided", fix="check_other_routes", state=state.value)
    if state is None:
        return passes("ELG-04", "pr_nothing_recorded", recorded=False)
    return passes("ELG-04", "pr_undecided", recorded=True, state=state.value)
