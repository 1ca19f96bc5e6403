# SPDX-License-Identifier: Apache-2.0
"""A family member's fields typed by hand: text to typed values and back, and what contradicts.

Days, countries and yes or no are read as the people's fields are; a code may be written as its
word in the language in use. What cannot be read is refused.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from imp_plus_desktop.domain.deadlines.date_order import Misdated
from imp_plus_desktop.domain.records.catalogue import MEMBER, MEMBER_FIELDS, PARTLY, known_of
from imp_plus_desktop.domain.records.fields import Field, Kind
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.exchange.values.values import Reading
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office import row_days
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words.terms.code_names import name_of

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


def changed(member: Member, before: Member | None) -> tuple[str, ...]:
    """The days that a member has now and had not before; `birth_date` also where it is partly
    known."""
    days = (field.name for field in MEMBER if field.is_day)
    return tuple(
        day for day in days if before is None or known_of(member, day) != known_of(before, day)
    )


def misdated(office: Office, member: Member, touched: Collection[str]) -> tuple[Misdated, ...]:
    """What is wrong with a member's days, of those that are typed now."""
    values = {field.name: getattr(member, field.name) for field in MEMBER}
    return row_days.misdated(office, "member", values, touched=touched)


def check(office: Office, member: Member, touched: Collection[str]) -> tuple[Misdated, ...]:
    """Days out of order, which are kept; of what is typed now, refused is what cannot have been.

    Errors: DomainError in_the_future, bad_value (impossible_dates).
    """
    found = misdated(office, member, touched)
    for one in found:
        if one.stops_a_hand:
            row_days.refuse(one, known=str(known_of(member, one.beside)) if one.beside else "")
    return found


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
