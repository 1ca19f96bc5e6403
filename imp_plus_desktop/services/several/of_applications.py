# SPDX-License-Identifier: Apache-2.0
"""What can be done to many applications at once: presented, received, decided, moved on.

The targets are people, of whom the application in question is meant, or applications. Each step
is the service of one application, whose rules say who is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from imp_plus_desktop.domain.applications.status import (
    PREPARING,
    WAITING,
    latest_application,
    preparation,
)
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    Channel,
    Outcome,
)
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.services.applications import applications, preparing
from imp_plus_desktop.services.applications.applications import Reception
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.several.changes import owners
from imp_plus_desktop.services.several.many import Change

_S = ApplicationState
_LAST = date.max


def present(on: date) -> Change:
    """Present each person's application: what is not begun or not ready yet becomes so first, on
    the same day, if the rules find it ready."""
    return Change("applications.state", lambda office, person: _present(office, person, on))


def _present(office: Office, person: int, on: date) -> None:
    begun = preparation(person_file.file_of(office, person))
    number = preparing.prepare(office, person, on).application if begun is None else begun.id
    _move(office, number, _S.SUBMITTED, on)


def state(to: ApplicationState, on: date) -> Change:
    """Move each of these applications to a state; a draft that is presented is judged as ready."""
    return Change(
        "applications.state",
        lambda office, application: _move(office, application, to, on),
        people=_owners,
    )


def _move(office: Office, number: int, to: ApplicationState, on: date) -> None:
    application = person_file.application_of(office, number)
    if application.state is to:
        return
    if application.state is _S.DRAFT and to is _S.SUBMITTED:
        preparing.move(office, number, _S.READY, on)
    preparing.move(office, number, to, on)


def receive(at: datetime, *, applications_chosen: bool = False) -> Change:
    """Record that IRCC has received an application of each at this instant.

    They take the places of the cap one after the other: whose application was presented earlier
    comes first, then who was entered first. What is being prepared is what was received.
    """
    if applications_chosen:
        return Change(
            "applications.receive",
            lambda office, number: _receive_prepared(office, number, at),
            people=_owners,
            in_order=_applications_in_order,
        )
    return Change(
        "applications.receive",
        lambda office, person: _receive(office, person, at),
        in_order=_people_in_order,
    )


def _receive(office: Office, person: int, at: datetime) -> None:
    file = person_file.file_of(office, person)
    begun = preparation(file)
    kind = begun.kind if begun is not None else _likely_kind(file)
    channel = begun.channel if begun is not None else None
    applications.receive(
        office, Reception(person, at, kind=kind, channel=channel or Channel.ONLINE)
    )


def _receive_prepared(office: Office, number: int, at: datetime) -> None:
    application = person_file.application_of(office, number)
    if application.member_id is not None:
        raise Refused("of_a_member")
    if application.state not in PREPARING:
        raise Refused("illegal_move", state=application.state.value, to=_S.RECEIVED.value)
    reception = Reception(
        application.person_id,
        at,
        kind=application.kind,
        channel=application.channel or Channel.ONLINE,
    )
    applications.receive(office, reception)


def _likely_kind(file: PersonFile) -> ApplicationKind:
    """Whoever holds a permit asks for an extension, as the form of one person takes it."""
    return ApplicationKind.EXTENSION if file.own_permits else ApplicationKind.FIRST


def decide(outcome: Outcome, on: date, *, applications_chosen: bool = False) -> Change:
    """Record a decision: of each of these applications, or of what waits for it in each file."""
    if applications_chosen:
        return Change(
            "applications.decide",
            lambda office, number: applications.decide(office, number, outcome, on),
            people=_owners,
        )
    return Change(
        "applications.decide", lambda office, person: _decide(office, person, outcome, on)
    )


def _decide(office: Office, person: int, outcome: Outcome, on: date) -> None:
    latest = latest_application(person_file.file_of(office, person))
    if latest is None or latest.state not in WAITING:
        raise Refused("nothing_waits")
    applications.decide(office, latest.id, outcome, on)


def _owners(office: Office, chosen: Sequence[int]) -> Sequence[int]:
    return owners(office, "application", chosen)


def _presented(application: Application | None) -> tuple[date, int]:
    if application is None:
        return _LAST, 0
    return application.submitted_on or _LAST, application.id


def _people_in_order(office: Office, people: Sequence[int]) -> Sequence[int]:
    files = person_file.files_of(office, people)

    def place(person: int) -> tuple[date, int, int]:
        file = files.get(person)
        return *_presented(preparation(file) if file is not None else None), person

    return sorted(people, key=place)


def _applications_in_order(office: Office, numbers: Sequence[int]) -> Sequence[int]:
    files = person_file.files_of(office, _owners(office, numbers))
    known = {int(one.id): one for file in files.values() for one in file.applications}

    def place(number: int) -> tuple[date, int]:
        return _presented(known.get(number))[0], number

    return sorted(numbers, key=place)
