# SPDX-License-Identifier: Apache-2.0
"""Words that somebody may have meant: one slip of a finger away, or heard alike.

    keys_of(word)         what the index keeps a word of a name under, and finds a typed one by
    how_near(typed, word) -> Nearness | None
    two_slips(typed, word)       whether two slips lead from one to the other

A key is the word's beginning with one letter left out: two words that differ by one letter put
in, left out, changed or swapped share one. Words are folded. Knows no index.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from imp_plus_desktop.domain.values.names import is_particle, sound_key
from imp_plus_desktop.domain.values.slips import within

SHORTEST = 4
"""Letters of a word from which on a slip is forgiven: of five, one may have been left out."""
TWICE_FROM = 5
"""Letters of a word from which on two slips are forgiven, where nothing nearer is found."""
BEGINNING = 7
"""Letters that keys are made of, so that a long word has no more of them than a short one."""
_HEARD = "~"
_HEARD_FROM = 3


class Nearness(IntEnum):
    """How a word is like the one typed, the nearest first."""

    SAME = 0
    SOUND = 1
    LETTER = 2
    BEGINNING = 3
    """What was typed is one letter away from how the word begins."""
    TWO = 4
    """Two letters differ."""


def is_kept(word: str) -> bool:
    """Whether a word of a name can be found with a slip."""
    return len(word) >= SHORTEST and word.isalpha()


def keys_of(word: str) -> set[str]:
    """What a word of a name is kept under."""
    heard = sound_key(word)
    keys = _left_out(word[:BEGINNING])
    if len(heard) >= _HEARD_FROM:
        keys.add(_HEARD + heard)
    return keys


def how_near(typed: str, word: str) -> Nearness | None:
    """How a word of a name is like one that was typed, None when it is not."""
    if typed == word:
        return Nearness.SAME
    heard = sound_key(typed)
    if len(heard) >= _HEARD_FROM and heard == sound_key(word):
        return Nearness.SOUND
    if abs(len(typed) - len(word)) <= 1 and within(typed, word, 1):
        return Nearness.LETTER
    beginnings = (word[: len(typed) + more] for more in (-1, 0, 1))
    if len(word) > len(typed) >= BEGINNING and any(within(typed, b, 1) for b in beginnings):
        return Nearness.BEGINNING
    return None


def two_slips(typed: str, word: str) -> bool:
    """Whether two slips lead from what was typed to a word, neither of them in its first letter:
    nobody finds a name of five or six letters by its sound or its beginning then."""
    least = min(len(typed), len(word))
    return least >= TWICE_FROM and typed[0] == word[0] and within(typed, word, 2)


def glues_well(words: Sequence[str]) -> bool:
    """Whether the words of a name are often written as one: `Ben Aïssa`, `St-Pierre`."""
    return len(words) > 1 and any(len(word) < SHORTEST or is_particle(word) for word in words)


def _left_out(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
