# SPDX-License-Identifier: Apache-2.0
"""Somebody taken out of a register for good: what there is of them, the erasure, and the same once
more on a copy that is older than it.

    look(register, person) -> Traces
    erase(act, register, person, reason) -> Erased       within an act of `erasures.SERVICE`
    again(made, erased, header)              on a copy, before it takes a register's place
    announce(register), clean(register)      free pages, and the list beside the copies, which
    kept_list(path, made)                    may be needed where no register opens

Whether somebody may be erased is asked in `services/privacy`. The list of what was erased holds
numbers and digests, no names.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.exchange.sheets.row_blocks import unpacked, without_rows
from imp_plus_desktop.plain_files import trouble
from imp_plus_desktop.storage.files import erased_list
from imp_plus_desktop.storage.files.erased_list import Beside
from imp_plus_desktop.storage.journal import erasures, journal
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.erasures import ErasedFile
from imp_plus_desktop.storage.journal.journal import ActHeader
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.privacy import erasing, traces
from imp_plus_desktop.storage.privacy.traces import Traces


@dataclass(frozen=True, slots=True)
class Erased:
    """What went, counted by kind, and where it was found."""

    counts: dict[str, int]
    found: Traces


def look(register: Register, person: int) -> Traces:
    """Everything that a register holds of somebody."""
    return traces.traces(register, person, unpacked)


def erase(act: Act, register: Register, person: int, reason: str) -> Erased:
    """Erase somebody within an act, which keeps the reason without their name."""
    found = look(register, person)
    counts = erasing.erase(act, found, without_rows)
    act.details["reason"] = nameless(found, reason)
    act.details["counts"] = {"erased": 1}
    return Erased(counts, found)


def staying(register: Register, found: Traces) -> dict[str, int]:
    """How many rows would stay because they count, by entity, with nothing of the person."""
    kept = erasing.counted(register.db, found)
    return {entity: len(numbers) for entity, numbers in kept.items() if entity != "person"}


def nameless(found: Traces, text: str) -> str:
    """A text without the names and numbers of whoever was erased."""
    return erasing.without_marks(found.marks, text)


def again(made: Register, erased: Iterable[ErasedFile], header: ActHeader) -> int:
    """Erase on a copy whoever was erased since it was made, and let it know of all others.

    Returns how many were there again.
    """
    missing = list(dict.fromkeys(erased))
    known = set(erasures.files(made.db))
    missing = [one for one in missing if one not in known]
    if not missing:
        return 0
    back = [one.person for one in missing if erasing.files_of(made.db, [one.person]) == [one]]
    with made.act(header) as act, act.db.shredding():
        changes: set[int] = set()
        acts: set[int] = set()
        lists: set[int] = set()
        for person in back:
            found = look(made, person)
            erasing.erase(act, found, without_rows)
            changes.update(found.changes)
            acts.update(found.acts)
            lists.update(list_ for list_, _sheet in found.lines)
        act.always = True
        act.details |= erasures.details(changes, acts, missing, lists)
        act.details["counts"] = {"erased": len(back)}
    if back:
        made.db.sweep()
    return len(back)


def announce(register: Register) -> None:
    """Have the next start clean up, before anything is erased: the act may be there, and what
    follows it not, where the process ends or the disk fails in between.

    Errors: StorageError full, no_answer, … where that cannot be written down.
    """
    files = tuple(erasures.files(register.db))
    told = Beside(journal.register_id(register.db), files, swept=False)
    try:
        erased_list.put(register.path, told)
    except OSError as error:
        raise StorageError(trouble(error, "cannot_open")) from None


def clean(register: Register) -> bool:
    """Leave nothing of what was erased in free pages, and write the list beside the copies: one may
    be restored where no register opens. Returns False where somebody else is at work; it is tried
    again when the register is opened next."""
    swept = register.db.sweep()
    files = tuple(erasures.files(register.db))
    beside = Beside(journal.register_id(register.db), files, swept)
    erased_list.write(register.path, beside)
    return swept


def kept_list(path: Path, made: Register) -> list[ErasedFile]:
    """The list beside the copies of a register, if it is of the register that a copy is of."""
    beside = erased_list.read(path)
    if beside is None or beside.register != journal.register_id(made.db):
        return []
    return [ErasedFile(*one) for one in beside.files]
