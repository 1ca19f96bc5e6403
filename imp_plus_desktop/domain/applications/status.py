# SPDX-License-Identifier: Apache-2.0
"""States: the table of moves of an application, and where a person stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import ApplicationKind, ApplicationState, Outcome

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

TAKES_UP = frozenset({*WAITING, _S.SUBMITTED, _S.APPROVED})
"""States in which an application goes on from a permit that ends."""

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


def next_kind(file: PersonFile) -> ApplicationKind:
    """Which application comes next: what is being prepared, and after a permit, one that has ended
    too, its extension."""
    begun, latest = preparation(file), latest_application(file)
    if begun is not None:
        return begun.kind
    had_permit = latest is not None and latest.state is ApplicationState.PERMIT_ISSUED
    is_extension = had_permit or bool(file.own_permits)
    return ApplicationKind.EXTENSION if is_extension else ApplicationKind.FIRST


def latest_application(file: PersonFile) -> Application | None:
    """The person's own latest application by receipt; one that is not filed yet is none."""
    return max(
        filed_applications(file),
        key=lambda a: (a.received_at or datetime.min.replace(tzinfo=UTC), a.id),
        default=None,
    )
