# SPDX-License-Identifier: Apache-2.0
"""Failures in the window: sentences for the expected ones, a nameless report for bugs."""

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from imp_plus_desktop import __version__
from imp_plus_desktop.domain.values.errors import Cancelled, StorageError
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.shell.errors import CrashDialog, ErrorReporter, crash_report
from imp_plus_desktop.words.messages import error_text


def a_bug() -> BaseException:
    try:
        int("Nguyễn, Thị Ánh")
    except ValueError as error:
        return error
    raise AssertionError


def open_dialogs(kind: type) -> list:  # type: ignore[type-arg]
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


@pytest.fixture
def reporter(qapp: QApplication) -> Iterator[ErrorReporter]:
    made = ErrorReporter()
    yield made
    made.remove()


def test_a_report_names_places_but_no_values() -> None:
    report = crash_report(a_bug())
    assert "ValueError" in report
    assert "a_bug" in report
    assert "Nguyễn" not in report


def test_a_bug_opens_the_crash_dialog_and_the_report_can_be_copied(
    qtbot: QtBot, reporter: ErrorReporter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        reporter.report(a_bug())
    qtbot.waitUntil(lambda: len(open_dialogs(CrashDialog)) == 1)
    dialog = open_dialogs(CrashDialog)[0]
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy the report")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == dialog.report()
    dialog.accept()
    qtbot.waitUntil(lambda: not open_dialogs(CrashDialog))


def test_an_expected_failure_is_one_sentence(qtbot: QtBot, reporter: ErrorReporter) -> None:
    reporter.report(StorageError("full"))
    qtbot.waitUntil(lambda: len(open_dialogs(QMessageBox)) == 1)
    box = open_dialogs(QMessageBox)[0]
    assert "full" in box.text()
    box.accept()


def test_the_code_of_a_failure_can_be_copied_and_the_message_stays(
    qtbot: QtBot, reporter: ErrorReporter
) -> None:
    reporter.report(StorageError("copy_damaged", copy="Benali"))
    qtbot.waitUntil(lambda: len(open_dialogs(QMessageBox)) == 1)
    box = open_dialogs(QMessageBox)[0]
    assert box.informativeText() == "Code: copy_damaged"
    copy = next(b for b in box.findChildren(QPushButton) if b.text() == "Copy the code")
    assert box.defaultButton() is not copy
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert box.isVisible()
    assert copy.text() == "Copied"
    copied = QApplication.clipboard().text()
    assert copied.startswith(f"IMP+ Desktop {__version__}, Qt ")
    assert copied.endswith("StorageError copy_damaged\n")
    assert "Benali" not in copied
    box.accept()


def test_a_message_with_a_code_to_copy_goes_with_escape(
    qtbot: QtBot, reporter: ErrorReporter
) -> None:
    reporter.report(StorageError("locked"))
    qtbot.waitUntil(lambda: len(open_dialogs(QMessageBox)) == 1)
    qtbot.keyClick(open_dialogs(QMessageBox)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not open_dialogs(QMessageBox))


def test_a_hundred_failures_open_one_dialog(qtbot: QtBot, reporter: ErrorReporter) -> None:
    for _n in range(100):
        reporter.report(StorageError("full"))
    qtbot.waitUntil(lambda: len(open_dialogs(QMessageBox)) == 1)
    open_dialogs(QMessageBox)[0].accept()


def test_a_stopped_job_is_no_failure(qtbot: QtBot, reporter: ErrorReporter) -> None:
    reporter.report(Cancelled())
    QApplication.processEvents()
    assert open_dialogs(QMessageBox) == []


def test_uncaught_errors_come_to_the_reporter(qtbot: QtBot, reporter: ErrorReporter) -> None:
    reporter.install()
    error = StorageError("locked")
    sys.excepthook(StorageError, error, None)
    qtbot.waitUntil(lambda: len(open_dialogs(QMessageBox)) == 1)
    open_dialogs(QMessageBox)[0].accept()
    reporter.remove()
    assert sys.excepthook is sys.__excepthook__


def test_why_a_long_form_was_refused_is_in_sight(qtbot: QtBot) -> None:
    class Refused(FormDialog):
        def submit(self) -> bool:
            raise StorageError("full")

    dialog = Refused("A form", "Save")
    qtbot.addWidget(dialog)
    for number in range(60):
        dialog.form.add_line(f"field{number}", f"Field {number}")
    dialog.resize(500, 300)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.accept()
    assert dialog._error.text() == "✕ " + error_text(StorageError("full"))
    assert not dialog._error.visibleRegion().isEmpty()
