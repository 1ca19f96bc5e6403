# SPDX-License-Identifier: Apache-2.0
"""What lists and boards show: read-side values, one class a list. Holds no rule and no text.

`more` is what a row holds in further columns that somebody has put into the list, by their ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.desks import Claim
from imp_plus_desktop.domain.reads.shapes import Value
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId, MemberId, PermitId, PersonId
from imp_plus_desktop.domain.rules.findings import FactValue, VerdictCode
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationKind,
    ApplicationState,
    LimitedBy,
    Outcome,
    PermitWish,
    PersonStatus,
    Relation,
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the people list. `verdict` is of today, or of the day of receipt once filed."""

    id: PersonId
    name: str
    individual_reference: str | None
    uci: str | None
    file_number: str | None
    citizenship: str | None
    birth_date: date | str | None
    letter_date: date | None
    status: PersonStatus
    verdict: VerdictCode
    last_safe_day: date | None
    short_passport: bool
    family_name: str
    given_names: str | None
    clerk: str | None = None
    last_contact: date | None = None
    more: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    id: ApplicationId
    person_id: PersonId
    name: str
    member_id: MemberId | None
    code: ApplicationCode
    kind: ApplicationKind
    application_number: str | None
    received_at: datetime | None
    state: ApplicationState
    outcome: Outcome | None
    decided_on: date | None
    cap_year: int | None
    place: int | None
    more: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PermitRow:
    id: PermitId
    person_id: PersonId
    application_id: ApplicationId
    name: str
    code: ApplicationCode
    kind: ApplicationKind
    permit_number: str | None
    issued: date | None
    valid_from: date
    valid_until: date
    limited_by: LimitedBy
    lost_days: int
    shorter: bool = False
    """Shorter than the rules allow, and neither passport nor principal says why."""
    more: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class MemberRow:
    id: MemberId
    person_id: PersonId
    name: str
    principal_name: str
    relation: Relation
    birth_date: date | str | None
    citizenship: str | None
    accompanying: bool | None
    wish: PermitWish | None
    code: ApplicationCode | None
    state: ApplicationState | None
    valid_until: date | None
    more: Mapping[str, Value] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """`key` is unique in the list; `kind` and `reason` pick the sentence.

    `facts` tell why it falls on that day, `own_day` is the day before the office moved it,
    `moved_because` the office's reason, `acknowledged_on` when somebody saw it, `subject_id` what
    it hangs on, `member` the name of the family member whose it is, None for the principal's own.
    `closed` says why the office is closed that day, and then `business_day` when it works: the next
    day for what is the office's own (a reminder, a day that it moved to), the last before for what
    the programme asks, whose days are those of the calendar. `claim`: who has taken it on.
    """

    key: int
    day: date
    kind: str
    person_id: PersonId
    name: str
    reason: str
    days_left: int
    own_day: date
    individual_reference: str | None = None
    subject_id: int | None = None
    moved_because: str | None = None
    acknowledged_on: date | None = None
    rests: bool = False
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    member: str | None = None
    more: Mapping[str, Value] = field(default_factory=dict, hash=False)
    closed: str | None = None
    business_day: date | None = None
    claim: Claim | None = None

    @property
    def is_own(self) -> bool:
        """Whether the day is the office's own choice."""
        return self.moved_because is not None or self.reason == "reminder"


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act of the journal. `counts` holds what it did, by code (new, updated, …)."""

    id: ActId
    at: datetime
    who: str
    service: str
    source_name: str | None
    person_id: PersonId | None
    person_name: str | None
    counts: tuple[tuple[str, int], ...]
    undone_by: ActId | None
    undoes: ActId | None
    does_something: bool = True
    """Whether there is something to take back: a new passphrase, say, changes no row."""
    about: ActRow | None = None
    """Of an undo: what was done in the first place, however often it came and went since."""
    brings_back: bool = False
    """Whether an undo takes back another undo, so that what it is about stands again."""
    paper: str = ""
    form: str = ""
    """Of an act that says what left the register: which paper, and in which form."""

    @property
    def can_be_undone(self) -> bool:
        """Whether an undo is to be offered beside it."""
        return self.does_something and self.undone_by is None and self.undoes is None


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A dated fact of a file. `past` is False for what is still to come."""

    day: date
    kind: str
    detail: str | None = None
    past: bool = True


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one field, for the history of a file and for undo."""

    act: ActId
    at: datetime
    who: str
    service: str
    entity: str
    entity_id: int
    field: str
    before: object
    after: object
    source_name: str | None = None
    sheet: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class KeptValue:
    """A value that an undo left alone because somebody changed it since."""

    entity: str
    id: int
    field: str | None
    value: object
