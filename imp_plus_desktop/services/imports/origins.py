# SPDX-License-Identifier: Apache-2.0
"""Where each value of a file comes from: the act, and for a list its file, sheet, cell and row.

Everything is read from the journal and the archive; nothing else records it. Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.rows import FieldChange
from imp_plus_desktop.domain.records.catalogue import (
    AGAIN,
    FAMILY,
    HAND_FIELDS,
    IN_FAMILY,
    LINKED,
    NAMES,
    PERSON,
    PRINCIPAL,
    WHOLE_NAMES,
    place_of,
)
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.exchange.sheets.sheets import Cell, address, column_letters
from imp_plus_desktop.exchange.values.values import ValueReader
from imp_plus_desktop.services.fields.typed_fields import HAND_ORDER
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports.imports import SERVICE
from imp_plus_desktop.services.imports.sides.past_rows import archived_rows
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.storage.archive import past_lists
from imp_plus_desktop.storage.history import binned
from imp_plus_desktop.storage.history.acts import details as act_details
from imp_plus_desktop.storage.tables.columns import encode

_NAMED = {
    (field.entity, field.name): field.named
    for field in (*PERSON, *LINKED, *FAMILY)
    if field is not PRINCIPAL
}
"""What lists and hands call a column of the register, by its entity."""
_WHOLE = [
    name
    for name, (plain, _slot) in IN_FAMILY.items()
    if plain in {field.named for field in WHOLE_NAMES}
]
"""The columns of whole names of members beside a person."""
_BIN = (binned.SERVICE, binned.RESTORED)
_ENTITIES = tuple(dict.fromkeys(entity for entity, _column in _NAMED))


@dataclass(frozen=True, slots=True)
class ArchivedCell:
    """One cell of the archived row: the column's letters, its text, whether the value is of it."""

    column: str
    text: str
    is_source: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """A value as the register keeps it, and where it comes from.

    `field` is its name in lists. A value typed by hand has no `file_name`; one of a list has its
    sheet and row, and the cell (`N18`) where a column was mapped to it. `mended` is the text that
    a person put in place of the cell's own before the import.
    """

    entity: str
    entity_id: int
    field: str
    column: str
    value: object
    act: int
    at: datetime
    who: str
    service: str
    file_name: str | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    header: str | None = None
    mended: str | None = None
    cells: tuple[ArchivedCell, ...] = ()


def of_file(office: Office, person_id: int) -> tuple[Origin, ...]:
    """The origin of every value that a file holds, in the order of lists."""
    office.must_see_all()
    # A file that came back from the bin has its values from where they were before.
    changes = [c for c in history.changes(office, person_id) if c.service not in _BIN]
    lists = _Lists(office)
    found = [lists.origin(change) for change in _sources(changes)]
    return tuple(sorted(found, key=_order))


def _order(origin: Origin) -> tuple[int, int, int]:
    place = HAND_FIELDS.index(origin.field) if origin.field in HAND_FIELDS else len(HAND_FIELDS)
    return _ENTITIES.index(origin.entity), origin.entity_id, place


def _sources(changes: Sequence[FieldChange]) -> list[FieldChange]:
    """For each value held now, the change that brought it: rather from a list than copied."""
    present: dict[tuple[str, int, str], FieldChange] = {}
    for change in changes:
        present.setdefault((change.entity, change.entity_id, change.field), change)
    by_value: dict[tuple[str, str, str], FieldChange] = {}
    for change in changes:
        if change.row is not None:
            by_value.setdefault((change.entity, change.field, str(change.after)), change)
    chosen = []
    for (entity, number, name), latest in present.items():
        if latest.after in (None, "") or _field(entity, name) is None:
            continue
        older = by_value.get((entity, name, str(latest.after)))
        copied = latest.service in (history.UNDO, "people.merge")
        source = older if copied and older is not None else latest
        chosen.append(
            FieldChange(
                source.act, source.at, source.who, source.service, entity, number, name,
                None, latest.after, source.source_name, source.sheet, source.row,
            )
        )  # fmt: skip
    return chosen


def _field(entity: str, column: str) -> str | None:
    """The name that lists have for a column of the register, None where they have none."""
    return _NAMED.get((entity, column))


def _says(read: object, kept: object) -> bool:
    """Whether what a cell reads as is what the register keeps."""
    return read == kept or encode(read) == encode(kept)


