# SPDX-License-Identifier: Apache-2.0
"""Families inside lists of people go in through the window: its columns, its rows, its summary."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.imports import import_session as steps
from imp_plus_desktop.ui.imports.imports import ImportsPage
from tests.ui.helpers import accessible_name
from tests.ui.import_fixtures import office, page

OWN = ("Réf. individuelle", "Nom", "Prénom", "Né(e) le", "Citoyenneté", "Date de la lettre")
PERSON = ("C1000001", "Benali", "Amine", date(1990, 4, 2), "Maroc", date(2023, 9, 1))
BESIDE = {
    "Conjoint": "Haddad, Salma",
    "Enfant 1 – prénom": "Ines",
    "Enfant 1 – nom": "Benali",
    "Enfant 1 – né le": date(2015, 3, 4),
}


__all__ = ["office", "page"]


def a_list(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def columns(page: ImportsPage) -> dict[str, tuple[str, str]]:
    """Where each column goes and why, by its header."""
    assert page.flow.step() == steps.COLUMNS
    model = page.flow.columns._view.model()
    return {
        model.index(row, 1).data(): (model.index(row, 3).data(), model.index(row, 4).data())
        for row in range(model.rowCount())
    }


def heads(page: ImportsPage) -> set[str]:
    """The titles of the tables that the page shows."""
    models = [view.model() for view in page.findChildren(QTableView) if view.isVisibleTo(page)]
    return {
        str(m.headerData(at, Qt.Orientation.Horizontal))
        for m in models
        for at in range(m.columnCount())
    }


def said(page: ImportsPage) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)}


def buttons(page: ImportsPage) -> set[str]:
    return {one.text() for one in page.findChildren(QPushButton) if one.isVisibleTo(page)}


def test_members_beside_a_person_are_shown_column_by_column_and_go_in(
    page: ImportsPage, office: Office, tmp_path: Path
) -> None:
    page.open_with(a_list(tmp_path / "a.xlsx", (*OWN, *BESIDE), (*PERSON, *BESIDE.values())))
    assert "people and family members" in said(page)
    page.flow.go_on()
    found = columns(page)
    assert found["Conjoint"] == ("Spouse – Full name", "look of its values, 80%")
    assert found["Enfant 1 – né le"] == (
        "Child 1 – Date of birth", "of a member of the family, 95%",
    )  # fmt: skip
    page.flow.go_on()
    assert {"Spouse – Given names", "Child 1 – Date of birth"} <= heads(page)
    assert "Import 1 person and 2 family members" in buttons(page)
    page.flow.go_on()
    assert page.flow.step() == steps.SUMMARY
    members = people.file(office, 1).members
    assert [member.full_name for member in members] == ["Salma Haddad", "Ines Benali"]


def test_a_column_may_be_given_to_a_member_by_hand(
    page: ImportsPage, office: Office, tmp_path: Path
) -> None:
    page.open_with(a_list(tmp_path / "a.xlsx", (*OWN, "Fils"), (*PERSON, "Benali, Adam")))
    page.flow.go_on()
    assert columns(page)["Fils"][0] == "(kept with the import)"
    page.flow.columns.choose_field(6, "child_1_full_name")
    page.flow.go_on()
    page.flow.go_on()
    assert [member.given_names for member in people.file(office, 1).members] == ["Adam"]


def test_members_among_people_are_told_apart_and_one_of_nobody_is_asked_about(
    page: ImportsPage, office: Office, tmp_path: Path
) -> None:
    headers = ("N° de famille", "Rôle", *OWN)
    rows = (
        ("F1", "Requérant principal", *PERSON),
        ("F1", "Conjointe", None, "Haddad", "Salma", date(1992, 5, 6), "Tunisie", None),
        ("F9", "Enfant", None, "Sow", "Awa", date(2016, 5, 6), "Sénégal", None),
    )
    page.open_with(a_list(tmp_path / "a.xlsx", headers, *rows))
    assert "people and family members" in said(page)
    page.flow.go_on()
    found = columns(page)
    assert (found["N° de famille"][0], found["Rôle"][0]) == ("Family no.", "Relation")
    page.flow.go_on()
    assert "Import 1 person and 1 family member" in buttons(page)
    asked = {accessible_name(widget) for widget in page.findChildren(QWidget)}
    assert any("Say whose family it is" in text for text in (*asked, *said(page), *buttons(page)))
