# SPDX-License-Identifier: Apache-2.0
"""The archive of a year: reports as PDF/A, the year's workbook, the journal with what verifies it,
in one file.

    write(office, year, path, progress) -> YearArchived

All is made aside, read back and verified; only then it takes its place, together with the act
that tells of it. The journal is the whole one: a chain is verified from its beginning, and the
list of contents says which acts are the year's. It ends before the act of the archive itself.
"""

from __future__ import annotations

import hashlib
import io
import runpy
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from imp_plus_desktop import private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota.reports import ReportKind
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.values.errors import ExchangeError, InvalidInput
from imp_plus_desktop.i18n import _, format_day, format_number
from imp_plus_desktop.services.archives import year_paper
from imp_plus_desktop.services.correspondence import letter_pdfs
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.proof import journal_export
from imp_plus_desktop.services.proof.journal_export import JournalExported
from imp_plus_desktop.services.quota import reports
from imp_plus_desktop.storage.history import act_list
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.words.proof.check_texts import head_line

_PDF_A = b"pdfaid:part"
"""What a PDF says of itself when it is one for archives."""
_FIRST = 2022
_STEPS = 6
SUMS = "SHA256SUMS.txt"


@dataclass(frozen=True, slots=True)
class YearArchived:
    """`files` by name with their SHA-256, `acts` and `head` are the journal's, `own_acts` the
    first and the last act of the year with how many there are, None without any."""

    path: Path
    year: int
    files: tuple[tuple[str, str], ...]
    rows: int
    acts: int
    head: str
    own_acts: tuple[int, int, int] | None


def years(office: Office) -> list[int]:
    """The years that there is something to archive of, the latest first."""
    return [year for year in figures.years_of(office.register) if year >= _FIRST]


def proposed(office: Office, looked_at: int | None = None) -> int | None:
    """The year that an archive is most likely wanted of; None where there is nothing of any.

    A year that is over: the one that somebody looks at, else the latest that nobody has put away
    yet, so that one that was forgotten comes up by itself, else the latest of all.
    """
    found = years(office)
    over = [year for year in found if year < office.clock.today().year]
    if looked_at in over:
        return looked_at
    done = act_list.archived_years(office.register)
    waiting = [year for year in over if year not in done]
    return next(iter((*waiting, *over, *found)), None)


def write(office: Office, year: int, path: Path, progress: Progress | None = None) -> YearArchived:
    """Write the archive of a year to one ZIP file, whole or not at all.

    Errors: DomainError no_such_year; ExchangeError cannot_write, no_answer; StorageError
    not_recorded, full; Cancelled.
    """
    last = office.clock.today().year
    if not _FIRST <= year <= last:
        raise InvalidInput("no_such_year", first=_FIRST, last=last)
    steps = _Steps(progress)
    with private.scratch_folder() as scratch, leaving.file(office, path) as out:
        folder = Path(scratch)
        made = dict(_reports(office, year, folder, steps))
        book, within = folder / _book(year), steps.within()
        done = exports.read_long(
            office,
            None,
            lambda reading: exports.write(reading, "everything", book, year=year, progress=within),
        )
        made[_book(year)] = book
        steps.next()
        journal = journal_export.write(office, folder / _journal(year))
        made[_journal(year)] = folder / _journal(year)
        made[journal_export.SCRIPT] = journal_export.verifier()
        steps.next()
        own = _own_acts(office, year)
        told = _contents(office, year, made, journal, own)
        made[_readme()] = folder / _readme()
        private.write(made[_readme()], told.encode("utf-8-sig"))
        sums = _pack(out.path, made)
        steps.next()
        _verify(out.path, sums, journal, _journal(year))
        steps.next()
        people = exports.people_of(office, "everything", None, year=year)
        out.out = Out(OutKind.EXPORT, OutPaper.YEAR, OutForm.ARCHIVE, len(people), year=year)
    told_files = tuple(sums.items())
    return YearArchived(path, year, told_files, done.rows, journal.acts, journal.head, own)


