# SPDX-License-Identifier: Apache-2.0
"""What an office keeps beside its files: entry rules, and what it said of a deadline."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from imp_plus_desktop.domain.records.fields import (
    Kind,
    words,
)
from imp_plus_desktop.domain.records.ids import DeadlineMarkId, EntryRuleId, PersonId


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
    kind: str
    day: date
    subject_id: int | None = None
    new_day: date | None = None
    reason: str | None = None
    acknowledged_on: date | None = None
    settled_on: date | None = None
