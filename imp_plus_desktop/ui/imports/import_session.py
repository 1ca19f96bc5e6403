# SPDX-License-Identifier: Apache-2.0
"""What an import holds while it is under way: its file, what was read, what a person chose, and the
corrections and choices that can be taken back and brought back.

    FILE, COLUMNS, CHECK, SUMMARY        its steps
    SideChoice(name, keys, take)         whose value was chosen for some cells
    ImportSession(path=None, pasted=None)

Must not touch a widget, nor read or plan anything itself.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports import import_letters
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.import_letters import GARBLED_LETTERS
from imp_plus_desktop.services.imports.imports import (
    Choices,
    ConflictKey,
    Imported,
    Preview,
    Repair,
    SheetMapping,
)
from imp_plus_desktop.ui.imports.import_work import BY_HAND, Opened
from imp_plus_desktop.ui.imports.steps.check.import_corrections import correction_name
from imp_plus_desktop.ui.imports.steps.import_presenter import import_button
from imp_plus_desktop.ui.imports.steps.import_text import TextShown

FILE, COLUMNS, CHECK, SUMMARY = range(4)


@dataclass(frozen=True, slots=True)
class SideChoice:
    """The list's value was taken for these cells (`take`), or ours kept; `name` says it. `before`
    are those that were taken already, otherwise: a second letter's date or its correction."""

    name: str
    keys: tuple[ConflictKey, ...]
    take: bool
    before: tuple[ConflictKey, ...] = ()


Made = Repair | SideChoice
"""What can be taken back."""


