# SPDX-License-Identifier: Apache-2.0
"""How many rows each view of a list has, counted away from the window.

    ViewCounts(shell, parent)      signal counted(dict): the number of each key
        ask({key: count})          `count` takes the office; it must touch no widget

While it counts, what is asked last waits, and nothing else. Must not know what is counted.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.ui.shell.shell import Shell
from imp_plus_desktop.ui.shell.tasks import JobProgress

Counts = Mapping[str, Callable[[Office], int]]


class ViewCounts(QObject):
    """Counts for one list."""

    counted = Signal(object)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._waiting: Counts | None = None
        self._counting: Counts | None = None
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._on_next)
        for tasks in (shell.aside, shell.tasks):
            tasks.finished.connect(self._on_finished)

    def ask(self, counts: Counts) -> None:
        """Count these, at once or as soon as what is counted now is done."""
        self._waiting = counts
        self._start()

    def _start(self) -> None:
        if self._waiting is None or self._shell.aside.is_busy() or self._shell.tasks.is_busy():
            return
        self._counting, self._waiting = self._waiting, None
        job = partial(_count, self._shell.office, self._counting)
        self._shell.start_aside(job, self._on_counted)

    def _on_finished(self) -> None:
        # After the numbers, which come once what has brought them is gone.
        if (self._waiting or self._counting) and not self._shell.aside.is_inline():
            self._next.start()

    def _on_next(self) -> None:
        """Count what waits; what gave way to a task in the middle is counted again."""
        if not self._shell.aside.is_busy():
            self._waiting, self._counting = self._waiting or self._counting, None
        self._start()

    def _on_counted(self, found: object) -> None:
        self._counting = None
        self.counted.emit(found)


def _count(office: Office, counts: Counts, progress: JobProgress) -> dict[str, int]:
    """The numbers; a register that gives no answer now is asked again at the next change."""
    found: dict[str, int] = {}
    for done, (key, count) in enumerate(counts.items()):
        progress.step(done, len(counts))
        try:
            found[key] = count(office)
        except StorageError:
            break
    return found
