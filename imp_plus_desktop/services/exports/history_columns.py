# SPDX-License-Identifier: Apache-2.0
"""What a list of people writes besides one application and one passport of each: the earlier ones
side by side, numbers that applications had before, remarks, the log of contacts, and what was
followed of the application; and the rows of other routes, a row each. The import reads them back.

    fields(office) -> the columns that this register needs, in their order
    values(file, programme) -> what a file has in them, typed
    ROUTE_FIELDS, of_routes(file) -> the rows of other routes, as a list of people has them
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from imp_plus_desktop.domain.applications.status import filed_applications, latest_application
from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import AGAIN, BY_NAME, PERSON, known_of
from imp_plus_desktop.domain.records.fields import Part
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.papers import Contact
from imp_plus_desktop.domain.values.codes import ApplicationCode, Outcome, RouteState
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.i18n import current_language
from imp_plus_desktop.services.exports import followed_columns
from imp_plus_desktop.services.fields.more_plan import LOG_WORDS, ROUTE_COLUMNS
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures

_SLOTS = ("2", "3", "4", "5")
_TEXTS = (listed.FORMER_NUMBERS.named, listed.NOTE.named, listed.CONTACT_LOG.named)


def fields(office: Office) -> tuple[str, ...]:
    """The fields of these columns: as many applications as anybody has, five at most."""
    applications, passports = figures.most_of_one_person(office.register)
    wanted = {("application", slot) for slot in _SLOTS[: max(0, applications - 1)]}
    wanted |= {("permit", slot) for _application, slot in wanted}
    if passports > 1:
        wanted.add(("passport", "2"))
    again = [
        name for name, (_plain, slot) in AGAIN.items() if (BY_NAME[name].entity, slot) in wanted
    ]
    followed = followed_columns.fields(office)
    return (*sorted(again, key=lambda name: AGAIN[name][1]), *_TEXTS, *followed)


def header(office: Office, field: str, lang: str) -> str:
    """The header of a column, as the import knows it again."""
    if field not in AGAIN:
        return office.vocabulary.header(field, lang)
    plain, slot = AGAIN[field]
    return f"{office.vocabulary.header(plain, lang)} {slot}"


def values(file: PersonFile, programme: Programme) -> dict[str, Any]:
    """What a file has besides its latest application and its present passport."""
    found = followed_columns.values(file, programme)
    for slot, application in zip(_SLOTS, _earlier(file), strict=False):
        permits = file.permits_of(application.id)
        rows: Mapping[str, Any] = {
            "application": application,
            "permit": permits[-1] if permits else None,
        }
        found |= _of_slot(rows, slot)
    if len(file.passports) > 1:
        found |= _of_slot({"passport": file.passports[-2]}, "2")
    moved = [
        f"{number} → {one.application_number}"
        for one in file.own_applications
        for number in file.numbers_before(one.id)
    ]
    if moved:
        found[listed.FORMER_NUMBERS.named] = "; ".join(moved)
    if file.notes:
        found[listed.NOTE.named] = "\n".join(note.text for note in file.notes)
    if file.contacts:
        found[listed.CONTACT_LOG.named] = "\n".join(map(_told, file.contacts))
    return found


_WHO = tuple(f.named for f in PERSON if f.traits.part in (Part.NUMBERS, Part.IDENTITY))
_OF_ROUTE = (listed.ROUTE_STATE.named, "received_at", "outcome", *ROUTE_COLUMNS)
_DECIDED = frozenset(RouteState) - {RouteState.CONSIDERED, RouteState.FILED}
ROUTE_FIELDS = (*_WHO, "letter_date", listed.ROUTE.named, *_OF_ROUTE)
"""The columns of the sheet of other routes: who it is, and what was filed and issued."""


def of_routes(file: PersonFile) -> Iterator[dict[str, Any]]:
    """What was filed under other routes, a row each."""
    letter = current_letter(file)
    who = {name: known_of(file.person, name) for name in _WHO}
    for one in file.other_routes:
        yield who | {
            "letter_date": letter.letter_date if letter is not None else None,
            listed.ROUTE.named: one.route,
            "received_at": one.filed_on,
            listed.ROUTE_STATE.named: one.state,
            "outcome": Outcome(one.state) if one.state in _DECIDED else None,
            **{name: getattr(one, column) for name, column in ROUTE_COLUMNS.items()},
        }


def _earlier(file: PersonFile) -> list[Application]:
    """The applications but the latest one, the newest first."""
    latest = latest_application(file)
    own = [a for a in filed_applications(file) if a.code is ApplicationCode.A76 and a != latest]
    return own[::-1]


def _of_slot(rows: Mapping[str, Any], slot: str) -> dict[str, Any]:
    held = [(name, BY_NAME[name]) for name, again in AGAIN.items() if again[1] == slot]
    return {
        name: getattr(rows[field.entity], field.name)
        for name, field in held
        if rows.get(field.entity) is not None
    }


def _told(contact: Contact) -> str:
    """One exchange as a line: `2024-03-01 appel : dossier complet`."""
    french = current_language() == "fr"
    word = LOG_WORDS[contact.kind][0 if french else 1]
    mark = " :" if french else ":"
    return f"{contact.on_day.isoformat()} {word}{mark} {' '.join(contact.text.split())}"
