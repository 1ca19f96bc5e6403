# SPDX-License-Identifier: Apache-2.0
"""Cells in the XML of a row of a sheet: where they stand and what their tags say.

Works on bytes, with or without a namespace's prefix; rows count from 1, columns from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from imp_plus_desktop.exchange.sheets.sheets import Position

_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
REFERENCE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})")
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])")


def attributes_of(head: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(head)}


@lru_cache(maxsize=1024)
def column_number(letters: bytes) -> int:
    """0 for `A`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def cells_of(
    body: bytes, row: int, wanted: Callable[[bytes], object] | None = None
) -> Iterator[tuple[Position, dict[bytes, bytes], bytes]]:
    """Position, attributes and content of a row's cells, or of those that are `wanted`."""
    pieces = _CELL.split(body)[1:]
    # Where every cell says where it stands, the others need no look.
    some = wanted if body.count(b' r="') >= len(pieces) else None
    place = (row, -1)
    for piece in pieces:
        if some is not None and not some(piece):
            continue
        head, _, content = piece.partition(b">")
        attributes = attributes_of(head)
        match = REFERENCE.match(attributes.get(b"r", b""))
        place = (
            (int(match.group(2)), column_number(match.group(1))) if match else (row, place[1] + 1)
        )
        if wanted is None or wanted(piece):
            yield place, attributes, b"" if head.endswith(b"/") else content
