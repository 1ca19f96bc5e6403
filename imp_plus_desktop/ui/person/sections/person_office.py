# SPDX-License-Identifier: Apache-2.0
"""The office's own part of a person's page: contacts, correspondence, routes.

    sections(office, file) -> tuple[Section, ...]       keys: contacts, office, routes
    former_names(file) -> str                           "formerly …", empty without one
    proposals(office, file, verdict) -> tuple[RouteLine, ...]

What can be done is in the tables of `ui/person/actions`. Must not hold a widget, nor
judge anything.
"""

from collections.abc import Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.person import FormerName, Person
from imp_plus_desktop.domain.rules.findings import Verdict
from imp_plus_desktop.i18n import _, format_day_short
from imp_plus_desktop.services.applications import routes
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.privacy import desk, retention
from imp_plus_desktop.ui.person.actions.file_table import CLERK, CONTACT, EDIT, ROUTE, FileOffer
from imp_plus_desktop.ui.person.actions.office_actions import (
    CONTACT_ENTRY,
    FORMER_NAME_ENTRY,
    ROUTE_ENTRY,
)
from imp_plus_desktop.ui.person.sections import person_flags
from imp_plus_desktop.ui.person.sections.person_details import Entry, Section
from imp_plus_desktop.ui.shell.actions import offers
from imp_plus_desktop.words.messages import field_label, name_of, place_name
from imp_plus_desktop.words.privacy.privacy_texts import clock_text


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route worth looking at: its key for the page, its name, and what it asks for."""

    key: str
    name: str
    permit: str
    needs: str
    known: str


def sections(office: Office, file: PersonFile) -> tuple[Section, ...]:
    """The blocks of the office's own part, in their order; what it has to settle comes first."""
    flagged = person_flags.section(office, file)
    return (flagged, _contacts(file), _office(office, file), _routes(office, file))


def former_names(file: PersonFile) -> str:
    """The names of before, the latest first."""
    names = [_full(former) for former in reversed(file.former_names)]
    return _("formerly {names}").format(names=", ".join(names)) if names else ""


def proposals(office: Office, file: PersonFile, verdict: Verdict) -> tuple[RouteLine, ...]:
    """The routes worth looking at when IMP+ fails."""
    return tuple(
        RouteLine(
            found.route.key,
            routes.said(office, found.route.name),
            name_of(found.route.permit, "route_permit"),
            routes.said(office, found.route.needs[0]),
            " · ".join(
                [
                    *(f"✓ {name_of(name, 'route_condition')}" for name in found.met),
                    *(f"? {name_of(name, 'route_condition')}" for name in found.unknown),
                ]
            ),
        )
        for found in routes.propose(office, file, verdict)
    )


def _contacts(file: PersonFile) -> Section:
    entries = tuple(
        Entry(
            contact.text,
            f"{name_of(contact.kind)} · {format_day_short(contact.on_day)}",
            offers(CONTACT_ENTRY, contact),
        )
        for contact in reversed(file.contacts)
    )
    summary = ""
    if file.contacts:
        last = file.contacts[-1]
        summary = f"{format_day_short(last.on_day)} · {name_of(last.kind)} · {last.text}"
    add = FileOffer.of(CONTACT, _("Log…"))
    return Section("contacts", _("Contacts"), summary, entries, add)


def _office(office: Office, file: PersonFile) -> Section:
    person = file.person
    facts = [
        (field_label("clerk"), person.clerk, CLERK),
        (field_label("language"), name_of(person.language) if person.language else None, EDIT),
        (field_label("address"), _address(person), EDIT),
        (_("Representative"), _representative(person), EDIT),
        (field_label("outside_quebec_declared"), _declared(person), EDIT),
    ]
    entries = [
        Entry(
            _("{name}: {value}").format(name=name, value=value),
            "",
            (FileOffer.of(action, _("Edit…"), "edit"),),
        )
        for name, value, action in facts
        if value
    ]
    entries += [
        Entry(_full(former), _until(former), offers(FORMER_NAME_ENTRY, former))
        for former in file.former_names
    ]
    clock = retention.clock(office, file)
    if clock.hold is not None or clock.closed is not None:
        policy = desk.desk(office).policy
        entries.append(Entry(clock_text(clock, policy, office.clock.today())))
    summary = " · ".join(part for part in (person.clerk, former_names(file)) if part)
    return Section(
        "office",
        _("Responsible and correspondence"),
        summary,
        tuple(entries),
        FileOffer.of(CLERK, _("Assign…")),
    )


def _routes(office: Office, file: PersonFile) -> Section:
    entries = [
        Entry(
            f"{routes.name(office, one.route)} · {name_of(one.state)}",
            _route_facts(one),
            offers(ROUTE_ENTRY, one),
        )
        for one in file.other_routes
    ]
    summary = entries[-1].text if entries else ""
    add = FileOffer.of(ROUTE, _("Add…"))
    return Section("routes", _("Other routes"), summary, tuple(entries), add)


def _route_facts(one: OtherRoute) -> str:
    facts = []
    if one.invited_on is not None:
        facts.append(_("invited {day}").format(day=format_day_short(one.invited_on)))
    if one.filed_on is not None:
        facts.append(_("filed {day}").format(day=format_day_short(one.filed_on)))
    if one.decided_on is not None:
        facts.append(_("decided {day}").format(day=format_day_short(one.decided_on)))
    numbers = (one.application_number, one.employer, one.offer_number, one.permit_number)
    facts += [text for text in numbers if text]
    if one.valid_until is not None:
        facts.append(_("until {day}").format(day=format_day_short(one.valid_until)))
    return " · ".join(facts)


def _address(person: Person) -> str:
    place = ""
    if person.address_country:
        place = place_name(person.address_country, person.address_province)
    parts: Sequence[str] = [*(person.address or "").splitlines(), place]
    return ", ".join(part for part in parts if part)


def _representative(person: Person) -> str:
    day = person.representative_form_on
    signed = _("IMM 5476 of {day}").format(day=format_day_short(day)) if day else ""
    return " · ".join(part for part in (person.representative or "", signed) if part)


def _declared(person: Person) -> str:
    declared = person.outside_quebec_declared
    return "" if declared is None else name_of(declared)


def _full(former: FormerName) -> str:
    return f"{former.given_names or ''} {former.family_name}".strip()


def _until(former: FormerName) -> str:
    if former.until_day is None:
        return _("former name")
    return _("former name, until {day}").format(day=format_day_short(former.until_day))
