# SPDX-License-Identifier: Apache-2.0
"""The notes that are kept in view on a person's page: `PinnedNotes()`.

    show_file(file)     those that are pinned, and those that come back on a day
    asked(Offer)        what can be done about one was pressed

What is the same as before is left as it stands. Must not store anything.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from imp_plus_desktop.domain.deadlines.agenda import open_reminders
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.papers import Note
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.i18n import _, current_language, format_day_short
from imp_plus_desktop.ui.look import icons, theme
from imp_plus_desktop.ui.look.format import weekday_and_day
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.actions.record_actions import (
    EDIT_NOTE,
    POSTPONE_NOTE,
    SETTLE_NOTE,
    UNPIN_NOTE,
)
from imp_plus_desktop.ui.person.sections.person_sections import ActionButton
from imp_plus_desktop.ui.shell.actions import EntryAction, offers
from imp_plus_desktop.ui.widgets.labels import clear, label

_SIZE = 16


class PinnedNotes(QWidget):
    """One card for each of them, below the verdict."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = ()
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(theme.space(2))
        self.hide()

    def show_file(self, file: PersonFile) -> None:
        """Show what this file keeps in view."""
        days = open_reminders(file)
        kept = tuple(note for note in file.notes if note.pinned or note.id in days)
        shown = (kept, days, current_language())
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._cards)
        for note in reversed(kept):
            self._cards.addWidget(self._card(note, days.get(note.id)))
        self.setVisible(bool(kept))

    def _card(self, note: Note, day: date | None) -> QFrame:
        card = QFrame(self)
        theme.set_role(card, "banner", Tone.WARN)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*(theme.space(3),) * 4)
        inside.setSpacing(theme.space(1))
        head = QHBoxLayout()
        head.addWidget(_Sign("pin" if note.pinned else "note", card))
        head.addWidget(label(_("Pinned note") if note.pinned else _("Note"), "heading"))
        written = format_day_short(toronto_day(note.written_at))
        head.addWidget(label(written, "small"))
        head.addStretch(1)
        self._add_links(head, note, UNPIN_NOTE, EDIT_NOTE)
        inside.addLayout(head)
        inside.addWidget(label(note.text, wrap=True))
        if day is not None:
            inside.addLayout(self._reminder(note, day))
        card.show()
        return card

    def _reminder(self, note: Note, day: date) -> QHBoxLayout:
        made = QHBoxLayout()
        made.addWidget(_Sign("bell", self))
        words = _("Reminder: {day}").format(day=weekday_and_day(day))
        made.addWidget(label(words, elide=True), 1)
        self._add_links(made, note, POSTPONE_NOTE, SETTLE_NOTE)
        return made

    def _add_links(
        self, layout: QHBoxLayout, note: Note, *actions: EntryAction[OpenFile, Note]
    ) -> None:
        for offer in offers(actions, note):
            made = ActionButton(offer, note.text, self)
            made.asked.connect(self.asked)
            layout.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)


class _Sign(QWidget):
    """A small picture, in the colours of the theme in use."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFixedSize(_SIZE, _SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icons.pixmap(self._icon, QColor(theme.current().warn), _SIZE))
        painter.end()
