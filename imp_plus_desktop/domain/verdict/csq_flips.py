# SPDX-License-Identifier: Apache-2.0
"""What would turn a finding about the CSQ and the application for PR (CSQ, ELG-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from imp_plus_desktop.domain.letters.csq import computed_csq_expiry, csq_expiry, pr_state
from imp_plus_desktop.domain.rules.findings import Change, Finding, Flip, How
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.domain.verdict.flip_case import Case, person_change


def csq_valid(finding: Finding, case: Case) -> Flip:
    needed = case.day
    if finding.rule == "CSQ-06":
        needed += timedelta(days=max(case.programme.csq_warning_days) + 1)
    change = person_change("csq_expiry_date", How.FROM, needed)
    return Flip("csq_valid_until", (change,), {"expiry": needed})


def csq_dates_agree(finding: Finding, case: Case) -> Flip | None:
    """Dates that agree and a CSQ that runs, or that PR kept alive from the day that it ended."""
    corrected, expected = _csq_corrected(case), finding.facts["expected"]
    if corrected is not None or _pr_closed(case) or not isinstance(expected, date):
        return corrected
    changes = (person_change("csq_expiry_date", How.SET, expected), *_filed_by(expected))
    return Flip("csq_corrected_pr_filed_by", changes, {"expiry": expected})


def _csq_corrected(case: Case) -> Flip | None:
    """Two dates that contradict each other made to agree, when the CSQ then runs on the day."""
    expiry, expected = case.file.person.csq_expiry_date, _expected(case)
    if expiry is None or expected is None or expiry == expected:
        return None
    if expected >= case.day:
        change = person_change("csq_expiry_date", How.SET, expected)
        return Flip("csq_expiry_corrected", (change,), {"expiry": expected})
    issued = _issue_of(expiry, case)
    if expiry >= case.day and issued is not None:
        change = person_change("csq_issue_date", How.SET, issued)
        return Flip("csq_issue_corrected", (change,), {"issued": issued})
    return None


def _expected(case: Case) -> date | None:
    return computed_csq_expiry(case.file.person, case.programme)


def _issue_of(expiry: date, case: Case) -> date | None:
    """The day of issue that gives an expiry, None when no term does."""
    for term in case.programme.csq_terms:
        issued = add_months(expiry, -term.months)
        person = replace(case.file.person, csq_issue_date=issued, csq_expiry_date=None)
        if computed_csq_expiry(person, case.programme) == expiry:
            return issued
    return None


def _filed_by(day: date) -> tuple[Change, ...]:
    return (
        person_change("pr_filed_on", How.UNTIL, day),
        person_change("pr_state", How.SET, PrState.IN_PROCESS.value),
    )


def csq_and_pr(finding: Finding, case: Case) -> Flip:
    """CSQ-03: a CSQ that runs; where PR was withdrawn, filed again too."""
    return _filed_again(csq_valid(finding, case), case)


def _filed_again(flip: Flip, case: Case) -> Flip:
    """A flip of the CSQ's dates with PR filed again where it was withdrawn: CSQ-03 weighs it."""
    expiry = flip.facts.get("expiry") or case.file.person.csq_expiry_date
    if case.file.person.pr_state is not PrState.WITHDRAWN or not isinstance(expiry, date):
        return flip
    changes = (*flip.changes, *_filed_by(expiry))
    if flip.code == "csq_expiry_corrected":
        return Flip("csq_corrected_pr_filed_by", changes, flip.facts)
    if flip.code == "csq_issue_corrected":
        facts = {**flip.facts, "expiry": expiry}
        return Flip("csq_issue_corrected_pr_filed", changes, facts)
    return Flip("csq_valid_pr_filed_by", changes, flip.facts)


def _pr_closed(case: Case) -> bool:
    closed = {PrState.APPROVED, PrState.REFUSED, PrState.WITHDRAWN, PrState.LANDED}
    return pr_state(case.file.person) in closed


def pr_filed_in_time(finding: Finding, case: Case) -> Flip | None:
    expiry = csq_expiry(case.file.person, case.programme)
    if expiry is None or _pr_closed(case):
        corrected = _csq_corrected(case)
        if corrected is None or finding.rule != "CSQ-03":
            return corrected
        return _filed_again(corrected, case)
    return Flip("pr_filed_by", _filed_by(expiry), {"filed_by": expiry})


def pr_filed_before_expiry(finding: Finding, case: Case) -> Flip | None:
    """CSQ-03 and -06, while the certificate runs: PR can be filed, also after a withdrawal."""
    expiry = finding.facts["expiry"]
    if not isinstance(expiry, date):
        return None
    return Flip("pr_filed_by", _filed_by(expiry), {"filed_by": expiry})


def pr_state_recorded(finding: Finding, case: Case) -> Flip:
    change = person_change("pr_state", How.RECORD, PrState.NOT_FILED.value)
    return Flip("pr_state_recorded", (change,))


def category(finding: Finding, case: Case) -> Flip:
    accepted = sorted(case.programme.csq_accepted)
    change = person_change("csq_category", How.RECORD, "IQ" if "IQ" in accepted else accepted[0])
    return Flip("csq_category_recorded", (change,), {"categories": ",".join(accepted)})
