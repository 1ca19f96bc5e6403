# SPDX-License-Identifier: Apache-2.0
"""Lists to Excel, in the language asked: what the window and the command line export.

An exported people or family list imports again with zero changes: its headers and words are those
that the import knows first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imp_plus_desktop.domain.filters import (
    ApplicationFilter,
    MemberFilter,
    PeopleFilter,
    PermitFilter,
)
from imp_plus_desktop.domain.values import PersonFile
from imp_plus_desktop.exchange.templates import write_template
from imp_plus_desktop.exchange.writing import ListSheet, write_lists
from imp_plus_desktop.services import (
    applications,
    deadlines,
    family,
    people,
    permits,
)
from imp_plus_desktop.services import export_sheets as sheets
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.services.progress import Progress
from imp_plus_desktop.services.quota_sheets import quota_sheets

KINDS = ("people", "applications", "permits", "family", "quota", "deadlines", "everything")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """`rows` counts the data rows over all sheets; `cut` the cells too long for Excel."""

    path: Path
    rows: int
    sheets: tuple[str, ...]
    cut: int


def export(
    office: Office,
    what: str,
    path: Path,
    *,
    ids: Sequence[int] | None = None,
    search: str = "",
    year: int | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write a list, or everything, to `path`: whole or not at all.

    `ids` are those of the list shown, in its order; else `search` and `year` choose.
    Errors: ExchangeError cannot_write, Cancelled.
    """
    wanted = KINDS[:-1] if what == "everything" else (what,)
    made = [sheet for kind in wanted for sheet in _sheets(office, kind, ids, search, year)]
    total = len(ids) if ids is not None else people.count(office)

    def step(done: int) -> None:
        if progress is not None:
            progress.step(min(done, total), max(total, 1))

    written = write_lists(path, made, progress=step)
    return Exported(path, sum(written.rows.values()), tuple(written.rows), len(written.continued))


def template(office: Office, path: Path) -> Path:
    """Write an empty list to fill in, with drop-downs and explanations.

    Errors: ExchangeError cannot_write.
    """
    write_template(path, sheets.template_columns(office), sheets.template_texts())
    return path


def template_sheets() -> tuple[str, str]:
    """The titles of the template's sheets."""
    texts = sheets.template_texts()
    return texts.list_title, texts.help_title


def _sheets(
    office: Office, kind: str, ids: Sequence[int] | None, search: str, year: int | None
) -> list[ListSheet]:
    if kind == "people":
        chosen = ids if ids is not None else people.ids(office, PeopleFilter(search, year))
        return [sheets.people_sheet(office, _files(office, chosen))]
    if kind == "family":
        chosen = ids if ids is not None else family.ids(office, MemberFilter(search))
        return [sheets.family_sheet(office, _rows(office, chosen, family.rows))]
    if kind == "applications":
        found = ApplicationFilter(search, year)
        chosen = ids if ids is not None else applications.ids(office, found)
        return [sheets.applications_sheet(_rows(office, chosen, applications.rows))]
    if kind == "permits":
        chosen = ids if ids is not None else permits.ids(office, PermitFilter(search, year))
        return [sheets.permits_sheet(_rows(office, chosen, permits.rows))]
    if kind == "deadlines":
        agenda = {row.key: row for row in deadlines.agenda(office)}
        keys = agenda if ids is None else [key for key in ids if key in agenda]
        return [sheets.deadlines_sheet([agenda[key] for key in keys])]
    return quota_sheets(office, year or office.clock.today().year)


def _files(office: Office, chosen: Sequence[int]) -> Iterator[list[PersonFile]]:
    for start in range(0, len(chosen), BATCH):
        yield people.files(office, chosen[start : start + BATCH])


def _rows(
    office: Office,
    chosen: Sequence[int],
    fetch: Callable[[Office, Sequence[int]], Sequence[Any]],
) -> Iterator[Any]:
    for start in range(0, len(chosen), BATCH):
        yield from fetch(office, chosen[start : start + BATCH])
