# SPDX-License-Identifier: Apache-2.0
"""The plan of a file as its contested values are chosen, cell by cell: ours or the list's.

    chosen(preview, keys, take) -> the preview with these cells chosen otherwise

Nothing is read again, neither the file nor the register: only the rows of these cells are planned
anew, from what their plan has kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from imp_plus_desktop.exchange.lists.drafts import WARNING, Issue
from imp_plus_desktop.services.imports.planning.import_preview import (
    Counts,
    Preview,
    PreviewSheet,
    counts_of,
)
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.imports.sides.conflicts import (
    LETTER_DATE,
    Conflict,
    ConflictKey,
    ContestedRow,
)

LETTER_MOVED = "letter_date_changed"
Place = tuple[str, int]
"""(sheet, row)."""


def chosen(preview: Preview, keys: Collection[ConflictKey], take: bool) -> Preview:
    """The list's value for each of these cells (`take`), or the register's."""
    wanted = frozenset(keys)
    contested = tuple(_chosen(row, wanted, take) for row in preview.contested)
    changed = {
        row.place: row
        for row, before in zip(contested, preview.contested, strict=True)
        if row is not before
    }
    taken = _named(preview.choices.taken, contested, wanted)
    sheets = tuple(_sheet(sheet, changed) for sheet in preview.sheets)
    total = sum((sheet.counts for sheet in sheets), Counts())
    return replace(
        preview,
        choices=replace(preview.choices, taken=taken),
        sheets=sheets,
        counts=replace(total, vanished=preview.counts.vanished),
        contested=contested,
    )


def with_sides(row: PlannedRow, contested: ContestedRow) -> PlannedRow:
    """The plan of a row of which some values stay out."""
    operations = contested.operations()
    if not operations:
        effect = Effect.SAME
    else:
        joins = row.is_member and operations[0].number is None
        effect = Effect.NEW if joins else Effect.UPDATE
    issues = _asked(row.issues, contested)
    return row._replace(operations=operations, effect=effect, issues=issues)


def _asked(issues: tuple[Issue, ...], contested: ContestedRow) -> tuple[Issue, ...]:
    """The row's issues, with one where the date of a letter waits to be told what it is."""
    others = tuple(issue for issue in issues if issue.code != LETTER_MOVED)
    open_ones = [c for c in contested.conflicts() if c.field == LETTER_DATE and not c.taken]
    return others + tuple(
        Issue(
            c.sheet, c.row, c.field, c.cell, LETTER_MOVED, WARNING,
            {"value": c.theirs, "other": c.ours},
        )
        for c in open_ones
    )  # fmt: skip


def settled(
    rows: Sequence[tuple[PlannedRow, ...]], contested: Sequence[ContestedRow]
) -> list[tuple[PlannedRow, ...]]:
    """The planned rows of each sheet, without what stays out of them."""
    if not contested:
        return list(rows)
    found = {row.place: row for row in contested}
    return [
        tuple(
            with_sides(row, found[row.sheet, row.row]) if (row.sheet, row.row) in found else row
            for row in own
        )
        for own in rows
    ]


def _chosen(row: ContestedRow, keys: frozenset[ConflictKey], take: bool) -> ContestedRow:
    def choose(one: Conflict) -> Conflict:
        second = one.second_key in keys
        return one.chosen(take=take, second=second) if second or one.key in keys else one

    if all(choose(one) == one for one in row.conflicts()):
        return row
    return row.choosing(choose)


def _named(
    before: frozenset[ConflictKey],
    contested: Sequence[ContestedRow],
    wanted: frozenset[ConflictKey],
) -> frozenset[ConflictKey]:
    """The choices of before, with those of the wanted cells as they are now."""
    sides = [one for row in contested for one in row.conflicts()]
    touched = [one for one in sides if not wanted.isdisjoint((one.key, one.second_key))]
    gone = {key for one in touched for key in (one.key, one.second_key)}
    now = {one.taken_key for one in touched if one.taken_key is not None}
    return (before - gone) | now


def in_a_chain(preview: Preview, keys: Collection[ConflictKey]) -> bool:
    """Whether a date that is, or was, a second letter's stands in a row of whose person another
    row tells more: that one was planned on what this one makes of the file."""
    letters = {
        (one.sheet, one.row)
        for one in preview.sides
        if one.second_key is not None
        and (one.second_key in keys or (one.second and one.key in keys))
    }
    rows = (row for sheet in preview.sheets for row in sheet.rows) if letters else ()
    return any(
        row.leader is not None and not letters.isdisjoint((row.leader, (row.sheet, row.row)))
        for row in rows
    )


def _sheet(sheet: PreviewSheet, changed: Mapping[Place, ContestedRow]) -> PreviewSheet:
    if all(name != sheet.parsed.sheet for name, _row in changed):
        return sheet
    rows = tuple(
        with_sides(row, changed[row.sheet, row.row]) if (row.sheet, row.row) in changed else row
        for row in sheet.rows
    )
    return replace(sheet, rows=rows, counts=counts_of(sheet.parsed, rows))
