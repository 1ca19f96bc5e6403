# SPDX-License-Identifier: Apache-2.0
"""The corrections of a list before its import: what undo is about there, where the next problem
is, and what a commit leaves out.

    correction_name(repair) -> str                          to follow `Undo:`
    next_problem(sheet, shown, start, fields, group) -> (place, field) | None
    may_leave_out(parent, preview) -> bool                  asks before rejected rows stay out
"""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.imports.import_letters import GARBLED_LETTERS
from imp_plus_desktop.services.imports.imports import PlannedRow, Preview, PreviewSheet, Repair
from imp_plus_desktop.ui.imports.steps.import_presenter import import_button
from imp_plus_desktop.words.messages import field_label, issue_group

_ERROR = "error"


def correction_name(repair: Repair) -> str:
    """What was mended, to be taken back or brought back."""
    if repair == GARBLED_LETTERS:
        return _("repair of the garbled characters")
    if repair.row is None:
        return _("correction of {field}, all cells alike").format(field=field_label(repair.field))
    return _("correction of {field}, row {row}").format(
        field=field_label(repair.field), row=repair.row
    )


def next_problem(
    sheet: PreviewSheet,
    shown: Sequence[int],
    start: tuple[int, str],
    fields: Sequence[str],
    group: str | None,
) -> tuple[int, str] | None:
    """The first cell with a problem from a cell on, that one included, and from the top again.

    Of the group chosen, if one is; else what rejects a row comes before what only warns.
    """
    cells = [
        (place, field, is_error)
        for place in shown
        for field, is_error in _problems(sheet.rows[place], fields, group)
    ]
    if group is None and any(is_error for _place, _field, is_error in cells):
        cells = [cell for cell in cells if cell[2]]
    row, column = start
    order = {field: number for number, field in enumerate(fields)}
    here = (row, order.get(column, 0))
    after = [cell for cell in cells if (cell[0], order[cell[1]]) >= here]
    found = next(iter(after or cells), None)
    return (found[0], found[1]) if found is not None else None


def _problems(
    row: PlannedRow, fields: Sequence[str], group: str | None
) -> Iterator[tuple[str, bool]]:
    """The cells of a row with a problem, in the order of the columns, and whether it rejects."""
    for field in fields:
        issues = [
            issue
            for issue in row.issues
            if issue.column == field
            and (group is None or issue_group(issue.code, issue.column) == group)
        ]
        if issues:
            yield field, any(issue.severity == _ERROR for issue in issues)


def may_leave_out(parent: QWidget, preview: Preview) -> bool:
    """Whether the import goes on although rows are rejected; without any, nothing is asked."""
    from imp_plus_desktop.ui.dialogs.question import Question

    count = preview.counts.rejected
    if not count:
        return True
    sentence = ngettext(
        "{count} row is rejected and stays out of the register. It can be mended here first, or "
        "saved apart for whoever sent the list.",
        "{count} rows are rejected and stay out of the register. They can be mended here first, "
        "or saved apart for whoever sent the list.",
        count,
    )
    title = ngettext("Leave {count} row out?", "Leave {count} rows out?", count)
    number = format_number(count)
    question = Question(
        parent,
        title.format(count=number),
        sentence.format(count=number),
        import_button(preview),
        ngettext("Look at the row", "Look at the rows", count),
    )
    return question.ask() is True
