# SPDX-License-Identifier: Apache-2.0
"""A watchdog of the event loop: how long the window answered nobody, when, and where it was then.

    with Watchdog() as dog:                  in the thread of the window, while it is used
        with dog.doing("import the list"):   what is done meanwhile, for the report
            …                                clicks, keys, qtbot.waitUntil
    dog.longest() -> Stall | None            by the processor's time of the window's thread
    dog.stalls(over=0.05)                    all that are longer, in order
    str(stall)              `312 ms (298 ms of work), import the list: import_check.py:88 …`

A stall is the time between two turns of the event loop. What a test calls itself, such as
`QTest.keyClick`, turns no loop: it counts as one stall from the beginning of its `doing` to its
end, so that what is measured belongs into one, and nothing else does. `cpu` is what to hold to a
bound: `wall` also counts what other programs took of the machine, and what another thread of this
one kept from the window; look at it on a machine that does nothing else.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer

_OURS = str(Path(__file__).resolve().parents[1] / "imp_plus_desktop")
_TURN_MS = 2
_MOST = 4
"""Places that are told of a turn."""
_LOOK, _LOOKED_AT_AFTER = 0.01, 0.03
"""Seconds between two looks at what the window does, and after which a turn is looked at."""


@dataclass(frozen=True, slots=True)
class Stall:
    """One turn of the event loop: seconds of the clock and of the processor, what was done, and the
    innermost places of ours that it was seen at."""

    wall: float
    cpu: float
    doing: str
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f": {' ← '.join(self.places)}" if self.places else ""
        return f"{self.wall * 1000:.0f} ms ({self.cpu * 1000:.0f} ms of work), {self.doing}{where}"


class Watchdog(QObject):
    """Watches the thread that makes it, for the length of a `with`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turned)
        self._watched = threading.get_ident()
        self._over = threading.Event()
        self._found: list[Stall] = []
        self._doing = ""
        self._places: tuple[str, ...] = ()
        self._wall, self._cpu = time.perf_counter(), time.thread_time()
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)

    def __enter__(self) -> "Watchdog":
        self._begin()
        self._timer.start(_TURN_MS)
        self._looker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self._timer.stop()
        self._over.set()
        self._looker.join()

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Name what is done; what the test did before and does after is not counted."""
        former, self._doing = self._doing, what
        self._begin()
        try:
            yield
        finally:
            self._turned()
            self._doing = former

    def stalls(self, over: float = 0.0) -> list[Stall]:
        """Those with more than so many seconds of work, in order."""
        return [stall for stall in self._found if stall.cpu > over]

    def longest(self) -> Stall | None:
        """The one with the most work; None where nothing was done."""
        return max(self._found, key=lambda stall: stall.cpu, default=None)

    def _begin(self) -> None:
        self._places = ()
        self._wall, self._cpu = time.perf_counter(), time.thread_time()

    def _turned(self) -> None:
        wall, cpu = time.perf_counter() - self._wall, time.thread_time() - self._cpu
        if self._doing:
            self._found.append(Stall(wall, cpu, self._doing, self._places))
        self._begin()

    def _look(self) -> None:
        """In a thread of its own: see where a long turn stands, the longer the later."""
        while not self._over.wait(_LOOK):
            if time.perf_counter() - self._wall > _LOOKED_AT_AFTER:
                self._places = _places_of(self._watched)


def _places_of(thread: int) -> tuple[str, ...]:
    """The innermost places of ours at which a thread is.

    Nothing of it may be held any longer than that takes: a function whose frame is held keeps its
    locals when it returns, and a painter that lives on after its paint event is an error of Qt's.
    """
    frame = sys._current_frames().get(thread)
    found: list[str] = []
    while frame is not None and len(found) < _MOST:
        code = frame.f_code
        if code.co_filename.startswith(_OURS):
            found.append(f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return tuple(found)
