# SPDX-License-Identifier: Apache-2.0
"""The child process that makes and proves copies for the window, and snapshots.

Its parent is `services/copies/copy_process.py`. The one line of standard input is the request;
progress, then the outcome, go to standard output as JSON lines. Must not tell a value of the
register.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import IO, Any

from imp_plus_desktop import bootstrap
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.copies import copy_process, keeping, of_server
from imp_plus_desktop.services.servers import taking_along
from imp_plus_desktop.services.servers.taking_along import Snapshot

_GENTLY = 10
"""How much of the computer is left to whoever sits at it."""


class _ProgressLines:
    """Progress as lines for the parent."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def step(self, done: int, total: int) -> None:
        self.line({"done": done, "total": total})

    def line(self, value: object) -> None:
        self._out.write(json.dumps(value, default=str).encode() + b"\n")
        self._out.flush()


def main() -> int:
    """Make the copy that standard input asks for; 0 when the last line tells how it went."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_GENTLY)
    # A windowed program has no sys.stdin and sys.stdout, but its parent's pipes are there.
    with open(0, "rb", closefd=False) as asked, open(1, "wb", closefd=False) as out:
        told = _ProgressLines(out)
        request = json.loads(asked.readline())
        try:
            made = _made(request, told)
        except AppError as error:
            kind = type(error).__name__
            told.line({"error": error.code, "kind": kind, "parameters": error.parameters})
            return 0
        told.line({"elsewhere": True} if made is None else asdict(made))
    return 0


def _made(request: dict[str, Any], told: _ProgressLines) -> keeping.Made | Snapshot | None:
    day = request["today"]
    office = bootstrap.open_told(request, date.fromisoformat(day) if day else None)
    work, under = request["work"], str(request.get("under", ""))
    try:
        if work == copy_process.ALONG:
            return taking_along.take_along(office, Path(request["path"]), under, told)
        if work == copy_process.DAILY:
            return of_server.make_daily(office, under, told)
        if work == copy_process.NOW:
            return of_server.make(office, under, told)
        reason = request["reason"]
        if reason is None:
            return keeping.go_on(office, told)
        return keeping.make(office, reason, told)
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
