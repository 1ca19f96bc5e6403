# SPDX-License-Identifier: Apache-2.0
"""What an import left out of a list, by name: rows that are about nobody, columns that go nowhere.

Must not decide what is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from imp_plus_desktop.i18n import N_, _, format_number, ngettext
from imp_plus_desktop.words.terms.field_texts import field_label

_NAMED = 5
"""So many rows or columns of a kind are named; the others are counted."""


class FateLike(Protocol):
    """What becomes of a column; one that is lost was understood and could not be taken."""

    @property
    def header(self) -> str: ...
    @property
    def field(self) -> str | None: ...
    @property
    def fate(self) -> str: ...
    @property
    def is_lost(self) -> bool: ...


FATES: Mapping[str, str] = {
    "taken": N_("taken"),
    "archived": N_("kept with the import only"),
    "ignored": N_("holds nothing"),
}

_SKIPPED: Mapping[str, Callable[[int], str]] = {
    "total": lambda n: ngettext("{count} total", "{count} totals", n),
    "header": lambda n: ngettext("{count} header once more", "{count} headers once more", n),
    "principal": lambda n: ngettext("{count} row of a principal", "{count} rows of principals", n),
    "single": lambda n: ngettext("{count} row of one cell", "{count} rows of one cell", n),
    "blank": lambda n: ngettext("{count} empty row", "{count} empty rows", n),
}
_NAMELESS = "blank"


def fate_text(fate: FateLike) -> str:
    """What becomes of a column, and why one that was understood could not be taken."""
    if fate.is_lost:
        text = _("“{field}” has no place in this kind of list: kept with the import only")
        return text.format(field=field_label(fate.field or ""))
    return _(FATES[fate.fate]) if fate.fate in FATES else fate.fate


def nowhere_text(fate: FateLike | None, holds: bool) -> str:
    """In the place of a column's field, in two words: what becomes of one that goes nowhere.

    `fate` None: it was sent nowhere by hand, and `holds` says whether it has a value.
    """
    if fate is not None and fate.is_lost:
        return _("(no place in this list)")
    archived = holds if fate is None else fate.fate == "archived"
    return _("(kept with the import)") if archived else _("(empty)")


def skipped_text(rows: Iterable[tuple[str, int, str]]) -> str:
    """`1 total (row 25), 2 empty rows`, of rows given as (sheet, row, why); empty for none."""
    found: dict[str, list[tuple[str, int]]] = {why: [] for why in _SKIPPED}
    for sheet, row, why in rows:
        found.setdefault(why, []).append((sheet, row))
    many = len({sheet for places in found.values() for sheet, _row in places}) > 1
    return ", ".join(_kind_text(why, places, many) for why, places in found.items() if places)


def _kind_text(why: str, places: Sequence[tuple[str, int]], many_sheets: bool) -> str:
    count = len(places)
    text = _SKIPPED[why](count).format(count=format_number(count)) if why in _SKIPPED else why
    if why == _NAMELESS:
        return text
    named = [f"{sheet} {row}" if many_sheets else str(row) for sheet, row in places[:_NAMED]]
    where = ngettext("row {rows}", "rows {rows}", count).format(rows=_shortened(named, count))
    return f"{text} ({where})"


def headers_text(fates: Iterable[FateLike]) -> str:
    """The headers of these columns; empty for none."""
    headers = [fate.header or _("(no header)") for fate in fates]
    return _shortened(headers[:_NAMED], len(headers))


def _shortened(named: Sequence[str], count: int) -> str:
    return ", ".join(named) + ("…" if count > len(named) else "")
