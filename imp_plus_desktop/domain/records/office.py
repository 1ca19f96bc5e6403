# SPDX-License-Identifier: Apache-2.0
"""What an office keeps beside its files: entry rules, what it said of a deadline or a
finding, and which files must be kept."""

from datetime import date
from typing import Annotated

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.fields import (
    Kind,
    words,
)
from imp_plus_desktop.domain.records.ids import (
    DeadlineMarkId,
    EntryRuleId,
    FlagSettlementId,
    LegalHoldId,
    PersonId,
)
from imp_plus_desktop.domain.values.codes import FlagCode


@dataclass(frozen=True, slots=True)
class EntryRule:
    """What a nationality needs to enter from a day on, as the office read it in `source`.

    `requirement` is visa, eta or none.
    """

    id: EntryRuleId
    country: Annotated[str, Kind.COUNTRY]
    requirement: Annotated[str, words("requirement")]
    from_day: date
    source: str


@dataclass(frozen=True, slots=True)
class DeadlineMark:
    """What the office said of one deadline: seen, settled, or moved to another day with a reason.

    `kind`, `subject_id` (what it hangs on, None for the person) and `day` name the deadline.
    """

    id: DeadlineMarkId
    person_id: PersonId
    kind: Annotated[str, words("deadline_kind")]
    day: date
    subject_id: int | None = None
    new_day: date | None = None
    reason: str | None = None
    acknowledged_on: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class FlagSettlement:
    """That the office has looked into a flag of history and lets it stand, and why.

    `code`, `subject_id` (the application or the permit that it hangs on) and `about` (what it says
    of it) name the flag: one that comes to say something else is open again.
    """

    id: FlagSettlementId
    person_id: PersonId
    code: FlagCode
    subject_id: int
    about: str
    reason: str
    settled_on: date
    settled_by: str


@dataclass(frozen=True, slots=True)
class LegalHold:
    """That a file must not be destroyed from a day on, and why, until it is lifted."""

    id: LegalHoldId
    person_id: PersonId
    reason: str
    from_day: date
    lifted_on: date | None = None
