# SPDX-License-Identifier: Apache-2.0
"""The letters of a list: what was chosen for this very file before, what it holds of accented words
to judge the choice by, and the garbled ones with their repair.

    as_before(office, sha256, choices, repair) -> choices
    accented_words(source), garbled(preview)

Reads only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.lists.mending import GARBLED_LETTERS
from imp_plus_desktop.exchange.readers.encodings import ENCODINGS, known_encoding
from imp_plus_desktop.exchange.sheets.sheets import GARBLED
from imp_plus_desktop.services.imports.import_source import Choices, Source
from imp_plus_desktop.services.imports.planning.import_preview import Preview
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import past_lists

__all__ = [
    "ENCODINGS",
    "GARBLED",
    "GARBLED_LETTERS",
    "GarbledLetters",
    "accented_words",
    "as_before",
    "as_recorded",
    "garbled",
    "known_encoding",
    "recorded",
    "told_once",
]

_MOST_WORDS = 12
_ODD = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
_EDGES = ' \t\r\n\u00a0.,;:!?()[]«»“”"'


@dataclass(frozen=True, slots=True)
class GarbledLetters:
    """How many cells of a file’s lists were garbled before it came, and one of them.

    `read_as` is the encoding in which somebody read what was UTF-8; `repaired` tells whether the
    plan has these cells as they were meant.
    """

    cells: int
    written: str
    meant: str
    read_as: str
    repaired: bool


def as_before(
    office: Office, sha256: str, choices: Choices, repair_letters: bool | None = None
) -> Choices:
    """The choices with what was chosen for the same bytes when they came in last, where nothing is
    said now. An import that was undone counts: its file is as it was."""
    known = past_lists.details_of_file(office.register, sha256)
    if repair_letters is not None:
        known = {**known, "letters": repair_letters}
    return as_recorded(choices, known)


def as_recorded(choices: Choices, details: Mapping[str, Any]) -> Choices:
    """The choices with those that the act of an import keeps, where nothing else is said."""
    encoding, separator = details.get("text", (None, None))
    repairs = choices.repairs
    if details.get("letters") and GARBLED_LETTERS not in repairs:
        repairs = (GARBLED_LETTERS, *repairs)
    return replace(
        choices,
        encoding=choices.encoding or encoding,
        separator=choices.separator or separator,
        repairs=repairs,
    )


def told_once(choices: Choices, source: Source) -> Choices:
    """The choices without the corrections that the repair of garbled letters makes already."""
    if GARBLED_LETTERS not in choices.repairs:
        return choices
    meant = {
        (sheet.name, row, odd.text)
        for sheet in source.workbook.sheets
        for (row, _column), odd in sheet.odd_letters.items()
        if odd.code == GARBLED
    }
    repairs = tuple(r for r in choices.repairs if (r.sheet, r.row, r.text) not in meant)
    return replace(choices, repairs=repairs)


def recorded(choices: Choices) -> dict[str, Any]:
    """What the act of an import keeps of them."""
    found: dict[str, Any] = {}
    if choices.encoding or choices.separator:
        found["text"] = [choices.encoding, choices.separator]
    if GARBLED_LETTERS in choices.repairs:
        found["letters"] = True
    return found


def accented_words(source: Source) -> tuple[str, ...]:
    """The first words of a file that hold more than plain letters, each once."""
    found: dict[str, None] = {}
    for text in _texts(source):
        if text.isascii():
            continue
        for match in _WORD.finditer(text):
            word = match.group().strip(_EDGES)
            if _ODD.search(word):
                found.setdefault(word)
        if len(found) >= _MOST_WORDS:
            break
    return tuple(found)[:_MOST_WORDS]


def _texts(source: Source) -> Iterator[str]:
    for sheet in source.workbook.sheets:
        # Names first: the words of headers tell less.
        for row in (*sheet.rows[1:], *sheet.rows[:1]):
            yield from (cell for cell in row if isinstance(cell, str))


def garbled(preview: Preview) -> GarbledLetters | None:
    """The garbled letters of the lists that are imported; None where there are none."""
    issues = [issue for issue in preview.issues if issue.code == GARBLED]
    if issues:
        written, meant, read_as = (
            str(issues[0].parameters[name]) for name in ("value", "likely", "read_as")
        )
        return GarbledLetters(len(issues), written, meant, read_as, repaired=False)
    repaired = [
        (odd, sheet.parsed.repaired[place].written)
        for sheet in preview.sheets
        for read in preview.source.workbook.sheets
        if read.name == sheet.parsed.sheet
        for place, odd in read.odd_letters.items()
        if place in sheet.parsed.repaired
    ]
    if not repaired:
        return None
    odd, written = repaired[0]
    return GarbledLetters(len(repaired), written, odd.text, odd.read_as, repaired=True)
