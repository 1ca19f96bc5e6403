# SPDX-License-Identifier: Apache-2.0
"""By what somebody is known again in what others wrote: full names, government numbers, birth date.

    marks_of(register, people) -> Marks

Read from the files and from all that the journal still tells of them, so that a name or a number
of before is known too. A family name alone, a telephone or a mail address names others as well, and
is no mark.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.storage.journal.journal import read_together
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.tables.schema import CHILDREN, COLUMNS
from imp_plus_desktop.storage.tables.statements import where_in

_NUMBERS = {
    (entity, field.name)
    for entity, some in FIELDS.items()
    for field in some
    if field.kind is Kind.IDENTIFIER or field.name in ("permit_number", "caq_number")
}
_LEAST = 6
"""Signs of a number below which it may be anybody's."""
_NAMED = ("person", "former_name")
NOBODY = re.compile(r"(?!)")

GONE = "—"
"""What stands where a name or a number of an erased person stood."""


@dataclass(frozen=True)
class Marks:
    """`names` are full names (given, family), `numbers` as they are kept, `born` birth dates."""

    names: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    born: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds a full name, either way round, or a number; nothing where there is neither."""
        told = [*map(_name, sorted(_spelled(self.names))), *map(_number, sorted(self.numbers))]
        return re.compile("|".join(told), re.IGNORECASE) if told else NOBODY

    @cached_property
    def _by_number(self) -> re.Pattern[str]:
        told = [_number(number) for number in sorted(self.numbers)]
        return re.compile("|".join(told), re.IGNORECASE) if told else NOBODY

    @cached_property
    def _by_name(self) -> re.Pattern[str]:
        told = [_name(name) for name in sorted(_spelled(self.names))]
        return re.compile("|".join(told), re.IGNORECASE) if told else NOBODY

    def within(self, text: str) -> bool:
        """Whether a text names the person."""
        return self.pattern.search(text) is not None

    def are_of(self, cells: Iterable[Any]) -> bool:
        """Whether a row of a list is about the person: by a number, or by name and birth date."""
        told = [_told(cell) for cell in cells if cell is not None]
        text = " ".join(told)
        if self._by_number.search(text):
            return True
        return bool(self.born & set(told)) and self._by_name.search(text) is not None


def marks_of(register: Register, people: Sequence[int]) -> Marks:
    """The marks of people, given by all ids that their files ever had."""
    names: set[tuple[str, str]] = set()
    numbers: set[str] = set()
    born: set[str] = set()
    for entity, row in _rows(register, people):
        numbers |= {
            str(value)
            for name, value in row.items()
            if value and (entity, name) in _NUMBERS and len(str(value)) >= _LEAST
        }
        if entity in _NAMED and row.get("family_name") and row.get("given_names"):
            names.add((row["given_names"], row["family_name"]))
        if entity == "person" and row.get("birth_date"):
            born.add(row["birth_date"])
    return Marks(frozenset(names), frozenset(numbers), frozenset(born))


def _rows(register: Register, people: Sequence[int]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is kept of people and what was: rows, and what changes tell of rows, by entity.

    A change that tells of one name of two is put together with what its row says else.
    """
    for entity, column in (("person", "id"), *CHILDREN["person"]):
        names = COLUMNS[entity]
        sql = f"SELECT {', '.join(names)} FROM {entity} WHERE {column}"
        for row in where_in(register.db, sql, people):
            yield entity, dict(zip(names, row, strict=True))
    permits = "SELECT t.permit_number FROM permit t JOIN application a ON a.id = t.application_id"
    for (number,) in where_in(register.db, f"{permits} WHERE a.person_id", people):
        yield "permit", {"permit_number": number}
    whole: dict[tuple[str, int], dict[str, Any]] = {}
    told = "SELECT entity, entity_id, before, after, together FROM change WHERE person_id"
    for entity, number, before, after, together in where_in(register.db, told, people):
        for row in read_together(together):
            yield row
        for text in (before, after):
            if text:
                held = whole.setdefault((entity, number), {})
                held.update(json.loads(text))
                yield entity, dict(held)


def _spelled(names: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Names with their accents and without."""
    return {pair for given, family in names for pair in ((given, family), _plain(given, family))}


def _plain(*texts: str) -> tuple[str, str]:
    one, other = (
        "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        for text in texts
    )
    return one, other


_BETWEEN = r"[,;\s]+"


def _name(name: tuple[str, str]) -> str:
    given, family = (_BETWEEN.join(map(re.escape, text.split())) for text in name)
    return rf"\b(?:{given}{_BETWEEN}{family}|{family}{_BETWEEN}{given})\b"


def _number(number: str) -> str:
    signs = r"[\s\-]?".join(re.escape(sign) for sign in number if sign.isalnum())
    return rf"(?<![0-9A-Za-z]){signs}(?![0-9A-Za-z])"


def _told(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
