# SPDX-License-Identifier: Apache-2.0
"""What the register knows of the rows of one file: who they name, which went in before, and whose
numbers they bring.

    InRegister(office, rows)    `people`, `settled`, `holder(claim)`

A long list reads everybody once; a short one, beside a long register, only what its rows name, each
by an index. Reads only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from imp_plus_desktop.domain.records.catalogue import KEYS_OF_PEOPLE
from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.services.duplicates.matching import OWN_NUMBER, People
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import archive, known_people
from imp_plus_desktop.storage.history import merges, writings

_SHORT = 10
"""How many times as many people as rows there must be for the rows to be looked for one by one."""
_PRINCIPAL = "principal_reference"
_NAMING = (*KEYS_OF_PEOPLE, OWN_NUMBER)


class InRegister:
    """Answers for the rows of one file."""

    def __init__(
        self,
        office: Office,
        people: Collection[Mapping[str, Any]],
        members: Collection[Mapping[str, Any]] = (),
    ) -> None:
        """`people` are the values of the rows about people that may go in, `members` those of the
        rows about their families."""
        self._register = office.register
        self._own_numbers = office.own_numbers
        few = _SHORT * (len(people) + len(members)) < known_people.ever(office.register)
        self._by_numbers = few and all(map(self._has_number, people))
        """Without reference and UCI it is names that tell who a row is."""
        self._numbers = _numbers(people, members) if few else set()
        self._few = few
        self._asked: set[str] = set()
        self.settled: dict[str, int] = {}
        """The people of rows that brought what the register still holds, by the row's key."""

    def _has_number(self, values: Mapping[str, Any]) -> bool:
        own = values.get(OWN_NUMBER)
        named = values.get("individual_reference") or values.get("uci")
        return bool(named or (own and self._own_numbers.read(str(own))))

    def settle(self, keys: Collection[str]) -> None:
        """Look which of these rows, by their keys, brought what the register still holds."""
        new = None if not self._few else [key for key in keys if key not in self._asked]
        if new is None and self._asked:
            return
        if new != []:
            self._asked.update(keys)
            self.settled |= archive.settled_rows(self._register, new)

    @cached_property
    def people(self) -> People:
        """Read only when a row is not settled: a list that comes again needs it for none."""
        corrected = writings.corrected_numbers(self._register)
        old = merges.old_numbers(self._register)
        moved = merges.merged(self._register)
        own: dict[str, Any] = {"own_numbers": self._own_numbers, "merged": moved}
        if not self._by_numbers:
            return People(known_people.known_people(self._register), old, corrected, **own)
        also = {
            person for (_field, number), person in corrected.items()
            if normalise(number) in self._numbers
        }  # fmt: skip
        read = map(self._own_numbers.read, self._numbers)
        also |= {merges.now(moved, person) for person in read if person is not None}
        known = known_people.known_people(self._register, self._numbers, also)
        some = not known_people.is_empty(self._register)
        return People(known, old, corrected, **own, some=some)

    def holder(self, claim: tuple[str, str]) -> int | None:
        """The row that holds an application or permit number, by field and number."""
        if self._few:
            return archive.number_in_use(self._register, *claim)
        return self._in_use.get(claim)

    @cached_property
    def _in_use(self) -> Mapping[tuple[str, str], int]:
        return archive.numbers_in_use(self._register)


def _numbers(people: Iterable[Mapping[str, Any]], members: Iterable[Mapping[str, Any]]) -> set[str]:
    """The numbers by which rows may name people, as they are compared."""
    written = {values.get(field) for values in people for field in _NAMING}
    written |= {values.get(_PRINCIPAL) for values in members}
    return {normalise(str(number)) for number in written if number}
