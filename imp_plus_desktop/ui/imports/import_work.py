# SPDX-License-Identifier: Apache-2.0
"""The long calls of an import, as jobs that run away from the window.

    Opened(source, raw, preview, compared, novelty, question, draft, choices, words)
                                                        what a file gave, and by what choices
    read_file(shell, path, choices, password, progress), read_text(shell, text, choices, progress)
    plan_again(shell, source, choices, progress)        the same source, chosen otherwise
    commit(shell, preview, progress)                    or Overtaken, with the plan as it is now

Must not touch a widget.
"""

from contextlib import suppress
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import ExchangeError, Refused, StorageError
from imp_plus_desktop.services.imports import (
    import_compare,
    import_drafts,
    import_known,
    import_letters,
    import_source,
    imports,
)
from imp_plus_desktop.services.imports.import_compare import Comparison
from imp_plus_desktop.services.imports.import_drafts import Draft
from imp_plus_desktop.services.imports.import_known import Novelty
from imp_plus_desktop.services.imports.import_source import RawSheet
from imp_plus_desktop.services.imports.imports import Choices, Imported, Preview, Source
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.ui.shell.shell import Shell

AMBIGUOUS, NO_LIST, NO_FAMILY_NAME = "ambiguous_dates", "no_list", "no_family_name"
BY_HAND = frozenset({NO_LIST, NO_FAMILY_NAME})
"""Questions that are answered by saying what the columns are."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read. With a `question` there is no preview yet: a person can answer it."""

    source: Source
    raw: tuple[RawSheet, ...]
    preview: Preview | None = None
    compared: Comparison | None = None
    novelty: Novelty | None = None
    question: ExchangeError | None = None
    draft: Draft | None = None
    choices: Choices = field(default_factory=Choices)
    words: tuple[str, ...] = ()
    """Those of a text file that hold more than plain letters."""


def read_file(
    shell: Shell, path: Path, choices: Choices | None, password: str | None, progress: Progress
) -> Opened:
    """Read a file and plan its import; without choices, with those of an import left in the
    middle."""
    progress.step(0, 3)
    read = partial(import_source.read, shell.office, path, password=password)
    source = read(sheet=choices.sheet if choices else None)
    draft = import_drafts.of(shell.office, source) if choices is None else None
    if draft is not None and draft.choices.sheet is not None:
        source = read(sheet=draft.choices.sheet)
    progress.step(1, 3)
    if choices is None and draft is None:
        choices = import_letters.as_before(shell.office, source.sha256, Choices())
    return _planned(shell, source, choices, draft, progress)


def read(
    shell: Shell,
    path: Path | None,
    pasted: str | None,
    password: str | None,
    choices: Choices | None,
    progress: Progress,
) -> Opened:
    """Read what an import begins with: pasted cells, or else the file."""
    if pasted is not None or path is None:
        return read_text(shell, pasted or "", choices, progress)
    return read_file(shell, path, choices, password, progress)


def read_text(shell: Shell, text: str, choices: Choices | None, progress: Progress) -> Opened:
    """Read pasted cells and plan their import, as `read_file` does."""
    progress.step(0, 3)
    source = import_source.read_pasted(shell.office, text)
    draft = import_drafts.of(shell.office, source) if choices is None else None
    progress.step(1, 3)
    return _planned(shell, source, choices, draft, progress)


def plan_again(shell: Shell, source: Source, choices: Choices, progress: Progress) -> Opened:
    """Plan what was read before, chosen otherwise; the choices are kept until the import."""
    opened = plan(shell, source, choices, progress)
    source = opened.source
    # A register that cannot be written to says so at the import.
    with suppress(StorageError):
        import_drafts.keep(shell.office, source, choices)
    return opened


def _planned(
    shell: Shell, source: Source, choices: Choices | None, draft: Draft | None, progress: Progress
) -> Opened:
    if draft is None:
        return plan(shell, source, choices or Choices(), progress)
    try:
        return replace(plan(shell, source, draft.choices, progress), draft=draft)
    except ExchangeError:
        # The register reads lists otherwise by now: the file is begun anew.
        return plan(shell, source, Choices(), progress)


def plan(shell: Shell, source: Source, choices: Choices, progress: Progress) -> Opened:
    """Plan what was read before, read again where its text was to be read otherwise."""
    source = import_source.as_chosen(shell.office, source, choices)
    is_text = source.workbook.encoding is not None
    words = import_letters.accented_words(source) if is_text else ()
    raw = import_source.raw_sheets(shell.office, source)
    try:
        preview = imports.plan_source(shell.office, source, choices, progress=progress)
    except ExchangeError as question:
        hidden = any(sheet.hidden for sheet in source.workbook.sheets)
        asked = question.code in (AMBIGUOUS, NO_FAMILY_NAME)
        if asked or (question.code == NO_LIST and (raw or hidden)):
            return Opened(source, raw, question=question, choices=choices, words=words)
        raise
    compared = import_compare.against_last(shell.office, preview)
    novelty = import_known.novelty_of(shell.office, preview)
    return Opened(source, raw, preview, compared, novelty, choices=choices, words=words)


class Overtaken(Refused):
    """Nothing was imported: by what somebody else has written meanwhile, the list would do
    something else than was shown. `opened` is its plan now."""

    def __init__(self, opened: Opened) -> None:
        super().__init__("list_overtaken")
        self.opened = opened


def commit(shell: Shell, preview: Preview, progress: Progress) -> Imported:
    """Import what was planned and shown. Errors: Overtaken."""
    imported = imports.commit(shell.office, preview, as_shown=True, progress=progress)
    if imported.overtaken:
        raise Overtaken(plan(shell, preview.source, preview.choices, progress))
    # The lists need it next: better made here than while the window waits.
    summary.refresh(shell.office)
    return imported
