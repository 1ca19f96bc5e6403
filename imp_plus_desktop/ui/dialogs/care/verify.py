# SPDX-License-Identifier: Apache-2.0
"""The register verified: the head of its journal to write down, the whole check, and a head that
somebody wrote down earlier.

    VerifyDialog(shell, parent).show()
        .head      the short form, to be read aloud; copy() takes the whole
        .written   a head that was kept elsewhere
        verify(), stop()

The check runs away from the window. What it found stays until the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from imp_plus_desktop.domain.reads.health import HealthItem, Standing
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _, format_number
from imp_plus_desktop.services.copies import health
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.proof.checking import CheckReport
from imp_plus_desktop.ui.dialogs.dialog import BesideDialog, Reading
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.plain import set_name, set_tip
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label
from imp_plus_desktop.words.care.health_texts import label_of, sentence_of
from imp_plus_desktop.words.messages import error_text
from imp_plus_desktop.words.proof.check_texts import (
    PARTS,
    head_text,
    short_head_text,
    since_text,
    unknown_text,
    verdict_text,
)

_SIGNS = {Standing.OK: ("✓", Tone.OK), Standing.BAD: ("✕", Tone.BAD)}


class VerifyDialog(BesideDialog):
    """What proves that nothing was changed behind the program."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(_("Verify the register"), parent)
        self._shell, self._runs, self._is_open = shell, False, True
        self.finished.connect(self._on_closed)
        self.head = label(role="figure")
        self.head.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = button(_("&Copy the whole head"))
        self._copy.clicked.connect(self.copy)
        self.written = QLineEdit()
        self.written.setPlaceholderText(_("Its first 16 signs are enough; spaces do not matter"))
        set_name(self.written, _of_written())
        self._verify = button(_("&Verify"), act="register.check")
        self._stop = button(_("&Stop"))
        self._verify.clicked.connect(self.verify)
        self._stop.clicked.connect(self.stop)
        self.said = label(role="finding", wrap=True)
        self.against = label(role="finding", wrap=True)
        self._area = Reading(_("What was verified"))
        self._lay_out()
        shell.data_changed.connect(self._show_head)
        shell.office_changed.connect(self.close)
        shell.tasks.progressed.connect(self._on_progressed)
        shell.tasks.finished.connect(self._on_finished)
        self._show_head()
        self._show_state()

    def copy(self) -> None:
        """Put the whole head on the clipboard."""
        QGuiApplication.clipboard().setText(checking.head(self._shell.office))
        self._shell.say(_("The head of the journal is copied."))

    def verify(self) -> None:
        """Look through the whole register, beside the head that is typed if one is."""
        office, typed = self._shell.office, self.written.text().strip()
        try:
            if typed:
                checking.head_of(typed)
        except AppError as error:
            self._tell(self.against, error_text(error), Tone.BAD)
            self.written.setFocus()
            return

        def job(progress: Progress) -> Any:
            return health.verify(office, typed, progress)

        said = _("Checking the register…")
        self._runs = True
        self._show_items(())
        self._tell(self.against, "")
        self._tell(self.said, said)
        self._show_state()
        if not self._shell.start(said, job, self._on_verified, self._on_failed):
            self._runs = False  # another task runs, which is said
            self._tell(self.said, "")
            self._show_state()

    def stop(self) -> None:
        """Give the check up."""
        if self._runs:
            self._shell.tasks.stop()

    def _on_closed(self, _code: int) -> None:
        self.stop()
        self._is_open = False

    def _show_head(self, _touched: object = None) -> None:
        head = checking.head(self._shell.office)
        self.head.setText(short_head_text(head) or _("Nothing is recorded yet."))
        set_tip(self.head, head_text(head))
        self._copy.setEnabled(bool(head))

    def _show_state(self) -> None:
        self._verify.setEnabled(not self._runs)
        self.written.setEnabled(not self._runs)
        self._stop.setVisible(self._runs)

    def _on_progressed(self, done: int, total: int) -> None:
        if self._runs and total:
            words = _("Checking the register… {done} of {total}")
            self._tell(
                self.said, words.format(done=format_number(done), total=format_number(total))
            )

    def _on_verified(self, found: tuple[CheckReport, Sequence[HealthItem]]) -> None:
        report, items = found
        self._runs = False
        if not self._is_open:
            return
        bad = [item for item in items if item.state != Standing.OK and item.item != "against"]
        self._tell(self.said, verdict_text(len(bad)), Tone.BAD if bad else Tone.OK)
        if report.since is not None:
            self._tell(self.against, since_text(report.since), Tone.OK)
        elif report.against is not None:
            self._tell(self.against, unknown_text(), Tone.BAD)
        self._show_items([item for item in items if item.item != "against"])
        self._show_head()
        self._show_state()

    def _on_failed(self, error: BaseException) -> None:
        self._runs = False
        if self._is_open:
            self._tell(self.said, "")
            self._show_state()
        self._shell.reporter.report(error)

    def _on_finished(self) -> None:
        """A task has ended: one that was stopped tells nothing else."""
        if self._runs and self._is_open and not self._shell.tasks.is_busy():
            self._runs = False
            self._tell(self.said, _("Stopped before the end: nothing is told of the register."))
            self._show_state()

    def _tell(self, where: Any, text: str, tone: Tone = Tone.PLAIN) -> None:
        where.setText(text)
        theme.set_role(where, "finding", tone)
        where.setVisible(bool(text))

    def _show_items(self, items: Sequence[HealthItem]) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(theme.space(3))
        grid.setVerticalSpacing(theme.space(2))
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, item in enumerate(items):
            sign, tone = _SIGNS[item.state]
            grid.addWidget(label(sign, "finding", tone), row, 0, top)
            grid.addWidget(label(label_of(item), "heading"), row, 1, top)
            grid.addWidget(label(sentence_of(item), wrap=True), row, 2, top)
        grid.setRowStretch(len(items), 1)
        self._area.setWidget(inner)
        self._fit()

    def _fit(self) -> None:
        """Make room for what was found, as far as the screen allows."""
        self.fit_around(self._area, max(theme.metrics().body * 52, self.width()))

    def _lay_out(self) -> None:
        about = _(
            "The head stands for all that was ever recorded here. Write it down from time to time"
            " and keep it elsewhere: it tells later whether anything was changed behind the"
            " program, or an older register put in the place of this one."
        )
        now = QHBoxLayout()
        now.addWidget(self.head, 1)
        now.addWidget(self._copy)
        asked = QHBoxLayout()
        asked.setSpacing(theme.space(2))
        asked.addWidget(self.written, 1)
        asked.addWidget(self._verify)
        asked.addWidget(self._stop)
        words = label(_of_written(), "secondary")
        words.setBuddy(self.written)
        self.column.addWidget(label(_("Head of the journal"), "heading"))
        self.column.addWidget(label(about, "secondary", wrap=True))
        self.column.addLayout(now)
        self.column.addWidget(words)
        self.column.addLayout(asked)
        for one in (self.against, self.said):
            one.hide()
            self.column.addWidget(one)
        self.column.addWidget(self._area, 1)
        self.add_close()
        self._verify.setDefault(True)  # Enter beside a head that was typed
        self._verify.setFocus()
        self.resize(theme.metrics().body * 52, 0)
        self._fit()


def _of_written() -> str:
    """What is said of a head that is typed."""
    said = PARTS["against"]
    return _(said)
