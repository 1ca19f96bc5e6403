# SPDX-License-Identifier: Apache-2.0
"""Which of a person's applications a row of a list speaks of, and what it makes of it.

Pure: it looks at a file and at typed values. The rest of the row is planned in `field_plan.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from imp_plus_desktop.domain.applications.kinds import told_kind
from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import columns_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import noon_in_toronto, toronto_day
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.fields.operations import (
    Operation,
    Values,
    differing,
    same_value,
)
from imp_plus_desktop.services.fields.tellings import filed_on

APPLICATION_COLUMNS = columns_of("application")
PERMIT_COLUMNS = columns_of("permit")
OF_APPLICATIONS = frozenset((*APPLICATION_COLUMNS, *PERMIT_COLUMNS))
"""The import fields that tell of an application or of its permit."""

_STATE_OF: Mapping[Outcome, ApplicationState] = {
    outcome: ApplicationState(outcome.value) for outcome in Outcome
}


def kind_of(file: PersonFile | None, known: Values, programme: Programme) -> ApplicationKind:
    """The kind that a row states, else the one that the permits before it tell."""
    stated = known.get("application_kind")
    if stated is not None:
        return ApplicationKind(stated)
    if file is None or not file.own_permits:
        return ApplicationKind.FIRST
    letters = [letter.letter_date for letter in file.letters]
    if "letter_date" in known:
        letters.append(known["letter_date"])
    return told_kind(file.own_permits, letters, filed_on(known), programme)


def matching(
    file: PersonFile | None,
    known: Values,
    programme: Programme,
    beside: Collection[object] = (),
) -> Application | None:
    """By its number or its permit's, by day of receipt, else the latest one of the kind that may
    be meant. `beside` are the numbers of all applications that the row tells of: none of these is
    one of the others under a new number."""
    own = [a for a in file.own_applications if a.code is ApplicationCode.A76] if file else []
    if file is None or not own:
        return None
    return among(file, own, known, kind_of(file, known, programme), beside)


def among(
    file: PersonFile,
    own: Sequence[Application],
    known: Values,
    kind: ApplicationKind,
    beside: Collection[object] = (),
) -> Application | None:
    """Which of one holder's applications a row speaks of, whose kind it would be if new."""
    number = known.get("application_number")
    for application in own:
        if number is not None and number in _numbers_of(file, application):
            return application
    others = own if number is None else [a for a in own if a.application_number not in beside]
    near = _of_that_day(others, known.get("received_at"), number, kind)
    if near is not None:
        return near
    permit = known.get("permit_number")
    for one in file.permits if permit is not None and number is None else ():
        if one.permit_number == permit:
            return next((a for a in own if a.id == one.application_id), None)
    free = [a for a in own if a.kind is kind and None in (number, a.application_number)]
    return free[-1] if free and not _filed_anew(free[-1], known) else None


def _numbers_of(file: PersonFile, application: Application) -> tuple[str | None, ...]:
    """The number of an application, and those that it had before."""
    return application.application_number, *file.numbers_before(application.id)


def renumbered(
    file: PersonFile | None, present: Application | None, known: Values
) -> Iterator[Operation]:
    """The number that an application has had so far, where a list brings another one for it."""
    number = known.get("application_number")
    before = present.application_number if present is not None else None
    if file is None or present is None or None in (number, before):
        return
    if not same_value("application_number", before, number):
        values = {"application_id": present.id, "number": before}
        yield Operation("former_number", None, values, ("application_number",))


def with_present_number(
    file: PersonFile | None, present: Application | None, known: Values
) -> Values:
    """What a row tells, without a number that the application had before: an older list has it."""
    number = known.get("application_number")
    if file is None or present is None or number not in file.numbers_before(present.id):
        return known
    return {name: value for name, value in known.items() if name != "application_number"}


def _of_that_day(
    own: Sequence[Application], received: datetime | None, number: object, kind: ApplicationKind
) -> Application | None:
    """The application received on a day; of two the nearest in time, since an extension is not its
    first application. IRCC may have given it another number since: then the kind is its own."""
    near = [
        (abs(application.received_at - received), place, application)
        for place, application in enumerate(own)
        if received is not None
        and application.received_at is not None
        and toronto_day(application.received_at) == toronto_day(received)
        and (None in (number, application.application_number) or application.kind is kind)
    ]
    return min(near)[2] if near else None


