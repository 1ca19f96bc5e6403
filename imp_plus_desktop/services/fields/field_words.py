# SPDX-License-Identifier: Apache-2.0
"""The words of a field that holds a code: what it may hold, and a value as a list writes it."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.exchange.writers.writing import Value
from imp_plus_desktop.i18n import current_language
from imp_plus_desktop.services.office.office import Office

WORDS: Mapping[str, str] = {
    "sex": "sex",
    "csq_category": "csq_category",
    "pr_state": "pr_state",
    "canada_status": "canada_status",
    "r206": "yes_no",
    "r199": "yes_no",
    "spouse": "yes_no",
    "outcome": "outcome",
    "relation": "relation",
    "wish": "wish",
    "residence_province": "province",
}

COUNTRIES = frozenset({"citizenship", "residence_country"})


def allowed_values(office: Office, field: str) -> tuple[str, ...] | None:
    """What a field may hold, in the language in use; None when it is free."""
    lang = current_language()
    if field in COUNTRIES:
        return tuple(name for _code, name in office.vocabulary.countries(lang))
    if field in WORDS:
        return tuple(word for _code, word in office.vocabulary.words(WORDS[field], lang))
    return None


def word_of(office: Office, field: str, value: object) -> Value:
    """A typed value as the import reads it back: words of the language, dates, numbers."""
    lang = current_language()
    if value is None:
        return None
    if field in COUNTRIES:
        return office.vocabulary.country_name(str(value), lang)
    if field in WORDS:
        code = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return office.vocabulary.word(WORDS[field], code, lang)
    return value  # type: ignore[return-value]
