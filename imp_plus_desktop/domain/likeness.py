# SPDX-License-Identifier: Apache-2.0
"""Whether two records may be one person: how alike their names and birth dates are.

Only ever a hint for a person to judge; two people may share a name and a birth date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imp_plus_desktop.domain.names import fold

# Names this short differ by one letter too often to mean anything.
_LONG_FOR_ONE, _LONG_FOR_TWO = 6, 10


@dataclass(frozen=True, slots=True)
class NameKey:
    """What two records are compared by. Citizenship is ISO 3166-1 alpha-3."""

    family: str
    given: str | None = None
    birth_date: date | None = None
    citizenship: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 1 to 100, and why: codes of the name, of the birth date, of the citizenship.

    name_same, name_swapped, name_part, name_spelling; birth_same, birth_swapped, birth_digit,
    birth_missing; citizenship_differs.
    """

    score: int
    reasons: tuple[str, ...]


_NAME_SCORES = {"name_same": 60, "name_swapped": 55, "name_part": 45, "name_spelling": 40}
_BIRTH_SCORES = {"birth_same": 40, "birth_swapped": 30, "birth_digit": 25, "birth_missing": 15}
_OTHER_CITIZENSHIP = -15
_ENOUGH = 65


def likeness(a: NameKey, b: NameKey) -> Likeness | None:
    """How alike two records are, None when they are not alike enough to show a person."""
    birth = _birth(a.birth_date, b.birth_date)
    name = _name(a, b) if birth else None
    if birth is None or name is None:
        return None
    score, reasons = _NAME_SCORES[name] + _BIRTH_SCORES[birth], [name, birth]
    if a.citizenship and b.citizenship and a.citizenship != b.citizenship:
        score += _OTHER_CITIZENSHIP
        reasons.append("citizenship_differs")
    return Likeness(score, tuple(reasons)) if score >= _ENOUGH else None


def _birth(a: date | None, b: date | None) -> str | None:
    if a is None or b is None:
        return "birth_missing"
    if a == b:
        return "birth_same"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "birth_swapped"
    differing = sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True))
    return "birth_digit" if differing == 1 else None


def _name(a: NameKey, b: NameKey) -> str | None:
    family_a, given_a = fold(a.family), fold(a.given or "")
    family_b, given_b = fold(b.family), fold(b.given or "")
    joined_a, joined_b = _joined(family_a, given_a), _joined(family_b, given_b)
    if joined_a == joined_b:
        return "name_same"
    if joined_a == joined_b[::-1] and "" not in joined_a:
        return "name_swapped"
    if _part_of(family_a, family_b) and _part_of(given_a, given_b):
        return "name_part"
    return "name_spelling" if _spelled_alike("".join(joined_a), "".join(joined_b)) else None


def _joined(family: str, given: str) -> tuple[str, str]:
    """Both names without the spaces that hyphens and compound names put in or leave out."""
    return family.replace(" ", ""), given.replace(" ", "")


def _part_of(a: str, b: str) -> bool:
    """Whether one name is the other with words left out or cut down to initials."""
    short, long = sorted((a.split(), b.split()), key=lambda words: (len(words), words))
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
    return bool(allowed) and _distance(a, b, allowed) <= allowed


def _distance(a: str, b: str, enough: int) -> int:
    """Edits between two words, two neighbours changing places being one; more than enough stops."""
    if abs(len(a) - len(b)) > enough:
        return enough + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > enough:
            return enough + 1
    return row[-1]
