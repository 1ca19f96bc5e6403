# SPDX-License-Identifier: Apache-2.0
"""Where a person stands on the path from letter to permit, from their file and its verdict.

Must not judge anything: the verdict is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from imp_plus_desktop.domain.applications.status import WAITING, latest_application
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.rules.findings import RuleOutcome, Verdict, VerdictCode
from imp_plus_desktop.domain.values.codes import ApplicationState, PersonStatus, PrState

_S = ApplicationState

_STATUS_OF: Mapping[ApplicationState, PersonStatus] = MappingProxyType(
    {
        **dict.fromkeys(WAITING, PersonStatus.APPLIED),
        _S.APPROVED: PersonStatus.APPROVED,
        # A permit that still runs is found first: this one has ended.
        _S.PERMIT_ISSUED: PersonStatus.CLOSED,
        _S.REFUSED: PersonStatus.REFUSED,
        _S.WITHDRAWN: PersonStatus.WITHDRAWN,
        _S.RETURNED: PersonStatus.RETURNED,
        _S.CANCELLED_OVER_CAP: PersonStatus.OVER_CAP,
        _S.LETTER_LAPSED: PersonStatus.CLOSED,
    }
)

_PR_DECIDED = frozenset({PrState.APPROVED, PrState.REFUSED, PrState.LANDED})
_OPEN_TO_DO = frozenset({RuleOutcome.FAIL, RuleOutcome.UNKNOWN})


def person_status(file: PersonFile, verdict: Verdict, cap_is_full: bool, day: date) -> PersonStatus:
    """Where a person stands on a day on the path from letter to permit."""
    if applies_for_nothing(file.person, day):
        return PersonStatus.CLOSED
    if any(permit.valid_until >= day for permit in file.own_permits):
        return PersonStatus.PERMIT
    application = latest_application(file)
    if application is not None:
        return _STATUS_OF[application.state]
    if _pr_has_ended(file, verdict):
        return PersonStatus.CLOSED
    if verdict.code is VerdictCode.ELIGIBLE and _complete(verdict) and not cap_is_full:
        return PersonStatus.READY
    return PersonStatus.INVITED


def _pr_has_ended(file: PersonFile, verdict: Verdict) -> bool:
    """PR was decided, or withdrawn and nothing is left to apply with: a CSQ may still run."""
    state = pr_state(file.person)
    if state is PrState.WITHDRAWN:
        return verdict.code is VerdictCode.NOT_ELIGIBLE
    return state in _PR_DECIDED


def _complete(verdict: Verdict) -> bool:
    """Whether nothing is left to do; how the file goes is only known when it goes (ELG-05)."""
    return not any(
        finding.outcome in _OPEN_TO_DO
        and not (finding.rule == "ELG-05" and finding.outcome is RuleOutcome.UNKNOWN)
        for finding in verdict.to_do
    )
