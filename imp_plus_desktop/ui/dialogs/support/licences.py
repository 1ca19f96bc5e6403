# SPDX-License-Identifier: Apache-2.0
"""The licences of the program and of what it is made of, each with its text.

LicencesDialog(parent).show()
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.support.notices import notices
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import label

_BETWEEN = "\n\n" + "—" * 24 + "\n\n"


class LicencesDialog(BesideDialog):
    """Libraries at the left, the text of the chosen one at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Licences of libraries"), parent)
        self._notices = notices()
        self.names, self.text = QListWidget(), QPlainTextEdit()
        self.names.addItems([f"{one.name} {one.version}".strip() for one in self._notices])
        set_name(self.names, _("Libraries"))
        # Their heights are known only once the style is.
        self.names.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.text.setReadOnly(True)
        set_name(self.text, _("Text of the licence"))
        self.licence = label(role="secondary")
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self.names, 2)
        row.addWidget(self.text, 5)
        self.column.addWidget(self.licence)
        self.column.addLayout(row, 1)
        self.add_close()
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)
        self.names.setFocus()
        body = theme.metrics().body
        self.resize(body * 60, body * 34)

    def _show(self, row: int) -> None:
        one = self._notices[row]
        self.licence.setText(" · ".join(filter(None, (one.name, one.version, one.licence))))
        self.text.setPlainText(_BETWEEN.join(one.texts))
