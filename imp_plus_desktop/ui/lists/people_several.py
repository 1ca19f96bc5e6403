# SPDX-License-Identifier: Apache-2.0
"""What can be done with several files of the list at once: who answers for them, merging two.

    SeveralBar(parent=None)      show_count(n)      signals assign_clicked(), merge_clicked()
    find_duplicates(shell, window)       looks for files that may be one person, and shows them

The bar stands below the list and is always there: no row ever moves when a second file is chosen.
Must not hold a rule.
"""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.duplicates.passport_pairs import LikelyPair
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.person.actions.office_actions import merge_files
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label


class SeveralBar(QWidget):
    """How many files are chosen, and what to do with them."""

    assign_clicked = Signal()
    merge_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._words = label(role="secondary")
        self._assign = button(role="link")
        self._merge = button(role="link")
        self._assign.clicked.connect(self.assign_clicked)
        self._merge.clicked.connect(self.merge_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.space(1), 0, 0, 0)
        layout.setSpacing(theme.space(4))
        for widget in (self._words, self._assign, self._merge):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setFixedHeight(theme.metrics().row)
        self.show_count(0)

    def retranslate(self) -> None:
        """Write the bar's words anew."""
        words = ngettext("{count} file chosen", "{count} files chosen", self._count)
        self._words.setText(words.format(count=format_number(self._count)))
        self._assign.setText(_("Responsible…"))
        self._merge.setText(_("Merge the two…"))

    def show_count(self, count: int) -> None:
        """Show what can be done with this many files; its place and its height never change."""
        self._count = count
        self._assign.setVisible(count > 1)
        self._merge.setVisible(count > 1)
        self._merge.setEnabled(count == 2)
        self.retranslate()


def find_duplicates(shell: Shell, window: QWidget) -> None:
    """Look for files that may be one person, away from the window, and show what was found."""
    job, found = partial(_search, shell), partial(_show_found, shell, window)
    shell.start(_("Looking for duplicates…"), job, found)


def _search(shell: Shell, progress: Any) -> list[LikelyPair]:
    return merge_people.likely_duplicates(shell.office, progress)


def _show_found(shell: Shell, window: QWidget, pairs: list[LikelyPair]) -> None:
    from imp_plus_desktop.ui.dialogs.person.merge_people import DuplicatesDialog

    dialog = DuplicatesDialog(pairs, window)
    dialog.chosen.connect(partial(_compare, shell, window))
    dialog.open()


def _compare(shell: Shell, window: QWidget, left: int, right: int) -> None:
    stays = merge_files(shell, window, left, right)
    if stays is not None:
        shell.go("people", stays)
