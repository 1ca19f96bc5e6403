# SPDX-License-Identifier: Apache-2.0
"""Questions answered away from the window: only the newest counts, and no older answer comes late.

    Asker(answers, close, inline=False, parent=None)
        answers: fn(text) -> iterator of answers, must touch no widget
        close: called in the thread when it ends, to give back what it has opened
        ask(text), stop(), join()
    signals: answered(object), failed(object)      on the window's own thread

A thread is there between the first `ask` and `stop`. Must not know what is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal

Answers = Callable[[str], Iterator[object]]


class Asker(QObject):
    """Asks one thing at a time, and forgets what it was asked when something newer comes."""

    answered = Signal(object)
    failed = Signal(object)
    _came = Signal(int, object)
    _broke = Signal(int, object)

    def __init__(
        self,
        answers: Answers,
        close: Callable[[], object],
        *,
        inline: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._answers, self._close, self._inline = answers, close, inline
        self._changed = threading.Condition()
        self._newest: tuple[int, str | None] = (0, None)
        self._threads: list[threading.Thread] = []
        self._running = False
        kind = Qt.ConnectionType
        how = kind.DirectConnection if inline else kind.QueuedConnection
        self._came.connect(self._on_came, how)
        self._broke.connect(self._on_broke, how)

    def ask(self, text: str) -> None:
        """Ask something; what was asked before is not answered any more."""
        with self._changed:
            self._newest = (self._newest[0] + 1, text)
            number = self._newest[0]
            self._changed.notify_all()
        if self._inline:
            self._answer(number, text)
        elif not self._running:
            self._running = True
            thread = threading.Thread(target=self._run, args=(number,), name="search")
            self._threads = [one for one in self._threads if one.is_alive()] + [thread]
            thread.start()

    def stop(self) -> None:
        """Let the thread end, and nothing be answered."""
        with self._changed:
            self._newest = (self._newest[0] + 1, None)
            self._running = False
            self._changed.notify_all()

    def join(self) -> None:
        """Wait until no thread is left. Call `stop` before."""
        for thread in self._threads:
            thread.join()

    def _run(self, first: int) -> None:
        """Answer the newest question, again and again, until there is to be none."""
        try:
            done = first - 1
            while True:
                with self._changed:
                    while self._newest[0] == done:
                        self._changed.wait()
                    number, text = self._newest
                if text is None:
                    return
                self._answer(number, text)
                done = number
        finally:
            self._close()

    def _answer(self, number: int, text: str) -> None:
        try:
            for answer in self._answers(text):
                if number != self._newest[0]:
                    return
                self._came.emit(number, answer)
        except Exception as error:  # handed to the window, not lost
            self._broke.emit(number, error)

    def _on_came(self, number: int, answer: object) -> None:
        if number == self._newest[0]:
            self.answered.emit(answer)

    def _on_broke(self, number: int, error: object) -> None:
        if number == self._newest[0]:
            self.failed.emit(error)
