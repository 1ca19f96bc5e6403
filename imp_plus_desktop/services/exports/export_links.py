# SPDX-License-Identifier: Apache-2.0
"""Which row of which sheet a cell of the whole register's export leads to.

Knows rows by id and titles of sheets; a link that leads nowhere stays a plain text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.writers.writing import Link, Value
from imp_plus_desktop.i18n import _

_FIRST = 2
"""The row of a sheet below its header."""


@dataclass(frozen=True, slots=True)
class Links:
    """The rows of people, applications and permits by their ids; none by itself."""

    people: Mapping[int, int] = field(default_factory=dict)
    applications: Mapping[int, int] = field(default_factory=dict)
    permits: Mapping[int, int] = field(default_factory=dict)

    def person(self, number: int, text: Value) -> Value:
        return _link(text, _("People"), self.people.get(number))

    def application(self, number: int | None, text: Value) -> Value:
        return _link(text, _("Applications"), self.applications.get(number or 0))

    def permit(self, number: int | None, text: Value) -> Value:
        return _link(text, _("Permits"), self.permits.get(number or 0))


def links_between(
    people: Sequence[int], applications: Sequence[int], permits: Sequence[int]
) -> Links:
    """The links among sheets that hold these ids in this order."""
    return Links(*(_rows(ids) for ids in (people, applications, permits)))


def _rows(ids: Sequence[int]) -> dict[int, int]:
    return {number: row for row, number in enumerate(ids, _FIRST)}


def _link(text: Value, sheet: str, row: int | None) -> Value:
    return Link(text, sheet, row) if isinstance(text, str) and text and row else text
