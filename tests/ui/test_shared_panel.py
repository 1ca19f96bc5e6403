# SPDX-License-Identifier: Apache-2.0
"""One person's page for all lists of a window: each finds it again as it was left there."""

from __future__ import annotations

from collections.abc import Iterator

import office_builders as build
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.codes import ContactKind
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, folder, people
from imp_plus_desktop.ui.lists.person_list import PersonListPage
from imp_plus_desktop.ui.person.panel_state import FIRST_OPENED
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.person.sections.person_sections import CollapsibleSection
from imp_plus_desktop.ui.verdicts.verdict_panel import VerdictPanel
from imp_plus_desktop.ui.window.main_window import MainWindow
from tests.ui.helpers import assert_accessible
from tests.ui.person_fixtures import says, texts

pytestmark = pytest.mark.mostly_long(
    "test_a_window_has_no_panel_before_a_list_is_opened_and_one_after_all_are",
    "test_each_list_shows_its_own_person_where_it_was_scrolled_to",
    "test_the_family_is_expanded_beside_the_list_of_the_family_alone",
    "test_a_person_who_goes_leaves_no_trace_beside_another_list",
)

LISTS = ("people", "applications", "permits", "family", "deadlines")


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    for number in range(1, 5):
        person = build.invite(office, number)
        build.receive(office, person)
        build.add_member(office, person)
    build.issue(office, build.an_approved(office, 9))
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


def opened(window: MainWindow, key: str) -> PersonListPage:
    page = window.open_page(key)
    assert isinstance(page, PersonListPage)
    settle()
    return page


def settle() -> None:
    for _turn in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def verdict_of(panel: PersonPanel) -> VerdictPanel:
    return panel.findChildren(VerdictPanel)[0]


def bar_of(panel: PersonPanel) -> int:
    return panel.findChildren(QScrollArea)[0].verticalScrollBar().value()


def scroll_to(panel: PersonPanel, value: int) -> None:
    panel.findChildren(QScrollArea)[0].verticalScrollBar().setValue(value)


def expanded(panel: PersonPanel) -> set[str]:
    return {s.key for s in panel.findChildren(CollapsibleSection) if s.is_open()}


def test_a_window_has_no_panel_before_a_list_is_opened_and_one_after_all_are(
    window: MainWindow,
) -> None:
    assert not window.findChildren(PersonPanel)
    panels = {opened(window, key).panel for key in LISTS}
    assert len(panels) == 1
    assert len(window.findChildren(PersonPanel)) == 1
    (panel,) = panels
    assert panel.isVisible()


def test_each_list_shows_its_own_person_where_it_was_scrolled_to(window: MainWindow) -> None:
    page = opened(window, "people")
    page.table.select_id(page.table.ids()[2])
    for key in ("applications", "letters", "residences", "passports", "documents"):
        page.panel.expand(key)
    page.panel.explain()
    settle()
    scroll_to(page.panel, 150)
    first, down = page.panel.person_id(), bar_of(page.panel)
    assert down == 150
    other = opened(window, "applications")
    other.table.select_id(other.table.ids()[0])
    settle()
    assert other.panel.person_id() == other.current_person() != first
    assert expanded(other.panel) == FIRST_OPENED
    assert bar_of(other.panel) == 0
    window.open_page("overview")
    again = opened(window, "people")
    assert again.panel.person_id() == first == again.current_person()
    assert {"applications", "letters", "documents"} <= expanded(again.panel)
    assert bar_of(again.panel) == down
    assert verdict_of(again.panel).is_expanded()
    back = opened(window, "applications")
    assert expanded(back.panel) == FIRST_OPENED
    assert not verdict_of(back.panel).is_expanded()


def test_the_family_is_expanded_beside_the_list_of_the_family_alone(window: MainWindow) -> None:
    assert expanded(opened(window, "people").panel) == FIRST_OPENED
    assert "family" in expanded(opened(window, "family").panel)
    assert "family" not in expanded(opened(window, "people").panel)
    assert "family" in expanded(opened(window, "family").panel)


def test_a_list_keeps_its_border_while_the_panel_is_away(window: MainWindow) -> None:
    sizes = {}
    for key in LISTS:
        page = opened(window, key)
        splitter = page.findChild(QSplitter)
        assert splitter is not None
        splitter.setSizes([700, splitter.width() - 700])
        settle()
        sizes[key] = splitter.sizes()
    for key in LISTS:
        page = opened(window, key)
        splitter = page.findChild(QSplitter)
        assert splitter is not None
        assert splitter.sizes() == sizes[key]
        right = splitter.widget(1)
        assert page.panel.mapTo(splitter, QPoint(0, 0)).x() == right.x()
        assert page.panel.width() == right.width()


