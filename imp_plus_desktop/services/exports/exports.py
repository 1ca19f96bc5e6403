# SPDX-License-Identifier: Apache-2.0
"""Lists to Excel, in the language asked: what the window and the command line export.

An exported people or family list imports again with zero changes: its headers and words are those
that the import knows first. Each export is an act of the journal (`services/outward`); what only
writes a workbook, for the process that does it in the place of another, records nothing. Whole
lists are read from a standby where the register's server has one (`services/proof/aside.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.filters import (
    ApplicationFilter,
    MemberFilter,
    PeopleFilter,
    PermitFilter,
)
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.exchange.writers.templates import write_template
from imp_plus_desktop.exchange.writers.writing import (
    NUMBER,
    TEXT,
    About,
    ListColumn,
    ListSheet,
    Overflow,
    Value,
    write_lists,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.exports import export_sheets as sheets
from imp_plus_desktop.services.exports import followed_columns, pivot_sheets, report_sheets
from imp_plus_desktop.services.exports.export_links import Links, links_between
from imp_plus_desktop.services.exports.identifiers import Identifiers
from imp_plus_desktop.services.exports.quota_sheets import quota_sheets
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.listing.pivots import PivotTable
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.services.proof import aside, checking
from imp_plus_desktop.services.quota import overcap
from imp_plus_desktop.services.quota.periods import Closed, Correction
from imp_plus_desktop.services.quota.reports import PreparedReport
from imp_plus_desktop.services.several import changes
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.words.proof.check_texts import head_line, short_head_text

T = TypeVar("T")

_OF_NO_LIST = ("quota", "everything")
_ENTITY = {
    "applications": "application",
    "permits": "permit",
    "family": "member",
    "deadlines": "agenda_line",
}
"""What the rows of a list are, as the register names kinds of rows."""
KINDS = ("people", "applications", "permits", "family", "quota", "deadlines", "everything")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """`rows` counts the data rows over all sheets; `cut` the cells too long for Excel, whose text
    goes on, whole, on a sheet of its own."""

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
    """Write a list, or everything, to `path`, and record it: whole or not at all.

    `ids` are those of the list shown, in its order; else `search` and `year` choose.
    Errors: ExchangeError cannot_write, StorageError not_recorded, Cancelled.
    """

    def work(reading: Office, path: Path) -> tuple[Exported, Out]:
        own = _chosen(reading, what, search, year) if ids is None and is_list else ids
        done = write(reading, what, path, ids=own, search=search, year=year, progress=progress)
        return done, told(what, people_of(reading, what, own, search, year))

    is_list = what not in _OF_NO_LIST
    with leaving.file(office, path) as out:
        done, out.out = read_long(office, ids, lambda reading: work(reading, out.path))
    return replace(done, path=path)


def read_long(office: Office, ids: Sequence[int] | None, work: Callable[[Office], T]) -> T:
    """What `work` gives: of a standby of the register's server, unless only a few rows are read.
    It may be begun twice."""
    return work(office) if ids is not None and len(ids) <= BATCH else aside.read(office, work)


def told(paper: str, people: Collection[int]) -> Out:
    """What an act says of a workbook about these people; one of a single one is their own."""
    whose = tuple(people) if len(people) == 1 else ()
    return Out(OutKind.EXPORT, OutPaper(paper), OutForm.WORKBOOK, len(people), whose)


def people_of(
    office: Office, what: str, ids: Sequence[int] | None, search: str = "", year: int | None = None
) -> Collection[int]:
    """Whom a list is about, by the ids of its rows, or a whole register by the rest."""
    if what == "quota":
        found = overcap.over_cap_list(office, year or office.clock.today().year)
        return {file.person_id for file in found.files}
    if ids is None:
        return {
            person
            for kind in ("people", "family", "applications", "permits")
            for person in _people_behind(office, kind, _chosen(office, kind, search, year))
        }
    return _people_behind(office, what, ids)


def _people_behind(office: Office, kind: str, ids: Sequence[int]) -> Collection[int]:
    return ids if kind == "people" else set(changes.owners(office, _ENTITY[kind], ids))


def write(
    office: Office,
    what: str,
    path: Path,
    *,
    ids: Sequence[int] | None = None,
    search: str = "",
    year: int | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Like `export`, and records nothing."""
    if what not in KINDS:
        raise ValueError(what)
    wanted = KINDS[:-1] if what == "everything" else (what,)
    chosen = {kind: _chosen(office, kind, search, year) if ids is None else ids for kind in wanted}
    links = Links()
    if what == "everything":
        links = links_between(*(chosen[kind] for kind in ("people", "applications", "permits")))
    made = [sheet for kind in wanted for sheet in _sheets(office, kind, chosen[kind], links, year)]
    if what == "everything":
        elsewhere = figures.people_with(office.register, "other_route")
        if elsewhere:
            made.append(sheets.routes_sheet(office, _files(office, elsewhere), links))
        made += followed_columns.sheets(office, partial(_files, office), links)
    total = len(ids) if ids is not None else people.count(office)

    def step(done: int) -> None:
        if progress is not None:
            progress.step(min(done, total), max(total, 1))

    return _written(path, made, checking.head(office), step)


def export_report(office: Office, path: Path, made: PreparedReport) -> Exported:
    """Write a report as the register knows it now. Errors: as `export`."""
    return _recorded(
        office, path, report_sheets.sheets_of(made, checking.head(office)), told("report", ())
    )


