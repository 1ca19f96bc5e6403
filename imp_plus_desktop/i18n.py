# SPDX-License-Identifier: Apache-2.0
"""The language of the program: look-up of sentences and the writing of days and numbers.

One catalogue serves the window, the command line, the reports and the letters. Must not import
Qt, and must not be imported by the domain, the storage or the exchange, which speak in codes.
Sentences are looked up at the moment they are shown, so that the language can change while the
program runs; a table made at import time marks its sentences with `N_` and looks them up later.
"""

from __future__ import annotations

import gettext
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from imp_plus_desktop.languages import LANGUAGES
from imp_plus_desktop.paths import resource

if TYPE_CHECKING:
    from datetime import date, datetime, time
    from decimal import Decimal

DOMAIN = "imp_plus"
NO_BREAK_SPACE = "\u00a0"

_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT_MONTHS = {
    "fr": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juill.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


class _Spoken(threading.local):
    """The language in use: one a process, changed only by `use`, but for a thread that speaks
    another one for a while (`speaking`)."""

    language: str = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_Current = _Spoken()


def _(message: str) -> str:
    """The sentence in the language in use."""
    return _Current.catalogue.gettext(message)


def N_(message: str) -> str:
    """Mark a sentence for the catalogues where it stands in a table; look it up later with `_`."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for `n` things; French takes the singular for 0 and 1."""
    return _Current.catalogue.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The sentence as used in `context`, for words that translate in more than one way."""
    return _Current.catalogue.pgettext(context, message)


def available() -> tuple[str, ...]:
    """Codes of the languages the program speaks, French first."""
    return LANGUAGES


def current_language() -> str:
    """Code of the language in use: `fr` or `en`."""
    return _Current.language


def use(language: str) -> str:
    """Speak `language` from now on, or the system's for an empty or unknown one; return its code.

    A missing catalogue is logged and leaves the sentences in English; days and numbers follow
    the language all the same.
    """
    code = language if language in LANGUAGES else system_language()
    _Spoken.catalogue = _catalogue(code)
    _Spoken.language = code
    return code


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for a while, in this thread alone: a letter has the language of whom it is
    for, whatever the window's."""
    own = _Current.__dict__
    before = dict(own)
    own.update(language=language, catalogue=_catalogue(language))
    try:
        yield
    finally:
        own.clear()
        own.update(before)


def _catalogue(code: str) -> gettext.NullTranslations:
    """The sentences of a language; the English ones where they are missing, which is logged."""
    try:
        return gettext.translation(DOMAIN, resource("locale"), languages=[code])
    except OSError:
        import logging

        logger = logging.getLogger(__name__)
        # Where there is no log yet, Python would show it on stderr.
        logger.addHandler(logging.NullHandler())
        logger.warning("the compiled catalogue is missing")
        return gettext.NullTranslations()


def system_language() -> str:
    """The language of the user's system: `en` if it is English, else `fr`."""
    return "en" if _system_locale().lower().startswith("en") else "fr"


def format_day(day: date) -> str:
    """`4 mars 2026`, `1er mars 2026`; `March 4, 2026`."""
    if sign := getattr(day, "sign", ""):
        return str(sign)
    month = _MONTHS[_Current.language][day.month - 1]
    if _Current.language == "fr":
        return f"{_french_day(day)} {month} {day.year}"
    return f"{month} {day.day}, {day.year}"


def format_known(known: str) -> str:
    """A year, or a month of one, in words: `1985`; `mars 1985`, `March 1985` of `1985-03`."""
    year, _dash, month = known.partition("-")
    return f"{_MONTHS[_Current.language][int(month) - 1]} {year}" if month else year


def format_month_day(day: date) -> str:
    """`7 oct.`, `1er oct.`; `Oct 7`: where the year goes without saying."""
    if sign := getattr(day, "sign", ""):
        return str(sign)
    month = _SHORT_MONTHS[_Current.language][day.month - 1]
    return f"{_french_day(day)} {month}" if _Current.language == "fr" else f"{month} {day.day}"


def format_day_short(day: date) -> str:
    """`7 oct. 2023`, `1er oct. 2023`; `Oct 7, 2023`."""
    if sign := getattr(day, "sign", ""):
        return str(sign)
    month = _SHORT_MONTHS[_Current.language][day.month - 1]
    if _Current.language == "fr":
        return f"{_french_day(day)} {month} {day.year}"
    return f"{month} {day.day}, {day.year}"


def short_month(month: int) -> str:
    """A month's abbreviation, 1 to 12: `févr.`, `Feb`."""
    return _SHORT_MONTHS[current_language()][month - 1]


def format_iso(day: date) -> str:
    """`2026-03-04` in both languages."""
    if sign := getattr(day, "sign", ""):
        return str(sign)
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def format_time(moment: time | datetime) -> str:
    """`15 h 09`; `3:09 p.m.`. The time is written as it is, without zone conversion."""
    if _Current.language == "fr":
        return f"{moment.hour}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{moment.minute:02d}"
    half = "a.m." if moment.hour < 12 else "p.m."
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}{NO_BREAK_SPACE}{half}"


def format_number(number: int) -> str:
    """`7 350` with a no-break space; `7,350`."""
    return _localised(f"{number:,}")


def format_money(amount: Decimal | int) -> str:
    """Dollars and cents: `1 255,50 $` with no-break spaces; `$1,255.50`."""
    from decimal import ROUND_HALF_UP, Decimal

    cents = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    written = _localised(f"{abs(cents):,.2f}")
    sign = "-" if cents < 0 else ""
    if _Current.language == "fr":
        return f"{sign}{written}{NO_BREAK_SPACE}$"
    return f"{sign}${written}"


def format_cents(cents: int) -> str:
    """`format_money` of an amount in cents."""
    from decimal import Decimal

    return format_money(Decimal(cents) / 100)


def format_percent(share: float) -> str:
    """A share of 1 as a whole percentage: 0.86 is `86 %` with a no-break space; `86%`.

    What is not quite whole is never told as 100 %: a last place is left.
    """
    space = NO_BREAK_SPACE if _Current.language == "fr" else ""
    percent = round(share * 100)
    if percent == 100 and share < 1:
        percent = 99
    return f"{percent}{space}%"


def _localised(written: str) -> str:
    """A number written the English way, in the way of the language in use."""
    if _Current.language == "en":
        return written
    return written.replace(",", NO_BREAK_SPACE).replace(".", ",")


def _french_day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _system_locale() -> str:
    """A locale name such as `fr_CA`, or an empty string when the system tells none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value
    if sys.platform == "win32":
        import ctypes
        import locale

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return locale.windows_locale.get(identifier, "")
    if sys.platform == "darwin":
        import subprocess

        # A program started from the Finder has no LANG; the preference is the only source.
        command = ["/usr/bin/defaults", "read", "-g", "AppleLocale"]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        return answer.stdout.strip()
    return ""