def test_the_keys_go_from_the_list_into_the_panel_beside_it(window: MainWindow) -> None:
    for key in (*LISTS, *LISTS):
        page = opened(window, key)
        assert window.focusWidget() is page.table
        seen: list[QWidget] = []
        for _step in range(12):
            window.focusNextChild()
            focused = window.focusWidget()
            assert focused is not None
            seen.append(focused)
        assert all(page.panel.isAncestorOf(widget) for widget in seen), key
        places = [widget.mapTo(page.panel, QPoint(0, 0)).y() for widget in seen]
        assert places == sorted(places), "from the top down"
        assert_accessible(page)


def test_what_is_done_beside_one_list_shows_beside_the_others(
    window: MainWindow, office: Office
) -> None:
    page = opened(window, "people")
    person = page.current_person()
    assert person is not None
    page.panel.expand("notes")
    done = folder.add_note(office, person, "Called back on Monday")
    window.shell.changed("Note added", done.act)
    settle()
    assert says(page.panel, "Called back on Monday")
    other = opened(window, "applications")
    rows = other.fetch(other.shown_ids())
    other.table.select_id(other.table.ids()[[row.person_id for row in rows].index(person)])
    other.panel.expand("notes")
    settle()
    assert says(other.panel, "Called back on Monday")
    people.edit(office, person, {"family_name": "Ouellet"})
    window.shell.changed()
    settle()
    assert says(other.panel, "Ouellet")
    assert any(row.name.startswith("Ouellet") for row in other.fetch(other.shown_ids()))
    again = opened(window, "people")
    assert says(again.panel, "Ouellet")
    assert any(row.name.startswith("Ouellet") for row in again.fetch(again.shown_ids()))
    window.undoing.undo()
    settle()
    assert not says(again.panel, "Ouellet")
    assert not says(opened(window, "applications").panel, "Ouellet")


def test_a_file_of_another_that_says_the_same_number_shows_at_once(
    window: MainWindow, office: Office
) -> None:
    page = opened(window, "people")
    mine, other = page.shown_ids()[0], page.shown_ids()[3]
    page.table.select_id(mine)
    folder.save_passport(office, mine, None, "XX123456", build.TODAY.replace(year=2030))
    window.shell.changed()
    page.panel.explain()
    settle()
    before = sorted(texts(page.panel))
    folder.save_passport(office, other, None, "XX123456", build.TODAY.replace(year=2030))
    window.shell.changed()
    page.panel.explain()
    settle()
    assert sorted(texts(page.panel)) != before


def test_a_person_who_goes_leaves_no_trace_beside_another_list(
    window: MainWindow, office: Office
) -> None:
    opened(window, "people")
    person = build.invite(office, 30, family_name="Zzz")
    window.shell.changed()
    page = opened(window, "people")
    page.open_with(person)
    settle()
    assert page.panel.person_id() == person
    opened(window, "applications")
    window.undoing.undo()
    page = opened(window, "people")
    assert page.panel.person_id() == page.current_person() != person
    assert not says(page.panel, "Zzz")


def test_a_note_in_one_file_does_not_fill_the_page_of_another_anew(
    window: MainWindow, office: Office
) -> None:
    page = opened(window, "people")
    shown, other = page.shown_ids()[0], page.shown_ids()[2]
    page.table.select_id(shown)
    settle()
    relatives = page.panel.findChildren(QWidget)
    contacts.save(office, other, None, ContactKind.CALLED, "elsewhere")
    window.shell.changed()
    settle()
    assert page.panel.findChildren(QWidget) == relatives
    contacts.save(office, shown, None, ContactKind.CALLED, "here")
    window.shell.changed()
    settle()
    assert page.panel.findChildren(QWidget) != relatives


def test_the_language_changes_in_the_panel_too(window: MainWindow) -> None:
    page = opened(window, "people")
    window.set_language("fr", keep=False)
    settle()
    assert says(page.panel, "Chronologie")
    window.open_page("overview")
    window.set_language("en", keep=False)
    assert says(opened(window, "applications").panel, "Timeline")
