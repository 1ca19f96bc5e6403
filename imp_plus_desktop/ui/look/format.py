# SPDX-License-Identifier: Apache-2.0
"""How the window writes days, numbers and times, in the language in use.

An absent value is a dash, so that an empty cell is never mistaken for one not yet drawn. Must not
compute anything about the programme, nor read a clock: today comes from the caller.
"""

from datetime import date, datetime, timedelta

from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import (
    NO_BREAK_SPACE,
    _,
    current_language,
    format_day,
    format_day_short,
    format_iso,
    format_known,
    format_number,
    format_time,
    ngettext,
    short_month,
)

DASH = "—"
_WEEKDAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_SHORT = {"fr": "{:.3}.", "en": "{:.3}"}
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
"""The days of a week in the order of calendars here, as `date.weekday` numbers them."""


def text(value: str | None) -> str:
    """The text, or a dash."""
    return value or DASH


def number(value: int | None) -> str:
    """`1 284`, or a dash."""
    return DASH if value is None else format_number(value)


def iso(day: date | None) -> str:
    """`2023-10-07`, or a dash: what columns of days show."""
    return DASH if day is None else format_iso(day)


def day_short(day: date | None) -> str:
    """`7 oct. 2023`, or a dash."""
    return DASH if day is None else format_day_short(day)


def day_long(day: date | None) -> str:
    """`7 octobre 2023`, or a dash."""
    return DASH if day is None else format_day(day)


def weekday_and_day(day: date) -> str:
    """`mercredi 22 novembre 2023`; `Wednesday, November 22, 2023`."""
    name = _WEEKDAYS[current_language()][day.weekday()]
    joint = ", " if current_language() == "en" else " "
    return f"{name}{joint}{format_day(day)}"


def weekday(number: int) -> str:
    """`mercredi`, `Wednesday`, as `date.weekday` numbers them."""
    return _WEEKDAYS[current_language()][number]


def weekday_short(number: int) -> str:
    """`mer.`, `Wed`."""
    return _SHORT[current_language()].format(weekday(number))


def month_and_year(day: date) -> str:
    """`Novembre 2026`, `November 2026`, to stand alone."""
    text = format_known(f"{day.year:04}-{day.month:02}")
    return f"{text[:1].upper()}{text[1:]}"


def month_short(month: int) -> str:
    """The name of a month from 1 to 12, short: `janv.`; `Jan`."""
    return short_month(month)


def days_left(last_day: date | None, today: date) -> str:
    """Days from today to a last day that still counts: `12 j`, `0 j`, `−3 j`, or a dash."""
    return DASH if last_day is None else days((last_day - today).days)


def days(count: int) -> str:
    """A short count of days for a column: `12 j`; `12 d`."""
    sign = "−" if count < 0 else ""
    short = _("{count} d").format(count=format_number(abs(count)))
    return sign + short.replace(" ", NO_BREAK_SPACE)


def days_in_words(count: int) -> str:
    """`12 jours`, `1 jour`, `aujourd’hui`, `depuis 3 jours`."""
    if count == 0:
        return _("today")
    if count < 0:
        return ngettext("{count} day ago", "{count} days ago", -count).format(
            count=format_number(-count)
        )
    return ngettext("{count} day", "{count} days", count).format(count=format_number(count))


def moment(at: datetime, today: date) -> str:
    """The time for what happened today, `yesterday`, else the day. `at` is in local time, and
    `today` the office's day: where the computer's is another, what was done today is of today."""
    day = toronto_day(at)
    if day == today:
        return format_time(at)
    if day == today - timedelta(days=1):
        return _("yesterday")
    return format_day_short(at.date())
