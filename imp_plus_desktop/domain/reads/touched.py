# SPDX-License-Identifier: Apache-2.0
"""What an act touched: kinds of rows, which of them, and the people whose files they are in.

    Touched(ids, people, named, everything)     `a | b` is both together
    NOTHING, EVERYTHING
    FILE, PROGRAMME, OFFICE                      every kind that the journal knows, by where it is

Who shows something asks `concerns(kinds)` and `reaches(person)`. Must not know a table or a page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import RECORDS

MANY = 1000
"""More rows than these are not named one by one."""

FILE = (frozenset(RECORDS) - {"entry_rule"}) | {"ledger_entry"}
"""Kinds of rows that are in somebody's file."""
PROGRAMME = frozenset({"parameter", "cap_limit", "official_count"})
"""Kinds of rows on which everybody's verdict and status may rest."""
OFFICE = frozenset(
    {
        *("entry_rule", "closed_period", "held_row", "list_view", "letter_template", "letterhead"),
        *("privacy_desk", "incident", "programme_file"),
    }
)
"""Kinds of rows that are in no file and change no verdict."""


@dataclass(frozen=True, slots=True)
class Touched:
    """`ids` are the rows by kind, as the journal names kinds. Where they are too many to be named
    (`named` is False), it holds the kinds without ids, and `people` is empty.

    `everything`: nothing that was read before can be relied on, as after a restore.
    """

    ids: Mapping[str, frozenset[int]] = field(default_factory=dict)
    people: frozenset[int] = frozenset()
    named: bool = True
    everything: bool = False

    def concerns(self, kinds: Collection[str]) -> bool:
        """Whether rows of one of these kinds may read otherwise."""
        return self.everything or any(kind in kinds for kind in self.ids)

    def reaches(self, person_id: int | None) -> bool:
        """Whether something of a person's own file may read otherwise."""
        return self.everything or not self.named or person_id in self.people

    def __or__(self, other: Touched) -> Touched:
        if self.everything or other.everything:
            return EVERYTHING
        ids = {
            kind: self.ids.get(kind, frozenset()) | other.ids.get(kind, frozenset())
            for kind in self.ids.keys() | other.ids.keys()
        }
        return of_rows(ids, self.people | other.people, named=self.named and other.named)


NOTHING = Touched()
EVERYTHING = Touched(everything=True)


def of_rows(
    ids: Mapping[str, Collection[int]], people: Collection[int], *, named: bool = True
) -> Touched:
    """What touched these rows, named only where they are not too many."""
    if named and sum(map(len, ids.values())) <= MANY and len(people) <= MANY:
        return Touched(
            {kind: frozenset(numbers) for kind, numbers in ids.items()}, frozenset(people)
        )
    return Touched(dict.fromkeys(ids, frozenset()), named=False)
