# SPDX-License-Identifier: Apache-2.0
"""What a list of people writes besides one application and one passport of each: the earlier ones
side by side, remarks, and the log of contacts. The import reads them back.

    fields(office) -> the columns that this register needs, in their order
    values(file)   -> what a file has in them, typed
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imp_plus_desktop.domain.applications.status import filed_applications, latest_application
from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import AGAIN, BY_NAME
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.papers import Contact
from imp_plus_desktop.domain.values.codes import ApplicationCode
from imp_plus_desktop.i18n import current_language
from imp_plus_desktop.services.fields.more_plan import LOG_WORDS
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures

_SLOTS = ("2", "3", "4", "5")
_TEXTS = (listed.NOTE.named, listed.CONTACT_LOG.named)


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
    return (*sorted(again, key=lambda name: AGAIN[name][1]), *_TEXTS)


def header(office: Office, field: str, lang: str) -> str:
    """The header of a column, as the import knows it again."""
    if field not in AGAIN:
        return office.vocabulary.header(field, lang)
    plain, slot = AGAIN[field]
    return f"{office.vocabulary.header(plain, lang)} {slot}"


def values(file: PersonFile) -> dict[str, Any]:
    """What a file has besides its latest application and its present passport."""
    found: dict[str, Any] = {}
    for slot, application in zip(_SLOTS, _earlier(file), strict=False):
        permits = file.permits_of(application.id)
        rows: Mapping[str, Any] = {
            "application": application,
            "permit": permits[-1] if permits else None,
        }
        found |= _of_slot(rows, slot)
    if len(file.passports) > 1:
        found |= _of_slot({"passport": file.passports[-2]}, "2")
    if file.notes:
        found[listed.NOTE.named] = "\n".join(note.text for note in file.notes)
    if file.contacts:
        found[listed.CONTACT_LOG.named] = "\n".join(map(_told, file.contacts))
    return found


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
