# SPDX-License-Identifier: Apache-2.0
"""Headers of the family beside a person: `Conjoint – prénom`, `Enfant 2 – né le`, `Spouse`.

Takes the words that say which member out of a header, and looks up what is left. Which words these
are is a table of data (`groups` of `data/header_meanings.toml`). It sees no value but where a
header leaves open whether its column has names in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from imp_plus_desktop.domain.records.catalogue import (
    FAMILY_FIRST,
    FULL_NAME,
    GIVEN_FIRST,
    IN_FAMILY,
    slot_field,
)
from imp_plus_desktop.exchange.columns.side_by_side import meant, placed
from imp_plus_desktop.exchange.values.vocabulary import SMALL_WORDS, Vocabulary

_LONGEST = 80
_SPOUSE, _PARTNER, _CHILD, _DEPENDENT = "spouse", "partner", "child", "dependent"
_COMMON_LAW, _PLAIN = "common_law", "plain"
_MOST = 8
_LANGUAGES = re.compile(r"\s*[/|\n]\s*")
_ENDS = SMALL_WORDS | {"no"}


def of_family(text: str, vocabulary: Vocabulary) -> str | None:
    """The field of a header that speaks of a member of the person's family, None for any other.

    `text` is the header with what stands above it; it may say so in two languages.
    """
    found = _of_one(text, vocabulary)
    for part in _LANGUAGES.split(text) if found is None and len(text) <= _LONGEST else ():
        found = found or _of_one(part, vocabulary)
    return found


def _of_one(text: str, vocabulary: Vocabulary) -> str | None:
    groups = vocabulary.header_meanings.groups
    place, words = placed(text, _MOST) if len(text) <= _LONGEST else (0, [])
    slot = _slot({groups[word] for word in words if word in groups}, place)
    if slot is None:
        return None
    left = [word for word in words if word not in groups]
    bare = _bare(left)
    if not bare and (not place or slot in (_SPOUSE, _PARTNER)):
        return None  # whether there is one, or how many: `Conjoint`, `Enfants à charge`
    plain = meant(left, vocabulary) or meant(bare, vocabulary) if bare else FULL_NAME.named
    if plain == FULL_NAME.named:
        plain = _order(left) or plain
    field = slot_field(slot, plain or "")
    return field if field in IN_FAMILY else None


def _bare(words: Sequence[str]) -> list[str]:
    """The words without the small ones at both ends, and without the `n°` of `Enfant n° 2`."""
    bare = list(words)
    for at in (0, -1):
        while bare and bare[at] in _ENDS:
            bare.pop(at)
    return bare


def _slot(said: set[str], place: int) -> str | None:
    """Which member of the family is meant; None where none is, or a second spouse."""
    if said.isdisjoint({_SPOUSE, _PARTNER, _CHILD, _DEPENDENT}):
        return None
    if not said.isdisjoint({_SPOUSE, _PARTNER}):
        if place > 1:
            return None
        both = _COMMON_LAW in said or _SPOUSE not in said
        return _PARTNER if both else _SPOUSE
    return f"{_CHILD if _CHILD in said else _DEPENDENT}_{place or 1}"


def _order(words: Sequence[str]) -> str | None:
    """The field whose order the words of a whole name state: `Enfant 1 (nom, prénom)`."""
    given = next((at for at, word in enumerate(words) if word in _GIVEN), None)
    family = next((at for at, word in enumerate(words) if word in _FAMILY), None)
    if given is None or family is None:
        return None
    return GIVEN_FIRST.named if given < family else FAMILY_FIRST.named


_GIVEN = frozenset(("prenom", "given", "first"))
_FAMILY = frozenset(("nom", "last", "surname", "family"))


def beside_a_member(
    words: Mapping[int, tuple[str, float, str]], columns: Sequence[int]
) -> dict[int, tuple[str, float, str]]:
    """The columns that only repeat a header of the person's behind one of a member's, and so are
    the member's: `Conjoint`, `Date de naissance`; and those of a second child under the very
    headers of the first. `words` are the fields by column."""
    found: dict[int, str] = {}
    said: set[str] = set()
    slot = ""
    for column in columns:
        field = words[column][0] if column in words else ""
        if field in IN_FAMILY:
            plain, slot = IN_FAMILY[field]
            if field in said and slot == f"{_CHILD}_1":
                others = (f"{_CHILD}_{number}" for number in range(2, _MOST + 1))
                slot = next((s for s in others if slot_field(s, plain) not in said), slot)
                field = found[column] = slot_field(slot, plain)
        elif slot and field in said and slot_field(slot, field) in IN_FAMILY:
            field = found[column] = slot_field(slot, field)
        else:
            slot = ""
        said.add(field)
    return {
        column: (field, 0.8, "before")
        for column, field in found.items()
        if _is_new(field, column, words)
    }


def _is_new(field: str, column: int, words: Mapping[int, tuple[str, float, str]]) -> bool:
    return all(other == column or match[0] != field for other, match in words.items())


def holds_names(values: Sequence[str], is_yes: Callable[[str], bool | None]) -> bool:
    """Whether a column that may say if there is a spouse names the spouse instead. `is_yes` tells
    yes from no, None for neither."""
    said = [is_yes(value) for value in values]
    names = sum(
        yes is None and value[:1].isupper() for yes, value in zip(said, values, strict=True)
    )
    return names > 0 and names >= said.count(True)
