# SPDX-License-Identifier: Apache-2.0
"""What somebody typed to find a person, as words that must be met.

    read(text) -> Typed      `.conjunctions`: one of them must be met; `.parts`: each must be

Every part is a name, the beginning or the end of a number, a birth year or date, or a word of a
note, and may be met in several ways. Neighbouring words may also be one word of the file, and one
word several of it (which the index keeps as one too). Knows no index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import MONTHS
from imp_plus_desktop.domain.values.names import fold

BORN, END = "¦", "§"
"""What a word of a birth date, and the end of a number read backwards, begin with: signs that
nobody can type, since what is typed keeps letters and digits only."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_PARTS = 8
"""What is typed beyond so many parts is not looked at."""
_MOST_GLUED = 5
_END_FROM = 4
"""Digits from which on they may be the end of a number."""
_WITH_COUNTRY, _FROM_HOME = 11, 9
"""Digits of a telephone number: of North America with its 1, and of elsewhere with the 0 that it
has at home in place of its country."""
_BLOCK = re.compile(r"\S+")
_ORDINAL = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|e)")


class Term(NamedTuple):
    """A word that a file must have: as it stands (`whole`), or one that begins so."""

    word: str
    whole: bool = False

    def met_by(self, words: Sequence[str]) -> bool:
        """Whether one of some words is it."""
        if self.whole:
            return self.word in words
        return any(word.startswith(self.word) for word in words)


