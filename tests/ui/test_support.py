# SPDX-License-Identifier: Apache-2.0
"""The report for support in the window, and the licences of the libraries."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.register.help import AboutDialog
from imp_plus_desktop.ui.dialogs.support.licences import LicencesDialog
from imp_plus_desktop.ui.dialogs.support.report import SupportDialog
from imp_plus_desktop.ui.window.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, office: Office) -> MainWindow:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.show()
    return window


def reported(window: MainWindow, qtbot: QtBot) -> SupportDialog:
    window.menu_actions.action("help.support").trigger()
    (dialog,) = window.findChildren(SupportDialog)
    qtbot.waitUntil(lambda: bool(dialog.text.toPlainText()), timeout=20_000)
    return dialog


def test_the_report_is_read_first_and_saved_as_it_was_read(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = reported(window, qtbot)
    path = tmp_path / "report.txt"
    monkeypatch.setattr(files, "ask_save", lambda *_: path)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(path.exists, timeout=10_000)
    assert path.read_text("utf-8") == dialog.text.toPlainText()
    assert "integrity: ok" in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()


def test_the_window_of_the_report_may_close_while_the_register_is_checked(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.menu_actions.action("help.support").trigger()
    (dialog,) = window.findChildren(SupportDialog)
    dialog.close()
    qtbot.waitUntil(lambda: not window.shell.tasks.is_busy(), timeout=20_000)


def test_about_leads_to_the_licences_and_a_library_to_its_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    about = AboutDialog(window)
    about.show()
    qtbot.mouseClick(about.libraries, Qt.MouseButton.LeftButton)
    (dialog,) = about.findChildren(LicencesDialog)
    assert "Apache License" in dialog.text.toPlainText()
    rows = [dialog.names.item(row).text() for row in range(dialog.names.count())]
    dialog.names.setCurrentRow(next(n for n, row in enumerate(rows) if row.startswith("PySide6")))
    assert "LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    assert "LGPL-3.0" in dialog.licence.text()
    assert dialog.findChildren(QPushButton)
