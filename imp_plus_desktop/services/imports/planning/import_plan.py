# SPDX-License-Identifier: Apache-2.0
"""The plan of a file: people before families, and of rows that came in before what went in first.

    plan_file(office, parsed) -> FilePlan(rows, updates)

Reads the register and plans; writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from imp_plus_desktop.domain.records import listed
from imp_plus_desktop.exchange.columns.matching import FAMILY, PEOPLE
from imp_plus_desktop.exchange.lists.drafts import (
    REJECTED,
    WARNING,
    Issue,
    ParsedFile,
    ParsedRow,
    ParsedSheet,
)
from imp_plus_desktop.exchange.sheets.sheets import address
from imp_plus_desktop.services.duplicates.in_register import InRegister
from imp_plus_desktop.services.fields import more_plan
from imp_plus_desktop.services.imports.planning.further_rows import Place, in_order
from imp_plus_desktop.services.imports.planning.import_order import keep_what_went_in
from imp_plus_desktop.services.imports.planning.member_plan import MemberPlanner
from imp_plus_desktop.services.imports.planning.person_plan import PersonPlanner
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.imports.planning.row_keys import row_key
from imp_plus_desktop.services.imports.sides.conflicts import Update
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import archive


class FilePlan(NamedTuple):
    """The planned rows of each sheet, in the file's order, and what those about people and members
    of the register would write, were all of it to go in."""

    rows: list[tuple[PlannedRow, ...]]
    updates: tuple[Update, ...]

    def people(self) -> set[int]:
        """The people of the register whom the lists of people name."""
        rows = (row for rows in self.rows for row in rows if not row.is_member)
        return {row.person_id for row in rows if row.person_id is not None}


def plan_file(
    office: Office,
    parsed: ParsedFile,
    *,
    second_letters: bool = False,
    seconds: Collection[Place] = (),
) -> FilePlan:
    """The plan of each sheet, in the file's order.

    `second_letters`: a date a few days beside that of a letter on file is a second letter's;
    `seconds`: in these rows it is, and is still shown as a value that was chosen.
    """
    of_members = _settled(office, parsed, FAMILY)
    rows, chains = in_order(_settled(office, parsed, PEOPLE))
    leaders = frozenset(chain[0] for chain in chains)
    people = PersonPlanner(
        office,
        InRegister(office, _values(rows.values()), _values(of_members.values())),
        leaders,
        names_principals=bool(of_members),
        second_letters=second_letters,
        seconds=seconds,
    )
    planned: dict[str, tuple[PlannedRow, ...]] = {}
    for sheet in parsed.sheets:
        if sheet.kind == PEOPLE:
            own = [rows[sheet.sheet, row.row] for row in sheet.rows if not row.of_family]
            alone = [row for row in own if row.leader is None] if chains else own
            planned[sheet.sheet] = people.rows(sheet.sheet, alone, sheet.column_index)
    _add_further(people, parsed, rows, chains, planned)
    for sheet in parsed.sheets:
        if listed.FEES_PAID.named in sheet.column_index and sheet.kind == PEOPLE:
            known = planned[sheet.sheet]
            planned[sheet.sheet] = tuple(_with_doubt(office, row, sheet) for row in known)
    members = MemberPlanner(office, people, planned)
    for sheet in parsed.sheets if of_members else ():
        own = [of_members[sheet.sheet, row.row] for row in sheet.rows if row.of_family]
        if own:
            others = planned.get(sheet.sheet, ())
            planned[sheet.sheet] = _in_place(others, members.rows(sheet, own))
    rows_of_sheets = [planned.get(sheet.sheet, ()) for sheet in parsed.sheets]
    return FilePlan(rows_of_sheets, (*people.updates, *members.updates))


def _values(rows: Iterable[ParsedRow]) -> list[Mapping[str, Any]]:
    """The values of the rows that may go in."""
    return [row.values for row in rows if row.effect != REJECTED]


def _add_further(
    people: PersonPlanner,
    parsed: ParsedFile,
    rows: Mapping[Place, ParsedRow],
    chains: Sequence[Sequence[Place]],
    planned: dict[str, tuple[PlannedRow, ...]],
) -> None:
    """Plan the rows that tell of further applications of somebody, and put them in their places."""
    columns = {sheet.sheet: sheet.column_index for sheet in parsed.sheets}
    further = [
        people.further(place[0], rows[place], columns[place[0]], turn)
        for chain in chains
        for turn, place in enumerate(chain[1:], 1)
    ]
    for sheet in {row.sheet for row in further}:
        own = [row for row in further if row.sheet == sheet]
        planned[sheet] = _in_place(planned[sheet], own)


def _in_place(some: Sequence[PlannedRow], others: Sequence[PlannedRow]) -> tuple[PlannedRow, ...]:
    """The rows of a sheet in its order."""
    return tuple(sorted((*some, *others), key=lambda row: row.row))


def _with_doubt(office: Office, row: PlannedRow, sheet: ParsedSheet) -> PlannedRow:
    """The row, with an issue where the sum that was paid stays in the list alone."""
    doubt = more_plan.doubt_of_fees(row.values, office.programme())
    if doubt is None or row.effect is Effect.REJECTED:
        return row
    name = listed.FEES_PAID.named
    cell = address(row.row, sheet.column_index[name])
    value = row.raw[sheet.column_index[name]]
    said = Issue(sheet.sheet, row.row, name, cell, doubt, WARNING, {"value": str(value)})
    return row._replace(issues=(*row.issues, said))


def _settled(office: Office, parsed: ParsedFile, kind: str) -> dict[tuple[str, int], ParsedRow]:
    """The rows of one kind by sheet and row, as they are planned."""
    rows = {
        (sheet.sheet, row.row): _as_written(row) if row.given_only else row
        for sheet in parsed.sheets
        if sheet.kind == kind or sheet.stands_together
        for row in sheet.rows
        if row.of_family == (kind == FAMILY)
    }

    def effects(row: ParsedRow) -> frozenset[str]:
        return archive.effects_of_row(office.register, row_key(kind, row.values))

    field = "individual_reference" if kind == PEOPLE else "principal_reference"
    columns = {sheet.sheet: sheet.column_index for sheet in parsed.sheets}
    return keep_what_went_in(rows, effects, field, columns)


def _as_written(row: ParsedRow) -> ParsedRow:
    """A lone given name stays one: whoever has a family name in the register keeps it."""
    values = {n: v for n, v in row.values.items() if n != "family_name"}
    return row._replace(values={**values, "given_names": row.values["family_name"]})
