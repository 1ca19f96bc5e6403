# SPDX-License-Identifier: Apache-2.0
"""What can be done to the documents, the scans and the fees of a file.

    checklist, payment                      on a file
    checklist_at(kind)                      the checklist, at a document
    attach(at, kind, member, path)          keep a file as a scan, away from the window
    paste(at)                               keep what was copied as a scan
    MARKS, KEEP_SCAN, PASTE_SCAN, OPEN_SCAN, SCAN, EXPIRY      on a document of the checklist
    DELETE_PAYMENT, REFUND                  on a line of the account

Must not hold a rule: dialogs and services do the work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from imp_plus_desktop.domain.fees.refunds import Refund
from imp_plus_desktop.domain.reads.meetings import Overtaken
from imp_plus_desktop.domain.records.applications import Payment
from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.domain.verdict.checklist import ChecklistItem
from imp_plus_desktop.i18n import N_, _
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people.attachments import Handed
from imp_plus_desktop.ui.person.actions.handed_files import pasted
from imp_plus_desktop.ui.person.actions.open_file import OpenFile
from imp_plus_desktop.ui.shell.actions import EntryAction
from imp_plus_desktop.ui.shell.tasks import JobProgress
from imp_plus_desktop.words.messages import error_text, name_of

if TYPE_CHECKING:
    from imp_plus_desktop.services.people.attachments import Attached


def checklist(at: OpenFile, first: DocumentType | None = None, member: int | None = None) -> None:
    """Say where every document stands, beginning at one."""
    from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog

    done = DocumentsDialog(at.form_office(), at.person, first, member, at.window()).ask()
    at.tell(_("Documents recorded"), done)


def checklist_at(kind: DocumentType) -> Callable[[OpenFile], None]:
    """The checklist, at a document of the person's own."""
    return lambda at: checklist(at, kind)


def payment(at: OpenFile) -> None:
    """Record what was paid."""
    from imp_plus_desktop.ui.dialogs.person.payment import PaymentDialog

    done = PaymentDialog(at.form_office(), at.person, parent=at.window()).ask()
    at.tell(_("Payment recorded"), done)


def refund(at: OpenFile, line: Refund) -> None:
    """Record what IRCC gave back for an application."""
    from imp_plus_desktop.ui.dialogs.person.payment import PaymentDialog

    done = PaymentDialog(at.form_office(), at.person, line.application_id, at.window()).ask()
    at.tell(_("Payment recorded"), done)


def delete_payment(at: OpenFile, paid: Payment) -> None:
    """Take a payment out of the file."""
    from imp_plus_desktop.services.applications import fees

    at.tell(_("Payment removed"), fees.delete(at.office(), at.person, paid.id))


def attach(at: OpenFile, kind: DocumentType, member: int | None, source: Path | Handed) -> None:
    """Keep a file as the scan of a document; a large one takes a moment."""
    job = partial(_attach, at.office(), at.person, kind, source, member)
    again = partial(attach, at, kind, member, source)
    refused = partial(_on_refused, at, again)
    at.shell.start(_("Keeping the scan…"), job, partial(_on_attached, at), refused)


def mark(state: DocumentState, at: OpenFile, item: ChecklistItem) -> None:
    """Say where a document stands."""
    from imp_plus_desktop.services.people import documents

    done = documents.mark(at.office(), at.person, item.type, state, item.member_id)
    words = _("{document}: {state}")
    at.tell(words.format(document=name_of(item.type), state=name_of(state)), done)


def choose_scan(at: OpenFile, item: ChecklistItem) -> None:
    """Ask for the file to keep as a document's scan."""
    from imp_plus_desktop.ui.dialogs import files

    chosen = files.ask_scan(at.window())
    if chosen is not None:
        attach(at, item.type, item.member_id, chosen)


def paste(at: OpenFile) -> None:
    """Keep what was copied as the scan of the document that has the keys, else of the one that is
    chosen then."""
    found = _pasted(at)
    if found is not None:
        at.page.take_document(found)


def paste_scan(at: OpenFile, item: ChecklistItem) -> None:
    """Keep what was copied as this document's scan."""
    found = _pasted(at)
    if found is not None:
        attach(at, item.type, item.member_id, found if isinstance(found, Handed) else Path(found))


def _pasted(at: OpenFile) -> str | Handed | None:
    found = pasted()
    if found is None:
        at.shell.say(_("Copy one file or a picture first: that can be pasted as a document."))
    return found


def open_scan(at: OpenFile, item: ChecklistItem) -> None:
    """Look at a scan in another program."""
    from imp_plus_desktop.services.people import attachments

    scan = attachments.scan(at.office(), at.person, item.type, item.member_id)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(at.page.scans.make(scan))))


def save_scan(at: OpenFile, item: ChecklistItem) -> None:
    """Write a scan to a place of the user's."""
    from imp_plus_desktop.services.people import attachments
    from imp_plus_desktop.ui.dialogs import files

    office = at.office()
    name = attachments.scan(office, at.person, item.type, item.member_id).file_name
    target = files.ask_copy(at.window(), _("Save the scan"), name)
    if target is not None:
        done = attachments.extract(office, at.person, item.type, target, item.member_id)
        at.shell.say_saved(_("Scan saved"), done.path)


def detach(at: OpenFile, item: ChecklistItem) -> None:
    """Take a scan away from its document."""
    from imp_plus_desktop.services.people import attachments

    done = attachments.detach(at.office(), at.person, item.type, item.member_id)
    at.tell(_("Scan removed from the document"), done)


def expiry(at: OpenFile, item: ChecklistItem) -> None:
    """The checklist, at this document."""
    checklist(at, item.type, item.member_id)


def _has_scan(item: ChecklistItem) -> bool:
    return item.document is not None and item.document.attachment is not None


MARKS = {
    state: EntryAction(f"document.{state.value}", "", partial(mark, state))
    for state in DocumentState
}
"""One a state; what it is called is the state's name."""
KEEP_SCAN = EntryAction("document.attach", N_("Keep a scan…"), choose_scan, icon="scan")
PASTE_SCAN = EntryAction("document.paste", N_("Paste the scan"), paste_scan)
OPEN_SCAN = EntryAction("document.scan", N_("Open the scan"), open_scan, _has_scan, "document")
SCAN = (
    OPEN_SCAN,
    EntryAction("document.extract", N_("Save the scan as…"), save_scan, _has_scan, "save"),
    EntryAction("document.detach", N_("Remove the scan"), detach, _has_scan, "trash"),
)
EXPIRY = EntryAction("document.expiry", N_("State and expiry…"), expiry, icon="edit")
DELETE_PAYMENT = EntryAction("payment.delete", N_("Remove"), delete_payment, icon="trash")
REFUND = EntryAction("payment.refund", N_("Came back…"), refund)


def _on_attached(at: OpenFile, done: Attached) -> None:
    at.tell(_("Scan kept"), done)


def _on_refused(at: OpenFile, again: Callable[[], None], error: BaseException) -> None:
    from imp_plus_desktop.ui.dialogs.meeting.meeting import settled

    if isinstance(error, Overtaken) and settled(error, at.window()):
        again()
    elif isinstance(error, AppError):
        at.shell.say(error_text(error))
    else:
        at.shell.reporter.report(error)


def _attach(
    office: Office,
    person_id: int,
    kind: DocumentType,
    path: Path | Handed,
    member: int | None,
    _progress: JobProgress,
) -> Attached:
    from imp_plus_desktop.services.people import attachments

    return attachments.attach(office, person_id, kind, path, member)
