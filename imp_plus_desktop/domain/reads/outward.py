# SPDX-License-Identifier: Apache-2.0
"""What leaves the register on paper or in a file, as the journal tells of it: which paper, in which
form, and of how many people. Nobody's name, and no path: what a file is called may be a name.

    Out(kind, paper, form, people, whose)
    is_outward(service)

An act of these kinds changes no row. Must not know a table.
"""

from __future__ import annotations

from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass

PREFIX = "out."
"""With what the kinds of these acts begin, and no others."""
OUT, PEOPLE = "out", "people"
"""Under which names the details of such an act keep its paper and form, and whose paper it is."""


class OutKind(StrEnum):
    """What was done. A letter that is logged is an act of its own, on the files of the people."""

    EXPORT = "out.export"
    PRINT = "out.print"
    LETTER = "out.letter"
    BACKUP = "out.backup"
    LOOK = "out.look"
    """A file was opened on a server, where everybody has a name of their own."""


class OutPaper(StrEnum):
    """What kind of paper or file it is."""

    PEOPLE = "people"
    APPLICATIONS = "applications"
    PERMITS = "permits"
    FAMILY = "family"
    QUOTA = "quota"
    DEADLINES = "deadlines"
    EVERYTHING = "everything"
    REPORT = "report"
    PIVOT = "pivot"
    IMPORTS = "imports"
    CONFLICTS = "conflicts"
    OVERVIEW = "overview"
    JOURNAL = "journal"
    ACTS = "acts"
    FILE = "file"
    SCAN = "scan"
    LETTER = "letter"
    ADDRESSES = "addresses"
    REGISTER = "register"
    REBUILT = "rebuilt"
    SNAPSHOT = "snapshot"
    DAILY = "daily"
    YEAR = "year"


class OutForm(StrEnum):
    """In which form it left."""

    WORKBOOK = "xlsx"
    PDF = "pdf"
    PAPER = "paper"
    CALENDAR = "ics"
    JSON = "jsonl"
    WORD = "docx"
    MAIL = "mail"
    CLIPBOARD = "clipboard"
    SCAN = "scan"
    COPY = "imp"
    ARCHIVE = "zip"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Out:
    """`people` is how many people it tells of; `whose` are those whose own paper it is, and in
    whose history it stands: a list of many is in nobody's."""

    kind: OutKind
    paper: OutPaper
    form: OutForm
    people: int = 0
    whose: tuple[int, ...] = ()
    year: int = 0
    """The year that it is about, where it is about one."""


def is_outward(service: str) -> bool:
    """Whether an act of this kind says that something left, and did nothing else."""
    return service.startswith(PREFIX)
