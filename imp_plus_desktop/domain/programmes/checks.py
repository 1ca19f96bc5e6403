# SPDX-License-Identifier: Apache-2.0
"""The named checks that a programme's file may ask of somebody, each with its parameters.

    CHECKS[name].run(case) -> True, False, or None while the register does not say

A check is code and says one thing; a programme says which apply, with which values. Must not know
a programme: what is one programme's alone is in its file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence, held
from imp_plus_desktop.domain.letters.csq import pr_state
from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.people.need import citizenships
from imp_plus_desktop.domain.permits.permits import passport_expiry
from imp_plus_desktop.domain.programmes import parameters as of
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.residence.inland import status_on
from imp_plus_desktop.domain.residence.residence import QUEBEC
from imp_plus_desktop.domain.rules.findings import RuleOutcome
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import NO_TERRITORY, CanadaStatus, PrState
from imp_plus_desktop.domain.values.unseen.hidden import is_hidden
from imp_plus_desktop.domain.verdict import routes


@dataclass(frozen=True, slots=True)
class Case:
    """What a check looks at: a file on a day, what it has recorded under the programme (`own`),
    the days to file after an invitation, kinds of permit by route, and what the main programme's
    rules say, where a condition asks for one."""

    file: PersonFile
    day: date
    values: Mapping[str, Any]
    own: OtherRoute | None = None
    invitation_days: int | None = None
    permits: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, RuleOutcome] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldPermit:
    """A permit of the person's own: its kind, `open`, `employer` or "" where it is not known."""

    kind: str
    from_day: date
    until_day: date


def permits_of(file: PersonFile, kinds: Mapping[str, str]) -> Iterator[HeldPermit]:
    """Every permit of the person's own that has days, under any programme or route."""
    for permit in file.own_permits:
        yield HeldPermit("open", permit.valid_from, permit.valid_until)
    for one in file.other_routes:
        if one.valid_until is None:
            continue
        kind = kinds.get(one.route, "")
        if kind not in ("open", "employer"):
            kind = "employer" if one.employer is not None else ""
        yield HeldPermit(kind, one.valid_from or date.min, one.valid_until)


def _of_kind(permit: HeldPermit, wanted: str) -> bool:
    return wanted == "any" or permit.kind == wanted


def _plain(name: str) -> Callable[[Case], bool | None]:
    """A condition of the other routes that has no parameters."""
    check = routes.CONDITIONS[name]

    def asked(case: Case) -> bool | None:
        return check(routes.Case(case.file, case.day, _NO_ROUTE, case.permits))

    return asked


_NO_WORDS = routes.Words("", "")
_NO_ROUTE = routes.Route("", "", "", _NO_WORDS, _NO_WORDS, None, (), (), "")


def _csq_held(case: Case) -> bool | None:
    person, wanted = case.file.person, case.values.get("categories")
    if wanted is None or person.csq_category is None:
        known = (person.csq_category, person.csq_issue_date, person.csq_expiry_date)
        return True if any(known) and wanted is None else None
    return person.csq_category in wanted


def _waits_for_csq(case: Case) -> bool | None:
    person = case.file.person
    if any((person.csq_category, person.csq_issue_date, person.csq_expiry_date)):
        return False
    return True if case.own is not None and case.own.invited_on is not None else None


_QC = routes.CONDITIONS["lives_in_quebec"]
_HERE = routes.CONDITIONS["in_canada"]


def _lives_in(case: Case) -> bool | None:
    """In one of some places: provinces, `canada`, `outside_quebec` (in Canada), `abroad`."""
    asked = routes.Case(case.file, case.day, _NO_ROUTE, case.permits)
    where, came = routes.whereabouts(asked)
    here = _HERE(asked)
    answers: list[bool | None] = []
    for place in case.values["places"]:
        if place == "canada":
            answers.append(here)
        elif place == "abroad":
            answers.append(None if here is None else not here)
        elif place == "outside_quebec":
            in_quebec = _QC(asked)
            answers.append(False if here is False else None if None in (here, in_quebec)
                           else not in_quebec)  # fmt: skip
        elif place == QUEBEC:
            answers.append(_QC(asked))
        elif where.province is None or came is not None:
            answers.append(False if here is False else None)
        else:
            answers.append(where.province == place)
    if True in answers:
        return True
    return None if None in answers else False


def _permit_ends(case: Case) -> bool | None:
    """A permit of a kind whose last day is within some days, or one that ended before and whose
    status is maintained since."""
    wanted = case.values.get("permit", "any")
    first = case.values.get("from") or date.min
    last = case.values.get("until") or date.max
    known = list(permits_of(case.file, case.permits))
    if any(_of_kind(one, wanted) and first <= one.until_day <= last for one in known):
        return True
    maintained = status_on(case.file, case.day).kept
    if maintained and case.values.get("maintained"):
        earlier = [one for one in known if one.until_day < first]
        if any(_of_kind(one, wanted) for one in earlier):
            return True
        return None
    running = [one for one in known if one.from_day <= case.day <= one.until_day]
    return False if any(one.kind for one in running) else None


def _permit_runs(case: Case) -> bool | None:
    wanted = case.values.get("permit", "any")
    known = list(permits_of(case.file, case.permits))
    running = [one for one in known if one.from_day <= case.day <= one.until_day]
    if any(_of_kind(one, wanted) for one in running):
        return True
    return False if known and all(one.kind for one in running) else None


