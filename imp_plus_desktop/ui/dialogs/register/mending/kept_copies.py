# SPDX-License-Identifier: Apache-2.0
"""The copies that there are of a register, to choose one to restore.

    KeptCopies()                        a list: .fill(path, settings) -> bool, .chosen()
    ChooseCopyDialog(path, settings, parent).ask() -> Path | None
    ask_copy(office, parent) -> Path | None      by that, where there is any

A line each, the newest first: when it was made, what it holds, and what looking through it has
found; the best one is chosen. Nothing is opened or changed here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import choosing
from imp_plus_desktop.services.copies.choosing import KeptCopy
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.settings import Settings
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.dialog import Dialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.mending_texts import copy_line

_COPY = Qt.ItemDataRole.UserRole
_MOST = 8
"""Copies that are seen at once."""


class KeptCopies(QListWidget):
    """The copies of a register, of which one is chosen."""

    def __init__(self, most: int = _MOST) -> None:
        super().__init__()
        self._most = most
        set_name(self, _("Copies of the register"))
        self.setMinimumHeight(theme.metrics().row * 5 // 2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fill(self, path: Path, settings: Settings) -> bool:
        """List the copies of a register; False where there is none."""
        now = datetime.now(UTC)
        found = choosing.kept(path, settings, now)
        first = choosing.suggested(found)
        for one in found:
            item = QListWidgetItem(copy_line(one, one.proven.value, now))
            item.setData(_COPY, one)
            self.addItem(item)
            if one is first:
                self.setCurrentItem(item)
        lines = min(max(self.count(), 2), self._most)
        self.setMaximumHeight(lines * max(self.sizeHintForRow(0), 0) + theme.space(4))
        return bool(found)

    def chosen(self) -> KeptCopy | None:
        """The copy of the line that is chosen."""
        for item in self.selectedItems():
            found = item.data(_COPY)
            if isinstance(found, KeptCopy):
                return found
        return None

    def wide(self) -> int:
        """The width of its lines: what is known of a copy stands at their ends."""
        return self.sizeHintForColumn(0) if self.count() else 0


class ChooseCopyDialog(Dialog[Path]):
    """Asks which copy is to be looked at; one that lies elsewhere is asked of the system."""

    def __init__(self, path: Path, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(_("Restore a copy"), parent)
        self._folder = path.parent
        self.copies = KeptCopies()
        self.look = button(_("See what it would change…"), "accent")
        self.elsewhere = button(_("A copy kept elsewhere…"))
        leave = button(_("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.space(4),) * 4)
        column.setSpacing(theme.space(3))
        sentence = _("The register stays as it is until what a copy would change was seen.")
        column.addWidget(label(sentence, "secondary", wrap=True))
        column.addWidget(self.copies, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        row.addWidget(self.elsewhere)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.look)
        column.addLayout(row)
        self.copies.fill(path, settings)
        self.copies.currentItemChanged.connect(self._on_chosen)
        self.copies.itemActivated.connect(self._on_look_clicked)
        self.look.clicked.connect(self._on_look_clicked)
        self.elsewhere.clicked.connect(self._on_elsewhere_clicked)
        leave.clicked.connect(self.reject)
        self._on_chosen()
        self.copies.setFocus()
        around = 2 * theme.space(4) + 2 * theme.space(3)
        wide = max(self.copies.wide() + around, theme.metrics().body * 40)
        self.resize(QSize(wide, self.sizeHint().height()).boundedTo(self.room()))

    def _on_chosen(self, *_what: object) -> None:
        self.look.setEnabled(self.copies.chosen() is not None)

    def _on_look_clicked(self, *_what: object) -> None:
        copy = self.copies.chosen()
        if copy is not None:
            self.finish(copy.path)

    def _on_elsewhere_clicked(self) -> None:
        path = files.ask_copy_to_restore(self, self._folder)
        if path is not None:
            self.finish(path)


def ask_copy(office: Office, parent: QWidget) -> Path | None:
    """Ask which copy of a register is to be restored; of the system alone where there is none."""
    path, settings = office.register_path, office.settings
    if choosing.kept(path, settings, datetime.now(UTC)):
        return ChooseCopyDialog(path, settings, parent).ask()
    return files.ask_copy_to_restore(parent, maintenance.copies_folder(office))
