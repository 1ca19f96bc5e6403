# SPDX-License-Identifier: Apache-2.0
"""The cell styles of a binary workbook: a number under each, as it is shown, and which of them
cross a text out.

For the readers that see the style of each cell; it reads no file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from imp_plus_desktop.exchange.sheets import serials
from imp_plus_desktop.exchange.sheets.building import SheetBuilder
from imp_plus_desktop.exchange.sheets.number_formats import Padding, padding_of


class NumberStyles:
    """Formats by the index of their style: the number of each, and its code if it has one.

    `struck` are the styles whose font crosses the text out.
    """

    def __init__(
        self, formats: Sequence[tuple[int, str | None]], struck: Collection[int] = ()
    ) -> None:
        self._struck = frozenset(struck)
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

    def note(self, builder: SheetBuilder, row: int, style: int) -> None:
        """Notes a filled cell of a row whose text its style crosses out."""
        if style in self._struck:
            builder.cross_out(row)

    def put(self, builder: SheetBuilder, row: int, column: int, value: float, style: int) -> None:
        """Puts a number under a style into the sheet."""
        self.note(builder, row, style)
        padding = self._paddings.get(style)
        text = None if padding is None else padding.shown(value)
        if text is None:
            builder.put_number(row, column, value, self._kinds.get(style))
        else:
            builder.put(row, column, text)
