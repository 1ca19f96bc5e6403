# SPDX-License-Identifier: Apache-2.0
"""What stands around the steps of an import: its title and the trail of the steps above them, what
goes on and the buttons that lead on below.

    ImportHead(parent=None)     show_step(session, step)
    ImportFoot(parent=None)     .back, .rejects, .next
        show_step(session, step, ready=, task=)    ready: whether the step lets one go on;
                                                   task: what is being done, None when nothing is
        show_progress(done, total), retranslate()

Must not go from step to step itself.
"""

import re

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.ui.imports.import_session import (
    CHECK,
    COLUMNS,
    FILE,
    SUMMARY,
    ImportSession,
)
from imp_plus_desktop.ui.imports.steps.import_presenter import import_button
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.widgets.labels import button, label

_NUMBER = re.compile(r"\d(?:[\d\s,]*\d)?")


class ImportHead(QWidget):
    """Which file it is, and where in its import one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(role="title", elide=True)
        self._trail = [label() for _place in range(SUMMARY + 1)]
        head = QHBoxLayout(self)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.space(2))
        head.addWidget(self._title, 1)
        for place, shown in enumerate(self._trail):
            if place:
                head.addWidget(label("—", "secondary"))
            head.addWidget(shown)

    def show_step(self, session: ImportSession, step: int) -> None:
        """Show the file's name, and which steps are done."""
        self._title.setText(_("Import {name}").format(name=session.name()))
        names = (_("File"), _("Columns"), _("Check"), _("Summary"))
        for place, (shown, name) in enumerate(zip(self._trail, names, strict=True)):
            done = place < step or session.imported is not None
            now = place == step
            # The letters first: a text is cut by those that it is put in.
            theme.set_role(
                shown, "heading" if now else "secondary", Tone.ACCENT if now else Tone.PLAIN
            )
            shown.setText(f"{place + 1} {name}" + (" ✓" if done and not now else ""))


class ImportFoot(QWidget):
    """What is being done, and the buttons to the steps before and after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = label(role="secondary", elide=True)
        self._bar = QProgressBar()
        self.back, self.rejects = button(), button()
        self.next = button(role="accent")
        foot = QHBoxLayout(self)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(theme.space(3))
        self._bar.setFixedWidth(theme.metrics().body * 14)
        foot.addWidget(self._note)
        foot.addWidget(self._bar)
        foot.addStretch(1)
        # What comes and goes stands before what is always there, which it does not move.
        for made in (self.rejects, self.back, self.next):
            foot.addWidget(made)

    def retranslate(self) -> None:
        self.rejects.setText(_("Save the rejected rows…"))
        set_name(self._bar, _("Progress"))

    def show_step(
        self, session: ImportSession, step: int, *, ready: bool, task: str | None
    ) -> None:
        """Show what is being done, or else what the buttons do from this step."""
        busy = task is not None
        self._note.setText(_note_text(session, step) if task is None else task)
        self._bar.setVisible(busy)
        self.back.setText(_back_text(step, busy))
        self.back.setVisible(busy or step != SUMMARY)
        self.rejects.setVisible(step == CHECK and bool(session.rejected()))
        self.rejects.setEnabled(not busy)
        self.next.setText(_next_text(session, step))
        self.next.setEnabled(ready and not busy)
        theme.set_role(self.next, "" if step == SUMMARY else "accent")
        self._keep_room_of_next(session, step)

    def show_progress(self, done: int, total: int) -> None:
        """How far what is being done has come."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _keep_room_of_next(self, session: ImportSession, step: int) -> None:
        """While cells are mended its number grows, and nothing beside it moves for that."""
        if step != CHECK or session.preview is None:
            self.next.setMinimumWidth(0)
            return
        text, room = self.next.text(), self.next.sizeHint().width()
        most = format_number(sum(len(sheet.rows) for sheet in session.preview.sheets))
        self.next.setText(_NUMBER.sub(most, text))
        room = max(room, self.next.sizeHint().width())
        self.next.setText(text)
        self.next.setMinimumWidth(max(room, self.next.minimumWidth()))


def _note_text(session: ImportSession, step: int) -> str:
    if step == SUMMARY:
        return ""
    if step == CHECK and not session.has_work():
        return _("Nothing to import")
    return _("Nothing is stored yet.")


def _back_text(step: int, busy: bool) -> str:
    if busy:
        return _("Stop")
    return _("Cancel") if step == FILE else _("Back")


def _next_text(session: ImportSession, step: int) -> str:
    """What the one strong button says."""
    if step in (FILE, COLUMNS):
        return _("Continue")
    text = ""
    if step == CHECK and session.preview is not None:
        text = import_button(session.preview)
    return text or _("Close")
