# SPDX-License-Identifier: Apache-2.0
"""What can be done to a person's file: each opens its dialog, stores, and says so with an undo.

    PersonActions(shell, parent)
        do(command, person_id, number=None) -> bool      False for a command it does not know
        commands    the commands and the methods that do them

`person.*` are actions of the window; the others belong to one entry, whose number goes along.
Must not hold a rule: dialogs and services do the work.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.applications.status import WAITING, latest_application
from imp_plus_desktop.domain.values.codes import ApplicationState, DocumentType
from imp_plus_desktop.domain.values.records import ActId
from imp_plus_desktop.domain.values.rows import ActRow
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.people.people import Added
from imp_plus_desktop.ui.dialogs.applications.decide import DecideDialog
from imp_plus_desktop.ui.dialogs.applications.permit import PermitDialog
from imp_plus_desktop.ui.dialogs.applications.receive import ReceiveDialog
from imp_plus_desktop.ui.dialogs.applications.wording import WordingDialog
from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog
from imp_plus_desktop.ui.dialogs.person.letter import LetterDialog
from imp_plus_desktop.ui.dialogs.person.member import MemberDialog
from imp_plus_desktop.ui.dialogs.person.member_receive import MemberReceiveDialog
from imp_plus_desktop.ui.dialogs.person.note import NoteDialog
from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog
from imp_plus_desktop.ui.dialogs.person.person import PersonDialog
from imp_plus_desktop.ui.dialogs.person.residence import ResidenceDialog
from imp_plus_desktop.ui.dialogs.single import (
    ArrivalDialog,
    MemberArrivalDialog,
    NumberDialog,
    RefundDialog,
)
from imp_plus_desktop.ui.look.format import day_long, number
from imp_plus_desktop.ui.person.actions.named_actions import NamedActions
from imp_plus_desktop.ui.person.actions.person_file_actions import FileActions
from imp_plus_desktop.ui.person.actions.person_office_actions import OfficeActions
from imp_plus_desktop.ui.person.actions.person_path_actions import PathActions
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import name_of


class PersonActions(NamedActions):
    """The commands of one person's page."""

    commands: ClassVar[Mapping[str, str]] = {
        "person.receive": "receive",
        "person.decide": "decide_latest",
        "person.permit": "issue_latest",
        "person.edit": "edit",
        "person.letter": "letter",
        "person.residence": "residence",
        "person.passport": "passport",
        "person.document": "documents",
        "person.note": "note",
        "person.member": "member",
        "person.arrival": "arrival",
        "person.undo": "undo_act",
        "person.copy": "copy_reference",
        "letter.edit": "letter",
        "letter.delete": "delete_letter",
        "residence.edit": "residence",
        "residence.delete": "delete_residence",
        "passport.edit": "passport",
        "passport.delete": "delete_passport",
        "note.delete": "delete_note",
        "application.decide": "decide",
        "application.permit": "issue",
        "application.number": "application_number",
        "application.wording": "wording",
        "application.refund": "refund",
        "member.edit": "member",
        "member.receive": "receive_member",
        "member.arrival": "arrive_member",
        "member.delete": "delete_member",
    }

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(shell, parent)
        self._office_entry_actions = OfficeActions(shell, parent)
        self._file_entry_actions = FileActions(shell, parent)
        self._path_entry_actions = PathActions(shell, parent)

    def do(self, command: str, person_id: int, entry: int | None = None) -> bool:
        """Do a command, here or in the part of the page that knows it."""
        return (
            super().do(command, person_id, entry)
            or self._office_entry_actions.do(command, person_id, entry)
            or self._path_entry_actions.do(command, person_id, entry)
            or self._file_entry_actions.do(command, person_id, entry)
            or self._document(command, person_id)
        )

    def attach(self, person_id: int, kind: str, member: int | None, path: str) -> None:
        """Keep a file that was dropped on a document as its scan."""
        self._file_entry_actions.attach(person_id, DocumentType(kind), member, Path(path))

    def add_person(self) -> int | None:
        """Add somebody by hand; the person's id, or that of the file opened instead, or None."""
        done = PersonDialog(self._shell.office.as_shown(), parent=self._window()).ask()
        if isinstance(done, int):
            return done
        if not isinstance(done, Added):
            return None
        self._shell.changed(_("Person added"), done.act)
        return done.person

    def edit(self, person_id: int, entry: int | None) -> None:
        done = PersonDialog(self._shell.office.as_shown(), person_id, parent=self._window()).ask()
        if isinstance(done, Added | Changed):
            self._tell(_("File changed"), done.act)

    def receive(self, person_id: int, entry: int | None) -> None:
        done = ReceiveDialog(self._shell.office.as_shown(), person_id, parent=self._window()).ask()
        if done is None:
            return
        if done.outcome is not None:
            text = _("Recorded as cancelled over the cap of {year}").format(year=done.cap_year)
        elif done.place is None:
            text = _("Application recorded; it uses no place")
        else:
            text = _("Application recorded: place {place} of {year}").format(
                place=number(done.place), year=done.cap_year
            )
        self._tell(text, done.act)

    def decide_latest(self, person_id: int, entry: int | None) -> None:
        self._on_latest(person_id, WAITING, "decide")

    def issue_latest(self, person_id: int, entry: int | None) -> None:
        self._on_latest(person_id, (ApplicationState.APPROVED,), "issue")

    def decide(self, person_id: int, entry: int | None) -> None:
        done = DecideDialog(self._shell.office.as_shown(), entry or 0, parent=self._window()).ask()
        if done is not None:
            text = _("Decision recorded: {outcome}").format(outcome=name_of(done.outcome))
            self._tell(text, done.act)

    def issue(self, person_id: int, entry: int | None) -> None:
        done = PermitDialog(self._shell.office.as_shown(), entry or 0, parent=self._window()).ask()
        if done is not None:
            text = _("Permit recorded, valid until {day}").format(day=day_long(done.valid_until))
            self._tell(text, done.act)

    def application_number(self, person_id: int, entry: int | None) -> None:
        act = NumberDialog(self._shell.office.as_shown(), entry or 0, parent=self._window()).ask()
        self._tell(_("Application number changed"), act)

    def refund(self, person_id: int, entry: int | None) -> None:
        act = RefundDialog(self._shell.office.as_shown(), entry or 0, parent=self._window()).ask()
        self._tell(_("Refund logged"), act)

    def wording(self, person_id: int, entry: int | None) -> None:
        act = WordingDialog(self._shell.office.as_shown(), entry or 0, parent=self._window()).ask()
        self._tell(_("Wording of the form recorded"), act)

    def letter(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).letters, entry)
        done = LetterDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._window()
        ).ask()
        self._tell_change(_("Letter recorded"), done)

    def residence(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).residences, entry)
        done = ResidenceDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._window()
        ).ask()
        self._tell_change(_("Residence recorded"), done)

    def passport(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).passports, entry)
        done = PassportDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._window()
        ).ask()
        self._tell_change(_("Passport recorded"), done)

    def documents(self, person_id: int, entry: int | None) -> None:
        done = DocumentsDialog(
            self._shell.office.as_shown(), person_id, parent=self._window()
        ).ask()
        self._tell_change(_("Documents recorded"), done)

    def note(self, person_id: int, entry: int | None) -> None:
        done = NoteDialog(self._shell.office.as_shown(), person_id, parent=self._window()).ask()
        self._tell_change(_("Note added"), done)

    def delete_letter(self, person_id: int, entry: int | None) -> None:
        done = folder.delete_letter(self._shell.office, person_id, entry or 0)
        self._tell_change(_("Letter removed"), done)

    def delete_residence(self, person_id: int, entry: int | None) -> None:
        done = folder.delete_residence(self._shell.office, person_id, entry or 0)
        self._tell_change(_("Residence removed"), done)

    def delete_passport(self, person_id: int, entry: int | None) -> None:
        done = folder.delete_passport(self._shell.office, person_id, entry or 0)
        self._tell_change(_("Passport removed"), done)

    def delete_note(self, person_id: int, entry: int | None) -> None:
        done = folder.delete_note(self._shell.office, person_id, entry or 0)
        self._tell_change(_("Note removed"), done)

    def member(self, person_id: int, entry: int | None) -> None:
        found = self._entry(people.file(self._shell.office, person_id).members, entry)
        act = MemberDialog(
            self._shell.office.as_shown(), person_id, found, parent=self._window()
        ).ask()
        self._tell(_("Family member recorded"), act)

    def receive_member(self, person_id: int, entry: int | None) -> None:
        done = MemberReceiveDialog(
            self._shell.office.as_shown(), entry or 0, parent=self._window()
        ).ask()
        if done is not None:
            text = _("Family application recorded: {code}").format(code=name_of(done.code))
            self._tell(text, done.act)

    def arrive_member(self, person_id: int, entry: int | None) -> None:
        act = MemberArrivalDialog(
            self._shell.office.as_shown(), entry or 0, parent=self._window()
        ).ask()
        self._tell(_("Arrival recorded"), act)

    def delete_member(self, person_id: int, entry: int | None) -> None:
        self._tell(_("Family member removed"), family.delete_member(self._shell.office, entry or 0))

    def arrival(self, person_id: int, entry: int | None) -> None:
        act = ArrivalDialog(self._shell.office.as_shown(), person_id, parent=self._window()).ask()
        self._tell(_("Arrival recorded"), act)

    def last_act(self, person_id: int) -> ActRow | None:
        """The latest act that touched this file alone and can be undone."""
        for act in history.acts(self._shell.office, limit=20, person_id=person_id):
            alone = act.person_id == person_id and act.source_name is None
            if alone and act.can_be_undone:
                return act
        return None

    def undo_act(self, person_id: int, entry: int | None) -> None:
        """Undo the act that the menu has named."""
        if entry is not None:
            self._shell.undo(entry)

    def copy_reference(self, person_id: int, entry: int | None) -> None:
        person = people.file(self._shell.office, person_id).person
        reference = person.individual_reference or person.uci or person.file_number
        if reference is None:
            self._shell.say(_("This file has no reference."))
            return
        QGuiApplication.clipboard().setText(reference)
        self._shell.say(_("Copied: {reference}").format(reference=reference))

    def _document(self, command: str, person_id: int) -> bool:
        """`document:TYPE` opens the checklist at a document."""
        family_name, _colon, kind = command.partition(":")
        if family_name != "document":
            return False
        done = DocumentsDialog(
            self._shell.office.as_shown(), person_id, DocumentType(kind), parent=self._window()
        ).ask()
        self._tell_change(_("Documents recorded"), done)
        return True

    def _on_latest(
        self, person_id: int, states: tuple[ApplicationState, ...], entry_action: str
    ) -> None:
        latest = latest_application(people.file(self._shell.office, person_id))
        if latest is not None and latest.state in states:
            getattr(self, entry_action)(person_id, latest.id)

    def _entry(self, entries: tuple[Any, ...], wanted: int | None) -> Any:
        return next((entry for entry in entries if entry.id == wanted), None)

    def _tell_change(self, text: str, done: Changed | None) -> None:
        if done is not None:
            self._tell(text, done.act)

    def _tell(self, text: str, act: ActId | None) -> None:
        """Say what was stored; without an act nothing was."""
        if act is not None:
            self._shell.changed(text, act)

    def _window(self) -> QWidget:
        return self._page.window()
