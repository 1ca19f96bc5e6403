# SPDX-License-Identifier: Apache-2.0
"""Dates as lists write them: forms, and the proof of the order of day and month.

Never guesses: a date whose order nothing proves is asked for (`ambiguous_dates`). It knows no
clock; `today` comes in only to tell the century of a two-digit year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import MONTHS
from imp_plus_desktop.domain.values.date_proof import DMY, MDY, YMD, DateProof
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.values.vocabulary import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SMALLEST_SERIAL = 5480  # 1915-01-01: a smaller number in a date column is a year or a mistake
_LARGEST_SERIAL = 73050

HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_ISO = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ,]+(.+))?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{4}|\d{2})(?:[T ,]+(.+))?")
_SERIAL = re.compile(r"\d{4,5}(?:[.,]\d+)?")
_TIME = re.compile(
    r"(?:à |at )?(\d{1,2})(?:\s?[:hH]\s?(\d{2})?)(?::?(\d{2})(?:\.\d+)?)?"
    r"\s?([aApP]\.?[mM]\.?)?\s*(Z|[+-]\d{2}:?\d{2}|UTC)?"
)
_ORDINAL = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th|e)")
_FILLER_WORDS = """
    le the of de du on lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday
    wednesday thursday friday saturday sunday lun mer jeu ven sam dim mon tue wed thu fri sat sun
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_LIFE = ("birth_date", "csq_issue_date", "letter_date", "letter_received_date", "received_at")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date read from text: `day` is known, or its `numbers` wait for an order.

    With `own_order` (the month was a word) only the century of a two-digit year is open.
    """

    day: date | None = None
    numbers: tuple[int, int, int] | None = None
    short_year: bool = False
    own_order: str | None = None
    clock: time | None = None
    zone: tzinfo | None = None

    @property
    def waits(self) -> bool:
        return self.numbers is not None and self.own_order is None

    def under(self, order: str, latest_year: int) -> date | None:
        """The day under an order; two-digit years fall in the century up to `latest_year`."""
        if self.numbers is None:
            return self.day
        parts = dict(zip(self.own_order or order, self.numbers, strict=True))
        year = parts["y"]
        if self.short_year:
            year += latest_year // 100 * 100
            year -= 100 if year > latest_year else 0
        return _day(year, parts["m"], parts["d"])

    def possible(self, order: str) -> bool:
        """Whether day and month could stand so; 31/02 speaks for day first all the same."""
        if self.numbers is None or self.own_order is not None:
            return True
        parts = dict(zip(order, self.numbers, strict=True))
        if not self.short_year and order == YMD:
            return False
        return 1 <= parts["m"] <= 12 and 1 <= parts["d"] <= 31


@dataclass(frozen=True, slots=True, eq=False)
class DateColumn:
    """The text dates of one column that wait for an order."""

    sheet: str
    field: str
    header: str
    values: tuple[WrittenDate, ...]


def is_plausible(day: date) -> bool:
    """Whether a day lies in the years in which anything on file can happen."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def are_days(cells: Sequence[object]) -> bool:
    """Whether all filled cells are plausible days of the file's own."""
    if not set(map(type, cells)) <= {date, type(None)}:
        return False
    return all(isinstance(day, date) and is_plausible(day) for day in set(cells) - {None})


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_serial(number: float, date1904: bool) -> date | None:
    """The day of a spreadsheet's serial number, None when it is none that a list could mean."""
    days = int(number) + (1462 if date1904 else 0)
    if not _SMALLEST_SERIAL <= days <= _LARGEST_SERIAL:
        return None
    return date(1899, 12, 30) + timedelta(days=days)


@lru_cache(maxsize=50_000)
def read_date(text: str, date1904: bool = False) -> WrittenDate | None:
    """Reads a written date; None when the text is none in any order."""
    text = text.translate(HYPHENS)
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.group(1, 2, 3))
        return _with_time(_day(year, month, day), None, False, match.group(4))
    if match := _COMPACT.fullmatch(text):
        known = _day(*(int(part) for part in match.groups()))
        return None if known is None else WrittenDate(known)
    if match := _NUMERIC.fullmatch(text):
        first, second, year = (int(part) for part in match.group(1, 2, 3))
        short = len(match.group(3)) == 2
        if not short and not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        return _with_time(None, (first, second, year), short, match.group(4))
    if _SERIAL.fullmatch(text):
        known = from_serial(float(text.replace(",", ".")), date1904)
        return None if known is None else WrittenDate(known)
    return _in_words(text)