class _Lists:
    """Finds the cells of imported values; each act and row is read once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._details: dict[int, Mapping[str, Any]] = {}
        self._rows: dict[tuple[int, str, int], tuple[Sequence[Cell], Mapping[str, str]]] = {}

    def origin(self, change: FieldChange) -> Origin:
        """Where the value of a change comes from."""
        field = _field(change.entity, change.field) or change.field
        about = (
            change.entity, change.entity_id, field, change.field, change.after,
            int(change.act), change.at, change.who, change.service,
        )  # fmt: skip
        listed = self._list(change)
        if listed is None or change.sheet is None or change.row is None:
            return Origin(*about)
        act, file_name = listed
        kept = self._sheet(act, change.sheet)
        columns = kept.get("columns", {})
        cells, mended = self._row(act, change.sheet, change.row)
        named = self._of_several(field, columns, cells, change)
        column = place_of(named, columns)
        top = change.row
        if column is not None and next(iter(cells[column : column + 1]), None) is None:
            top = _begins(kept, change.row, column)
        if top != change.row:
            above, _mended = self._row(act, change.sheet, top)
            cells = _merged(cells, above, column or 0)
        return Origin(
            *about,
            file_name,
            change.sheet,
            change.row,
            None if column is None else address(top, column),
            kept.get("headers", {}).get(named),
            mended.get(named),
            tuple(
                ArchivedCell(column_letters(at), "" if cell is None else str(cell), at == column)
                for at, cell in enumerate(cells)
            ),
        )

    def _of_several(
        self, field: str, columns: Mapping[str, int], cells: Sequence[Cell], change: FieldChange
    ) -> str:
        """Of a value that a row tells of several applications side by side, or of members of the
        family, the column that holds it: the first whose cell reads so."""
        held = [name for name in _columns_of(field, change.entity) if name in columns]
        if len(held) < 2 and field in held:
            return field
        order = self._details[int(change.act)].get("date_order") or HAND_ORDER
        reader = ValueReader(
            library.vocabulary(self._office), self._office.clock.today(), listed=True
        )
        for name in held:
            cell = cells[columns[name]] if columns[name] < len(cells) else None
            if cell is None:
                continue
            whole = name in _WHOLE and fold(str(change.after)) in fold(str(cell))
            if whole or _says(reader.read(name, cell, order).value, change.after):
                return name
        return field

    def _list(self, change: FieldChange) -> tuple[int, str] | None:
        """The import that read the row of a change, also where the row was held first."""
        if change.sheet is None or change.row is None:
            return None
        number = int(change.act)
        if change.service == SERVICE:
            return number, change.source_name or ""
        return past_lists.list_of_held_row(self._office.register, change.sheet, change.row, number)

    def _sheet(self, act: int, sheet: str) -> Mapping[str, Any]:
        if act not in self._details:
            self._details[act] = act_details(self._office.register, act)
        sheets = self._details[act].get("sheets", ())
        return next((kept for kept in sheets if kept["sheet"] == sheet), {})

    def _row(self, act: int, sheet: str, row: int) -> tuple[Sequence[Cell], Mapping[str, str]]:
        key = (act, sheet, row)
        if key not in self._rows:
            found = archived_rows(self._office, act, [(sheet, row)])
            self._rows[key] = found.get((sheet, row), ((), {}))
        return self._rows[key]


def _columns_of(field: str, entity: str) -> list[str]:
    """The columns of a list that may have held a value: of a member of the family the one of
    their own list, and those beside a person."""
    beside = [name for name, (plain, _slot) in IN_FAMILY.items() if plain == field]
    if entity == "member" and field in NAMES:
        beside += _WHOLE
    again = [name for name, (plain, _slot) in AGAIN.items() if plain == field]
    return [*beside, field] if entity == "member" else [field, *again, *beside]


def _begins(kept: Mapping[str, Any], row: int, column: int) -> int:
    """The row of the cell that holds a row's value: above it where the cells were merged."""
    tops = (top for at, top, last in kept.get("merged", ()) if at == column and top < row <= last)
    return next(tops, row)


def _merged(cells: Sequence[Cell], above: Sequence[Cell], column: int) -> Sequence[Cell]:
    """The cells of a row with the one that is merged with a row above."""
    longer = [*cells, *[None] * (column + 1 - len(cells))]
    longer[column] = next(iter(above[column : column + 1]), None)
    return longer
