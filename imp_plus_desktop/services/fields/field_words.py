# SPDX-License-Identifier: Apache-2.0
"""The words of a field that holds a code: what it may hold, and a value as a list writes it."""

from __future__ import annotations

from imp_plus_desktop.domain.records.catalogue import BY_NAME
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.exchange.writers.writing import Value
from imp_plus_desktop.i18n import current_language
from imp_plus_desktop.services.office.office import Office


def allowed_values(office: Office, field: str) -> tuple[str, ...] | None:
    """What a field may hold, in the language in use; None when it is free."""
    lang = current_language()
    known = BY_NAME[field]
    if known.is_country:
        places = known.kind is Kind.PLACE
        return tuple(name for _code, name in office.vocabulary.countries(lang, places=places))
    if known.list_words:
        return tuple(word for _code, word in office.vocabulary.words(known.list_words, lang))
    return None


def word_of(office: Office, field: str, value: object) -> Value:
    """A typed value as the import reads it back: words of the language, dates, numbers."""
    lang = current_language()
    if value is None:
        return None
    known = BY_NAME[field]
    if known.is_country:
        return office.vocabulary.country_name(str(value), lang)
    if known.list_words:
        code = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return office.vocabulary.word(known.list_words, code, lang)
    return value  # type: ignore[return-value]
