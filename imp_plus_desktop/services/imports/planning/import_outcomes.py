# SPDX-License-Identifier: Apache-2.0
"""Rows of a list that say of an application that it is in process, beside its permit.

The permit tells more: the application counts as approved. A warning says so at the cell, of a
permit in the row or of one that the register has of the same number. Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imp_plus_desktop.domain.records.catalogue import columns_of
from imp_plus_desktop.exchange.lists.drafts import WARNING, Issue
from imp_plus_desktop.exchange.sheets.sheets import address
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import lookups

FIELD, CODE = "outcome", "open_beside_permit"
_NUMBER = "application_number"
_PERMIT = frozenset(columns_of("permit"))


def warned(
    office: Office,
    sheets: Sequence[tuple[PlannedRow, ...]],
    columns: Sequence[Mapping[str, int]],
) -> list[tuple[PlannedRow, ...]]:
    """The plan, with a warning at each outcome that is open beside a permit."""
    doubtful = [
        (row, own[FIELD])
        for rows, own in zip(sheets, columns, strict=True)
        if FIELD in own
        for row in rows
        if FIELD not in row.values
        and row.effect is not Effect.REJECTED
        and own[FIELD] < len(row.raw)
        and row.raw[own[FIELD]] is not None
    ]
    if not doubtful:
        return list(sheets)
    issues = _issues(office, doubtful)
    return [
        tuple(
            row._replace(issues=(*row.issues, issues[row.sheet, row.row]))
            if (row.sheet, row.row) in issues
            else row
            for row in rows
        )
        for rows in sheets
    ]


def _issues(
    office: Office, doubtful: Sequence[tuple[PlannedRow, int]]
) -> dict[tuple[str, int], Issue]:
    texts = {str(row.raw[column]) for row, column in doubtful}
    is_open = {text: office.vocabulary.code("outcome", text) == "open" for text in texts}
    asked = [(row, column) for row, column in doubtful if is_open[str(row.raw[column])]]
    beside = {(row.sheet, row.row) for row, _column in asked if not _PERMIT.isdisjoint(row.values)}
    numbers = {
        (row.sheet, row.row): str(row.values[_NUMBER])
        for row, _column in asked
        if row.values.get(_NUMBER)
    }
    permitted = lookups.with_permit(office.register, set(numbers.values()))
    beside |= {place for place, number in numbers.items() if number in permitted}
    return {
        (row.sheet, row.row): Issue(
            row.sheet, row.row, FIELD, address(row.row, column), CODE, WARNING,
            {"value": str(row.raw[column])},
        )
        for row, column in asked
        if (row.sheet, row.row) in beside
    }  # fmt: skip
