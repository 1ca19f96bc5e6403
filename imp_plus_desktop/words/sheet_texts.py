# SPDX-License-Identifier: Apache-2.0
"""What an import says of a sheet as a whole: why it was left out, what of it was read or not.

Must not decide what is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imp_plus_desktop.i18n import N_, _, format_number, ngettext

_MOST_NAMED = 20
"""Rows or cells that a sentence names one by one."""

IGNORED_SHEETS: Mapping[str, str] = {
    "hidden": N_("hidden sheet"),
    "no_list": N_("not a list of people or family members"),
    "no_rows": N_("no row below the header"),
    "not_asked": N_("not asked for"),
    "too_large": N_("no list, and over the limits: more than 300 columns or 200,000 rows"),
    "no_part": N_("listed in the workbook, but nothing of it is in the file"),
}


def ignored_sheet_text(why: str) -> str:
    """Why a sheet was not imported."""
    return _(IGNORED_SHEETS[why]) if why in IGNORED_SHEETS else why


def hidden_text(rows: int, columns: int) -> str:
    """What was read although a reader of the sheet does not see it."""
    parts = []
    if rows:
        text = ngettext("{count} hidden row read too", "{count} hidden rows read too", rows)
        parts.append(text.format(count=format_number(rows)))
    if columns:
        text = ngettext(
            "{count} hidden column read too", "{count} hidden columns read too", columns
        )
        parts.append(text.format(count=format_number(columns)))
    return ", ".join(parts)


def struck_text(rows: Sequence[int]) -> str:
    """Which rows are crossed out in the file, though they are read: `3 rows …: 4, 7, 9`."""
    if not rows:
        return ""
    text = ngettext(
        "{count} row is crossed out in the file and taken all the same: {rows}",
        "{count} rows are crossed out in the file and taken all the same: {rows}",
        len(rows),
    )
    return text.format(count=format_number(len(rows)), rows=_some(list(map(str, rows))))


def strays_text(cells: Sequence[str]) -> str:
    """Which cells were left out, because they stand far away from the list."""
    if not cells:
        return ""
    text = ngettext(
        "{count} cell far away from the list is left out: {cells}",
        "{count} cells far away from the list are left out: {cells}",
        len(cells),
    )
    return text.format(count=format_number(len(cells)), cells=_some(cells))


def _some(names: Sequence[str]) -> str:
    """The first of many, and that there are more."""
    return ", ".join([*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])])
