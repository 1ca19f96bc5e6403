# SPDX-License-Identifier: Apache-2.0
"""Who else has a file open, on a register on a server: a name each, or initials where there is no
room.

    Others(shell, parent=None)
        show_person(person_id)    whose file is shown here, which the other desks are told
        set_room(width)           how much room there is for names

While it is not seen nobody has the file open here. Walking through a list tells nobody: only where
one stays. In a register in a file it is never seen.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from imp_plus_desktop.domain.reads.desks import Seen
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.chips import Chip
from imp_plus_desktop.words.servers.desk_texts import initials, open_text

_MOST = 3
"""More than these are told as a number."""
_STAYS_MS = 300


class Others(QWidget):
    """A chip for each of them."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._person: int | None = None
        self._seen: tuple[Seen, ...] = ()
        self._room = 0
        self._chips = [Chip("", Tone.ACCENT, self) for _place in range(_MOST + 1)]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        for chip in self._chips:
            chip.hide()
            layout.addWidget(chip)
        self._stays = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._stays.timeout.connect(self._on_stays)
        shell.around_changed.connect(self._show)

    def show_person(self, person: int | None) -> None:
        """Show who else has this file open, and tell them that it is open here."""
        if person != self._person:
            self._person = person
            self._stays.start()
        self._show()

    def set_room(self, width: int) -> None:
        """Show names where so many pixels are enough for them."""
        if width != self._room:
            self._room = width
            self._write()

    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips if not chip.isHidden()]

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stays.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stays.start()

    def _on_stays(self) -> None:
        self._shell.standing_at.emit(self._person if self.isVisible() else None)

    def _show(self) -> None:
        seen = self._shell.office.company.others_at(self._person)
        if seen != self._seen:
            self._seen = seen
            self._write()

    def _write(self) -> None:
        names = [one.name for one in self._seen]
        if self._needed(names) > self._room:
            names = [initials(name) for name in names]
        shown = names[:_MOST]
        if len(names) > _MOST:
            shown.append(f"+{len(names) - _MOST}")
        for place, chip in enumerate(self._chips):
            if place < len(shown):
                of = self._seen[place : None if place == _MOST else place + 1]
                said = "\n".join(map(open_text, of))
                chip.set_chip(shown[place], Tone.ACCENT)
                set_name(chip, said)
                set_tip(chip, said)
            chip.setVisible(place < len(shown))

    def _needed(self, names: list[str]) -> int:
        chip = self._chips[-1]
        widths = []
        for name in names[:_MOST]:
            chip.set_chip(name, Tone.ACCENT)
            widths.append(chip.sizeHint().width())
        return sum(widths) + theme.space(1) * len(widths)
