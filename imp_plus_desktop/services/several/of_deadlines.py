# SPDX-License-Identifier: Apache-2.0
"""What the office says of many deadlines at once: seen, done with, moved to another day.

Lines of the agenda are made anew after every act, and have other ids then: the targets are the
places of a sequence of `Named`, kept by whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from imp_plus_desktop.services.agenda import agenda
from imp_plus_desktop.services.agenda.agenda import Named
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.several.many import Change


def seen(deadlines: Sequence[Named]) -> Change:
    """Say that these deadlines were seen."""
    return _of("deadlines.seen", deadlines, agenda.acknowledge)


def settled(deadlines: Sequence[Named]) -> Change:
    """Say that these deadlines are done with: they leave the agenda."""
    return _of("deadlines.settle", deadlines, agenda.settle)


def moved(deadlines: Sequence[Named], day: date, reason: str) -> Change:
    """Keep these deadlines on another day than their files give them."""
    return _of(
        "deadlines.move", deadlines, lambda office, named: agenda.move(office, named, day, reason)
    )


def seen_of_people(kind: str | None) -> Change:
    """Say of each person that the deadlines of a kind, or all of them, were seen."""
    return Change("deadlines.seen", lambda office, person: _see(office, person, kind))


def _see(office: Office, person: int, kind: str | None) -> None:
    for item in agenda.items(office, person):
        deadline = item.deadline
        if kind in (None, deadline.kind.value):
            named = Named(person, deadline.kind.value, deadline.day, deadline.subject_id)
            agenda.acknowledge(office, named)


def _of(service: str, deadlines: Sequence[Named], do: Callable[[Office, Named], object]) -> Change:
    return Change(
        service,
        lambda office, place: do(office, deadlines[place]),
        people=lambda office, places: [deadlines[place].person_id for place in places],
    )
