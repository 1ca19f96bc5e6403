# SPDX-License-Identifier: Apache-2.0
"""What a scan is, told by its bytes: a few kinds of document and picture, and nothing else.

A name says nothing: a program renamed `.pdf` is refused all the same. Must not keep or open
anything.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping
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
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xbe\xba\xfe\xca", b"\x00asm", b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"ITSF", b"MSCF",
    b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b",
)  # fmt: skip
"""Programs for Windows, Linux and macOS, shortcuts and archives, and old office files."""
_PDF = b"%PDF-"
_LAUNCHES = re.compile(rb"/S\s*/Launch\b")
"""An act of a PDF that starts a program. Scripts are in the forms of IRCC, and stay."""
_PDF_WITHIN = 1024
"""Readers take a PDF whose mark comes after a few stray bytes."""
_BLANK = b"\xef\xbb\xbf \t\r\n\x00\x0c"
_PRINTER = b"\x1b%-12345X"
"""What a printer is told before the page."""
_MACROS = re.compile(rb"macroEnabled|vbaProject|vbaData|ms-excel\.intlmacrosheet", re.I)
_MACRO_PARTS = ("vbaproject.bin", "scripts/", "basic/", "xl/macrosheets/")
_OBJECTS = re.compile(rb"oleObject|activeX|/relationships/control\"|sun\.star\.oleobject", re.I)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.I)
_OUTSIDE = re.compile(
    rb"""/relationships/(?:attachedTemplate|frame|subDocument|image)["'][^>]*\bTargetMode"""
    rb"""|\bTargetMode[^>]*/relationships/(?:attachedTemplate|frame|subDocument|image)["']""",
    re.I,
)
_ELSEWHERE = re.compile(
    rb"""\bTarget\s*=\s*["']\s*(?:https?:|ftp:|mhtml:|\\\\|//|file:/*\\\\|file:////|file://[^/])""",
    re.I,
)
_MOST_TOLD = 4 * 1024 * 1024
"""Bytes of one part that tells what the others are."""
_BROKEN = (
    zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
    zlib.error,
)  # fmt: skip
_HEADER = re.compile(
    r"(?im)^(?:from|to|date|subject|message-id|mime-version|received|return-path|delivered-to|"
    r"content-type):"
)
_SCRIPT = re.compile(
    r"\s*(?:#!|<[a-z!?/%]|@echo|@if |rem |set-executionpolicy|param\s*\(|"
    r"import |from \w+ import |function |var |const |let |on error resume|option explicit|dim |"
    r"set \w+\s*=|sub \w+\s*\(|windows registry|regedit4|\[autorun\]|\[internetshortcut\]|"
    r"\[desktop entry\]|\[version\]|\{\\rtf)",
    re.IGNORECASE,
)
_SCRIPT_LINE = re.compile(
    r"(?im)^\s*(?:powershell|cmd(?:\.exe)?\s+/c|wscript|cscript|mshta|rundll32|regsvr32|certutil|"
    r"invoke-|iex\b|start-process|@?echo off|setlocal|goto \w+\s*$|</?(?:script|hta:|html|job)\b)"
    r"|\b(?:createobject|activexobject|getobject|shellexecute)\s*\(|\bwscript\.|\bnew-object\b"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


class Refused(StrEnum):
    """Why bytes are not taken; values are codes of errors."""

    UNKNOWN = "scan_refused"
    PROGRAM = "scan_program"
    MACROS = "scan_macros"
    OUTSIDE = "scan_outside"
    OBJECTS = "scan_objects"


def media_type(content: bytes) -> MediaType | None:
    """What the bytes are; None for a program, a script, and whatever is not known."""
    told = look(content)
    return told if isinstance(told, MediaType) else None


def look(content: bytes) -> MediaType | Refused:
    """What the bytes are, or why they are not taken: a program is one whatever follows."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(_PROGRAMS):
        return Refused.PROGRAM
    if _PDF in content[:_PDF_WITHIN]:
        is_pdf = _is_stray(content.partition(_PDF)[0]) and not _LAUNCHES.search(content)
        return MediaType.PDF if is_pdf else Refused.PROGRAM
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if content[4:8] == b"ftyp":
        known = _heic_brands(content) & _HEIC_BRANDS
        return MediaType.HEIC if known else Refused.UNKNOWN
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _written(content)


def _is_stray(before: bytes) -> bool:
    """Whether what stands before a PDF's mark is no file of its own: no text, no program."""
    rest = before.strip(_BLANK)
    if not rest or rest.startswith(_PRINTER):
        return True
    return not rest.startswith((*_PROGRAMS, b"PK")) and not rest.isascii() and b"<" not in rest


def _heic_brands(content: bytes) -> set[bytes]:
    """The brands that the first box of the file names: the major one and the compatible ones."""
    size = min(int.from_bytes(content[:4], "big"), 256)
    return {content[place : place + 4] for place in (8, *range(16, size, 4))}


def _packed(content: bytes) -> MediaType | Refused:
    """An office document by the parts of its package; what it would run or fetch is told by the
    types and relations that it declares, whatever its parts are called."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.lower() for name in package.namelist()}
            if danger := _danger(package, names):
                return danger
            if "mimetype" in names:
                # Read no further than the name of a type is long: a package may be a trap.
                short = package.getinfo("mimetype").file_size <= len(MediaType.ODT.value)
                said = package.read("mimetype") if short else b""
                return MediaType.ODT if said == MediaType.ODT.value.encode() else Refused.UNKNOWN
    except _BROKEN:
        return Refused.UNKNOWN
    if "[content_types].xml" not in names:
        return Refused.UNKNOWN
    if "word/document.xml" in names:
        return MediaType.DOCX
    return MediaType.XLSX if "xl/workbook.xml" in names else Refused.UNKNOWN


def _danger(package: zipfile.ZipFile, names: Collection[str]) -> Refused | None:
    if any(name.endswith(_MACRO_PARTS[0]) or name.startswith(_MACRO_PARTS[1:]) for name in names):
        return Refused.MACROS
    telling = [part for part in package.infolist() if _tells(part.filename.lower())]
    if any(part.file_size > _MOST_TOLD for part in telling):
        return Refused.UNKNOWN
    told = [package.read(part).replace(b"\x00", b"") for part in telling]
    if any(_MACROS.search(text) for text in told):
        return Refused.MACROS
    if any(_OBJECTS.search(text) for text in told):
        return Refused.OBJECTS
    relations = (relation for text in told for relation in _RELATION.findall(text))
    fetched = any(_OUTSIDE.search(one) and _ELSEWHERE.search(one) for one in relations)
    return Refused.OUTSIDE if fetched else None


def _tells(name: str) -> bool:
    return name in ("[content_types].xml", "meta-inf/manifest.xml") or name.endswith(".rels")


def _written(content: bytes) -> MediaType | Refused:
    """Plain text or a saved e-mail; a script is neither."""
    text = _decoded(content)
    if text is None or not text.strip() or _CONTROL.search(text):
        return Refused.UNKNOWN
    start = text[:4096]
    if _SCRIPT.match(start):
        return Refused.PROGRAM
    head = start.split("\n\n", 1)[0].split("\r\n\r\n", 1)[0]
    if len({found.lower() for found in _HEADER.findall(head)}) >= 3:
        return MediaType.EMAIL
    return Refused.PROGRAM if _SCRIPT_LINE.search(text) else MediaType.TEXT


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
