# SPDX-License-Identifier: Apache-2.0
"""Finds words in a text whatever their accents, capitals and kinds of spaces.

    Folded(text).hits(words) -> list of (first, behind) positions in the text, in reading order
    phrase(typed) -> str                 what was typed, folded

Must not know Qt, nor where the text comes from.
"""

import re
import unicodedata

_WHOLE = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‑": "-", "–": "-"}


class Folded:
    """A text with small letters and without accents, which knows where each letter stood."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        places: list[int] = []
        for place, letter in enumerate(text):
            plain = _plain(letter)
            letters.append(plain)
            places += [place] * len(plain)
        self.text = "".join(letters)
        self._places = [*places, len(text)]

    def hits(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where any of these folded words stands; nothing unless each of them is there."""
        if not words or not all(word in self.text for word in words):
            return []
        longest_first = sorted(words, key=len, reverse=True)
        sought = re.compile("|".join(re.escape(word) for word in longest_first))
        return [self._place(found) for found in sought.finditer(self.text)]

    def _place(self, found: re.Match[str]) -> tuple[int, int]:
        return self._places[found.start()], self._places[found.end() - 1] + 1


def phrase(typed: str) -> str:
    """What was typed, folded, with single spaces."""
    return " ".join("".join(map(_plain, typed)).split())


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    low = letter.lower()
    if low in _WHOLE:
        return _WHOLE[low]
    if letter.isspace():
        return " "
    return "".join(
        one for one in unicodedata.normalize("NFKD", low) if not unicodedata.combining(one)
    )
