# SPDX-License-Identifier: Apache-2.0
"""What lists write into a cell for which they have no value: a dash, N/D, s.o., inconnu, 0.

Names have words of their own (`whole_names.py`); a code's own word, such as the CSQ category
*aucun*, is a value. Must not know fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imp_plus_desktop.domain.people.whole_names import NOT_KNOWN
from imp_plus_desktop.exchange.sheets.sheets import Cell

NO_VALUE = "no_value"

_DASHES = frozenset({"-", "--", "---", "–", "––", "—"})
_CROSSES = frozenset(word for word in NOT_KNOWN if not word.strip("x"))
"""XXX is a code of passports, and no word here."""
_WORDS = (
    (NOT_KNOWN - _CROSSES)
    | _DASHES
    | {
        *(".", "..", "...", "?", "??", "???", "n/d", "n.d.", "n.d", "nd", "n/a", "n.a.", "n.a"),
        *(
            "s/o",
            "s.o.",
            "s.o",
            "n.s.p.",
            "nsp",
            "néant",
            "neant",
            "aucun",
            "aucune",
            "none",
            "null",
        ),
        *("inconnu", "inconnue", "unknown", "sans objet", "non disponible", "non connu", "à venir"),
        *("tbd", "tba", "not available", "not applicable"),
    }
)
_ZEROS = frozenset({"0", "0.0", "0,0"})
_LONGEST = max(map(len, _WORDS))
_AS_WRITTEN = frozenset(
    spelling
    for word in (*_WORDS, *_ZEROS)
    for spelling in (word, word.upper(), word.capitalize(), word.title())
)


def says_nothing(cell: Cell, *, zero_too: bool) -> bool:
    """Whether a cell says that there is no value; with `zero_too` a nought, too: an empty cell that
    a formula has looked up."""
    if isinstance(cell, str):
        text = cell.strip()
        if len(text) > _LONGEST:
            return False
        return text.casefold() in _WORDS or (zero_too and text in _ZEROS)
    return zero_too and isinstance(cell, int | float) and cell == 0 and cell is not False


def is_dash(cell: Cell) -> bool:
    """Whether a cell holds a dash alone, as good as empty: of that nobody need be told."""
    return isinstance(cell, str) and cell.strip() in _DASHES


def saying_nothing(cells: Iterable[Any]) -> frozenset[Any]:
    """The texts among many cells that may say so, at a glance."""
    return _AS_WRITTEN.intersection(cells)
