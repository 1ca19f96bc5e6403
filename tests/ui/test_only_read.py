# SPDX-License-Identifier: Apache-2.0
"""In a register that is only read, what would write is greyed as what a role does not allow is,
with why nobody does it here; what can leave it all the same stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import office_builders as build
import pytest
from disks import a_disk, closed
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal.places import moved
from imp_plus_desktop.ui.dialogs.office.journal import JournalDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.lists.people import PeoplePage
from imp_plus_desktop.ui.look import allowed
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.person.values.in_place import InPlace
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.search.command_rows import command_row
from imp_plus_desktop.ui.window.main_window import MainWindow

pytestmark = pytest.mark.of_a_file("what is only read is a file, or a copy of one")
MOVED = "This register is only read: it was moved, and goes on in the other place."
DISC = "This register is only read: nothing can be written where it lies."
LEAVES = {
    *("file.export", "file.export_all", "file.export_register", "file.backup", "file.pdf"),
    *("file.print", "person.print", "person.pdf", "person.write", "document.extract"),
    *("report.list", "report.quota", "report.year", "deadlines.calendar"),
}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, which root too can only read once it is `closed`."""
    with a_disk(tmp_path, "20m") as made:
        yield made


@pytest.fixture
def window(office: Office, disk: Path, qtbot: QtBot) -> Iterator[Callable[[str], MainWindow]]:
    """The window on a register of one person that was moved, or lies on a disk that may only be
    read."""
    build.invite(office)
    path = office.register_path
    office.close()
    opened: list[Office] = []

    def show(why: str) -> MainWindow:
        where = disk / "only-read.imp"
        shutil.copyfile(path, where)
        first = open_office(where, today=build.TODAY)
        if why == "moved":
            with first.register.db.writing():
                moved.mark(first.register.db, "postgresql://desk@elsewhere/imp")
        first.close()
        if why == "only_read":
            closed(disk)
        opened.append(open_office(where, today=build.TODAY))
        assert opened[0].rights.reading == why
        made = MainWindow(opened[0])
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    yield show
    for one in opened:
        one.close()


def at_people(window: MainWindow) -> PeoplePage:
    page = window.open_page("people")
    assert isinstance(page, PeoplePage)
    page.table.select_first()
    window.menu_actions.enable(window.action_state())
    return page


@pytest.mark.parametrize(("why", "said"), [("moved", MOVED), ("only_read", DISC)])
def test_what_would_write_is_greyed_and_says_why(
    window: Callable[[str], MainWindow], why: str, said: str
) -> None:
    shown = window(why)
    page = at_people(shown)
    bar = shown.menu_actions
    writing = [spec.id for spec in bar.table() if allowed.act_of(spec.id)]
    greyed = {name for name in writing if bar.action(name).toolTip() == said}
    assert set(writing) - greyed <= (LEAVES if why == "only_read" else set())
    assert not any(bar.action(name).isEnabled() for name in greyed)
    assert {bar.action(name).statusTip() for name in greyed} == {said}
    for name in ("person.edit", "person.note", "file.import", "edit.add_person", "person.receive"):
        assert not bar.action(name).isEnabled(), name
        assert bar.action(name).toolTip() == said, name
    for name in ("view.people", "file.settings", "person.history", "edit.find"):
        assert bar.action(name).isEnabled(), name
    assert bar.action("file.export").isEnabled() is (why == "only_read")
    made = [b for b in page.panel.findChildren(ActionButton) if allowed.act_of(b._offer.id)]
    assert made
    for button in made:
        if button._offer.id not in LEAVES:
            assert not button.isEnabled(), button._offer.id
            assert said in button.toolTip()
    edit = next(spec for spec in bar.table() if spec.id == "person.edit")
    row = command_row(edit, shown.action_state(), lambda _do: None)
    assert (row.enabled, row.detail) == (False, "this register is only read")


def test_a_form_is_read_and_a_value_says_why(
    window: Callable[[str], MainWindow], qtbot: QtBot
) -> None:
    shown = window("moved")
    page = at_people(shown)
    body = page.panel.findChild(PersonBody)
    assert body is not None
    line = next(
        one
        for one in body.reveal("reach").findChildren(ValueLine)
        if one.value().field.named == "phone"
    )
    line.click()
    assert not page.panel.findChildren(InPlace)[0].line(), "nothing is typed for nothing"
    assert any(MOVED in one.text() for one in page.panel.findChildren(QLabel))
    dialog = NoteDialog(shown.shell.office, 1, parent=shown)
    qtbot.addWidget(dialog)
    dialog.show()
    assert any(MOVED in one.text() for one in dialog.findChildren(QLabel))
    accent = next(b for b in dialog.findChildren(QPushButton) if b.property("role") == "accent")
    assert not accent.isEnabled()


def test_what_was_done_and_the_family_offer_nothing_that_writes(
    window: Callable[[str], MainWindow], qtbot: QtBot
) -> None:
    shown = window("moved")
    overview = shown.open_page("overview")

    def to_undo() -> list[QPushButton]:
        return [b for b in overview.findChildren(QPushButton) if b.text() == "Undo"]

    qtbot.waitUntil(lambda: bool(to_undo()))
    undo = to_undo()
    page = at_people(shown)
    add = [b for b in page.findChildren(QPushButton) if b.text() == "Add a member…"]
    assert add
    journal = JournalDialog(shown.shell, shown)
    qtbot.addWidget(journal)
    journal.show()
    journal.table.select_first()
    for button in (*undo, *add, journal.undo):
        assert not button.isEnabled()
        assert button.toolTip() == MOVED
