# SPDX-License-Identifier: Apache-2.0
"""Makes a copy that proves itself, in a process of its own, from wherever it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.copies import copy_process, keeping, of_server
from imp_plus_desktop.services.copies.keeping import Made
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.labels import button, label, making
from imp_plus_desktop.words.care.health_texts import copy_lines
from imp_plus_desktop.words.copy_texts import left_lines
from imp_plus_desktop.words.messages import error_text
from imp_plus_desktop.words.proof.check_texts import short_head_text


def copy_now(
    shell: Shell,
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None] | None = None,
) -> bool:
    """Make a copy away from the window and call `done` with the `Made`; False while something else
    is going on."""
    office = shell.office
    under = "" if office.server is None else of_server.passphrase_of(office)

    def job(progress: Progress) -> Any:
        if office.server is not None:
            return copy_process.of_server(office, under, progress, is_daily=False)
        return copy_process.make(office, keeping.MANUAL, progress)

    return shell.start(_("Backing up…"), job, done, failed)


class CopyNow(QObject):
    """A button of a dialog that makes a copy, and the line that says what came of it."""

    ended = Signal()
    """A copy was made; what there is has changed."""

    def __init__(self, shell: Shell, fit: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._fit = shell, fit
        self.button = button(_("Make a copy now"))
        making("out.backup", self.button)
        self.came = label(role="finding", wrap=True)
        self.button.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.button.setEnabled(False)
        self._tell(_("Backing up…"), Tone.PLAIN)
        if not copy_now(self._shell, self._on_copied, self._on_not_copied):
            self.button.setEnabled(True)
            self._tell(_("Please wait: something else is going on."), Tone.WARN)

    def _on_copied(self, made: Made) -> None:
        self.button.setEnabled(True)
        good = made.proven and not made.second_fault
        self._tell(made_text(made), Tone.OK if good else Tone.WARN if made.proven else Tone.BAD)
        self.ended.emit()

    def _on_not_copied(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        if isinstance(error, AppError):
            self._tell(error_text(error), Tone.BAD)
        else:
            self._tell("", Tone.PLAIN)
            self._shell.reporter.report(error)

    def _tell(self, text: str, tone: Tone) -> None:
        theme.set_role(self.came, "finding", tone)
        self.came.setText(text)
        self._fit()


def back_up(shell: Shell, refresh: Callable[[], None]) -> None:
    """Make a copy, then show what there is and say what came of it."""

    def done(made: Made) -> None:
        refresh()
        left = left_lines(maintenance.copies_left(shell.office))
        say_made(shell, made, [line.strip() for line in left])

    copy_now(shell, done)


def say_made(shell: Shell, made: Made, more: Sequence[str] = ()) -> None:
    """Say what came of a copy, with the way to where it is."""
    said = " ".join([made_text(made), *more])
    if made.path is None:
        shell.say(said)
    else:
        shell.say_saved(said, made.path)


def made_text(made: Made) -> str:
    """What came of a copy, in one line."""
    name = made.path.name if made.path is not None else ""
    said = (
        _("Copy made and proven: {name}.") if made.proven else _("Copy made, not proven: {name}.")
    )
    second = None if made.second is None else str(made.second.parent)
    lines = copy_lines(made.fault, second, made.second_fault, made.recorded)
    head = _("Head of the journal: {head}.").format(head=short_head_text(made.head))
    return " ".join([said.format(name=name), *([head] if made.proven else []), *lines])
