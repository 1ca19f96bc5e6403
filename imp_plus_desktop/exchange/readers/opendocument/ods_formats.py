# SPDX-License-Identifier: Apache-2.0
"""The number styles of an ods workbook, as far as they pad a number with zeros.

Takes them from the elements that `ods.py` has parsed, and knows no cell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import ParseError, XMLPullParser

from imp_plus_desktop.exchange.sheets.number_formats import (
    LONGEST_FORMAT,
    Padding,
    padding,
)

_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
NUMBER_STYLE_TAG, CELL_STYLE_TAG = _NUMBER + "number-style", _STYLE + "style"
_NAME, _FAMILY, _PARENT = _STYLE + "name", _STYLE + "family", _STYLE + "parent-style-name"
_DATA_STYLE, _MAP = _STYLE + "data-style-name", _STYLE + "map"
_DIGITS, _TEXT, _INSIDE = _NUMBER + "number", _NUMBER + "text", _NUMBER + "embedded-text"
_PLACE, _LOOKS = _NUMBER + "position", _STYLE + "text-properties"
_CONDITION, _APPLIED = _STYLE + "condition", _STYLE + "apply-style-name"
_LEAST = _NUMBER + "min-integer-digits"
# What a number of zeros alone does not have, and the value that means that it has it not.
_NOT_SAID = (
    (_NUMBER + "decimal-places", "0"), (_NUMBER + "min-decimal-places", "0"),
    (_LOEXT + "min-decimal-places", "0"), (_NUMBER + "grouping", "false"),
    (_NUMBER + "display-factor", "1"),
)  # fmt: skip
_POSITIVE = re.compile(r"value\(\)\s*>(=?)\s*0")
_DEFAULT = "Default"
_MOST_PARENTS = 20
_CHUNK = 2**18
_PADS = re.compile(rb"""min-integer-digits\s*=\s*["'](?:[2-9]|\d\d)""")


class OdsFormats:
    """Paddings by the name of the cell style; `common` are those of the styles with a name."""

    def __init__(self, common: OdsFormats | None = None) -> None:
        self._common = common
        self._numbers: dict[str, Padding | None] = {}
        self._positive: dict[str, tuple[str, bool]] = {}
        self._cells: dict[str, tuple[str | None, str | None]] = {}
        self._known: dict[str, Padding | None] = {}
        self._pads = False

    def __bool__(self) -> bool:
        return self._pads or bool(self._common)

    def read(self, element: Any) -> None:
        """Takes a number style, or a style if it is one for cells."""
        name = element.get(_NAME, "")
        if element.tag == NUMBER_STYLE_TAG:
            self._numbers[name] = found = _padding(element)
            self._pads = self._pads or found is not None
            for condition in element.iterfind(_MAP):
                # What the style says itself is then for negative numbers, or for 0.
                self._numbers[name] = None
                if match := _POSITIVE.fullmatch(condition.get(_CONDITION, "")):
                    self._positive[name] = (condition.get(_APPLIED, ""), bool(match.group(1)))
        elif element.get(_FAMILY) == "table-cell":
            self._cells[name] = (element.get(_DATA_STYLE), element.get(_PARENT))

    def of(self, name: str | None) -> Padding | None:
        """The padding of a cell style, or of a cell without one."""
        name = _DEFAULT if name is None else name
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str | None) -> Padding | None:
        """What the style says itself, or the first of those that it is made from."""
        for _ in range(_MOST_PARENTS):
            found = None if name is None else self.style(name)
            if found is None:
                return None
            home, number, name = found
            if number is not None:
                return home.number(number)
        return None

    def style(self, name: str) -> tuple[OdsFormats, str | None, str | None] | None:
        """Where a cell style stands, its number style and the style that it is made from."""
        found = self._cells.get(name)
        if found is None:
            return self._common.style(name) if self._common is not None else None
        return (self, *found)

    def number(self, name: str) -> Padding | None:
        """The padding of a number style for what is not negative."""
        applied, with_zero = self._positive.get(name, (name, True))
        if applied not in self._numbers:
            return self._common.number(applied) if self._common is not None else None
        found = self._numbers[applied]
        return found if found is None or with_zero else replace(found, zero=False)


def formats_of(styles: bytes) -> OdsFormats:
    """The formats of `styles.xml`. Styles that are no XML are none.

    The part must hold no declarations of entities (`packages.Part` refuses them).
    """
    found = OdsFormats()
    if not _PADS.search(styles):
        return found
    parser: Any = XMLPullParser(("end",))
    try:
        for start in range(0, len(styles), _CHUNK):
            parser.feed(styles[start : start + _CHUNK])
            for _event, element in parser.read_events():
                if element.tag in (NUMBER_STYLE_TAG, CELL_STYLE_TAG):
                    found.read(element)
                    element.clear()
    except ParseError:
        return OdsFormats()
    return found


def _padding(style: Any) -> Padding | None:
    """What a number style pads, None when it holds anything but texts and one number of zeros."""
    pieces: list[str | int] = []
    numbers = 0
    for part in style:
        if part.tag == _TEXT:
            pieces.append(part.text or "")
        elif part.tag == _DIGITS:
            pieces += _zeros(part)
            numbers += 1
        elif part.tag not in (_MAP, _LOOKS):
            return None
    letters = sum(len(piece) for piece in pieces if isinstance(piece, str))
    return padding(pieces) if numbers == 1 and letters <= LONGEST_FORMAT else None


def _zeros(number: Any) -> list[str | int]:
    """The zeros of a number and the texts between them; none where it is not of zeros alone."""
    least = number.get(_LEAST, "0")
    if any(number.get(name, value) != value for name, value in _NOT_SAID):
        return []
    if not least.isdecimal() or len(least) > 3 or int(least) > LONGEST_FORMAT:
        return []
    texts: dict[int, str] = {}
    for text in number.iterfind(_INSIDE):
        right = text.get(_PLACE, "")
        if not right.isdecimal() or len(right) > 3 or not 0 < int(right) < int(least):
            return []
        texts[int(right)] = text.text or ""
    pieces: list[str | int] = []
    left = int(least)
    for place in sorted(texts, reverse=True):
        pieces += (left - place, texts[place])
        left = place
    return [*pieces, left]
