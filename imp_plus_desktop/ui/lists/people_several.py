# SPDX-License-Identifier: Apache-2.0
"""What can be done with several files of the list at once: who answers for them, merging two.

    SeveralBar(parent=None)      show_count(n)      signals assign_clicked(), merge_clicked()
    SeveralActions(shell, page)
        assign(people), merge(left, right) -> bool, find_duplicates(opened)

The bar stands below the list and is always there: no row ever moves when a second file is chosen.
Must not hold a rule.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.services.duplicates import merge_people
from imp_plus_desktop.services.duplicates.passport_pairs import LikelyPair
from imp_plus_desktop.ui.dialogs.person.merge_people import DuplicatesDialog, MergeDialog
from imp_plus_desktop.ui.dialogs.person.office_file import ClerkDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text


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


class SeveralActions(QObject):
    """The commands on several files."""

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self._shell = shell
        self._page = page

    def assign(self, chosen: Sequence[int]) -> None:
        """Ask who answers for these files."""
        done = ClerkDialog(self._shell.office.as_shown(), chosen, parent=self._page.window()).ask()
        if done is not None and done.act is not None:
            words = ngettext("{count} file assigned", "{count} files assigned", len(chosen))
            self._shell.changed(words.format(count=format_number(len(chosen))), done.act)

    def merge(self, left: int, right: int) -> int | None:
        """Show two files side by side; the file that stays, None when nothing was merged."""
        try:
            done = MergeDialog(
                self._shell.office.as_shown(), left, right, parent=self._page.window()
            ).ask()
        except AppError as error:
            self._shell.say(error_text(error))
            return None
        if done is None:
            return None
        self._shell.changed(_("Two files merged"), done.act)
        return done.person

    def find_duplicates(self, merge: Callable[[int, int], Any]) -> None:
        """Look for files that may be one person, and show what was found."""
        job = partial(_search, self._shell)
        self._shell.start(_("Looking for duplicates…"), job, partial(self._show_found, merge))

    def _show_found(self, merge: Callable[[int, int], Any], pairs: list[LikelyPair]) -> None:
        dialog = DuplicatesDialog(pairs, self._page.window())
        dialog.chosen.connect(merge)
        dialog.open()


def _search(shell: Shell, progress: Any) -> list[LikelyPair]:
    return merge_people.likely_duplicates(shell.office, progress)
