# SPDX-License-Identifier: Apache-2.0
"""What an import begins with: a file or pasted cells as read, and what a person chose about them.

Also what the register remembers of a sender's layout. Plans nothing and stores nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import Any

from imp_plus_desktop import plain_text
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError
from imp_plus_desktop.exchange.columns.layout import Memory, Remembered, SheetMapping, sketch
from imp_plus_desktop.exchange.columns.matching import ColumnMatch
from imp_plus_desktop.exchange.lists.drafts import ParsedFile, ParsedSheet
from imp_plus_desktop.exchange.lists.importing import parse
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.exchange.readers.reading import (
    TextForm,
    Workbook,
    file_bytes,
    read_bytes_in_child,
    unlocked_in_child,
)
from imp_plus_desktop.exchange.sheets.sheets import Cell
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports.sides.conflicts import ConflictKey, Letters, OnConflict
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.storage.archive import archive

LOCKED = "encrypted"
"""The failure of a file that needs a password."""
_SHOWN_ROWS = 40
_BY_HAND = frozenset({"given", "remembered"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read, with its bytes for the archive."""

    file_name: str
    content: bytes
    sha256: str
    workbook: Workbook
    form: TextForm = field(default_factory=TextForm)
    """As it was asked to be read, where it is a text."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person said about a file. `mappings` are by sheet; `proper_case` None: as before;
    `one_name`: people of whom it has given names alone have one name.

    `taken` are the cells whose value replaces the register's where it would not by itself (see
    `sides`), `on_conflict` says what becomes of the others that are asked about. `encoding` and
    `separator` of a text file are told by its bytes where None. `letters`: what becomes of a letter
    whose date has moved a little.
    """

    sheet: str | None = None
    date_order: str | None = None
    mappings: Mapping[str, SheetMapping] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    proper_case: bool | None = None
    taken: frozenset[ConflictKey] = frozenset()
    on_conflict: OnConflict = OnConflict.OURS
    one_name: bool = False
    encoding: str | None = None
    separator: str | None = None
    letters: Letters = Letters.ASK

    @property
    def form(self) -> TextForm:
        """How a text file is to be read."""
        return TextForm(self.encoding, self.separator)


def read(
    office: Office, path: Path, *, sheet: str | None = None, password: str | None = None
) -> Source:
    """Read a file. A hidden sheet is read only when it is named.

    Errors: ExchangeError (encrypted: a password is needed; wrong_password), Cancelled.
    """
    return read_bytes(office, path.name, file_bytes(path), sheet=sheet, password=password)


def read_bytes(
    office: Office,
    name: str,
    content: bytes,
    *,
    sheet: str | None = None,
    form: TextForm = TextForm(),  # noqa: B008
    password: str | None = None,
) -> Source:
    """Read what a file held: the bytes that are read are those that the archive will keep.

    A workbook that is protected is kept without its protection, so that no password is needed
    again; the password itself is kept nowhere.
    Errors: ExchangeError, Cancelled.
    """
    # Only the named sheet is read when one is asked for: that is how a hidden one opens.
    read_in_child = partial(
        read_bytes_in_child,
        name,
        sheet_names=None if sheet is None else [sheet],
        form=form,
        meanwhile=library.vocabulary(office).prepare,
    )
    try:
        workbook = read_in_child(content)
    except ExchangeError as error:
        if error.code != LOCKED:
            raise
        content = unlocked_in_child(content, password)
        workbook = read_in_child(content)
    return Source(plain_text.mended(name), content, sha256_of(content), workbook, form)


def as_chosen(office: Office, source: Source, choices: Choices) -> Source:
    """What was read, read again where it is a text that was to be read otherwise.

    Errors: ExchangeError, Cancelled.
    """
    if source.workbook.encoding is None or source.form == choices.form:
        return source
    return read_bytes(
        office, source.file_name, source.content, sheet=choices.sheet, form=choices.form
    )


def sha256_of(content: bytes) -> str:
    """By what the archive knows a file again."""
    return hashlib.sha256(content).hexdigest()


def read_pasted(office: Office, text: str) -> Source:
    """Read cells copied from a spreadsheet, as a text file that the archive keeps like any other.

    Errors: ExchangeError.
    """
    if not text.strip():
        raise ExchangeError("empty_file")
    return read_bytes(office, pasted_name(), text.encode("utf-8"))


def pasted_name() -> str:
    """The file name under which pasted cells are kept."""
    return _("clipboard") + ".tsv"


def parse_source(office: Office, source: Source, choices: Choices) -> ParsedFile:
    """The lists of a source as typed rows. Errors: ExchangeError (also
    ambiguous_dates, no_family_name: questions to a person)."""
    programme = office.programme()
    return parse(
        source.workbook,
        vocabulary=library.vocabulary(office),
        today=office.clock.today(),
        window=(programme.opened, programme.last_accepted_letter, programme.term_months),
        child_age=programme.child_age,
        date_order=choices.date_order,
        only_sheet=choices.sheet,
        mappings=choices.mappings,
        memory=_memory(office),
        repairs=choices.repairs,
        proper_case=choices.proper_case,
        one_name=choices.one_name,
        own_numbers=office.own_numbers,
    )


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet that was not taken for a list, for a person to say what its columns are.

    `headers` by column (from 0); `rows` are the first ones below the header row.
    """

    name: str
    header_row: int
    headers: Mapping[int, str]
    matches: tuple[ColumnMatch, ...]
    rows: tuple[tuple[Cell, ...], ...]


def raw_sheets(office: Office, source: Source) -> tuple[RawSheet, ...]:
    """Every sheet that was read and holds something."""
    return tuple(
        raw_sheet(office, source, sheet.name) for sheet in source.workbook.sheets if any(sheet.rows)
    )


def raw_sheet(office: Office, source: Source, name: str, header_row: int | None = None) -> RawSheet:
    """One sheet, its headers looked for or in the row that a person says."""
    sheet = next(sheet for sheet in source.workbook.sheets if sheet.name == name)
    seen = sketch(sheet, library.vocabulary(office), header_row)
    below = sheet.rows[seen.header_row : seen.header_row + _SHOWN_ROWS]
    return RawSheet(name, seen.header_row, seen.headers, seen.matches, tuple(below))


def kept(sheet: ParsedSheet) -> dict[str, Any]:
    """What the act of an import keeps of a sheet: its mapping, and what to remember of it."""
    found: dict[str, Any] = {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_row": sheet.header_row,
        "columns": dict(sheet.column_index),
        "headers": dict(sheet.columns),
        "layout": sheet.layout_key,
    }
    if any(match.reason in _BY_HAND and match.header for match in sheet.matches):
        found["given"] = {name: list(place) for name, place in sheet.header_places.items()}
    if sheet.capitals:
        found["proper_case"] = sheet.proper_case
    if sheet.merged:
        # Column, the row where the merged cell begins, and the last for which it was read.
        last: dict[tuple[int, int], int] = {}
        for (row, column), top in sheet.merged.items():
            last[column, top] = max(row, last.get((column, top), 0))
        found["merged"] = [[*place, bottom] for place, bottom in last.items()]
    return found


def _memory(office: Office) -> Memory:
    """What the latest import of each layout chose, of those imports that still stand."""
    memory: dict[str, Remembered] = {}
    for sheet in archive.remembered_sheets(office.register):
        given = sheet.get("given")
        fields = None if given is None else {n: (str(h), int(at)) for n, (h, at) in given.items()}
        memory[sheet["layout"]] = Remembered(fields, bool(sheet.get("proper_case")))
    return memory
