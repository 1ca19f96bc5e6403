# SPDX-License-Identifier: Apache-2.0
"""Sums of money and counts as lists write them. None where a text is neither."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"0*\d{1,3}(?:[.,]0+)?")
_AMOUNT = re.compile(
    r"(?:CAD|CA)?\s*\$?\s*(\d{1,3}(?:[ \u00a0\u202f,]\d{3})+|\d+)(?:[.,](\d{1,2}))?"
    r"\s*\$?\s*(?:CAD|CA)?",
    re.IGNORECASE,
)


def cents_of(text: str) -> int | None:
    """An amount as cents, with or without its sign: `255,00 $`, `CA$1,255.50`."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    whole, cents = re.sub(r"\D", "", found[1]), (found[2] or "0").ljust(2, "0")
    return int(whole) * 100 + int(cents)


def count_of(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, also as a spreadsheet writes it: `2,0`."""
    if not _WHOLE.fullmatch(text):
        return None
    number = int(re.split("[.,]", text)[0])
    return number if number <= most else None
