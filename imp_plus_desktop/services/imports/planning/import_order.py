# SPDX-License-Identifier: Apache-2.0
"""Keeps a list that is imported again, sorted otherwise, from changing anything.

Of two rows that contradict each other the earlier one goes in. Sorted otherwise, the other one
would: here the row that went in at the last import stays the one that counts. Reads the archive;
writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from imp_plus_desktop.exchange.lists.drafts import (
    DUPLICATE,
    ERROR,
    OK,
    REJECTED,
    WARNING,
    Issue,
    ParsedRow,
)
from imp_plus_desktop.exchange.lists.repeats import CONFLICT, FURTHER, REPEAT, compared
from imp_plus_desktop.exchange.sheets.sheets import address
from imp_plus_desktop.exchange.values.values import FieldValue

Place = tuple[str, int]
"""(sheet, row)."""


def keep_what_went_in(
    rows: Mapping[Place, ParsedRow],
    effects: Callable[[ParsedRow], frozenset[str]],
    field: str,
    columns: Mapping[str, Mapping[str, int]],
) -> dict[Place, ParsedRow]:
    """The rows of one kind, with those that contradict each other led by the one that went in.

    `effects` tells what became of a row in the imports that still stand; issues stand at `field`,
    in the column that each sheet has for it.
    """
    settled = dict(rows)
    for first, others in _groups(rows).items():
        if effects(rows[first]) != {REJECTED}:
            continue
        leader = next((p for p in others if effects(rows[p]) - {REJECTED}), None)
        if leader is None:
            continue
        settled[leader] = _leading(rows[leader])
        for place in (first, *others):
            if place != leader:
                code = compared(rows[leader].values, rows[place].values)
                column = columns[place[0]].get(field)
                settled[place] = (
                    _leading(rows[place])._replace(leader=leader)
                    if code == FURTHER
                    else _following(rows[place], place, code, leader, field, column)
                )
    return settled


def _groups(rows: Mapping[Place, ParsedRow]) -> dict[Place, list[Place]]:
    """The first row of each person that has several, and the others."""
    groups: dict[Place, list[Place]] = defaultdict(list)
    for place, row in rows.items():
        for issue in row.issues:
            if issue.code in (CONFLICT, REPEAT):
                groups[str(issue.parameters["first_sheet"]), _number(issue)].append(place)
    return groups


def _number(issue: Issue) -> int:
    number = issue.parameters["first_row"]
    return number if isinstance(number, int) else 0


def _leading(row: ParsedRow) -> ParsedRow:
    """The row as the first one of its person."""
    issues = tuple(issue for issue in row.issues if issue.code not in (CONFLICT, REPEAT))
    return row._replace(issues=issues, effect=OK)


def _following(
    row: ParsedRow, place: Place, code: str, leader: Place, field: str, column: int | None
) -> ParsedRow:
    """The row as one that repeats or contradicts its leader; one issue a cell, as elsewhere."""
    severity = ERROR if code == CONFLICT else WARNING
    cell = None if column is None else address(place[1], column)
    parameters: dict[str, FieldValue] = {"first_sheet": leader[0], "first_row": leader[1]}
    said = Issue(place[0], place[1], field, cell, code, severity, parameters)
    issues: list[Issue] = []
    for issue in row.issues:
        if issue.code in (CONFLICT, REPEAT):
            continue
        if issue.column == field and code == CONFLICT:
            issue = replace(issue, severity=ERROR)
        issues.append(issue)
    if all(issue.column != field for issue in issues):
        issues.append(said)
    effect = REJECTED if code == CONFLICT else DUPLICATE
    return row._replace(issues=tuple(issues), effect=effect)
