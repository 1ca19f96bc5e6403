# SPDX-License-Identifier: Apache-2.0
"""What the values of a page were before: shown where the mouse rests on one, put back from there.

    PastValues(host, said)  `said`: what is said of a value, which is not covered
                            attend(section), show_file(office, file), drop()
    stored(str, ActId)      a version was put back
    failed(ValueLine, str)  it could not be

Must not hold a rule: the services do.
"""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.page import versions
from imp_plus_desktop.services.page.versions import Version
from imp_plus_desktop.ui.person.values.value_line import ValueLine
from imp_plus_desktop.ui.person.values.value_section import ValueSection
from imp_plus_desktop.ui.person.values.version_list import VersionCard
from imp_plus_desktop.words.messages import error_text


class PastValues(QObject):
    """The card of the last versions, and the way to all of them."""

    stored = Signal(str, object)
    failed = Signal(object, str)

    def __init__(self, host: QWidget, said: QWidget) -> None:
        super().__init__(host)
        self._said = said
        self.card = VersionCard(host)
        self.card.chosen.connect(self._on_chosen)
        self.card.whole_asked.connect(self._on_whole_asked)
        self._shown: tuple[Office, PersonFile] | None = None

    def attend(self, section: ValueSection) -> None:
        """Tell of the values of a section where somebody rests on one."""
        section.rested_on.connect(self._on_rested_on)
        section.left.connect(self._on_left)
        section.history_asked.connect(self.ask)

    def show_file(self, office: Office, file: PersonFile) -> None:
        """Whose values they are; what is put back rests on what the office has shown."""
        self._shown = office, file
        self.drop()

    def drop(self) -> None:
        """Tell nothing any more."""
        self.card.drop()

    def ask(self, line: ValueLine) -> None:
        """Show all that a value has been."""
        if self._shown is None:
            return
        from imp_plus_desktop.ui.person.values.field_history import FieldHistoryDialog

        self.drop()
        office, file = self._shown
        name, number = line.value().field.named, file.person.id
        dialog = FieldHistoryDialog(office.as_shown(), number, name, line.window())
        self._tell(dialog.ask())

    def _on_rested_on(self, line: ValueLine) -> None:
        if self._shown is None:
            return
        office, file = self._shown
        found = versions.versions(office, file, line.value().field.named)
        if found:
            self.card.open_at(line, found, office.clock.today(), self._said)

    def _on_left(self, line: ValueLine) -> None:
        if self.card.anchor() is line:
            self.card.linger()

    def _on_whole_asked(self) -> None:
        line = self.card.anchor()
        if isinstance(line, ValueLine):
            self.ask(line)

    def _on_chosen(self, version: Version) -> None:
        line = self.card.anchor()
        if self._shown is None:
            return
        office, file = self._shown
        self.drop()
        from imp_plus_desktop.ui.dialogs.meeting.meeting import meet

        parent = None if line is None else line.window()
        try:
            self._tell(meet(parent, partial(versions.restore, office, file, version)))
        except AppError as error:
            if line is not None:
                self.failed.emit(line, error_text(error))

    def _tell(self, done: Changed | None) -> None:
        if done is not None and done.act is not None:
            self.stored.emit(_("The earlier value is back"), done.act)