def _status_is(case: Case) -> bool | None:
    status = status_on(case.file, case.day).status
    return None if status is None else status in case.values["statuses"]


def _pr_state_is(case: Case) -> bool | None:
    state = pr_state(case.file.person)
    return None if state is None else state in case.values["states"]


def _aged(case: Case) -> bool | None:
    born, day = case.file.person.birth_date, case.day
    if born is None or is_hidden(born):
        return None
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return bool(case.values.get("from_age", 0) <= age <= case.values.get("to_age", 200))


def _citizen_of(case: Case) -> bool | None:
    known = citizenships(case.file.person)
    if not set(case.values["countries"]).isdisjoint(known):
        return True
    return None if not known or not NO_TERRITORY.isdisjoint(known) else False


def _offer_recorded(case: Case) -> bool | None:
    own = case.own
    return True if own is not None and (own.offer_number or own.employer) else None


def invited_until(case: Case) -> date | None:
    """The last day to file after the invitation, None without one or without such days."""
    if case.own is None or case.own.invited_on is None or case.invitation_days is None:
        return None
    return case.own.invited_on + timedelta(days=case.invitation_days)


def _invited(case: Case) -> bool | None:
    """Invited within some days, and the days to file not gone by when it was filed."""
    if case.own is None or case.own.invited_on is None:
        return None
    first = case.values.get("from") or date.min
    last = case.values.get("until") or date.max
    until = invited_until(case)
    in_time = until is None or (case.own.filed_on or case.day) <= until
    return first <= case.own.invited_on <= last and in_time


def _letter_dated(case: Case) -> bool | None:
    letter = current_letter(case.file)
    if letter is None:
        return None
    first = case.values.get("from") or date.min
    return bool(first <= letter.letter_date <= (case.values.get("until") or date.max))


def _papers_held(case: Case) -> bool | None:
    known = [held(case.file, paper, case.day) for paper in case.values["papers"]]
    if Presence.MISSING in known:
        return False
    return None if Presence.NOT_RECORDED in known else True


def _passport_valid(case: Case) -> bool | None:
    expiry = passport_expiry(case.file)
    return None if expiry is None else expiry >= add_months(case.day, case.values["months"])


def _rule(case: Case) -> bool | None:
    outcome = case.rules.get(case.values["rule"])
    if outcome in (RuleOutcome.PASS, RuleOutcome.NOT_APPLICABLE):
        return True
    return False if outcome is RuleOutcome.FAIL else None


@dataclass(frozen=True, slots=True)
class Check:
    """A check and the parameters that it takes, by name."""

    run: Callable[[Case], bool | None]
    parameters: Mapping[str, of.Kind] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    """Of these at least one must be given."""


WHO_MAY_APPLY = (
    *("PRG-01", "INV-01", "INV-02", "INV-03", "INV-04"),
    *("CSQ-01", "CSQ-02", "CSQ-03", "CSQ-04", "CSQ-05", "CSQ-06"),
    *("ELG-01", "ELG-02", "ELG-03", "ELG-04", "ELG-06", "ELG-07"),
)
"""The rules of the main programme's verdict that a file may ask for by their id."""

_DAYS = {"from": of.DAY, "until": of.DAY}
_STATUSES = of.codes("statuses", CanadaStatus)
_PLACES = of.Kind("places", of.listed({*of.PROVINCES, "canada", "outside_quebec", "abroad"}))

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "csq_held": Check(_csq_held, {"categories": of.CATEGORIES}),
        "waits_for_csq": Check(_waits_for_csq),
        "lives_in": Check(_lives_in, {"places": _PLACES}, frozenset({"places"})),
        "in_canada": Check(_plain("in_canada")),
        "permit_ends": Check(
            _permit_ends, {"permit": of.PERMIT, **_DAYS, "maintained": of.YES_NO},
            frozenset({"from", "until"}),
        ),
        "permit_runs": Check(_permit_runs, {"permit": of.PERMIT}),
        "status_is": Check(_status_is, {"statuses": _STATUSES}, frozenset({"statuses"})),
        "pr_state_is": Check(
            _pr_state_is, {"states": of.codes("states", PrState)}, frozenset({"states"})
        ),
        "pr_not_decided": Check(_plain("pr_not_decided")),
        "pr_acknowledged": Check(_plain("pr_acknowledged")),
        "student": Check(_plain("student")),
        "aged": Check(
            _aged, {"from_age": of.COUNT, "to_age": of.COUNT},
            any_of=frozenset({"from_age", "to_age"}),
        ),
        "citizen_of": Check(_citizen_of, {"countries": of.COUNTRIES}, frozenset({"countries"})),
        "offer_recorded": Check(_offer_recorded),
        "invited": Check(_invited, _DAYS),
        "letter_dated": Check(_letter_dated, _DAYS),
        "papers_held": Check(_papers_held, {"papers": of.PAPERS}, frozenset({"papers"})),
        "passport_valid": Check(_passport_valid, {"months": of.COUNT}, frozenset({"months"})),
        "rule": Check(_rule, {"rule": of.one_of("rule", WHO_MAY_APPLY)}, frozenset({"rule"})),
    }
)  # fmt: skip
"""Everything that a condition may name. docs/programmes.md tells each."""


def answer(name: str, case: Case) -> bool | None:
    """What somebody's file says to a check."""
    return CHECKS[name].run(case)
