# SPDX-License-Identifier: Apache-2.0
"""Where a value on file comes from, in one line: the cell of a list, or who typed it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day_short


class OriginLike(Protocol):
    """What says where a value comes from: by whom and when, and for a list its cell."""

    @property
    def at(self) -> datetime: ...
    @property
    def who(self) -> str: ...
    @property
    def file_name(self) -> str | None: ...
    @property
    def sheet(self) -> str | None: ...
    @property
    def row(self) -> int | None: ...
    @property
    def cell(self) -> str | None: ...
    @property
    def mended(self) -> str | None: ...


def origin_text(origin: OriginLike) -> str:
    """`liste.xlsx, Liste 2023, cell N18, 3 Oct. 2024`, or who typed it and when."""
    day = format_day_short(toronto_day(origin.at))
    if origin.file_name is None:
        return _("entered by {who}, {day}").format(who=origin.who, day=day)
    place = (
        _("cell {cell}").format(cell=origin.cell)
        if origin.cell is not None
        else _("row {row}").format(row=origin.row)
    )
    text = f"{origin.file_name}, {origin.sheet}, {place}, {day}"
    if origin.mended is None:
        return text
    return _("{source} (corrected at the import)").format(source=text)
