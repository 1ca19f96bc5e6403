# SPDX-License-Identifier: Apache-2.0
"""Which code page the bytes of a text file are in, told by what their letters spell.

    decode(data, asked=None) -> Decoded      ENCODINGS, known_encoding(name)

Detectors made for the web are worse at short French lists than counting letters: a wrong code page
makes signs and capitals in the middle of words where the right one makes é and ç.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from imp_plus_desktop.domain.values.errors import ExchangeError

UTF_8, UTF_16 = "utf-8", "utf-16"
ENCODINGS = (UTF_8, "cp1252", "cp850", "cp437", "mac_roman", "cp1250", "iso8859-15", UTF_16)
"""What is offered, by Python's names."""
_ALSO = ("iso8859-1", "iso8859-2", "iso8859-9", "iso8859-16", "cp858", "cp852", "cp1254", "cp1257",
         "cp1258", "mac_latin2", "mac_turkish", "utf-16-le", "utf-16-be")  # fmt: skip
"""Understood where they are asked for by name."""
_GUESSED = ("cp1252", "cp850", "cp437", "mac_roman", "cp1250", "iso8859-15")
"""One byte a letter; of two that spell as well, the first."""
MIXED_IN = "cp1252"
"""What single lines in a file of another encoding come from, as pasted rows do."""

_SAMPLE_BYTES = 100_000
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_LINE = re.compile(rb"[^\r\n]+")
_LETTER = re.compile("[\u00a0-\u017f\u0218-\u021b\u0370-\u045f\u0590-\u06ff\u0900-\U0010ffff]")
"""Of the scripts that names are written in. An apostrophe and É of a Macintosh are, as UTF-8, a
letter of Armenian."""
_FRENCH = frozenset("éèêëàâçîïôûùüœÉÈÊËÀÂÇÎÏÔÛÙÜŒ")
_TYPED = frozenset("’‘«»“”–—…\u00a0€")
"""Signs that office programs put beside and between words."""
_ODD = re.compile(r"[^\x00-\x7f]")
_GOOD, _FAIR, _POOR, _BAD = 3, 2, -3, -4


class Decoded(NamedTuple):
    """A text and its encoding. `mixed`: some bytes were none of it and stand as lone surrogates,
    which `in_mixed` reads."""

    text: str
    encoding: str
    mixed: bool = False


def known_encoding(name: str) -> str | None:
    """Python's name of an encoding that a list may be in, None for another."""
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    names = {codecs.lookup(known).name: known for known in (*_ALSO, *ENCODINGS)}
    return UTF_8 if found == "utf-8-sig" else names.get(found)


def decode(data: bytes, asked: str | None = None) -> Decoded:
    """The text of a file: in the encoding asked for, else in the one that its bytes tell.

    Raises ExchangeError not_a_spreadsheet for what is no text, damaged for text that breaks off,
    and wrong_encoding where it cannot be in the encoding asked for.
    """
    mark, marked = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", None))
    if asked is not None:
        return _asked(data.removeprefix(mark), marked, asked)
    if marked == UTF_8:
        return _unicode(data.removeprefix(mark))
    wide = marked or _utf16_without_mark(data)
    if wide is not None:
        return Decoded(_wide(data.removeprefix(mark), wide, ExchangeError("damaged")), UTF_16)
    if _NOT_TEXT.search(data):
        raise ExchangeError("not_a_spreadsheet")
    return _told(data)


def in_mixed(text: str) -> str:
    """A text with what stands for bytes of another code page read in that."""
    return text.encode(UTF_8, "surrogateescape").decode(UTF_8, _fallback())


def _told(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode(UTF_8), UTF_8)
    except UnicodeDecodeError:
        if _is_mostly_utf8(data):
            return Decoded(data.decode(UTF_8, "surrogateescape"), UTF_8, True)
    name = _single_byte(data)
    return Decoded(data.decode(name, "replace"), name)


