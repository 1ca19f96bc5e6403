# SPDX-License-Identifier: Apache-2.0
"""How the copies of a register on a server are kept: in which folder of the office's, and whether
this computer makes them.

    ServerCopiesDialog(shell, parent=None).ask()      True where something was saved

Only an administrator of the register names the folder; anybody who works in it may give this
computer the passphrase. Shows what there is, and makes a copy.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from imp_plus_desktop.domain.values.errors import AppError, InvalidInput
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import of_server
from imp_plus_desktop.ui.dialogs import files
from imp_plus_desktop.ui.dialogs.care.copying import CopyNow
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.health_texts import place_lines
from imp_plus_desktop.words.messages import error_text

PLACE, PHRASE, AGAIN = "place", "passphrase", "again"


class ServerCopiesDialog(FormDialog[bool]):
    """What there is of copies, where they go, and whether this computer makes them."""

    ACT = "out.backup"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Copies of the register"),
            _("Save the settings"),
            parent,
            sentence=_(
                "The first desk that is at work makes the day’s copy, encrypted, compared with the"
                " register and read again before it counts."
            ),
            columns=2,
        )
        self._shell = shell
        self._there_is = label(wrap=True)
        self._copying = CopyNow(shell, self.fit, self)
        self._copying.ended.connect(self._show_what_there_is)
        self.copy, self._came = self._copying.button, self._copying.came
        self.head.addWidget(self._there_is)
        self.head.addLayout(self._what_can_be_done())
        self.head.addWidget(self._came)
        self._place = QLineEdit()
        self._place.setPlaceholderText(_("No folder: no desk makes copies"))
        may_name = of_server.may_name(shell.office)
        self._place.setReadOnly(not may_name)
        self.choose.setEnabled(may_name)
        self.form.add_field(PLACE, _("Folder, for every desk"), self._place, whole_row=True)
        words = {PHRASE: _("Passphrase of the copies"), AGAIN: _("The same once more")}
        for key, text in words.items():
            typed = QLineEdit()
            typed.setEchoMode(QLineEdit.EchoMode.Password)
            self.form.add_field(key, text, typed, whole_row=True)
        for key in (PLACE, *words):
            self.form.let_finding_wrap(key)
        self._office = shell.office.as_shown()
        present = of_server.folder(shell.office)
        self.form.set_values({PLACE: str(present or ""), PHRASE: "", AGAIN: ""})
        self.body.addWidget(
            label(
                _(
                    "The passphrase is kept by this computer’s keyring and nowhere else; every desk"
                    " that is to make copies needs it. Keep it on paper too: without it nobody"
                    " opens a copy. An administrator of the register names the folder."
                ),
                role="small",
                wrap=True,
            )
        )
        self._show_what_there_is()

    def submit(self) -> bool:
        """Save both; what is wrong stands under its field."""
        self.form.clear_findings()
        phrase = self._typed(PHRASE)
        if phrase != self._typed(AGAIN):
            self.form.set_finding(AGAIN, Tone.BAD, error_text(InvalidInput("passphrases_differ")))
            return False
        return self._name_folder() and self._keep(phrase)

    def _name_folder(self) -> bool:
        if PLACE not in self.form.changed():
            return True
        place = self.form.value(PLACE)
        try:
            act = of_server.set_folder(self._office, Path(place) if place else None)
        except AppError as error:
            self.form.set_finding(PLACE, Tone.BAD, error_text(error))
            return False
        if act is not None:
            self._shell.changed(_("Settings of the copies saved"), act)
            self._show_what_there_is()  # the passphrase may be refused yet
        self.answer = True
        return True

    def _keep(self, phrase: str) -> bool:
        if not phrase:
            return True
        try:
            of_server.keep_passphrase(self._shell.office, phrase)
        except AppError as error:
            self.form.set_finding(PHRASE, Tone.BAD, error_text(error))
            return False
        self._shell.say(_("This computer makes copies from now on"))
        self.answer = True
        return True

    def _typed(self, key: str) -> str:
        """To the letter: a blank at an end belongs to it."""
        field = self.form.field(key)
        return field.text() if isinstance(field, QLineEdit) else ""

    def _what_can_be_done(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        self.choose = button(_("Choose the folder…"))
        self.choose.clicked.connect(self._on_choose_clicked)
        for made in (self.copy, self.choose):
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _show_what_there_is(self) -> None:
        found = of_server.state(self._shell.office)
        lines = [_("No folder is named for the copies: no desk makes any.")]
        if found.folder is not None:
            told = (str(found.folder), found.is_there, found.count, found.proven, found.latest)
            lines = place_lines([told])
        if found.has_passphrase:
            lines.append(_("This computer knows the passphrase of the copies."))
        else:
            lines.append(_("This computer does not know the passphrase of the copies."))
        self._there_is.setText("\n".join(lines))
        self.copy.setEnabled(found.is_there and found.may_make and found.has_passphrase)

    def _on_choose_clicked(self) -> None:
        chosen = files.ask_folder(self, _("Folder of the copies"), "copies")
        if chosen is not None:
            self._place.setText(str(chosen))
