# SPDX-License-Identifier: Apache-2.0
"""Long exports in a process of their own: in a thread they would hold the window again and again.

A short list is written where it is asked for, sooner than a process begins. The child is
`cli/export_child.py`: the request, with the passphrase or password, goes to its standard input, and
its answer comes back as JSON lines. Ending the child leaves nothing behind.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from imp_plus_desktop import i18n, private
from imp_plus_desktop.domain.values.errors import (
    AppError,
    ExchangeError,
    InvalidInput,
    Refused,
    StorageError,
)
from imp_plus_desktop.exchange.readers import children
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.exports import Exported, ShownColumn
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.services.people import people as people_service
from imp_plus_desktop.services.proof import checking

OPTION = "--export-list"
SHORT = 500
"""Rows below which no process is worth its start."""
_ERRORS: Mapping[str, type[AppError]] = {
    error.__name__: error for error in (InvalidInput, Refused, ExchangeError, StorageError)
}
_Child = subprocess.Popen[bytes]


def export(
    office: Office,
    what: str,
    path: Path,
    *,
    ids: Sequence[int] | None = None,
    progress: Progress,
) -> Exported:
    """Like `exports.export`; the child writes, and what it wrote is recorded here.

    Errors: ExchangeError cannot_write, StorageError, Cancelled (no file is left).
    """
    if (people_service.count(office) if ids is None else len(ids)) < SHORT:
        return exports.export(office, what, path, ids=ids, progress=progress)
    request = {"what": what, "ids": None if ids is None else list(ids)}
    with leaving.file(office, path) as out, _started(office, out.path, request) as child:
        done = _answer(child, path, progress)
        out.out = exports.told(what, exports.people_of(office, what, ids))
    return done


def export_shown(
    office: Office,
    paper: str,
    title: str,
    path: Path,
    columns: Sequence[ShownColumn],
    rows: Iterable[Sequence[str]],
    total: int,
    people: Collection[int],
    progress: Progress,
) -> Exported:
    """Like `exports.export_shown`; the rows are made here, and become a workbook there.

    Errors: ExchangeError cannot_write, Cancelled (no file is left).
    """
    if total < SHORT:
        return exports.export_shown(
            office, paper, title, path, columns, rows, total, people, progress
        )
    request = {
        "title": title,
        "columns": [asdict(column) for column in columns],
        "total": total,
        "head": checking.head(office),
    }
    with leaving.file(office, path) as out, _started(office, out.path, request) as child:
        _send(child, rows, total, progress)
        done = _answer(child, path, None)
        out.out = exports.told(paper, people)
    return done


@contextmanager
def _started(office: Office, path: Path, request: Mapping[str, Any]) -> Iterator[_Child]:
    """The child with its request; whatever happens, neither it nor what it had begun stays."""
    day = office.clock.day
    with private.scratch_folder() as scratch:
        surroundings = private.temporary_files_in(scratch)
        child = children.start(children.own_program(OPTION), surroundings)
        whole = {
            **office.whereabouts,
            "today": day.isoformat() if day else None,
            "language": i18n.current_language(),
            "path": str(path.absolute()),
            **request,
        }
        try:
            _line(child, whole)
            yield child
        finally:
            _end(child, path)


def _end(child: _Child, path: Path) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    # What `exchange.writing` begins beside the target is named after the process.
    with suppress(OSError):
        for begun in path.parent.glob(f".{child.pid}-*.tmp"):
            begun.unlink(missing_ok=True)


def _line(child: _Child, value: object) -> None:
    # A child that is gone tells so by its answer, or by having none.
    with suppress(OSError):
        if child.stdin is not None:
            child.stdin.write(json.dumps(value).encode("ascii") + b"\n")
            child.stdin.flush()


def _send(child: _Child, rows: Iterable[Sequence[str]], total: int, progress: Progress) -> None:
    source, sent = iter(rows), 0
    while some := list(islice(source, exports.BATCH)):
        _line(child, some)
        sent += len(some)
        progress.step(min(sent, total), max(total, 1))


def _answer(child: _Child, path: Path, progress: Progress | None) -> Exported:
    """What the child says at its end. Raises its failure as the same error."""
    if child.stdin is not None:
        with suppress(OSError):
            child.stdin.close()
    for line in child.stdout or ():
        told = json.loads(line)
        if "done" in told and progress is not None:
            progress.step(told["done"], told["total"])
        elif "error" in told:
            raise _ERRORS.get(told["kind"], ExchangeError)(told["error"], **told["parameters"])
        elif "rows" in told:
            child.wait()
            return Exported(path, told["rows"], tuple(told["sheets"]), told["cut"])
    raise ExchangeError("cannot_write")
