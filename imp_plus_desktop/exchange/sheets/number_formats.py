# SPDX-License-Identifier: Apache-2.0
"""Number formats that pad a whole number with zeros, and what a number shows under one.

`00000`, `00-0000-0000`, `"C"0000000`, `"C"0`: what a person sees is the number with its zeros and
signs, while the file holds 123. Must know nothing of the other formats: under them a number is
itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError

LONGEST_FORMAT = 255
"""Letters of a format, as Excel has it."""
LARGEST_STYLES = 64 * 2**20
_FIRST_LOST = 10**15
_FEWEST_DIGITS = 2
_SECTION_OF_ZERO = 2
_MOST_STYLES = 65_536
_MOST_FORMATS = 20_000
_MOST_ELEMENTS = 1_000_000
_CHUNK = 2**18

# A colour and a language change no letter of what a number shows.
_BEFORE = re.compile(
    r"(?:\[(?:\$-[0-9A-F]{1,4}|black|blue|cyan|green|magenta|red|white|yellow|color ?\d\d?)\])*",
    re.IGNORECASE,
)
_PIECE = re.compile(r"""0+|"[^"]*"|\\.|[-+():!&'~{}<>=^ \u00a0]+""", re.DOTALL)
_SECTION = re.compile(rf"(?:{_PIECE.pattern})*", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z]{1,3}-?")
_ASIDE = re.compile(r'"[^"]*"|[\\_*].', re.DOTALL)
_CONDITION = re.compile(r"\[[<>=]")
_CODE = re.compile(rb"""formatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")

Paddings = Mapping[int, "Padding"]
"""The styles of a workbook, by index, under which a number is padded."""


@dataclass(frozen=True, slots=True)
class Padding:
    """A format of zeros: what stands before them, then groups of them and what follows each.

    `zero` says whether it is the format of 0 too.
    """

    before: str
    groups: tuple[tuple[int, str], ...]
    zero: bool = True
    width: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", sum(size for size, _after in self.groups))

    def shown(self, value: float) -> str | None:
        """What a number shows, None where that is no more than the number says.

        A negative number, one with decimals or of more than 15 digits is as it is.
        """
        if not 0 <= value < _FIRST_LOST or value != int(value) or not (value or self.zero):
            return None
        number = str(int(value))
        digits = number.zfill(self.width)
        # More digits than zeros stand at the first zero.
        start, end = 0, len(digits) - self.width
        pieces = [self.before]
        for size, after in self.groups:
            end += size
            pieces += (digits[start:end], after)
            start = end
        text = "".join(pieces)
        return None if text == number else text


@lru_cache(maxsize=_MOST_FORMATS)
def padding_of(code: str | None) -> Padding | None:
    """The padding that a format code asks for, None for every other format."""
    if code is None or not _FEWEST_DIGITS <= len(code) <= LONGEST_FORMAT:
        return None
    before = _BEFORE.match(code)
    section = _SECTION.match(code, before.end() if before else 0)
    if section is None or code[section.end() : section.end() + 1] not in ("", ";"):
        return None
    others = _ASIDE.sub("", code[section.end() :])
    if _CONDITION.search(others):
        return None
    # A third section is for 0 alone.
    zero = others.count(";") < _SECTION_OF_ZERO
    return padding([_piece(text) for text in _PIECE.findall(section.group())], zero=zero)


def _piece(written: str) -> str | int:
    if written.startswith("0"):
        return len(written)
    if written.startswith("\\"):
        return written[1:]
    return written[1:-1] if written.startswith('"') else written


def padding(pieces: Sequence[str | int], *, zero: bool = True) -> Padding | None:
    """A padding from its texts and how many zeros stand between; None with fewer than two zeros,
    but for a few letters before one: `"C"0` shows what makes the number an identifier."""
    before = ""
    groups: list[tuple[int, str]] = []
    for piece in pieces:
        size, after = groups[-1] if groups else (0, "")
        if isinstance(piece, str) and groups:
            groups[-1] = (size, after + piece)
        elif isinstance(piece, str):
            before += piece
        elif groups and not after:
            groups[-1] = (size + piece, "")
        else:
            groups.append((piece, ""))
    found = Padding(before, tuple(groups), zero)
    lettered = found.width == 1 and _LETTERS.fullmatch(found.before) and not groups[0][1]
    return found if found.width >= _FEWEST_DIGITS or lettered else None


def style_paddings(content: bytes) -> Paddings:
    """The padded styles of an xlsx workbook's `styles.xml`, by index.

    Styles that are no XML are none: Excel drops them too. Raises too_large, and defusedxml's
    errors.
    """
    codes = set(_CODE.findall(content))
    if len(codes) > _MOST_FORMATS:
        raise ExchangeError("too_large")
    if not any(map(_may_pad, codes)):
        return {}
    styles = _Styles()
    parser = ElementTree.XMLParser(target=styles)
    try:
        for start in range(0, len(content), _CHUNK):
            parser.feed(content[start : start + _CHUNK])
            if styles.done:
                break
    except ParseError:
        return {}
    return styles.paddings()


def _may_pad(code: tuple[bytes, bytes]) -> bool:
    quoted = code[0] or code[1]
    text = html.unescape(quoted.decode("utf-8", "replace"))
    return b"&#" in quoted or padding_of(text) is not None


class _Styles:
    """Takes the formats and the cell styles from the elements of `styles.xml` as they come."""

    def __init__(self) -> None:
        self.done = False
        self._formats: dict[str, Padding] = {}
        self._styles: list[str] = []
        self._inside = ""
        self._elements = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise ExchangeError("too_large")
        name = tag.rpartition("}")[2]
        if name in ("numFmts", "cellXfs"):
            self._inside = name
        elif name == "numFmt" and self._inside == "numFmts":
            found = padding_of(attributes.get("formatCode"))
            if found is not None:
                self._formats[attributes.get("numFmtId", "")] = found
        elif name == "xf" and self._inside == "cellXfs":
            self._styles.append(attributes.get("numFmtId", ""))
            self.done = self.done or len(self._styles) == _MOST_STYLES

    def end(self, tag: str) -> None:
        if self._inside and tag.rpartition("}")[2] == self._inside:
            self.done = self.done or (self._inside == "cellXfs" and bool(self._formats))
            self._inside = ""

    def close(self) -> None:
        return None

    def paddings(self) -> Paddings:
        known = ((index, self._formats.get(n)) for index, n in enumerate(self._styles))
        return {index: found for index, found in known if found is not None}
