# SPDX-License-Identifier: Apache-2.0
"""The death of a principal as an event: recorded, taken back, and what it asks of the office.

Nothing of the file is changed but the day: what is open at IRCC is for the office to withdraw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.family.household import family_on, toppled
from imp_plus_desktop.domain.values.codes import ApplicationState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.domain.values.records import ActId, Application, Member, PersonFile
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.office.office import Office


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a death asks for: whose applications are to be withdrawn, and who is left.

    `own` are the person's applications that are open, `family` the members' that rested on them.
    What was never sent to IRCC needs no withdrawal and is in neither.
    """

    own: tuple[Application, ...]
    family: tuple[Application, ...]
    left: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class DeathRecorded:
    """`act` is None when nothing changed; `on` is None when the death was taken back."""

    act: ActId | None
    on: date | None
    aftermath: Aftermath


def record(office: Office, person_id: int, on: date | None) -> DeathRecorded:
    """Record the day on which a person died; None takes the record back.

    Errors: DomainError person_not_found, in_the_future, bad_value (impossible_dates).
    """
    if on is not None:
        applications.check_not_future(office, on)
    with office.act("people.death") as act:
        file = applications.file_of(office, person_id)
        born = file.person.birth_date
        if on is not None and born is not None and on < born:
            raise DomainError("bad_value", field="died_on", issue="impossible_dates")
        act.update("person", person_id, {"died_on": on})
        after = aftermath(file, on or office.clock.today())
    return DeathRecorded(act.id, on, after)


def aftermath(file: PersonFile, day: date) -> Aftermath:
    """What the death of a principal on a day asks of the office."""
    return Aftermath(
        own=tuple(a for a in file.own_applications if _is_at_ircc(a)),
        family=tuple(t.application for t in toppled(file, day) if _is_at_ircc(t.application)),
        left=family_on(file, day),
    )


def _is_at_ircc(application: Application) -> bool:
    unsent = (ApplicationState.DRAFT, ApplicationState.READY)
    return is_open(application.state) and application.state not in unsent
