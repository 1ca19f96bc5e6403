# SPDX-License-Identifier: Apache-2.0
"""A condition of a programme as a sentence, with the values that its file gives.

    condition_text(condition) -> "Employer-specific permit that ends from … to …"

Must not say whether somebody meets it: the board does, with a sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from imp_plus_desktop.domain.programmes.programme_file import Condition
from imp_plus_desktop.domain.residence.residence import PROVINCES
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.i18n import N_, _, format_day_short, format_number, ngettext
from imp_plus_desktop.words.findings.rule_texts import rule_title
from imp_plus_desktop.words.terms.code_names import country_name, name_of, word_in_sentence

_PLACES: Mapping[str, str] = {
    "canada": N_("Canada"),
    "outside_quebec": N_("Canada outside Quebec"),
    "abroad": N_("outside Canada"),
}
_PERMITS: Mapping[str, tuple[str, str]] = {
    "employer": (N_("Employer-specific permit that ends {days}"),
                 N_("Employer-specific permit that runs")),
    "open": (N_("Open permit that ends {days}"), N_("Open permit that runs")),
    "any": (N_("Permit that ends {days}"), N_("Permit that runs")),
}  # fmt: skip


def condition_text(one: Condition) -> str:
    """What is asked, in one line."""
    say = _SAYS.get(one.check)
    return say(one.values) if say is not None else name_of(one.check, "route_condition")


def days_text(values: Mapping[str, Any]) -> str:
    """A stretch of days within a sentence."""
    first, last = values.get("from"), values.get("until")
    if isinstance(first, date) and isinstance(last, date):
        return _("from {first} to {last}").format(
            first=format_day_short(first), last=format_day_short(last)
        )
    if isinstance(first, date):
        return _("from {first} on").format(first=format_day_short(first))
    if isinstance(last, date):
        return _("until {last}").format(last=format_day_short(last))
    return ""


def _permit_ends(values: Mapping[str, Any]) -> str:
    ends, _runs = _PERMITS[str(values.get("permit", "any"))]
    said = _(ends).format(days=days_text(values))
    if values.get("maintained"):
        return _("{condition}, or status maintained since an earlier one").format(condition=said)
    return said


def _permit_runs(values: Mapping[str, Any]) -> str:
    return _(_PERMITS[str(values.get("permit", "any"))][1])


def _lives_in(values: Mapping[str, Any]) -> str:
    places = [
        name_of(place, "province") if place in PROVINCES else _(_PLACES[place])
        for place in sorted(values["places"])
    ]
    return _("Lives in: {places}").format(places=_or(places))


def _aged(values: Mapping[str, Any]) -> str:
    low, high = values.get("from_age"), values.get("to_age")
    if low is not None and high is not None:
        words = _("Aged {first} to {last}")
        return words.format(first=format_number(low), last=format_number(high))
    if low is not None:
        return _("Aged {first} or more").format(first=format_number(low))
    return _("Aged {last} or less").format(last=format_number(int(values["to_age"])))


def _citizen_of(values: Mapping[str, Any]) -> str:
    names = sorted((country_name(code) for code in values["countries"]), key=sort_key)
    return _("Citizen of: {countries}").format(countries=_or(names))


def _csq_held(values: Mapping[str, Any]) -> str:
    if "categories" not in values:
        return name_of("csq_held", "route_condition")
    names = sorted((name_of(code, "csq_category") for code in values["categories"]), key=sort_key)
    return _("Holds a CSQ of category: {categories}").format(categories=_or(names))


def _status_is(values: Mapping[str, Any]) -> str:
    names = sorted((word_in_sentence(status) for status in values["statuses"]), key=sort_key)
    return _("Status in Canada: {statuses}").format(statuses=_or(names))


def _pr_state_is(values: Mapping[str, Any]) -> str:
    names = sorted((word_in_sentence(one) for one in values["states"]), key=sort_key)
    return _("PR: {states}").format(states=_or(names))


def _papers_held(values: Mapping[str, Any]) -> str:
    return _("On file: {papers}").format(papers=", ".join(map(word_in_sentence, values["papers"])))


def _passport_valid(values: Mapping[str, Any]) -> str:
    months = int(values["months"])
    words = ngettext(
        "Passport valid for {count} more month", "Passport valid for {count} more months", months
    )
    return words.format(count=format_number(months))


def _invited(values: Mapping[str, Any]) -> str:
    days = days_text(values)
    return _("Invited {days}").format(days=days) if days else name_of("invited", "route_condition")


def _letter_dated(values: Mapping[str, Any]) -> str:
    days = days_text(values)
    return _("Letter of IMP+ dated {days}").format(days=days) if days else _("Letter of IMP+")


def _rule(values: Mapping[str, Any]) -> str:
    return rule_title(str(values["rule"]))


_SAYS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "permit_ends": _permit_ends,
    "permit_runs": _permit_runs,
    "lives_in": _lives_in,
    "aged": _aged,
    "citizen_of": _citizen_of,
    "csq_held": _csq_held,
    "status_is": _status_is,
    "pr_state_is": _pr_state_is,
    "papers_held": _papers_held,
    "passport_valid": _passport_valid,
    "invited": _invited,
    "letter_dated": _letter_dated,
    "rule": _rule,
}


def _or(names: Iterable[str]) -> str:
    *first, last = names
    return _("{first} or {last}").format(first=", ".join(first), last=last) if first else last
