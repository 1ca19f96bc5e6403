# SPDX-License-Identifier: Apache-2.0
"""A value of the register in the words of the office, by the field that holds it.

Histories and comparisons show values so. Must not read the register.
"""

from __future__ import annotations

from datetime import date, datetime

from imp_plus_desktop.domain.records.catalogue import of_column
from imp_plus_desktop.domain.records.fields import Kind
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


def value_text(field: str, value: object, entity: str = "person") -> str:
    """A value of the register, stored or typed, as a person reads it; nothing is a dash.

    `field` is a column of the entity.
    """
    if value is None or value == "":
        return DASH
    known = of_column(entity, field)
    if isinstance(value, bool) or (known is not None and known.kind is Kind.FLAG):
        return name_of(bool(value))
    if isinstance(value, datetime):
        return _at(value)
    if isinstance(value, date):
        return format_day_short(value)
    text = str(value)
    if known is not None and known.is_country:
        return country_name(text)
    if known is not None and known.words:
        return name_of(text, known.words)
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
