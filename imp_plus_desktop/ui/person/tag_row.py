# SPDX-License-Identifier: Apache-2.0
"""The office's own words for a file, under its name, and who else has it open.

    TagRow(shell, parent=None)      show_file(person, tags)

`asked(Offer)` is told when one is to be put on or taken off. The row is always there, so that
nothing below it moves. Must not store anything.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import allowed, theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.file_table import TAG, FileOffer
from imp_plus_desktop.ui.person.around.others import Others
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.ui.widgets.labels import button, making

_MOST = 4
"""More than these are told as a number."""


class TagRow(QWidget):
    """A chip for each tag, and a link to put on another one."""

    asked = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.others = Others(shell)
        self._tags: tuple[str, ...] = ()
        self._chips = [Chip("", Tone.PLAIN, self) for _place in range(_MOST + 1)]
        self._add = button(role="link")
        self._add.clicked.connect(self._on_add_clicked)
        making(allowed.act_of(TAG.id), self._add)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        for chip in self._chips:
            chip.hide()
            layout.addWidget(chip)
        layout.addWidget(self._add)
        layout.addStretch(1)
        layout.addWidget(self.others)
        self.retranslate()

    def retranslate(self) -> None:
        """Write its own words anew."""
        self._add.setText(_("+ Tag"))

    def show_file(self, person: int | None, tags: tuple[str, ...]) -> None:
        """Show the tags of a file, and who else has it open; what is the same as before is left as
        it stands."""
        self.others.show_person(person)
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
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        own = [*(chip for chip in self._chips if not chip.isHidden()), self._add]
        taken = sum(one.sizeHint().width() + theme.space(1) for one in own)
        self.others.set_room(self.width() - taken)

    def tags(self) -> tuple[str, ...]:
        """The tags of the file shown."""
        return self._tags

    def _on_add_clicked(self) -> None:
        self.asked.emit(FileOffer.of(TAG))
