# SPDX-License-Identifier: Apache-2.0
"""The register of confidentiality incidents: entered, completed, and closed once the eight items
are there (PRV-03)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.privacy.incidents import Incident, missing
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries

FIELDS = (
    *("information", "circumstances", "happened", "learned", "people", "serious", "risk"),
    *("commission_told_on", "people_told_on", "public_notice", "measures"),
)
"""What is entered of an incident, in the order of the regulation."""
DAYS = ("commission_told_on", "people_told_on")
YES, NO = "yes", "no"


def incidents(office: Office) -> list[Incident]:
    """Every incident, the latest entered first."""
    return queries.everything(office.register, "incident", Incident)[::-1]


def incident(office: Office, number: int) -> Incident:
    """One incident. Errors: DomainError incident_not_found."""
    for one in incidents(office):
        if one.id == number:
            return one
    raise InvalidInput("incident_not_found")


def save(office: Office, number: int | None, values: Mapping[str, object]) -> tuple[int, ActId]:
    """Enter an incident, or change one by its fields. Returns its number and the act, 0 where
    nothing changed. Errors: DomainError incident_not_found, incident_empty, unwritable_text."""
    told = {
        name: (value.strip() or None) if type(value) is str else value
        for name, value in values.items()
    }
    with office.act("privacy.incident") as act:
        if number is None:
            if not any(value not in (None, "") for value in told.values()):
                raise InvalidInput("incident_empty")
            told = {name: value for name, value in told.items() if value is not None}
            number = act.insert("incident", {**told, "recorded_on": office.clock.today()})
        else:
            incident(office, number)
            act.update("incident", number, told)
    return number, ActId(act.id or 0)


def close(office: Office, number: int) -> ActId:
    """Close an incident. Errors: DomainError incident_not_found, incident_incomplete(items)."""
    with office.act("privacy.incident_closed") as act:
        lacking = missing(incident(office, number))
        if lacking:
            raise Refused("incident_incomplete", items=lacking)
        act.update("incident", number, {"closed_on": office.clock.today()})
    return ActId(act.id or 0)


def reopen(office: Office, number: int) -> ActId:
    """Open a closed incident again. Errors: DomainError incident_not_found."""
    with office.act("privacy.incident") as act:
        incident(office, number)
        act.update("incident", number, {"closed_on": None})
    return ActId(act.id or 0)


def from_texts(values: Mapping[str, str]) -> dict[str, object]:
    """Fields of an incident as they are typed; an empty text empties one.

    Errors: DomainError unknown_field, bad_day, unknown_choice.
    """
    return {name: _read(name, text.strip()) for name, text in values.items()}


def _read(name: str, text: str) -> object:
    if name not in FIELDS:
        raise InvalidInput("unknown_field", field=name)
    if not text:
        return None
    if name == "serious":
        if text not in (YES, NO):
            raise InvalidInput("unknown_choice", name=text)
        return text == YES
    if name in DAYS:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InvalidInput("bad_day") from None
    return text
