# SPDX-License-Identifier: Apache-2.0
"""The facts of a finding in words: days, numbers, amounts and codes as a sentence says them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from imp_plus_desktop.domain.rules.findings import FactValue
from imp_plus_desktop.i18n import (
    _,
    format_cents,
    format_day,
    format_money,
    format_number,
    format_percent,
)
from imp_plus_desktop.words.terms.code_names import (
    country_name,
    document_names,
    name_of,
    word_in_sentence,
)
from imp_plus_desktop.words.terms.field_texts import field_label

Facts = Mapping[str, FactValue]
"""What a finding knows, by the names of `domain/rules/reasons.py`."""


def fact_words(facts: Facts) -> dict[str, str]:
    """Each fact as a sentence says it: days, numbers and codes in words."""
    return {name: fact_word(name, value) for name, value in facts.items()}


def fact_word(name: str, value: FactValue) -> str:
    """One fact as a sentence says it; its name tells what the value is."""
    if value is None:
        return "—"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int):
        return _NUMBERS.get(name, format_number)(value)
    return _CODES.get(name, str)(value)


_NUMBERS: Mapping[str, Callable[[int], str]] = {
    "year": str,  # a year takes no thousands separator
    "age": str,
    "amount": format_money,
    "expected_cents": format_cents,
    "paid_cents": format_cents,
    "open_cents": format_cents,
    "level": lambda level: format_percent(level / 100),
}
_CODES: Mapping[str, Callable[[str], str]] = {
    "categories": lambda codes: ", ".join(_category(code) for code in codes.split(",")),
    "category": lambda code: word_in_sentence(code, "csq_category"),
    "code": lambda code: name_of(code, "application_code"),
    "fees": lambda names: ", ".join(word_in_sentence(n, "fee") for n in names.split(",")),
    "fields": lambda names: ", ".join(field_label(name) for name in names.split(",")),
    "country": country_name,
    "province": lambda code: name_of(code, "province"),
    "ledger": lambda code: word_in_sentence(code, "ledger"),
    "limited_by": lambda code: word_in_sentence(code, "limited_by"),
    "missing": document_names,
    "not_recorded": document_names,
    "state": lambda code: word_in_sentence(code, "pr_state"),
}


def _category(code: str) -> str:
    """A category of a CSQ in a list of them; that it has none is one of its answers too."""
    return _("no category") if code == "none" else word_in_sentence(code, "csq_category")


def day_word(value: FactValue) -> str:
    """A fact that is a day, in words; what is not known is a dash."""
    return fact_word("", value)


def number_of(value: FactValue) -> int:
    """A fact that counts something, as a number."""
    return int(value) if isinstance(value, int) else 0
