# SPDX-License-Identifier: Apache-2.0
"""The rows of a plan as step 3 shows them, and what its small window asks of a cell.

    shown_fields(sheet) -> fields            the columns of the table, in order
    check_rows(shell, sheet, fields, places) -> [CheckRow]
    wound(shell, preview, sheet, row, field) -> Wound

Plain functions of the plan. Must not hold a widget.
"""

import sys
from collections.abc import Mapping, Sequence

from imp_plus_desktop.domain.records import catalogue
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.imports import import_compare, import_repairs
from imp_plus_desktop.services.imports.import_compare import Difference
from imp_plus_desktop.services.imports.imports import Effect, PlannedRow, Preview, PreviewSheet
from imp_plus_desktop.ui.imports.steps.check.import_compared import difference_text
from imp_plus_desktop.ui.imports.steps.check.import_mend import Wound
from imp_plus_desktop.ui.imports.steps.check.import_rows import CheckRow
from imp_plus_desktop.ui.imports.steps.import_presenter import (
    EFFECT_TONES,
    FAMILY,
    FAMILY_FIELDS,
    cell_text,
    value_text,
)
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import field_label, issue_text, named_issue_text, problem_text

_ERROR = "error"
_WORST_FIRST = (Tone.BAD, Tone.WARN, Tone.ACCENT, Tone.OK)
_FIRST = (
    "individual_reference",
    "family_name",
    "given_names",
    "birth_date",
    "citizenship",
    "letter_date",
)


def shown_fields(sheet: PreviewSheet) -> tuple[str, ...]:
    """The columns of the rows' table: who first, then the rest in the list's own order."""
    mapped = set(sheet.parsed.column_index)
    of_lists = {field.named for field in catalogue.OF_LISTS}
    for slot in ("", *catalogue.FAMILY_SLOTS):
        of_names = mapped & {catalogue.slot_field(slot, name) for name in of_lists}
        if of_names:
            names = {catalogue.slot_field(slot, name) for name in catalogue.NAMES}
            mapped = mapped - of_names | names
    wanted = mapped | {issue.column for issue in sheet.issues}
    first = FAMILY_FIELDS if sheet.parsed.kind == FAMILY else _FIRST
    head = [field for field in first if field in wanted]
    index = sheet.parsed.column_index
    places = {field: catalogue.place_of(field, index) for field in wanted}
    rest = sorted(wanted - set(head), key=lambda field: (_last(places[field]), field))
    return (*head, *rest)


def _last(place: int | None) -> int:
    """A column's place among the list's; what it has no column for comes last."""
    return sys.maxsize if place is None else place


def wound(
    shell: Shell, preview: Preview, sheet: PreviewSheet, row: PlannedRow, field: str
) -> Wound:
    """What the small window asks about a cell."""
    issues = [issue for issue in row.issues if issue.column == field]
    bad = any(issue.severity == _ERROR for issue in issues)
    in_file = cell_text(import_repairs.cell_of(sheet, row, field))
    meant = import_repairs.suggestion(shell.office, field, in_file) if issues else None
    return Wound(
        title=_("{field}, row {row}").format(field=field_label(field), row=row.row),
        problem=" · ".join(issue_text(issue) for issue in issues),
        tone=Tone.BAD if bad else Tone.WARN,
        file_text=in_file,
        text=row.mended.get(field) or value_text(field, row.values.get(field)) or meant or in_file,
        choices=import_repairs.choices_for(shell.office, field),
        is_day=field in import_repairs.DAY_FIELDS,
        alike=import_repairs.cells_alike(preview, sheet, row, field),
    )


def check_rows(
    shell: Shell, sheet: PreviewSheet, fields: Sequence[str], places: Sequence[int]
) -> list[CheckRow]:
    rows = [sheet.rows[place] for place in places]
    changes = import_compare.differences(shell.office, rows)
    return [_check_row(sheet, fields, row, changes.get((row.sheet, row.row), ())) for row in rows]


def _check_row(
    sheet: PreviewSheet, fields: Sequence[str], row: PlannedRow, changes: Sequence[Difference]
) -> CheckRow:
    problems = {
        issue.column: Tone.BAD if issue.severity == _ERROR else Tone.WARN for issue in row.issues
    }
    marks = {
        **dict.fromkeys((change.field for change in changes), Tone.ACCENT),
        **dict.fromkeys(row.mended, Tone.OK),
        **problems,
    }
    index = sheet.parsed.column_index
    written = {issue.column: cell_text(issue.parameters.get("value")) for issue in row.issues}
    cells: dict[str, str] = {}
    for field in fields:
        text = value_text(field, row.values.get(field))
        if field in row.mended:
            text = text or row.mended[field]
        elif not text or field in problems:
            # What the list itself says: the reason why the cell is marked stands in it.
            column = index.get(field)
            if column is not None and column < len(row.raw):
                text = cell_text(row.raw[column]) or text
        cells[field] = text or written.get(field, "")
    worst = next((tone for tone in _WORST_FIRST if tone in marks.values()), Tone.ACCENT)
    tone = EFFECT_TONES[row.effect]
    if row.effect is Effect.NEW and problems:
        tone = Tone.WARN
    notes = {field: _mended_text(sheet, row, field) for field in row.mended}
    sentence = _sentence(row, changes) or _all_mended(notes)
    return CheckRow(row.row, row.effect, tone, cells, marks, sentence, worst, notes)


def _mended_text(sheet: PreviewSheet, row: PlannedRow, field: str) -> str:
    text = cell_text(import_repairs.cell_of(sheet, row, field))
    if not text:
        return _("Corrected here: the file says nothing.")
    return _("Corrected here: the file says “{text}”.").format(text=text)


def _all_mended(notes: Mapping[str, str]) -> str:
    """What a row says of which nothing is wrong any more."""
    if len(notes) < 2:
        return "".join(notes.values())
    return _("Corrected here: {fields}.").format(fields=", ".join(map(field_label, notes)))


def _sentence(row: PlannedRow, changes: Sequence[Difference]) -> str:
    ordered = sorted(row.issues, key=lambda issue: issue.severity != _ERROR)
    told = [
        (_likeness(row) or issue_text(issue))
        if issue.code == "possible_duplicate"
        else named_issue_text(issue)
        for issue in ordered
    ]
    return " · ".join([*told, *(difference_text(change) for change in changes)])


def _likeness(row: PlannedRow) -> str:
    if not row.candidates:
        return ""
    likest = row.candidates[0]
    parameters = {"name": likest.name, "individual_reference": likest.individual_reference}
    return problem_text("possible_duplicate", None, parameters, severity="warning")
