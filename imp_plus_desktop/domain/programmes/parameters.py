# SPDX-License-Identifier: Apache-2.0
"""What may stand in a programme's file: days, counts, codes, words in both languages.

    Kind.read(value, known) -> the value as a check takes it; raises Unread

What is wrong with a value is told by a code and facts, never in words (`words/programmes/`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.residence.residence import PROVINCES as _PROVINCES
from imp_plus_desktop.domain.values.codes import DocumentType
from imp_plus_desktop.domain.verdict.routes import Words

PROVINCES = _PROVINCES
LANGUAGES = ("fr", "en")
MOST_TEXT = 2000
_MOST_COUNT = 100_000
_MOST_MONTHS_OR_DAYS = 3653


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may name of the program's own tables."""

    countries: frozenset[str]
    categories: frozenset[str]
    fees: frozenset[str]
    fields: frozenset[str]


class Unread(Exception):
    """A value that is not what it should be: `code`, and the words that were possible."""

    def __init__(self, code: str, value: object = "", possible: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.value = "" if value is None else str(value)
        self.possible = tuple(possible)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value, by the name that words know it by."""

    name: str
    reads: Callable[[object, Known], object]

    def read(self, value: object, known: Known) -> object:
        return self.reads(value, known)


def _day(value: object, _known: Known) -> date:
    # A datetime is a date for Python, and none for a programme.
    if isinstance(value, datetime) or not isinstance(value, date):
        raise Unread("not_a_day", value)
    return value


def _count(most: int, least: int = 1) -> Callable[[object, Known], int]:
    def read(value: object, _known: Known) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Unread("not_a_number", value)
        if not least <= value <= most:
            raise Unread("number_out_of_range", value, (str(least), str(most)))
        return value

    return read


def _yes_no(value: object, _known: Known) -> bool:
    if not isinstance(value, bool):
        raise Unread("not_true_or_false", value)
    return value


def _text(value: object, _known: Known) -> str:
    if not isinstance(value, str):
        raise Unread("not_a_text", value)
    text = " ".join(value.split())
    if not text:
        raise Unread("empty_text")
    if len(text) > MOST_TEXT or not text.isprintable():
        raise Unread("unwritable")
    return text


def _words(value: object, known: Known) -> Words:
    if not isinstance(value, dict):
        raise Unread("not_both_languages")
    for language in LANGUAGES:
        if language not in value:
            raise Unread("language_missing", language)
    for language in value:
        if language not in LANGUAGES:
            raise Unread("unknown_name", language, LANGUAGES)
    return Words(_text(value["fr"], known), _text(value["en"], known))


def _several(value: object) -> list[object]:
    """A list; one value alone stands for a list of it."""
    found = value if isinstance(value, list) else [value]
    if not found:
        raise Unread("empty_list")
    return found


def listed(possible: Collection[str]) -> Callable[[object, Known], frozenset[str]]:
    """Some of several words."""

    def read(value: object, known: Known) -> frozenset[str]:
        return frozenset(_one(item, possible, known) for item in _several(value))

    return read


def _one(value: object, possible: Collection[str], known: Known) -> str:
    text = _text(value, known)
    if text not in possible:
        raise Unread("unknown_word", text, sorted(possible))
    return text


def one_of(name: str, possible: Collection[str]) -> Kind:
    """One of several words."""
    return Kind(name, lambda value, known: _one(value, possible, known))


def codes(name: str, code: type[StrEnum]) -> Kind:
    """Some codes of a list of the program."""
    read = listed([one.value for one in code])
    return Kind(name, lambda value, known: frozenset(code(text) for text in read(value, known)))


def _papers(value: object, known: Known) -> tuple[DocumentType, ...]:
    possible = [one.value for one in DocumentType]
    return tuple(DocumentType(_one(item, possible, known)) for item in _several(value))


def _texts(value: object, known: Known) -> tuple[str, ...]:
    return tuple(_text(item, known) for item in _several(value))


def _countries(value: object, known: Known) -> frozenset[str]:
    found = set()
    for item in _several(value):
        text = _text(item, known)
        if text not in known.countries:
            raise Unread("unknown_country", text)
        found.add(text)
    return frozenset(found)


def _amount(value: object, known: Known) -> int:
    text = _text(value, known)
    try:
        amount = Decimal(text)
        cents = int(amount * 100)
    except (InvalidOperation, ValueError, OverflowError):
        raise Unread("not_an_amount", text) from None
    if not amount.is_finite() or cents != amount * 100 or not 0 <= cents <= 10_000_000:
        raise Unread("not_an_amount", text)
    return cents


DAY = Kind("day", _day)
COUNT = Kind("count", _count(_MOST_MONTHS_OR_DAYS, 0))
SPAN = Kind("count", _count(_MOST_MONTHS_OR_DAYS))
PLACES = Kind("count", _count(_MOST_COUNT * 10, 0))
YEAR = Kind("year", _count(2100, 2000))
YES_NO = Kind("yes_no", _yes_no)
TEXT = Kind("text", _text)
TEXTS = Kind("texts", _texts)
BOTH = Kind("words", _words)
AMOUNT = Kind("amount", _amount)
COUNTRIES = Kind("countries", _countries)
CATEGORIES = Kind("categories", lambda value, known: listed(known.categories)(value, known))
FEE = Kind("fee", lambda value, known: _one(value, known.fees, known))
PAPERS = Kind("papers", _papers)
PAPER = Kind("paper", lambda value, known: _papers(value, known)[0])
PERMIT = one_of("permit", ("open", "employer", "any"))
