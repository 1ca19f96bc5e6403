# SPDX-License-Identifier: Apache-2.0
"""A zipped workbook as parts, each unpacked within the size that the archive declares for it.

A part that holds more than it declares is refused before the reader, which trusts the archive,
sees it; so are entities. What the fast reader would drop silently (CDATA, comments, UTF-16, blanks
between pieces of one text) is rewritten as plain XML. It knows nothing of cells.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping

from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.sheets.sheets import Limits

_LOCAL_HEADER = 30
_MOST_PARTS = 20_000
_CHUNK = 2**21
_STEP = 2**16
_OVERLAP = 2**12
"""Bytes of the piece before that are looked at again: a mark may stand across both."""
_XML = (".xml", ".rels")
_NOT_READ = ("customxml/", "docprops/")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_ODD = re.compile(rb"<!\[CDATA\[|<!--|<\?(?!xml[\s?])")
_DECLARATION = re.compile(rb"<!DOCTYPE|<!ENTITY", re.I)
_ASIDE = re.compile(r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?(?!xml\s).*?\?>", re.DOTALL)
# A piece of a text in several formats that begins or ends with a blank, which nothing says to keep.
_BLANK_AT_EDGE = re.compile(
    rb"((?:</(?:\w+:)?rPr\s*>|<(?:\w+:)?rPr\s*/>|<(?:\w+:)?r>)\s*<(?:\w+:)?t)>"
    rb"(?=[ \t][^<]*</|[^<]*[ \t]</)"
)
_ENCODING = re.compile(rb"""^(<\?xml[^>]*?)\s+encoding\s*=\s*["']([^"']*)["']""")


class Part:
    """The bytes of one part, piece by piece. `read` raises ExchangeError or zlib.error."""

    def __init__(self, data: bytes, info: zipfile.ZipInfo) -> None:
        header = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
            raise ExchangeError("damaged")
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        start = info.header_offset + _LOCAL_HEADER + names
        if start + info.compress_size > len(data):
            raise ExchangeError("damaged")
        self._packed = memoryview(data)[start : start + info.compress_size]
        self._info = info
        self._inflate = zlib.decompressobj(-15) if info.compress_type else None
        self._at = self._given = self._sum = 0
        self._waiting = b""
        # What a program adds for itself is no part of the workbook.
        name = _plain_name(info).lower()
        self._is_xml = name.endswith(_XML) and not name.startswith(_NOT_READ)
        self._tail = b""
        self.odd = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end, when the size and the check sum were right."""
        if size < 0:
            return b"".join(iter(lambda: self._next(_CHUNK), b""))
        pieces: list[bytes] = []
        while size > 0 and (piece := self._next(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def _next(self, size: int) -> bytes:
        piece = self._unpack(size)
        self._given += len(piece)
        if self._given > self._info.file_size:
            # A stream that goes on past its own size contradicts itself, whatever the limits are.
            raise ExchangeError("damaged")
        self._sum = zlib.crc32(piece, self._sum)
        if not piece and (self._given != self._info.file_size or self._sum != self._info.CRC):
            raise ExchangeError("damaged")
        if self._is_xml:
            self._look(piece)
        return piece

    def _unpack(self, size: int) -> bytes:
        if self._inflate is None:
            piece = bytes(self._packed[self._at : self._at + size])
            self._at += len(piece)
            return piece
        while not self._inflate.eof:
            if not self._waiting:
                self._waiting = bytes(self._packed[self._at : self._at + _STEP])
                self._at += len(self._waiting)
                if not self._waiting:
                    raise ExchangeError("damaged")
            piece = self._inflate.decompress(self._waiting, size)
            self._waiting = self._inflate.unconsumed_tail
            if piece:
                return piece
        return b""

    def _look(self, piece: bytes) -> None:
        if not self._tail:
            self.odd = piece.startswith(_WIDE_MARKS) or _encoding(piece) != "utf-8"
        seen = self._tail + piece
        # Mostly there is neither sign, and to look for one is far quicker than for a pattern.
        declares, instructs = b"!" in seen, b"?" in seen
        if declares and _DECLARATION.search(seen):
            raise ExchangeError("damaged")
        self.odd = self.odd or bool((declares or instructs) and _ODD.search(seen))
        if not self.odd and (b"</r>" in seen or b":r>" in seen):
            self.odd = _BLANK_AT_EDGE.search(seen) is not None
        self._tail = seen[-_OVERLAP:]


class Package:
    """The parts of a zip archive in memory. Raises encrypted, too_large or damaged."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {_plain_name(info): info for info in archive.infolist()}
            infos = archive.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise ExchangeError("encrypted")
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            raise ExchangeError("too_large")
        if len(infos) > _MOST_PARTS:
            raise ExchangeError("too_large")
        twice = len(infos) != len(self._parts)
        if twice or any(info.compress_type not in (0, 8) for info in infos):
            raise ExchangeError("damaged")
        self._opened: list[tuple[str, Part]] = []

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    @property
    def odd(self) -> set[str]:
        """The parts, as far as they were read, that the fast reader would not read whole."""
        return {name for name, part in self._opened if part.odd}

    def part(self, name: str) -> Part:
        """A part to be read piece by piece. KeyError when there is none."""
        part = Part(self.data, self._parts[name])
        self._opened.append((name, part))
        return part

    def read(self, name: str) -> bytes:
        """A whole part. KeyError when there is none."""
        return self.part(name).read()

    def size(self, name: str) -> int:
        """The size that a part declares, unpacked."""
        return self._parts[name].file_size

    def check(self, but: Collection[str] = ()) -> None:
        """Unpacks every part and keeps nothing, so that none holds more than it declares."""
        for name in self._parts:
            if name not in but:
                part = self.part(name)
                while part.read(_CHUNK):
                    pass

    def rewritten(self, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
        """The archive anew, some parts changed."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in self._parts:
                content = self.read(name)
                archive.writestr(name, changes[name](content) if name in changes else content)
        return packed.getvalue()


def _plain_name(info: zipfile.ZipInfo) -> str:
    """The name of a part; some programs of Windows write its folders as Windows does."""
    return info.filename.replace("\\", "/")


def _encoding(content: bytes) -> str:
    """The encoding that an XML declaration names, in lower case; UTF-8 when it names none."""
    found = _ENCODING.match(content)
    name = found.group(2).decode("ascii", "replace").lower() if found else "utf-8"
    return "utf-8" if name in ("utf8", "us-ascii", "ascii") else name


def plain(content: bytes) -> bytes:
    """XML in UTF-8 without CDATA, comments and instructions, the blanks of its texts to be kept.

    Raises ValueError, LookupError.
    """
    if content.startswith(_WIDE_MARKS[:2]):
        name = "utf-16"
    elif content.startswith(_WIDE_MARKS[2:]):
        name = "utf-16-le" if content.startswith(b"<") else "utf-16-be"
    else:
        name = _encoding(content)
    text = _ASIDE.sub(
        lambda found: html.escape(found.group(1) or "", quote=False), content.decode(name)
    )
    told = _ENCODING.sub(rb"\1", text.encode("utf-8"))
    return _BLANK_AT_EDGE.sub(rb'\1 xml:space="preserve">', told)
