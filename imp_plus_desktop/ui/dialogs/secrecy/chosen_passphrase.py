# SPDX-License-Identifier: Apache-2.0
"""Asks for the passphrase of a file that is about to be made.

    ChosenPassphraseDialog(title, ok, sentence, known, parent=None).ask()      the passphrase

It is typed twice and held to the strength of a register's. What is typed is neither kept nor
logged.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.secrecy.strength import check, strength
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.words.care.passphrase_texts import strength_text
from imp_plus_desktop.words.messages import error_text

NEW, AGAIN, SHOWN = "new", "again", "shown"
_PAUSE_MS = 200
_TONES = (Tone.BAD, Tone.BAD, Tone.WARN, Tone.OK, Tone.OK)


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
        self._shown = self.form.add_check(SHOWN, _("Show what is typed"))
        self._shown.toggled.connect(self._show_typed)
        self._show_typed(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.estimate)
        self.form.edited.connect(self._on_form_edited)
        self.form.focus_field(NEW)
        self._show_allowed()

    def submit(self) -> bool:
        self.form.clear_findings()
        self.estimate()
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

    def estimate(self) -> None:
        """Say how hard it is to guess."""
        self._pause.stop()
        typed = self._lines[NEW].text()
        found = strength(typed, self._known)
        level = found.level if found.is_enough else min(found.level, 1)
        said = strength_text(level, found.weakness) if typed else ""
        self.form.set_finding(NEW, _TONES[level], said)

    def _on_form_edited(self, key: str) -> None:
        self.form.set_finding(key, Tone.PLAIN, "")
        if key == NEW:
            self._pause.start()
        self._show_allowed()

    def _show_allowed(self) -> None:
        self.set_ok_enabled(all(line.text() for line in self._lines.values()))

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for line in self._lines.values():
            line.setEchoMode(mode)
