# SPDX-License-Identifier: Apache-2.0
"""What one line of the box shows and does, and which letters of a text were meant.

    Row(...)                     a line; `Group(key, title, rows)` a section of them
    marks(text, words) -> [(start, length)]     the letters to bring out

Must not hold a widget, nor read anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.names import fold

Doing = Callable[[], object]


POINT = " · "
"""Between what a line tells."""


def nothing() -> None:
    """What a line does that only tells."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line. `key` tells it from every other; `words` are what was typed, folded."""

    key: str
    icon: str
    title: str
    detail: str = ""
    note: str = ""
    """At the right: why it is here, whose it is, its keys."""
    words: tuple[str, ...] = ()
    open: Doing = nothing
    act: str = ""
    """What Ctrl+Enter does, empty where there is nothing of that kind."""
    do: Doing = nothing
    copies: str = ""
    """The number that Ctrl+C copies."""
    keys: str = ""
    """The shortcut of a command."""
    enabled: bool = True

    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.detail, self.note, self.keys) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a title."""

    key: str
    title: str
    rows: tuple[Row, ...]


def marks(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words begin parts of a text, as (start, length), whatever its accents and signs."""
    letters, places = _folded(text)
    found: list[tuple[int, int]] = []
    for word in words:
        start = letters.find(word)
        while start >= 0 and not _begins(letters, start):
            start = letters.find(word, start + 1)
        if start >= 0:
            first, last = places[start], places[start + len(word) - 1]
            found.append((first, last - first + 1))
    return sorted(found)


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and where each of its letters stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = fold(letter)
        if not plain and letter not in "’'":
            plain = " "
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def _begins(letters: str, start: int) -> bool:
    """Whether a word begins here, or the digits of a number behind its letters."""
    before = letters[start - 1] if start else " "
    return before == " " or (letters[start].isdigit() and before.isalpha())
