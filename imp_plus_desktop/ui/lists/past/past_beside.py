# SPDX-License-Identifier: Apache-2.0
"""Somebody's file as it was, beside the list of a past day.

    PastBeside(shell, parent=None)
        show_person(person_id | None), retranslate(), focus_file()
    signals: today_asked(int)      today's file of this person is wanted
             left()                Escape: back to the list

Nothing in it can be changed, which is said to whoever tries.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import DomainError, Refused
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.look import reading_order, theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.person import person_presenter
from imp_plus_desktop.ui.person.panel_state import WIDTH
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.person.person_presenter import PersonView
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text

_RESTS_MS = 120
"""The rest follows once the choice rests: a key that is held down repeats sooner."""


class PastBeside(Card):
    """One file, to be looked at."""

    today_asked = Signal(int)
    left = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shell = shell
        self._view: PersonView | None = None
        self._name = label(role="subject", wrap=True)
        self._identity = label(role="small", wrap=True)
        self._identity.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._today = button(role="link")
        self.file_body = PersonBody(look_only=True)
        self._rest = QTimer(self, singleShot=True)
        self._rest.setInterval(_RESTS_MS)
        self._rest.timeout.connect(self._fill)
        self._today.clicked.connect(self._on_today_clicked)
        self.file_body.asked.connect(self._on_asked)
        self._assemble()
        self.retranslate()

    def show_person(self, person_id: int | None, *, walks: bool = False) -> None:
        """Show who it is at once, and the rest too, or when the choice rests (`walks`)."""
        self._view = None
        if person_id is not None:
            try:
                self._view = person_presenter.read(self._shell.office, person_id)
            except DomainError:
                self._view = None
        self._area.setVisible(self._view is not None)
        self._rest.stop()
        if self._view is None:
            return
        set_name(self, self._view.name)
        self._name.setText(self._view.name)
        self._identity.setText(self._view.identity)
        if walks:
            self.file_body.hide()
            self._rest.start()
        else:
            self._fill()

    def retranslate(self) -> None:
        """Write every word anew."""
        self._today.setText(_("Today’s file"))
        self.file_body.retranslate()
        if self._view is not None:
            self.show_person(self._view.file.person.id)

    def focus_file(self) -> None:
        """Go into the file."""
        if self._rest.isActive():
            self._rest.stop()
            self._fill()
        for widget in reading_order.stops(self)[:1]:
            widget.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        if self._view is not None:
            self.file_body.show_file(self._shell.office, self._view)

    def _on_today_clicked(self) -> None:
        if self._view is not None:
            self.today_asked.emit(self._view.file.person.id)

    def _on_asked(self, _offer: object) -> None:
        self._shell.say(error_text(Refused("past_is_past")))

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.space(2))
        head.addWidget(self._name, 1)
        head.addWidget(self._today, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        inner.setSpacing(theme.space(3))
        inner.addLayout(head)
        inner.addWidget(self._identity)
        inner.addWidget(self.file_body)
        inner.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        self.body.addWidget(self._area)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(1, theme.space(1), 1, theme.space(1))
        self.setMinimumWidth(round(theme.metrics().body * WIDTH))
