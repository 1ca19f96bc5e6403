# SPDX-License-Identifier: Apache-2.0
"""Numbers that stand for something else than an amount, as spreadsheets spoil them.

    as_typed("'01234567") -> "01234567"      as_typed("5,145550100E+09") -> "5145550100"

What was typed is given back, where all of it is there; None where digits are lost.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeGuard

from imp_plus_desktop.exchange.sheets.sheets import Cell

_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+(\d{2,})", re.IGNORECASE)
_AS_TEXT = re.compile(r"=\s*[\"“”«]\s*(.*?)\s*[\"“”»]")
_WHOLE = re.compile(r"(\d{4,})[.,]0+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3}){2,}(?:[.,]0+)?")
_APOSTROPHES = "'’`"
_PLAIN_PHONE = re.compile(r"[+(]?\d[\d()-]*(?: [\d()-]+)*", re.ASCII)

_EXTENSION = re.compile(r"(?<![^\W\d_])(?:x|p|ext|extension|poste?)\.?\s*\d+\b", re.IGNORECASE)
_GLUED = re.compile(r"\d[^\W\d_]|[^\W\d_]\d")


def is_plain_phone(cell: Cell) -> TypeGuard[str]:
    """Whether a cell plainly is a telephone number as it is kept: a quick look."""
    return type(cell) is str and _PLAIN_PHONE.fullmatch(cell) is not None


def phone_of(text: str) -> tuple[str | None, str | None]:
    """A telephone number and the code of what is wrong with it: `digits_lost`, where there is none,
    or `odd_phone`, where a letter stands inside it or no digit at all.

    Words beside the number (*cell.*, *maison*) and its extension are right.
    """
    number = as_typed(text)
    if not number:
        return None, "digits_lost" if text else None
    bare = _EXTENSION.sub(" ", number)
    slipped = _GLUED.search(bare) is not None or not any(map(str.isdigit, bare))
    return number, "odd_phone" if slipped else None


def as_typed(text: str) -> str | None:
    """The number as somebody typed it; other texts as they are. None where digits are lost."""
    plain = unicodedata.normalize("NFKC", text) if not text.isascii() else text
    plain = plain.strip()
    if match := _AS_TEXT.fullmatch(plain):
        plain = match.group(1)
    plain = plain.lstrip(_APOSTROPHES)
    if match := _SCIENTIFIC.fullmatch(plain):
        first, decimals, power = match.group(1), match.group(2) or "", int(match.group(3))
        # Shorter than the number itself: what stood behind was rounded away.
        return first + decimals if len(decimals) == power else None
    if match := _WHOLE.fullmatch(plain):
        return match.group(1)
    if _GROUPED.fullmatch(plain):
        return "".join(filter(str.isdigit, re.sub(r"(?<=\d{3})[.,]0+$", "", plain)))
    return plain
