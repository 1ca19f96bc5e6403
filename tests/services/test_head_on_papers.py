# SPDX-License-Identifier: Apache-2.0
"""The head of the journal stands on reports, closings and workbooks, and is found again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from new_registers import new_office
from office_builders import TODAY, import_file, invite, set_cap

from imp_plus_desktop.domain.quota.reports import ReportKind
from imp_plus_desktop.services.exports import export_process, exports
from imp_plus_desktop.services.exports.exports import ShownColumn
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.quota import periods, reports
from imp_plus_desktop.words.proof.check_texts import head_text, short_head_text

pytestmark = pytest.mark.usefixtures("reads_here")


class Silent:
    def step(self, _done: int, _total: int) -> None:
        pass


def said_by(path: Path) -> tuple[str, set[str], set[str]]:
    """What a workbook says of itself: in its properties, at its feet, and in its cells."""
    book = openpyxl.load_workbook(path)
    feet = {str(sheet.oddFooter.right.text) for sheet in book}
    cells = {str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row}
    return str(book.properties.description), feet, cells


def test_every_workbook_says_it_in_no_cell_and_a_list_stays_a_list(
    office: Office, tmp_path: Path
) -> None:
    invite(office, 1)
    head = checking.head(office)
    path = tmp_path / "people.xlsx"
    exports.export(office, "people", path)
    comment, feet, cells = said_by(path)
    assert comment == f"Head of the journal: {head_text(head)}"
    assert feet == {f"Journal {short_head_text(head)}"}
    assert not any(short_head_text(head) in cell for cell in cells)
    assert import_file(office, path).counts.unchanged == 1
    assert checking.check(office, short_head_text(head)).against == "ok"


def test_what_a_child_writes_says_it_too(office: Office, tmp_path: Path) -> None:
    invite(office, 1)
    head, path = checking.head(office), tmp_path / "shown.xlsx"
    rows = [("a",)] * export_process.SHORT
    asked = (office, "people", "List", path, [ShownColumn("Name")], rows, len(rows), {1})
    export_process.export_shown(*asked, Silent())
    assert said_by(path)[1] == {f"Journal {short_head_text(head)}"}


def test_a_report_says_it_of_now_and_a_closing_of_then(tmp_path: Path) -> None:
    office = new_office(tmp_path / "register.imp", TODAY.replace(year=2024))
    set_cap(office, 10)
    act = periods.close(office, 2023)
    then = checking.head_at(office, act)
    assert then == checking.head(office)
    invite(office, 1)
    kept = periods.closed(office, 2023)
    assert kept is not None
    exports.export_closing(office, tmp_path / "closing.xlsx", kept, ())
    assert head_text(then) in said_by(tmp_path / "closing.xlsx")[2]
    now = checking.head(office)
    made = reports.make(office, reports.period_of(ReportKind.YEARLY, 2024, None))
    exports.export_report(office, tmp_path / "report.xlsx", made)
    assert head_text(now) in said_by(tmp_path / "report.xlsx")[2]
    found = checking.check(office, then)
    assert (found.against, found.since) == ("ok", 3)
    assert checking.head_at(office, None) == ""
    office.close()


def test_a_register_without_a_journal_has_no_head(office: Office, tmp_path: Path) -> None:
    exports.export(office, "people", tmp_path / "empty.xlsx")
    comment, feet, _cells = said_by(tmp_path / "empty.xlsx")
    assert (comment, feet) == ("None", {"None"})
