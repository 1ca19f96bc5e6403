# SPDX-License-Identifier: Apache-2.0
"""What can be done to the office's own part of a file: contacts, names, who answers, other routes.

    contact, rename, death, remove, clerk, tag, other_route      on a file, as
    merge, undo_last, copy_reference
    history, explain, origins                   on what its page shows
    CONTACT_ENTRY, FORMER_NAME_ENTRY, ROUTE_ENTRY      on one entry of it
    last_act(at) -> ActRow | None, undo(act), merge_files(shell, window, left, right) -> int | None

Must not hold a rule: dialogs and services do the work.
"""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.papers import Contact
from imp_plus_desktop.domain.records.person import FormerName
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.ui.person.actions import letter_actions, several_actions
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import EntryAction
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.words.bin_texts import taken_out_text
from imp_plus_desktop.words.messages import error_text

_ACTS_LOOKED_AT = 20


def contact(at: OpenFile, found: Contact | None = None) -> None:
    """Log a contact, or correct one."""
    from imp_plus_desktop.ui.dialogs.person.office_file import ContactDialog

    done = ContactDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Contact logged"), done)


def rename(at: OpenFile, found: FormerName | None = None) -> None:
    """Record a change of name, or correct a name of before."""
    from imp_plus_desktop.ui.dialogs.person.office_file import RenameDialog

    done = RenameDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Name recorded"), done)


def death(at: OpenFile) -> None:
    """Record a death, which closes the file."""
    from imp_plus_desktop.ui.dialogs.single import DeathDialog

    act = DeathDialog(at.form_office(), at.person, at.window()).ask()
    at.tell(_("Death recorded; the file is closed"), act)


def remove(at: OpenFile) -> None:
    """Move the file to the bin, with a reason."""
    from imp_plus_desktop.ui.dialogs.single import RemoveFileDialog

    done = RemoveFileDialog(at.form_office(), at.person, at.window()).ask()
    if done is not None:
        at.tell(taken_out_text(done.name, done.places), done)


def clerk(at: OpenFile) -> None:
    """Say who answers for the file, or for all that are chosen."""
    from imp_plus_desktop.ui.dialogs.person.office_file import ClerkDialog

    many = at.all_chosen()
    if many is not None:
        several_actions.assign(many)
        return
    done = ClerkDialog(at.form_office(), at.person, at.window()).ask()
    at.tell(_("Responsible recorded"), done)


def tag(at: OpenFile) -> None:
    """Put tags on the file, or on all that are chosen, or take them off."""
    own = several_actions.Chosen(at.shell, at.window(), (at.person,))
    several_actions.tag(at.all_chosen() or own)


def other_route(at: OpenFile, found: OtherRoute | None = None) -> None:
    """Record a permit under another route, or correct one."""
    from imp_plus_desktop.ui.dialogs.person.office_file import OtherRouteDialog

    done = OtherRouteDialog(at.form_office(), at.person, found, at.window()).ask()
    at.tell(_("Other route recorded"), done)


def merge(at: OpenFile) -> None:
    """Merge the two files that are chosen, and show the one that stays."""
    if len(at.chosen) == 2:
        stays = merge_files(at.shell, at.window(), *at.chosen)
        if stays is not None:
            at.shell.go("people", stays)


def merge_files(shell: Shell, window: QWidget, left: int, right: int) -> int | None:
    """Show two files side by side; the file that stays, None when nothing was merged."""
    from imp_plus_desktop.ui.dialogs.person.merge_people import MergeDialog

    try:
        done = MergeDialog(shell.office.as_shown(), left, right, window).ask()
    except AppError as error:
        shell.say(error_text(error))
        return None
    if done is None:
        return None
    shell.changed(_("Two files merged"), done.act)
    return done.person


def history(at: OpenFile) -> None:
    """Show who changed what."""
    at.page.open_section("history")


def explain(at: OpenFile) -> None:
    """Show every rule behind the verdict."""
    at.page.explain()


def origins(at: OpenFile) -> None:
    """Show where each value comes from."""
    from imp_plus_desktop.ui.person.person_origins import OriginsDialog

    OriginsDialog(at.office(), at.person, at.window()).show()


def last_act(at: OpenFile) -> ActRow | None:
    """The latest act that touched this file alone and can be undone."""
    from imp_plus_desktop.services.history import history as acts

    for act in acts.acts(at.office(), limit=_ACTS_LOOKED_AT, person_id=at.person):
        alone = act.person_id == at.person and act.source_name is None
        if alone and act.can_be_undone and acts.is_ones_to_undo(at.office(), act):
            return act
    return None


def undo_last(at: OpenFile) -> None:
    """Undo the latest act on this file."""
    last = last_act(at)
    if last is None:
        at.shell.say(_("There is nothing to undo."))
    else:
        at.shell.undo(last.id)


def undo(act: int) -> Callable[[OpenFile], None]:
    """Undo the act that a menu has named, whatever came after it."""
    return lambda at: at.shell.undo(act)


def copy_reference(at: OpenFile) -> None:
    """Put the person's reference on the clipboard."""
    person = at.read().person
    reference = person.individual_reference or person.uci or person.file_number
    if reference is None:
        at.shell.say(_("This file has no reference."))
        return
    QGuiApplication.clipboard().setText(reference)
    at.shell.say(_("Copied: {reference}").format(reference=reference))


def as_of(at: OpenFile) -> None:
    """Show the file as it was known on an earlier day."""
    at.page.show_past()


def print_file(at: OpenFile) -> None:
    """Show the whole file as it comes out of a printer, which the preview asks."""
    at.shell.go_paper(at.person)


def save_file_as_pdf(at: OpenFile) -> None:
    """Write the whole file as a PDF file; its name says the day, not whose file it is."""
    at.shell.go_paper(at.person, pdf=True)


def delete_contact(at: OpenFile, found: Contact) -> None:
    """Take a contact out of the file."""
    from imp_plus_desktop.services.people import contacts

    at.tell(_("Contact removed"), contacts.delete(at.office(), at.person, found.id))


def delete_former_name(at: OpenFile, found: FormerName) -> None:
    """Take a name of before out of the file."""
    from imp_plus_desktop.services.people import names_history

    done = names_history.delete_former(at.office(), at.person, found.id)
    at.tell(_("Former name removed"), done)


def delete_other_route(at: OpenFile, found: OtherRoute) -> None:
    """Take another route out of the file."""
    from imp_plus_desktop.services.applications import routes

    at.tell(_("Other route removed"), routes.delete(at.office(), at.person, found.id))


CONTACT_ENTRY = (
    EntryAction(
        "contact.letter",
        N_("Open the letter"),
        letter_actions.open_letter,
        letter_actions.has_letter,
        "document",
    ),
    EntryAction("contact.edit", N_("Edit…"), contact, icon="edit"),
    EntryAction("contact.delete", N_("Delete"), delete_contact, icon="trash"),
)
FORMER_NAME_ENTRY = (
    EntryAction("former_name.edit", N_("Edit…"), rename, icon="edit"),
    EntryAction("former_name.delete", N_("Delete"), delete_former_name, icon="trash"),
)
ROUTE_ENTRY = (
    EntryAction("other_route.edit", N_("Edit…"), other_route, icon="edit"),
    EntryAction("other_route.delete", N_("Delete"), delete_other_route, icon="trash"),
)
