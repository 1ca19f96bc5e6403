# SPDX-License-Identifier: Apache-2.0
"""What a planned import is: its source, the choices, and what each row and list will do.

Values only. How they come about is for `imports` to say, and for `import_again` where the very
same file came in before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import FlagCode
from imp_plus_desktop.exchange.columns.matching import FAMILY
from imp_plus_desktop.exchange.lists.drafts import IgnoredSheet, Issue, ParsedFile, ParsedSheet
from imp_plus_desktop.services.imports.import_corrections import Corrections
from imp_plus_desktop.services.imports.import_source import Choices, Source
from imp_plus_desktop.services.imports.planning.import_flags import RowFlag
from imp_plus_desktop.services.imports.planning.planned_rows import Effect, PlannedRow
from imp_plus_desktop.services.imports.sides.conflicts import (
    LETTER_DATE,
    Conflict,
    ContestedRow,
    KeptCounts,
    Kind,
    OnConflict,
    kept_counts,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what the import does with them; all but `vanished` add up to the rows of the list."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    review: int = 0
    skipped: int = 0
    vanished: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


_COUNTED: Mapping[Effect, str] = {
    Effect.NEW: "new",
    Effect.UPDATE: "updated",
    Effect.SAME: "unchanged",
    Effect.REVIEW: "review",
    Effect.REJECTED: "rejected",
}


def counts_of(sheet: ParsedSheet, rows: Sequence[PlannedRow]) -> Counts:
    """The rows of a list by what is done with them."""
    return replace(counted(rows), skipped=len(sheet.skipped))


def counted(rows: Iterable[PlannedRow]) -> Counts:
    """Rows by what is done with them."""
    numbers = dict.fromkeys(_COUNTED.values(), 0)
    for row in rows:
        numbers[_COUNTED[row.effect]] += 1
    return Counts(**numbers)


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """One list of the file: how it was read, and what each of its rows will do.

    `known_issues` and `known_members` are those of a list that was not read again and has no rows
    here.
    """

    parsed: ParsedSheet
    rows: tuple[PlannedRow, ...]
    counts: Counts
    known_issues: tuple[Issue, ...] = ()
    known_members: Counts = Counts()

    @property
    def of_members(self) -> Counts:
        """The counts of the rows about members of families."""
        if self.parsed.kind == FAMILY:
            return self.counts
        return counted(row for row in self.rows if row.is_member) + self.known_members

    @property
    def issues(self) -> tuple[Issue, ...]:
        return self.known_issues or tuple(issue for row in self.rows for issue in row.issues)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, from what source and by which choices."""

    source: Source
    choices: Choices
    parsed: ParsedFile
    sheets: tuple[PreviewSheet, ...] = ()
    counts: Counts = Counts()
    planned_at: bytes | None = None
    """The register's state that the plan is for, as `storage.acts.state` tells it."""
    corrections: Corrections | None = None
    """What was put right in these rows when they came in before."""
    stands_since: ActId | None = None
    """The import that brought this very file, where nothing was written after it: the answer is
    the one that it kept, and neither the source nor a sheet has rows."""
    contested: tuple[ContestedRow, ...] = ()
    """The rows of which some values stay out, unless they are taken."""
    known_kept: KeptCounts | None = None
    """How many stay without a question, where the answer is a kept one."""
    flags: tuple[RowFlag, ...] = ()
    """What the history of new and updated rows will have against it, taken all the same."""

    def asks_of(self, conflict: Conflict) -> bool:
        """Whether a conflict is left open: the next list asks again."""
        of_a_letter = conflict.field == LETTER_DATE and not conflict.taken
        return self.choices.on_conflict is OnConflict.ASK or of_a_letter

    @property
    def file_name(self) -> str:
        return self.source.file_name

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(issue for sheet in self.sheets for issue in sheet.issues)

    @property
    def sides(self) -> tuple[Conflict, ...]:
        """Every value that does not go in by itself: conflicts, and what stays silently."""
        return tuple(one for row in self.contested for one in row.conflicts())

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The values that both the list and the register have changed since the last list."""
        return tuple(one for one in self.sides if one.kind is Kind.CONFLICT)

    @property
    def kept(self) -> KeptCounts:
        """How many values of the list stay out without a question."""
        return self.known_kept or kept_counts(self.contested)

    @property
    def hands_kept(self) -> int:
        """How many values that were typed by hand stay against an unchanged list."""
        return self.kept.hands

    @property
    def flag_counts(self) -> dict[FlagCode, int]:
        """In how many rows there is a flag of each code, in the order of the codes."""
        rows = {(flag.sheet, flag.row, flag.code) for flag in self.flags}
        found = Counter(code for _sheet, _row, code in rows)
        return {code: found[code] for code in FlagCode if found[code]}

    @property
    def skipped(self) -> tuple[tuple[str, int, str], ...]:
        """The rows that are about nobody: sheet, row, and why (see `ParsedSheet.skipped`)."""
        return tuple((s.parsed.sheet, *row) for s in self.sheets for row in s.parsed.skipped)

    @property
    def loses_columns(self) -> bool:
        """Whether a column was understood whose values its list has no place for."""
        return any(fate.is_lost for sheet in self.sheets for fate in sheet.parsed.fates)

    @property
    def of_members(self) -> Counts:
        """The counts of the rows about members of families alone."""
        return sum((sheet.of_members for sheet in self.sheets), Counts())

    @property
    def members_beside(self) -> int:
        """How many members the rows about people bring, who stand beside them."""
        people = (row for sheet in self.sheets for row in sheet.rows if not row.is_member)
        written = (row for row in people if row.effect in (Effect.NEW, Effect.UPDATE))
        return sum(
            op.entity == "member" and op.number is None for row in written for op in row.operations
        )

    @property
    def new_members(self) -> int:
        """How many members of families there will be more."""
        return self.of_members.new + self.members_beside

    @property
    def ignored_sheets(self) -> tuple[IgnoredSheet, ...]:
        return self.parsed.ignored
