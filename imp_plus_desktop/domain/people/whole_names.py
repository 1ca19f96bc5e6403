# SPDX-License-Identifier: Apache-2.0
"""A whole name in one text, split in two; and what stands for a name that is not there.

As lists and consulates write them. Works on text alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from imp_plus_desktop.domain.records.catalogue import FAMILY_FIRST, GIVEN_FIRST, ONLY_NAME
from imp_plus_desktop.domain.values.names import is_particle


def _as_written(words: Iterable[str]) -> frozenset[str]:
    """Words as lists write them: small, in capitals, with one capital, with capitals throughout."""
    ways = (str.lower, str.upper, str.capitalize, str.title)
    return frozenset(way(word) for word in words for way in ways)


NO_SUCH_NAME = frozenset(
    {
        *("fnu", "lnu", "f.n.u.", "l.n.u.", "fnu.", "lnu.", "sans nom", "sans prénom"),
        *("sans prenom", "sans nom de famille", "aucun nom", "aucun prénom", "aucun prenom"),
        *("no name", "no given name", "no given names", "no first name", "no last name"),
        *("no family name", "no surname", "nom unique", "prénom unique", "single name"),
        *("-", "--", "---", "–", "—", "*", "**", "***", ".", "_"),
    }
)
"""What IRCC, consulates and lists write for a part of a name that the person does not have."""
NOT_KNOWN = frozenset(
    {
        *("n/a", "n.a.", "n/d", "n.d.", "s/o", "s.o.", "inconnu", "inconnue", "unknown"),
        *("non disponible", "non fourni", "non précisé", "non connu", "sans objet", "à venir"),
        *("à compléter", "à préciser", "à déterminer", "not available", "not provided"),
        *("not applicable", "not known", "tbd", "tbc", "?", "??", "???", "xx", "xxx", "xxxx"),
        *("xxxxx", "xxxxxx", "prénom inconnu", "nom inconnu", "unknown name"),
    }
)
"""What stands for a name that somebody would have to ask for. `NA`, `None` and `Null` are names."""
NO_NAMES = _as_written(NO_SUCH_NAME | NOT_KNOWN)
"""All of them, for a quick look at a row."""
_WORDS_OF_NO_NAME = frozenset({"fnu", "lnu"})


class Split(NamedTuple):
    """A whole name in two; `sure` when something proves where one ends."""

    family: str
    given: str
    sure: bool


def split(whole: str, order: str | None) -> Split:
    """A whole name by its comma, its capitals, or the order in which its column has the two.

    `order` is the name of the field that says it, None when nothing does.
    """
    words = [word for word in whole.split() if word.casefold() not in _WORDS_OF_NO_NAME]
    if "," in whole:
        return _by_comma(" ".join(words), order)
    by_capitals = _by_capitals(words)
    if by_capitals is not None:
        return by_capitals
    if len(words) < 2 or order == ONLY_NAME.named:
        return Split(" ".join(words), "", True)
    if order == GIVEN_FIRST.named:
        return _given_first(words)
    if order == FAMILY_FIRST.named:
        return _family_first(words)
    return Split(" ".join(words), "", False)


def _by_comma(whole: str, order: str | None) -> Split:
    one, other = (part.strip() for part in whole.split(",", 1))
    if order == GIVEN_FIRST.named and not (one.isupper() and not other.isupper()):
        # A comma sets the family name before it; this column says otherwise.
        return Split(other, one, other.isupper() and not one.isupper())
    return Split(one, other, True)


def _given_first(words: list[str]) -> Split:
    at = len(words) - 1
    while at > 1 and is_particle(words[at - 1]):
        at -= 1
    return Split(" ".join(words[at:]), " ".join(words[:at]), at == 1)


def _family_first(words: list[str]) -> Split:
    at = 1
    while at < len(words) - 1 and is_particle(words[at - 1]):
        at += 1
    return Split(" ".join(words[:at]), " ".join(words[at:]), at == len(words) - 1)


def _by_capitals(words: list[str]) -> Split | None:
    """`DE LA CRUZ María`: the words in capitals are the family name; None where all or none are."""
    capitals = [at for at, word in enumerate(words) if _in_capitals(word)]
    if not capitals or len(capitals) == len(words):
        return None
    first, last = capitals[0], capitals[-1]
    while first > 0 and words[first - 1].islower() and is_particle(words[first - 1]):
        first -= 1  # `Jean de LA FONTAINE`
    family, given = words[first : last + 1], words[:first] + words[last + 1 :]
    if not given:
        return None
    together = all(at in capitals or is_particle(words[at]) for at in range(first, last + 1))
    return Split(" ".join(family), " ".join(given), together)


def _in_capitals(word: str) -> bool:
    """An initial such as `J.` says nothing."""
    return word.isupper() and sum(map(str.isalpha, word)) > 1
