# SPDX-License-Identifier: Apache-2.0
"""A small office for tests of the people page and its dialogs, and a way to answer a dialog."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import documents
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.person.person_panel import PersonPanel
from imp_plus_desktop.ui.shell.shell import Shell

_PATIENCE, _LOOK = 30.0, 10
"""Seconds until a dialog must have come; milliseconds between two looks for it."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty register on 22 November 2023."""
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    yield made
    made.close()


@pytest.fixture
def panel(qtbot: QtBot, office: Office) -> PersonPanel:
    """A person’s page by itself, which shows what was changed."""
    made = PersonPanel(Shell(office, inline_tasks=True))
    made._shell.data_changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(560, 900)
    made.show()
    return made


def complete(office: Office, number: int = 1, **changes: str) -> int:
    """Somebody whose file lacks nothing."""
    person = build.invite(office, number, **changes)
    for kind in (DocumentType.CSQ, DocumentType.LETTER, DocumentType.INTENT):
        documents.set_document(office, person, kind, DocumentState.RECEIVED)
    return person


def answer(act: Callable[[Any], None]) -> list[str]:
    """Drive the next dialog that waits for an answer; its title comes into the list returned.

    One that is still open afterwards is given up, so that no test waits for ever.
    """
    seen: list[str] = []

    given_up = time.monotonic() + _PATIENCE

    def drive() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None and time.monotonic() < given_up:
            QTimer.singleShot(_LOOK, drive)  # what opens it is still on its way
            return
        assert isinstance(dialog, QDialog)
        seen.append(dialog.windowTitle())
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(QDialog.DialogCode.Rejected)  # unasked, whatever it holds

    QTimer.singleShot(0, drive)
    return seen


def fill(dialog: FormDialog, **values: str) -> None:
    """Put values into the form as a person does: typing tells the form of each."""
    for key, text in values.items():
        widget = dialog.form.field(key)
        if isinstance(widget, QLineEdit):
            widget.setText(text)
            widget.textEdited.emit(text)
        elif isinstance(widget, QComboBox):
            number = widget.findData(text)
            if number < 0 and widget.isEditable():
                widget.setEditText(text)
            else:
                widget.setCurrentIndex(number)
            widget.activated.emit(number)
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(text)


def ok(dialog: QWidget) -> QPushButton:
    """The one button that does what a dialog is for."""
    buttons = dialog.findChildren(QPushButton)
    return next(b for b in buttons if b.property("role") == "accent")


def press_ok(qtbot: QtBot, dialog: QWidget) -> None:
    """Click that button."""
    qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)


def texts(root: QWidget) -> list[str]:
    """What the labels below a widget say."""
    return [x.text() for x in root.findChildren(QLabel) if x.isVisibleTo(root) and x.text()]


def says(root: QWidget, words: str) -> bool:
    """Whether some label below a widget holds these words."""
    return any(words in text for text in texts(root))
