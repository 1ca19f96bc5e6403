# SPDX-License-Identifier: Apache-2.0
"""Letters to whom a file is about, or to many: written, looked at again, sent as a draft.

    write(at), write_to(chosen)
    open_letter(at, contact)        what a line of the log keeps

Must not hold a rule: dialogs and services do the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from imp_plus_desktop.domain.reads.outward import OutForm
from imp_plus_desktop.domain.records.papers import Contact
from imp_plus_desktop.i18n import _, format_number, ngettext
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.person.actions.several_actions import Chosen

if TYPE_CHECKING:
    from imp_plus_desktop.ui.dialogs.correspondence.write_letters import Written


def write(at: OpenFile) -> None:
    """Write to the person, or to all whose files are chosen in the list beside."""
    write_to(at.all_chosen() or Chosen(at.shell, at.window(), (at.person,)))


def write_to(chosen: Chosen) -> None:
    """Write to these people."""
    from imp_plus_desktop.ui.dialogs.correspondence.write_letters import WriteLettersDialog

    if not chosen.people:
        return
    done = WriteLettersDialog(chosen.shell, chosen.people, chosen.window).ask()
    if done is not None:
        _tell(chosen, done)


def open_letter(at: OpenFile, found: Contact) -> None:
    """Show the letter that a line of the log keeps, in a private copy."""
    from imp_plus_desktop.services.people import contacts

    letter = contacts.written(at.office(), at.person, found.id)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(at.page.scans.make(letter))))


def has_letter(found: Contact) -> bool:
    """Whether a line of the log keeps a letter."""
    return found.attachment is not None


def _tell(chosen: Chosen, done: Written) -> None:
    count = len(done.made.letters) - len(done.kept.left_out)
    words = ngettext("{count} letter written", "{count} letters written", count)
    text = words.format(count=format_number(count))
    if done.folder is not None:
        text = _("{text}, saved in “{folder}”").format(text=text, folder=done.folder.name)
    if done.wants_mail and (why_not := _open_draft(chosen, done)):
        text = f"{text}. {why_not}"
    if done.kept.act is not None:
        chosen.shell.changed(text, done.kept.act)
    elif done.folder is not None:
        chosen.shell.say_saved(text, done.folder)
    else:
        chosen.shell.say(text)


def _open_draft(chosen: Chosen, done: Written) -> str:
    """A draft to them, with the letter's own text where it is one letter and short enough; why
    there is none, else nothing."""
    from imp_plus_desktop.services.correspondence import letters
    from imp_plus_desktop.services.several import changes
    from imp_plus_desktop.ui.dialogs.correspondence.mail_draft import draft_url

    found = changes.emails(chosen.shell.office, chosen.people)
    to, hidden = (found[0], []) if len(found) == 1 else ("", found)
    short = letters.cover_text(done.made)
    bodies = [letters.text_of(done.made), short] if len(found) == 1 else [short]
    subject = letters.subject_of(done.made)
    urls = (draft_url(to, hidden, subject, body) for body in bodies)
    url = next((one for one in urls if one is not None), None)
    if url is None:
        return _("There are too many addresses for one draft: write to fewer at once.")
    if done.kept.act is None and done.folder is None:
        letters.note_left(chosen.shell.office, done.made, OutForm.MAIL)
    return "" if QDesktopServices.openUrl(url) else _("No e-mail program has answered.")
