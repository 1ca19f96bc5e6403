# SPDX-License-Identifier: Apache-2.0
"""Reads a workbook in a child process that can be ended: on a time limit, or by the user.

The program starts itself, frozen or not. What the child found comes back as a `Workbook`, its
failures as the same ExchangeErrors that `reader.read_workbook` raises.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from imp_plus_desktop.domain.errors import Cancelled, ExchangeError
from imp_plus_desktop.exchange.reader import read_pasted, read_workbook
from imp_plus_desktop.exchange.reading_child import decode
from imp_plus_desktop.exchange.sheets import MEBIBYTE, Limits, Sheet, Workbook

__all__ = ["Limits", "Sheet", "Workbook", "read_in_child", "read_pasted", "read_workbook"]

TIME_LIMIT = 10.0
TIME_PER_MEBIBYTE = 3.0
_PATIENCE = 3
_PAUSE = 0.02
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None
_OPTION = "--read-workbook"


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
    command = [*(program or _own_program()), str(path.absolute()), "--seconds", f"{work:.0f}"]
    for name in sheet_names or ():
        command += ["--sheet", name]
    # A file and not a pipe: the child never waits for the parent, and nothing can block.
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
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


def _time_for(path: Path) -> float:
    """Seconds of work: a small file that takes long was made to."""
    try:
        return TIME_LIMIT + TIME_PER_MEBIBYTE * path.stat().st_size / MEBIBYTE
    except OSError:
        return TIME_LIMIT


def _own_program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, _OPTION]
    return [sys.executable, "-m", "imp_plus_desktop", _OPTION]


def _environment() -> dict[str, str]:
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        # The child finds the package where the parent found it, whatever the folder.
        home = str(Path(__file__).resolve().parents[2])
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = f"{home}{os.pathsep}{known}" if known else home
    return environment


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
