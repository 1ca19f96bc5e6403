# SPDX-License-Identifier: Apache-2.0
"""The rows of an xlsx sheet that are crossed out, found by the styles of their cells.

A text of which only some letters are crossed out is not told, nor what a rule of the sheet draws.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.xlsx.cell_xml import cells_of
from imp_plus_desktop.exchange.readers.xlsx.packages import Package
from imp_plus_desktop.exchange.sheets.number_formats import LARGEST_STYLES

_CHUNK = 2**18
_MOST_STYLES = 65_536
_MOST_ELEMENTS = 1_000_000
_MOST_ALTERNATIVES = 100
_HOLDS = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
_NOT = ("0", "false", "off")


def struck_styles(package: Package, workbook: str) -> frozenset[int]:
    """The styles of a workbook whose font crosses the text out. Raises too_large.

    Styles that are no XML are none: Excel drops them too.
    """
    part = f"{workbook.rpartition('/')[0]}/styles.xml".lstrip("/")
    if part not in package or package.size(part) > LARGEST_STYLES:
        return frozenset()
    content = package.read(part)
    if b"strike" not in content:
        return frozenset()
    styles = _Styles()
    parser = ElementTree.XMLParser(target=styles)
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
            if styles.done:
                break
    except ParseError:
        return frozenset()
    return frozenset(styles.struck)


class _Styles:
    """Takes the fonts and the cell styles from the elements of `styles.xml` as they come."""

    def __init__(self) -> None:
        self.struck: set[int] = set()
        self.done = False
        self._fonts: set[str] = set()
        self._inside = ""
        self._font = self._style = -1
        self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise ExchangeError("too_large")
        name = tag.rpartition("}")[2]
        if name in ("fonts", "cellXfs"):
            self._inside = name
        elif name == "font" and self._inside == "fonts":
            self._font += 1
        elif name == "strike" and self._inside == "fonts" and attributes.get("val") not in _NOT:
            self._fonts.add(str(self._font))
        elif name == "xf" and self._inside == "cellXfs":
            self._style += 1
            if attributes.get("fontId") in self._fonts:
                self.struck.add(self._style)
            self.done = self.done or self._style == _MOST_STYLES

    def end(self, tag: str) -> None:
        if self._inside and tag.rpartition("}")[2] == self._inside:
            self.done = self.done or self._inside == "cellXfs"
            self._inside = ""

    def close(self) -> None:
        return None


class StruckRows:
    """Finds the rows most of whose filled cells have one of some styles."""

    def __init__(self, styles: Collection[int], found: set[int]) -> None:
        self._styles = {str(index).encode() for index in styles}
        few = len(self._styles) <= _MOST_ALTERNATIVES
        told = b"|".join(self._styles) if few else rb"\d+"
        self._style = re.compile(rb"""s\s*=\s*["'](?:%b)["']""" % told)
        self._found = found

    def look(self, body: bytes, row: int) -> None:
        """Notes the row if it is crossed out."""
        if not self._style.search(body):
            return
        struck = [
            attributes.get(b"s") in self._styles
            for _place, attributes, _content in cells_of(body, row, _HOLDS.search)
        ]
        if sum(struck) * 2 > len(struck):
            self._found.add(row)
