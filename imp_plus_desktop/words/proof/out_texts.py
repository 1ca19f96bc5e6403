# SPDX-License-Identifier: Apache-2.0
"""What left the register, in words of the office, to follow the name of who did it.

    out_text(row, name) -> str       `exported the list of people (Excel), 62 people`
    OUT_NOUNS                        what the kinds of these acts are called

`name` is whose paper it is, or how many were written to. Must not read the journal.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.reads.outward import PEOPLE, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.i18n import N_, _, format_number, ngettext

OUT_NOUNS: Mapping[str, str] = {
    OutKind.EXPORT: N_("export"),
    OutKind.PRINT: N_("printing"),
    OutKind.LETTER: N_("letter outside the log"),
    OutKind.BACKUP: N_("copy of the register"),
    OutKind.LOOK: N_("opening of a file"),
}

_PAPERS: Mapping[str, str] = {
    OutPaper.PEOPLE: N_("the list of people"),
    OutPaper.APPLICATIONS: N_("the list of applications"),
    OutPaper.PERMITS: N_("the list of permits"),
    OutPaper.FAMILY: N_("the list of families"),
    OutPaper.QUOTA: N_("the annual cap"),
    OutPaper.DEADLINES: N_("the deadlines"),
    OutPaper.EVERYTHING: N_("the whole register"),
    OutPaper.REPORT: N_("a report"),
    OutPaper.PIVOT: N_("a cross table"),
    OutPaper.CONFLICTS: N_("the conflicts of an import"),
    OutPaper.OVERVIEW: N_("the overview"),
    OutPaper.JOURNAL: N_("the journal, to be verified"),
    OutPaper.ACTS: N_("the list of acts"),
    OutPaper.FILE: N_("the file of {name}"),
    OutPaper.SCAN: N_("a document of {name}"),
    OutPaper.LETTER: N_("a letter to {name}"),
    OutPaper.ADDRESSES: N_("e-mail addresses"),
    OutPaper.YEAR: N_("the archive of a year"),
}
_OF_ONE = (OutPaper.FILE, OutPaper.SCAN, OutPaper.LETTER)
"""What names its people itself."""
_COUNTLESS = (OutPaper.REPORT, *_OF_ONE)

_SAID: Mapping[str, str] = {
    OutForm.WORKBOOK: N_("exported {paper} (Excel)"),
    OutForm.PDF: N_("saved {paper} as PDF"),
    OutForm.PAPER: N_("printed {paper}"),
    OutForm.CALENDAR: N_("exported {paper} (calendar)"),
    OutForm.JSON: N_("exported {paper}"),
    OutForm.WORD: N_("saved {paper} as a Word file"),
    OutForm.MAIL: N_("put {paper} into an e-mail draft"),
    OutForm.CLIPBOARD: N_("copied {paper}"),
    OutForm.SCAN: N_("saved {paper} in a folder"),
    OutForm.ARCHIVE: N_("saved {paper}"),
    OutForm.SCREEN: N_("opened {paper}"),
}


def out_text(row: ActRow, name: str) -> str:
    """What left, in which form, and of how many people where it is a list."""
    if row.service == OutKind.BACKUP:
        if row.paper == OutPaper.REBUILT:
            return _("made the register anew in another file")
        if row.paper == OutPaper.SNAPSHOT:
            return _("took a snapshot of the register along")
        if row.paper == OutPaper.DAILY:
            return _("made the day’s copy of the register")
        return _("made a copy of the register")
    paper = _paper(row, name)
    text = _(_SAID.get(row.form, N_("exported {paper}"))).format(paper=paper)
    count = dict(row.counts).get(PEOPLE, 0)
    if row.paper in _COUNTLESS or not count:
        return text
    words = ngettext("{act}: {count} person", "{act}: {count} people", count)
    return words.format(act=text, count=format_number(count))


def _paper(row: ActRow, name: str) -> str:
    """What it is; of an archive, of which year."""
    year = dict(row.counts).get("year", 0)
    if row.paper == OutPaper.YEAR and year:
        return _("the archive of {year}").format(year=year)
    return _(_PAPERS.get(row.paper, N_("a paper"))).format(name=name)
