# SPDX-License-Identifier: Apache-2.0
"""Numbers of a workbook as what they show: which number formats are dates, which day a serial is.

For the readers of the binary kinds, in the same way as the fast reader does it for the others.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from imp_plus_desktop.exchange.sheets.sheets import Cell

DATE = "date"
DURATION = "duration"

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_BUILT_IN_DURATION = 46
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].?')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.I)
_BRACKETS = re.compile(r"\[[^\]]*\]?")
_PARTS = re.compile(r"[dmyhs]", re.I)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zone
_FIRST_DAYS = datetime(1899, 12, 31)  # noqa: DTZ001 - before the day that never was
_SINCE_1904 = 1462
_FALSE_LEAP_DAY = 60
_AFTER_9999 = 2_958_466
_FIRST_LOST = 10**15
_LARGEST_WHOLE = 10**22


def format_kind(number: int, code: str | None) -> str | None:
    """DATE, DURATION or None for a number format, by its code or its built-in number."""
    if code is None:
        if number == _BUILT_IN_DURATION:
            return DURATION
        return DATE if number in _BUILT_IN_DATES else None
    positive = _LITERAL.sub("", code).split(";")[0]
    if _ELAPSED.search(positive):
        return DURATION
    plain = _BRACKETS.sub("", positive)
    return DATE if plain.lower() != "general" and _PARTS.search(plain) else None


def number(value: float) -> Cell:
    """A number as it stands: whole ones as int, what is no number as its name."""
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < _LARGEST_WHOLE else value


def loses_digits(value: float) -> bool:
    """Whether a number has more digits than a workbook keeps."""
    return abs(value) >= _FIRST_LOST


def shown(value: float, kind: str | None, date1904: bool) -> Cell:
    """What a number shows under a format: a day, a time, a duration `h:mm:ss`, or itself.

    A serial that no calendar has (negative, after the year 9999) stays the number that it is.
    """
    if kind is None or not 0 <= value < _AFTER_9999:
        return number(value)
    seconds = round((value - int(value)) * 86_400, 3)
    if kind == DURATION:
        return duration(timedelta(days=int(value), seconds=seconds))
    days = int(value) + (_SINCE_1904 if date1904 else 0)
    start = _FIRST_DAYS if days < _FALSE_LEAP_DAY else _EPOCH
    moment = start + timedelta(days=days, seconds=seconds)
    if days == 0:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


def duration(value: timedelta) -> str:
    """`26:30:00` for a day, two hours and a half."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def as_day(value: datetime) -> date | datetime:
    """A moment at midnight as its day."""
    return value.date() if value.time() == time() else value
