# SPDX-License-Identifier: Apache-2.0
"""What can be done to the documents, the scans and the fees of a file.

    FileActions(shell, page)
        do(command, person_id, number) -> bool      False for a command it does not know
        attach(person_id, kind, member, path)       keep a file as a scan, away from the window

A document's command names its type, `document.received:csq`; the number is the member's, None for
the person's own. Must not hold a rule: dialogs and services do the work.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.codes import DocumentState, DocumentType
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.domain.values.records import ActId
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import fees
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import attachments, documents
from imp_plus_desktop.services.people.attachments import Attached, ScanCopies
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.person.documents import DocumentsDialog
from imp_plus_desktop.ui.dialogs.person.payment import PaymentDialog
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import JobProgress
from imp_plus_desktop.words.messages import error_text, name_of

_STATES: Mapping[str, DocumentState] = {state.value: state for state in DocumentState}
_VERBS: Mapping[str, str] = {
    "scan": "_open",
    "attach": "_choose",
    "extract": "_extract",
    "detach": "_detach",
    "expiry": "_expiry",
}
_PAYMENTS = ("person.payment", "payment.refund", "payment.delete")


class FileActions(QObject):
    """The commands of the documents and the fees of a person's page."""

    def __init__(self, shell: Shell, page: QWidget) -> None:
        super().__init__(page)
        self._shell = shell
        self._page = page
        self._copies = ScanCopies()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._on_app_quitting)

    def do(self, command: str, person_id: int, entry: int | None = None) -> bool:
        """Do a command; what can be mended is said in the status bar."""
        verb, _colon, kind = command.partition(":")
        try:
            if verb in _PAYMENTS:
                self._payment(verb, person_id, entry)
                return True
            if not verb.startswith("document.") or not kind:
                return False
            self._document(verb.removeprefix("document."), person_id, DocumentType(kind), entry)
        except AppError as error:
            self._shell.say(error_text(error))
        return True

    def attach(self, person_id: int, kind: DocumentType, member: int | None, path: Path) -> None:
        """Keep a file as the scan of a document; a large one takes a moment."""
        job = partial(_attach, self._shell.office, person_id, kind, path, member)
        text = _("Keeping the scan…")
        self._shell.start(text, job, self._on_attached, self._on_refused)

    def _document(self, verb: str, person_id: int, kind: DocumentType, member: int | None) -> None:
        state = _STATES.get(verb)
        if state is not None:
            self._mark(person_id, kind, member, state)
        else:
            getattr(self, _VERBS[verb])(person_id, kind, member)

    def _mark(
        self, person_id: int, kind: DocumentType, member: int | None, state: DocumentState
    ) -> None:
        done = documents.mark(self._shell.office, person_id, kind, state, member)
        words = _("{document}: {state}")
        self._tell(words.format(document=name_of(kind), state=name_of(state)), done.act)

    def _open(self, person_id: int, kind: DocumentType, member: int | None) -> None:
        scan = attachments.scan(self._shell.office, person_id, kind, member)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._copies.make(scan))))

    def _choose(self, person_id: int, kind: DocumentType, member: int | None) -> None:
        chosen = files.ask_scan(self._page.window())
        if chosen is not None:
            self.attach(person_id, kind, member, chosen)

    def _extract(self, person_id: int, kind: DocumentType, member: int | None) -> None:
        office = self._shell.office
        name = attachments.scan(office, person_id, kind, member).file_name
        target = files.ask_copy(self._page.window(), _("Save the scan"), name)
        if target is not None:
            done = attachments.extract(office, person_id, kind, target, member)
            self._shell.say_saved(_("Scan saved"), done.path)

    def _detach(self, person_id: int, kind: DocumentType, member: int | None) -> None:
        done = attachments.detach(self._shell.office, person_id, kind, member)
        self._tell(_("Scan removed from the document"), done.act)

    def _expiry(self, person_id: int, kind: DocumentType, member: int | None) -> None:
        window, office = self._page.window(), self._shell.office
        done = DocumentsDialog(office.as_shown(), person_id, kind, member, parent=window).ask()
        if done is not None:
            self._tell(_("Documents recorded"), done.act)

    def _payment(self, verb: str, person_id: int, entry: int | None) -> None:
        office = self._shell.office
        if verb == "payment.delete":
            self._tell(_("Payment removed"), fees.delete(office, person_id, entry or 0).act)
            return
        refunded = entry if verb == "payment.refund" else None
        done = PaymentDialog(
            office.as_shown(), person_id, refunded, parent=self._page.window()
        ).ask()
        if done is not None:
            self._tell(_("Payment recorded"), done.act)

    def _on_attached(self, done: Attached) -> None:
        self._tell(_("Scan kept"), done.act)

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            self._shell.say(error_text(error))
        else:
            self._shell.reporter.report(error)

    def _on_app_quitting(self) -> None:
        self._copies.close()

    def _tell(self, text: str, act: ActId | None) -> None:
        """Say what was stored; without an act nothing was."""
        if act is not None:
            self._shell.changed(text, act)


def _attach(
    office: Office,
    person_id: int,
    kind: DocumentType,
    path: Path,
    member: int | None,
    _progress: JobProgress,
) -> Attached:
    return attachments.attach(office, person_id, kind, path, member)
