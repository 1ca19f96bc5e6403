# SPDX-License-Identifier: Apache-2.0
"""Names as letters: folded for comparing and searching, ordered as French Canada does.

Works on text alone, the same on every system. Likeness of two people is in
`domain/people/likeness.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# Letters that Unicode does not decompose into a base letter and a mark.
_SPECIAL: Mapping[str, str] = MappingProxyType(
    {
        "đ": "d", "ð": "d", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ß": "ss", "ı": "i",
        "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e",
    }
)  # fmt: skip
# As passports write them (ICAO 9303), where that differs from dropping the mark.
_PASSPORT: Mapping[str, str] = MappingProxyType(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ñ": "nxx", "ŋ": "n"}
)
# What a passport writes for one letter, and the letter that a list drops the mark from instead.
_DIGRAPHS = re.compile(r"nxx|(?<=[aou])e|(?<=a)a")
# Letters that languages write differently for one sound, in the order in which they are replaced.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("sch|sh|ch", "s"), ("kh|ck|q", "k"), ("dj|dg", "j"), ("ph", "f"), ("ou|oo|w", "u"),
        ("(?<=[a-z])h", ""), ("y", "i"), (r"(.)\1+", r"\1"), (r"e\b", ""),
        (r"\bm[ou]am[ae]d\b", "moamed"),
    )
)  # fmt: skip
_APOSTROPHES = "'’‘ʼʻ`´ʹ′"
_WITHOUT_APOSTROPHES = {ord(letter): None for letter in _APOSTROPHES}
_NOT_WORD = re.compile(r"[\W_]+")
_SPACES_AND_HYPHENS = re.compile(r"[\s\-]+")
_APART_AT_APOSTROPHES = {ord(letter): " " for letter in _APOSTROPHES}
# Order of marks in sorting, as the Unicode collation table has them.
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0328\u0327\u0304"
FIELD, _LEVEL = "\x1f", "\x1e"
"""What parts the family name from given names in a `sort_key`, and letters from accents."""

_PARTICLES = frozenset(
    {
        "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e",
        "et", "ibn", "la", "las", "le", "les", "los", "ter", "und", "van", "von", "y",
    }
)  # fmt: skip
_BEFORE_A_NAME = _PARTICLES | {"abi", "abou", "abu", "ait", "al", "ben", "bin", "bint", "el"}
# Words that one list writes and another leaves out.
_LOOSE_PARTICLES = _BEFORE_A_NAME | {"ep", "epouse", "epoux", "nee", "veuve", "vve"}
# Words that lists cut short, folded, and the word that is meant.
_SHORTENED: Mapping[str, str] = MappingProxyType(
    {
        "st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes",
        "md": "mohamed", "mhd": "mohamed", "mohd": "mohamed", "mohmd": "mohamed",
        "muhd": "mohamed", "mhmd": "mohamed",
    }
)  # fmt: skip
# What each of them, and what it stands for, is looked for under as well.
_FOUND_UNDER: Mapping[str, str] = MappingProxyType(
    {
        one: other
        for short, whole in _SHORTENED.items()
        if whole.startswith("saint")
        for one, other in ((short, whole), (whole, short))
    }
)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Letters and digits only: no case, accent or apostrophe; one space where words part.

    `N’Diaye` is `ndiaye`, `Jean-Pierre` is `jean pierre`, `Łuksza` is `luksza`.
    """
    plain = _plain(text)
    if not plain.isascii():
        plain = "".join(map(_base, plain))
    return _words(plain)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are one name: case, accents, hyphens, apostrophes, spaces apart.

    `TREMBLAY COTE` and `Tremblay-Côté`, `MCDONALD` and `McDonald` are; `St-Pierre` and
    `Saint-Pierre` are not, since one of them is what the passport has.
    """
    if one == other:
        return True
    letters = fold(one).replace(" ", "")
    # What has no letters, such as `-`, is the same as nothing but itself.
    return bool(letters) and letters == fold(other).replace(" ", "")


@lru_cache(maxsize=16_384)
def passport_key(text: str) -> str:
    """Folded, with what a passport's machine zone writes for ä, ö, ü, å, ø, ñ taken back.

    `Müller`, `MUELLER` and `Muller` are all `muller`; `Peña` and `PENXXA` are `pena`.
    """
    return _DIGRAPHS.sub(lambda found: "n" if found[0] == "nxx" else "", fold(text))


@lru_cache(maxsize=16_384)
def whole_key(text: str) -> str:
    """`passport_key` with the words written out that lists cut short.

    `St-Pierre` is `saint pierre`, `Mohd Ali` is `mohamed ali`.
    """
    key = passport_key(text)
    words = key.split(" ")
    if _SHORTENED.keys().isdisjoint(words):
        return key
    return " ".join(_SHORTENED.get(word, word) for word in words)


@lru_cache(maxsize=16_384)
def sound_key(text: str) -> str:
    """`whole_key` without what only tells one transcription from another.

    `Chraïbi` and `Shraibi`, `Youssef` and `Yussef`, `Khelifi` and `Qelifi` are alike.
    """
    key = whole_key(text)
    for pattern, letter in _SOUNDS:
        key = pattern.sub(letter, key)
    return key


def without_particles(words: list[str]) -> list[str]:
    """Folded words of a name without `de`, `el`, `ben`, `von`; all of them if nothing else is."""
    return [word for word in words if word not in _LOOSE_PARTICLES] or words


def is_particle(word: str) -> bool:
    """Whether a word of a name goes with the one behind it: `de`, `El`, `ben`, `Van`."""
    return fold(word) in _BEFORE_A_NAME


def search_form(*texts: str | None) -> str:
    """Every word under which texts may be looked for, folded, each once.

    Adds words split at apostrophes, passport spellings (`Müller` as `mueller`), Saint for St and
    St for Saint, and numbers without their hyphens.
    """
    words: dict[str, None] = {}
    for text in texts:
        if text:
            words.update(dict.fromkeys(_spellings(text)))
    return " ".join(words)


def sort_key(family: str, given: str | None = None) -> str:
    """A text whose plain order is French Canada's: cote, côte, coté, côté.

    Letters first, family name before given names; then accents from the end; then case, small
    before capital. Compare as code points (SQLite's BINARY).
    """
    fields = (family, given or "")
    letters = FIELD.join(fold(field) for field in fields)
    accents = FIELD.join(_accents(field) for field in fields)
    case = FIELD.join(_case(field) for field in fields)
    return _LEVEL.join((letters, accents, case))


def list_name(family: object, given: object) -> str:
    """A name as a list would sort it: `Family, Given`, or the one name there is."""
    return ", ".join(str(name) for name in (family, given) if name)


def proper_case(text: str) -> str:
    """A name wholly in capitals as it is usually written; any other text unchanged.

    Particles stay small inside a name; `O'BRIEN`, `MCKAY` and `JEAN-PIERRE` get inner capitals.
    """
    if not text.isupper():
        return text
    parts = re.split(r"(\s+)", text)
    return "".join(
        part.lower() if index and part.lower() in _PARTICLES else _proper_word(part)
        for index, part in enumerate(parts)
    )


def _plain(text: str) -> str:
    """Composed, small letters, without apostrophes."""
    # Casefold would turn ß into ss before the order of marks is known: lower() keeps it.
    if text.isascii():
        small = text.lower()
    else:
        small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    return small.translate(_WITHOUT_APOSTROPHES)


def _words(text: str) -> str:
    return _NOT_WORD.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    """A small letter without its marks, as one or more plain letters."""
    bare = "".join(
        part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)
    )
    return _SPECIAL.get(bare, bare)


@lru_cache(maxsize=16_384)
def _spellings(text: str) -> tuple[str, ...]:
    plain = fold(text).split()
    apart = text.translate(_APART_AT_APOSTROPHES)
    split = [] if apart == text else fold(apart).split()
    # An ASCII text has no letter that a passport would write otherwise.
    passport = [] if text.isascii() else fold(_as_passport(text)).split()
    whole = _SPACES_AND_HYPHENS.sub("", text).lower()
    number = [whole] if whole.isascii() and whole.isalnum() and not whole.isalpha() else []
    whole_or_short = [_FOUND_UNDER[word] for word in plain if word in _FOUND_UNDER]
    return (*plain, *split, *passport, *whole_or_short, *number)


def _as_passport(text: str) -> str:
    return "".join(_PASSPORT.get(letter, letter) for letter in _plain(text))


def _accents(text: str) -> str:
    """One character a base letter, from the end; the unmarked beginning is left out."""
    if text.isascii():
        return ""
    weights: list[str] = []
    for letter in _plain(text):
        base = _base(letter)
        if base.isalnum():
            weights.extend([_weight(letter, base)] * len(base))
    return "".join(reversed(weights)).rstrip("0")


@lru_cache(maxsize=4096)
def _weight(letter: str, base: str) -> str:
    if letter == base:
        return "0"
    marks = unicodedata.normalize("NFD", letter)[1:]
    if not marks:
        return "z"
    first, *others = (_MARKS.find(mark) + 1 or len(_MARKS) + 1 for mark in marks)
    # Vietnamese letters carry two marks: the first decides, then the second.
    return chr(ord("0") + first) if not others else chr(0x100 + first * 16 + others[0])


def _case(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join("1" if c.isupper() else "0" for c in composed if c.isalnum()).rstrip("0")


def _proper_word(word: str) -> str:
    return "-".join(_proper_part(part) for part in word.split("-"))


def _proper_part(part: str) -> str:
    for mark in _APOSTROPHES:
        head, found, tail = part.partition(mark)
        # One letter before the apostrophe (O', D', N', L') opens a name; more is inside a word.
        if found and len(head) == 1:
            return head + mark + tail.capitalize()
    if part.startswith("MC") and len(part) > 3:
        return "Mc" + part[2:].capitalize()
    return part.capitalize()
