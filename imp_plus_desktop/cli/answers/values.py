# SPDX-License-Identifier: Apache-2.0
"""A value of the register as a command's lines write it, for people.

told(field, value, routes) -> "Considered", "2024-10-25", "—"
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from imp_plus_desktop.domain.records.catalogue import BY_NAME
from imp_plus_desktop.domain.records.listed import ROUTE
from imp_plus_desktop.i18n import current_language
from imp_plus_desktop.services.fields.typed_fields import as_text
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.words.terms.value_texts import DASH, value_text


def told(field: str, value: object, routes: Mapping[str, str]) -> str:
    """A code in words, days as scripts write them, an instant by the clocks of Toronto; nothing is
    a dash. `routes` names the programmes that an office has of its own."""
    known = BY_NAME.get(field)
    if field == ROUTE.named and str(value) in routes:
        return routes[str(value)]
    if known is not None and (known.words or known.is_country or isinstance(value, datetime)):
        return value_text(known.name, value, known.entity)
    return as_text(value) or DASH


def programme_names(office: Office) -> Mapping[str, str]:
    """The names of the programmes, by key."""
    language = current_language()
    return {one.key: one.name.in_language(language) for one in library.programmes(office)}
