# SPDX-License-Identifier: Apache-2.0
"""A question before something that is not easily seen: the safe answer has the Enter key, and
looks so.

Question(parent, title, sentence, yes, no).ask()     True for yes; both buttons say what they do
"""

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog
from imp_plus_desktop.ui.look import theme


class Question(FormDialog[bool]):
    """Two answers: Enter and Escape give the one that changes nothing, Ctrl+Enter the other."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str, yes: str, no: str):
        super().__init__(title, yes, parent, sentence=sentence)
        self.form.hide()
        box = self.findChild(QDialogButtonBox)
        assert box is not None
        for made in box.buttons():
            assert isinstance(made, QPushButton)
            if box.buttonRole(made) == QDialogButtonBox.ButtonRole.RejectRole:
                made.setText(no)
                made.setDefault(True)
                theme.set_role(made, "accent")
                self._no = made
            else:
                theme.set_role(made, "")

    def submit(self) -> bool:
        self.answer = True
        return True

    def focus_start(self) -> None:
        self._no.setFocus()
