# SPDX-License-Identifier: Apache-2.0
"""Sentences about one cell or field that name what they know: a row, a day, a country.

What names nothing is a cause of `words/import_texts.py`. A sentence is None where its facts are
wanting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from imp_plus_desktop.i18n import N_, _, format_day, format_iso
from imp_plus_desktop.words.terms.code_names import country_name, name_of
from imp_plus_desktop.words.terms.field_texts import field_label

_Parameters = Mapping[str, object]
_Special = Callable[[str | None, _Parameters, str | None], str | None]

MISSING: Mapping[str, str] = {
    "family_name": N_("Name missing"),
    "letter_date": N_("Date of the letter missing"),
    "principal_reference": N_("Principal’s reference missing"),
    "relation": N_("Relation missing"),
}


def _missing_field(field: str | None, _parameters: _Parameters, _cell: str | None) -> str | None:
    if field is None:
        return None
    if field in MISSING:
        return _(MISSING[field])
    return _("Empty, but needed: {field}").format(field=field_label(field))


def _cell_error(_field: str | None, _parameters: _Parameters, cell: str | None) -> str | None:
    return _("Cell {cell} holds a spreadsheet error").format(cell=cell) if cell else None


def _other_row(
    sentence: str,
) -> _Special:
    def text(_field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
        row = parameters.get("first_row")
        return None if row is None else _(sentence).format(row=row)

    return text


def _looks_like(field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
    name = parameters.get("name")
    if not name:
        return None
    reference = parameters.get("individual_reference") or parameters.get("reference")
    if field == "passport_number":
        who = f"{name} ({reference})" if reference else name
        return _("Same passport number as {name}").format(name=who)
    if reference:
        return _("Looks like {name} ({reference})").format(name=name, reference=reference)
    return _("Looks like {name}").format(name=name)


def _split(_field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
    family, given = parameters.get("family"), parameters.get("given")
    text = _("Nothing proves where the family name ends: taken as {name}")
    return text.format(name=", ".join(str(name) for name in (family, given) if name))


def _zero_restored(_field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
    value = parameters.get("value")
    return _("Leading zero restored: {value}").format(value=value) if value else None


def _outside_programme(
    sentence: str,
) -> _Special:
    def text(_field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
        day = parameters.get("day")
        return _(sentence).format(day=format_iso(day)) if isinstance(day, date) else None

    return text


def _day(day: date, parameters: _Parameters) -> str:
    """A day as cells and forms have it; `written` out where other days stand in sentences."""
    return format_day(day) if parameters.get("written") else format_iso(day)


def _impossible_dates(_field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
    value, other = parameters.get("value"), parameters.get("other")
    if not isinstance(value, date) or not isinstance(other, date):
        return None
    # The other date is an earlier one of the same life, or today.
    if value > other:
        return _("This date is in the future")
    beside = str(parameters.get("beside") or "")
    if beside:
        text = _("Impossible: before “{field}” ({day})")
        return text.format(field=field_label(beside), day=parameters.get("known") or other)
    return _("Impossible: earlier than {day}").format(day=_day(other, parameters))


def _out_of_order(field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
    """What a day comes before; a passport’s end is told by what it means."""
    beside, other = str(parameters.get("beside") or ""), parameters.get("other")
    if not beside:
        return None
    if (field, beside) == ("passport_expiry", "permit_from"):
        return _("The passport had ended when the permit began")
    day = f" ({_day(other, parameters)})" if isinstance(other, date) else ""
    return _("Before “{field}”{day}").format(field=field_label(beside), day=day)


def _too_long(_field: str | None, parameters: _Parameters, _cell: str | None) -> str | None:
    longest = parameters.get("other")
    if not isinstance(longest, date):
        return None
    return _("Later than {day}, the end of a full term").format(day=_day(longest, parameters))


def _unknown_country(_field: str | None, facts: _Parameters, _cell: str | None) -> str | None:
    """Which countries a word may mean; the word alone may be any."""
    codes = str(facts.get("between") or "")
    if not codes:
        return None
    *others, last = map(country_name, codes.split(","))
    return _("{country} or {other}: it may mean both").format(country=", ".join(others), other=last)


def _partly_read(_field: str | None, facts: _Parameters, _cell: str | None) -> str | None:
    rest = facts.get("left_out")
    return _("Not taken from the cell: {rest}").format(rest=rest) if rest else None


def _partly_known(_field: str | None, facts: _Parameters, _cell: str | None) -> str | None:
    known = facts.get("known")
    return _("The day is not known: {known} is kept").format(known=known) if known else None


def _contradiction(_field: str | None, facts: _Parameters, _cell: str | None) -> str | None:
    country, province = facts.get("country"), facts.get("province")
    if not country or not province:
        return None
    return _("{province} is not in this country: {country}").format(
        province=name_of(str(province), "province"), country=country_name(str(country))
    )


SPECIAL: Mapping[str, _Special] = {
    "unknown_country": _unknown_country,
    "partly_read": _partly_read,
    "partly_known": _partly_known,
    "residence_contradiction": _contradiction,
    "missing_field": _missing_field,
    "cell_error": _cell_error,
    "duplicate_in_file": _other_row(N_("The same person as in row {row}, with the same data")),
    "conflict_in_file": _other_row(N_("The same person as in row {row}, with other data")),
    "identifier_taken": _other_row(N_("The number of another person, in row {row}")),
    "possible_duplicate": _looks_like,
    "name_split_unsure": _split,
    "zero_restored": _zero_restored,
    "letter_before_programme": _outside_programme(N_("Letter dated before {day}")),
    "letter_after_last_accepted_date": _outside_programme(N_("Letter dated after {day}")),
    "impossible_dates": _impossible_dates,
    "dates_out_of_order": _out_of_order,
    "permit_too_long": _too_long,
}

REFUSED: Mapping[str, str] = {
    "unwritable_text": N_(
        "This text holds an invisible character that cannot be kept."
        " Type it anew instead of pasting it."
    ),
    "too_long": N_(
        "A name, a number or the tags of a file have at most 600 characters. Shorten the text;"
        " nothing was changed."
    ),
}
"""What no form and no command takes of a text, whatever it is of."""
