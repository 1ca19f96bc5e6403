# SPDX-License-Identifier: Apache-2.0
"""The other routes to a work permit, as a table to read, and which of them fit a file.

No engine: a route names a few conditions on what the register holds. One that is not known does
not rule a route out. The texts are data in both languages and come with the table; so does IRCC's
list of what a nationality needs to enter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.letters.csq import pr_filed, pr_state
from imp_plus_desktop.domain.people.need import applies_for_nothing, citizenships
from imp_plus_desktop.domain.permits.pr_track import is_acknowledged
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.residence.residence import QUEBEC, Whereabouts, residence_on
from imp_plus_desktop.domain.rules.findings import Verdict, VerdictCode
from imp_plus_desktop.domain.values.codes import (
    NO_TERRITORY,
    CanadaStatus,
    DocumentType,
    PrState,
    RouteState,
)
from imp_plus_desktop.domain.values.unseen.hidden import is_hidden

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
    """One route. `permit` is open, employer or either; `general` ones fit whoever has an offer;
    `countries` are the parties to an agreement, by alpha-3 code."""

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
    countries: frozenset[str] = frozenset()
    asked: tuple[tuple[str, Mapping[str, object]], ...] = ()
    """Checks with parameters, of a programme that has a file (`domain/programmes/`)."""

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
class EntryList:
    """IRCC's list of visa-exempt nationalities, as it was read on a day (source ETA).

    `eta` need an eTA to arrive by air, `neither` need nothing; whoever is not listed needs a
    visa. `notes` are by alpha-3 code: which passports of a country the list means.
    """

    read_on: date
    page_of: date
    source: str
    eta: frozenset[str]
    neither: frozenset[str]
    notes: Mapping[str, Words]

    def requirement(self, country: str) -> str | None:
        """What a nationality needs: visa, eta or none.

        None for Canada, whose citizens enter, and for what is no country, of which the list does
        not say it.
        """
        if country == CANADIAN or country in NO_TERRITORY:
            return None
        if country in self.neither:
            return "none"
        return "eta" if country in self.eta else "visa"


CANADIAN = "CAN"


@dataclass(frozen=True, slots=True)
class RouteTable:
    """Everything that the page of the other routes shows."""

    routes: tuple[Route, ...]
    topics: tuple[Topic, ...]
    entry: EntryList

    def route(self, key: str) -> Route | None:
        return next((route for route in self.routes if route.key == key), None)

    def beside(self, others: Iterable[Route]) -> RouteTable:
        """The table with other routes before those that are general, each key once: theirs."""
        added = {route.key: route for route in others}
        own = [added.pop(route.key, route) for route in self.routes]
        at = next((n for n, route in enumerate(own) if route.general), len(own))
        return replace(self, routes=(*own[:at], *added.values(), *own[at:]))


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
    return RouteTable(routes, topics, _entry(data["entry"]))


Asks = Callable[["Case"], Iterable[tuple[str, bool | None]]]
"""What a file says to the checks that a programme's file asks for, by their names."""


def propose(
    routes: Iterable[Route],
    file: PersonFile,
    day: date,
    verdict: Verdict,
    asks: Asks = lambda _case: (),
) -> tuple[Proposal, ...]:
    """The routes worth looking at when IMP+ fails, those that fit best first.

    `asks` answers what programmes ask by their files. Nothing while IMP+ is open or not yet
    decided on, nor for somebody whose PR is granted, who needs no permit or who has died.
    """
    granted = pr_state(file.person) in (PrState.APPROVED, PrState.LANDED)
    if verdict.code is not VerdictCode.NOT_ELIGIBLE or granted:
        return ()
    if applies_for_nothing(file.person, day):
        return ()
    found: list[Proposal] = []
    known = tuple(routes)
    permits = {route.key: route.permit for route in known}
    for route in known:
        case = Case(file, day, route, permits)
        answers = {name: CONDITIONS[name](case) for name in route.conditions}
        for name, answer in asks(case) if route.asked else ():
            # A check may be asked twice, with other parameters: the worse answer counts.
            earlier = answers.get(name, True)
            answers[name] = False if False in (earlier, answer) else earlier and answer
        fits = route.general or any(answers.values())
        if not fits or False in answers.values() or not route.open_on(day):
            continue
        met = tuple(name for name, answer in answers.items() if answer)
        unknown = tuple(name for name, answer in answers.items() if answer is None)
        found.append(Proposal(route, met, unknown))
    return tuple(
        sorted(found, key=lambda one: (one.route.general, -len(one.met), len(one.unknown)))
    )


@dataclass(frozen=True, slots=True)
class Case:
    """What a condition looks at: a file on a day, for a route; `permits` are kinds by route."""

    file: PersonFile
    day: date
    route: Route
    permits: Mapping[str, str]


