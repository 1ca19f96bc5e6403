# SPDX-License-Identifier: Apache-2.0
"""The long calls of an import, as jobs that run away from the window.

    Opened(source, raw, preview, compared, standing, question)    what a file gave
    read_file(shell, path, choices, progress), read_text(shell, text, choices, progress)
    plan(shell, source, choices, progress)              the same source, chosen otherwise
    commit(shell, preview, progress)

Must not touch a widget.
"""

from dataclasses import dataclass
from pathlib import Path

from imp_plus_desktop.domain.errors import ExchangeError
from imp_plus_desktop.services import (
    import_compare,
    import_known,
    import_source,
    imports,
    standing,
)
from imp_plus_desktop.services.import_compare import Comparison
from imp_plus_desktop.services.import_known import Standing
from imp_plus_desktop.services.import_source import RawSheet
from imp_plus_desktop.services.imports import Choices, Imported, Preview, Source
from imp_plus_desktop.services.progress import Progress
from imp_plus_desktop.ui.shell import Shell

AMBIGUOUS, NO_LIST = "ambiguous_dates", "no_list"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read. With a `question` there is no preview yet: a person can answer it."""

    source: Source
    raw: tuple[RawSheet, ...]
    preview: Preview | None = None
    compared: Comparison | None = None
    standing: Standing | None = None
    question: ExchangeError | None = None


def read_file(shell: Shell, path: Path, choices: Choices, progress: Progress) -> Opened:
    """Read a file and plan its import."""
    progress.step(0, 3)
    source = import_source.read(shell.office, path, sheet=choices.sheet)
    progress.step(1, 3)
    return plan(shell, source, choices, progress)


def read_text(shell: Shell, text: str, choices: Choices, progress: Progress) -> Opened:
    """Read pasted cells and plan their import."""
    progress.step(0, 3)
    source = import_source.read_pasted(shell.office, text)
    progress.step(1, 3)
    return plan(shell, source, choices, progress)


def plan(shell: Shell, source: Source, choices: Choices, progress: Progress) -> Opened:
    """Plan what was read before."""
    raw = import_source.raw_sheets(shell.office, source)
    try:
        preview = imports.plan_source(shell.office, source, choices, progress=progress)
    except ExchangeError as question:
        hidden = any(sheet.hidden for sheet in source.workbook.sheets)
        if question.code == AMBIGUOUS or (question.code == NO_LIST and (raw or hidden)):
            return Opened(source, raw, question=question)
        raise
    compared = import_compare.against_last(shell.office, preview)
    return Opened(source, raw, preview, compared, import_known.standing_of(shell.office, preview))


def commit(shell: Shell, preview: Preview, progress: Progress) -> Imported:
    """Import what was planned."""
    imported = imports.commit(shell.office, preview, progress=progress)
    # The lists need it next: better made here than while the window waits.
    standing.refresh(shell.office)
    return imported
