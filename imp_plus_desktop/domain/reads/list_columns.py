# SPDX-License-Identifier: Apache-2.0
"""Which columns each list may show, be sorted by and be filtered by.

    columns(ListKind.PEOPLE) -> every column of that list, by its id
    `person.citizenship`      the id of a field: the kind of row that has it, and its name
    `standing.verdict`        what is derived, and no field of any record

Fields come from the catalogue, so that a new one is a column of every list that it makes sense in.
Knows neither how a list is read nor what a column is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import FIELDS, PARTLY
from imp_plus_desktop.domain.records.fields import Field, Kind


class ListKind(StrEnum):
    """A list whose columns one chooses."""

    PEOPLE = "people"
    APPLICATIONS = "applications"
    PERMITS = "permits"
    FAMILY = "family"
    DEADLINES = "deadlines"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: `entity` is the kind of row that it is read from, seen from a row of the list.

    `field` is the catalogue's, None for what is derived; `words` names the words of its codes.
    """

    id: str
    entity: str
    name: str
    kind: Kind
    words: str = ""
    field: Field | None = None

    @property
    def is_range(self) -> bool:
        """Whether it has an order in which one asks from where to where: days and numbers."""
        return self.kind in (Kind.DAY, Kind.INSTANT, Kind.NUMBER, Kind.MONEY)

    @property
    def is_coded(self) -> bool:
        """Whether its values are words of the program and not what somebody wrote."""
        return bool(self.words) or self.kind in (Kind.COUNTRY, Kind.PLACE, Kind.FLAG)


def _derived(entity: str, name: str, kind: Kind, words: str = "") -> ListColumn:
    return ListColumn(f"{entity}.{name}", entity, name, kind, words)


_OF_STANDING = (
    _derived("standing", "status", Kind.CODE, "person_status"),
    _derived("standing", "verdict", Kind.CODE, "verdict_code"),
    _derived("standing", "last_safe_day", Kind.DAY),
    _derived("standing", "short_passport", Kind.FLAG, "yes_no"),
)
_LAST_CONTACT = _derived("contact", "on_day", Kind.DAY)
_OF_LINES = (
    _derived("line", "kind", Kind.CODE, "deadline_kind"),
    _derived("line", "day", Kind.DAY),
    _derived("line", "own_day", Kind.DAY),
    _derived("line", "moved_because", Kind.TEXT),
    _derived("line", "acknowledged_on", Kind.DAY),
)

ENTITIES: Mapping[ListKind, tuple[str, ...]] = {
    ListKind.PEOPLE: ("person", "letter", "residence", "passport", "application", "permit"),
    ListKind.APPLICATIONS: ("application", "permit", "person"),
    ListKind.PERMITS: ("permit", "application", "person"),
    ListKind.FAMILY: ("member", "application", "permit", "person"),
    ListKind.DEADLINES: ("person", "letter", "passport", "permit"),
}
"""The kinds of rows whose fields a list may show, its own first. Of several rows that hang on one
of the list it is the one that counts: `storage/reads/shaping/sources.py` says which."""
_DERIVED: Mapping[ListKind, tuple[ListColumn, ...]] = {
    ListKind.PEOPLE: (*_OF_STANDING, _LAST_CONTACT),
    ListKind.APPLICATIONS: _OF_STANDING,
    ListKind.PERMITS: _OF_STANDING,
    ListKind.FAMILY: _OF_STANDING,
    ListKind.DEADLINES: (*_OF_LINES, *_OF_STANDING),
}


_TOLD_OTHERWISE = frozenset({("permit", "limited_by"), ("permit", "lost_days")})
"""Whether a passport has cut a permit, its expiries tell with what is kept: not the field alone."""


@cache
def columns(kind: ListKind) -> Mapping[str, ListColumn]:
    """Every column of a list by its id: the list's own rows first, then what hangs on them."""
    some = [*_of_fields(kind), *_DERIVED[kind]]
    return {column.id: column for column in some}


def _of_fields(kind: ListKind) -> Iterator[ListColumn]:
    for entity in ENTITIES[kind]:
        for field in FIELDS[entity]:
            # A link is an id, which says nothing; of a day that is known in part its day tells.
            named = (entity, field.name)
            if (
                field.kind is not Kind.LINK
                and field.name not in PARTLY.values()
                and named not in _TOLD_OTHERWISE
            ):
                yield ListColumn(
                    f"{entity}.{field.name}",
                    entity,
                    field.name,
                    field.kind,
                    field.words,
                    field,
                )
