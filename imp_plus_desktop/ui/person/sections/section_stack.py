# SPDX-License-Identifier: Apache-2.0
"""The collapsible blocks of a person's page, one below the other, with the empty ones set aside.

    SectionStack(sections, last, parent=None)   the sections in their order; last: what ends it
        set_order(keys)     the blocks in another order
        settle()        set the blocks that hold nothing aside, in one section that names them
        reveal(section)     make sure that a block is in view, whether set aside or not
        order()             the keys of the blocks, from above
        opened(), open_only(keys)   which blocks are expanded
        collapse_all()      close every block
        retranslate()

A new file holds little: a page of empty lines would hide what there is. Must not know what a
block is about.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.person.sections.person_sections import CollapsibleSection


class SectionStack(QWidget):
    """Blocks in their order; those without an entry wait under one line."""

    def __init__(
        self,
        sections: Sequence[CollapsibleSection],
        last: CollapsibleSection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sections = tuple(sections)
        self._last = last
        self._aside: tuple[CollapsibleSection, ...] = ()
        self._stale = False
        self._rest = CollapsibleSection("empty", self)
        # What is set aside lines up with the other blocks.
        self._rest.body.setContentsMargins(0, 0, 0, 0)
        self._rest.body.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        for section in (*self._sections, self._rest, self._last):
            self._column.addWidget(section)
        self._rest.hide()

    def set_order(self, keys: Sequence[str]) -> None:
        """Put the blocks in this order; it shows with the next `settle`."""
        places = {key: place for place, key in enumerate(keys)}
        ordered = tuple(sorted(self._sections, key=lambda one: places[one.key]))
        if ordered != self._sections:
            self._sections, self._stale = ordered, True

    def settle(self) -> None:
        """Set aside what is empty now; whoever has the keys keeps them."""
        aside = tuple(section for section in self._sections if section.is_empty())
        if aside != self._aside or self._stale:
            self._stale = False
            focus = QApplication.focusWidget()
            self._aside = aside
            self._place()
            if focus is not None and self.isAncestorOf(focus):
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def reveal(self, section: CollapsibleSection) -> None:
        """Expand what hides a block."""
        if section in self._aside:
            self._rest.set_open(True)

    def order(self) -> list[str]:
        """The keys of the blocks, from above; what is set aside comes last."""
        kept = [one.key for one in self._sections if one not in self._aside]
        return [*kept, *(one.key for one in self._aside)]

    def collapse_all(self) -> None:
        """Close every block."""
        for section in self._all():
            section.set_open(False)

    def opened(self) -> frozenset[str]:
        """The keys of the blocks that are expanded."""
        return frozenset(section.key for section in self._all() if section.is_open())

    def open_only(self, keys: frozenset[str]) -> None:
        """Expand these blocks and collapse the others."""
        for section in self._all():
            if section.is_open() != (section.key in keys):
                section.set_open(section.key in keys)

    def _all(self) -> tuple[CollapsibleSection, ...]:
        return (*self._sections, self._rest, self._last)

    def retranslate(self) -> None:
        """Write the line of what is empty anew."""
        names = ", ".join(section.title() for section in self._aside)
        self._rest.set_head(_("Empty sections"), len(self._aside), names)

    def _place(self) -> None:
        for section in self._sections:
            self._column.removeWidget(section)
            self._rest.body.removeWidget(section)
        kept = [section for section in self._sections if section not in self._aside]
        for place, section in enumerate(kept):
            self._column.insertWidget(place, section)
        for section in self._aside:
            self._rest.body.addWidget(section)
        for section in self._sections:
            section.show()  # a widget that changes its parent is hidden by Qt
        for section in (*kept, self._rest, self._last):
            section.raise_()  # the children are in the order in which they are seen
        self._rest.setVisible(bool(self._aside))
