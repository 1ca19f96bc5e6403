# SPDX-License-Identifier: Apache-2.0
"""Orders of lists by the words that are shown: a country stands by its name, not by its code.

    spelled(kind, order) -> the same order, in the language in use

What a column holds is kept as a code; where one sorts by it, its codes are put in the order of
their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from imp_plus_desktop.domain.reads.list_columns import ListColumn, ListKind, columns
from imp_plus_desktop.domain.reads.shapes import Order, Spelled, Value
from imp_plus_desktop.domain.records.fields import Kind

_OF_LISTS: Mapping[ListKind, Mapping[str, str]] = {
    ListKind.PEOPLE: {
        "citizenship": "person.citizenship",
        "verdict": "standing.verdict",
        "status": "standing.status",
    },
    ListKind.APPLICATIONS: {"code": "application.code", "state": "application.state"},
    ListKind.PERMITS: {"code": "application.code"},
    ListKind.FAMILY: {"relation": "member.relation", "citizenship": "member.citizenship"},
    ListKind.DEADLINES: {"kind": "line.kind"},
}
"""The columns of the orders that lists have a name of their own for."""


def spelled(kind: ListKind, order: Order) -> Order:
    """The order with the words of its codes, where it is by such a column."""
    return tuple((_spelled(kind, key), down) for key, down in order)


def _spelled(kind: ListKind, key: str) -> str:
    column = columns(kind).get(_OF_LISTS[kind].get(key, key))
    if column is None or not column.is_coded:
        return key
    from imp_plus_desktop.i18n import current_language

    return Spelled(key, _places(column, current_language()))


@lru_cache(maxsize=64)
def _places(column: ListColumn, _language: str) -> tuple[tuple[Value, int], ...]:
    """Each code with the place of its word; the same word has the same place."""
    from imp_plus_desktop.domain.values.names import sort_key
    from imp_plus_desktop.words.terms.list_texts import cell_text

    keys = {code: sort_key(cell_text(column, code)) for code in _codes(column)}
    places = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    return tuple((code, places[key]) for code, key in keys.items())


def _codes(column: ListColumn) -> Iterable[Value]:
    if column.kind is Kind.FLAG:
        return (0, 1)
    if column.words:
        from imp_plus_desktop.words.terms.code_names import kinds

        return kinds().get(column.words, {})
    from imp_plus_desktop.country_names import codes

    return codes()
