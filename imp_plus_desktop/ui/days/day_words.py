# SPDX-License-Identifier: Apache-2.0
"""The day that a text says, as people write days in either language.

    parse_day(text, *, past=False) -> date | None    raises ValueError for what is no day
    count_from(today)                                the office's day, told once by the window

Understood: `2023-10-07`, `2023/10/7`, `20231007`, `7/10/2023`, `07-10-2023`, `7.10.2023` (day
first), `7 oct. 2023`, `7 octobre 2023`, `Oct 7, 2023`, `7 October 2023`; with the month's name two
digits of the year are enough, `3 mai 28`. Counted from today: `+30`, `-7`, `today`, `hier`,
`demain`, `lundi`, `Monday`: the next day of this name, or the last one in a field of what has
happened (`past`). In figures alone two digits of a year are refused, since a guess may be wrong.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$|(\d{4})(\d{2})(\d{2})$")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")
_DAY_NAME = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\.? ?([^\W\d_]+)\.?,? ?(\d{4}|\d{2})$")
_NAME_DAY = re.compile(r"([^\W\d_]+)\.? ?(\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})$")
_COUNTED = re.compile(r"([+\-−]) ?(\d{1,4})$")
_MONTHS = {
    "janvier": 1,
    "january": 1,
    "février": 2,
    "fevrier": 2,
    "february": 2,
    "mars": 3,
    "march": 3,
    "avril": 4,
    "april": 4,
    "mai": 5,
    "may": 5,
    "juin": 6,
    "june": 6,
    "juillet": 7,
    "july": 7,
    "août": 8,
    "aout": 8,
    "august": 8,
    "septembre": 9,
    "september": 9,
    "octobre": 10,
    "october": 10,
    "novembre": 11,
    "november": 11,
    "décembre": 12,
    "decembre": 12,
    "december": 12,
}
_NEAR = {
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "today": 0,
    "hier": -1,
    "yesterday": -1,
    "demain": 1,
    "tomorrow": 1,
}
_WEEKDAYS = {
    "lundi": 0,
    "monday": 0,
    "mardi": 1,
    "tuesday": 1,
    "mercredi": 2,
    "wednesday": 2,
    "jeudi": 3,
    "thursday": 3,
    "vendredi": 4,
    "friday": 4,
    "samedi": 5,
    "saturday": 5,
    "dimanche": 6,
    "sunday": 6,
}
_LEAST = 3
"""Shorter words than this say neither a month nor a day of the week."""
_AHEAD_YEARS = 20
"""A year of two digits is at most so far ahead, else a century earlier: no paper runs longer."""


class _Count:
    today: Callable[[], date] | None = None


def count_from(today: Callable[[], date]) -> None:
    """From which day on `+30` and `Monday` are counted."""
    _Count.today = today


def office_day() -> date | None:
    """The office's day, None where no window has told it."""
    return None if _Count.today is None else _Count.today()


def parse_day(text: str, *, past: bool = False) -> date | None:
    """The day that a text says, None for an empty one. ValueError when it says none."""
    clean = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split()).lower()
    if not clean:
        return None
    if match := _ISO.match(clean):
        year, month, day = (int(part) for part in match.groups() if part)
    elif match := _DAY_FIRST.match(clean):
        day, month, year = (int(part) for part in match.groups())
    elif match := _DAY_NAME.match(clean):
        day, month, year = int(match[1]), _month(match[2]), _year(match[3])
    elif match := _NAME_DAY.match(clean):
        month, day, year = _month(match[1]), int(match[2]), _year(match[3])
    else:
        return _counted(clean, past)
    return date(year, month, day)


def _counted(clean: str, past: bool) -> date:
    """A day that is told by how far it is from today. ValueError when none is."""
    today = office_day()
    if today is None:
        raise ValueError(clean)
    if match := _COUNTED.match(clean):
        days = int(match[2])
        return today + timedelta(days if match[1] == "+" else -days)
    if clean in _NEAR:
        return today + timedelta(_NEAR[clean])
    weekday = _only(_WEEKDAYS, clean.rstrip("."))
    if past:
        return today - timedelta((today.weekday() - weekday) % 7 or 7)
    return today + timedelta((weekday - today.weekday()) % 7 or 7)


def _year(digits: str) -> int:
    """The year that two digits say beside a month's name, or four."""
    if len(digits) == 4:
        return int(digits)
    today = office_day()
    if today is None:
        raise ValueError(digits)
    year = today.year // 100 * 100 + int(digits)
    return year if year <= today.year + _AHEAD_YEARS else year - 100


def _month(word: str) -> int:
    """The month that a word begins, in either language; ValueError unless it is one month only."""
    # "juil" and "jul" are July, "jui" could be June too.
    return _only(_MONTHS, word)


def _only(names: dict[str, int], word: str) -> int:
    """The one number whose name begins with a word. ValueError when there is none, or another."""
    found = {number for name, number in names.items() if name.startswith(word)}
    if len(found) != 1 or len(word) < _LEAST:
        raise ValueError(word)
    return found.pop()
