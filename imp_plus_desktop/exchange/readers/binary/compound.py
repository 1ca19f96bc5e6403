# SPDX-License-Identifier: Apache-2.0
"""Takes one stream out of a compound file (OLE2, [MS-CFB]), the wrapping of xls workbooks.

Streams of other documents that are embedded stand in folders of their own: they are not taken.
Every chain is bounded by the file's own size, so that a made-up one ends. Reads bytes only.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from imp_plus_desktop.domain.classes import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_IN_HEADER = 109
_NONE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE


class CompoundFile:
    """The streams of a compound file. Raises ValueError or struct.error when it is damaged."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(SIGNATURE):
            raise ValueError("no compound file")
        self._data = data
        sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if sector_shift not in (9, 12) or mini_shift >= sector_shift:
            raise ValueError("no such sector size")
        self._sector, self._mini = 1 << sector_shift, 1 << mini_shift
        directory, self._cutoff = (struct.unpack_from("<I", data, at)[0] for at in (48, 56))
        self._table = self._sector_table()
        (mini_table,) = struct.unpack_from("<I", data, 60)
        self._mini_table = _words(self._chain(mini_table))
        entries = self._chain(directory)
        self._entries = [
            self._entry(entries[at : at + _ENTRY])
            for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)
        ]

        self._top = self._in_root()

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self._top]

    def stream(self, name: str) -> bytes | None:
        """The content of a stream, None when there is none of that name (in any case)."""
        for entry in self._top:
            if entry.name.casefold() == name.casefold():
                return self._content(entry)
        return None

    def _in_root(self) -> list[_Entry]:
        """What stands in the root itself; all there is where its tree is broken or empty."""
        found: dict[int, _Entry] = {}
        waiting = [self._entries[0].child] if self._entries else []
        while waiting:
            place = waiting.pop()
            if place == _NONE or place in found:
                continue
            if place >= len(self._entries):
                return self._entries
            found[place] = entry = self._entries[place]
            waiting += (entry.left, entry.right)
        return [found[place] for place in sorted(found)] or self._entries

    def _content(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        minis = self._chain(self._entries[0].start)
        pieces: list[bytes] = []
        sector = entry.start
        while sector < _LAST_SECTOR and len(pieces) <= entry.size // self._mini:
            pieces.append(minis[sector * self._mini : (sector + 1) * self._mini])
            sector = self._mini_table[sector]
        return b"".join(pieces)[: entry.size]

    def _sector_table(self) -> Sequence[int]:
        """Which sector follows each sector."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        most = len(self._data) // self._sector
        words = self._sector // 4
        while more < _LAST_SECTOR and len(listed) <= most + _IN_HEADER:
            block = _words(self._sector_at(more))
            listed.extend(block[: words - 1])
            more = block[words - 1]
        used = [sector for sector in listed if sector < _LAST_SECTOR][: most + 1]
        return _words(b"".join(self._sector_at(sector) for sector in used))

    def _sector_at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        piece = self._data[start : start + self._sector]
        if not piece:
            raise ValueError("sector outside of the file")
        # The last sector of a file is not always whole.
        return piece.ljust(self._sector, b"\0")

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        most = len(self._data) // self._sector + 1
        while sector < _LAST_SECTOR:
            if len(pieces) > most or sector >= len(self._table):
                raise ValueError("chain without end")
            pieces.append(self._sector_at(sector))
            sector = self._table[sector]
        return b"".join(pieces)

    @staticmethod
    def _entry(raw: bytes) -> _Entry:
        (length,) = struct.unpack_from("<H", raw, 64)
        name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", raw, 116)
        return _Entry(name, start, size, *struct.unpack_from("<III", raw, 68))


def _words(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
