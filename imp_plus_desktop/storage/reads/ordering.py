# SPDX-License-Identifier: Apache-2.0
"""Orders of lists in SQL that say where what is empty stands: engines differ where it is not said.

What is empty comes last, whichever way round, as in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imp_plus_desktop.storage.tables.columns import Table
from imp_plus_desktop.storage.tables.models import (
    ApplicationTable,
    MemberTable,
    PermitTable,
    PersonTable,
)
from imp_plus_desktop.storage.tables.records import SummaryTable

ALIASES: Mapping[str, type[Table]] = {
    "a": ApplicationTable,
    "m": MemberTable,
    "p": PersonTable,
    "s": SummaryTable,
    "t": PermitTable,
}
"""What the lists call their tables."""


def in_order(terms: Sequence[tuple[str, bool]], tie: str) -> str:
    """Return the terms of an ORDER BY, each with whether it descends; the first time that a term
    comes counts. `tie` decides between equals, always upwards."""
    ways = {term: _term(term, descending) for term, descending in reversed(terms)}
    return ", ".join([*(ways.pop(term) for term, _way in terms if term in ways), tie])


def _term(term: str, descending: bool) -> str:
    way = f"{term} DESC" if descending else term
    if not _may_be_empty(term):
        return way
    return f"{way} NULLS LAST"


def _may_be_empty(term: str) -> bool:
    alias, _, column = term.partition(".")
    table = ALIASES.get(alias)
    if table is None:
        return True
    fields = table._meta.columns  # noqa: SLF001  # peewee's own way to a model's fields
    return column not in fields or bool(fields[column].null)
