# SPDX-License-Identifier: Apache-2.0
"""Asks for the passphrase of a register; `opening.py` says when.

    PassphraseDialog(name, wrong, parent=None).ask()      the passphrase

None when the user gives up. The passphrase is neither kept nor logged.
"""

from PySide6.QtWidgets import QLineEdit, QWidget

from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.fields import offer_to_show
from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog


class PassphraseForm(FormDialog[str]):
    """Asks for a passphrase; says so when the last one was wrong."""

    def __init__(
        self,
        name: str,
        wrong: StorageError | None = None,
        parent: QWidget | None = None,
        *,
        title: str = "",
        ok: str = "",
        sentence: str = "",
        what: str = "",
    ) -> None:
        super().__init__(
            title or _("Encrypted register"),
            ok or _("Open the register"),
            parent,
            sentence=sentence or _("{name} opens with its passphrase only.").format(name=name),
        )
        offer_to_show(self.form, self.form.add_line("passphrase", what or _("Passphrase")))
        self.form.edited.connect(self._on_form_edited)
        self.form.focus_field("passphrase")
        self.set_ok_enabled(False)
        if wrong is not None:
            self.show_error(wrong)

    def passphrase(self) -> str:
        """What was typed, to the letter."""
        field = self.form.field("passphrase")
        return field.text() if isinstance(field, QLineEdit) else ""

    def is_changed(self) -> bool:
        """What was typed is asked for again in a moment, and kept nowhere."""
        return False

    def show_error(self, error: AppError) -> None:
        """Say why it does not open; the next letter replaces what was typed."""
        super().show_error(error)
        self.form.focus_field("passphrase")
        if isinstance(field := self.form.field("passphrase"), QLineEdit):
            field.selectAll()

    def submit(self) -> bool:
        self.answer = self.passphrase()
        return True

    def _on_form_edited(self, key: str) -> None:
        self.set_ok_enabled(bool(self.passphrase()))


class PassphraseDialog(PassphraseForm):
    """Asks for the passphrase of one register, or of a copy."""
