# SPDX-License-Identifier: Apache-2.0
"""What was chosen and put right for a list before its import, kept until the import or a month.

    keep(office, source, choices), of(office, source) -> Draft | None, forget(office, source)

So that closing the window in mid-import, or a crash, loses no correction. Each window has its own:
two with the same file write over nothing of each other's. Decides nothing about the rows
themselves.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.exchange.columns.layout import SheetMapping
from imp_plus_desktop.exchange.lists.mending import Repair
from imp_plus_desktop.services.imports.import_source import Choices, Source
from imp_plus_desktop.services.imports.sides.conflicts import Letters
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import import_drafts as stored
from imp_plus_desktop.storage.archive.import_drafts import StoredDraft
from imp_plus_desktop.storage.files import processes


@dataclass(frozen=True, slots=True)
class Draft:
    """Choices that wait for their import, with who made them and when."""

    choices: Choices
    at: datetime
    who: str


def keep(office: Office, source: Source, choices: Choices) -> None:
    """Keep what was chosen and put right in a file, or forget it where nothing is any more.

    Errors: StorageError.
    """
    chosen = choices.repairs or choices.mappings or choices.taken
    if not chosen and not choices.encoding and not choices.separator:
        forget(office, source)
        return
    own = processes.own_mark()
    draft = StoredDraft(_told(choices), office.clock.now(), office.user, own)
    stored.save(office.register, source.sha256, draft)


def of(office: Office, source: Source) -> Draft | None:
    """What was put right in this very file and has not gone in yet: in this window, else in one
    that left it, which is this window's from now on, else what is being done in another one."""
    own, drafts = processes.own_mark(), stored.all_of(office.register, source.sha256)
    mine = [one for one in drafts if one.window == own]
    left = [one for one in drafts if processes.whether(one.window) != processes.ALIVE]
    taken = (one for one in left if _is_there(office, source, one))
    found = next(iter(mine), None) or next(taken, None) or next(iter(drafts), None)
    return None if found is None else Draft(_choices(found.choices), found.at, found.who)


def _is_there(office: Office, source: Source, draft: StoredDraft) -> bool:
    """Make what a window left this one's; whether it is there, if only to be read."""
    if office.only_reads or office.reading is not None:
        return True
    if office.server is not None and draft.window and _is_of_another_computer(draft):
        return True  # somebody may be at it there: it stays theirs
    try:
        return stored.take(office.register, source.sha256, draft, processes.own_mark())
    except StorageError:
        return True


def _is_of_another_computer(draft: StoredDraft) -> bool:
    return processes.whether(draft.window) == processes.OTHER


def forget(office: Office, source: Source) -> None:
    """The file went in, or the corrections of this window were taken back. Errors:
    StorageError."""
    stored.forget(office.register, source.sha256, processes.own_mark())


def _told(choices: Choices) -> str:
    return json.dumps(
        {
            "sheet": choices.sheet,
            "date_order": choices.date_order,
            "proper_case": choices.proper_case,
            "mappings": {name: asdict(mapping) for name, mapping in choices.mappings.items()},
            "repairs": [asdict(repair) for repair in choices.repairs],
            "taken": sorted(choices.taken),
            "text": [choices.encoding, choices.separator],
            "letters": choices.letters,
        },
        ensure_ascii=False,
    )


def _choices(text: str) -> Choices:
    told: dict[str, Any] = json.loads(text)
    encoding, separator = told.get("text", (None, None))
    return Choices(
        told["sheet"],
        told["date_order"],
        {name: SheetMapping(**mapping) for name, mapping in told["mappings"].items()},
        tuple(Repair(**repair) for repair in told["repairs"]),
        told["proper_case"],
        # A draft of an older program has none.
        frozenset((sheet, row, field) for sheet, row, field in told.get("taken", ())),
        encoding=encoding,
        separator=separator,
        letters=Letters(told.get("letters", Letters.ASK)),
    )
