# SPDX-License-Identifier: Apache-2.0
"""Reads a workbook in a child process that can be ended: on a time limit, or by the user.

The program starts itself, frozen or not. What the child found comes back as a `Workbook`, its
failures as the same ExchangeErrors that `reader.read_workbook` raises.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from imp_plus_desktop.domain.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.children import NO_WINDOW, environment, own_program
from imp_plus_desktop.exchange.reader import file_bytes, read_pasted, read_workbook
from imp_plus_desktop.exchange.reading_child import decode
from imp_plus_desktop.exchange.sheets import MEBIBYTE, Limits, Sheet, Workbook

__all__ = [
    "Limits",
    "Sheet",
    "Workbook",
    "file_bytes",
    "read_bytes_in_child",
    "read_in_child",
    "read_pasted",
    "read_workbook",
]

TIME_LIMIT = 10.0
TIME_PER_MEBIBYTE = 3.0
_PATIENCE = 3
_PAUSE = 0.02
_PIPE = MEBIBYTE
"""Enough for some blocks of rows, so that the child need not wait while one is decoded."""
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None
_OPTION = "--read-workbook"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def read_in_child(
    path: Path,
    *,
    sheet_names: Sequence[str] | None = None,
    timeout: float | None = None,
    cancel: Callable[[], bool] | None = None,
    program: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Workbook:
    """Reads like `reader.read_workbook`, in a process of its own; `meanwhile` is done beside it.

    The child may work for as long as the size of the file deserves, and be waited for three times
    that on a busy machine, or for `timeout` seconds. `cancel` is asked often and ends the child
    when it says True.
    Raises ExchangeError (also `timeout`) and Cancelled.
    """
    work = _time_for(path)
    command = [*(program or own_program(_OPTION)), str(path.absolute()), "--seconds", f"{work:.0f}"]
    for name in sheet_names or ():
        command += ["--sheet", name]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        bufsize=_PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=NO_WINDOW,
    )
    if process.stdout is not None:
        _widen(process.stdout)
    limit = time.monotonic() + (work * _PATIENCE if timeout is None else timeout)
    with closing(_lines(process, limit, cancel, meanwhile)) as lines:
        try:
            workbook = decode(lines)
        except json.JSONDecodeError:
            workbook = None
    if process.returncode == _OUT_OF_TIME:
        raise ExchangeError("timeout")
    if workbook is None:
        # The reader itself died: out of memory, or a file that breaks it.
        raise ExchangeError("damaged" if process.returncode == 1 else "too_large")
    return workbook


def read_bytes_in_child(
    name: str,
    content: bytes,
    *,
    sheet_names: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Workbook:
    """Reads bytes like `read_in_child` a file of that name, which may change or be gone by now.

    Raises ExchangeError.
    """
    with tempfile.TemporaryDirectory() as folder:
        # The name stays: a text file's sheet is called by it. Another system may allow other signs.
        copy = Path(folder) / (_FORBIDDEN.sub("_", name) or "list")
        try:
            copy.write_bytes(content)
        except OSError:
            raise ExchangeError("unreadable") from None
        return read_in_child(copy, sheet_names=sheet_names, meanwhile=meanwhile)


def _time_for(path: Path) -> float:
    """Seconds of work: a small file that takes long was made to."""
    try:
        return TIME_LIMIT + TIME_PER_MEBIBYTE * path.stat().st_size / MEBIBYTE
    except OSError:
        return TIME_LIMIT


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more, where the system can and its administrator allows it."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _lines(
    process: subprocess.Popen[bytes],
    limit: float,
    cancel: Callable[[], bool] | None,
    meanwhile: Callable[[], None] | None,
) -> Generator[bytes, None, None]:
    """The child's lines as they come, until it has ended; closed before, it ends the child.

    A thread takes them off the child's hands at once, so that neither ever waits for the other.
    """
    lines: SimpleQueue[bytes | None] = SimpleQueue()
    taker = Thread(target=_take, args=(process.stdout, lines), daemon=True)
    taker.start()
    try:
        if meanwhile is not None:
            meanwhile()
        line: bytes | None = b""
        while line is not None:
            if cancel is not None and cancel():
                raise Cancelled
            if time.monotonic() > limit:
                raise ExchangeError("timeout")
            with suppress(Empty):
                line = lines.get(timeout=_PAUSE)
                if line is not None:
                    yield line
        process.wait(max(limit - time.monotonic(), _PAUSE))
    except subprocess.TimeoutExpired:
        raise ExchangeError("timeout") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        taker.join()


def _take(source: IO[bytes], lines: SimpleQueue[bytes | None]) -> None:
    with source:
        for line in source:
            lines.put(line)
    lines.put(None)
