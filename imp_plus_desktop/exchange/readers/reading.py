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
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from imp_plus_desktop.domain.values.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.exchange.readers.reader import file_bytes, read_pasted, read_workbook
from imp_plus_desktop.exchange.readers.reading_child import decode
from imp_plus_desktop.exchange.sheets.sheets import MEBIBYTE, Limits, Sheet, TextForm, Workbook

__all__ = [
    "Limits",
    "Sheet",
    "TextForm",
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
    work = TIME_LIMIT + TIME_PER_MEBIBYTE * len(content) / MEBIBYTE
    command = [*(program or children.own_program(_OPTION)), "--seconds", f"{work:.0f}"]
    process = children.start(command, buffer=_PIPE)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            _widen(pipe)
    asked = {
        "name": name,
        "sheets": list(sheet_names or ()),
        "bytes": len(content),
        "encoding": form.encoding,
        "separator": form.separator,
    }
    giver = Thread(target=_give, args=(process.stdin, asked, content), daemon=True)
    giver.start()
    limit = time.monotonic() + (work * _PATIENCE if timeout is None else timeout)
    with closing(_lines(process, limit, cancel, meanwhile)) as lines:
        try:
            workbook = decode(lines)
        except json.JSONDecodeError:
            workbook = None
    giver.join()
    if process.returncode == _OUT_OF_TIME:
        raise ExchangeError("timeout")
    if workbook is None:
        # The reader itself died: out of memory, or a file that breaks it.
        raise ExchangeError("damaged" if process.returncode == 1 else "too_large")
    return workbook


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
        taker.join()


def _take(source: IO[bytes], lines: SimpleQueue[bytes | None]) -> None:
    with source:
        for line in source:
            lines.put(line)
    lines.put(None)
