# SPDX-License-Identifier: Apache-2.0
"""Asks for the passphrase of a file that is about to be made.

    ChosenPassphraseDialog(title, ok, sentence, known, parent=None).ask()      the passphrase

It is typed twice and held to the strength of a register's. What is typed is neither kept nor
logged.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.secrecy.strength import check
from imp_plus_desktop.ui.dialogs.fields import offer_to_show
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.dialogs.secrecy.estimating import Estimate
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.messages import error_text

NEW, AGAIN = "new", "again"


class ChosenPassphraseDialog(FormDialog[str]):
    """Asks twice for one passphrase."""

    def __init__(
        self,
        title: str,
        ok: str,
        sentence: str,
        known: tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, ok, parent, sentence=sentence)
        self._known = known
        words = {NEW: _("Passphrase"), AGAIN: _("The same once more")}
        self._lines = {key: self.form.add_line(key, text) for key, text in words.items()}
        offer_to_show(self.form, *self._lines.values())
        self._estimate = Estimate(self.form, NEW, self._lines[NEW], known)
        self.form.edited.connect(self._on_form_edited)
        self.form.focus_field(NEW)
        self._show_allowed()

    def submit(self) -> bool:
        self.form.clear_findings()
        self._estimate.say()
        typed = self._lines[NEW].text()
        if typed != self._lines[AGAIN].text():
            self.form.set_finding(AGAIN, Tone.BAD, error_text(InvalidInput("passphrases_differ")))
            return False
        check(typed, self._known)
        self.answer = typed
        return True

    def is_changed(self) -> bool:
        """What was typed is asked for again in a moment, and kept nowhere."""
        return False

    def _on_form_edited(self, key: str) -> None:
        self.form.set_finding(key, Tone.PLAIN, "")
        self._show_allowed()

    def _show_allowed(self) -> None:
        self.set_ok_enabled(all(line.text() for line in self._lines.values()))
