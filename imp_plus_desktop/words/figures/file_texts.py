# SPDX-License-Identifier: Apache-2.0
"""The words of a file of figures: who vouches for it, what it changes, whom that touches.

signature_text("program")   entry_text(name, year)   entry_value(name, value)
file_mistake_text(parameters, sentence)             effect_text(what, of)    effect_value(value)
count_text(changes, people, files)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from imp_plus_desktop.domain.figures.many import CLOSED, ENTRY, HOLIDAY
from imp_plus_desktop.domain.reads.figures import Figure
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.domain.values.programme import SWITCHES
from imp_plus_desktop.i18n import N_, _, format_iso, format_money, format_number, ngettext
from imp_plus_desktop.words.figures.figure_errors import OF_FILES
from imp_plus_desktop.words.figures.figure_texts import name_text
from imp_plus_desktop.words.terms.code_names import country_name, name_of

_PROGRAMME = "programme_"

_SIGNATURES: Mapping[str, str] = {
    "program": N_("Signed by who publishes the program."),
    "other": N_("Signed by somebody whom the program does not know: {key}"),
    "none": N_("Not signed. Take it only where you know who made it. Fingerprint: {fingerprint}"),
}

_ISSUES: Mapping[str, str] = {
    "unknown_table": N_("there is no such table"),
    "unknown_word": N_("this word means nothing here"),
    "twice": N_("the same figure stands there twice for one day"),
    "no_entries": N_("the file holds no figure"),
    "too_many": N_("the file holds too many figures"),
    "no_list": N_("a table of entries is written [[figures]]"),
    "bad_year": N_("a year is a whole number"),
    "bad_closed": N_("closed is true or false"),
    "bad_text": N_("a short text is needed"),
    "bad_day": N_("a day is needed, written 2026-12-01 without quotation marks"),
}

_EFFECTS: Mapping[str, str] = {
    "verdict": N_("Verdict"),
    "fee": N_("Fees of the file"),
    "last_safe_day": N_("Last safe day"),
}


def signature_text(signature: str, key: str | None, fingerprint: str) -> str:
    """Who vouches for a file."""
    return _(_SIGNATURES[signature]).format(key=key, fingerprint=fingerprint[:16])


def file_mistake_text(parameters: Mapping[str, object], sentence: Callable[[AppError], str]) -> str:
    """What is wrong with a file, and where; `sentence` is that of an entry that was refused."""
    issue, told = str(parameters["issue"]), parameters.get("told")
    problem = sentence(told) if isinstance(told, AppError) else _(_ISSUES[issue])
    template = OF_FILES["bad_figures"]
    return _(template).format(where=parameters["where"], problem=problem)


def entry_text(name: str, year: int | None) -> str:
    """What an entry is about."""
    if name == HOLIDAY:
        return _("Day on which the office is closed")
    if name.startswith(ENTRY):
        return _("Entry to Canada: {country}").format(
            country=country_name(name.removeprefix(ENTRY))
        )
    if name.startswith(_PROGRAMME):
        return _("Programme: {key}").format(key=name.removeprefix(_PROGRAMME))
    if name in SWITCHES:
        words = _("An application returned incomplete uses a place, {year}")
        if name == "extension_uses_place":
            words = _("An extension uses a place, {year}")
        return words.format(year=year)
    return name_text(Figure("", name, None, "", "", year))


def entry_value(name: str, value: str | None) -> str:
    """The value of an entry, a dash for none."""
    if value is None:
        return "—"
    if name.startswith(_PROGRAMME):
        return _("version {version}").format(version=value)
    if name == HOLIDAY:
        return _("closed") if value == CLOSED else _("open")
    if name.startswith(ENTRY):
        return name_of(value, "requirement")
    if name in SWITCHES:
        return name_of(value, "yes_no")
    if name.startswith("fee_"):
        return format_money(Decimal(value))
    return format_number(int(value)) if value.isdecimal() else value


def effect_text(what: str, of: str) -> str:
    """What would be other of a file: its verdict, a day, what is to pay."""
    known = _EFFECTS.get(of or what)
    return _(known) if known is not None else name_of(of, "deadline_kind")


def effect_value(value: str | date | int | None) -> str:
    """A verdict, a day or an amount, a dash for none."""
    if value is None:
        return "—"
    if isinstance(value, date):
        return format_iso(value)
    if isinstance(value, int):
        return format_money(Decimal(value) / 100)
    return name_of(value, "verdict_code")


def count_text(changes: int, people: int, files: int) -> str:
    """How much a file changes, and for how many."""
    if not changes:
        return _("Everything in this file stands there already.")
    words = ngettext("{count} figure changes.", "{count} figures change.", changes).format(
        count=format_number(changes)
    )
    if not people:
        return words + " " + _("No verdict, day or fee of a file changes with it.")
    touched = ngettext(
        "The verdict, a day or the fees of {count} file of {files} change.",
        "The verdict, a day or the fees of {count} files of {files} change.",
        people,
    )
    return words + " " + touched.format(count=format_number(people), files=format_number(files))
