# SPDX-License-Identifier: Apache-2.0
"""What stands over a window that is locked: the question for what opens it, and nothing else.

LockedDialog(name, unlock, parent)     `unlock(typed)` raises AppError while it is not right

It stays until the register is open again; what was typed below it stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from imp_plus_desktop.i18n import _
from imp_plus_desktop.ui.dialogs.register.passphrase import PassphraseForm


class LockedDialog(PassphraseForm):
    """Asks for the passphrase of the open register; who gives up quits."""

    def __init__(
        self,
        name: str,
        unlock: Callable[[str], None],
        parent: QWidget | None,
        *,
        on_server: bool = False,
    ) -> None:
        said = _("What was being entered is kept. Enter the passphrase of {name}.")
        if on_server:
            said = _("What was being entered is kept. Enter your password for {name}.")
        super().__init__(
            name,
            parent=parent,
            title=_("The window is locked"),
            ok=_("Unlock"),
            sentence=said.format(name=name),
            what=_("Password") if on_server else "",
        )
        self._unlock = unlock
        self._was_warned = False
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        box = self.findChild(QDialogButtonBox)
        assert box is not None
        for made in box.buttons():
            if box.buttonRole(made) == QDialogButtonBox.ButtonRole.RejectRole:
                assert isinstance(made, QPushButton)
                made.setText(_("Quit"))

    def submit(self) -> bool:
        typed = self.passphrase()
        self._unlock(typed)
        return super().submit()

    def reject(self) -> None:
        """Quit, once it was said what goes with it."""
        if self._was_warned:
            QCoreApplication.exit(0)
            return
        self._was_warned = True
        self.set_sentence(_("What was entered and not recorded would be lost. Quit all the same?"))
        self.fit()
