# SPDX-License-Identifier: Apache-2.0
"""Texts that were garbled before their file was written: `BÃ©langer`, which was `Bélanger` once.

    may_be_odd(line) -> bool        a block as JSON: the quick look that most files end with
    OddTexts().look(first_row, block), .found()

What is found is said and offered, never put in place here. The library that undoes it is loaded
with the first text that looks so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from imp_plus_desktop.exchange.sheets.row_blocks import Columns
from imp_plus_desktop.exchange.sheets.sheets import GARBLED, LOST, Cell, OddLetters, Position

_WORTH_A_LOOK = re.compile(rb"\\u[0-9a-f]{4}\\u|\\u00c3 |\\u00[89]|\\ufffd")
"""UTF-8 has two bytes or more for a letter, so that what was read wrong has two signs or more; an
apostrophe of Windows read as Latin-1 is a sign that nobody writes."""
_READ_AS = ("latin-1", "cp1252", "cp1250", "cp437", "cp850", "mac_roman", "iso8859-2", "cp1254")
_USUAL = "cp1252"
_NAMES = {"sloppy-windows-1250": "cp1250", "iso-8859-2": "iso8859-2", "macroman": "mac_roman",
          "cp437": "cp437"}  # fmt: skip
"""As the library calls encodings, those that are not the usual one; Latin-1 is as good as it."""
_WINDOWS, _READ_AS_LATIN = "windows-1252", "iso8859-1"
_DOS = "cp850"
_BOXES = re.compile("[├┬─┼]")
_ROMANIAN = (b"\xc8", b"\x98\x99\x9a\x9b")
_BREAK = "\x1f"
"""Between cells that are looked at together: no file has it, and no encoding changes it."""
_REPLACED = "\ufffd"
_MOST_KEPT = 50_000
"""Cells that wait for another one to prove what they are."""

Cells = list[tuple[Position, str]]


def may_be_odd(line: bytes) -> bool:
    """Whether a block of rows, as one line of JSON in ASCII, holds anything to look at."""
    return _WORTH_A_LOOK.search(line) is not None


class OddTexts:
    """Finds the garbled texts of one sheet, and those that have lost letters."""

    def __init__(self) -> None:
        self._found: dict[Position, OddLetters] = {}
        self._waiting: Cells = []
        self._proof = ""

    def look(self, first_row: int, block: Columns) -> None:
        """Look at a block whose first row is this one (from 1)."""
        for cells in _suspects(first_row, block):
            lost = [position for position, text in cells if _REPLACED in text]
            self._found.update(dict.fromkeys(lost, OddLetters(LOST)))
            garbled = [cell for cell in cells if _garbled().search(cell[1])]
            if garbled and not self._undo(garbled) and len(self._waiting) < _MOST_KEPT:
                self._waiting += garbled

    def found(self) -> dict[Position, OddLetters]:
        """The odd texts by position; all blocks have been looked at."""
        waiting, self._waiting = self._waiting, []
        for cell in waiting:
            # A short text proves little alone, more beside one that is garbled for certain.
            if not self._undo([cell]) and self._proof:
                self._undo([cell], self._proof)
        return self._found

    def _undo(self, cells: Cells, proof: str = "") -> bool:
        """Whether some of these texts, which stand together, were garbled."""
        together = [text for _position, text in cells]
        fixed, read_as = _undone(_BREAK.join([*together, proof]))
        parts = fixed.split(_BREAK)
        if len(parts) != len(cells) + 1:
            return False
        changed = False
        for (position, before), after in zip(cells, parts, strict=False):
            if after != before and _REPLACED not in after:
                changed = True
                self._found[position] = OddLetters(GARBLED, after, read_as)
                self._proof = self._proof or before
        return changed


def _suspects(first_row: int, block: Columns) -> Iterator[Cells]:
    """The texts of each row that may be odd."""
    rows: dict[int, Cells] = {}
    for at, column in enumerate(block.columns):
        for place, cell in enumerate(column):
            if _is_suspect(cell):
                rows.setdefault(place, []).append(((first_row + place, at), str(cell)))
    return iter(rows.values())


def _is_suspect(cell: Cell) -> bool:
    if not isinstance(cell, str) or cell.isascii():
        return False
    return _REPLACED in cell or _garbled().search(cell) is not None


@cache
def _garbled() -> re.Pattern[str]:
    """How two bytes of UTF-8 for a letter of Latin script, or three for one of Vietnamese or a
    typographic sign, look in the encodings that are taken for it."""
    ways = ["Ã ", "[\x80-\x9f]"]
    for name in _READ_AS:
        rest = bytes(range(0x80, 0xC0)).decode(name, "ignore")
        follows = f"[{re.escape(rest)}]"
        two = re.escape(bytes(range(0xC2, 0xC6)).decode(name))
        three = (re.escape(lead.decode(name, "ignore")) for lead in (b"\xe1\xba", b"\xe1\xbb"))
        sign = re.escape(b"\xe2\x80".decode(name, "ignore"))
        ways += [f"[{two}]{follows}", *(f"{lead}{follows}" for lead in (*three, sign))]
        ways.append("".join(f"[{re.escape(b.decode(name, 'ignore'))}]" for b in _ROMANIAN))
    return re.compile("|".join(ways))


def _undone(text: str) -> tuple[str, str]:
    """A text as it was before it was garbled, and the encoding that it was read in by mistake."""
    from ftfy import fix_encoding_and_explain

    # Nothing but the encoding is undone: its other mendings are matters of taste.
    fixed, steps = fix_encoding_and_explain(text)
    if fixed == text and _BOXES.search(text):
        return _undone_from_dos(text)
    told = [step.parameter for step in steps or () if step.action in ("encode", "decode")]
    if told[1:2] == [_WINDOWS]:
        return fixed, _READ_AS_LATIN
    return fixed, _NAMES.get(told[0] if told else "", _USUAL)


def _undone_from_dos(text: str) -> tuple[str, str]:
    """The same for the code page of Canadian and European MS-DOS, which the library does not know:
    a corner of its boxes stands in no name."""
    try:
        return text.encode(_DOS).decode("utf-8"), _DOS
    except UnicodeError:
        return text, _USUAL
