# SPDX-License-Identifier: Apache-2.0
"""What a scan is, told by its bytes: a few kinds of document and picture, and nothing else.

A name says nothing: a program renamed `.pdf` is refused all the same. Must not keep or open
anything.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

MOST_BYTES = 25 * 1024 * 1024


class MediaType(StrEnum):
    """The kinds of file that a register takes."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    WEBP = "image/webp"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"
    TEXT = "text/plain"
    EMAIL = "message/rfc822"


ENDINGS: Mapping[MediaType, str] = MappingProxyType(
    {
        MediaType.PDF: ".pdf",
        MediaType.PNG: ".png",
        MediaType.JPEG: ".jpg",
        MediaType.TIFF: ".tif",
        MediaType.HEIC: ".heic",
        MediaType.WEBP: ".webp",
        MediaType.DOCX: ".docx",
        MediaType.XLSX: ".xlsx",
        MediaType.ODT: ".odt",
        MediaType.TEXT: ".txt",
        MediaType.EMAIL: ".eml",
    }
)
"""How a copy's name ends, so that the system opens it with the right program."""

_STARTS: tuple[tuple[bytes, MediaType], ...] = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PDF_WITHIN = 1024
"""Readers take a PDF whose mark comes after a few stray bytes."""
_MACROS = ("vbaproject.bin", "scripts/", "basic/")
_HEADER = re.compile(
    r"(?im)^(?:from|to|date|subject|message-id|mime-version|received|return-path|delivered-to|"
    r"content-type):"
)
_SCRIPT = re.compile(
    r"\s*(?:#!|<\?|<!doctype|<html|<script|<svg|@echo|rem |set-executionpolicy|param\s*\(|"
    r"import |from \w+ import |function |var |const |let |on error resume|dim |windows registry|"
    r"regedit4|\[autorun\]|\[internetshortcut\]|\[desktop entry\]|\{\\rtf)",
    re.IGNORECASE,
)
_SCRIPT_LINE = re.compile(
    r"(?im)^\s*(?:powershell|cmd(?:\.exe)?\s+/c|wscript|cscript|createobject\(|invoke-|iex\b|"
    r"@?echo off|setlocal|goto \w+\s*$)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def media_type(content: bytes) -> MediaType | None:
    """What the bytes are; None for a program, a script, and whatever is not known."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(b"MZ"):
        return None
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return MediaType.PDF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content[4:8] == b"ftyp":
        return MediaType.HEIC if _heic_brands(content) & _HEIC_BRANDS else None
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _written(content)


def _heic_brands(content: bytes) -> set[bytes]:
    """The brands that the first box of the file names: the major one and the compatible ones."""
    size = min(int.from_bytes(content[:4], "big"), 256)
    return {content[place : place + 4] for place in (8, *range(16, size, 4))}


def _packed(content: bytes) -> MediaType | None:
    """An office document by the parts of its package; one with macros is refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.lower() for name in package.namelist()}
            if any(name.endswith(_MACROS[0]) or name.startswith(_MACROS[1:]) for name in names):
                return None
            if "mimetype" in names:
                # Read no further than the name of a type is long: a package may be a trap.
                short = package.getinfo("mimetype").file_size <= len(MediaType.ODT.value)
                said = package.read("mimetype") if short else b""
                return MediaType.ODT if said == MediaType.ODT.value.encode() else None
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    if "[content_types].xml" not in names:
        return None
    if "word/document.xml" in names:
        return MediaType.DOCX
    return MediaType.XLSX if "xl/workbook.xml" in names else None


def _written(content: bytes) -> MediaType | None:
    """Plain text or a saved e-mail; a script is neither."""
    text = _decoded(content)
    if text is None or not text.strip() or _CONTROL.search(text):
        return None
    start = text[:4096]
    head = start.split("\n\n", 1)[0].split("\r\n\r\n", 1)[0]
    if len({found.lower() for found in _HEADER.findall(head)}) >= 3:
        return MediaType.EMAIL
    if _SCRIPT.match(start) or _SCRIPT_LINE.search(start):
        return None
    return MediaType.TEXT


def _decoded(content: bytes) -> str | None:
    """Text in UTF-8, UTF-16 with its mark, or the code page of Western Windows; else None."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif b"\x00" in content[:4096]:
        return None
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
