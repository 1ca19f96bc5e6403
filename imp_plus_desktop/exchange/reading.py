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
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

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
) -> Workbook:
    """Reads like `reader.read_workbook`, in a process of its own.

    The child may work for as long as the size of the file deserves, and be waited for three times
    that on a busy machine, or for `timeout` seconds. `cancel` is asked often and ends the child
    when it says True.
    Raises ExchangeError (also `timeout`) and Cancelled.
    """
    work = _time_for(path)
    command = [*(program or own_program(_OPTION)), str(path.absolute()), "--seconds", f"{work:.0f}"]
    for name in sheet_names or ():
        command += ["--sheet", name]
    # A file and not a pipe: the child never waits for the parent, and nothing can block.
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=environment(),
            creationflags=NO_WINDOW,
        )
        _wait(process, work * _PATIENCE if timeout is None else timeout, cancel)
        answer.seek(0)
        try:
            workbook = decode(answer)
        except json.JSONDecodeError:
            workbook = None
    if process.returncode == _OUT_OF_TIME:
        raise ExchangeError("timeout")
    if workbook is None:
        # The reader itself died: out of memory, or a file that breaks it.
        raise ExchangeError("damaged" if process.returncode == 1 else "too_large")
    return workbook


def read_bytes_in_child(
    name: str, content: bytes, *, sheet_names: Sequence[str] | None = None
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
        return read_in_child(copy, sheet_names=sheet_names)


def _time_for(path: Path) -> float:
    """Seconds of work: a small file that takes long was made to."""
    try:
        return TIME_LIMIT + TIME_PER_MEBIBYTE * path.stat().st_size / MEBIBYTE
    except OSError:
        return TIME_LIMIT


def _wait(
    process: subprocess.Popen[bytes], timeout: float, cancel: Callable[[], bool] | None
) -> None:
    limit = time.monotonic() + timeout
    try:
        while process.poll() is None:
            if cancel is not None and cancel():
                raise Cancelled
            if time.monotonic() > limit:
                raise ExchangeError("timeout")
            time.sleep(_PAUSE)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
