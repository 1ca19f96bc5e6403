# SPDX-License-Identifier: Apache-2.0
"""A file as it was known on an earlier day: `PastFileDialog(office, person_id, parent).show()`.

It stays open beside the work, with a field for the day; nothing in it can be changed. Must not
read the journal: the service does.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_day
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.page import past_day
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, tell
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person import person_presenter
from imp_plus_desktop.ui.person.person_body import PersonBody
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.frames import Card
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.messages import error_text


class PastFileDialog(BesideDialog):
    """The page of a person as it was, under a band that says of which day it is."""

    def __init__(self, office: Office, person_id: int, parent: QWidget | None = None) -> None:
        super().__init__(_("The file on an earlier day"), parent, heading="")
        self._office, self._person_id = office, person_id
        self._said = label(role="heading", wrap=True)
        self._about = label(role="small", wrap=True)
        self.day = DateEdit(past=True)
        set_name(self.day, _("As of"))
        self._name = label(role="subject", wrap=True)
        self._identity = label(role="small", wrap=True)
        self.body = PersonBody(look_only=True)
        self.body.retranslate()
        self.body.asked.connect(self._on_asked)
        self._lay_out()
        self.day.set_day(office.clock.today())
        self.day.day_changed.connect(self._show)
        self._show()
        self.day.setFocus()
        self.day.selectAll()

    def said(self) -> str:
        """What the band says."""
        return self._said.text()

    def _show(self) -> None:
        """Show the file as it was on the day of the field."""
        day = self.day.day()
        if day is None:
            return
        try:
            past = past_day.as_of(self._office, self._person_id, day)
            view = person_presenter.read(past, self._person_id)
        except AppError as error:
            self._said.setText(error_text(error))
            self._about.setText("")
            self._content.hide()
            return
        self._said.setText(_("The file as it was on {day}").format(day=format_day(day)))
        self._about.setText(
            _("What the register knew at the end of that day. Nothing can be changed here.")
        )
        self._name.setText(view.name)
        tell(self._identity, view.identity)
        self._content.show()
        self.body.show_file(past, view)

    def _on_asked(self, _offer: object) -> None:
        self._about.setText(
            _("The file as it was is only looked at. Go back to today to change it.")
        )

    def _lay_out(self) -> None:
        band = QFrame()
        theme.set_role(band, "banner", Tone.PLAIN)
        words = QVBoxLayout()
        words.addWidget(self._said)
        words.addWidget(self._about)
        back = button(_("Back to today"), "link")
        back.clicked.connect(self.close)
        line = QHBoxLayout(band)
        line.setContentsMargins(*(theme.space(3),) * 4)
        line.addLayout(words, 1)
        line.addWidget(label(_("As of"), "secondary"))
        self.day.setFixedWidth(theme.metrics().body * 11)
        line.addWidget(self.day)
        line.addWidget(back)
        self._content = QWidget()
        inner = QVBoxLayout(self._content)
        inner.setSpacing(theme.space(3))
        for widget in (self._name, self._identity, self.body):
            inner.addWidget(widget)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content)
        self.column.addWidget(band)
        # On the same ground as the page of today, whose soft colours show on it.
        page = Card()
        page.body.addWidget(area)
        self.column.addWidget(page, 1)
        self.add_close()
        em = theme.metrics().body
        self.resize(em * 60, em * 44)
