# SPDX-License-Identifier: Apache-2.0
"""What was put right in a list when it came in before, found again in the file that comes again.

    found(office, sha256, parsed) -> Corrections | None

The sender's file is still wrong where the office mended it: its rows are known again by their
cells, wherever they stand now. Reads only; the corrections are offered and not made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.lists.drafts import ParsedFile
from imp_plus_desktop.exchange.lists.mending import Repair, alike
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.services.imports.sides.past_rows import archived_rows
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import archive, past_lists


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of an earlier import (`act`, `at`) that hold for rows of this file.

    `people` are those whom the corrected rows brought or changed; `used` tells whether this plan
    has all of the corrections already.
    """

    act: int
    at: datetime
    repairs: tuple[Repair, ...]
    people: frozenset[int]
    used: bool


def found(office: Office, sha256: str, parsed: ParsedFile) -> Corrections | None:
    """The corrections of the last import of this file, else of its layout, that fit its rows.

    Those of this very file hold also where its import was undone.
    """
    register = office.register
    past = past_lists.of_file(register, sha256, undone_too=True)
    if past is None and parsed.sheets:
        signatures = [sheet.signature for sheet in parsed.sheets]
        past = past_lists.last_of(register, signatures, with_rows=False)
    mended = archive.mended_rows(register, past.act) if past is not None else []
    if past is None or not mended:
        return None
    places = {(sheet, row) for sheet, row, _texts, _person in mended}
    cells = archived_rows(office, past.act, places)
    here = {
        _written(sheet.written(row.row, row.raw)): (sheet.sheet, row.row, row.mended)
        for sheet in parsed.sheets
        for row in sheet.rows
    }
    repairs: list[Repair] = []
    people: set[int] = set()
    used = True
    for sheet, row, texts, person in mended:
        held = cells.get((sheet, row))
        place = here.get(_written(held[0])) if held is not None else None
        if place is None:
            continue
        repairs += [Repair(field, text, place[0], place[1]) for field, text in texts.items()]
        people |= {person} if person is not None else set()
        used = used and texts.items() <= place[2].items()
    if not repairs:
        return None
    return Corrections(past.act, past.at, tuple(repairs), frozenset(people), used)


def _written(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The cells of a row as they read, the empty ones at its end left out."""
    texts = [alike(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
