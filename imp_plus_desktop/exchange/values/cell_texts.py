# SPDX-License-Identifier: Apache-2.0
"""The text of a cell: as it is read, of several lines, plain to see, or a spreadsheet's error."""

from __future__ import annotations

import re

from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.exchange.values.vocabulary import clean

_ERROR_TEXT = re.compile(
    r"#(?:REF|N/A|DIV/0|VALUE|NAME\?|NAME|NULL|NUM|SPILL|CALC|FIELD|BLOCKED|GETTING_DATA|NOM\?|"
    r"VALEUR|NOMBRE|NUL|N/D)!?\??|Err:\d{3}",
    re.IGNORECASE,
)


def spreadsheet_error(cell: Cell) -> str | None:
    """The error that a cell shows as text (`#REF!`, `#NOM?`, `Err:502`), else None."""
    if isinstance(cell, str) and cell[:1] in "#E" and _ERROR_TEXT.fullmatch(cell.strip()):
        return cell.strip()
    return None


def text_of(cell: Cell) -> str:
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def lines_of(text: str) -> str | None:
    """A text of several lines, each without its outer spaces; the empty ones are left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line) or None


def plain_text(cell: Cell) -> str | None:
    """A text that is a value as it stands, once cleaned; None for an error, or what is no text."""
    if type(cell) is not str or (cell[:1] in "#E" and spreadsheet_error(cell)):
        return None
    return clean(cell) or None
