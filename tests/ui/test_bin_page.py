# SPDX-License-Identifier: Apache-2.0
"""A file moved to the bin by clicking, found there, restored, and each step taken back."""

from collections.abc import Iterator
from typing import Any

import office_builders as build
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.ui.imports.imports import ImportsPage
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.pages.bin import BinPage
from imp_plus_desktop.ui.person import person_history
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible, number_beside
from tests.ui.person_fixtures import answer, fill, office, press_ok, says, texts

pytestmark = pytest.mark.mostly_long(
    "test_the_bin_lists_who_when_why_and_one_click_restores",
    "test_a_number_taken_meanwhile_is_said_and_nothing_is_restored",
)

__all__ = ["office"]

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(params=["fr", "en"])
def window(request: pytest.FixtureRequest, qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    """Two people; the first has a place of the cap and a family."""
    first = build.invite(office, 1)
    build.receive(office, first)
    build.add_member(office, first)
    build.invite(office, 2)
    before = i18n.current_language()
    i18n.use(request.param)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    i18n.use(before)


def french() -> bool:
    return i18n.current_language() == "fr"


def in_register(office: Office) -> list[int]:
    return list(people.ids(office, PeopleFilter()))


def the_bin(window: MainWindow) -> BinPage:
    page = window.open_page("bin")
    assert isinstance(page, BinPage)
    return page


def move_to_bin(qtbot: QtBot, window: MainWindow, person: int, reason: str) -> list[str]:
    """Move a file to the bin by its menu; what the dialog says."""
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    assert page.table.select_id(person)
    told: list[str] = []

    def remove(dialog: Any) -> None:
        told.extend(texts(dialog))
        press_ok(qtbot, dialog)
        assert dialog.isVisible(), "without a reason it stays"
        fill(dialog, reason=reason)
        press_ok(qtbot, dialog)

    seen = answer(remove)
    window.menu_actions.action("person.remove").trigger()
    assert seen == ["Mettre le dossier à la corbeille" if french() else "Move the file to the bin"]
    return told


def test_a_file_is_moved_to_the_bin_from_its_menu_and_undo_brings_it_back(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    first, second = in_register(office)
    told = move_to_bin(qtbot, window, first, "Saisi deux fois")
    place = "place 1 de 2023" if french() else "place 1 of 2023"
    assert any(place in line for line in told)
    assert place in window.status.text()
    assert in_register(office) == [second]
    page = window.current_page()
    assert isinstance(page, PeoplePage)
    assert list(page.table.ids()) == [second]
    assert not says(page.panel, "Benalibb")
    window.menu_actions.action("edit.undo").trigger()
    assert in_register(office) == [first, second]
    assert file_bin.files(office) == []
    window.menu_actions.action("edit.redo").trigger()
    assert in_register(office) == [second]
    assert the_bin(window).table.ids()[0] == first


def test_the_empty_bin_teaches_what_it_is_for(window: MainWindow) -> None:
    page = the_bin(window)
    assert says(page, "La corbeille est vide" if french() else "The bin is empty")
    assert not page.restore_button.isVisible()
    assert number_beside(page) == ""
    assert not page.focus_search()


def test_the_bin_lists_who_when_why_and_one_click_restores(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    office.settings.user_name = "J. Tremblay"
    first, second = in_register(office)
    move_to_bin(qtbot, window, first, "Saisi deux fois")
    page = the_bin(window)
    assert_accessible(page)
    assert number_beside(page) == "1"
    for text in ("Saisi deux fois", "J. Tremblay", "Benalibb, Amine", "C1000001"):
        assert says(page, text), text
    qtbot.mouseClick(page.restore_button, LEFT)
    assert in_register(office) == [first, second]
    assert people.file(office, first).applications[0].place == 1
    assert says(page, "La corbeille est vide" if french() else "The bin is empty")
    assert "Benalibb" in window.status.text()
    window.menu_actions.action("edit.undo").trigger()
    assert in_register(office) == [second]
    assert list(page.table.ids()) == [first]
    window.menu_actions.action("edit.redo").trigger()
    assert in_register(office) == [first, second]


def test_the_bin_has_a_search_of_its_own(qtbot: QtBot, office: Office, window: MainWindow) -> None:
    first, second = in_register(office)
    file_bin.delete(office, first, "Saisi deux fois")
    file_bin.delete(office, second, "Autre bureau")
    window.shell.changed()
    page = the_bin(window)
    assert list(page.table.ids()) == [second, first]
    page.set_search("deux fois")
    assert list(page.table.ids()) == [first]
    page.set_search("rien de tel")
    assert list(page.table.ids()) == []
    assert not page.restore_button.isEnabled()
    page.set_search("")
    page.open_with(first)
    assert says(page, "Saisi deux fois")


def test_a_number_taken_meanwhile_is_said_and_nothing_is_restored(
    qtbot: QtBot, office: Office, window: MainWindow
) -> None:
    first, second = in_register(office)
    file_bin.delete(office, first, "Saisi deux fois")
    people.edit(office, second, {"individual_reference": "C1000001"})
    window.shell.changed()
    page = the_bin(window)
    qtbot.mouseClick(page.restore_button, LEFT)
    assert f"#{second}" in window.status.text()
    assert in_register(office) == [second]
    assert list(page.table.ids()) == [first]


def test_the_history_of_a_file_that_was_away_says_so_in_one_line(
    office: Office, window: MainWindow
) -> None:
    first, _second = in_register(office)
    file_bin.delete(office, first, "Saisi deux fois")
    file_bin.restore(office, first)
    lines = person_history.lines(history.changes(office, first), build.TODAY, {})
    back, out = (
        ("Dossier entier ramené", "Dossier entier retiré")
        if french()
        else ("The whole file brought back", "The whole file taken out")
    )
    assert [line.text for line in lines[:2]] == [back, out]
    assert all(line.text not in (back, out) for line in lines[2:])


def test_a_row_of_a_list_about_a_file_in_the_bin_is_answered_in_the_window(
    qtbot: QtBot, office: Office, window: MainWindow, tmp_path: Any
) -> None:
    values = {k: v for k, v in build.person_values(1).items() if k in build.HEADERS}
    path = build.a_list(tmp_path / "list.xlsx", [values])
    first, second = in_register(office)
    file_bin.delete(office, first, "Saisi deux fois")
    build.import_file(office, path)
    window.shell.changed()
    page = window.open_page("imports")
    assert isinstance(page, ImportsPage)
    page.open_with("review")
    view = page.review
    assert says(view, "corbeille" if french() else "bin")
    words = "Restaurer le dossier" if french() else "Restore the file"
    restore = next(b for b in view.findChildren(QPushButton) if b.text() == words)
    qtbot.mouseClick(restore, LEFT)
    assert in_register(office) == [first, second]
    same = "Même personne" if french() else "Same person"
    join = next(b for b in view.findChildren(QPushButton) if b.text() == same)
    qtbot.mouseClick(join, LEFT)
    assert view.load() == 0
