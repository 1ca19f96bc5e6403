# SPDX-License-Identifier: Apache-2.0
"""Repairs of a list before its import: what may be put in place of a cell, and the plan after it.

The file is never changed, and nothing is stored before the import itself.
"""

from __future__ import annotations

from dataclasses import replace

from imp_plus_desktop.domain.records.catalogue import BY_NAME, FAMILY_FIELDS, READ_FIELDS, place_of
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.domain.values.slips import within
from imp_plus_desktop.exchange.lists.mending import Repair, alike
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.services.fields.field_words import allowed_values
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import PlannedRow, Preview, PreviewSheet
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress

_LISTED = frozenset((*READ_FIELDS, *FAMILY_FIELDS))
_OWN = frozenset(name for name in _LISTED if BY_NAME[name].sensitive)
"""Fields whose value is one person's own: mending one cell says nothing about another."""


_TWO_SLIPS = 6
"""From how many letters on a word with two slips, none at its ends, is still that word."""
DAY_FIELDS = frozenset(name for name in _LISTED if BY_NAME[name].kind is Kind.DAY)
"""The fields that hold a day; a receipt has its hour too."""


def mend(
    office: Office, preview: Preview, repair: Repair, *, progress: Progress | None = None
) -> Preview:
    """The plan with one more repair. Errors: ExchangeError, Cancelled."""
    return _replanned(office, preview, (*preview.choices.repairs, repair), progress)


def take_back(office: Office, preview: Preview, *, progress: Progress | None = None) -> Preview:
    """The plan without its latest repair. Errors: ExchangeError, Cancelled."""
    return _replanned(office, preview, preview.choices.repairs[:-1], progress)


def cell_of(sheet: PreviewSheet, row: PlannedRow, field: str) -> Cell:
    """What the file itself holds for a field of a row; None where it has no such column."""
    index = sheet.parsed.column_index
    column = place_of(field, index)
    return row.raw[column] if column is not None and column < len(row.raw) else None


def cells_alike(preview: Preview, sheet: PreviewSheet, row: PlannedRow, field: str) -> int:
    """How many cells of the file's lists read for this field as this one does, itself included.

    1 where a value belongs to one person alone.
    """
    wanted = alike(cell_of(sheet, row, field))
    if not wanted or field in _OWN or wanted.startswith("#"):
        return 1
    return sum(
        alike(cell_of(other, line, field)) == wanted
        for other in preview.sheets
        for line in other.rows
    )


def choices_for(office: Office, field: str) -> tuple[str, ...]:
    """The words that a cell may be mended to, in the language in use; none where it is free."""
    return allowed_values(office, field) or ()


def suggestion(office: Office, field: str, text: str) -> str | None:
    """The word that a cell surely means: the only one so few slips of the keys away, if any is."""
    written = fold(text)
    # Nobody mistypes the letter that a word begins with: Bali is not Mali.
    words = {fold(word): word for word in choices_for(office, field)}
    likely = {folded: word for folded, word in words.items() if folded[:1] == written[:1]}
    near = [word for folded, word in likely.items() if within(written, folded, 1)]
    if not near and len(written) >= _TWO_SLIPS:
        near = [
            word
            for folded, word in likely.items()
            if folded[-1] == written[-1] and within(written, folded, 2)
        ]
    return near[0] if len(near) == 1 else None


def _replanned(
    office: Office, preview: Preview, repairs: tuple[Repair, ...], progress: Progress | None
) -> Preview:
    choices = replace(preview.choices, repairs=repairs)
    return imports.plan_source(office, preview.source, choices, progress=progress)
