# SPDX-License-Identifier: Apache-2.0
"""What can be done about what a file records of a person: identity, letters, stays, family, work.

    edit, letter, residence, passport, note, member, arrival, work      on a file
    LETTER_ENTRY, RESIDENCE_ENTRY, PASSPORT_ENTRY, NOTE_ENTRY, WORK_ENTRY      on one entry of it
    RECEIVE_MEMBER, MEMBER                              on a Relative
    add_person(shell, window) -> int | None      a new file, or the one opened instead

Must not hold a rule: dialogs and services do the work.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.papers import Employment, Letter, Note, Passport, Residence
from imp_plus_desktop.domain.values.codes import PermitWish
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.office.person_file import Changed
from imp_plus_desktop.ui.person.actions import several_actions
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import EntryAction
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.messages import name_of


@dataclass(frozen=True, slots=True)
class Relative:
    """A family member with their own applications."""

    member: Member
    applications: tuple[Application, ...]


def relative_of(file: PersonFile, found: Member) -> Relative:
    """A member as their file holds them."""
    own = tuple(a for a in file.applications if a.member_id == found.id)
    return Relative(found, own)


def add_person(
    shell: Shell, window: QWidget, values: Mapping[str, str] | None = None
) -> int | None:
    """Add somebody by hand, with what is known of them already; the person's id, or that of the
    file opened instead, or None."""
    from imp_plus_desktop.services.history import file_bin
    from imp_plus_desktop.services.people.people import Added
    from imp_plus_desktop.ui.dialogs.person.person import PersonDialog

    done = PersonDialog(shell.office.as_shown(), parent=window, values=values).ask()
    if isinstance(done, Added):
        shell.changed(_("Person added"), done.act)
        return done.person
    if isinstance(done, int) and file_bin.holding(shell.office, f"#{done}"):
        shell.go("bin", done)
        return None
    return done if isinstance(done, int) else None


def _go_to(shell: Shell, person: int) -> None:
    """Open somebody's file, or the bin where it is there."""
    from imp_plus_desktop.services.history import file_bin

    shell.go("bin" if file_bin.holding(shell.office, f"#{person}") else "people", person)


def edit(at: OpenFile) -> None:
    """Edit who somebody is."""
    from imp_plus_desktop.services.people.people import Added
    from imp_plus_desktop.ui.dialogs.person.person import PersonDialog

    done = PersonDialog(at.form_office(), at.person, at.window()).ask()
    if isinstance(done, Added | Changed):
        at.tell(_("File changed"), done)


def letter(at: OpenFile, found: Letter | None = None) -> None:
    """Add a letter, or correct one."""
    from imp_plus_desktop.ui.dialogs.person.letter import LetterDialog

    done = LetterDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Letter recorded"), done)


def residence(at: OpenFile, found: Residence | None = None) -> None:
    """Add a stay, or correct one."""
    from imp_plus_desktop.ui.dialogs.person.residence import ResidenceDialog

    done = ResidenceDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Residence recorded"), done)


def passport(at: OpenFile, found: Passport | None = None) -> None:
    """Add a passport, or correct one."""
    from imp_plus_desktop.ui.dialogs.person.passport import PassportDialog

    done = PassportDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Passport recorded"), done)


def note(at: OpenFile) -> None:
    """Add a note, to all files that are chosen."""
    from imp_plus_desktop.ui.dialogs.person.note import NoteDialog

    many = at.all_chosen()
    if many is not None:
        several_actions.note(many)
        return

    done = NoteDialog(at.form_office(), at.person, None, at.window()).ask()
    at.tell(_("Note added"), done)


def edit_note(at: OpenFile, found: Note, *, begin_at: str = "text") -> None:
    """Write a note anew, pin it, or have it come back on a day."""
    from imp_plus_desktop.ui.dialogs.person.note import NoteDialog

    dialog = NoteDialog(at.form_office(), at.person, found, at.window(), begin_at=begin_at)
    at.tell(_("Note changed"), dialog.ask())


def postpone_note(at: OpenFile, found: Note) -> None:
    """Have a note come back on another day."""
    edit_note(at, found, begin_at="remind_on")


def pin_note(at: OpenFile, found: Note) -> None:
    """Keep a note in view at the top of the file."""
    from imp_plus_desktop.services.people import folder

    done = folder.change_note(at.office(), at.person, found.id, pinned=True)
    at.tell(_("Note pinned"), done)


def unpin_note(at: OpenFile, found: Note) -> None:
    """Take a note down from the top of the file."""
    from imp_plus_desktop.services.people import folder

    done = folder.change_note(at.office(), at.person, found.id, pinned=False)
    at.tell(_("Note unpinned"), done)


def settle_note(at: OpenFile, found: Note) -> None:
    """Say that what a note reminds of is done."""
    from imp_plus_desktop.services.agenda import agenda

    if found.remind_on is not None:
        named = agenda.Named(at.person, "reminder", found.remind_on, found.id)
        at.tell(_("Reminder done"), agenda.settle(at.office(), named))


def member(at: OpenFile, found: Member | None = None) -> None:
    """Add a family member, or correct one."""
    from imp_plus_desktop.ui.dialogs.person.member import MemberDialog

    dialog = MemberDialog(at.form_office(), at.person, found, at.window())
    act = dialog.ask()
    if act is None and dialog.opened is not None:
        _go_to(at.shell, dialog.opened)
    at.tell(_("Family member recorded"), act)


