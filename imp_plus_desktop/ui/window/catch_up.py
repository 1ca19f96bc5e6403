# SPDX-License-Identifier: Apache-2.0
"""Brings every file to the day away from the window, when there are too many to do it at once.

    CatchUp(shell, parent=None)     signal done()
        begin() -> bool      start if many files are not up to date; True: the lists must wait
        begin_quietly() -> bool   the same while the lists stay as they are
        begin_beside(shown_later) the same after `begin`, on a server
        is_waiting() -> bool whether they wait
        .face                what stands in place of the page meanwhile
        retranslate()

The first list opened on a new day would else hold the window up for seconds. Must not know a page.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from imp_plus_desktop.i18n import _, ngettext
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.look.format import number
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.widgets.frames import EmptyState

AT_ONCE = 1000
"""As many files are brought up to date in about a second, at the start of a day."""
_IN_A_SECOND = 1500
"""As many files on an ordinary desk that does other things meanwhile."""


class CatchUp(QObject):
    """One catching up at a time."""

    done = Signal()

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._count = 0
        self._waits = self._runs = False
        self.face = EmptyState()
        self.face.button_clicked.connect(self.done)
        shell.tasks.stopped.connect(self._on_tasks_stopped)
        shell.tasks.finished.connect(self._on_tasks_finished)

    def is_waiting(self) -> bool:
        """Whether lists must not be filled yet."""
        return self._waits

    def begin(self) -> bool:
        """Start when many files are not up to date; False when the lists may be filled."""
        if self._runs:
            return True
        office = self._shell.office
        self._count = summary.stale_count(office)
        self._waits = self._count > AT_ONCE
        if not self._waits:
            return False

        def job(progress: Progress) -> Any:
            return summary.refresh(office, progress)

        self._runs = True
        if not self._shell.try_start(
            _("Bringing the files up to date…"), job, self._on_caught_up, self._on_failed
        ):
            self._runs = False  # the end of the other task asks again
        self.retranslate()
        return self._waits

    def begin_beside(self, shown_later: Callable[[], None]) -> None:
        """After `begin`, where no list waits: as `begin_quietly`, but in a window that hears of
        other desks alone. `shown_later` is told where something is still under way."""
        several = self._count > summary.WAITED_FOR and bool(self._shell.office.heard)
        if several and self.begin_quietly() and self._shell.tasks.is_busy():
            shown_later()

    def begin_quietly(self) -> bool:
        """Start when more files are not up to date than the window may wait for, and say whether
        that is so. Nobody is told at its end: whoever asked asks again."""
        office = self._shell.office
        if summary.stale_count(office) <= summary.WAITED_FOR:
            return False

        def job(progress: Progress) -> Any:
            return summary.refresh(office, progress)

        self._shell.try_start(_("Bringing the files up to date…"), job, _forget, _forget)
        return True

    def retranslate(self) -> None:
        """Write every word anew."""
        stopped = self._waits and not self._shell.tasks.is_busy()
        sentence = ngettext(
            "Where {count} file stands today is computed anew.",
            "Where {count} files stand today is computed anew.",
            self._count,
        ).format(count=number(self._count))
        self.face.set_texts(
            _("A new day for the register"),
            f"{sentence} {_how_long(self._count)}",
            _("Go on") if stopped else "",
        )

    def _on_caught_up(self, count: int) -> None:
        self._runs = self._waits = False
        self.done.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._runs = False
        self.retranslate()
        self._shell.reporter.report(error)

    def _on_tasks_stopped(self) -> None:
        if self._runs:
            self._runs = False
            self.retranslate()

    def _on_tasks_finished(self) -> None:
        if self._waits and not self._runs:
            self.done.emit()


def _how_long(files: int) -> str:
    """About how long so many files take, told as one tells it to somebody who waits."""
    seconds = files / _IN_A_SECOND
    if seconds < 20:
        return _("This takes a few seconds.")
    if seconds < 90:
        return _("This takes about a minute.")
    minutes = round(seconds / 60)
    words = ngettext(
        "This takes about {count} minute.", "This takes about {count} minutes.", minutes
    )
    return words.format(count=number(minutes))


def _forget(_result: object) -> None:
    """What came of it is asked of the register."""
