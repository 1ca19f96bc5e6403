# SPDX-License-Identifier: Apache-2.0
"""Rows of lists that came in before, as their file held them and as they read.

    archived_rows(office, act, places) -> cells and mended texts by (sheet, row)
    read_again(office, act, places) -> typed rows by (sheet, row)

They are read by today's reader with the mapping and the order that their act kept, so that only
what two lists say can differ. Reads only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from imp_plus_desktop.exchange.columns.layout import SheetMapping
from imp_plus_desktop.exchange.lists.drafts import ParsedRow
from imp_plus_desktop.exchange.lists.importing import parse
from imp_plus_desktop.exchange.lists.mending import GARBLED_LETTERS, Repair
from imp_plus_desktop.exchange.readers.letters import OddTexts
from imp_plus_desktop.exchange.sheets.row_blocks import by_columns, unpacked
from imp_plus_desktop.exchange.sheets.sheets import Cell, Sheet, Workbook
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.storage.archive import past_lists
from imp_plus_desktop.storage.history.acts import details as act_details

Place = tuple[str, int]
"""(sheet, row)."""
_Rows = Mapping[int, tuple[Cell, ...]]


def archived_rows(
    office: Office, act: int, places: Collection[Place]
) -> dict[Place, tuple[tuple[Cell, ...], Mapping[str, str]]]:
    """The cells of archived rows as their file held them, and the texts put in place of some."""
    blocks: dict[bytes, list[tuple[Cell, ...]]] = {}
    found: dict[Place, tuple[tuple[Cell, ...], Mapping[str, str]]] = {}
    for place, kept in past_lists.rows_of(office.register, act, places).items():
        cells = kept.cells
        if kept.block is not None:
            if kept.block not in blocks:
                blocks[kept.block] = unpacked(kept.block)
            cells = blocks[kept.block][kept.place]
        found[place] = cells, kept.mended
    return found


def read_again(office: Office, act: int, places: Collection[Place]) -> dict[Place, ParsedRow]:
    """Archived rows read as they were: by the mapping and the order that their act kept."""
    details = act_details(office.register, act)
    cells = archived_rows(office, act, places)
    above = archived_rows(office, act, _tops(details["sheets"], places))
    sheets: list[Sheet] = []
    mappings: dict[str, SheetMapping] = {}
    repairs: list[Repair] = [GARBLED_LETTERS] if details.get("letters") else []
    for entry in details["sheets"]:
        own = {row: kept for (name, row), kept in cells.items() if name == entry["sheet"]}
        for row, (_held, mended) in own.items():
            repairs += [Repair(field, text, entry["sheet"], row) for field, text in mended.items()]
        if own:
            held = {row: cells for row, (cells, _mended) in own.items()}
            tops = {row: kept[0] for (name, row), kept in above.items() if name == entry["sheet"]}
            sheets.append(_sheet(entry, _spread(entry, held, tops)))
            mappings[entry["sheet"]] = SheetMapping(entry["columns"], entry["header_row"])
    if not sheets:
        return {}
    programme = office.programme()
    parsed = parse(
        Workbook("csv", tuple(sheets)),
        vocabulary=library.vocabulary(office),
        today=office.clock.today(),
        window=(programme.opened, programme.last_accepted_letter, programme.term_months),
        child_age=programme.child_age,
        date_order=details.get("date_order") or "dmy",
        mappings=mappings,
        repairs=repairs,
        proper_case=any(entry.get("proper_case") for entry in details["sheets"]),
    )
    return {(sheet.sheet, row.row): row for sheet in parsed.sheets for row in sheet.rows}


def _tops(entries: Sequence[Mapping[str, Any]], places: Collection[Place]) -> set[Place]:
    """The rows in which merged cells begin that these rows share."""
    return {
        (entry["sheet"], top)
        for entry in entries
        for _column, top, last in entry.get("merged", ())
        if any(name == entry["sheet"] and top < row <= last for name, row in places)
    }


def _spread(entry: Mapping[str, Any], rows: _Rows, tops: _Rows) -> _Rows:
    """The rows with the values of merged cells that begin above, as they were read then."""
    found: dict[int, tuple[Cell, ...]] = dict(rows)
    for column, top, last in entry.get("merged", ()):
        value = tops[top][column] if top in tops and column < len(tops[top]) else None
        for row in found:
            if top < row <= last and value is not None:
                cells = [*found[row], *[None] * (column + 1 - len(found[row]))]
                cells[column] = value
                found[row] = tuple(cells)
    return found


def _sheet(entry: Mapping[str, Any], rows: _Rows) -> Sheet:
    """A sheet of these rows and its header, with what is odd in their letters."""
    lines: list[tuple[Any, ...]] = [()] * max(rows)
    for row, cells in rows.items():
        lines[row - 1] = cells
    if entry["header_row"]:
        # The header states the order of whole names. Acts of 0.1.0 did not keep it.
        headers = entry.get("headers", {})
        heads = {entry["columns"][name]: text for name, text in headers.items()}
        lines[entry["header_row"] - 1] = _line(heads)
    odd = OddTexts()
    odd.look(1, by_columns(lines))
    return Sheet(entry["sheet"], rows=tuple(lines), odd_letters=odd.found())


def _line(cells: Mapping[int, str]) -> tuple[str | None, ...]:
    return tuple(cells.get(column) for column in range(max(cells, default=-1) + 1))
