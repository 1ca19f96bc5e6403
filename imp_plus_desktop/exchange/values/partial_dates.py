# SPDX-License-Identifier: Apache-2.0
"""Days known in part, as lists write them: `1985`, `1985-00-00`, `**/**/1985`, `mars 1985`.

Passports and the ministries write a birth so of which nobody has recorded the day; lists also say
that it was about a year (`vers 1985`), which is then kept as that year.
"""

from __future__ import annotations

import re

from imp_plus_desktop.domain.values.calendar import MONTHS
from imp_plus_desktop.exchange.values.dates import FIRST_YEAR, HYPHENS, LAST_YEAR
from imp_plus_desktop.exchange.values.vocabulary import fold

_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?")
_MASK = r"0{1,2}|[*x?_#]{1,2}|-{2}"
_PART = rf"(\d{{1,2}}|{_MASK})"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/. ]{_PART}(?:[-/. ]{_PART})?")
_YEAR_LAST = re.compile(rf"(?:{_PART}[-/. ])?{_PART}[-/. ](\d{{4}})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(00)")
_IN_WORDS = re.compile(rf"(?:(?:{_MASK})[-/. ])?([^\W\d_]+)\.?,?[-/. ](\d{{4}})")
_MASKED = re.compile(_MASK)
_ABOUT = re.compile(
    r"(?:(?:vers|env(?:iron)?|autour de|approx(?:imativement|imately)?|circa|ca?|about|around)\b"
    r"\.?|~|±)\s*(?:l'an(?:nee)? |the year )?"
)
"""What says that a year or a month is only about right; a whole date is never read behind it."""


def read_partly(text: str, order: str) -> str | None:
    """`1985` or `1985-03` of a text of which not all is known, None where it is none.

    A lone number beside a mask is the month; which of two places is the day's, `order` says. A
    whole date is none: what is wrong with one that does not exist is not for this to say.
    """
    plain = _ABOUT.sub("", fold(text.translate(HYPHENS)).strip(), count=1)
    if match := _YEAR.fullmatch(plain):
        return _known(match.group(1), None)
    if match := _COMPACT.fullmatch(plain):
        year, month, _day = match.groups()
        return _known(year, month)
    if match := _YEAR_FIRST.fullmatch(plain):
        year, month, day = match.groups()
        return _known(year, month) if day is None or _hidden(day) or _hidden(month) else None
    if match := _YEAR_LAST.fullmatch(plain):
        first, second, year = match.groups()
        if first is None:
            return _known(year, second)
        month, day = (first, second) if order.startswith("m") else (second, first)
        return _known(year, month) if _hidden(day) or _hidden(month) else None
    if (match := _IN_WORDS.fullmatch(plain)) and match.group(1) in MONTHS:
        return _known(match.group(2), str(MONTHS[match.group(1)]))
    return None


def _hidden(part: str) -> bool:
    return _MASKED.fullmatch(part) is not None


def _known(year: str, month: str | None) -> str | None:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    if month is None or _hidden(month):
        return year
    return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else None