def arrival(at: OpenFile) -> None:
    """Record the person's arrival in Canada."""
    from imp_plus_desktop.ui.dialogs.single import ArrivalDialog

    at.tell(_("Arrival recorded"), ArrivalDialog(at.form_office(), at.person, at.window()).ask())


def work(at: OpenFile, found: Employment | None = None) -> None:
    """Add where somebody works, or correct it."""
    from imp_plus_desktop.ui.dialogs.applications.path import WorkDialog

    done = WorkDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Work recorded"), done)


def delete_letter(at: OpenFile, found: Letter) -> None:
    """Take a letter out of the file."""
    from imp_plus_desktop.services.people import folder

    at.tell(_("Letter removed"), folder.delete_letter(at.office(), at.person, found.id))


def delete_residence(at: OpenFile, found: Residence) -> None:
    """Take a stay out of the file."""
    from imp_plus_desktop.services.people import folder

    at.tell(_("Residence removed"), folder.delete_residence(at.office(), at.person, found.id))


def delete_passport(at: OpenFile, found: Passport) -> None:
    """Take a passport out of the file."""
    from imp_plus_desktop.services.people import folder

    at.tell(_("Passport removed"), folder.delete_passport(at.office(), at.person, found.id))


def delete_note(at: OpenFile, found: Note) -> None:
    """Take a note out of the file."""
    from imp_plus_desktop.services.people import folder

    at.tell(_("Note removed"), folder.delete_note(at.office(), at.person, found.id))


def delete_work(at: OpenFile, found: Employment) -> None:
    """Take a place of work out of the file."""
    from imp_plus_desktop.services.people import employments

    at.tell(_("Work removed"), employments.delete(at.office(), at.person, found.id))


def edit_member(at: OpenFile, found: Relative) -> None:
    """Correct a family member."""
    member(at, found.member)


def receive_member(at: OpenFile, found: Relative) -> None:
    """Record what IRCC has received of a family member."""
    from imp_plus_desktop.ui.dialogs.person.member_receive import MemberReceiveDialog

    done = MemberReceiveDialog(at.form_office(), found.member.id, at.window()).ask()
    if done is not None:
        text = _("Family application recorded: {code}").format(code=name_of(done.code))
        at.tell(text, done)


def arrive_member(at: OpenFile, found: Relative) -> None:
    """Record a family member's arrival in Canada."""
    from imp_plus_desktop.ui.dialogs.single import MemberArrivalDialog

    act = MemberArrivalDialog(at.form_office(), found.member.id, at.window()).ask()
    at.tell(_("Arrival recorded"), act)


def delete_member(at: OpenFile, found: Relative) -> None:
    """Take a family member out of the file."""
    from imp_plus_desktop.services.family import family

    at.tell(_("Family member removed"), family.delete_member(at.office(), found.member.id))


def _may_apply(found: Relative) -> bool:
    asks = found.member.wish not in (PermitWish.VISITOR, PermitWish.NONE)
    return asks and not found.applications


def _has_no_application(found: Relative) -> bool:
    return not found.applications


EDIT_LETTER = EntryAction("letter.edit", N_("Edit…"), letter, icon="edit")
LETTER_ENTRY = (
    EDIT_LETTER,
    EntryAction("letter.delete", N_("Delete"), delete_letter, icon="trash"),
)
RESIDENCE_ENTRY = (
    EntryAction("residence.edit", N_("Edit…"), residence, icon="edit"),
    EntryAction("residence.delete", N_("Delete"), delete_residence, icon="trash"),
)
PASSPORT_ENTRY = (
    EntryAction("passport.edit", N_("Edit…"), passport, icon="edit"),
    EntryAction("passport.delete", N_("Delete"), delete_passport, icon="trash"),
)


def _is_pinned(found: Note) -> bool:
    return bool(found.pinned)


def _is_not_pinned(found: Note) -> bool:
    return not found.pinned


EDIT_NOTE = EntryAction("note.edit", N_("Edit…"), edit_note, icon="edit")
UNPIN_NOTE = EntryAction("note.unpin", N_("Unpin"), unpin_note, _is_pinned)
NOTE_ENTRY = (
    EntryAction("note.pin", N_("Pin"), pin_note, _is_not_pinned),
    UNPIN_NOTE,
    EDIT_NOTE,
    EntryAction("note.delete", N_("Delete"), delete_note, icon="trash"),
)
POSTPONE_NOTE = EntryAction("note.postpone", N_("Postpone…"), postpone_note)
SETTLE_NOTE = EntryAction("note.done", N_("Done"), settle_note)
WORK_ENTRY = (
    EntryAction("work.edit", N_("Edit…"), work, icon="edit"),
    EntryAction("work.delete", N_("Delete"), delete_work, icon="trash"),
)
RECEIVE_MEMBER = EntryAction(
    "member.receive", N_("Application received…"), receive_member, _may_apply
)
EDIT_MEMBER = EntryAction("member.edit", N_("Edit…"), edit_member, icon="edit")
MEMBER = (
    EDIT_MEMBER,
    EntryAction("member.arrival", N_("Arrival in Canada…"), arrive_member),
    EntryAction("member.delete", N_("Remove"), delete_member, _has_no_application, "trash"),
)