@dataclass(slots=True)
class ImportSession:
    """One import, from the file to what it did.

    `choices` are those last asked for, `kept` those of the plan that stands; `said` is told once
    another plan stands; `left_out` is how many rejected rows a person agreed to leave out.
    """

    path: Path | None = None
    pasted: str | None = None
    opened: Opened | None = None
    draft: Draft | None = None
    preview: Preview | None = None
    imported: Imported | None = None
    choices: Choices = field(default_factory=Choices)
    kept: Choices = field(default_factory=Choices)
    made: list[Made] = field(default_factory=list)
    taken_back: list[Made] = field(default_factory=list)
    said: str = ""
    left_out: int = 0
    password: str | None = field(default=None, repr=False)
    """Of a protected file, as long as its import is under way."""

    def name(self) -> str:
        """The name of the file, empty without one."""
        return self.path.name if self.path is not None else ""

    def asked(self, afresh: bool) -> tuple[Path | None, str | None, str | None, Choices | None]:
        """What is read, and as what: `afresh` as it was left when it was not finished."""
        return self.path, self.pasted, self.password, None if afresh else self.choices

    def is_under_way(self) -> bool:
        """Whether there is a file of which nothing is stored yet."""
        return self.path is not None and self.imported is None

    def is_unread(self) -> bool:
        """Whether there is a file of which nothing could be read yet."""
        return self.path is not None and self.opened is None

    def has_no_list(self) -> bool:
        """Whether what was read is not known to be a list, or not whose: a person says what its
        columns are."""
        question = self.opened.question if self.opened is not None else None
        return question is not None and question.code in BY_HAND

    def has_work(self) -> bool:
        """Whether the import would change anything."""
        return self.preview is not None and bool(import_button(self.preview))

    def rejected(self) -> int:
        """How many rows the plan leaves out."""
        return self.preview.counts.rejected if self.preview is not None else 0

    def proper_case(self) -> bool | None:
        """Whether names in capitals are put right as things are; None where there are none."""
        sheets = self.preview.sheets if self.preview is not None else ()
        found = [sheet.parsed.proper_case for sheet in sheets if sheet.parsed.capitals]
        return any(found) if found else None

    def shows(self, sheet: str) -> bool:
        """Whether a sheet is one of the lists of the plan."""
        found = self.preview.sheets if self.preview is not None else ()
        return any(listed.parsed.sheet == sheet for listed in found)

    # What was read or planned.
    def take(self, opened: Opened) -> None:
        """Another plan, or the question that there is instead of one."""
        if opened.draft is not None:
            self.draft = opened.draft
        self.choices = opened.choices
        self.opened, self.preview = opened, opened.preview
        if opened.question is None:
            self.kept = self.choices

    def give_up_change(self) -> None:
        """Back to the choices of the plan that stands."""
        self.choices, self.said = self.kept, ""

    def choose_sheet(self, sheet: str | None) -> None:
        """Read only this sheet, or all of them; what was read and chosen before is left."""
        self.choices = self._as_read(sheet)
        self.opened = None

    # The choices to plan by.
    def mapped(self, mappings: Mapping[str, SheetMapping], proper_case: bool | None) -> Choices:
        """With these columns for these sheets."""
        both = {**self.choices.mappings, **mappings}
        return replace(self.choices, mappings=both, proper_case=proper_case)

    def with_header_row(self, sheet: str, row: int) -> Choices:
        """With a sheet's headers on another row, its columns found anew."""
        mappings = {**self.choices.mappings, sheet: SheetMapping(None, row)}
        return replace(self.choices, mappings=mappings)

    def read_as(
        self,
        encoding: str | None,
        separator: str | None,
        mappings: Mapping[str, SheetMapping],
    ) -> Choices:
        """With a text read otherwise. Other letters stand in the same cells; another separator
        makes other cells, for which nothing that was said holds."""
        if separator != self.choices.separator:
            self.made, self.taken_back = [], []
            return replace(self._as_read(None), encoding=encoding, separator=separator)
        both = {**self.choices.mappings, **mappings}
        return replace(self.choices, encoding=encoding, mappings=both)

    def text_shown(self) -> TextShown | None:
        """How the file was read, where it is a text."""
        workbook = self.opened.source.workbook if self.opened is not None else None
        if self.opened is None or workbook is None or workbook.encoding is None:
            return None
        found = import_letters.garbled(self.preview) if self.preview is not None else None
        return TextShown(
            workbook.encoding,
            workbook.delimiter or "",
            self.choices.encoding is not None,
            self.choices.separator is not None,
            self.opened.words,
            garbled=found.written if found is not None and not found.repaired else "",
            is_pasted=self.pasted is not None,
        )

    def with_letters(self, repair: bool) -> Choices:
        """With every garbled text put right, or as it is; each can be taken back."""
        if repair:
            return self.with_repair(GARBLED_LETTERS)
        self.made = [made for made in self.made if made != GARBLED_LETTERS]
        self.taken_back = [GARBLED_LETTERS]
        repairs = tuple(r for r in self.choices.repairs if r != GARBLED_LETTERS)
        return replace(self.choices, repairs=repairs)

    def with_repair(self, repair: Repair) -> Choices:
        """With one correction more; those taken back are gone for good."""
        self.made.append(repair)
        self.taken_back.clear()
        return replace(self.choices, repairs=(*self.choices.repairs, repair))

    def with_corrections(self) -> Choices | None:
        """With what was put right when this list came in before; None when nothing was."""
        found = self.preview.corrections if self.preview is not None else None
        if found is None:
            return None
        self.taken_back.clear()
        return replace(self.choices, repairs=(*found.repairs, *self.choices.repairs))

    def afresh(self) -> Choices:
        """Without anything that was put right: the file as it is."""
        self.draft = None
        self.made, self.taken_back = [], []
        return self._as_read(self.choices.sheet)

    def _as_read(self, sheet: str | None) -> Choices:
        """Nothing chosen but the sheet and how the file is read."""
        now = self.choices
        return Choices(sheet, now.date_order, encoding=now.encoding, separator=now.separator)

    def take_side(self, preview: Preview) -> None:
        """The same plan, some of its values chosen otherwise."""
        if self.opened is not None:
            self.opened = replace(self.opened, preview=preview)
        self.preview, self.choices, self.kept = preview, preview.choices, preview.choices

    # Undo and redo.
    def last_made(self) -> Made | None:
        """What was corrected or chosen last; of an import taken up again, its last correction."""
        return next(iter([*self.made[-1:], *self.choices.repairs[-1:]]), None)

    def correction_names(self) -> tuple[str, str]:
        """What can be taken back and what can be brought back, as they are called."""
        made, gone = self.last_made(), self.taken_back[-1:]
        return _name(made) if made is not None else "", "".join(map(_name, gone))

    def take_back(self) -> Made:
        """Note that what was made last is taken back."""
        made = self.last_made()
        assert made is not None
        del self.made[-1:]
        self.taken_back.append(made)
        self.said = _("Undone: {act}").format(act=_name(made))
        return made

    def bring_back(self) -> Made:
        """Note that what was taken back last is made again."""
        made = self.taken_back.pop()
        self.made.append(made)
        self.said = _("Redone: {act}").format(act=_name(made))
        return made

    def choices_after(self, repair: Repair, *, made: bool) -> Choices:
        """The choices with a correction made again, or without the one made last."""
        repairs = self.choices.repairs
        return replace(self.choices, repairs=(*repairs, repair) if made else repairs[:-1])


def _name(made: Made) -> str:
    return made.name if isinstance(made, SideChoice) else correction_name(made)
