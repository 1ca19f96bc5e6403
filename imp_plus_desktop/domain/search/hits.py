# SPDX-License-Identifier: Apache-2.0
"""Which rows of a file somebody meant by what they typed.

    hits_of(typed, file) -> [Hit]     the person, members of the family, numbers, notes

What the person's own row does not have must be in one other row: that one was meant. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.search.lines import WRITTEN, Item, items_of
from imp_plus_desktop.domain.search.typed import Part, Typed

_OF_PERSON = ("person", "former_name")


class HitKind(StrEnum):
    PERSON = "person"
    MEMBER = "member"
    NUMBER = "number"
    """A number of an application, a permit, a passport."""
    NOTE = "note"
    """A note, or an entry of the contact log."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found in whose file: `row` is the record, `entity` its kind as the journal names
    it. `met` are the words typed that it has itself."""

    kind: HitKind
    file: PersonFile
    entity: str
    row: Any
    met: tuple[str, ...] = ()


def hits_of(typed: Typed, file: PersonFile) -> list[Hit]:
    """What of a file was meant; the person where no row alone has the rest of what was typed."""
    items = list(items_of(file))
    own = [word for item in items if item.entity in _OF_PERSON for word in item.words]
    for parts in typed.conjunctions:
        rest = [part for part in parts if not part.met_by(own)]
        if not rest:
            return [_person(parts, file)]
        found = list(_with(rest, items, parts, file))
        if found:
            return found
    return [_person(typed.parts, file)]


def _person(parts: Sequence[Part], file: PersonFile) -> Hit:
    return Hit(HitKind.PERSON, file, "person", file.person, tuple(part.text for part in parts))


def _with(
    rest: Sequence[Part], items: Sequence[Item], parts: Sequence[Part], file: PersonFile
) -> Iterator[Hit]:
    """The rows besides the person's that have all that is left."""
    met = tuple(part.text for part in parts)
    for item in items:
        if item.entity not in _OF_PERSON and all(part.met_by(item.words) for part in rest):
            yield Hit(_kind(item.entity), file, item.entity, item.row, met)


def _kind(entity: str) -> HitKind:
    if entity in WRITTEN:
        return HitKind.NOTE
    return HitKind.MEMBER if entity == "member" else HitKind.NUMBER
