# SPDX-License-Identifier: Apache-2.0
"""A line between the program and a server that can be cut, slowed and counted.

with Proxy(port) as line:          `line.port` is where the program connects to
    line.cut_after(3, CLIENT)      after the third message of the program's from now on
    line.cut()                     now
    line.cut_at(b"COMMIT", SERVER) in place of the first message that holds this
        line.refuse(True)              nobody gets through
    line.count()                   begins to count; `.messages` by direction, `.turns`
"""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from select import select
from types import TracebackType

CLIENT, SERVER = "client", "server"
_ASKS_FOR_A_SAFE_LINE = (80877103, 80877104)


class Proxy:
    """Passes on every message whole, so that a cut is always between two."""

    def __init__(self, port: int, *, delay: float = 0.0) -> None:
        self._to, self._delay = port, delay
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._lock = threading.Lock()
        self._lines: list[_Passing] = []
        self._threads: list[threading.Thread] = []
        self._refuses = self._refuses_when_cut = self._ends = False
        self._left: tuple[str, int] | None = None
        self._at: tuple[str, bytes] | None = None
        self.was_cut = False
        self.messages: Counter[str] = Counter()
        self.turns = 0
        """How often the program waited for an answer."""
        self._last = SERVER
        self._start(self._accept)

    def __enter__(self) -> Proxy:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._ends = True
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        for thread in self._threads:
            thread.join(timeout=5)

    def refuse(self, refuses: bool) -> None:
        """Let nobody through from now on, or let everybody through again."""
        self._refuses = refuses

    def refuse_when_cut(self) -> None:
        """Let nobody through once the line is cut as it was told to be."""
        self._refuses_when_cut = True

    def lead_to(self, port: int) -> None:
        """Lead those who come from now on to another server."""
        self._to = port

    def count(self) -> None:
        """Count from now on."""
        with self._lock:
            self.messages.clear()
            self.turns, self._last = 0, SERVER

    def cut_after(self, messages: int, direction: str) -> None:
        """Cut the line once so many messages have passed in a direction; with 0, in place of the
        next one."""
        with self._lock:
            self._left, self.was_cut = (direction, messages), False

    def cut_at(self, words: bytes, direction: str) -> None:
        """Cut the line in place of the first message in a direction that holds these words."""
        with self._lock:
            self._at, self.was_cut = (direction, words), False

    def cut(self) -> None:
        """Cut every line that is open."""
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            line.close()

    def passes(self, direction: str, message: bytes) -> tuple[bool, bool]:
        """Whether a message passes, and whether the line is cut then."""
        with self._lock:
            if self._at is not None and self._at[0] == direction and self._at[1] in message:
                self._at, self.was_cut = None, True
                return False, True
            if self._left is None or self._left[0] != direction:
                self._note(direction)
                return True, False
            left = self._left[1]
            self._left = (direction, left - 1) if left > 1 else None
            self.was_cut = left <= 1
            self._refuses |= self.was_cut and self._refuses_when_cut
            if left:
                self._note(direction)
            return left > 0, left <= 1

    def _note(self, direction: str) -> None:
        self.messages[direction] += 1
        if direction == CLIENT and self._last == SERVER:
            self.turns += 1
            if self._delay:
                time.sleep(self._delay)
        self._last = direction

    def _start(self, target: object) -> None:
        thread = threading.Thread(target=target, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ends:
            try:
                near, _where = self._listening.accept()
            except OSError:
                return
            if self._refuses:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                near.close()
                continue
            line = _Passing(self, near, far)
            with self._lock:
                self._lines.append(line)
            self._start(line.run)


class _Passing:
    """One connection."""

    def __init__(self, proxy: Proxy, near: socket.socket, far: socket.socket) -> None:
        self._proxy, self._near, self._far = proxy, near, far
        for one in (near, far):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._has_begun = False
        self._answers_by_a_sign = False
        self._waiting = {CLIENT: b"", SERVER: b""}

    def close(self) -> None:
        for one in (self._near, self._far):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        ways = {self._near: (CLIENT, self._far), self._far: (SERVER, self._near)}
        try:
            while True:
                for source in select(list(ways), [], [])[0]:
                    direction, target = ways[source]
                    came = source.recv(1 << 16)
                    if not came:
                        return
                    self._waiting[direction] += came
                    for message in self._whole(direction):
                        passes, is_cut = self._proxy.passes(direction, message)
                        if passes:
                            target.sendall(message)
                        if is_cut:
                            return
        except (OSError, ValueError):
            return
        finally:
            self.close()
            self._near.close()
            self._far.close()

    def _whole(self, direction: str) -> Iterator[bytes]:
        """The messages that have come whole."""
        while size := self._size(direction):
            message = self._waiting[direction][:size]
            self._waiting[direction] = self._waiting[direction][size:]
            yield message

    def _size(self, direction: str) -> int:
        came = self._waiting[direction]
        if direction == CLIENT and not self._has_begun:
            if len(came) < 8 or len(came) < (size := int.from_bytes(came[:4])):
                return 0
            asks = int.from_bytes(came[4:8]) in _ASKS_FOR_A_SAFE_LINE
            self._has_begun, self._answers_by_a_sign = not asks, asks
            return size
        if direction == SERVER and self._answers_by_a_sign:
            self._answers_by_a_sign = not came
            return len(came[:1])
        if len(came) < 5 or len(came) <= (size := int.from_bytes(came[1:5])):
            return 0
        return size + 1
