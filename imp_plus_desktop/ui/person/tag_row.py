# SPDX-License-Identifier: Apache-2.0
"""The office's own words for a file, under its name: `TagRow()`, `show_tags(tags)`.

`asked(Offer)` is told when one is to be put on or taken off. The row is always there, so that
nothing below it moves. Must not store anything.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.file_table import TAG, FileOffer
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.ui.widgets.labels import button

_MOST = 4
"""More than these are told as a number."""


class TagRow(QWidget):
    """A chip for each tag, and a link to put on another one."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: tuple[str, ...] = ()
        self._chips = [Chip("", Tone.PLAIN, self) for _place in range(_MOST + 1)]
        self._add = button(role="link")
        self._add.clicked.connect(self._on_add_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        for chip in self._chips:
            chip.hide()
            layout.addWidget(chip)
        layout.addWidget(self._add)
        layout.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Write its own words anew."""
        self._add.setText(_("+ Tag"))

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Show these tags; the same as before are left as they stand."""
        if tags == self._tags:
            return
        self._tags = tags
        shown = list(tags[:_MOST])
        if len(tags) > _MOST:
            shown.append(f"+{len(tags) - _MOST}")
        for place, chip in enumerate(self._chips):
            if place < len(shown):
                chip.set_chip(shown[place], Tone.PLAIN)
            chip.setVisible(place < len(shown))

    def tags(self) -> tuple[str, ...]:
        """The tags of the file shown."""
        return self._tags

    def _on_add_clicked(self) -> None:
        self.asked.emit(FileOffer.of(TAG))
