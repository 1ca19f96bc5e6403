# SPDX-License-Identifier: Apache-2.0
"""The lists of whoever is in charge of personal information, beside the work.

    RetentionDialog(shell, parent, person=None).show()   files that are due or on hold, and what
                                                         can be done to one: given, held, destroyed
    IncidentsDialog(shell, parent).show()                the register of incidents

What takes long is done away from the window. Must not hold a rule.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from imp_plus_desktop.domain.privacy.incidents import Incident
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.privacy import access, desk, erasure, incidents, retention, whole
from imp_plus_desktop.services.privacy.access import Written
from imp_plus_desktop.services.privacy.erasure import Erasure, Prospect
from imp_plus_desktop.services.privacy.retention import Due
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog
from imp_plus_desktop.ui.dialogs.meeting.as_read import AsRead, refusal
from imp_plus_desktop.ui.dialogs.meeting.meeting import meet
from imp_plus_desktop.ui.dialogs.privacy.privacy_forms import (
    EraseDialog,
    HoldDialog,
    IncidentDialog,
)
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.format import day_short
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import JobProgress
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, FindingList
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.privacy import privacy_texts as words


class _ListDialog(BesideDialog):
    """A list with buttons for the line that is chosen, and what became of the last one; `none` is
    said where there is no line."""

    def __init__(self, shell: Shell, title: str, sentence: str, none: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._shell, self._none = shell, none
        self.as_read = AsRead(shell)
        self.setMinimumSize(theme.metrics().body * 62, theme.metrics().line * 22)
        self._sentence = label(sentence, "secondary", wrap=True)
        self.column.addWidget(self._sentence)
        self.list = QListWidget()
        set_name(self.list, title)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._on_row)
        self.column.addWidget(self.list, 1)
        self.buttons = QHBoxLayout()
        self.column.addLayout(self.buttons)
        self.said = FindingList(self)
        self.said.hide()
        self.column.addWidget(self.said)

    def add_button(self, text: str, do: Callable[[], object], icon: str = "") -> QWidget:
        """A button that does something to the line that is chosen."""
        made = button(text, icon=icon)
        made.clicked.connect(do)
        self.buttons.addWidget(made)
        return made

    def chosen(self) -> Any:
        """What the line that is chosen stands for."""
        items = self.list.selectedItems()
        return items[0].data(Qt.ItemDataRole.UserRole) if items else None

    def fill(self, lines: list[tuple[str, Any]], row: int = 0) -> None:
        """Show lines, each with what it stands for."""
        self.list.clear()
        for text, what in lines:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, what)
            self.list.addItem(item)
        if not lines:
            none = QListWidgetItem(self._none)
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(none)
        else:
            self.list.setCurrentRow(min(max(row, 0), len(lines) - 1))
        self._on_row(self.list.currentRow())

    def tell(self, tone: Tone, *lines: str) -> None:
        """Say what became of it."""
        self.said.show_lines([FindingLine(tone, text) for text in lines])
        self.said.setVisible(bool(lines))

    def failed(self, error: BaseException) -> None:
        """Say why something could not be done."""
        if isinstance(error, AppError):
            self.tell(Tone.BAD, refusal(error))
        else:
            self._shell.reporter.report(error)

    def attempt(self, do: Callable[[], ActId | None], said: str) -> None:
        """Do it, say so, and show the list anew."""
        try:
            act = meet(self, do)
        except AppError as error:
            self.failed(error)
            return
        if act is not None:
            self._shell.changed(said, act)
            self.tell(Tone.OK, said)
        self.show_lines()

    def show_lines(self) -> None:
        """Show the list as it is now."""

    def _on_row(self, row: int) -> None:
        """Another line is chosen."""


class RetentionDialog(_ListDialog):
    """The files that are to be destroyed, those under a legal hold, and any that is asked for."""

    def __init__(self, shell: Shell, parent: QWidget, person: int | None = None) -> None:
        none = _("No file is due, and none is on hold.")
        super().__init__(shell, _("Keeping and destroying files"), "", none, parent)
        self._asked = person
        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Another file: reference, UCI, application number, #id"))
        set_name(self._find, _("Another file"))
        self._find.returnPressed.connect(self._on_find)
        self.column.insertWidget(self.column.indexOf(self.list), self._find)
        self._open = self.add_button(_("Open the file"), self._on_open)
        self._give = self.add_button(_("Hand over their information…"), self._on_give)
        self._hold = button("")
        self._hold.clicked.connect(self._on_hold)
        self.buttons.addWidget(self._hold)
        self._erase = self.add_button(_("Destroy…"), self._on_erase, "trash")
        making("privacy.erase", self._erase)
        making("privacy.hold", self._hold)
        making("privacy.access", self._give)
        self.buttons.addStretch(1)
        self.add_close()
        self.show_lines()
        self.list.setFocus()

    def show_lines(self) -> None:
        self.as_read.note()
        office = self._shell.office
        policy, today = desk.desk(office).policy, office.clock.today()
        self._sentence.setText(words.policy_text(policy))
        found = {one.person: one for one in (*self._of_asked(), *retention.due(office))}
        found |= {one.person: one for one in retention.on_hold(office)}
        lines = [
            (
                f"{one.name} · {one.reference or '—'}\n"
                f"{words.clock_text(one.clock, policy, today)}",
                one,
            )
            for one in found.values()
        ]
        self.fill(lines, self.list.currentRow())

    def _of_asked(self) -> list[Due]:
        if self._asked is None:
            return []
        try:
            return [retention.of_file(self._shell.office, self._asked)]
        except AppError:
            self._asked = None
            return []

    def _on_find(self) -> None:
        try:
            self._asked = whole.find(self._shell.office, self._find.text())
        except AppError as error:
            self.failed(error)
            return
        self.tell(Tone.PLAIN)
        self._find.clear()
        self.show_lines()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _on_row(self, row: int) -> None:
        one: Due | None = self.chosen()
        for widget in (self._open, self._give, self._hold, self._erase):
            widget.setEnabled(one is not None)
        held = one is not None and one.clock.hold is not None
        self._hold.setText(_("Lift the legal hold") if held else _("Legal hold…"))
        self._erase.setEnabled(one is not None and not held)

    def _on_open(self) -> None:
        self._shell.go("people", int(self.chosen().person))

    def _on_hold(self) -> None:
        one: Due = self.chosen()
        office = self.as_read.office()
        if one.clock.hold is not None:
            self.attempt(lambda: retention.lift(office, one.person).act, _("Legal hold lifted"))
            return
        ask = HoldDialog(office, one.person, one.name, self).ask
        self.attempt(ask, _("Legal hold recorded"))

    def _on_give(self) -> None:
        folder = files.ask_folder(self, _("Folder for the personal information"), "access")
        if folder is not None:
            job = partial(_given, self._shell.office, int(self.chosen().person), folder)
            self._shell.start(_("Gathering the information…"), job, self._on_given, self.failed)

    def _on_given(self, done: Written) -> None:
        self._shell.changed()
        self.tell(Tone.OK, *words.access_text(len(done.files), sum(done.withheld.values())))

    def _on_erase(self) -> None:
        job = partial(_looked_at, self._shell.office, int(self.chosen().person))
        self._shell.start(_("Looking for all that is held…"), job, self._on_seen, self.failed)

    def _on_seen(self, seen: Prospect) -> None:
        office = self._shell.office
        try:
            erasure.refuse(seen)
        except AppError as error:
            self.failed(error)
            return
        wish = EraseDialog(office, seen, self).ask()
        if wish is None:
            return
        job = partial(_erased, office, seen.person, wish.reason, wish.early, wish.drop_copies)
        self._shell.start(_("Destroying the file…"), job, self._on_erased, self.failed)

    def _on_erased(self, done: Erasure) -> None:
        self._asked = None
        self._shell.changed(_("File destroyed"))
        copies = words.Copies(len(done.stays.copies), done.dropped, unseen=done.stays.unseen)
        on_server = self._shell.office.server is not None
        said = words.erased_text(done.swept, copies, on_server=on_server)
        self.tell(Tone.OK, *said)
        self.show_lines()


def _given(office: Any, person: int, folder: Any, _progress: JobProgress) -> Written:
    return access.write(office, person, folder)


def _looked_at(office: Any, person: int, _progress: JobProgress) -> Prospect:
    return erasure.look(office, person)


def _erased(
    office: Any, person: int, reason: str, early: str, drop: bool, _progress: JobProgress
) -> Erasure:
    return erasure.erase(office, person, reason, early=early, drop_copies=drop)


class IncidentsDialog(_ListDialog):
    """Every confidentiality incident, with what it still lacks."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        sentence = _(
            "Every incident is entered, even one without risk, and kept for five years at least."
        )
        none = _("No incident is recorded.")
        super().__init__(shell, _("Confidentiality incidents"), sentence, none, parent)
        making("privacy.incident", self.add_button(_("New incident…"), self._on_new, "plus"))
        self._change = self.add_button(_("Change…"), self._on_change, "edit")
        self._close = button("")
        making("privacy.incident", self._close)
        self._close.clicked.connect(self._on_close)
        self.buttons.addWidget(self._close)
        self.buttons.addStretch(1)
        self.list.itemActivated.connect(self._on_activated)
        self.add_close()
        self.show_lines()
        self.list.setFocus()

    def show_lines(self) -> None:
        self.as_read.note()
        found = incidents.incidents(self._shell.office)
        self.fill([(_line(one), one) for one in found], self.list.currentRow())

    def _on_row(self, row: int) -> None:
        one: Incident | None = self.chosen()
        self._change.setEnabled(one is not None)
        self._close.setEnabled(one is not None)
        closed = one is not None and one.closed_on is not None
        self._close.setText(_("Open again") if closed else _("Close the incident"))

    def _on_new(self) -> None:
        ask = IncidentDialog(self._shell.office.as_shown(), None, self).ask
        self.attempt(ask, _("Incident recorded"))

    def _on_change(self) -> None:
        ask = IncidentDialog(self.as_read.office(), self.chosen(), self).ask
        self.attempt(ask, _("Incident recorded"))

    def _on_activated(self, _item: QListWidgetItem) -> None:
        self._on_change()

    def _on_close(self) -> None:
        one: Incident = self.chosen()
        office = self.as_read.office()
        if one.closed_on is None:
            self.attempt(partial(incidents.close, office, one.id), _("Incident closed"))
        else:
            self.attempt(partial(incidents.reopen, office, one.id), _("Incident opened again"))


def _line(one: Incident) -> str:
    """An incident in two lines."""
    head = f"{day_short(one.recorded_on)} · {one.circumstances or one.information or '—'}"
    return f"{head}\n{words.incident_text(one)}"
