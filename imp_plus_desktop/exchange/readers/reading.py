# SPDX-License-Identifier: Apache-2.0
"""Reads a workbook in a child process that can be ended: on a time limit, or by the user.

The program starts itself, frozen or not. What the child found comes back as a `Workbook`, its
failures as the same ExchangeErrors that `reader.read_workbook` raises.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TypeVar

from imp_plus_desktop.domain.values.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.readers import children, job_limits
from imp_plus_desktop.exchange.readers.reader import file_bytes, read_pasted, read_workbook
from imp_plus_desktop.exchange.readers.reading_child import decode, decode_unlocked
from imp_plus_desktop.exchange.sheets.sheets import MEBIBYTE, Limits, Sheet, TextForm, Workbook

__all__ = [
    "Limits",
    "Sheet",
    "TextForm",
    "Workbook",
    "ask_child",
    "file_bytes",
    "read_bytes_in_child",
    "read_in_child",
    "read_pasted",
    "read_workbook",
    "unlocked_in_child",
]

T = TypeVar("T")

TIME_LIMIT = 10.0
TIME_PER_MEBIBYTE = 3.0
_PATIENCE = 3
_PAUSE = 0.02
_LET_GO = 1.0
"""Seconds in which the pipe of a child that has ended is read to its end."""
_PIPE = MEBIBYTE
"""Enough for some blocks of rows, so that the child need not wait while one is decoded."""
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or job_limits.OUT_OF_TIME
_OPTION = "--read-workbook"


def read_in_child(
    path: Path,
    *,
    sheet_names: Sequence[str] | None = None,
    form: TextForm = TextForm(),  # noqa: B008
    timeout: float | None = None,
    cancel: Callable[[], bool] | None = None,
    program: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Workbook:
    """Reads like `reader.read_workbook`, in a process of its own: see `read_bytes_in_child`.

    Raises ExchangeError and Cancelled.
    """
    return read_bytes_in_child(
        path.name,
        file_bytes(path),
        sheet_names=sheet_names,
        form=form,
        timeout=timeout,
        cancel=cancel,
        program=program,
        meanwhile=meanwhile,
    )


def read_bytes_in_child(
    name: str,
    content: bytes,
    *,
    sheet_names: Sequence[str] | None = None,
    form: TextForm = TextForm(),  # noqa: B008
    timeout: float | None = None,
    cancel: Callable[[], bool] | None = None,
    program: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Workbook:
    """Reads what a file of that name held, in a process of its own; `meanwhile` is done beside it.

    A text file is read in the form that was chosen.

    The bytes go by pipe, so that nothing of them is on the disk, and their name with them, since
    anybody on the machine may read a command. The child may work for as long as the size deserves,
    and be waited for three times that on a busy machine, or for `timeout` seconds. `cancel` is
    asked often and ends the child when it says True.
    Raises ExchangeError (also `timeout`) and Cancelled.
    """
    asked = {
        "name": name,
        "sheets": list(sheet_names or ()),
        "encoding": form.encoding,
        "separator": form.separator,
    }
    return _asked(asked, content, decode, timeout, cancel, program, meanwhile)


def unlocked_in_child(
    content: bytes,
    password: str | None,
    *,
    timeout: float | None = None,
    cancel: Callable[[], bool] | None = None,
) -> bytes:
    """A workbook without the protection that Office gave it, in a process of its own.

    Without a password, Office's own is tried, with which it opens a file for everybody. The
    password goes by pipe like the bytes, and is written nowhere.
    Raises ExchangeError (encrypted, wrong_password, cannot_unlock, also timeout) and Cancelled.
    """
    asked = {"unlock": True, "password": password}
    return _asked(asked, content, decode_unlocked, timeout, cancel)


def _asked(
    asked: Mapping[str, object],
    content: bytes,
    decoded: Callable[[Iterable[bytes]], T | None],
    timeout: float | None,
    cancel: Callable[[], bool] | None,
    program: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> T:
    """What the reading child answers about a list."""
    work = TIME_LIMIT + TIME_PER_MEBIBYTE * len(content) / MEBIBYTE
    return ask_child(
        asked,
        content,
        decoded,
        timeout,
        cancel,
        option=_OPTION,
        work=work,
        program=program,
        meanwhile=meanwhile,
    )


def ask_child(
    asked: Mapping[str, object],
    content: bytes,
    decoded: Callable[[Iterable[bytes]], T | None],
    timeout: float | None = None,
    cancel: Callable[[], bool] | None = None,
    *,
    option: str,
    work: float,
    program: Sequence[str] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> T:
    """What a child of ours answers about the bytes of a file.

    It is started with an option of `__main__`, and may use the processor for `work` seconds.
    Raises ExchangeError (also timeout) and Cancelled.
    """
    command = [*(program or children.own_program(option)), "--seconds", f"{work:.0f}"]
    limits = job_limits.JobLimits(Limits().memory_bytes, work)
    process = children.start(command, buffer=_PIPE, limits=limits)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            _widen(pipe)
    whole = {**asked, "bytes": len(content)}
    giver = Thread(target=_give, args=(process.stdin, whole, content), daemon=True)
    giver.start()
    limit = time.monotonic() + (work * _PATIENCE if timeout is None else timeout)
    with closing(_lines(process, limit, cancel, meanwhile)) as lines:
        try:
            answer = decoded(lines)
        except json.JSONDecodeError:
            answer = None
    giver.join()
    if process.returncode == _OUT_OF_TIME:
        raise ExchangeError("timeout")
    if answer is None:
        # The reader itself died: out of memory, or a file that breaks it.
        raise ExchangeError("damaged" if process.returncode == 1 else "too_large")
    return answer


def _give(pipe: IO[bytes], asked: Mapping[str, object], content: bytes) -> None:
    # A child that ends before it has it all has its reasons, and its answer tells them.
    with suppress(OSError), pipe:
        pipe.write(json.dumps(asked).encode("ascii") + b"\n")
        pipe.write(content)


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
        # Another process may have been given the child's end of the pipe: it is not waited for.
        taker.join(_LET_GO)


def _take(source: IO[bytes], lines: SimpleQueue[bytes | None]) -> None:
    with source:
        for line in source:
            lines.put(line)
    lines.put(None)
