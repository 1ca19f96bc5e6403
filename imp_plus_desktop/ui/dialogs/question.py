# SPDX-License-Identifier: Apache-2.0
"""A question before something that is not easily seen: the safe answer has the Enter key.

Question(parent, title, sentence, yes, no).ask()     True for yes; both buttons say what they do
"""

from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from imp_plus_desktop.ui.dialogs.form_dialog import FormDialog


class Question(FormDialog[bool]):
    """Two answers; Enter and Escape both give the one that changes nothing."""

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
                self._no = made

    def submit(self) -> bool:
        self.answer = True
        return True

    def focus_start(self) -> None:
        self._no.setFocus()