def _unicode(data: bytes) -> Decoded:
    """UTF-8, as was asked or is marked, whatever single bytes say."""
    if b"\x00" in data:
        raise ExchangeError("not_a_spreadsheet")
    try:
        return Decoded(data.decode(UTF_8), UTF_8)
    except UnicodeDecodeError:
        return Decoded(data.decode(UTF_8, "surrogateescape"), UTF_8, True)


def _asked(data: bytes, marked: str | None, asked: str) -> Decoded:
    is_wide = marked is not None and marked != UTF_8
    if asked.startswith(UTF_16):
        told = marked if is_wide else _utf16_without_mark(data)
        wide = asked if asked != UTF_16 else told or "utf-16-le"
        return Decoded(_wide(data, wide, ExchangeError("wrong_encoding", encoding=asked)), asked)
    if is_wide or _NOT_TEXT.search(data):
        raise ExchangeError("wrong_encoding", encoding=asked)
    if asked == UTF_8:
        return _unicode(data)
    return Decoded(data.decode(asked, "replace"), asked)


def _wide(data: bytes, name: str, failure: ExchangeError) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        raise failure from None
    if "\x00" in text:
        raise ExchangeError("not_a_spreadsheet")
    return text


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.35 and even == 0:
        return "utf-16-le"
    if even > len(head) * 0.35 and odd == 0:
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether most lines with accents are UTF-8: no other code page makes that by chance, where
    letters that lists hold come of it."""
    good = bad = 0
    for line in _accented_lines(data):
        try:
            good += _LETTER.search(line.decode(UTF_8)) is not None
        except UnicodeDecodeError:
            bad += 1
    return good > 0 and (bad == 1 or 2 * bad <= good)


@cache
def _fallback() -> str:
    """The name under which the codecs read stray bytes of a UTF-8 text as Windows-1252."""

    def one_byte(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return error.object[error.start : error.end].decode(MIXED_IN, "replace"), error.end

    name = "imp-plus-mixed"
    codecs.register_error(name, one_byte)
    return name


def _single_byte(data: bytes) -> str:
    """The code page in which the letters beyond ASCII spell words best."""
    sample = _accented_part(data)
    if not sample:
        return _GUESSED[0]
    return max(_GUESSED, key=lambda name: _spelled(sample.decode(name, "replace")))


def _accented_part(data: bytes) -> bytes:
    """The first lines that hold more than ASCII, as many as are looked at."""
    found: list[bytes] = []
    size = 0
    for line in _accented_lines(data):
        found.append(line)
        size += len(line)
        if size > _SAMPLE_BYTES:
            break
    return b"\n".join(found)[:_SAMPLE_BYTES]


def _accented_lines(data: bytes) -> Iterator[bytes]:
    """The lines that hold more than ASCII, without a copy of all."""
    return (line for match in _LINE.finditer(data) if not (line := match.group()).isascii())


def _spelled(text: str) -> int:
    """How much what is beyond ASCII in a text looks like letters of names and words."""
    padded = f" {text} "
    worth = _worth()
    total = 0
    for match in _ODD.finditer(padded):
        at = match.start()
        total += _one(padded[at - 1], padded[at], padded[at + 1], worth)
    return total


def _one(before: str, letter: str, after: str, worth: dict[str, int]) -> int:
    if letter == "°":
        return _GOOD if before in "Nn" else -2
    if letter in _TYPED:
        # An apostrophe stands within a word, the others beside one.
        inside = before.isalpha() and after.isalpha()
        return _FAIR if inside == (letter in "’‘") else 0
    score = worth.get(letter, _BAD)
    if not before.isalpha() and not after.isalpha():
        score += _POOR
    elif letter.isupper():
        score += _BAD * before.islower()
    elif before.isupper() and after.isupper():
        score += _BAD
    return score


@cache
def _worth() -> dict[str, int]:
    """French letters, and fewer points for those of other Western and Central European names."""
    others = {
        letter
        for page in ("cp1252", "cp1250")
        for letter in bytes(range(128, 256)).decode(page, "ignore")
        if unicodedata.category(letter) in ("Lu", "Ll") and letter not in "ƒµ"
    }
    return {**dict.fromkeys(sorted(others), _FAIR), **dict.fromkeys(_FRENCH, _GOOD)}