def whereabouts(case: Case) -> tuple[Whereabouts, date | None]:
    """Where the person lives by the stays on record, and the day since which an arrival or a
    permit that runs shows them in Canada, None where a stay has begun since."""
    where = residence_on(case.file, case.day)
    days = [
        p.valid_from for p in case.file.own_permits if p.valid_from <= case.day <= p.valid_until
    ]
    days += [r.valid_from for r in _running(case) if r.valid_from is not None]
    arrived = case.file.person.arrived_on
    if arrived is not None and arrived <= case.day:
        days.append(arrived)
    came = max(days, default=None)
    begun = where.residence.from_day if where.residence is not None else None
    if came is not None and begun is not None and begun >= came:
        return where, None
    return where, came


def _running(case: Case) -> list[OtherRoute]:
    """The permits under other routes that run on the day."""
    return [
        route
        for route in case.file.other_routes
        if route.state is RouteState.APPROVED
        and (route.valid_from or date.min) <= case.day
        and route.valid_until is not None
        and case.day <= route.valid_until
    ]


def _lives_in_quebec(case: Case) -> bool | None:
    where, came = whereabouts(case)
    if where.province == QUEBEC:
        return True
    if came is not None:
        return None  # the stays on record are older than the permit or the arrival
    if where.residence is None or (where.in_canada and where.province is None):
        return None
    return False


def _in_canada(case: Case) -> bool | None:
    where, came = whereabouts(case)
    if where.in_canada or came is not None:
        return True
    return None if where.residence is None else False


def _csq_held(case: Case) -> bool | None:
    person = case.file.person
    known = (person.csq_category, person.csq_issue_date, person.csq_expiry_date)
    return True if any(known) else None


def _waits_for_csq(case: Case) -> bool | None:
    """The policy of 2026 is for people who wait for a CSQ (source TPP26)."""
    return False if _csq_held(case) else None


def _employer_permit_ends(case: Case) -> bool | None:
    """An employer-specific permit that ends while the policy lasts; an open one is outside it."""
    first, last = case.route.from_day or date.min, case.route.until_day or date.max
    for held_one in case.file.other_routes:
        tied = case.permits.get(held_one.route) == "employer" or held_one.employer is not None
        until = held_one.valid_until
        if tied and until is not None and first <= until <= last:
            return True
    is_open = any(case.permits.get(r.route) == "open" for r in _running(case))
    own = any(p.valid_from <= case.day <= p.valid_until for p in case.file.own_permits)
    return False if is_open or own else None


def _pr_acknowledged(case: Case) -> bool | None:
    if pr_filed(case.file.person) is False:
        return False
    told = is_acknowledged(case.file.person)
    if told or held(case.file, DocumentType.PR_PROOF, case.day) is Presence.YES:
        return True
    return None


def _pr_not_decided(case: Case) -> bool | None:
    state = pr_state(case.file.person)
    if state is None:
        return None
    return state not in (PrState.APPROVED, PrState.REFUSED, PrState.LANDED)


def _student(case: Case) -> bool | None:
    status = case.file.person.canada_status
    return None if status is None else status is CanadaStatus.STUDENT


def _aged_18_to_35(case: Case) -> bool | None:
    born, day = case.file.person.birth_date, case.day
    if born is None or is_hidden(born):
        return None
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return _YOUNGEST <= age <= _OLDEST


def _citizen_of_party(case: Case) -> bool | None:
    held = citizenships(case.file.person)
    if not case.route.countries.isdisjoint(held):
        return True
    # What a passport has in place of a country says nothing of an agreement with it.
    return None if not held or not NO_TERRITORY.isdisjoint(held) else False


CONDITIONS: Mapping[str, Callable[[Case], bool | None]] = MappingProxyType(
    {
        "lives_in_quebec": _lives_in_quebec,
        "in_canada": _in_canada,
        "csq_held": _csq_held,
        "pr_acknowledged": _pr_acknowledged,
        "pr_not_decided": _pr_not_decided,
        "student": _student,
        "aged_18_to_35": _aged_18_to_35,
        "citizen_of_party": _citizen_of_party,
        "waits_for_csq": _waits_for_csq,
        "employer_permit_ends": _employer_permit_ends,
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
        countries=frozenset(row.get("countries", ())),
    )


def _entry(row: Mapping[str, Any]) -> EntryList:
    return EntryList(
        row["read_on"],
        row["page_of"],
        row["source"],
        frozenset(row["eta"]),
        frozenset(row["neither"]),
        MappingProxyType({country: _words(words) for country, words in row["notes"].items()}),
    )


def _words(row: Mapping[str, str]) -> Words:
    return Words(row["fr"], row["en"])
