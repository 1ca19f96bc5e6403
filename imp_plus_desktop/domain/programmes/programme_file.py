# SPDX-License-Identifier: Apache-2.0
"""A programme as its file says it: conditions, papers, fees, places, days, family, lists.

Every row has its source and the day on which that was read. Must not read a file (`loading.py`)
nor judge anybody (`standing.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.verdict.routes import Route, Words


@dataclass(frozen=True, slots=True)
class Read:
    """Where a row was read, by a tag or a text of its own, and when."""

    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Condition:
    """A named check with its parameters. What does not `bind` is shown and stops nothing."""

    check: str
    values: Mapping[str, object]
    read: Read
    binds: bool = True


@dataclass(frozen=True, slots=True)
class PermitGiven:
    """What the programme gives: an open, employer-specific or either kind of permit, for so many
    months at most, None where the file does not say."""

    kind: str
    code: str
    months: int | None
    read: Read


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """A paper of the checklist."""

    type: DocumentType
    read: Read


@dataclass(frozen=True, slots=True)
class FeeAsked:
    """A fee by its name in the office's table, or with an amount of its own since a day. Unit of
    `cents`: cents of a Canadian dollar. `payer`: person or employer."""

    fee: str
    payer: str
    read: Read
    name: Words | None = None
    cents: int | None = None
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceLimit:
    """How many places there are from a day on; `year` None: of the whole programme, or of every
    year from then on."""

    limit: int
    from_day: date
    read: Read
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """How places count: what takes one (`counts`: filed, approved), what gives it back, and over
    what a limit runs (`period`: year, programme)."""

    counts: str
    period: str
    given_back: frozenset[str]
    limits: tuple[PlaceLimit, ...]
    read: Read

    def limit_on(self, day: date) -> PlaceLimit | None:
        """The limit in force on a day: of its year, else the last one without a year."""
        known = [one for one in self.limits if one.from_day <= day and one.year in (None, day.year)]
        return max(known, key=lambda one: (one.year is not None, one.from_day), default=None)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Days to file, counted from the day of the invitation."""

    days: int
    read: Read


@dataclass(frozen=True, slots=True)
class Extension:
    """Whether a permit may be extended, for how many months, and how."""

    months: int | None
    text: Words | None
    read: Read


@dataclass(frozen=True, slots=True)
class FamilyCode:
    """What becomes of a spouse or a child, and the code of their permit."""

    who: str
    code: str
    text: Words | None
    read: Read


@dataclass(frozen=True, slots=True)
class ListRead:
    """How the programme's lists are read: headers that stand for a field of the import, headers
    that only its lists have, and the words of a column of routes that mean it."""

    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """One programme. Days are calendar days of Toronto, the last one included."""

    key: str
    version: str
    name: Words
    who: Words
    read: Read
    from_day: date | None
    until_day: date | None
    permit: PermitGiven
    conditions: tuple[Condition, ...]
    lasts: Words | None = None
    needs: tuple[Words, ...] = ()
    papers: tuple[PaperAsked, ...] = ()
    fees: tuple[FeeAsked, ...] = ()
    places: Places | None = None
    invitation: Invitation | None = None
    extension: Extension | None = None
    family: tuple[FamilyCode, ...] = ()
    listed: ListRead = ListRead()
    is_main: bool = False
    """The programme that the register itself is for: its figures, places and applications are
    kept apart (`programme.toml`)."""

    def open_on(self, day: date) -> bool:
        """Whether one may file on a day; without dates one always may."""
        return (self.from_day or date.min) <= day <= (self.until_day or date.max)

    def as_route(self) -> Route:
        """The programme among the other routes, for whom the main one fails."""
        return Route(
            key=self.key,
            code=self.permit.code,
            permit=self.permit.kind,
            name=self.name,
            who=self.who,
            lasts=self.lasts,
            needs=self.needs,
            conditions=(),
            source=self.read.source,
            from_day=self.from_day,
            until_day=self.until_day,
            asked=tuple((one.check, one.values) for one in self.conditions if one.binds),
        )
