# SPDX-License-Identifier: Apache-2.0
"""What a file is found by: words of names, of numbers and birth dates, and of notes.

    line_of(file) -> Line         all words of a file, for the index
    items_of(file) -> [Item]      the same, row by row: which of them was meant

Words are folded (no case, accent, apostrophe or hyphen). Knows no index and reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import FIELDS, NAMES, rows_of
from imp_plus_desktop.domain.records.fields import Field, Kind, Mark
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.search.alike import glues_well, is_kept
from imp_plus_desktop.domain.search.typed import BORN, END
from imp_plus_desktop.domain.values.names import fold, search_form
from imp_plus_desktop.domain.values.partial_days import born_text

_END_DIGITS = 12
_LOCAL = 10
"""Digits of a telephone number of North America without its 1."""
_APOSTROPHE = re.compile(r"[’'‘ʼʻ`´ʹ′]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Line(NamedTuple):
    """The words of a file by what they are of, each with a space between."""

    names: str
    numbers: str
    texts: str
    forgiven: str
    """Of the words of names, those among which a slip is forgiven."""
    hidden: str = ""
    """Of the words of numbers, those of values alone that a server hides from who only reads."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a file and its words; `entity` as the journal names it."""

    entity: str
    row: Any
    words: tuple[str, ...]


WRITTEN = ("note", "contact")
"""Rows that are written in sentences."""
_BORN = ("person", "member")


def line_of(file: PersonFile) -> Line:
    """All that a file is found by."""
    found = _Words()
    for entity in SEARCHED:
        for row in rows_of(file, entity):
            found.add(entity, row)
    hidden = [word for word in found.numbers if word not in found.shown]
    kept = (found.names, found.numbers, found.texts, found.forgiven, hidden)
    return Line(*(" ".join(words) for words in kept))


def items_of(file: PersonFile) -> Iterator[Item]:
    """Every row of a file that somebody may look for, the person first."""
    for entity in SEARCHED:
        for row in rows_of(file, entity):
            found = _Words()
            found.add(entity, row)
            yield Item(entity, row, (*found.names, *found.numbers, *found.texts))


class _Words:
    """Words as they are gathered, each once, in their order."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}
        self.numbers: dict[str, None] = {}
        self.shown: set[str] = set()
        """The words of numbers that nobody hides."""
        self.texts: dict[str, None] = {}
        self.forgiven: dict[str, None] = {}

    def add(self, entity: str, row: Any) -> None:
        """Gather the words of one row."""
        for name, gather in _WAYS[entity]:
            value = getattr(row, name)
            if value:
                gather(self, value)
        if entity in _BORN and (born := born_text(row.birth_date, row.birth_known)) is not None:
            self.numbers[BORN + born.replace("-", "")] = None

    def add_name(self, value: str) -> None:
        words = name_words(value)
        self.names.update(dict.fromkeys(words.plain))
        self.names.update(dict.fromkeys(words.one))
        self.forgiven.update(dict.fromkeys(words.forgiven))

    def add_text(self, value: str) -> None:
        self.texts.update(dict.fromkeys(text_words(value)))

    def add_mail(self, value: str) -> None:
        self._add_shown(mail_words(value))

    def add_tags(self, value: str) -> None:
        # Beside the numbers: a list that shows tags is searched for them.
        self._add_shown(text_words(value))

    def add_number(self, value: str) -> None:
        self._add_shown(number_words(value))

    def add_hidden(self, value: str) -> None:
        self.numbers.update(dict.fromkeys(number_words(value)))

    def _add_shown(self, words: list[str]) -> None:
        self.numbers.update(dict.fromkeys(words))
        self.shown.update(words)


def _way(field: Field) -> Callable[[_Words, str], None]:
    """How the words of a field are gathered."""
    if field.name in NAMES:
        return _Words.add_name
    if field.entity in WRITTEN:
        return _Words.add_text
    if field.has(Mark.HIDDEN):
        return _Words.add_hidden
    ways = {Kind.EMAIL: _Words.add_mail, Kind.TAGS: _Words.add_tags}
    return ways.get(field.kind, _Words.add_number)


_WAYS: Mapping[str, tuple[tuple[str, Callable[[_Words, str], None]], ...]] = {
    entity: ways
    for entity, fields in FIELDS.items()
    if (ways := tuple((f.name, _way(f)) for f in fields if f.has(Mark.SEARCHED)))
}
SEARCHED = tuple(_WAYS)
"""The kinds of rows that anybody is found by."""


class NameWords(NamedTuple):
    """`plain` are the words of a name, `one` its neighbouring words written as one; a slip is
    forgiven among `forgiven`."""

    plain: tuple[str, ...]
    one: tuple[str, ...]
    forgiven: tuple[str, ...]


@lru_cache(maxsize=16_384)
def name_words(name: str) -> NameWords:
    """The words of a name, and its parts as one word: `ben aissa` and `benaissa`."""
    plain = tuple(search_form(name).split())
    one = tuple(_glued(name)) if len(plain) > 1 else ()
    forgiven = (*plain, *one) if glues_well(plain) else plain
    return NameWords(plain, one, tuple(filter(is_kept, forgiven)))


def _glued(name: str) -> dict[str, None]:
    """Neighbouring words of a name as one word, St and Saint likewise, and all of them."""
    words = fold(name).split()
    found: dict[str, None] = {}
    for one, other in pairwise(words):
        for spelled in search_form(one).split():
            found[spelled + other] = None
    if len(words) > 2:
        found["".join(words)] = None
    return found


def number_words(number: str) -> list[str]:
    """A number whole and in its parts, without the letters before it, and its end backwards."""
    if number.isalnum() and number.isascii():  # most are: nothing of them is to be folded
        whole = number.lower()
        words = [whole]
    else:
        parts = fold(number).split()
        if not parts:
            return []
        whole = "".join(parts)
        words = [whole, *parts] if len(parts) > 1 else [whole]
    if whole[0].isalpha():
        digits = whole.lstrip(_LETTERS)
        if digits:
            words.append(digits)
    elif len(whole) > _LOCAL and number[0] in "+1" and whole[0] == "1":
        words.append(whole[1:])
    words.append(END + whole[: -_END_DIGITS - 1 : -1])
    return words


_MAIL = re.compile(r"[^\W_]+")


def mail_words(address: str) -> list[str]:
    """The words of an e-mail address."""
    return _MAIL.findall(address.lower() if address.isascii() else fold(address))


def text_words(text: str) -> list[str]:
    """The words of a note, those with an apostrophe whole and apart: `lemployeur employeur`."""
    apart = _APOSTROPHE.sub(" ", text)
    # Not through `fold` as a whole: it keeps what it has folded, and a note may be long.
    words = [folded for word in text.split() for folded in fold(word[:_LONGEST]).split()]
    if apart != text:
        words += [folded for word in apart.split() for folded in fold(word[:_LONGEST]).split()]
    return words


_LONGEST = 60
"""Letters of a word of a note that are looked at."""
