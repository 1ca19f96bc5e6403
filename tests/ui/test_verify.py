# SPDX-License-Identifier: Apache-2.0
"""The register verified in the window: its head to write down, the check, a head kept before."""

import time

import pytest
from office_builders import invite
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.copies import health
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.ui.dialogs.care.health import HealthDialog
from imp_plus_desktop.ui.dialogs.care.verify import VerifyDialog
from imp_plus_desktop.ui.window.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    invite(office, 1)
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(window: MainWindow) -> VerifyDialog:
    window.menu_actions.action("help.verify").trigger()
    (found,) = window.findChildren(VerifyDialog)
    return found


def words(dialog: VerifyDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog))


def test_the_head_is_there_to_read_and_to_copy_and_follows_the_register(
    dialog: VerifyDialog, window: MainWindow, office: Office
) -> None:
    head = checking.head(office)
    assert dialog.head.text().replace(" ", "") == head[:16]
    assert [len(part) for part in dialog.head.text().split()] == [4] * 4
    dialog.copy()
    assert QGuiApplication.clipboard().text() == head
    people.edit(office, people.find(office, "#1"), {"phone": "514-555-0101"})
    window.shell.changed()
    assert dialog.head.text().replace(" ", "") == checking.head(office)[:16] != head[:16]


def test_what_was_written_down_is_found_again_with_what_came_since(
    dialog: VerifyDialog, office: Office
) -> None:
    dialog.written.setText(dialog.head.text())
    people.edit(office, people.find(office, "#1"), {"phone": "514-555-0101"})
    QTest.keyClick(dialog.written, Qt.Key.Key_Return)
    assert dialog.isVisible()  # Enter verifies, and closes nothing
    assert dialog.said.text() == "Everything is as the journal tells it."
    assert dialog.against.text() == "The chain holds this head; 1 act came after it."
    assert words(dialog).count("✓") == 9
    assert "✕" not in words(dialog)


def test_a_head_of_another_register_and_one_that_is_too_short_are_told(
    dialog: VerifyDialog, office: Office
) -> None:
    before = checking.head(office)
    dialog.written.setText("0123 4567 89AB cdef")
    dialog.verify()
    assert dialog.against.text().startswith("The chain does not hold this head")
    assert dialog.said.text() == "Everything is as the journal tells it."
    dialog.written.setText("0123")
    dialog.verify()
    assert "16" in dialog.against.text()
    assert checking.head(office) == before


def test_what_was_changed_behind_the_program_is_told_in_words_of_the_office(
    dialog: VerifyDialog, office: Office
) -> None:
    office.register.db.execute_sql("UPDATE person SET phone = '1' WHERE id = 1")
    dialog.verify()
    # The row itself, and what the lists show of it.
    assert dialog.said.text().startswith("2 things are not as they should be.")
    assert "What a list shows is not what the file says. (differs: person: 1)" in words(dialog)
    assert "A file is not what the journal tells of it. (changed: person 1)" in words(dialog)


def test_a_journal_that_was_altered_names_the_act(dialog: VerifyDialog, office: Office) -> None:
    office.register.db.execute_sql("UPDATE act SET who = 'nobody' WHERE id = 1")
    dialog.verify()
    assert "From act no. 1 on, the journal is not what was written." in words(dialog)


def test_a_check_can_be_stopped(
    dialog: VerifyDialog, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_office: Office, _typed: str, progress: Progress) -> None:
        while True:
            progress.step(1, 9)
            time.sleep(0.01)

    monkeypatch.setattr(health, "verify", endless)
    window.shell.tasks._inline = False
    dialog.verify()
    qtbot.waitUntil(lambda: dialog.said.text() == "Checking the register… 1 of 9")
    assert not dialog._verify.isEnabled()
    dialog.stop()
    qtbot.waitUntil(lambda: dialog.said.text().startswith("Stopped before the end"))
    assert dialog._verify.isEnabled()


def test_the_state_of_the_register_leads_there(window: MainWindow) -> None:
    window.menu_actions.action("help.health").trigger()
    (state,) = window.findChildren(HealthDialog)
    (way,) = [b for b in state.findChildren(QPushButton) if "write down the head" in b.text()]
    way.click()
    assert len(window.findChildren(VerifyDialog)) == 1
