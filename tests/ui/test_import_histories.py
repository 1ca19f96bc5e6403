# SPDX-License-Identifier: Apache-2.0
"""A list that tells of several applications goes in through the window, and the file shows them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import office_builders as build
import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QTableView

from imp_plus_desktop import i18n
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.imports import import_session as steps
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.person.sections.person_details import sections
from tests.ui.import_fixtures import office, page

__all__ = ["office", "page"]


def walk_to_check(page: ImportsPage, path: Path) -> None:
    page.open_with(path)
    page.flow.go_on()
    page.flow.go_on()
    assert page.flow.step() == steps.CHECK


def shown(page: ImportsPage) -> set[str]:
    """What the tables of the page say."""
    models = [view.model() for view in page.findChildren(QTableView) if view.isVisibleTo(page)]
    return {
        str(model.index(row, column).data())
        for model in models
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }


def entries(office: Office, ref: str) -> list[str]:
    """The applications and permits of a file as its page tells of them, with their facts."""
    file = people.file(office, people.find(office, ref))
    told = {s.key: s for s in sections(file, office.clock.today(), office.programme())}
    return [f"{entry.text} | {entry.detail}" for entry in told["applications"].entries]


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "A76 · Prolongation · W1"), ("en", "A76 · Extension · W1")]
)
def test_two_rows_of_one_person_go_in_and_the_file_shows_both(
    page: ImportsPage, office: Office, lang: str, said: str
) -> None:
    i18n.use(lang)
    walk_to_check(page, build.FILES / "two-applications.xlsx")
    page.flow.go_on()
    told = entries(office, "C2000001")
    assert len(told) == 4
    assert said in told[2]


def test_columns_side_by_side_are_named_on_the_page_of_columns(
    page: ImportsPage, tmp_path: Path
) -> None:
    row = {build.HEADERS[n]: v for n, v in build.a_row(1).items()}
    row |= {"N° de demande": "W1", "Prolongation – n° de demande": "W2", "N° de demande 3": "W3"}
    row |= {"Remarques": "rien"}
    book = Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    book.save(tmp_path / "liste.xlsx")
    page.open_with(tmp_path / "liste.xlsx")
    page.flow.go_on()
    wanted = {"Application no.", "Application no. – extension", "Application no. – 3", "Remarks"}
    assert wanted <= shown(page)


def test_the_date_of_a_letter_is_taken_or_kept_like_any_conflict(
    page: ImportsPage, office: Office
) -> None:
    build.import_file(office, build.FILES / "letter-a.xlsx")
    walk_to_check(page, build.FILES / "letter-b.xlsx")
    assert page.flow.check.sides.table.isVisibleTo(page)
    preview = page.flow.preview()
    assert preview is not None
    assert [(c.field, c.taken) for c in preview.conflicts] == [("letter_date", False)]


def test_the_file_says_what_number_an_application_had_before(
    office: Office, tmp_path: Path
) -> None:
    for name, number in (("a", "W100000001"), ("b", "W900000009")):
        row = build.a_row(1, application_number=number, received_at=date(2023, 9, 20))
        build.import_file(office, build.a_list(tmp_path / f"{name}.xlsx", [row]))
    (told,) = entries(office, "C1000001")
    assert "W900000009" in told
    assert "formerly W100000001" in told
