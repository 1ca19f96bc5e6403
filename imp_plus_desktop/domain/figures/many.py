# SPDX-License-Identifier: Apache-2.0
"""A file of many figures as a table of dated entries, and what is wrong with the first bad one.

    entries_of(table) -> FigureTable     of the parsed text. Raises ExchangeError bad_figures

    [file]
    format = 1
    name = "…"                      what the file is called for people
    issued = 2026-12-01             when its sources were read, unless an entry says it

    [[figures]]                     by the names of the list of figures
    figure = "fee_processing"
    value = "165.00"                or 30, or 2027-06-30
    from = 2026-12-01
    source = "…"
    year = 2026                     of a cap; also of a switch: what uses a place in a year
    read_on = 2026-12-01            and again_on, where they are others

    [[countries]]                   country, requirement (visa, eta, none), from, source
    [[holidays]]                    day, closed (true, false), source

    [[programmes]]                  text: the whole file of a programme, between '''

Must not know which figures there are: that is the programme's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import category

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError

FORMAT = 1
MOST_ENTRIES = 2000
ENTRY, HOLIDAY = "entry_", "holiday"
"""Names of entries that are no figure of the list: what a nationality needs, and whether the
office is closed on a day."""
PROGRAMMES = "programmes"
CLOSED, OPEN = "closed", "open"
_LONGEST = 400
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Kinds of signs that nobody sees: controls, turns of direction, and the like."""
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure from a day on, by its name in the list of figures; `year` is that of a cap.

    `entry_MAR` is what a nationality needs to enter (visa, eta, none), `holiday` whether the
    office is closed on `from_day` itself.
    """

    name: str
    value: str
    from_day: date
    source: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """When a figure was read at its source (None: today), and when it must be again (None: as
    figures of its kind are)."""

    on: date | None = None
    again: date | None = None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """What a file says of itself, its entries with their readings, in its order, and the texts of
    the programmes that it brings."""

    name: str
    issued: date
    entries: tuple[tuple[Entry, Reading], ...]
    programmes: tuple[str, ...] = ()


def entries_of(table: Mapping[str, Any]) -> FigureTable:
    """The entries of a parsed file.

    Errors: ExchangeError figures_format, bad_figures(where, issue): which table or which entry of
    it, and what is wrong.
    """
    told = table.get("file")
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise ExchangeError("figures_format")
    name, issued = _text(told, "name", "[file]"), _day(told, "issued", "[file]")
    unknown = set(table) - {"file", PROGRAMMES, *_TABLES}
    if unknown:
        raise ExchangeError("bad_figures", where=_short(min(unknown)), issue="unknown_table")
    found: list[tuple[Entry, Reading]] = []
    seen: set[tuple[str, date, int | None]] = set()
    for kind, read in _TABLES.items():
        for where, row in _rows(table, kind):
            entry, reading = read(row, where)
            key = (entry.name, entry.from_day, entry.year)
            if key in seen:
                raise ExchangeError("bad_figures", where=where, issue="twice")
            seen.add(key)
            found.append((entry, Reading(reading.on or issued, reading.again)))
    programmes = tuple(_programme(row, where) for where, row in _rows(table, PROGRAMMES))
    if not found and not programmes:
        raise ExchangeError("bad_figures", where="[file]", issue="no_entries")
    if len(found) > MOST_ENTRIES:
        raise ExchangeError("bad_figures", where="[file]", issue="too_many")
    return FigureTable(name, issued, tuple(found), programmes)


def _rows(table: Mapping[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = table.get(kind, [])
    if not isinstance(rows, list):
        raise ExchangeError("bad_figures", where=f"[[{kind}]]", issue="no_list")
    for number, row in enumerate(rows, 1):
        where = f"[[{kind}]] {number}"
        if not isinstance(row, dict):
            raise ExchangeError("bad_figures", where=where, issue="no_list")
        yield where, row


def _figure(row: Mapping[str, Any], where: str) -> tuple[Entry, Reading]:
    known = {"figure", "value", "from", "source", "year", "read_on", "again_on"}
    _only(row, known, where)
    year = row.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise ExchangeError("bad_figures", where=where, issue="bad_year")
    entry = Entry(
        _text(row, "figure", where),
        _value(row, where),
        _day(row, "from", where),
        _text(row, "source", where),
        year,
    )
    days = (_day(row, name, where) if name in row else None for name in ("read_on", "again_on"))
    return entry, Reading(*days)


def _country(row: Mapping[str, Any], where: str) -> tuple[Entry, Reading]:
    _only(row, {"country", "requirement", "from", "source"}, where)
    country, needed = _text(row, "country", where), _text(row, "requirement", where)
    day, source = _day(row, "from", where), _text(row, "source", where)
    return Entry(f"{ENTRY}{country}", needed, day, source), Reading()


def _holiday(row: Mapping[str, Any], where: str) -> tuple[Entry, Reading]:
    _only(row, {"day", "closed", "source"}, where)
    if not isinstance(row.get("closed"), bool):
        raise ExchangeError("bad_figures", where=where, issue="bad_closed")
    value = CLOSED if row["closed"] else OPEN
    return Entry(HOLIDAY, value, _day(row, "day", where), _text(row, "source", where)), Reading()


def _programme(row: Mapping[str, Any], where: str) -> str:
    _only(row, {"text"}, where)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ExchangeError("bad_figures", where=f"{where} (text)", issue="bad_text")
    return text


_TABLES: Mapping[str, Callable[[Mapping[str, Any], str], tuple[Entry, Reading]]] = {
    "figures": _figure,
    "countries": _country,
    "holidays": _holiday,
}


def _only(row: Mapping[str, Any], known: set[str], where: str) -> None:
    """Refuse a word that means nothing here: it may be one that was misspelt."""
    for name in row:
        if name not in known:
            raise ExchangeError(
                "bad_figures", where=f"{where} ({_short(name)})", issue="unknown_word"
            )


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    text = row.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
        raise ExchangeError("bad_figures", where=f"{where} ({name})", issue="bad_text")
    # What is shown before somebody trusts a file can be turned round by no sign in it.
    if any(category(sign) in _UNSEEN and sign not in "\t\n" for sign in text):
        raise ExchangeError("bad_figures", where=f"{where} ({name})", issue="bad_text")
    return " ".join(text.split())


def _value(row: Mapping[str, Any], where: str) -> str:
    value = row.get("value")
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
        raise ExchangeError("bad_figures", where=f"{where} (value)", issue="bad_text")
    if isinstance(value, float):
        return str(Decimal(repr(value)))
    return str(value).strip()[:_LONGEST]


def _day(row: Mapping[str, Any], name: str, where: str) -> date:
    day = row.get(name)
    # A moment is a day too, to Python.
    if type(day) is not date or not _FIRST <= day <= _LAST:
        raise ExchangeError("bad_figures", where=f"{where} ({name})", issue="bad_day")
    return day


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
