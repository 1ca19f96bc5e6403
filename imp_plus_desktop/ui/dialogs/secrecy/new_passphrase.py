# SPDX-License-Identifier: Apache-2.0
"""Sets, changes or removes the passphrase of the open register, and says what that leaves.

    NewPassphraseDialog(shell, how, parent=None).ask()      what was done: lines to be read

The register is written anew away from the window while the dialog stays open, so that nothing
else asks the register meanwhile. What is typed is neither kept nor logged.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.errors import AppError, InvalidInput, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.services.secrecy.passphrases import PassphraseChanged
from imp_plus_desktop.services.secrecy.strength import check
from imp_plus_desktop.ui.dialogs.fields import offer_to_show
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.secrecy.estimating import Estimate
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import label
from imp_plus_desktop.words.care.passphrase_texts import changed_lines
from imp_plus_desktop.words.messages import error_text

PRESENT, NEW, AGAIN = "present", "new", "again"


class NewPassphraseDialog(FormDialog[list[str]]):
    """Asks for the present passphrase where there is one, and twice for the new one."""

    def __init__(self, shell: Shell, how: str, parent: QWidget | None = None) -> None:
        title, ok = {
            passphrases.SET: (_("Set a passphrase"), _("Encrypt the register")),
            passphrases.CHANGE: (_("Change the passphrase"), _("Change the passphrase")),
            passphrases.REMOVE: (_("Remove the passphrase"), _("Decrypt the register")),
        }[how]
        super().__init__(title, ok, parent, sentence=_sentence(how))
        self._shell, self._how = shell, how
        office = shell.office
        self._known = passphrases.known_names(office)
        # Who came by the recovery key has no passphrase to tell.
        asked = how != passphrases.SET and not passphrases.is_open_by_recovery_key(office)
        keys = [(PRESENT, _("Present passphrase"))] if asked else []
        if how != passphrases.REMOVE:
            keys += [(NEW, _("New passphrase")), (AGAIN, _("The same once more"))]
        self._lines = {key: self.form.add_line(key, words) for key, words in keys}
        offer_to_show(self.form, *self._lines.values())
        self._working = label(role="secondary", wrap=True)
        self._working.hide()
        self.body.addWidget(self._working)
        self._estimate = None
        if NEW in self._lines:
            self._estimate = Estimate(self.form, NEW, self._lines[NEW], self._known)
        self.form.edited.connect(self._on_form_edited)
        shell.tasks.progressed.connect(self._on_progressed)
        self._show_allowed()

    def submit(self) -> bool:
        if not self._is_right():
            return False
        typed = self._typed(NEW)
        if self._how != passphrases.REMOVE:
            check(typed, self._known)
        office, how = self._shell.office, self._how
        office.release()  # the work needs the register to itself
        self._set_working(_("The register is written anew…"))

        def job(progress: Progress) -> PassphraseChanged:
            return passphrases.change(office, how, typed, progress=progress)

        if not self._shell.try_start(_("Changing the passphrase…"), job, self._on_done, self._fail):
            self._set_working("")
            self._shell.start("", job, self._on_done)  # says what is being waited for
        return False

    def reject(self) -> None:
        """While the register is written anew there is nothing to give up."""
        if not self._working.isVisible():
            super().reject()

    def is_changed(self) -> bool:
        """What was typed is asked for again in a moment, and kept nowhere."""
        return False

    def estimate(self) -> None:
        """Say how hard the new passphrase is to guess."""
        if self._estimate is not None:
            self._estimate.say()

    def _is_right(self) -> bool:
        """Whether what was typed fits together; says what does not."""
        self.form.clear_findings()
        self.estimate()
        if PRESENT in self._lines and not passphrases.is_right(
            self._shell.office, self._typed(PRESENT)
        ):
            self.form.set_finding(PRESENT, Tone.BAD, error_text(StorageError("wrong_key")))
        if NEW in self._lines and self._typed(NEW) != self._typed(AGAIN):
            self.form.set_finding(AGAIN, Tone.BAD, error_text(InvalidInput("passphrases_differ")))
            return False
        return not self.form.finding(PRESENT) if PRESENT in self._lines else True

    def _typed(self, key: str) -> str:
        """To the letter: a blank at an end belongs to it."""
        line = self._lines.get(key)
        return line.text() if line is not None else ""

    def _on_form_edited(self, key: str) -> None:
        self.form.set_finding(key, Tone.PLAIN, "")
        self._show_allowed()

    def _show_allowed(self) -> None:
        self.set_ok_enabled(all(line.text() for line in self._lines.values()))

    def _set_working(self, text: str) -> None:
        self._working.setText(text)
        self._working.setVisible(bool(text))
        self.form.setEnabled(not text)
        self.set_ok_enabled(not text)
        self.fit()

    def _on_progressed(self, done: int, total: int) -> None:
        if self._working.isVisible() and total:
            said = _("Its copies follow: {done} of {total}").format(done=done, total=total)
            self._working.setText(said)

    def _on_done(self, done: PassphraseChanged) -> None:
        self.finish(changed_lines(self._how, done.skipped, done.waiting))

    def _fail(self, error: BaseException) -> None:
        self._set_working("")
        if isinstance(error, AppError):
            self.show_error(error)
            self.fit()
            # The form was asleep meanwhile: Return tries again, and gives nothing up.
            for line in list(self._lines.values())[:1]:
                line.setFocus()
        else:
            self._shell.reporter.report(error)


def _sentence(how: str) -> str:
    if how == passphrases.REMOVE:
        return _("Whoever can read the file will then read the register and its copies.")
    return _(
        "The register and its automatic copies are encrypted whole. Without the passphrase and"
        " without the printed recovery key nobody opens them again. Four words that do not go"
        " together are easier to keep in mind than signs, and harder to guess."
    )
