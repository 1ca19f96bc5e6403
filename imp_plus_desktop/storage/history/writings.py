# SPDX-License-Identifier: Apache-2.0
"""Who wrote what a file holds: the changes that made its values, the latest first.

    of_people(register, people) -> Writings

What was undone made nothing, and an undo brings back what somebody wrote before it. Reads only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from imp_plus_desktop.domain.records.catalogue import KEYS_OF_PEOPLE
from imp_plus_desktop.storage.history import merges
from imp_plus_desktop.storage.history.acts import stands
from imp_plus_desktop.storage.journal.journal import read_together
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.statements import where_in

_OF_LISTS = frozenset({"imports.commit", "imports.resolve"})


class Writing(NamedTuple):
    """One change of one row by an act that stands; stored values by column, None for no row.

    `sheet` and `row` are those of the list that brought it, None where a hand wrote.
    """

    act: int
    at: datetime
    who: str
    service: str
    file_name: str | None
    sheet: str | None
    row: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def of_list(self) -> bool:
        """Whether a list brought it, at once or from a row that was held."""
        return self.sheet is not None and self.service in _OF_LISTS

    def wrote(self, column: str) -> bool:
        """Whether it made what the column holds: a new row makes all of its columns."""
        return self.after is not None and (self.before is None or column in self.after)


class Writings:
    """The changes of some files, by row. What is not asked for is not decoded: a list may change
    everybody."""

    def __init__(self) -> None:
        self._of_row: dict[tuple[str, int], list[_Stored]] = defaultdict(list)
        self._of_file: dict[int, list[_Stored]] = defaultdict(list)
        self._hanging: dict[int, dict[tuple[str, int], list[Writing]]] = {}

    def add(self, person: int, stored: _Stored) -> None:
        """Enter one change of a person's file, later ones first."""
        self._of_row[stored.entity, stored.number].append(stored)
        self._of_file[person].append(stored)

    def last(self, person: int, entity: str, number: int, column: str) -> Writing | None:
        """Who wrote what a column of a row of a person's file holds; None where nobody did.

        What a merger took over from another file of the person was written by whoever wrote it
        there.
        """
        found = self._last(person, entity, number, column)
        if found is None or found.service != merges.SERVICE or found.after is None:
            return found
        value = found.after.get(column)
        copied = (
            writing
            for writing in self._about(person, entity)
            if writing.of_list and (writing.after or {}).get(column) == value
        )
        return next(copied, found)

    def replaced(
        self, person: int, entity: str, matches: Callable[[int, Mapping[str, Any]], bool]
    ) -> tuple[int, Writing] | None:
        """The row of a person's file that a hand has changed or deleted and that was, before, what
        is looked for; with the change. `matches` is asked of the row and what it changed."""
        for stored in self._of_file[person]:
            if stored.entity != entity or stored.before is None:
                continue
            writing = stored.writing()
            if writing.of_list or writing.service == merges.SERVICE or writing.before is None:
                continue
            if matches(stored.number, writing.before):
                return stored.number, writing
        return None

    def _last(self, person: int, entity: str, number: int, column: str) -> Writing | None:
        named = f'"{column}"'
        for stored in self._of_row[entity, number]:
            if stored.after is not None and (stored.before is None or named in stored.after):
                writing = stored.writing()
                if writing.wrote(column):
                    return writing
        return next(iter(self._together(person).get((entity, number), ())), None)

    def _together(self, person: int) -> dict[tuple[str, int], list[Writing]]:
        """What came in together with the new rows of a person's file."""
        if person not in self._hanging:
            found: dict[tuple[str, int], list[Writing]] = defaultdict(list)
            for stored in self._of_file[person]:
                for entity, values in read_together(stored.together):
                    whole = stored.writing()._replace(before=None, after=values)
                    found[entity, values["id"]].append(whole)
            self._hanging[person] = found
        return self._hanging[person]

    def _about(self, person: int, entity: str) -> Iterator[Writing]:
        """Every change of one kind of rows of a person's file."""
        for stored in self._of_file[person]:
            if stored.entity == entity:
                yield stored.writing()
        for (other, _number), writings in self._together(person).items():
            if other == entity:
                yield from writings


class _Stored(NamedTuple):
    """A change as the journal keeps it."""

    id: int
    person: int
    entity: str
    number: int
    before: str | None
    after: str | None
    together: str | None
    sheet: str | None
    row: int | None
    act: int
    at: str
    who: str
    service: str
    file_name: str | None

    def writing(self) -> Writing:
        """The change with its values."""
        return Writing(
            self.act, datetime.fromisoformat(self.at), self.who, self.service, self.file_name,
            self.sheet, self.row, _read(self.before), _read(self.after),
        )  # fmt: skip


def of_people(register: Register, people: Collection[int]) -> Writings:
    """The changes that made the files of these people, and of files merged into theirs."""
    moves = merges.merged(register)
    former = {gone: merges.now(moves, gone) for gone in moves}
    wanted = dict.fromkeys(people)
    asked = [*wanted, *(gone for gone, kept in former.items() if kept in wanted)]
    fallen = _fallen(register)
    found = Writings()
    rows = where_in(
        register.db,
        "SELECT c.id, c.person_id, c.entity, c.entity_id, c.before, c.after, c.together, c.sheet,"
        " c.row, a.id, a.at, a.who, a.service, a.source_name FROM change c"
        " JOIN act a ON a.id = c.act_id WHERE a.undoes IS NULL AND c.person_id",
        asked,
    )
    for row in sorted(rows, key=itemgetter(0), reverse=True):
        stored = _Stored(*row)
        if stored.act not in fallen:
            found.add(former.get(stored.person, stored.person), stored)
    return found


def corrected_numbers(register: Register) -> dict[tuple[str, str], int]:
    """Field and number → the person who had it until a hand put another one in its place."""
    fallen, moves = _fallen(register), merges.merged(register)
    # Word by word as the index of such changes has it.
    holds = register.db.dialect.holds
    told = " OR ".join(holds("c.before", f'"{field}"') for field in KEYS_OF_PEOPLE)
    rows = register.db.execute_sql(
        "SELECT c.entity_id, c.before, c.sheet, a.id, a.service FROM change c"
        # The sign keeps the planner from walking the changes of every act.
        " JOIN act a ON a.id = +c.act_id WHERE a.undoes IS NULL AND c.entity = 'person'"
        f" AND c.before IS NOT NULL AND c.after IS NOT NULL AND ({told}) ORDER BY c.id"
    )
    return {
        (field, str(before[field])): merges.now(moves, number)
        for number, text, sheet, act, service in rows.fetchall()
        if sheet is None and act not in fallen and service != merges.SERVICE
        for before in (json.loads(text),)
        for field in KEYS_OF_PEOPLE
        if before.get(field)
    }


def _read(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text else None


def _fallen(register: Register) -> frozenset[int]:
    """The acts that were undone and not brought back."""
    asked = "SELECT a.undoes FROM act a WHERE a.undoes IS NOT NULL AND NOT "
    return frozenset(
        row[0] for row in register.db.execute_sql(asked + stands("a.undoes")).fetchall()
    )
