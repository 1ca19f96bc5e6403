# SPDX-License-Identifier: Apache-2.0
"""The other routes to a work permit: the table to read, which fit a file, and what people hold.

An application or a permit under another route never uses a place. The texts of the table are data
in both languages; this module puts them into the language in use, with the fees of the day.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.programmes import standing
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.office import EntryRule
from imp_plus_desktop.domain.rules.findings import Verdict
from imp_plus_desktop.domain.values.codes import RouteState
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.identifiers import IdentifierKind, matches, normalise
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.verdict import routes as table
from imp_plus_desktop.domain.verdict.routes import Proposal, Route, Topic, Words
from imp_plus_desktop.i18n import current_language, format_money
from imp_plus_desktop.services.office import entries, person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.storage.reads import figures, queries

_FEES = ("employer_compliance", "processing", "open_permit_holder", "eta", "visitor_visa")
ENTRY = ("visa", "eta", "none")
"""What a nationality needs to enter: a visitor visa, an eTA, or neither."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a nationality needs to enter: `visa`, `eta` or `none`, since or as of a day.

    `own` when the office recorded it; else it is IRCC's list as it was read on `day`. `note` says
    which passports are meant, "" where all are.
    """

    requirement: str
    day: date
    source: str
    own: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class RouteDetails:
    """What is recorded of somebody under another route or programme."""

    route: str
    state: RouteState
    filed_on: date | None = None
    decided_on: date | None = None
    employer: str = ""
    offer_number: str = ""
    permit_number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    invited_on: date | None = None


def route(office: Office, key: str) -> Route:
    """A route of the table, by its key or its code. Errors: DomainError unknown_route."""
    for found in library.table_of_routes(office).routes:
        if key == found.key or (found.code and key.upper() == found.code):
            return found
    raise InvalidInput("unknown_route", route=key)


def everything(office: Office) -> tuple[Route, ...]:
    """Every route, programmes among them."""
    return library.table_of_routes(office).routes


def routes(office: Office, search: str = "") -> tuple[Route, ...]:
    """The routes whose texts hold every word of a search."""
    return tuple(r for r in everything(office) if _matches(office, search, _texts_of(r)))


def topics(office: Office, search: str = "") -> tuple[Topic, ...]:
    """What goes with the routes, narrowed in the same way."""
    return tuple(t for t in office.routes.topics if _matches(office, search, (t.name, *t.text)))


def propose(office: Office, file: PersonFile, verdict: Verdict) -> tuple[Proposal, ...]:
    """The routes worth looking at when IMP+ fails, on the day of the verdict."""
    asks = standing.asks(library.programmes(office), verdict)
    return table.propose(everything(office), file, verdict.day, verdict, asks)


def said(office: Office, words: Words) -> str:
    """A text of the table in the language in use, with the fees of the day."""
    text = words.in_language(current_language())
    if "{" not in text:
        return text
    today, programme = office.clock.today(), office.programme()
    amounts = {fee: programme.fee_on(fee, today) for fee in _FEES}
    return text.format(
        **{fee: "—" if amount is None else format_money(amount) for fee, amount in amounts.items()}
    )


def name(office: Office, key: str) -> str:
    """A route's name; a route that the table no longer has is its own key."""
    found = library.table_of_routes(office).route(key)
    return key if found is None else found.name.in_language(current_language())


def held(file: PersonFile, route_id: int) -> OtherRoute | None:
    """One entry of a file."""
    return next((one for one in file.other_routes if one.id == route_id), None)


def holders(office: Office, key: str) -> tuple[int, ...]:
    """The people who have an application or a permit under a route."""
    return tuple(figures.people_on_route(office.register, key))


@judged_first
def save(office: Office, person_id: int, route_id: int | None, wanted: RouteDetails) -> Changed:
    """Record or correct an application or a permit under another route; no place is used.

    Errors: DomainError unknown_route, bad_offer_number, bad_value, in_the_future,
    person_not_found, not_in_file.
    """
    told = _checked(wanted)
    with office.act("routes.save") as act:
        values = {**told, "route": route(office, wanted.route).key}
        file = person_file.file_of(office, person_id)
        kept = entries.merged(act, "other_route", file, route_id, values)
        misdated = row_days.check(office, "other_route", kept, file)
        _number, changed = entries.write(office, act, "other_route", person_id, route_id, values)
    return Changed(act.id, changed, misdated=misdated)


def delete(office: Office, person_id: int, route_id: int) -> Changed:
    """Take an entry out of a file. Errors: DomainError not_in_file."""
    with office.act("routes.delete") as act:
        entries.remove(office, act, "other_route", person_id, route_id)
    return Changed(act.id, ("other_route",))


def entry_rules(office: Office) -> tuple[EntryRule, ...]:
    """What the office has recorded of entry by nationality, the latest of each last."""
    return tuple(queries.everything(office.register, "entry_rule", EntryRule, "from_day, id"))


def entry_for(office: Office, country: str) -> Entry | None:
    """What a nationality needs today: as the office recorded it, else by IRCC's list.

    None for Canadians, who need nothing of this kind.
    """
    today = office.clock.today()
    known = [r for r in entry_rules(office) if r.country == country and r.from_day <= today]
    if known:
        rule = known[-1]
        return Entry(rule.requirement, rule.from_day, rule.source, own=True)
    shipped = office.routes.entry
    requirement = shipped.requirement(country)
    if requirement is None:
        return None
    words = shipped.notes.get(country)
    note = "" if words is None else words.in_language(current_language())
    return Entry(requirement, shipped.read_on, shipped.source, own=False, note=note)


def set_entry(
    office: Office, country: str, requirement: str, from_day: date, source: str
) -> Changed:
    """Record what a nationality needs to enter from a day on, and where that was read.

    Errors: DomainError reason_missing, bad_value; StorageError changed_meanwhile.
    """
    if not source.strip():
        raise InvalidInput("reason_missing")
    if requirement not in ENTRY:
        raise InvalidInput("bad_value", field="requirement", issue="unknown_status")
    # Canadians need nothing of this kind, and of nobody's country nothing can be said.
    is_asked = office.routes.entry.requirement(country) is not None
    if office.vocabulary.country(country) != country or not is_asked:
        raise InvalidInput("bad_value", field="country", issue="unknown_country")
    rule = {"requirement": requirement, "from_day": from_day, "source": source.strip()}
    with office.act("routes.entry") as act:
        act.add_figure("entry_rule", {"country": country}, rule, "requirement")
    return Changed(act.id, ("country", *rule))


def _checked(wanted: RouteDetails) -> dict[str, object]:
    offer = normalise(wanted.offer_number)
    if offer and not matches(IdentifierKind.OFFER, offer):
        raise InvalidInput("bad_offer_number")
    return {
        "state": wanted.state,
        "filed_on": wanted.filed_on,
        "decided_on": wanted.decided_on,
        "employer": " ".join(wanted.employer.split()) or None,
        "offer_number": offer or None,
        "permit_number": normalise(wanted.permit_number) or None,
        "valid_from": wanted.valid_from,
        "valid_until": wanted.valid_until,
        "invited_on": wanted.invited_on,
    }


def _texts_of(found: Route) -> tuple[Words, ...]:
    more = (found.lasts,) if found.lasts is not None else ()
    return (found.name, found.who, *more, *found.needs, Words(found.code, found.code))


def _matches(office: Office, search: str, texts: tuple[Words, ...]) -> bool:
    words = fold(search).split()
    line = fold(" ".join(said(office, text) for text in texts)) if words else ""
    return all(word in line for word in words)
