# SPDX-License-Identifier: Apache-2.0
"""What a header means by its words: `Date exp. passeport` is the passport and its expiry.

Words stand for concepts, and certain concepts together for a field; both are tables of data
(`data/header_meanings.toml`). A word that is not known makes a header mean nothing:
`Nom de la mère` is no name of the person. It knows no sheet and no value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from imp_plus_desktop.domain.classes import dataclass

EXACT, GUESSED = 0.9, 0.75
"""Confidence when every word is known, and when one was told by its beginning or its likeness."""

_OPTIONAL = ("person", "office", "format")
_MINISTRY = "ministry"
_SHORTEST_START = 4
_SHORTEST_MISSPELT = 5
_LIKE = 0.83


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field that a header's words say, and how sure that is (0 to 1)."""

    field: str
    confidence: float


class HeaderMeanings:
    """Looks headers up by the concepts of their words."""

    def __init__(self, table: Mapping[str, Any], words_of: Callable[[str], list[str]]) -> None:
        """From the table; `words_of` folds a text as headers are folded."""
        self._words = {
            words_of(word)[0]: concept
            for concept, listed in table["words"].items()
            for word in listed
        }
        phrases = [(words_of(p), c) for c, listed in table["phrases"].items() for p in listed]
        self._phrases = sorted(phrases, key=lambda pair: -len(pair[0]))
        self._fields = {
            frozenset(concepts): field
            for field, sets in table["meanings"].items()
            for concepts in sets
        }
        self._strangers = frozenset(words_of(word)[0] for word in table["strangers"])
        self._federal = frozenset(table["federal"])
        self.members = frozenset(words_of(word)[0] for word in table["members"])
        groups = table.get("groups", {})
        self.groups = {words_of(word)[0]: group for group in groups for word in groups[group]}
        """Which group of a person's family a word is of: spouse, child ..."""

    @property
    def known_words(self) -> frozenset[str]:
        """Every word that stands for a concept."""
        return frozenset(self._words)

    def of_someone_else(self, words: Iterable[str]) -> bool:
        """Whether a header speaks of a spouse, an employer, a representative ..."""
        return not self._strangers.isdisjoint(words)

    def meaning(self, words: Sequence[str], *, guess: bool = True) -> Meaning | None:
        """The field that the words say, None when they say none or one of them is unknown.

        The words are folded and without small words, as `vocabulary.header_phrase` gives them.
        With `guess` one of them may be told by its beginning or its likeness, which takes longer.
        """
        if not words or self.of_someone_else(words):
            return None
        left, found = self._without_phrases(list(words))
        guesses = 0
        for word in left:
            concept = self._words.get(word)
            if concept is None and guess and not guesses:
                concept = self._guess(word)
                guesses = 1
            if concept is None:
                return None
            found.add(concept)
        if found.isdisjoint(self._federal):
            found.discard(_MINISTRY)
        field = self._fields.get(frozenset(found.difference(_OPTIONAL)))
        return None if field is None else Meaning(field, GUESSED if guesses else EXACT)

    def _without_phrases(self, words: list[str]) -> tuple[list[str], set[str]]:
        found: set[str] = set()
        for phrase, concept in self._phrases:
            for at in range(len(words) - len(phrase) + 1):
                if words[at : at + len(phrase)] == phrase:
                    words = words[:at] + words[at + len(phrase) :]
                    found.add(concept)
                    break
        return words, found

    def _guess(self, word: str) -> str | None:
        """The one concept whose words begin so, or that has a word spelled almost so."""
        if len(word) < _SHORTEST_START or not word.isalpha():
            return None
        starts = {c for known, c in self._words.items() if known.startswith(word)}
        if starts:
            return starts.pop() if len(starts) == 1 else None
        if len(word) < _SHORTEST_MISSPELT:
            return None
        like = {concept for known, concept in self._words.items() if _alike(known, word)}
        return like.pop() if len(like) == 1 else None


def _alike(known: str, word: str) -> bool:
    if len(known) < _SHORTEST_MISSPELT or abs(len(known) - len(word)) > 2:
        return False
    match = SequenceMatcher(None, known, word, autojunk=False)
    return match.quick_ratio() >= _LIKE and match.ratio() >= _LIKE
