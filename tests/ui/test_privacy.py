# SPDX-License-Identifier: Apache-2.0
"""The desk of whoever is in charge of personal information: files held and destroyed, incidents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import office_builders as build
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.privacy import incidents, retention
from imp_plus_desktop.ui.dialogs.privacy.privacy_forms import (
    EraseDialog,
    HoldDialog,
    IncidentDialog,
)
from imp_plus_desktop.ui.dialogs.privacy.privacy_lists import IncidentsDialog, RetentionDialog
from imp_plus_desktop.ui.window.main_window import MainWindow


@pytest.fixture
def closed(office: Office) -> Office:
    """An office years after a refusal."""
    build.decide(office, build.receive(office, build.invite(office, 1)).application, "refused")
    path = office.register_path
    office.close()
    return open_office(path, today=date(2031, 1, 1))


def a_window(qtbot: QtBot, office: Office) -> MainWindow:
    made = MainWindow(office, inline_tasks=True)
    qtbot.addWidget(made)
    made.show()
    return made


def click(qtbot: QtBot, dialog: object, text: str) -> None:
    found = dialog.findChildren(QPushButton)
    made = next(one for one in found if one.text() == text and one.isVisible())
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def answer(kind: type, do: Callable[[object], None]) -> None:
    """Do something to a dialog as soon as it waits for an answer."""

    def look() -> None:
        found = QApplication.activeModalWidget()
        if isinstance(found, kind):
            do(found)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def test_a_file_is_held_then_destroyed_with_its_name_typed(qtbot: QtBot, closed: Office) -> None:
    window = a_window(qtbot, closed)
    dialog = RetentionDialog(window.shell, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.list.count() == 1

    def keep(form: HoldDialog) -> None:
        form.form.set_values({"reason": "litige"})
        click(qtbot, form, "Keep the file")

    answer(HoldDialog, keep)
    click(qtbot, dialog, "Legal hold…")
    assert retention.due(closed)[0].clock.hold is not None
    click(qtbot, dialog, "Lift the legal hold")
    assert retention.due(closed)[0].clock.hold is None

    def destroy(form: EraseDialog) -> None:
        form.form.set_values({"reason": "retention is over"})
        ok = next(one for one in form.findChildren(QPushButton) if one.text() == "Destroy for good")
        assert not ok.isEnabled()
        line = form.form.field("name")
        assert isinstance(line, QLineEdit)
        qtbot.keyClicks(line, "benalibb, amine")
        assert ok.isEnabled()
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    answer(EraseDialog, destroy)
    click(qtbot, dialog, "Destroy…")
    qtbot.waitUntil(lambda: dialog.chosen() is None, timeout=20_000)
    assert dialog.list.item(0).text() == "No file is due, and none is on hold."
    with pytest.raises(InvalidInput, match="person_not_found"):
        people.find(closed, "C1000001")
    dialog.close()


def test_an_incident_is_entered_completed_and_closed(qtbot: QtBot, closed: Office) -> None:
    window = a_window(qtbot, closed)
    dialog = IncidentsDialog(window.shell, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.list.item(0).text() == "No incident is recorded."
    assert dialog.chosen() is None

    def enter(form: IncidentDialog) -> None:
        form.form.set_values({"circumstances": "a list to the wrong address"})
        click(qtbot, form, "Save the incident")

    answer(IncidentDialog, enter)
    click(qtbot, dialog, "New incident…")
    assert dialog.list.count() == 1
    click(qtbot, dialog, "Close the incident")
    assert incidents.incident(closed, 1).closed_on is None

    def complete(form: IncidentDialog) -> None:
        texts = dict.fromkeys(("information", "happened", "learned", "people", "risk"), "x")
        form.form.set_values({**texts, "measures": "x", "serious": "no"})
        click(qtbot, form, "Save the incident")

    answer(IncidentDialog, complete)
    click(qtbot, dialog, "Change…")
    click(qtbot, dialog, "Close the incident")
    assert incidents.incident(closed, 1).closed_on == date(2031, 1, 1)
    dialog.close()
