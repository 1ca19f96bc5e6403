# SPDX-License-Identifier: Apache-2.0
"""The cells of an xlsx sheet whose format pads a number with zeros, found by their styles.

Only places and paddings: what a number shows is for `exchange/sheets/number_formats.py` to say.
"""

from __future__ import annotations

import re

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.xlsx.cell_xml import cells_of, column_number
from imp_plus_desktop.exchange.readers.xlsx.packages import Package
from imp_plus_desktop.exchange.sheets.building import MOST_COLUMNS
from imp_plus_desktop.exchange.sheets.number_formats import (
    LARGEST_STYLES,
    Padding,
    Paddings,
    style_paddings,
)

_MOST_ALTERNATIVES = 100

PaddedCells = tuple[tuple[int, Padding], ...]
"""The columns of a row whose numbers are padded."""


def padded_styles(package: Package, workbook: str) -> Paddings:
    """The styles of a workbook under which a number is padded. Raises too_large."""
    part = f"{workbook.rpartition('/')[0]}/styles.xml".lstrip("/")
    if part not in package:
        return {}
    if package.size(part) > LARGEST_STYLES:
        raise ExchangeError("too_large")
    content = package.read(part)
    return {} if part in package.odd else style_paddings(content)


class PaddedStyles:
    """Finds the cells of a row that have one of some styles."""

    def __init__(self, paddings: Paddings, found: dict[int, PaddedCells]) -> None:
        self._styles = {str(index).encode(): known for index, known in paddings.items()}
        few = len(self._styles) <= _MOST_ALTERNATIVES
        styles = b"|".join(self._styles) if few else rb"\d+"
        self._style = re.compile(rb"""s\s*=\s*["'](?:%b)["']""" % styles)
        # A cell as programs write it: its place, then its style.
        self._cell = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(%b)"' % styles)
        # A cell that names no style has the first one.
        self._everywhere = b"0" in self._styles
        self._found = found
        self._known: dict[tuple[tuple[bytes, bytes], ...], PaddedCells] = {}

    def look(self, body: bytes, row: int) -> None:
        """Notes the padded cells of a row, if it holds values."""
        if b"v" not in body:
            return
        if self._everywhere:
            self._look_closely(body, row)
        elif count := len(self._style.findall(body)):
            if count > 2 * MOST_COLUMNS:
                raise ExchangeError("damaged")
            cells, number = self._cell.findall(body), str(row).encode()
            if len(cells) == count and all(at == number for _letters, at, _style in cells):
                self._look_at(tuple([(letters, style) for letters, _at, style in cells]), row)
            else:
                self._look_closely(body, row)

    def _look_at(self, cells: tuple[tuple[bytes, bytes], ...], row: int) -> None:
        # Most rows are alike: they share what was found in the first of them.
        known = self._known.get(cells)
        if known is None:
            styles = self._styles
            known = tuple(
                (column_number(name), styles[style]) for name, style in cells if style in styles
            )
            self._known[cells] = known
        if known:
            self._note(row, known)

    def _look_closely(self, body: bytes, row: int) -> None:
        found: dict[int, list[tuple[int, Padding]]] = {}
        for (at, column), attributes, _content in cells_of(body, row):
            padding = self._styles.get(attributes.get(b"s", b"0"))
            if padding is not None:
                found.setdefault(at, []).append((column, padding))
        for at, cells in found.items():
            self._note(at, tuple(cells))

    def _note(self, row: int, cells: PaddedCells) -> None:
        known = self._found.get(row)
        self._found[row] = cells if known is None else known + cells
        if len(self._found[row]) > 2 * MOST_COLUMNS:
            raise ExchangeError("damaged")
