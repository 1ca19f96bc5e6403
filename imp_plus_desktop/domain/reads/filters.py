# SPDX-License-Identifier: Apache-2.0
"""What a list can be narrowed to: one frozen class a list, all fields optional.

`columns` are filters on any column of the list, besides those that it has of its own.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.rules.findings import VerdictCode
from imp_plus_desktop.domain.values.codes import (
    ApplicationCode,
    ApplicationState,
    PersonStatus,
    Relation,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose files are counted, by the name of who answers for them, and of which year their letter
    is; None for all."""

    clerk: str | None = None
    letter_year: int | None = None


EVERYBODY = Scope()


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    text: str = ""
    letter_year: int | None = None
    status: PersonStatus | None = None
    verdict: VerdictCode | None = None
    ids: tuple[int, ...] | None = None
    clerk: str | None = None
    """Whose files, by the name of who answers for them; "" keeps the files of nobody."""
    flagged: bool = False
    """Only files with a flag of history to settle."""
    claimed: str | None = None
    """Of these only what whoever asks has taken on (`MINE`), or nobody has (`NOBODYS`)."""
    waits: str | None = None
    """Only files in which this waits, a code of `deadlines/waiting.py`."""
    columns: tuple[ColumnFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Acts of the journal: `text` finds whose files they touched, and the lists they read; `since`
    and `until` are days in Toronto, both included; without `looks` those are left out that say
    only that a file was opened."""

    text: str = ""
    who: str | None = None
    service: str | None = None
    since: date | None = None
    until: date | None = None
    looks: bool = True


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """`family` True keeps the family's applications, False the principals'; `ids` only these;
    `flagged` those with a flag of history to settle, of these `claimed` what whoever asks has
    taken on (`MINE`), or nobody has (`NOBODYS`)."""

    text: str = ""
    year: int | None = None
    state: ApplicationState | None = None
    code: ApplicationCode | None = None
    family: bool | None = None
    clerk: str | None = None
    ids: tuple[int, ...] | None = None
    flagged: bool = False
    claimed: str | None = None
    columns: tuple[ColumnFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class PermitFilter:
    """`until_by` keeps permits whose last day is from `until_from` up to that day."""

    text: str = ""
    year: int | None = None
    until_from: date | None = None
    until_by: date | None = None
    clerk: str | None = None
    ids: tuple[int, ...] | None = None
    columns: tuple[ColumnFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineFilter:
    """`until_day` keeps what falls due up to that day; `seen` False what nobody has seen yet.

    `rests` True keeps only what rests, None that too; `ids` only these lines; `claimed` what
    whoever asks has taken on (`MINE`), or nobody has (`NOBODYS`).
    """

    text: str = ""
    kind: str | None = None
    from_day: date | None = None
    until_day: date | None = None
    seen: bool | None = None
    clerk: str | None = None
    rests: bool | None = False
    ids: tuple[int, ...] | None = None
    columns: tuple[ColumnFilter, ...] = ()
    claimed: str | None = None


@dataclass(frozen=True, slots=True)
class MemberFilter:
    text: str = ""
    relation: Relation | None = None
    clerk: str | None = None
    ids: tuple[int, ...] | None = None
    columns: tuple[ColumnFilter, ...] = ()