class _Steps:
    """How far the whole is, in steps; a step may tell of its own parts."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._done = progress, 0

    def next(self) -> None:
        self._done += 1
        self._tell(0, 1)

    def within(self) -> Progress:
        """What tells of the parts of the step that has begun."""
        return _Part(self._tell)

    def _tell(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress.step(100 * self._done + 100 * done // max(total, 1), 100 * _STEPS)


@dataclass(frozen=True, slots=True)
class _Part:
    tell: Callable[[int, int], None]

    def step(self, done: int, total: int) -> None:
        self.tell(done, total)


def _reports(office: Office, year: int, folder: Path, steps: _Steps) -> Iterator[tuple[str, Path]]:
    """The reports on paper: the year's, its quarters as far as they have begun, the annual cap."""
    today = office.clock.today()
    periods = [reports.period_of(ReportKind.YEARLY, year)]
    quarters = (reports.period_of(ReportKind.QUARTERLY, year, number) for number in range(1, 5))
    periods += [quarter for quarter in quarters if quarter.first <= today]
    with letter_pdfs.printing() as to_pdf:
        for period in periods:
            name = _("report-{year}").format(year=year)
            if period.number is not None:
                name = _("report-{year}-Q{number}").format(year=year, number=period.number)
            sheet = year_paper.report_sheet(office, period)
            yield _kept(folder / f"{name}.pdf", to_pdf(sheet, name))
            steps.next() if period.number is None else None
        name = _("annual-cap-{year}").format(year=year)
        yield _kept(folder / f"{name}.pdf", to_pdf(year_paper.cap_sheet(office, year), name))
    steps.next()


def _kept(path: Path, content: bytes) -> tuple[str, Path]:
    private.write(path, content)
    return path.name, path


def _book(year: int) -> str:
    return _("workbook-{year}").format(year=year) + ".xlsx"


def _journal(year: int) -> str:
    return _("journal-{year}").format(year=year) + ".jsonl"


def _readme() -> str:
    return _("contents") + ".txt"


def _own_acts(office: Office, year: int) -> tuple[int, int, int] | None:
    return act_list.of_days(office.register, date(year, 1, 1), date(year, 12, 31))


def _contents(
    office: Office,
    year: int,
    made: Mapping[str, Path],
    journal: JournalExported,
    own: tuple[int, int, int] | None,
) -> str:
    """What is in the archive, for whoever opens it in ten years."""
    lines = [
        _("Archive of {year}, made on {day}").format(
            year=year, day=format_day(office.clock.today())
        ),
        "",
        *made,
        SUMS,
        "",
        head_line(journal.head),
        _("Acts in the journal: {count}").format(count=format_number(journal.acts)),
    ]
    if own is not None:
        first, last, count = own
        said = _("Of the year: {count}, from act {first} to act {last}")
        lines.append(said.format(count=format_number(count), first=first, last=last))
    lines += [
        "",
        _("To verify the journal with Python alone:"),
        f"python {journal_export.SCRIPT} {_journal(year)}",
        _("To verify the files: compare their SHA-256 with {file}.").format(file=SUMS),
        kept_text(),
    ]
    return "\r\n".join(lines) + "\r\n"


def kept_text() -> str:
    """What whoever keeps the archive must know of it: a register's passphrase does not reach it."""
    return _(
        "This archive holds personal information and has no passphrase: keep it where only the"
        " office can read it."
    )


def _pack(path: Path, made: Mapping[str, Path]) -> dict[str, str]:
    """Put the files into the archive; their SHA-256 by name."""
    sums, packed = {}, io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in made.items():
            with file.open("rb") as content:
                sums[name] = hashlib.file_digest(content, "sha256").hexdigest()
            archive.write(file, name)
        listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        archive.writestr(SUMS, listed)
    private.write(path, packed.getvalue())
    return sums


def _verify(path: Path, sums: Mapping[str, str], journal: JournalExported, name: str) -> None:
    """Read the archive back from the disk and compare it with what was made; verify its journal
    as anybody would, and that its papers are for archives. Errors: ExchangeError
    no_answer."""
    script: dict[str, Any] = runpy.run_path(str(journal_export.verifier()))
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        for one, digest in sums.items():
            content = archive.read(one)
            sound = hashlib.sha256(content).hexdigest() == digest
            if not sound or (one.endswith(".pdf") and _PDF_A not in content):
                raise ExchangeError("no_answer")
        with io.TextIOWrapper(archive.open(name), "utf-8", newline="\n") as lines:
            lines.readline()  # tells what the file is
            try:
                heads: list[str] = script["verify"](lines)
            except (ValueError, KeyError, TypeError):
                raise ExchangeError("no_answer") from None
    if not heads or heads[-1] != journal.head:
        raise ExchangeError("no_answer")
