# SPDX-License-Identifier: Apache-2.0
"""Whether two records may be one person: how alike their names and birth dates are.

Only ever a hint for a person to judge; two people may share a name and a birth date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.names import (
    fold,
    passport_key,
    sound_key,
    whole_key,
    without_particles,
)
from imp_plus_desktop.domain.values.partial_days import agrees
from imp_plus_desktop.domain.values.slips import within

# Names this short differ by one letter too often to mean anything.
_LONG_FOR_ONE, _LONG_FOR_TWO = 6, 10
_WORD_FOR_ONE, _WORD_FOR_TWO, _HEARD, _WORD_THAT_HOLDS = 4, 8, 4, 5

# What a pair of words adds, and what all pairs of a name must reach.
_WHOLE, _SLIP, _INITIAL = 1.0, 0.8, 0.4
_PAIRED = 1.2


@dataclass(frozen=True, slots=True)
class NameKey:
    """What two records are compared by. Citizenship is ISO 3166-1 alpha-3."""

    family: str
    given: str | None = None
    birth_date: date | None = None
    citizenship: str | None = None
    birth_known: str | None = None
    """`1985` or `1985-03`, where no more is known of the birth."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 1 to 100, and why: codes of the name, of the birth date, of the citizenship.

    name_same, name_passport, name_short, name_swapped, name_part, name_spelling; birth_same,
    birth_swapped, birth_digit, birth_partly, birth_missing; citizenship_differs; passport_same,
    reference_differs, uci_differs.
    """

    score: int
    reasons: tuple[str, ...]


_NAME_SCORES = {
    "name_same": 60,
    "name_passport": 58,
    "name_short": 57,
    "name_swapped": 55,
    "name_part": 45,
    "name_spelling": 40,
}
_BIRTH_SCORES = {"birth_same": 40, "birth_swapped": 30, "birth_digit": 25}
_BIRTH_SCORES |= {"birth_partly": 25, "birth_missing": 15}
_OTHER_CITIZENSHIP = -15
_ENOUGH = 65
_SAME_PASSPORT, _OTHER_NUMBER = 95, -15


def likeness(a: NameKey, b: NameKey) -> Likeness | None:
    """How alike two records are, None when they are not alike enough to show a person."""
    birth = _birth(a.birth_date or a.birth_known, b.birth_date or b.birth_known)
    name = _name(a, b) if birth else None
    if birth is None or name is None:
        return None
    score, reasons = _NAME_SCORES[name] + _BIRTH_SCORES[birth], [name, birth]
    if a.citizenship and b.citizenship and a.citizenship != b.citizenship:
        score += _OTHER_CITIZENSHIP
        reasons.append("citizenship_differs")
    return Likeness(score, tuple(reasons)) if score >= _ENOUGH else None


def with_one_passport(alike: Likeness | None, differing: Sequence[str] = ()) -> Likeness:
    """How alike two files with one passport number are, which names one person.

    `alike` is what names and birth dates say; `differing` are codes of the numbers that say two.
    """
    reasons = () if alike is None else alike.reasons
    score = _SAME_PASSPORT + _OTHER_NUMBER * len(differing)
    return Likeness(score, ("passport_same", *reasons, *differing))


@lru_cache(maxsize=4096)
def birth_slips(birth: date) -> tuple[date, ...]:
    """Every other day that `likeness` takes for a slip in writing a birth date."""
    text = birth.isoformat()
    written = {
        f"{text[:at]}{digit}{text[at + 1 :]}"
        for at, sign in enumerate(text)
        if sign != "-"
        for digit in "0123456789"
    }
    written |= {f"{birth.year + years}{text[4:]}" for years in (-10, -1, 1, 10)}
    written.add(f"{text[:4]}-{text[8:]}-{text[5:7]}")
    days = {day for one in written if (day := _real_day(one)) is not None}
    return tuple(sorted(days - {birth}))


def _real_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _birth(a: date | str | None, b: date | str | None) -> str | None:
    if a is None or b is None:
        return "birth_missing"
    if isinstance(a, str) or isinstance(b, str):
        return "birth_partly" if agrees(a, b) else None
    if a == b:
        return "birth_same"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "birth_swapped"
    if (a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) in (1, 10):
        # 1989 for 1990, 1998 for 2008: one digit meant, several written.
        return "birth_digit"
    differing = sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True))
    return "birth_digit" if differing == 1 else None


def _name(a: NameKey, b: NameKey) -> str | None:
    if _joined(fold, a) == _joined(fold, b):
        return "name_same"
    if _joined(passport_key, a) == _joined(passport_key, b):
        return "name_passport"
    joined_a, joined_b = _joined(whole_key, a), _joined(whole_key, b)
    if joined_a == joined_b:
        return "name_short"
    if joined_a == joined_b[::-1] and "" not in joined_a:
        return "name_swapped"
    if _fields_part_of(a, b):
        return "name_part"
    words_a, words_b = _words(a), _words(b)
    if len(words_a) > 2 and sorted(words_a) == sorted(words_b):
        return "name_swapped"
    if _spelled_alike("".join(joined_a), "".join(joined_b)):
        return "name_spelling"
    return _aligned(a, b)


def _words(key: NameKey) -> list[str]:
    return f"{whole_key(key.family)} {whole_key(key.given or '')}".split()


def _fields_part_of(a: NameKey, b: NameKey) -> bool:
    """Whether both names of one record are parts of the other's, a family's particles apart."""
    family_a, family_b = whole_key(a.family).split(), whole_key(b.family).split()
    given_a, given_b = whole_key(a.given or "").split(), whole_key(b.given or "").split()
    same_family = _part_of(family_a, family_b) or _part_of(
        without_particles(family_a), without_particles(family_b)
    )
    return same_family and _part_of(given_a, given_b)


def _aligned(a: NameKey, b: NameKey) -> str | None:
    """How the words of two names pair up when no field agrees as a whole.

    Every word of the shorter name must find one of its own in the other, wherever it stands:
    the same, one that sounds so, one with a slip, or its initial.
    """
    found = [
        weights
        for one in _readings(a)
        for other in _readings(b)
        if (weights := _pairing(one, other)) is not None
    ]
    enough = [w for w in found if len(w) > 1 and sum(w) >= _PAIRED and max(w) >= _SLIP]
    if not enough:
        return None
    best = max(enough, key=sum)
    return "name_part" if all(weight in (_WHOLE, _INITIAL) for weight in best) else "name_spelling"


def _readings(key: NameKey) -> list[list[str]]:
    """The words of a name without particles, and with the family name written as one word."""
    family, given = whole_key(key.family).split(), whole_key(key.given or "").split()
    return [without_particles(family) + given, ["".join(family), *given]]


def _pairing(a: list[str], b: list[str]) -> list[float] | None:
    """The weight of each pair of words, best pairs first; None when a word stays alone."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    pairs = sorted(
        ((_pair(one, other), i, j) for i, one in enumerate(short) for j, other in enumerate(long)),
        reverse=True,
    )
    taken_short: set[int] = set()
    taken_long: set[int] = set()
    weights: list[float] = []
    for weight, i, j in pairs:
        if weight and i not in taken_short and j not in taken_long:
            taken_short.add(i)
            taken_long.add(j)
            weights.append(weight)
    if len(weights) < len(short):
        return None
    # A slip beside a word left out needs one long word that holds.
    sure = any(len(one) >= _WORD_THAT_HOLDS and one in long for one in short)
    return weights if sure or len(short) == len(long) or _SLIP not in weights else None