def _filed_anew(present: Application, known: Values) -> bool:
    """Whether another day of receipt speaks of another application, and corrects none.

    A letter has one first application: only a later letter, or a decision before that day, or
    two numbers, tell a second one from a corrected day.
    """
    received = known.get("received_at")
    if received is None:
        return False
    day = toronto_day(received)
    if present.decided_on is not None and present.decided_on < day:
        return True
    letter = known.get("letter_date")
    before = present.received_at
    return letter is not None and before is not None and toronto_day(before) < letter <= day


def state_of(known: Values, present: Application | None) -> ApplicationState:
    """What the row makes of an application: an outcome that it states stands as it is, and a
    permit tells more than an approval."""
    outcome = known.get("outcome")
    if outcome is not None and Outcome(outcome) is not Outcome.APPROVED:
        return _STATE_OF[Outcome(outcome)]
    if {"permit_from", "permit_until"} & known.keys():
        return ApplicationState.PERMIT_ISSUED
    if "permit_number" in known:
        # Without any day the permit itself cannot be kept: only that it was approved.
        issued = present is not None and present.state is ApplicationState.PERMIT_ISSUED
        dated = issued or "decided_on" in known
        return ApplicationState.PERMIT_ISSUED if dated else ApplicationState.APPROVED
    if outcome is not None:
        issued = present is not None and present.state is ApplicationState.PERMIT_ISSUED
        return ApplicationState.PERMIT_ISSUED if issued else ApplicationState.APPROVED
    if present is None and "submitted_on" in known and "received_at" not in known:
        return ApplicationState.SUBMITTED
    if present is None or (present.state in PREPARING and known.get("received_at") is not None):
        return ApplicationState.RECEIVED
    return present.state


def check_received(present: Application | None, known: Values) -> None:
    """By hand, nothing is decided of what IRCC has not received. Errors: not_received_yet."""
    told = {"outcome", "decided_on", "permit_number", "permit_from", "permit_until"}
    preparing = present is not None and present.state in PREPARING
    if preparing and known.get("received_at") is None and told & known.keys():
        raise Refused("not_received_yet")


def same_receipt(present: Application, known: Values) -> bool:
    """A list that states only the day of receipt does not correct a known time of that day."""
    received = known.get("received_at")
    if received is None or present.received_at is None:
        return False
    day = toronto_day(received)
    day_alone = received == noon_in_toronto(day) and day == toronto_day(present.received_at)
    # A workbook shows minutes: less than one apart is the same receipt.
    return bool(day_alone or abs(received - present.received_at) < timedelta(minutes=1))


def application_operations(
    present: Application | None,
    known: Values,
    kind: ApplicationKind,
    code: ApplicationCode = ApplicationCode.A76,
) -> Iterator[Operation]:
    """What a row writes of an application, present, or new and of this kind and code."""
    state, told = _told(present, known)
    values = differing(present, told, APPLICATION_COLUMNS)
    fields = tuple(name for name, column in APPLICATION_COLUMNS.items() if column in values)
    if present is not None:
        if state is not present.state:
            values["state"] = state
        if values:
            yield Operation("application", present.id, values, fields)
        return
    values |= {"state": state, "code": code, "kind": kind}
    yield Operation("application", None, values, fields)


def _told(present: Application | None, known: Values) -> tuple[ApplicationState, dict[str, Any]]:
    """The state that a row gives an application, and what it says of it in the words of both."""
    told, state = dict(known), state_of(known, present)
    if state in (ApplicationState.PERMIT_ISSUED, ApplicationState.APPROVED):
        told["outcome"] = Outcome.APPROVED
    elif "outcome" in told:
        told["outcome"] = Outcome(told["outcome"])
    if "application_kind" in told:
        told["application_kind"] = ApplicationKind(told["application_kind"])
    if present is not None and same_receipt(present, told):
        del told["received_at"]
    if state in PREPARING:
        # A day of decision alone tells nothing of what IRCC has not received.
        told.pop("decided_on", None)
    return state, told


def retold_kinds(
    file: PersonFile, programme: Programme, stated: frozenset[int]
) -> Iterator[Operation]:
    """First applications that an earlier permit, known since, tells to be none; not those whose
    kind is `stated`."""
    if len(file.own_applications) < 2:
        return
    letters = [letter.letter_date for letter in file.letters]
    for one in file.own_applications:
        asked = one.code is ApplicationCode.A76 and one.kind is ApplicationKind.FIRST
        if not asked or one.received_at is None or one.id in stated:
            continue
        others = [p for p in file.own_permits if p.application_id != one.id]
        kind = told_kind(others, letters, toronto_day(one.received_at), programme)
        if kind is not one.kind:
            yield Operation("application", one.id, {"kind": kind}, ("application_kind",))
