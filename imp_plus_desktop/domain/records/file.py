# SPDX-License-Identifier: Apache-2.0
"""A whole file: the person and all that hangs on them."""

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import (
    Application,
    FormerNumber,
    OtherRoute,
    Payment,
    Permit,
    PortalLine,
    Request,
)
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.office import DeadlineMark, FlagSettlement, LegalHold
from imp_plus_desktop.domain.records.papers import (
    Contact,
    Document,
    Employment,
    Letter,
    Note,
    Passport,
    Residence,
)
from imp_plus_desktop.domain.records.person import FormerName, Person


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything the register holds about one person: the facts that rules look at.

    Tuples are in order of date (letters, applications, permits) or of entry.
    """

    person: Person
    letters: tuple[Letter, ...] = ()
    residences: tuple[Residence, ...] = ()
    passports: tuple[Passport, ...] = ()
    applications: tuple[Application, ...] = ()
    permits: tuple[Permit, ...] = ()
    members: tuple[Member, ...] = ()
    documents: tuple[Document, ...] = ()
    notes: tuple[Note, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    former_numbers: tuple[FormerNumber, ...] = ()
    contacts: tuple[Contact, ...] = ()
    employments: tuple[Employment, ...] = ()
    requests: tuple[Request, ...] = ()
    portal_lines: tuple[PortalLine, ...] = ()
    payments: tuple[Payment, ...] = ()
    other_routes: tuple[OtherRoute, ...] = ()
    marks: tuple[DeadlineMark, ...] = ()
    settlements: tuple[FlagSettlement, ...] = ()
    holds: tuple[LegalHold, ...] = ()

    @property
    def own_applications(self) -> tuple[Application, ...]:
        """The principal's applications, without the family's."""
        return tuple(a for a in self.applications if a.member_id is None)

    def permits_of(self, application_id: ApplicationId) -> tuple[Permit, ...]:
        return tuple(p for p in self.permits if p.application_id == application_id)

    def numbers_before(self, application_id: ApplicationId) -> tuple[str, ...]:
        """The numbers that an application had before."""
        return tuple(f.number for f in self.former_numbers if f.application_id == application_id)

    @property
    def own_permits(self) -> tuple[Permit, ...]:
        if not self.permits:
            return ()
        own = {a.id for a in self.own_applications}
        return tuple(p for p in self.permits if p.application_id in own)
