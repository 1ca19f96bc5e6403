# SPDX-License-Identifier: Apache-2.0
"""The cell styles of a binary workbook: a number under each, as it is shown.

For the readers that see the style of each cell; it reads no file.
"""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.exchange.sheets import serials
from imp_plus_desktop.exchange.sheets.building import SheetBuilder
from imp_plus_desktop.exchange.sheets.number_formats import Padding, padding_of


class NumberStyles:
    """Formats by the index of their style: the number of each, and its code if it has one."""

    def __init__(self, formats: Sequence[tuple[int, str | None]]) -> None:
        self._kinds: dict[int, str] = {}
        self._paddings: dict[int, Padding] = {}
        # Thousands of styles share a few formats.
        known: dict[tuple[int, str | None], tuple[str | None, Padding | None]] = {}
        for index, style in enumerate(formats):
            if style not in known:
                known[style] = (serials.format_kind(*style), padding_of(style[1]))
            kind, padding = known[style]
            if kind is not None:
                self._kinds[index] = kind
            elif padding is not None:
                self._paddings[index] = padding

    def put(self, builder: SheetBuilder, row: int, column: int, value: float, style: int) -> None:
        """Puts a number under a style into the sheet."""
        padding = self._paddings.get(style)
        text = None if padding is None else padding.shown(value)
        if text is None:
            builder.put_number(row, column, value, self._kinds.get(style))
        else:
            builder.put(row, column, text)
