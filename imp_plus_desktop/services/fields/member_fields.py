# SPDX-License-Identifier: Apache-2.0
"""A family member's fields typed by hand: text to typed values and back, and what contradicts.

Days, countries and yes or no are read as the people's fields are; a code may be written as its
word in the language in use. What cannot be read is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from imp_plus_desktop.domain.values.codes import (
    CanadaStatus,
    Custody,
    MemberLocation,
    PermitWish,
    Relation,
    School,
)
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.records import Member
from imp_plus_desktop.services.fields import typed_fields
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words.terms.code_names import name_of

MEMBER_FIELDS: tuple[str, ...] = (
    "relation",
    "family_name",
    "given_names",
    "birth_date",
    "citizenship",
    "uci",
    "accompanying",
    "wish",
    "custody",
    "school",
    "location",
    "caq_number",
    "caq_until",
    "passport_expiry",
    "biometrics_on",
    "arrived_on",
    "married_on",
    "separated_on",
    "died_on",
    "dependent_condition",
    "canada_status",
    "canada_status_until",
    "invited",
)
"""Every field of a member, in the order of a form."""

PAST_DAYS = ("birth_date", "biometrics_on", "arrived_on", "married_on", "separated_on", "died_on")
"""Days of what has happened: none lies ahead."""

_CODES: Mapping[str, type[StrEnum]] = {
    "relation": Relation,
    "wish": PermitWish,
    "custody": Custody,
    "school": School,
    "location": MemberLocation,
}
_OTHER_DAYS = ("caq_until", "passport_expiry", "canada_status_until")
_NEEDED = ("relation", "family_name")


def parse(office: Office, field: str, text: str) -> object:
    """One field's value, None for an empty text. Errors: unknown_field, bad_value, missing_name,
    in_the_future."""
    if field not in MEMBER_FIELDS:
        raise InvalidInput("unknown_field", field=field)
    written = text.strip()
    if not written:
        if field in _NEEDED:
            raise InvalidInput("missing_name" if field == "family_name" else "cannot_erase")
        return None
    if field in _CODES:
        return _code(field, written)
    reader = _READERS.get(field)
    value = written if reader is None else reader(office, field, written)
    if field in PAST_DAYS and isinstance(value, date) and value > office.clock.today():
        raise Refused("in_the_future")
    return value


def check(member: Member) -> None:
    """No event comes before the birth. Errors: DomainError bad_value (impossible_dates)."""
    if member.birth_date is None:
        return
    for field in PAST_DAYS[1:]:
        day = getattr(member, field)
        if day is not None and day < member.birth_date:
            raise InvalidInput("bad_value", field=field, issue="impossible_dates")


def texts(member: Member) -> dict[str, str]:
    """Every field's present value as a form and a script read it."""
    return {name: typed_fields.as_text(getattr(member, name)) for name in MEMBER_FIELDS}


def _code(field: str, text: str) -> StrEnum:
    for code in _CODES[field]:
        if fold(text) in (fold(code.value), fold(name_of(code))):
            return code
    raise InvalidInput("bad_value", field=field, issue="unknown_status")


def _like(field_of_people: str) -> Callable[[Office, str, str], object]:
    """A reader that reads a field as one of the people's table."""

    def read(office: Office, field: str, text: str) -> object:
        typed, problems = typed_fields.parse_all(office, {field_of_people: text})
        for problem in problems:
            if problem.blocks:
                raise InvalidInput("bad_value", field=field, issue=problem.code)
        return typed.get(field_of_people)

    return read


def _status(office: Office, field: str, text: str) -> object:
    """A status in any word that a list may say it with."""
    found = _like("canada_status")(office, field, text)
    return None if found is None else CanadaStatus(str(found))


_READERS: Mapping[str, Callable[[Office, str, str], object]] = {
    "citizenship": _like("citizenship"),
    "uci": _like("uci"),
    "birth_date": _like("birth_date"),
    "accompanying": _like("spouse"),
    "dependent_condition": _like("spouse"),
    "invited": _like("spouse"),
    "canada_status": _status,
    **dict.fromkeys(
        (*PAST_DAYS[1:], "caq_until", "passport_expiry", "canada_status_until"), _like("decided_on")
    ),
}
