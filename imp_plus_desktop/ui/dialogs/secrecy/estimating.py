# SPDX-License-Identifier: Apache-2.0
"""Says under a field how hard the passphrase in it is to guess."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit

from imp_plus_desktop.services.secrecy.strength import strength
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.words.care.passphrase_texts import strength_text

_PAUSE_MS = 200
"""After the last key a strength is estimated: a long passphrase takes longer than a key."""
_TONES = (Tone.BAD, Tone.BAD, Tone.WARN, Tone.OK, Tone.OK)


class Estimate(QObject):
    """The strength of what stands in one line of a form. `known` is what anybody tries first."""

    def __init__(self, form: FormGrid, key: str, line: QLineEdit, known: tuple[str, ...]) -> None:
        super().__init__(line)
        self._form, self._key, self._line, self._known = form, key, line, known
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.say)
        form.edited.connect(self._on_form_edited)

    def say(self) -> None:
        """Say it now."""
        self._pause.stop()
        typed = self._line.text()
        found = strength(typed, self._known)
        level = found.level if found.is_enough else min(found.level, 1)
        said = strength_text(level, found.weakness) if typed else ""
        self._form.set_finding(self._key, _TONES[level], said)

    def _on_form_edited(self, key: str) -> None:
        if key == self._key:
            self._pause.start()
