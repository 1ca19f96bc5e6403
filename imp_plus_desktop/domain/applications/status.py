# SPDX-License-Identifier: Apache-2.0
"""States: the table of moves of an application, and where a person stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.rules.findings import RuleOutcome, Verdict, VerdictCode
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    Outcome,
    PersonStatus,
    PrState,
)
from imp_plus_desktop.domain.values.records import Application, PersonFile

_S = ApplicationState

PREPARING = (_S.DRAFT, _S.READY, _S.SUBMITTED)
"""States before IRCC has received anything: no place is used, nothing counts yet."""

WAITING = (
    _S.RECEIVED,
    _S.ACKNOWLEDGED,
    _S.IN_PROCESS,
    _S.ACTION_REQUIRED,
    _S.DECISION_MADE,
)
"""States in which a received application waits for its decision to be known."""

UNDECIDED = (*PREPARING, *WAITING)

_DECIDED = (_S.DECISION_MADE, _S.APPROVED, _S.REFUSED, _S.WITHDRAWN, _S.RETURNED)

MOVES: Mapping[ApplicationState, frozenset[ApplicationState]] = MappingProxyType(
    {
        # What IRCC never received cannot be withdrawn there: a draft is dropped instead.
        _S.DRAFT: frozenset({_S.READY, _S.RECEIVED}),
        _S.READY: frozenset({_S.DRAFT, _S.SUBMITTED, _S.RECEIVED}),
        _S.SUBMITTED: frozenset({_S.READY, _S.RECEIVED}),
        _S.RECEIVED: frozenset({_S.ACKNOWLEDGED, _S.IN_PROCESS, _S.ACTION_REQUIRED, *_DECIDED}),
        _S.ACKNOWLEDGED: frozenset({_S.IN_PROCESS, _S.ACTION_REQUIRED, *_DECIDED}),
        _S.IN_PROCESS: frozenset({_S.ACTION_REQUIRED, *_DECIDED}),
        _S.ACTION_REQUIRED: frozenset({_S.IN_PROCESS, *_DECIDED}),
        _S.DECISION_MADE: frozenset({_S.APPROVED, _S.REFUSED, _S.WITHDRAWN, _S.RETURNED}),
        _S.APPROVED: frozenset({_S.PERMIT_ISSUED, _S.WITHDRAWN, _S.LETTER_LAPSED}),
        _S.PERMIT_ISSUED: frozenset(),
        # A refusal that is reviewed is reopened, and decided again. The place stays (CAP-03).
        _S.REFUSED: frozenset({_S.IN_PROCESS}),
        _S.WITHDRAWN: frozenset(),
        _S.RETURNED: frozenset(),
        _S.CANCELLED_OVER_CAP: frozenset(),
        _S.LETTER_LAPSED: frozenset(),
    }
)

NAMED = (
    _S.DRAFT,
    _S.READY,
    _S.SUBMITTED,
    _S.ACKNOWLEDGED,
    _S.IN_PROCESS,
    _S.ACTION_REQUIRED,
    _S.DECISION_MADE,
    _S.LETTER_LAPSED,
)
"""States that need no more than their name; all others come with a receipt or a decision."""

OUTCOMES: Mapping[ApplicationState, Outcome | None] = MappingProxyType(
    {
        **dict.fromkeys(UNDECIDED, None),
        _S.APPROVED: Outcome.APPROVED,
        _S.PERMIT_ISSUED: Outcome.APPROVED,
        _S.REFUSED: Outcome.REFUSED,
        _S.WITHDRAWN: Outcome.WITHDRAWN,
        _S.RETURNED: Outcome.RETURNED,
        _S.CANCELLED_OVER_CAP: Outcome.CANCELLED_OVER_CAP,
        _S.LETTER_LAPSED: Outcome.APPROVED,
    }
)

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


def may_move(state: ApplicationState, to: ApplicationState) -> bool:
    """Whether an application may go from one state to another."""
    return to in MOVES[state]


def is_open(state: ApplicationState) -> bool:
    """Whether something is still to come for an application."""
    return state is not _S.REFUSED and bool(MOVES[state])


def outcome_of(state: ApplicationState) -> Outcome | None:
    """How an application in a state has ended, None while it waits for a decision."""
    return OUTCOMES[state]


def next_states(state: ApplicationState) -> tuple[ApplicationState, ...]:
    """The states that an application may be moved to by naming them, in the order of the path."""
    return tuple(to for to in NAMED if to in MOVES[state])


def filed_applications(file: PersonFile) -> tuple[Application, ...]:
    """The person's own applications that have reached IRCC."""
    return tuple(a for a in file.own_applications if a.state not in PREPARING)


def preparation(file: PersonFile, kind: ApplicationKind | None = None) -> Application | None:
    """The person's own application, of a kind or of any, that is still being prepared."""
    return next(
        (
            application
            for application in reversed(file.own_applications)
            if application.state in PREPARING and kind in (None, application.kind)
        ),
        None,
    )


def latest_application(file: PersonFile) -> Application | None:
    """The person's own latest application by receipt; one that is not filed yet is none."""
    return max(
        filed_applications(file),
        key=lambda a: (a.received_at or datetime.min.replace(tzinfo=UTC), a.id),
        default=None,
    )


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
