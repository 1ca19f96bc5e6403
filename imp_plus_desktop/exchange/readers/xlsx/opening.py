# SPDX-License-Identifier: Apache-2.0
"""Opens an xlsx or xlsm workbook: looks at all of it, writes anew what the fast reader would refuse
or misread, and hands on its sheets one by one.

A sheet over the limits is read as far as its beginning, since it may be no list; cells that stray
far from all others are left out. Both are told with the sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import chain

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.readers.xlsx import rewriting, sheet_scan
from imp_plus_desktop.exchange.readers.xlsx.fast_book import FastBook
from imp_plus_desktop.exchange.readers.xlsx.fast_sheets import Cut, fast_sheets
from imp_plus_desktop.exchange.readers.xlsx.packages import Package, plain
from imp_plus_desktop.exchange.readers.xlsx.padded_cells import padded_styles
from imp_plus_desktop.exchange.readers.xlsx.struck_cells import struck_styles
from imp_plus_desktop.exchange.readers.xlsx.workbook_parts import (
    NO_PART,
    SheetEntry,
    unknown_places,
    workbook_entries,
)
from imp_plus_desktop.exchange.sheets.sheets import Limits, Sheet, Workbook
from imp_plus_desktop.exchange.sheets.sources import Reading, ReadySheet, refuse_unknown
from imp_plus_desktop.exchange.sheets.strays import SHOWN_ROWS

_Change = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class _Survey:
    """A workbook as it was looked at: its sheets, and the scans of those that may be read."""

    package: Package
    workbook: str
    entries: Sequence[SheetEntry]
    date1904: bool
    scans: Mapping[str, sheet_scan.Scan]
    book: FastBook

    @property
    def parts(self) -> dict[str, str]:
        return {entry.name: entry.part for entry in self.entries}


def open_xlsx(
    package: Package,
    kind: str,
    workbook: str,
    sheet_names: Sequence[str] | None,
    limits: Limits,
) -> Reading:
    """The workbook whose own part is `workbook`; its sheets follow when their turn comes.

    Raises ExchangeError sheet_not_found, too_large, damaged.
    """
    first = _surveyed(package, workbook, sheet_names, limits)
    if package.odd:
        package = Package(package.rewritten(dict.fromkeys(package.odd, plain)), limits)
        first = _surveyed(package, workbook, sheet_names, limits)
    refuse_unknown(sheet_names, [entry.name for entry in first.entries])
    cuts = {
        name: _cut(first, name, limits)
        for name, scan in first.scans.items()
        if scan.reaches_far(limits) or not scan.is_within(limits)
    }
    survey = first
    if changes := _changes(first, cuts, limits):
        anew = Package(package.rewritten(changes), limits)
        survey = _surveyed(anew, workbook, sheet_names, limits)
    if not all(scan.is_within(limits) for scan in survey.scans.values()):
        raise ExchangeError("too_large")
    if _changes(survey, {}, limits) or survey.package.odd:
        raise ExchangeError("damaged")
    sheets = fast_sheets(
        survey.package, survey.book, sheet_names, limits, survey.scans, survey.parts, cuts
    )
    left_over = [entry.name for entry in first.entries if entry.is_left_over]
    missing = (ReadySheet(Sheet(name, why_not=NO_PART)) for name in left_over)
    return Reading(Workbook(kind, (), first.date1904), chain(sheets, missing))


def _surveyed(
    package: Package, workbook: str, sheet_names: Sequence[str] | None, limits: Limits
) -> _Survey:
    """Looks at every part: closely at the sheets that may be read."""
    entries, date1904 = workbook_entries(package, workbook)
    paddings, struck = padded_styles(package, workbook), struck_styles(package, workbook)
    wanted = {
        entry.name: entry.part
        for entry in entries
        if entry.is_worksheet and (sheet_names is None or entry.name in sheet_names)
    }
    # Many sheets may share one part, each as large as it.
    if sum(map(package.size, wanted.values())) > limits.unpacked_bytes:
        raise ExchangeError("too_large")
    package.check(but=set(wanted.values()))
    book = FastBook(package.data)
    scans = {
        name: sheet_scan.scan_sheet(package.part(part), limits, paddings, struck)
        for name, part in wanted.items()
    }
    return _Survey(package, workbook, entries, date1904, scans, book)


def _cut(survey: _Survey, name: str, limits: Limits) -> Cut:
    """What is left out of a sheet over the limits: some cells that stray, or all but its start."""
    strays = None
    if survey.scans[name].value_rows <= limits.rows:
        strays = sheet_scan.strays(survey.package.part(survey.parts[name]), limits)
    return Cut(strays or (), is_too_large=strays is None)


def _changes(survey: _Survey, cuts: Mapping[str, Cut], limits: Limits) -> dict[str, _Change]:
    """What has to be changed in which parts before the fast reader may have them."""
    changes: dict[str, list[_Change]] = {}
    parts = survey.parts
    for name, cut in cuts.items():
        if steps := _cutting(cut, limits):
            changes.setdefault(parts[name], []).extend(steps)
    for name, scan in survey.scans.items():
        if scan.odd_references:
            changes.setdefault(parts[name], []).append(rewriting.without_odd_references)
    if unknown := unknown_places(survey.entries):
        changes.setdefault(survey.workbook, []).append(rewriting.without_sheets(unknown))
    return {part: _one_by_one(steps) for part, steps in changes.items()}


def _cutting(cut: Cut, limits: Limits) -> Sequence[_Change]:
    if cut.is_too_large:
        wide = rewriting.without_cells(lambda place: place[1] >= limits.columns)
        return (rewriting.beginning(min(SHOWN_ROWS, limits.rows)), wide)
    strays = frozenset(cut.strays)
    return (rewriting.without_cells(strays.__contains__),) if strays else ()


def _one_by_one(steps: Sequence[_Change]) -> _Change:
    return lambda content: reduce(lambda changed, step: step(changed), steps, content)
