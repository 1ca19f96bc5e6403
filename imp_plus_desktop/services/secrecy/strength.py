# SPDX-License-Identifier: Apache-2.0
"""How hard a passphrase is to guess, and which ones are not taken.

    strength(typed, known) -> Strength       `known`: names that anybody would try first
    check(typed, known)                      errors: InvalidInput passphrase_weak

zxcvbn estimates how many guesses somebody needs who knows how people choose. It knows words
without their accents only, so a passphrase counts as the weaker of what was typed and its letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.domain.values.names import fold

SHORTEST = 8
"""Signs: the least that anybody asks for (NIST SP 800-63B)."""
_LOOKED_AT = 72
"""Signs that zxcvbn reads; more never make a passphrase weaker."""


class Weakness(StrEnum):
    """What makes a passphrase easy to guess, most of all."""

    NONE = ""
    SHORT = "short"
    WORD = "dictionary"
    KEYS = "spatial"
    REPEAT = "repeat"
    SEQUENCE = "sequence"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is: a level from 0 to 4, each step a hundred times more guesses or
    more, from a thousand to ten thousand millions."""

    level: int
    weakness: Weakness = Weakness.NONE

    @property
    def is_enough(self) -> bool:
        """Whether it is taken: a million guesses at least, and no fewer signs than `SHORTEST`."""
        return self.level > 1 and self.weakness is not Weakness.SHORT


def strength(typed: str, known: Iterable[str] = ()) -> Strength:
    """How hard a passphrase is to guess for somebody who tries the `known` names first."""
    if len(typed) < SHORTEST:
        return Strength(min(1, _level(typed)) if typed else 0, Weakness.SHORT)
    names = [part for name in known for part in (name, *name.split()) if part]
    weakest = min((_estimated(text, names) for text in {typed, fold(typed)} if text), key=_guesses)
    return Strength(int(weakest["score"]), _weakness(weakest))


def check(typed: str, known: Iterable[str] = ()) -> None:
    """Refuse what is guessed at once. Errors: InvalidInput passphrase_weak."""
    if not strength(typed, known).is_enough:
        raise InvalidInput("passphrase_weak")


def _level(text: str) -> int:
    return int(_estimated(text, [])["score"])


def _estimated(text: str, names: list[str]) -> dict[str, Any]:
    from zxcvbn import zxcvbn

    found: dict[str, Any] = zxcvbn(text[:_LOOKED_AT], user_inputs=names)
    return found


def _guesses(found: dict[str, Any]) -> float:
    return float(found["guesses_log10"])


def _weakness(found: dict[str, Any]) -> Weakness:
    """The kind of the longest part that is no mere noise, of a passphrase that is not strong."""
    parts = [part for part in found["sequence"] if part["pattern"] != "bruteforce"]
    if found["score"] > 2 or not parts:
        return Weakness.NONE
    pattern = max(parts, key=lambda part: len(part["token"]))["pattern"]
    return {"regex": Weakness.DATE}.get(pattern) or Weakness(pattern)
