# SPDX-License-Identifier: Apache-2.0
"""A family member's fields typed by hand: text to typed values and back, and what contradicts.

Days, countries and yes or no are read as the people's fields are; a code may be written as its
word in the language in use. What cannot be read is refused.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from imp_plus_desktop.domain.records.catalogue import MEMBER, MEMBER_FIELDS, PARTLY, known_of
from imp_plus_desktop.domain.records.fields import Field, Kind
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.partial_days import first_day
from imp_plus_desktop.exchange.values.values import Reading
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words.terms.code_names import name_of

PAST_DAYS = tuple(field.name for field in MEMBER if field.traits.ahead)
"""Days of what has happened: none lies ahead."""

_BY_NAME = {field.name: field for field in MEMBER}


def parse(office: Office, field: str, text: str) -> dict[str, object]:
    """What a text makes of a field, None where it is empty, and of the fields beside it.

    Errors: unknown_field, bad_value, missing_name, in_the_future.
    """
    if field not in _BY_NAME:
        raise InvalidInput("unknown_field", field=field)
    known, written = _BY_NAME[field], text.strip()
    if not written:
        if known.required:
            raise InvalidInput("missing_name" if known.kind is Kind.TEXT else "cannot_erase")
        return dict.fromkeys((field, PARTLY[field]) if field in PARTLY else (field,))
    reading = _read(office, known, written)
    value, today = reading.value, office.clock.today()
    if known.traits.ahead and isinstance(value, date) and value > today:
        raise Refused("in_the_future")
    beside = dict([reading.beside]) if reading.beside is not None else {}
    return {field: value, **beside}


def check(member: Member) -> None:
    """No event comes before the birth. Errors: DomainError bad_value (impossible_dates)."""
    known = known_of(member, "birth_date")
    if known is None:
        return
    born = first_day(known) if isinstance(known, str) else known
    for field in PAST_DAYS:
        day = getattr(member, field)
        if day is not None and day < born:
            facts = {"value": day, "other": born, "beside": "birth_date", "known": str(known)}
            raise InvalidInput("bad_value", field=field, issue="impossible_dates", **facts)


def texts(member: Member) -> dict[str, str]:
    """Every field's present value as a form and a script read it; of a birth what is known."""
    told = (name for name in MEMBER_FIELDS if name not in PARTLY.values())
    return {name: typed_fields.as_text(known_of(member, name)) for name in told}


def _read(office: Office, field: Field, text: str) -> Reading:
    """A text as the people's fields are read; a code also by its word in the language in use."""
    if field.kind is Kind.TEXT:
        return Reading(text)
    if field.code is not None and (code := _code(field.code, text)) is not None:
        return Reading(code)
    reading = typed_fields.read(office, field, text)
    if reading.code is not None:
        raise InvalidInput("bad_value", field=field.name, issue=reading.code, **reading.facts)
    return reading


def _code(codes: type[StrEnum], text: str) -> StrEnum | None:
    written = fold(text)
    said = (code for code in codes if written in (fold(code.value), fold(name_of(code))))
    return next(said, None)
