# SPDX-License-Identifier: Apache-2.0
"""The questions of a file that a person can answer: which columns, whose names, which order of the
dates.

    ask(file_step, columns_step, session)      show what the file just read leaves open

Must not plan anything.
"""

from imp_plus_desktop.ui.imports import import_work
from imp_plus_desktop.ui.imports.import_session import ImportSession
from imp_plus_desktop.ui.imports.steps.import_columns import ColumnsStep
from imp_plus_desktop.ui.imports.steps.import_file import FileStep


def ask(file: FileStep, columns: ColumnsStep, session: ImportSession) -> None:
    """Show the question that there is instead of a plan, where it is answered."""
    opened, name = session.opened, session.name()
    assert opened is not None
    assert opened.question is not None
    column = str(opened.question.parameters.get("column", ""))
    if opened.question.code == import_work.AMBIGUOUS:
        file.ask_order(name, column)
    elif opened.question.code == import_work.NO_FAMILY_NAME:
        columns.show_preview(None, opened.raw, without_family_name=column)
        file.ask_names(name, column)
    else:
        columns.show_preview(None, opened.raw)
        hidden = [sheet.name for sheet in opened.source.workbook.sheets if sheet.hidden]
        file.show_no_list(name, bool(opened.raw), hidden, session.choices.sheet)
