# SPDX-License-Identifier: Apache-2.0
"""The child process that writes one workbook for the window.

Its parent is `services/exports/export_process.py`.

The first line of standard input is the request; rows of a list as it is shown follow. Progress,
then the outcome, go to standard output as JSON lines. Its parent records what was written. Must
not tell a value of the register.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from imp_plus_desktop import bootstrap, i18n
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.exports import Exported, ShownColumn


class _ProgressLines:
    """Progress as lines for the parent."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def step(self, done: int, total: int) -> None:
        self.line({"done": done, "total": total})

    def line(self, value: object) -> None:
        self._out.write(json.dumps(value).encode() + b"\n")
        self._out.flush()


def main() -> int:
    """Write what standard input asks for; 0 when the last line tells how it went."""
    # A windowed program has no sys.stdin and sys.stdout, but its parent's pipes are there.
    with open(0, "rb", closefd=False) as asked, open(1, "wb", closefd=False) as out:
        told = _ProgressLines(out)
        request = json.loads(asked.readline())
        i18n.use(request["language"])
        try:
            done = _shown(request, asked) if "columns" in request else _listed(request, told)
        except AppError as error:
            kind = type(error).__name__
            told.line({"error": error.code, "kind": kind, "parameters": error.parameters})
            return 0
        told.line({"rows": done.rows, "sheets": done.sheets, "cut": done.cut})
    return 0


def _listed(request: dict[str, Any], told: _ProgressLines) -> Exported:
    today = date.fromisoformat(request["today"]) if request["today"] else None
    office = bootstrap.open_told(request, today)
    try:
        what, path, ids = request["what"], Path(request["path"]), request["ids"]
        return exports.read_long(
            office, ids, lambda reading: exports.write(reading, what, path, ids=ids, progress=told)
        )
    finally:
        office.close()


def _shown(request: dict[str, Any], asked: Iterable[bytes]) -> Exported:
    columns = [ShownColumn(**column) for column in request["columns"]]
    path = Path(request["path"])
    rows, total = _rows(asked), request["total"]
    return exports.write_shown(request["title"], path, columns, rows, total, request["head"])


def _rows(asked: Iterable[bytes]) -> Iterator[list[str]]:
    for line in asked:
        yield from json.loads(line)


if __name__ == "__main__":
    sys.exit(main())
