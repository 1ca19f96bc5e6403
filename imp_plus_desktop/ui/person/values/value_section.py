# SPDX-License-Identifier: Apache-2.0
"""A section of a person's page with values of one subject, in one column or two.

    ValueSection(key)       show_group(group, beside=None)  beside: older ones, below the values
        signals edited, rested_on, left, history_asked (ValueLine), as of each line
        lines() -> list[ValueLine]      from top to bottom

What is the same as before is left as it stands. Must not store anything.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.person.sections.entries_section import entry_row
from imp_plus_desktop.ui.person.sections.lazy_section import LazySection
from imp_plus_desktop.ui.person.sections.person_details import Section
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.person.values.value_groups import Group
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.widgets.labels import clear

_TWO_EM = 46
"""From which width on there are two columns, in sizes of the body's type."""
_NAME_EM = 10


class ValueSection(LazySection):
    """Names and values."""

    edited = Signal(object)
    rested_on = Signal(object)
    left = Signal(object)
    history_asked = Signal(object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self._shown: tuple[Group, Section | None] | None = None
        self._lines: list[ValueLine] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(0)
        self._row = QHBoxLayout()
        self._row.addLayout(self._grid, 1)
        self._own = QVBoxLayout()
        self._own.setSpacing(0)
        self._row.addLayout(self._own)
        self._others = QVBoxLayout()
        self._others.setSpacing(theme.space(1))
        self.body.addLayout(self._row)
        self.body.addLayout(self._others)

    def show_group(self, group: Group, beside: Section | None = None) -> None:
        """Show these values, and below them what else there is of their kind; the section stays
        expanded or collapsed as it is."""
        if (group, beside) == self._shown:
            return
        self._shown = group, beside
        entries = () if beside is None else beside.entries
        empty = group.is_empty and not entries
        lead = "" if beside is None else beside.lead
        summary = " · ".join(part for part in (lead, group.summary) if part)
        self.set_head(group.title, 0 if empty else None, summary)
        if beside is not None and beside.add is not None:
            self.set_tools(group.title, beside.add)
        self.later()

    def lines(self) -> list[ValueLine]:
        """The values shown, from top to bottom."""
        return [line for line in self._lines if line.isVisibleTo(self)]

    def fill(self) -> None:
        """Show each value on its line; the lines stay."""
        values = () if self._shown is None else self._shown[0].values
        while len(self._lines) < len(values):
            line = ValueLine(self)
            line.asked.connect(self.edited)
            line.rested_on.connect(self.rested_on)
            line.left.connect(self.left)
            line.history_asked.connect(self.history_asked)
            self._lines.append(line)
            self._columns = 0
        for line, value in zip(self._lines, values, strict=False):
            line.show_value(value)
        for place, line in enumerate(self._lines):
            shown = place < len(values)
            if shown == line.isHidden():
                self._columns = 0
        self._place(len(values))
        if self._shown is not None and self._shown[1] is not None:
            self._fill_beside(self._shown[0], self._shown[1])

    def _fill_beside(self, group: Group, beside: Section) -> None:
        """What can be done with the one whose values are shown, and a line for each other."""
        clear(self._own)
        clear(self._others)
        links = QHBoxLayout()
        links.setSpacing(theme.space(1))
        self._own.addLayout(links)  # first: what comes into view later is painted a moment later
        for offer in beside.own:
            link = ActionButton(offer, group.title, self)
            link.asked.connect(self.asked)
            links.addWidget(link)
            link.show()
        self._own.addStretch(1)
        for entry in beside.entries:
            row = entry_row(entry, self, self.asked)
            self._others.addWidget(row)
            row.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(sum(not line.isHidden() for line in self._lines))

    def _place(self, count: int) -> None:
        """Lay the lines out anew where their number has changed, or the room for columns."""
        columns = 2 if self.width() >= theme.metrics().body * _TWO_EM else 1
        if columns == self._columns:
            return
        self._columns = columns
        rows = -(-count // columns)
        for column in range(2):
            used = column < columns
            self._grid.setColumnMinimumWidth(
                column * 2, theme.metrics().body * _NAME_EM if used else 0
            )
            self._grid.setColumnStretch(column * 2 + 1, 1 if used else 0)
        for place, line in enumerate(self._lines):
            shown = place < count
            if shown:
                column, row = divmod(place, rows) if columns == 2 else (0, place)
                middle = Qt.AlignmentFlag.AlignVCenter
                self._grid.addWidget(line.words, row, column * 2, middle)
                self._grid.addWidget(line, row, column * 2 + 1)
            line.setVisible(shown)
            line.words.setVisible(shown)
