# SPDX-License-Identifier: Apache-2.0
"""Lists in which principals and members of their families stand together, each in a row.

A column says who each row is about. Whose member a row tells of is shown by a number that it shares
with a principal's row, or by where it stands; where neither shows it, nobody is made of the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from imp_plus_desktop.domain.records.catalogue import (
    BY_NAME,
    FAMILY_FIELDS,
    FAMILY_NUMBER,
    KEYS_OF_PEOPLE,
    NAMES,
    NAMING_PRINCIPALS,
    OF_LISTS,
    OF_MEMBERS,
    PRINCIPAL,
    TOGETHER_FIELDS,
)
from imp_plus_desktop.domain.values.identifiers import matches, normalise
from imp_plus_desktop.domain.values.names import fold, whole_key
from imp_plus_desktop.exchange.columns.matching import FAMILY
from imp_plus_desktop.exchange.lists.drafts import ERROR, ParsedRow
from imp_plus_desktop.exchange.lists.mending import Repairs
from imp_plus_desktop.exchange.lists.row_drafts import FoundList, RowDraft
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.exchange.values.vocabulary import Vocabulary, clean

UNCLEAR = "principal_unclear"
_RELATION = "relation"
_OF_LISTS = tuple(field.named for field in OF_LISTS)
_SHARED = ("file_number", "individual_reference", "application_number")
"""The numbers by which a member's row may name its principal, the family's own first."""
_OF_AN_APPLICATION = frozenset(f.named for f in OF_MEMBERS if f.entity == "application")
_SORTED = 12
"""So many rows do not stand in the order of their names by chance."""


def parted(
    entry: FoundList, vocabulary: Vocabulary, repairs: Repairs
) -> tuple[FoundList, FoundList]:
    """The list as one of people and one of family members, each with its rows and columns."""
    members: list[int] = []
    for place, number in enumerate(entry.data_rows):
        cells = entry.sheet.rows[number - 1]
        told = entry.cells[_RELATION][place]
        mended = repairs.of_row(entry.sheet.name, number, cells, entry.index) if repairs else {}
        text = clean(mended.get(_RELATION, "" if told is None else str(told)))
        if text and vocabulary.code("role", text) is None:
            members.append(number)
    own = set(members)
    people = tuple(number for number in entry.data_rows if number not in own)
    of_people = {name: name for name in entry.index if name not in TOGETHER_FIELDS}
    of_members = {name: name for name in entry.index if name in (*FAMILY_FIELDS, *_OF_LISTS)}
    own_number = _number_of_principals(entry, set(people))
    if own_number is not None:
        of_people[own_number] = PRINCIPAL.named
    layout = replace(entry.layout, kind=FAMILY)
    return (
        _part(entry, people, of_people),
        replace(_part(entry, tuple(members), of_members), layout=layout),
    )


def _number_of_principals(entry: FoundList, people: set[int]) -> str | None:
    """The number of their own that principals have in the column that names the principal, where
    they have no other column; told by its look."""
    if PRINCIPAL.named not in entry.index or not entry.index.keys().isdisjoint(KEYS_OF_PEOPLE):
        return None
    cells = zip(entry.data_rows, entry.cells[PRINCIPAL.named], strict=True)
    told = [str(cell) for row, cell in cells if row in people and cell is not None]
    for name in KEYS_OF_PEOPLE:
        kinds = BY_NAME[name].traits.identifiers
        if 2 * sum(any(matches(kind, text) for kind in kinds) for text in told) > len(told):
            return name
    return None


def _part(entry: FoundList, rows: tuple[int, ...], names: Mapping[str, str]) -> FoundList:
    """These rows of a list; `names` tells the column that each of their fields has."""
    wanted = set(rows)
    places = [place for place, number in enumerate(entry.data_rows) if number in wanted]
    return replace(
        entry,
        index={name: entry.index[of] for name, of in names.items()},
        data_rows=rows,
        cells={name: [entry.cells[of][at] for at in places] for name, of in names.items()},
    )


class Principals:
    """Tells whose each member of one list is."""

    def __init__(
        self, entry: FoundList, people: Sequence[ParsedRow], members: Sequence[int]
    ) -> None:
        """`people` are the rows of principals, `members` the numbers of the other rows."""
        self._entry = entry
        self._people = {row.row: row for row in people}
        self._members = set(members)
        self._named: dict[str, set[int]] = {}
        self._families: dict[str, set[int]] = {}
        self._called: dict[str, set[int]] = {}
        for row in people:
            for name in NAMING_PRINCIPALS:
                if value := row.values.get(name):
                    self._named.setdefault(normalise(str(value)), set()).add(row.row)
            if family := self._family(row.row):
                self._families.setdefault(family, set()).add(row.row)
            called = " ".join(str(row.values.get(name) or "") for name in NAMES)
            self._called.setdefault(_words(called), set()).add(row.row)
        self._in_their_places = self._rows_follow_principals()

    def of(self, draft: RowDraft) -> None:
        """Give a member's row its principal, or an issue where nothing shows who that is."""
        told = draft.values.get(PRINCIPAL.named)
        found = self._by_reference(str(told)) if told else self._by_numbers(draft)
        if found is not None:
            draft.principal = (self._entry.sheet.name, found)
            draft.issues.pop(PRINCIPAL.named, None)
            self._name(draft, found)
        elif PRINCIPAL.named not in draft.values:
            draft.flag(PRINCIPAL.named, UNCLEAR, ERROR)

    def _name(self, draft: RowDraft, principal: int) -> None:
        """Put a number of the principal's into the row, so that it is known again by it."""
        known = self._people[principal].values
        shared = {
            normalise(str(known[name])): known[name]
            for name in NAMING_PRINCIPALS
            if known.get(name)
        }
        own = (self._key(draft.number, name) for name in _SHARED)
        number = next((shared[key] for key in own if key in shared), None)
        number = number or next(iter(shared.values()), None)
        if number is not None:
            draft.values[PRINCIPAL.named] = str(number)
        else:
            draft.values.pop(PRINCIPAL.named, None)
        if self._shares_application(draft, known):
            # The number of the family's principal, and not that of an application of the member.
            for name in _OF_AN_APPLICATION & draft.values.keys():
                if draft.values[name] == known.get(name):
                    del draft.values[name]

    def _shares_application(self, draft: RowDraft, known: Mapping[str, object]) -> bool:
        number = draft.values.get("application_number")
        return number is not None and number == known.get("application_number")

    def _by_reference(self, text: str) -> int | None:
        """The principal of the list whom a column of its own names: by a number, or by name."""
        named = self._named.get(normalise(text)) or self._called.get(_words(text)) or set()
        return next(iter(named)) if len(named) == 1 else None

    def _by_numbers(self, draft: RowDraft) -> int | None:
        family = self._family(draft.number)
        if family:
            return self._alone(self._families.get(family, set()), draft.number)
        for name in _SHARED:
            key = self._key(draft.number, name)
            if key in self._named:
                return self._alone(self._named[key], draft.number)
        file = self._key(draft.number, "file_number")
        if file:
            draft.values[PRINCIPAL.named] = file  # perhaps somebody of the register
            return None
        return self._above(draft.number) if self._in_their_places else None

    def _alone(self, principals: set[int], row: int) -> int | None:
        """The only one of these; of several the one right above, whose family a row stands in."""
        above = self._above(row)
        if len(principals) == 1:
            return next(iter(principals))
        return above if above in principals else None

    def _above(self, row: int) -> int | None:
        """The principal whose row is the next above, with nothing but members between."""
        for number in range(row - 1, self._entry.layout.header_row, -1):
            if number in self._people:
                return number
        return None

    def _rows_follow_principals(self) -> bool:
        """Whether the rows stand as they were entered: the first is a principal's, and they are
        not sorted by name, which tears families apart."""
        rows = self._entry.data_rows
        if not rows or rows[0] not in self._people:
            return False
        cells = self._entry.cells
        columns = [cells[name] for name in (*NAMES, *_OF_LISTS) if name in cells]
        names = [fold(" ".join(str(c) for c in told if c)) for told in zip(*columns, strict=True)]
        return len(names) < _SORTED or names != sorted(names)

    def _family(self, row: int) -> str:
        cell = self._cell(row, FAMILY_NUMBER.named)
        return "" if cell is None else fold(clean(str(cell)))

    def _key(self, row: int, name: str) -> str:
        cell = self._cell(row, name)
        return "" if cell is None else normalise(clean(str(cell)))

    def _cell(self, row: int, name: str) -> Cell:
        column = self._entry.index.get(name)
        return None if column is None else self._entry.sheet.cell(row, column)


def _words(name: str) -> str:
    """The words of a name in the order of the alphabet: whichever of its parts comes first."""
    return " ".join(sorted(whole_key(name).split()))
