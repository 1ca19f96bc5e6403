# SPDX-License-Identifier: Apache-2.0
"""Long calls away from the window, or in turns with it: one job at a time.

    Tasks(parent=None, *, inline=False)      one a window; `inline` runs jobs at once, for tests
        start(text, job, on_result, on_failure=None) -> bool     False while another job runs
            text: what the status bar says;  job: fn(progress) -> value, must touch no widget
            on_result: bound method, gets the value;  on_failure: bound method, gets the exception
        start_turns(text, turns, on_result) -> bool      what only the window's own thread can do
            turns: a generator that yields how far it is, (done, total), after each short piece
        stop(), drop(), close(), is_busy(), text
        signals: started(str), progressed(int, int), stopped(), finished()

The job gets a progress whose `step(done, total)` raises `Cancelled` once `stop` was called; what
it returns or raises comes back on the window's own thread. A failure without `on_failure` goes to
`failed(object)`, which the window connects to its error reporter. Services open connections of
their own in the worker. What a job took of memory goes back to the system once it has ended. Must
not know any service.
"""

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Generator
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from imp_plus_desktop.domain.values.errors import Cancelled

Job = Callable[["JobProgress"], Any]
Turns = Generator[tuple[int, int], None, Any]
_TURN = 0.02
"""Seconds that the window waits for pieces of a job at a time."""
_RESTS_MS = 400
"""This long after a job, what came of it is shown, and what it took is free."""


class JobProgress(QObject):
    """What a job tells its progress to; lives in the worker, speaks by queued signals."""

    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stopped = threading.Event()
        self._told = -1

    def stop(self) -> None:
        """Ask the job to stop at its next step. May be called from any thread."""
        self._stopped.set()

    def step(self, done: int, total: int) -> None:
        """Tell how far the job is. Raises Cancelled when the user has asked to stop."""
        if self._stopped.is_set():
            raise Cancelled
        # A row a signal would flood the window; a whole percent is all that shows.
        percent = done * 100 // total if total else 0
        if percent != self._told:
            self._told = percent
            self.stepped.emit(done, total)


class _Worker(QObject):
    """Runs one job in a thread and keeps what came of it.

    A thread of Python's and not a QThread: at the end of a QThread its thread-local values, such
    as the connection to the register, are freed without the interpreter's lock, which aborts.
    """

    ended = Signal(object)

    def __init__(self, job: Job, progress: JobProgress, parent: QObject) -> None:
        super().__init__(parent)
        self._job = job
        self._progress = progress
        self._thread = threading.Thread(target=self.run, name="task")
        self.value: Any = None
        self.error: BaseException | None = None

    def start(self) -> None:
        self._thread.start()

    def wait(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()

    def run(self) -> None:
        try:
            self.value = self._job(self._progress)
        except BaseException as error:  # handed to the window, not lost
            self.error = error
        self.ended.emit(self)


class _Turns(QObject):
    """Runs the pieces of one job between what else the window has to do."""

    ended = Signal(object)

    def __init__(self, turns: Turns, progress: JobProgress, parent: QObject) -> None:
        super().__init__(parent)
        self._turns = turns
        self._progress = progress
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self.value: Any = None
        self.error: BaseException | None = None

    def start(self) -> None:
        self._timer.start(0)

    def wait(self) -> None:
        self._timer.stop()
        self._turns.close()

    def run(self) -> None:
        while not self._is_done():
            pass
        self.ended.emit(self)

    def _turn(self) -> None:
        until = time.monotonic() + _TURN
        while time.monotonic() < until:
            if self._is_done():
                self._timer.stop()
                self.ended.emit(self)
                return

    def _is_done(self) -> bool:
        try:
            self._progress.step(*next(self._turns))
        except StopIteration as end:
            self.value = end.value
        except Exception as error:  # handed to the window, not lost
            self.error = error
        else:
            return False
        return True


class Tasks(QObject):
    """Runs one job at a time."""

    started = Signal(str)
    progressed = Signal(int, int)
    stopped = Signal()
    finished = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        super().__init__(parent)
        self._inline = inline
        self._worker: _Worker | _Turns | None = None
        self._progress: JobProgress | None = None
        self._on_result: Callable[[Any], None] | None = None
        self._on_failure: Callable[[BaseException], None] | None = None
        self.text = ""
        self._dropped = False
        self._rest = QTimer(self, singleShot=True, interval=_RESTS_MS)
        self._rest.timeout.connect(give_back_memory)

    def is_inline(self) -> bool:
        """Whether jobs run at once, on the window's own thread."""
        return self._inline

    def is_busy(self) -> bool:
        """Whether a job is running."""
        return self._worker is not None

    def start(
        self,
        text: str,
        job: Job,
        on_result: Callable[[Any], None],
        on_failure: Callable[[BaseException], None] | None = None,
    ) -> bool:
        """Run a job; False, and nothing happens, while another one runs."""
        if self._worker is not None:
            return False
        progress = self._begin(text, on_result, on_failure)
        self._run(_Worker(job, progress, self))
        return True

    def start_turns(self, text: str, turns: Turns, on_result: Callable[[Any], None]) -> bool:
        """Run a job piece by piece; False, and nothing happens, while another one runs."""
        if self._worker is not None:
            return False
        progress = self._begin(text, on_result, None)
        self._run(_Turns(turns, progress, self))
        return True

    def _begin(
        self,
        text: str,
        on_result: Callable[[Any], None],
        on_failure: Callable[[BaseException], None] | None,
    ) -> JobProgress:
        self.text = text
        self._on_result = on_result
        self._on_failure = on_failure
        self._progress = JobProgress()
        self._progress.stepped.connect(self.progressed)
        return self._progress

    def _run(self, worker: _Worker | _Turns) -> None:
        self._worker, self._dropped = worker, False
        kind = Qt.ConnectionType
        how = kind.DirectConnection if self._inline else kind.QueuedConnection
        worker.ended.connect(self._on_worker_ended, how)
        self.started.emit(self.text)
        if self._inline:
            worker.run()
        else:
            worker.start()

    def stop(self) -> None:
        """Ask the running job to stop; it ends at its next step."""
        if self._progress is not None:
            self._progress.stop()

    def drop(self) -> None:
        """As `stop`, of what nobody waits for any more: nobody is told that it was stopped."""
        self._dropped = True
        self.stop()

    def close(self) -> None:
        """Ask the running job to stop, wait for its end and drop what it brought."""
        worker = self._worker
        if worker is None:
            return
        self.stop()
        worker.wait()
        self._release(worker)

    def _on_worker_ended(self, worker: _Worker | _Turns) -> None:
        if worker is not self._worker:  # closed meanwhile
            return
        on_result, on_failure = self._on_result, self._on_failure
        worker.wait()
        value, error = worker.value, worker.error
        self._release(worker)
        if error is None:
            if on_result is not None:
                on_result(value)
        elif isinstance(error, Cancelled):
            if not self._dropped:
                self.stopped.emit()
        elif on_failure is not None:
            on_failure(error)
        else:
            self.failed.emit(error)

    def _release(self, worker: _Worker | _Turns) -> None:
        # Free for the next job before anybody is told: a result may start one.
        self._worker = self._progress = self._on_result = self._on_failure = None
        self.text = ""
        worker.deleteLater()
        if not self._inline:
            self._rest.start()
        self.finished.emit()


def give_back_memory() -> None:
    """Give the system what is free: the C library would keep it for the next time."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    """The C library's own way, None where it has none: glibc alone keeps that much."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
