# SPDX-License-Identifier: Apache-2.0
"""A value of the register in the words of the office, by the field that holds it.

Histories and comparisons show values so. Must not read the register.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.i18n import (
    format_day,
    format_day_short,
    format_number,
    format_time,
    ngettext,
)
from imp_plus_desktop.words.terms.code_names import country_name, name_of

DASH = "—"

_KINDS: Mapping[str, str] = {
    "sex": "sex",
    "pr_state": "pr_state",
    "canada_status": "canada_status",
    "csq_category": "csq_category",
    "province": "province",
    "outcome": "outcome",
    "code": "application_code",
    "kind": "application_kind",
    "channel": "channel",
    "relation": "relation",
    "wish": "permit_wish",
    "type": "document_type",
    "limited_by": "limited_by",
    "language": "language",
    "address_province": "province",
    "proof": "residence_proof",
    "custody": "custody",
    "school": "school",
    "location": "member_location",
    "requirement": "requirement",
}
_COUNTRIES = frozenset({"citizenship", "country", "address_country"})
_YES_NO = frozenset(
    {
        "r206", "r199", "spouse", "accompanying", "outside_quebec_declared", "dependent_condition",
        "invited",
        "a76_wording", "refund",
    }
)  # fmt: skip
_OF_ENTITY: Mapping[tuple[str, str], str] = {
    ("application", "state"): "application_state",
    ("document", "state"): "document_state",
    ("other_route", "state"): "route_state",
    ("portal_line", "state"): "portal_state",
    ("portal_line", "item"): "portal_item",
    ("contact", "kind"): "contact_kind",
    ("request", "kind"): "request_kind",
}
"""Fields that mean something else in each table."""


def value_text(field: str, value: object, entity: str = "") -> str:
    """A value of the register, stored or typed, as a person reads it; nothing is a dash."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool) or (field in _YES_NO and isinstance(value, int)):
        return name_of(bool(value))
    if isinstance(value, datetime):
        return _at(value)
    if isinstance(value, date):
        return format_day_short(value)
    text = str(value)
    if field in _COUNTRIES:
        return country_name(text)
    kind = _OF_ENTITY.get((entity, field), None if field == "state" else _KINDS.get(field))
    if kind is not None:
        return name_of(text, kind)
    return _moment(text) or text


def corrections_text(count: int, at: datetime, used: bool) -> str:
    """What was put right in a list when it came in before, and whether this plan has it."""
    day = format_day(toronto_day(at))
    if used:
        text = ngettext(
            "{count} correction of the import of {day} is made again.",
            "{count} corrections of the import of {day} are made again.",
            count,
        )
    else:
        text = ngettext(
            "{count} cell of this list was put right when it was imported on {day}.",
            "{count} cells of this list were put right when it was imported on {day}.",
            count,
        )
    return text.format(count=format_number(count), day=day)


def _moment(text: str) -> str:
    """A stored day or instant in words, empty for any other text."""
    if len(text) < 10 or text[4:5] != "-" or text[7:8] != "-":
        return ""
    try:
        if len(text) == 10:
            return format_day_short(date.fromisoformat(text))
        return _at(datetime.fromisoformat(text))
    except ValueError:
        return ""


def _at(instant: datetime) -> str:
    return f"{format_day_short(toronto_day(instant))}, {format_time(toronto_time(instant))}"
