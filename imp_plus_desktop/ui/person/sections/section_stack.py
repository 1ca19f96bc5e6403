# SPDX-License-Identifier: Apache-2.0
"""The folded blocks of a person's page, one below the other, with the empty ones set aside.

    FoldStack(folds, last, parent=None)   folds: Sequence[Fold] in their order; last: what ends it
        settle()        set the blocks that hold nothing aside, in one fold that names them
        reveal(fold)    make sure that a block is in view, whether set aside or not
        fold_all()      close every block
        retranslate()

A new file holds little: a page of empty lines would hide what there is. Must not know what a
block is about.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.person.sections.person_sections import Fold


class FoldStack(QWidget):
    """Blocks in their order; those without an entry wait under one line."""

    def __init__(self, folds: Sequence[Fold], last: Fold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folds = tuple(folds)
        self._last = last
        self._aside: tuple[Fold, ...] = ()
        self._rest = Fold("empty", self)
        # What is set aside lines up with the other blocks.
        self._rest.body.setContentsMargins(0, 0, 0, 0)
        self._rest.body.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for fold in (*self._folds, self._rest, self._last):
            self._column.addWidget(fold)
        self._rest.hide()

    def settle(self) -> None:
        """Set aside what is empty now; whoever has the keys keeps them."""
        aside = tuple(fold for fold in self._folds if fold.is_empty())
        if aside != self._aside:
            focus = QApplication.focusWidget()
            self._aside = aside
            self._place()
            if focus is not None and self.isAncestorOf(focus):
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def reveal(self, fold: Fold) -> None:
        """Unfold what hides a block."""
        if fold in self._aside:
            self._rest.set_open(True)

    def fold_all(self) -> None:
        """Close every block."""
        for fold in (*self._folds, self._rest, self._last):
            fold.set_open(False)

    def retranslate(self) -> None:
        """Write the line of what is empty anew."""
        names = ", ".join(fold.title() for fold in self._aside)
        self._rest.set_head(_("Empty so far"), len(self._aside), names)

    def _place(self) -> None:
        for fold in self._folds:
            self._column.removeWidget(fold)
            self._rest.body.removeWidget(fold)
        kept = [fold for fold in self._folds if fold not in self._aside]
        for place, fold in enumerate(kept):
            self._column.insertWidget(place, fold)
        for fold in self._aside:
            self._rest.body.addWidget(fold)
        for fold in self._folds:
            fold.show()  # a widget that changes its parent is hidden by Qt
        self._rest.setVisible(bool(self._aside))
