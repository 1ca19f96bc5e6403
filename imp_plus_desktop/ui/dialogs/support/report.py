# SPDX-License-Identifier: Apache-2.0
"""The report for whoever looks after the program: read here first, then saved or copied.

    SupportDialog(shell, parent).show()

It is made away from the window, since the whole register is checked for it.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.support import report
from imp_plus_desktop.services.support.report import Report
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.support.support_texts import intro_text, support_text


class SupportDialog(BesideDialog):
    """Shows the report as it would be sent."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Report for support"), parent)
        self._shell, self._is_open = shell, True
        self.finished.connect(self._on_closed)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setPlaceholderText(_("The register is being checked…"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        set_name(self.text, _("Report for support"))
        self.save = button(_("&Save…"))
        self.copy = button(_("Copy the report"))
        row = QHBoxLayout()
        for one, do in ((self.save, self._save), (self.copy, self._copy)):
            one.setEnabled(False)
            one.clicked.connect(do)
            row.addWidget(one)
        row.addStretch()
        self.column.addWidget(label(intro_text(), "secondary", wrap=True))
        self.column.addWidget(self.text, 1)
        self.column.addLayout(row)
        self.add_close()
        body = theme.metrics().body
        self.resize(body * 50, body * 34)
        self._make()

    def _make(self) -> None:
        office = self._shell.office

        def job(_progress: Progress) -> Report:
            return report.of(office)

        if not self._shell.start(_("Checking the register…"), job, self._show):
            self.text.setPlaceholderText(
                _("Something else is being done. Open this again when it is finished.")
            )

    def _on_closed(self, _code: int) -> None:
        self._is_open = False

    def _show(self, made: Report) -> None:
        if not self._is_open:
            return  # while the register was being checked
        self.text.setPlainText(support_text(made.sections, made.log))
        for one in (self.save, self.copy):
            one.setEnabled(True)

    def _save(self) -> None:
        path = files.ask_save(self, _("Save the report"), "imp-plus-support", "text")
        if path is None:
            return
        text, shell = self.text.toPlainText(), self._shell

        def job(_progress: Progress) -> Path:
            return report.save_as(text, path)

        shell.start(_("Saving…"), job, partial(_say_saved, shell))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._shell.say(_("The report is copied."))


def _say_saved(shell: Shell, path: Path) -> None:
    shell.say_saved(_("Saved: {name}").format(name=path.name), path)