def _with_time(
    day: date | None, numbers: tuple[int, int, int] | None, short: bool, rest: str | None
) -> WrittenDate | None:
    if day is None and numbers is None:
        return None
    if rest is None:
        return WrittenDate(day, numbers, short)
    read = read_time(rest.strip())
    return None if read is None else WrittenDate(day, numbers, short, None, *read)


def read_time(text: str) -> tuple[time, tzinfo | None] | None:
    """`14:30`, `14 h 30`, `2:30 PM`, with or without a zone."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.group(1, 2, 3))
    half = (match.group(4) or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = match.group(5)
    if zone is None:
        return time(hour, minute, second), None
    offset = "+00:00" if zone in ("Z", "UTC") else zone
    return time(hour, minute, second), datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo


def _in_words(text: str) -> WrittenDate | None:
    """`1er mars 2023`, `March 1, 2023`, `1-mar-23`, `mercredi le 1 mars 2023 à 14 h 30`."""
    words = re.findall(r"[^\W\d_]+|\d+[^\W\d_]*(?::\d\d)*", fold(text))
    month = None
    numbers: list[str] = []
    for position, word in enumerate(words):
        if ordinal := _ORDINAL.fullmatch(word):
            word = ordinal.group(1)
        if word in MONTHS and month is None:
            month = MONTHS[word]
        elif word.isdigit() and len(numbers) < 2:
            numbers.append(word)
        elif len(numbers) == 2 and month is not None:
            rest = " ".join(words[position:]).removeprefix("a ").removeprefix("at ")
            return _worded(month, numbers, rest)
        elif word not in _FILLERS:
            return None
    return _worded(month, numbers, None)


def _worded(month: int | None, found: list[str], rest: str | None) -> WrittenDate | None:
    if month is None or len(found) != 2:
        return None
    first, second = found
    if len(first) == 4:
        first, second = second, first
    if len(first) > 2 or len(second) not in (2, 4):
        return None
    if len(second) == 4:
        return _with_time(_day(int(second), month, int(first)), None, False, rest)
    numbers = (int(first), month, int(second))
    read = (None, None) if rest is None else read_time(rest)
    return None if read is None else WrittenDate(None, numbers, True, DMY, *read)


def prove_order(
    columns: Sequence[DateColumn],
    lives: Sequence[Mapping[str, date | WrittenDate]],
    *,
    latest_year: Callable[[str], int],
    given: str | None = None,
) -> DateProof:
    """The one order of the file, by a day over 12 in any column or by the order of life.

    `lives` are the dates of each row by field. Raises ambiguous_dates(column=header).
    """
    waiting = [c for c in columns if c.values]
    total = sum(len(c.values) for c in waiting)
    if not total:
        return DateProof(given, "given" if given else "not_needed")
    short = [(c, v) for c in waiting for v in c.values if v.short_year]
    # Beside years of four digits, those of two say nothing of what these do: see `_may_be_ymd`.
    orders = (DMY, MDY, YMD) if len(short) == total else (DMY, MDY)
    wrong = {c: {o: _disproofs(c, o, orders, latest_year) for o in orders} for c in waiting}
    if given is not None:
        return _settled(given, "given", waiting, wrong, total, orders)
    if len(short) < total and _may_be_ymd(short, latest_year):
        raise ExchangeError("ambiguous_dates", column=short[0][0].header)
    alive = _alive(waiting, wrong, orders)
    if len(alive) == 1:
        return _settled(alive[0], "day_over_12", waiting, wrong, total, orders)
    if not alive:
        return _settled(_majority(waiting, wrong, orders), "day_over_12", waiting, wrong, total,
                        orders)  # fmt: skip
    doubtful = [c for c in waiting if _differs(c, alive, latest_year)]
    if not doubtful:
        return DateProof(alive[0], "not_needed", total)
    broken = {o: sum(_breaks_life(life, o, latest_year) for life in lives) for o in alive}
    whole = [o for o in alive if not broken[o]]
    if len(whole) == 1:
        return DateProof(whole[0], "order_of_life", total)
    raise ExchangeError("ambiguous_dates", column=doubtful[0].header)


def _alive(
    waiting: Sequence[DateColumn],
    wrong: Mapping[DateColumn, Mapping[str, int]],
    orders: Sequence[str],
) -> list[str]:
    """The orders that no date of any column disproves."""
    alive = [o for o in orders if not any(wrong[c][o] for c in waiting)]
    # 31/02 is no day, and speaks for day first all the same where nothing else does.
    spoken = [o for o in alive if all(v.possible(o) for c in waiting for v in c.values)]
    return spoken or alive


def _disproofs(
    column: DateColumn, order: str, orders: Sequence[str], latest_year: Callable[[str], int]
) -> int:
    """How many real days of a column cannot stand in an order; a mistake such as 31/02 is none."""
    latest = latest_year(column.field)
    return sum(
        not v.possible(order) and any(v.under(o, latest) is not None for o in orders)
        for v in column.values
    )


def _may_be_ymd(
    short: Sequence[tuple[DateColumn, WrittenDate]], latest_year: Callable[[str], int]
) -> bool:
    """Whether all years of two digits could stand first, and it would matter."""
    return all(v.possible(YMD) for _c, v in short) and any(
        len({v.under(o, latest_year(c.field)) for o in (DMY, MDY, YMD)}) > 1 for c, v in short
    )


def _differs(column: DateColumn, orders: Sequence[str], latest_year: Callable[[str], int]) -> bool:
    latest = latest_year(column.field)
    return any(len({v.under(o, latest) for o in orders}) > 1 for v in column.values)


def _majority(
    columns: Sequence[DateColumn], wrong: Mapping[DateColumn, Mapping[str, int]],
    orders: Sequence[str],
) -> str:  # fmt: skip
    """The order that most columns with a proof have; asks when two have as many."""
    votes = dict.fromkeys(orders, 0)
    for column in columns:
        alive = [o for o in orders if not wrong[column][o]]
        if len(alive) == 1:
            votes[alive[0]] += 1
    ranked = sorted(orders, key=lambda o: votes[o], reverse=True)
    if votes[ranked[0]] > votes[ranked[1]]:
        return ranked[0]
    undecided = [c for c in columns if sum(not n for n in wrong[c].values()) > 1]
    contradictory = [c for c in columns if all(wrong[c].values())]
    if undecided or contradictory or not votes[ranked[0]]:
        raise ExchangeError(
            "ambiguous_dates", column=[*undecided, *contradictory, *columns][0].header
        )
    return ranked[0]


def _settled(
    order: str,
    proved_by: str,
    columns: Sequence[DateColumn],
    wrong: Mapping[DateColumn, Mapping[str, int]],
    total: int,
    orders: Sequence[str],
) -> DateProof:
    """The proof, with the columns that disprove the file's order decided alone."""
    exceptions: dict[tuple[str, str], str] = {}
    over_12 = 0
    first: str | None = None
    for column in columns:
        other = [o for o in orders if o != order]
        proofs = sum(
            any(not v.possible(o) for o in other) for v in column.values if v.possible(order)
        )
        over_12 += proofs
        if proofs and first is None:
            first = column.header
        fitting = [o for o in other if not wrong[column][o]]
        if wrong[column].get(order, 1) and len(fitting) == 1:
            exceptions[column.sheet, column.field] = fitting[0]
    return DateProof(order, proved_by, total, over_12, first, exceptions)


def _breaks_life(
    life: Mapping[str, date | WrittenDate], order: str, latest_year: Callable[[str], int]
) -> bool:
    """Whether a date that waits for the order stands on the wrong side of another one."""
    known = []
    for name in _LIFE:
        value = life.get(name)
        if isinstance(value, WrittenDate):
            day = value.under(order, latest_year(name))
            waits = value.waits
        else:
            day, waits = value, False
        if day is not None:
            known.append((name, day, waits))
    for position, (earlier, first, waits) in enumerate(known):
        for later, second, also_waits in known[position + 1 :]:
            if not waits and not also_waits:
                continue
            same_day_is_fine = (earlier, later) == ("letter_date", "letter_received_date")
            if first > second or (first == second and not same_day_is_fine):
                return True
    return False
