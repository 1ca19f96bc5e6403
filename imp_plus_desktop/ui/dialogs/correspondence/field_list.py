# SPDX-License-Identifier: Apache-2.0
"""The fields that may be put into a template: found by their words, copied as they are typed.

FieldList(parent=None)      signal copied(str)      the tag that is on the clipboard
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.correspondence import letter_fields
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.widgets.labels import button, label


class FieldList(QWidget):
    """Every field with what it is called; Enter or a double click copies it."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(2))
        column.addWidget(label(_("Fields to place"), "heading"))
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Find a field"))
        self._search.setClearButtonEnabled(True)
        set_name(self._search, _("Find a field"))
        self._search.textChanged.connect(self._filter)
        column.addWidget(self._search)
        self._list = QListWidget()
        set_name(self._list, _("Fields to place"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for field in letter_fields.fields():
            item = QListWidgetItem(f"{field.label}\n{field.tag}")
            item.setData(Qt.ItemDataRole.UserRole, field.tag)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self._copy_item)
        column.addWidget(self._list, 1)
        copy = button(_("Copy the field"), icon="copy")
        set_tip(copy, _("To be pasted into the template in Word"))
        copy.clicked.connect(self._copy)
        column.addWidget(copy)

    def _filter(self, text: str) -> None:
        wanted = fold(text)
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(wanted not in fold(item.text()))
        shown = (row for row in range(self._list.count()) if not self._list.item(row).isHidden())
        self._list.setCurrentRow(next(shown, -1))

    def _copy(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self._copy_item(item)

    def _copy_item(self, item: QListWidgetItem) -> None:
        tag = str(item.data(Qt.ItemDataRole.UserRole))
        QGuiApplication.clipboard().setText(tag)
        self.copied.emit(tag)
