# SPDX-License-Identifier: Apache-2.0
"""What a planned import is: its source, the choices, and what each row and list will do.

Values only. How they come about is for `imports` to say, and for `import_again` where the very
same file came in before.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.exchange.lists.drafts import IgnoredSheet, Issue, ParsedFile, ParsedSheet
from imp_plus_desktop.services.imports.import_corrections import Corrections
from imp_plus_desktop.services.imports.import_source import Choices, Source
from imp_plus_desktop.services.imports.planning.planned_rows import PlannedRow


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


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """One list of the file: how it was read, and what each of its rows will do.

    `known_issues` are those of a list that was not read again and has no rows here.
    """

    parsed: ParsedSheet
    rows: tuple[PlannedRow, ...]
    counts: Counts
    known_issues: tuple[Issue, ...] = ()

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

    @property
    def file_name(self) -> str:
        return self.source.file_name

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(issue for sheet in self.sheets for issue in sheet.issues)

    @property
    def ignored_sheets(self) -> tuple[IgnoredSheet, ...]:
        return self.parsed.ignored
