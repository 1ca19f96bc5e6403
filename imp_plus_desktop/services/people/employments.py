# SPDX-License-Identifier: Apache-2.0
"""Where people work, from a day to a day: recorded, corrected, ended, taken out.

What work outside Quebec means for a permit is judged by `domain/permits/permit_chain.py`.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.permits.permit_chain import breach_findings
from imp_plus_desktop.domain.records.ids import ActId, EmploymentId
from imp_plus_desktop.domain.residence.residence import CANADA
from imp_plus_desktop.domain.rules.findings import Finding
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first


@dataclass(frozen=True, slots=True)
class Work:
    """A job; both days count, an open end is None."""

    country: str
    province: str | None = None
    employer: str = ""
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class WorkSaved:
    employment: EmploymentId
    act: ActId | None
    findings: tuple[Finding, ...]
    misdated: tuple[Misdated, ...] = ()
    """Days out of order, kept as history."""


@judged_first
def save(office: Office, person_id: int, work: Work, employment_id: int | None = None) -> WorkSaved:
    """Record a job, or correct one. Errors: DomainError bad_value, not_in_file."""
    values: dict[str, object] = {
        "country": work.country,
        "province": work.province if work.country == CANADA else None,
        "employer": work.employer.strip() or None,
        "from_day": work.from_day,
        "until_day": work.until_day,
    }
    with office.act("people.employment") as act:
        file = person_file.file_of(office, person_id)
        kept = entries.merged(act, "employment", file, employment_id, values)
        misdated = row_days.check(office, "employment", kept, file)
        number, _changed = entries.write(
            office, act, "employment", person_id, employment_id, values
        )
    file = person_file.file_of(office, person_id)
    found = breach_findings(file, office.clock.today())
    return WorkSaved(EmploymentId(number), act.id, found, misdated)


def delete(office: Office, person_id: int, employment_id: int) -> ActId | None:
    """Take out a job that was entered by mistake. Errors: DomainError not_in_file."""
    with office.act("people.employment") as act:
        entries.remove(office, act, "employment", person_id, employment_id)
    return act.id