def _pair(a: str, b: str) -> float:
    if a == b:
        return _WHOLE
    if min(len(a), len(b)) == 1:
        return _INITIAL if a[0] == b[0] else 0.0
    heard_a, heard_b = sound_key(a), sound_key(b)
    if heard_a == heard_b and min(len(a), len(b)) >= _HEARD:
        return _SLIP
    shortest = min(len(heard_a), len(heard_b))
    allowed = (shortest >= _WORD_FOR_ONE) + (shortest >= _WORD_FOR_TWO)
    return _SLIP if allowed and within(heard_a, heard_b, allowed) else 0.0


def _joined(form: Callable[[str], str], key: NameKey) -> tuple[str, str]:
    """Both names in a form, without the spaces that hyphens and compounds put in or leave out."""
    return form(key.family).replace(" ", ""), form(key.given or "").replace(" ", "")


def _part_of(a: list[str], b: list[str]) -> bool:
    """Whether one name is the other with words left out or cut down to initials."""
    short, long = sorted((a, b), key=lambda words: (len(words), words))
    if not short:
        return not long
    rest, unmatched = list(long), []
    for word in short:
        if word in rest:
            rest.remove(word)
        else:
            unmatched.append(word)
    # Whole words first, so that an initial never takes the word that another one needs.
    for word in unmatched:
        found = next((other for other in rest if _same_initial(word, other)), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _same_initial(a: str, b: str) -> bool:
    return min(len(a), len(b)) == 1 and a[0] == b[0]


def _spelled_alike(a: str, b: str) -> bool:
    """One slip in a long name, two in a very long one."""
    shortest = min(len(a), len(b))
    allowed = (shortest >= _LONG_FOR_ONE) + (shortest >= _LONG_FOR_TWO)
    return bool(allowed) and within(a, b, allowed)
