# SPDX-License-Identifier: Apache-2.0
"""What `import` answers beside its counts: how the list was read, and what would change in what.

Reads plans; decides and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from imp_plus_desktop.cli.answers.output import labelled
from imp_plus_desktop.cli.answers.values import programme_names, told
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, format_day, format_number, ngettext
from imp_plus_desktop.services.fields.typed_fields import as_text
from imp_plus_desktop.services.imports import import_compare, import_letters, imports
from imp_plus_desktop.services.imports.import_compare import Comparison, Difference
from imp_plus_desktop.services.imports.import_corrections import Corrections
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.words import left_out_texts, messages
from imp_plus_desktop.words.import_texts import IssueLike
from imp_plus_desktop.words.terms import letter_texts
from imp_plus_desktop.words.terms.value_texts import corrections_text

Updates = Mapping[tuple[str, int], tuple[Difference, ...]]

_MOST_LINES = 20
_USUAL = "utf-8"


def answers(office: Office, preview: imports.Preview) -> tuple[dict[str, Any], list[str]]:
    """Keys beside the counts (`garbled`, `dates`, `mapping`, `columns`, `skipped_rows`, `updates`,
    `compared`, `corrections`), and the same for a person: how dates were proved, what was left
    out, the first updates, the last list, what was put right in this one before."""
    compared = import_compare.against_last(office, preview)
    updates = import_compare.differences(office, _rows(preview))
    return _data(preview, updates, compared), _lines(office, preview, updates, compared)


def _data(
    preview: imports.Preview, updates: Updates, compared: Comparison | None
) -> dict[str, Any]:
    proof, found = preview.parsed.date_proof, preview.corrections
    letters = import_letters.garbled(preview)
    return {
        "encoding": preview.parsed.encoding,
        "separator": preview.parsed.delimiter,
        "garbled": None if letters is None else asdict(letters),
        "dates": {
            "order": proof.order,
            "proved_by": proof.proved_by,
            "dates": proof.dates_total,
            "day_over_12": proof.dates_over_12,
            "message": messages.date_proof_text(proof),
        },
        "mapping": [
            {"sheet": sheet.parsed.sheet, **asdict(match)}
            for sheet in preview.sheets
            for match in sheet.parsed.matches
        ],
        "columns": [
            {"sheet": sheet.parsed.sheet, **fate._asdict()}
            for sheet in preview.sheets
            for fate in sheet.parsed.fates
        ],
        "skipped_rows": [
            {"sheet": sheet, "row": row, "why": why} for sheet, row, why in preview.skipped
        ],
        "updates": [
            {"sheet": sheet, "row": row, "fields": _fields(found)}
            for (sheet, row), found in updates.items()
        ],
        "compared": None if compared is None else _compared(compared),
        "corrections": None if found is None else _corrections(found),
    }


def _lines(
    office: Office, preview: imports.Preview, updates: Updates, compared: Comparison | None
) -> list[str]:
    lines = _letter_lines(preview)
    if preview.parsed.date_proof.dates_total:
        proof = messages.date_proof_text(preview.parsed.date_proof)
        lines.append("  " + _("Dates: {proof}").format(proof=proof))
    if preview.skipped:
        skipped = left_out_texts.skipped_text(preview.skipped)
        lines.append("  " + _("Skipped: {rows}").format(rows=skipped))
    lines += _column_lines(preview)
    names = programme_names(office) if updates else {}
    for (sheet, row), found in islice(updates.items(), _MOST_LINES):
        words = ", ".join(_words(difference, names) for difference in found)
        lines.append(f"  {sheet}!{row}  {words}")
    left = len(updates) - _MOST_LINES
    if left > 0:
        more = ngettext("and {count} other row", "and {count} other rows", left)
        lines.append("  " + more.format(count=format_number(left)))
    corrections = preview.corrections
    if corrections is not None:
        said = corrections_text(len(corrections.repairs), corrections.at, corrections.used)
        lines.append("  " + said)
        if not corrections.used:
            lines.append("  " + _("Add --with-corrections to put them right again."))
    if compared is not None and (compared.new or compared.changed or compared.vanished):
        lines.append("  " + _last_list(compared))
    return lines


def message(issue: IssueLike) -> str:
    """What is wrong with a cell; where an option puts it right, its name."""
    text = messages.issue_text(issue)
    if issue.code != import_letters.GARBLED:
        return text
    return _("{problem} (--repair-letters puts it right)").format(problem=text)


def _letter_lines(preview: imports.Preview) -> list[str]:
    """How a text file was read, and what became of letters that were garbled before."""
    lines = []
    asked = preview.choices.encoding or preview.choices.separator
    encoding, separator = preview.parsed.encoding, preview.parsed.delimiter
    if encoding is None and asked:
        lines.append("  " + _("This file is no text: its encoding and separator are its own."))
    elif encoding is not None and separator is not None and (asked or encoding != _USUAL):
        lines.append("  " + letter_texts.read_as_text(encoding, separator))
    found = import_letters.garbled(preview)
    if found is not None:
        lines.append(
            "  "
            + letter_texts.garbled_letters_text(
                found.cells, found.written, found.meant, found.repaired
            )
        )
        if not found.repaired:
            lines.append("  " + _("Add --repair-letters to put them right."))
    return lines


def _column_lines(preview: imports.Preview) -> list[str]:
    """The columns that go nowhere, a line a list; one that should have gone somewhere by itself."""
    lines = []
    for sheet in preview.sheets:
        fates = sheet.parsed.fates
        kept = left_out_texts.headers_text(fate for fate in fates if fate.goes_nowhere)
        if kept:
            text = _("Columns kept with the import only: {columns}").format(columns=kept)
            lines.append("  " + labelled(sheet.parsed.sheet, text))
        lines += [
            "  " + labelled(f"{sheet.parsed.sheet}!{fate.header}", left_out_texts.fate_text(fate))
            for fate in fates
            if fate.is_lost
        ]
    return lines


def _rows(preview: imports.Preview) -> list[imports.PlannedRow]:
    updates = imports.Effect.UPDATE
    return [row for sheet in preview.sheets for row in sheet.rows if row.effect is updates]


def _compared(compared: Comparison) -> dict[str, Any]:
    return {
        "act": compared.act,
        "file": compared.file_name,
        "at": compared.at.isoformat(),
        "new": [{"sheet": sheet, "row": row} for sheet, row in compared.new],
        "changed": [
            {
                "sheet": changed.sheet,
                "row": changed.row,
                "person": changed.person_id,
                "fields": _fields(changed.differences),
            }
            for changed in compared.changed
        ],
        "vanished": [
            {"person": gone.person_id, "individual_reference": gone.individual_reference}
            for gone in compared.vanished
        ],
    }


def _corrections(found: Corrections) -> dict[str, Any]:
    return {
        "act": found.act,
        "at": found.at.isoformat(),
        "count": len(found.repairs),
        "used": found.used,
    }


def _fields(found: tuple[Difference, ...]) -> dict[str, list[str | None]]:
    return {d.field: [as_text(d.before) or None, as_text(d.after) or None] for d in found}


def _words(difference: Difference, names: Mapping[str, str]) -> str:
    return _("{field} {before} → {after}").format(
        field=messages.field_label(difference.field),
        before=told(difference.field, difference.before, names),
        after=told(difference.field, difference.after, names),
    )


def _last_list(compared: Comparison) -> str:
    """`Against liste.xlsx of 3 October 2024: 5 new, 2 changed, 1 no longer listed`."""
    counts = (
        ngettext("{count} new", "{count} new", len(compared.new)),
        ngettext("{count} changed", "{count} changed", len(compared.changed)),
        ngettext("{count} no longer listed", "{count} no longer listed", len(compared.vanished)),
    )
    numbers = (len(compared.new), len(compared.changed), len(compared.vanished))
    said = ", ".join(
        text.format(count=format_number(number))
        for text, number in zip(counts, numbers, strict=True)
        if number
    )
    return _("Against {file} of {day}: {counts}").format(
        file=compared.file_name, day=format_day(toronto_day(compared.at)), counts=said
    )
