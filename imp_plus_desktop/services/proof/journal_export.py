# SPDX-License-Identifier: Apache-2.0
"""Writes the journal to a file that anybody verifies without the program.

export(office, path)    whole or not at all; what stands beside it verifies it
write(office, path)     the same for a larger file that tells of itself
verifier()              that script, as the program ships it
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from imp_plus_desktop import paths, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.exchange.writers.writing import written_aside
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.storage.history import journal_lines
from imp_plus_desktop.storage.maintenance import backup

SCRIPT = "verify_journal.py"


@dataclass(frozen=True, slots=True)
class JournalExported:
    """`acts` are in the file; `head` is the last hash of their chain."""

    path: Path
    acts: int
    head: str


def export(office: Office, path: Path) -> JournalExported:
    """Write the whole journal, with the act that tells of it as its last. It holds all that the
    register ever said of people.

    Errors: ExchangeError cannot_write; StorageError not_recorded.
    """
    register = office.register
    people = backup.content_of(register).people
    out = Out(OutKind.EXPORT, OutPaper.JOURNAL, OutForm.JSON, people)
    with ExitStack() as kept, written_aside(path) as new:
        with private.append(new, "utf-8") as file:
            file.write(_line(journal_lines.head_line(register)))
            last, acts = _write(file, journal_lines.lines(register), 0)
        # Now nobody else writes: what came meanwhile follows, and this act.
        kept.enter_context(leaving.placing(office, out, path))
        with private.append(new, "utf-8") as file:
            _last, more = _write(file, journal_lines.lines(register, last), last)
        head = journal_lines.head_line(register)
        private.write_beginning(new, _line(head).encode())
    return JournalExported(path, acts + more, head["head"])


def write(office: Office, path: Path) -> JournalExported:
    """Write the whole journal as it stands to a new file of the program's own, and record
    nothing: whoever puts it into something larger tells of that."""
    office.must_see_all()
    register = office.register
    with private.append(path, "utf-8") as file:
        file.write(_line(journal_lines.head_line(register)))
        last, acts = _write(file, journal_lines.lines(register), 0)
        more = 1
        while more:  # another desk may have gone on meanwhile
            head = journal_lines.head_line(register)
            last, more = _write(file, journal_lines.lines(register, last), last)
            acts += more
    private.write_beginning(path, _line(head).encode())
    return JournalExported(path, acts, head["head"])


def _write(file: TextIOWrapper, lines: Iterable[Mapping[str, Any]], last: int) -> tuple[int, int]:
    """Write lines; the last act among them, and how many there are."""
    acts = 0
    for line in lines:
        if "act" in line:
            last, acts = line["act"], acts + 1
        file.write(_line(line))
    return last, acts


def _line(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def verifier() -> Path:
    """The script that verifies such a file with Python's standard library alone."""
    return paths.resource(SCRIPT)
