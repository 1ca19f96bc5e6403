# SPDX-License-Identifier: Apache-2.0
"""Rows of values as the XML of a sheet's rows: typed, safe, and quick.

Styles are named by marks of a control sign and a letter, which no text holds: the numbers of the
styles are known only once the workbook is made (`writing.py`). Text stays text, whatever it
begins with; what a cell cannot hold goes on in `RowXml.overflow`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.sheets.sheets import address, column_letters

TEXT, DATE, NUMBER, MONEY, INSTANT = "text", "date", "number", "money", "instant"
LONGEST_TEXT = 32_767
_CONTINUED = "…"
_DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# All that cannot stand in XML as it is; most texts hold none of it.
_SPECIAL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff&<>]|_x|^\s|\s$|\n")
_LOOKS_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_FIRST_LOST = 10**15
_DAYS_BEFORE = 693_594
_MARCH_1900 = 61

QUOTED, TOTAL, LINK = "quoted", "total", "link"
MARKS = {
    QUOTED: "\x01q",
    DATE: "\x01d",
    INSTANT: "\x01i",
    MONEY: "\x01m",
    TOTAL: "\x01t",
    LINK: "\x01l",
}
"""What stands for the number of each style until it is known."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a row of a sheet of the same workbook; the sheet by its title."""

    text: str
    sheet: str
    row: int


Value = str | int | float | bool | date | datetime | Link | None


class RowXml:
    """Makes the rows of one sheet; rows from 1, columns from 0.

    `overflow` are the places and the rest of texts that are too long for a cell; the links
    stand apart from the cells, as a sheet keeps them.
    """

    def __init__(self, kinds: Sequence[str], toronto: ZoneInfo) -> None:
        self.overflow: list[tuple[str, str]] = []
        self.links: list[tuple[str, Link]] = []
        self._kinds = kinds
        self._toronto = toronto
        self._sums = [0.0] * len(kinds)
        self._filled = [0] * len(kinds)
        self._letters = [column_letters(index) for index in range(len(kinds))]

    def row(self, number: int, values: Sequence[Value]) -> str:
        """One row of the list."""
        cells = [f'<row r="{number}">']
        for index, value in enumerate(values):
            if value is None or value == "":
                continue
            self._filled[index] += 1
            place = f"{self._letters[index]}{number}"
            if type(value) is str:
                cells.append(self._text(place, value))
            else:
                cells.append(self._other(place, index, value))
        cells.append("</row>")
        return "".join(cells)

    def total(self, number: int, totals: Sequence[str | None], label: str) -> str:
        """A row of formulas over the rows above; they follow the filter, and hold their value."""
        style = f's="{MARKS[TOTAL]}"'
        cells = [f'<row r="{number}">']
        for index, total in enumerate(totals):
            letters = self._letters[index]
            if total is not None:
                code, value = (109, self._sums[index]) if total == "sum" else (
                    103, self._filled[index])  # fmt: skip
                formula = f"SUBTOTAL({code},{letters}2:{letters}{number - 1})"
                cells.append(
                    f'<c r="{letters}{number}" {style}><f>{formula}</f><v>{_number(value)}</v></c>'
                )
            elif index == 0:
                text = _escaped(label)
                cells.append(f'<c r="A{number}" {style} t="inlineStr"><is><t>{text}</t></is></c>')
        cells.append("</row>")
        return "".join(cells)

    def _text(self, place: str, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            kept = LONGEST_TEXT - len(_CONTINUED)
            self.overflow.append((place, text[kept:]))
            text = text[:kept] + _CONTINUED
        style = f' s="{MARKS[QUOTED]}"' if text.startswith(_DANGEROUS_STARTS) else ""
        if _SPECIAL.search(text) is None:
            return f'<c r="{place}"{style} t="inlineStr"><is><t>{text}</t></is></c>'
        kept_spaces = f'<t xml:space="preserve">{_escaped(text)}</t>'
        return f'<c r="{place}"{style} t="inlineStr"><is>{kept_spaces}</is></c>'

    def _other(self, place: str, index: int, value: Value) -> str:
        if isinstance(value, datetime):
            local = value.astimezone(self._toronto) if value.tzinfo else value
            seconds = local.hour * 3600 + local.minute * 60 + local.second
            serial = _serial(local.date()) + seconds / 86_400
            return f'<c r="{place}" s="{MARKS[INSTANT]}"><v>{serial!r}</v></c>'
        if isinstance(value, date) and value.year >= 1900:
            return f'<c r="{place}" s="{MARKS[DATE]}"><v>{_serial(value)}</v></c>'
        if isinstance(value, int | float) and is_a_number(value):
            self._sums[index] += value
            style = f' s="{MARKS[MONEY]}"' if self._kinds[index] == MONEY else ""
            return f'<c r="{place}"{style}><v>{_number(value)}</v></c>'
        if isinstance(value, Link):
            self.links.append((place, value))
            style = f' s="{MARKS[LINK]}"'
            return f'<c r="{place}"{style} t="inlineStr"><is><t>{_escaped(value.text)}</t></is></c>'
        return self._text(place, str(value))

    def hyperlinks(self) -> str:
        """The links of the rows so far, as the sheet keeps them apart from its cells."""
        if not self.links:
            return ""
        found = [
            f'<hyperlink ref="{place}" location="{_escaped(_location(link))}"/>'
            for place, link in self.links
        ]
        return f"<hyperlinks>{''.join(found)}</hyperlinks>"


def printable(text: str) -> str:
    """The text without signs that a workbook cannot hold; each leaves a visible mark."""
    return _UNPRINTABLE.sub("\ufffd", text)


def is_dangerous(text: str) -> bool:
    """Whether some program would take the text for a formula."""
    return text.startswith(_DANGEROUS_STARTS)


def is_a_number(value: int | float) -> bool:
    """A number that a cell holds without loss; a longer one goes in as text."""
    return not isinstance(value, bool) and abs(value) < _FIRST_LOST


def _escaped(text: str) -> str:
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A spreadsheet reads _x000D_ as a return, and so would it a text that happens to say so.
    return _LOOKS_ESCAPED.sub(r"_x005F_\1", text).replace("\r", "_x000D_").replace('"', "&quot;")


def _location(link: Link) -> str:
    return f"'{link.sheet.replace(chr(39), chr(39) * 2)}'!{address(link.row, 0)}"


def _serial(day: date) -> int:
    days = day.toordinal() - _DAYS_BEFORE
    return days if days >= _MARCH_1900 else days - 1  # spreadsheets know a 29 February 1900


def _number(value: int | float) -> str:
    return repr(int(value)) if float(value).is_integer() else repr(value)