def export_closing(
    office: Office, path: Path, closed: Closed, corrections: Sequence[Correction]
) -> Exported:
    """Write a period as it was closed, with what was corrected since. Errors: as `export`."""
    sheets_of = report_sheets.closed_sheets(
        closed, corrections, checking.head_at(office, closed.act)
    )
    return _recorded(office, path, sheets_of, told("report", ()))


def export_pivot(
    office: Office, path: Path, made: PivotTable, progress: Progress | None = None
) -> Exported:
    """Write a list that was counted, with the rows behind it ready for pivots of Excel's.

    Errors: as `export`.
    """

    def step(done: int) -> None:
        if progress is not None:
            progress.step(min(done, made.total), max(made.total, 1))

    def work(reading: Office, path: Path) -> tuple[Exported, Out]:
        kind = made.pivot.kind
        people = _people_behind(reading, kind, pivot_sheets.ids_of(reading, kind))
        sheets_of = pivot_sheets.sheets_of(reading, made)
        done = _written(path, sheets_of, checking.head(reading), step)
        return done, told("pivot", people)

    with leaving.file(office, path) as out:
        done, out.out = aside.read(office, lambda reading: work(reading, out.path))
    return replace(done, path=path)


def _recorded(office: Office, path: Path, made: Sequence[ListSheet], said: Out) -> Exported:
    with leaving.file(office, path) as out:
        done = _written(out.path, made, checking.head(office))
        out.out = said
    return replace(done, path=path)


def _written(
    path: Path, made: Sequence[ListSheet], head: str, step: Callable[[int], None] | None = None
) -> Exported:
    written = write_lists(path, made, progress=step, overflow=_overflow(), about=about(head))
    return Exported(path, sum(written.rows.values()), tuple(written.rows), len(written.continued))


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as a list shows it: `is_number` tells the numbers from the texts."""

    header: str
    is_number: bool = False


def number_column(office: Office) -> ShownColumn:
    """The column of the register's own numbers, for a list as it is shown."""
    return ShownColumn(Identifiers(office).own_column().header)


def export_shown(
    office: Office,
    paper: str,
    title: str,
    path: Path,
    columns: Sequence[ShownColumn],
    rows: Iterable[Sequence[str]],
    total: int,
    people: Collection[int],
    progress: Progress | None = None,
) -> Exported:
    """Write a list just as it is shown, and record it. `people` is whom it is about, once all
    rows were asked for.

    Errors: as `export`.
    """
    with leaving.file(office, path) as out:
        head = checking.head(office)
        done = write_shown(title, out.path, columns, rows, total, head, progress)
        out.out = told(paper, people)
    return replace(done, path=path)


def write_shown(
    title: str,
    path: Path,
    columns: Sequence[ShownColumn],
    rows: Iterable[Sequence[str]],
    total: int,
    head: str = "",
    progress: Progress | None = None,
) -> Exported:
    """Write a list just as it is shown: these columns in this order, days and numbers as such.
    `head` is that of the register's journal. Records nothing.

    Errors: ExchangeError cannot_write, Cancelled.
    """

    def step(done: int) -> None:
        if progress is not None:
            progress.step(min(done, total), max(total, 1))

    listed = ListSheet(
        title,
        [ListColumn(column.header, NUMBER if column.is_number else TEXT) for column in columns],
        ([_told(text, column) for text, column in zip(row, columns, strict=True)] for row in rows),
    )
    return _written(path, [listed], head, step)


def about(head: str) -> About:
    """What a workbook says of the register that it comes from: by the head of the journal it can
    be told later whether that one was written anew. In no cell, so that a list stays one."""
    short = short_head_text(head)
    foot = _("Journal {head}").format(head=short) if short else ""
    return About(foot, head_line(head))


def _told(text: str, column: ShownColumn) -> Value:
    """A shown text as what it says: a day in ISO form, a whole number, else the text itself."""
    if len(text) == 10 and text[4] == text[7] == "-":
        with suppress(ValueError):
            return date.fromisoformat(text)
    bare = text.replace("\u00a0", "")
    return int(bare) if column.is_number and bare.removeprefix("-").isdecimal() else text


def _overflow() -> Overflow:
    return Overflow(_("Long texts"), _("Sheet"), _("Cell"), _("Rest of the text"))


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


def _chosen(office: Office, kind: str, search: str, year: int | None) -> Sequence[int]:
    """The ids of a list in its usual order; the quota has none."""
    if kind == "people":
        return people.ids(office, PeopleFilter(search, year))
    if kind == "family":
        return family.ids(office, MemberFilter(search))
    if kind == "applications":
        return applications.ids(office, ApplicationFilter(search, year))
    if kind == "permits":
        return permits.ids(office, PermitFilter(search, year))
    return [row.key for row in deadlines.agenda(office)] if kind == "deadlines" else ()


def _sheets(
    office: Office, kind: str, ids: Sequence[int], links: Links, year: int | None
) -> list[ListSheet]:
    if kind == "people":
        return [sheets.people_sheet(office, _files(office, ids), links)]
    if kind == "family":
        return [sheets.family_sheet(office, _rows(office, ids, family.rows), links)]
    if kind == "applications":
        return [sheets.applications_sheet(office, _rows(office, ids, applications.rows), links)]
    if kind == "permits":
        return [sheets.permits_sheet(office, _rows(office, ids, permits.rows), links)]
    if kind == "deadlines":
        agenda = {row.key: row for row in deadlines.agenda(office)}
        return [sheets.deadlines_sheet(office, [agenda[key] for key in ids if key in agenda])]
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
