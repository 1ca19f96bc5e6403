# SPDX-License-Identifier: Apache-2.0
"""The plan of a file: people before families, and of rows that came in before what went in first.

    plan_file(office, parsed) -> FilePlan(rows, updates)

Reads the register and plans; writes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from imp_plus_desktop.exchange.lists.drafts import ParsedFile, ParsedRow
from imp_plus_desktop.services.imports.planning.import_order import keep_what_went_in
from imp_plus_desktop.services.imports.planning.member_plan import MemberPlanner
from imp_plus_desktop.services.imports.planning.person_plan import PersonPlanner
from imp_plus_desktop.services.imports.planning.planned_rows import PlannedRow
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


def plan_file(office: Office, parsed: ParsedFile) -> FilePlan:
    """The plan of each sheet, in the file's order."""
    names_principals = any(sheet.kind != "people" for sheet in parsed.sheets)
    people = PersonPlanner(office, names_principals=names_principals)
    members = MemberPlanner(office, people)
    order = sorted(range(len(parsed.sheets)), key=lambda i: parsed.sheets[i].kind != "people")
    planned: dict[int, tuple[PlannedRow, ...]] = {}
    rows = {kind: _settled(office, parsed, kind) for kind in ("people", "family")}
    for index in order:
        sheet = parsed.sheets[index]
        plan = people.rows if sheet.kind == "people" else members.rows
        own = [rows[sheet.kind][sheet.sheet, row.row] for row in sheet.rows]
        planned[index] = plan(sheet.sheet, own, sheet.column_index)
    rows_of_sheets = [planned[index] for index in range(len(parsed.sheets))]
    return FilePlan(rows_of_sheets, (*people.updates, *members.updates))


def _settled(office: Office, parsed: ParsedFile, kind: str) -> dict[tuple[str, int], ParsedRow]:
    """The rows of one kind by sheet and row, as they are planned."""
    rows = {
        (sheet.sheet, row.row): _as_written(row) if row.given_only else row
        for sheet in parsed.sheets
        if sheet.kind == kind
        for row in sheet.rows
    }

    def effects(row: ParsedRow) -> frozenset[str]:
        return archive.effects_of_row(office.register, row_key(kind, row.values))

    field = "individual_reference" if kind == "people" else "principal_reference"
    columns = {sheet.sheet: sheet.column_index for sheet in parsed.sheets}
    return keep_what_went_in(rows, effects, field, columns)


def _as_written(row: ParsedRow) -> ParsedRow:
    """A lone given name stays one: whoever has a family name in the register keeps it."""
    values = {n: v for n, v in row.values.items() if n != "family_name"}
    return row._replace(values={**values, "given_names": row.values["family_name"]})
