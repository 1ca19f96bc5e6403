# SPDX-License-Identifier: Apache-2.0
"""What a view, or a count, is to be called, asked in a small window below its tab.

    NameDrop(title, name, parent, *, may_share)     signal named(str, bool)   and whether to share

Must not keep anything.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.shaping.drop_down import DropDown
from imp_plus_desktop.ui.widgets.labels import WordsBox, button

_WIDE_EM = 24
_MOST = 60


class NameDrop(DropDown):
    """Asks for a name."""

    named = Signal(str, bool)

    def __init__(self, title: str, name: str, parent: QWidget, *, may_share: bool) -> None:
        super().__init__(title, parent)
        self.line = QLineEdit(name)
        self.line.setMaxLength(_MOST)
        set_name(self.line, _("Name"))
        self.line.setPlaceholderText(_("Name"))
        self.shared = WordsBox(_("For the whole office"))
        self.shared.setVisible(may_share)
        self.save = button(_("Save"), role="accent")
        self.save.setEnabled(bool(name.strip()))
        self.line.textChanged.connect(self._on_text_changed)
        self.line.returnPressed.connect(self._on_save_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        for widget in (self.line, self.shared, self.save):
            self.body.addWidget(widget)
        self.setFixedWidth(theme.metrics().body * _WIDE_EM)
        self.line.selectAll()
        self.line.setFocus()

    def _on_text_changed(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))

    def _on_save_clicked(self) -> None:
        name = self.line.text().strip()
        if name:
            self.close()
            self.named.emit(name, self.shared.isChecked())
