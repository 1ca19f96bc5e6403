# SPDX-License-Identifier: Apache-2.0
"""What the window does with failures: a sentence for the expected ones, a report for bugs.

    ErrorReporter(parent=None)      .window: QWidget | None
        report(error)       AppError: a message with its way out; anything else: the crash dialog
        install()           makes uncaught exceptions come here; `remove()` undoes it
    CrashDialog(report, parent=None)
    crash_report(error) -> str      types and code locations only, never a value
    tell_of_a_failed_start(error)   the same before there is a window
    offer_code(box, error)          adds the failure's code to a message, with a button to copy it

Must not swallow anything: every bug is also logged. The window lives on.
"""

import logging
import platform
import sys
import threading
from functools import partial
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from imp_plus_desktop import __version__
from imp_plus_desktop.domain.values.errors import NOT_THERE, AppError, Cancelled, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.logs import nameless_trace
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button, label

_LOST = (*NOT_THERE, "server_older", "format_changed")


def crash_report(error: BaseException) -> str:
    """Version, system, and the types and code locations of an error; fit to be sent to anybody."""
    return f"{_program()}\n\n{nameless_trace(error)}\n"


def offer_code(box: QMessageBox, error: AppError) -> None:
    """Show the code of a failure below what is said of it already, and let it be copied with the
    versions, for whoever looks after the program; no value goes along."""
    said = _("Code: {code}").format(code=error.code)
    former = box.informativeText()
    box.setInformativeText(f"{former}\n\n{said}" if former else said)
    copy = box.addButton(_("Copy the code"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # it would close the box
    copy.clicked.connect(partial(_copy_code, copy, error))


def _copy_code(copy: QAbstractButton, error: AppError, _checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(code_for_support(error))
    copy.setText(_("Copied"))


def code_for_support(error: AppError) -> str:
    """The code of a failure with the versions; no value goes along."""
    return f"{_program()}\n{type(error).__name__} {error.code}\n"


def _program() -> str:
    head = f"IMP+ Desktop {__version__}, Qt {qVersion()}, Python {platform.python_version()}"
    return f"{head}, {platform.system()} {platform.release()}"


def _not_done() -> str:
    return _(
        "What was being done was not saved; everything saved before is intact and the "
        "program can go on. This report holds no personal data. Copy it and send it to "
        "whoever looks after the program."
    )


def _not_started() -> str:
    return _(
        "The window could not be opened; everything saved before is intact. Start the program "
        "again. If this is said again, copy this report, which holds no personal data, and send "
        "it to whoever looks after the program."
    )


class CrashDialog(QDialog):
    """Says that something went wrong in the program, with a report to copy."""

    def __init__(
        self, report: str, parent: QWidget | None = None, *, before_it_is_there: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Something went wrong"))
        title = label(_("Something went wrong in the program"), "subject", wrap=True)
        sentence = label(_not_started() if before_it_is_there else _not_done(), wrap=True)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        set_name(self._report, _("Error report"))
        copy = button(_("Copy the report"))
        copy.clicked.connect(self._on_copy_clicked)
        self._copied = label(role="finding")
        close = button(_("Close"), "accent")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(self._copied)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.space(5),) * 4)
        layout.setSpacing(theme.space(3))
        for widget in (title, sentence, self._report):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        body = theme.metrics().body
        self.resize(body * 44, body * 30)
        close.setFocus()

    def report(self) -> str:
        """The text that would be copied."""
        return self._report.toPlainText()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self._copied.setText(_("Copied"))


def tell_of_a_failed_start(error: Exception) -> None:
    """Say that the program did not come up, with a report to copy, and wait for an answer."""
    logging.getLogger(__name__).error("the window did not come up", exc_info=error)
    CrashDialog(crash_report(error), before_it_is_there=True).exec()


class ErrorReporter(QObject):
    """The one place where failures of the window end up."""

    lost = Signal(object)
    """A server does not answer any more: a band says it, no message for each thing that fails."""
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None
        self._open: QDialog | None = None
        # Queued, so that a failure in a thread or in a paint event is shown from the event loop.
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take uncaught exceptions of all threads."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_uncaught

    def remove(self) -> None:
        """Give uncaught exceptions back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> None:
        """Show a failure, soon, without waiting for an answer."""
        from imp_plus_desktop.words.messages import environment_error

        if isinstance(error, Cancelled):
            return
        error = environment_error(error) or error
        if not isinstance(error, AppError):
            logging.getLogger(__name__).error("uncaught error", exc_info=error)
        self._reported.emit(error)

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _on_thread_uncaught(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _on_reported(self, error: BaseException) -> None:
        if isinstance(error, StorageError) and error.code in _LOST:
            self.lost.emit(error)
            return
        if self._open is not None:  # one at a time: a failing repaint may come a hundred times
            return
        if isinstance(error, AppError):
            self._open = self._message(error)
        else:
            self._open = CrashDialog(crash_report(error), self.window)
        self._open.finished.connect(self._on_dialog_finished)
        self._open.open()

    def _on_dialog_finished(self, result: int) -> None:
        self._open = None

    def _message(self, error: AppError) -> QDialog:
        from imp_plus_desktop.words.messages import error_text

        box = QMessageBox(self.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("This could not be done"))
        box.setText(error_text(error))
        ok = box.addButton(QMessageBox.StandardButton.Ok)
        box.setDefaultButton(ok)
        offer_code(box, error)
        box.setEscapeButton(ok)  # beside a second button Qt takes none for it
        return box
