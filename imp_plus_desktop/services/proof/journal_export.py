# SPDX-License-Identifier: Apache-2.0
"""Writes the journal to a file that anybody verifies without the program.

export(office, path)    whole or not at all; what stands beside it verifies it
verifier()              that script, as the program ships it
"""

from __future__ import annotations

import json
from pathlib import Path

from imp_plus_desktop import paths, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.writers.writing import written_aside
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import journal_lines

SCRIPT = "verify_journal.py"


@dataclass(frozen=True, slots=True)
class JournalExported:
    """`acts` are in the file; `head` is the last hash of their chain."""

    path: Path
    acts: int
    head: str


def export(office: Office, path: Path) -> JournalExported:
    """Write the whole journal. It holds all that the register ever said of people.

    Errors: ExchangeError cannot_write.
    """
    acts, head = 0, ""
    with written_aside(path) as new, private.append(new, "utf-8") as file:
        for line in journal_lines.lines(office.register):
            acts += "act" in line
            head = line.get("hash", head)
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return JournalExported(path, acts, head)


def verifier() -> Path:
    """The script that verifies such a file with Python's standard library alone."""
    return paths.resource(SCRIPT)
