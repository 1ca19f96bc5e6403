# SPDX-License-Identifier: Apache-2.0
"""What a row of a list will do to the register: its effect, its operations, its issues.

Values only; how they come about is for the plans of people and of members to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from imp_plus_desktop.domain.records.catalogue import place_of
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.exchange.lists.drafts import ERROR, Issue, ParsedRow
from imp_plus_desktop.exchange.lists.row_drafts import missing
from imp_plus_desktop.exchange.sheets.sheets import Cell, address
from imp_plus_desktop.services.duplicates.matching import OWN_NUMBER, Candidate
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.fields.field_plan import Operation

PARTLY_KNOWN = "partly_known"
"""What a list is told of a day of which it knows a part."""


class Effect(StrEnum):
    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    REVIEW = "review"
    REJECTED = "rejected"


class PlannedRow(NamedTuple):
    """One row with what it will do.

    `operations` are what a row writes; those of a new person alone are made when it is written.
    `person_id` is the person (or a member's principal) when already in the register;
    `principal_row` points to the principal's own row when it is new in the same file. `leader` is
    the first row of a person of whom this one tells another application, written in its `turn`.
    A tuple, because a list makes many thousands of them.
    """

    sheet: str
    row: int
    effect: Effect
    values: Mapping[str, Any]
    raw: tuple[Cell, ...]
    issues: tuple[Issue, ...]
    row_key: str
    operations: tuple[Operation, ...] = ()
    person_id: int | None = None
    candidates: tuple[Candidate, ...] = ()
    already_held: bool = False
    is_member: bool = False
    principal_row: tuple[str, int] | None = None
    mended: Mapping[str, str] = MappingProxyType({})
    leader: tuple[str, int] | None = None
    turn: int = 0

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """For an update: the import fields that change."""
        return field_plan.changed_fields(self.operations) if self.effect is Effect.UPDATE else ()


def do_the_same(before: Iterable[PlannedRow], now: Iterable[PlannedRow]) -> bool:
    """Whether rows planned anew would do to the register what they did before."""
    return all(
        (one.effect, one.person_id, one.operations) == (two.effect, two.person_id, two.operations)
        for one, two in zip(before, now, strict=True)
    )


def changes_anything(sheets: Iterable[Iterable[PlannedRow]]) -> bool:
    """Whether any row has something to write."""
    return any(
        row.effect in (Effect.NEW, Effect.UPDATE)
        or (row.effect is Effect.REVIEW and not row.already_held)
        for rows in sheets
        for row in rows
    )


class UnplannedRow(NamedTuple):
    """A row as it was read, and what its plan takes over from it."""

    sheet: str
    row: ParsedRow
    key: str
    columns: Mapping[str, int]
    is_member: bool = False
    among_people: bool = False

    def lacking(self, file: PersonFile | None) -> PlannedRow | None:
        """The plan of a row that lacks what somebody new needs, though a number of the register
        says who it is: that file is there no more."""
        if file is not None or OWN_NUMBER not in self.row.values:
            return None
        lacks = next(((code, name, ERROR) for name, code in missing(self.row.values)), None)
        return None if lacks is None else self.planned(Effect.REJECTED, extra=lacks)

    def planned(
        self, effect: Effect, *, extra: tuple[str, str, str] | None = None, **more: Any
    ) -> PlannedRow:
        """The plan; `extra` (code, field, severity) is one more issue if its field has none.

        One that says that the cell was kept as it is known gives way: it was not.
        """
        issues = self.row.issues
        if extra is not None:
            gone = (PARTLY_KNOWN, extra[1])
            issues = tuple(one for one in issues if (one.code, one.column) != gone)
        if extra is not None and not any(issue.column == extra[1] for issue in issues):
            code, field, severity = extra
            column = place_of(field, self.columns)
            cell = address(self.row.row, column) if column is not None else None
            issues += (Issue(self.sheet, self.row.row, field, cell, code, severity, {}),)
        return PlannedRow(
            self.sheet,
            self.row.row,
            effect,
            self.row.values,
            self.row.raw,
            issues,
            self.key,
            is_member=self.is_member,
            mended=self.row.mended,
            **more,
        )


def adds_nothing(
    earlier: tuple[Mapping[str, Any], tuple[Operation, ...]],
    values: Mapping[str, Any],
    operations: Sequence[Operation],
) -> bool:
    """Whether a row says only what an earlier row of the same person, and the register, say."""
    said, planned = earlier
    agrees = all(field_plan.same_value(n, said.get(n, value), value) for n, value in values.items())
    return agrees and all(op in planned for op in operations)
