# SPDX-License-Identifier: Apache-2.0
"""The death of a principal as an event: recorded, taken back, and what it asks of the office.

Nothing of the file is changed but the day: what is open at IRCC is for the office to withdraw.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.aftermath import Aftermath, aftermath
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first


@dataclass(frozen=True, slots=True)
class DeathRecorded:
    """`act` is None when nothing changed; `on` is None when the death was taken back."""

    act: ActId | None
    on: date | None
    aftermath: Aftermath


@judged_first
def record(office: Office, person_id: int, on: date | None) -> DeathRecorded:
    """Record the day on which a person died; None takes the record back.

    Errors: DomainError person_not_found, in_the_future, bad_value (impossible_dates).
    """
    with office.act("people.death") as act:
        file = person_file.file_of(office, person_id)
        row_days.check(office, "person", {"died_on": on}, file)
        act.update("person", person_id, {"died_on": on})
        after = aftermath(file, on or office.clock.today())
    return DeathRecorded(act.id, on, after)