Way = tuple[Term, ...]
"""Terms that must all be met."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing typed, `text` folded, and the ways in which a file may have it."""

    text: str
    ways: tuple[Way, ...]

    def met_by(self, words: Sequence[str]) -> bool:
        """Whether some words have it in one of its ways."""
        return any(all(term.met_by(words) for term in way) for way in self.ways)

    def without_letters(self) -> Part:
        """The same without the terms of a single letter; without ways where one is nothing else."""
        ways = tuple(tuple(term for term in way if len(term.word) > 1) for way in self.ways)
        return Part(self.text, ways if all(ways) else ())

    @property
    def is_name(self) -> bool:
        """Whether it can be a word of a name."""
        return self.text.isalpha()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed. `conjunctions` are the readings of it: as its parts stand, then with two
    neighbours, or all of them, written as one word."""

    parts: tuple[Part, ...]
    conjunctions: tuple[tuple[Part, ...], ...]

    def without_letters(self) -> Typed | None:
        """The same without single letters and digits, each of which begins many words; None where
        there is none of them, or nothing else in one of its ways."""
        rest = [[part.without_letters() for part in some] for some in self.conjunctions]
        kept = tuple(tuple(part for part in some if part.ways) for some in rest)
        if kept == self.conjunctions or not all(kept):
            return None
        return Typed(kept[0], kept)

    def met_by(self, words: Sequence[str]) -> bool:
        """Whether a file with these words has all that was typed."""
        return any(all(part.met_by(words) for part in some) for some in self.conjunctions)


@lru_cache(maxsize=256)
def read(text: str) -> Typed:
    """The parts of what was typed; none where it holds no letter and no digit."""
    blocks = [words for found in _BLOCK.findall(text) if (words := fold(found).split())]
    parts = tuple(_parts(blocks))[:MOST_PARTS]
    return Typed(parts, tuple(_readings(parts)))


def of_words(words: Sequence[str]) -> Typed:
    """Words of a name, folded, each of which must begin a word."""
    parts = tuple(Part(word, ((Term(word),),)) for word in words)
    return Typed(parts, (parts,) if parts else ())


def _parts(blocks: Sequence[list[str]]) -> Iterator[Part]:
    """Dates first, then runs of digits, then what has signs inside, then plain words."""
    at = 0
    while at < len(blocks):
        taken = _span(blocks, at)
        words = [word for block in blocks[at : at + taken] for word in block]
        yield Part(" ".join(words), tuple(_ways(words)))
        at += taken


def _span(blocks: Sequence[list[str]], at: int) -> int:
    """How many blocks from one on are one thing: a birth date, or the groups of a number."""
    for length in (3, 2):
        some = blocks[at : at + length]
        words = [word for block in some for word in block]
        if len(some) == length and len(words) <= 3 and _dates(words):
            return length
    length = 0
    while at + length < len(blocks) and all(map(str.isdecimal, blocks[at + length])):
        # A year stands for itself: `1979 514` are two things.
        if length and _is_year(blocks[at + length]):
            break
        length += 1
        if length == 1 and _is_year(blocks[at]):
            break
    return max(length, 1)


def _is_year(block: Sequence[str]) -> bool:
    return len(block) == 1 and len(block[0]) == 4 and FIRST_YEAR <= int(block[0]) <= LAST_YEAR


def _ways(words: list[str]) -> Iterator[Way]:
    """The ways in which a file may have a word, a number in groups, or a date."""
    yield tuple(map(Term, words))
    whole = "".join(words)
    if len(words) > 1:
        yield (Term(whole),)
    if whole.isdecimal():
        if len(whole) == _WITH_COUNTRY and whole[0] == "1":
            yield (Term(whole[1:]),)
        if len(whole) >= _END_FROM:
            yield (Term(END + whole[::-1]),)
        if len(whole) >= _FROM_HOME and whole[0] == "0":
            yield (Term(END + whole[:0:-1]),)
    for born in _dates(words):
        yield (Term(BORN + born, whole=len(born) == 8),)


def _dates(words: Sequence[str]) -> list[str]:
    """What words may mean as a birth: `1979`, `197911`, `19791130`, in every order that can be."""
    if not 1 <= len(words) <= 3:
        return []
    if len(words) == 1:
        return _of_one(words[0])
    found: dict[str, None] = {}
    for year, month, day in _orders(words):
        for y, m, d in product(_years(year), _month(month), _day(day)):
            found[y + m + d] = None
    return list(found)


def _of_one(word: str) -> list[str]:
    if not word.isdecimal() or len(word) not in (4, 6, 8):
        return []
    year, month, day = word[:4], word[4:6], word[6:]
    if not FIRST_YEAR <= int(year) <= LAST_YEAR or (month and not 1 <= int(month) <= 12):
        return []
    return [word] if not day or 1 <= int(day) <= 31 else []


def _orders(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The orders in which people write year, month and day; a date in words says its month."""
    if len(words) == 2:
        first, second = words
        yield from ((second, first, ""), (first, second, ""))
        return
    first, second, third = words
    yield from ((first, second, third), (third, second, first), (third, first, second))


def _years(word: str) -> list[str]:
    if not word.isdecimal():
        return []
    if len(word) == 4:
        return [word] if FIRST_YEAR <= int(word) <= LAST_YEAR else []
    return [f"19{word}", f"20{word}"] if len(word) == 2 else []


def _month(word: str) -> list[str]:
    if word in MONTHS:
        return [f"{MONTHS[word]:02}"]
    known = word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 12
    return [f"{int(word):02}"] if known else []


def _day(word: str) -> list[str]:
    if not word:
        return [""]
    if ordinal := _ORDINAL.fullmatch(word):
        word = ordinal.group(1)
    known = word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31
    return [f"{int(word):02}"] if known else []


def _readings(parts: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    """The parts as they stand, and with neighbours that are one word in the file."""
    if not parts:
        return
    yield parts
    names = [at for at, part in enumerate(parts) if part.is_name]
    if len(parts) > _MOST_GLUED:
        return
    for at in names:
        if at + 1 in names:
            yield (*parts[:at], _one(parts[at : at + 2]), *parts[at + 2 :])
    if len(parts) > 2 and len(names) == len(parts):
        yield (_one(parts),)


def _one(parts: Sequence[Part]) -> Part:
    whole = "".join(part.text for part in parts)
    return Part(whole, ((Term(whole),),))
