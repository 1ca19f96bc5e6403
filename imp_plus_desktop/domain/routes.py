# SPDX-License-Identifier: Apache-2.0
"""The other routes to a work permit, as a table to read, and which of them fit a file.

No engine: a route names a few conditions on what the register holds. One that is not known does
not rule a route out. The texts are data in both languages and come with the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from imp_plus_desktop.domain.codes import CanadaStatus, DocumentType, PrState
from imp_plus_desktop.domain.csq import pr_filed, pr_state
from imp_plus_desktop.domain.documents import Held, held
from imp_plus_desktop.domain.findings import Verdict, VerdictCode
from imp_plus_desktop.domain.need import applies_for_nothing
from imp_plus_desktop.domain.residence import QUEBEC, residence_on
from imp_plus_desktop.domain.values import PersonFile

_YOUNGEST, _OLDEST = 18, 35
"""Ages of International Experience Canada, source IEC; each country has its own limit."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the table in both languages."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Route:
    """One route. `permit` is open, employer or either; `general` ones fit whoever has an offer."""

    key: str
    code: str
    permit: str
    name: Words
    who: Words
    lasts: Words | None
    needs: tuple[Words, ...]
    conditions: tuple[str, ...]
    source: str
    general: bool = False
    from_day: date | None = None
    until_day: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether the route exists on a day; without dates it always does."""
        return (self.from_day or date.min) <= day <= (self.until_day or date.max)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to know that goes with the routes."""

    key: str
    name: Words
    text: tuple[Words, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RouteTable:
    """Everything that the page of the other routes shows."""

    routes: tuple[Route, ...]
    topics: tuple[Topic, ...]

    def route(self, key: str) -> Route | None:
        return next((route for route in self.routes if route.key == key), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A route worth looking at, with the conditions that the file meets and those not known."""

    route: Route
    met: tuple[str, ...]
    unknown: tuple[str, ...]


def table_from(data: Mapping[str, Any]) -> RouteTable:
    """The table from the parsed `routes.toml`. Raises KeyError naming what is missing."""
    routes = tuple(_route(row) for row in data["routes"])
    for route in routes:
        for condition in route.conditions:
            CONDITIONS[condition]  # a condition that nobody knows would always fit
    topics = tuple(
        Topic(row["key"], _words(row["name"]), tuple(map(_words, row["text"])), row["source"])
        for row in data["topics"]
    )
    return RouteTable(routes, topics)


def propose(
    routes: Iterable[Route], file: PersonFile, day: date, verdict: Verdict
) -> tuple[Proposal, ...]:
    """The routes worth looking at when IMP+ fails, those that fit best first.

    Nothing while IMP+ is open or not yet decided on, nor for somebody whose PR is granted, who
    needs no permit or who has died.
    """
    granted = pr_state(file.person) in (PrState.APPROVED, PrState.LANDED)
    if verdict.code is not VerdictCode.NOT_ELIGIBLE or granted:
        return ()
    if applies_for_nothing(file.person, day):
        return ()
    found: list[Proposal] = []
    for route in routes:
        answers = {name: CONDITIONS[name](file, day) for name in route.conditions}
        fits = route.general or any(answers.values())
        if not fits or False in answers.values() or not route.open_on(day):
            continue
        met = tuple(name for name, answer in answers.items() if answer)
        unknown = tuple(name for name, answer in answers.items() if answer is None)
        found.append(Proposal(route, met, unknown))
    return tuple(
        sorted(found, key=lambda one: (one.route.general, -len(one.met), len(one.unknown)))
    )


def _lives_in_quebec(file: PersonFile, day: date) -> bool | None:
    where = residence_on(file, day)
    if where.residence is None or (where.in_canada and where.province is None):
        return None
    return where.province == QUEBEC


def _in_canada(file: PersonFile, day: date) -> bool | None:
    where = residence_on(file, day)
    return None if where.residence is None else where.in_canada


def _csq_held(file: PersonFile, day: date) -> bool | None:
    person = file.person
    known = (person.csq_category, person.csq_issue_date, person.csq_expiry_date)
    return True if any(known) else None


def _pr_acknowledged(file: PersonFile, day: date) -> bool | None:
    if pr_filed(file.person) is False:
        return False
    numbered = (file.person.pr_number or "").upper().startswith("E")
    if numbered or held(file, DocumentType.PR_PROOF, day) is Held.YES:
        return True
    return None


def _pr_not_decided(file: PersonFile, day: date) -> bool | None:
    state = pr_state(file.person)
    return (
        None
        if state is None
        else state
        not in (
            PrState.APPROVED,
            PrState.REFUSED,
            PrState.LANDED,
        )
    )


def _student(file: PersonFile, day: date) -> bool | None:
    status = file.person.canada_status
    return None if status is None else status is CanadaStatus.STUDENT


def _aged_18_to_35(file: PersonFile, day: date) -> bool | None:
    born = file.person.birth_date
    if born is None:
        return None
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return _YOUNGEST <= age <= _OLDEST


CONDITIONS: Mapping[str, Callable[[PersonFile, date], bool | None]] = MappingProxyType(
    {
        "lives_in_quebec": _lives_in_quebec,
        "in_canada": _in_canada,
        "csq_held": _csq_held,
        "pr_acknowledged": _pr_acknowledged,
        "pr_not_decided": _pr_not_decided,
        "student": _student,
        "aged_18_to_35": _aged_18_to_35,
    }
)
"""What a route may ask of a file: yes, no, or None when the register does not say."""


def _route(row: Mapping[str, Any]) -> Route:
    return Route(
        key=row["key"],
        code=row["code"],
        permit=row["permit"],
        name=_words(row["name"]),
        who=_words(row["who"]),
        lasts=_words(row["lasts"]) if "lasts" in row else None,
        needs=tuple(map(_words, row["needs"])),
        conditions=tuple(row.get("conditions", ())),
        source=row["source"],
        general=row.get("general", False),
        from_day=row.get("from"),
        until_day=row.get("until"),
    )


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["fr"], row["en"])
