# SPDX-License-Identifier: Apache-2.0
"""From a person's page, every value shows where it comes from."""

from datetime import date
from pathlib import Path

import office_builders as build
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.ui.person.actions.file_table import ORIGINS
from imp_plus_desktop.ui.person.person_origins import OriginsDialog
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.origin_texts import origin_text
from tests.ui.helpers import assert_accessible


def test_the_page_of_a_person_tells_where_each_value_comes_from(
    qtbot: QtBot, tmp_path: Path
) -> None:
    office = open_office(tmp_path / "bureau.imp", today=date(2026, 11, 22))
    build.import_file(office, build.FILES / "messy-2023.xlsx")
    shell = Shell(office, inline_tasks=True)
    panel = PersonPanel(shell)
    qtbot.addWidget(panel)
    panel.show_person(1)
    panel.do(ORIGINS.do)
    (dialog,) = panel.window().findChildren(OriginsDialog)
    dialog.choose("citizenship")
    texts = {x.text() for x in dialog.findChildren(QLabel)}
    assert "Liste 2023, row 6 · column “Citoyenneté”" in texts
    assert {"G", "France", "N", "2023-08-20"} <= texts
    row = dialog.table.current_row()
    assert row is not None
    assert (row.file_name, row.cell) == ("messy-2023.xlsx", "G6")
    assert_accessible(dialog)
    # The source is read whole; what the other columns leave of their room goes to it.
    dialog.show()
    last = dialog.table.model().columnCount() - 1
    wide = dialog.table.fontMetrics().horizontalAdvance(origin_text(row))
    assert dialog.table.columnWidth(last) > wide
    dialog.close()
    shell.tasks.close()
    office.close()
