# SPDX-License-Identifier: Apache-2.0
"""What acts of erasure sign for: the changes and acts whose payloads may be blank, and whose files
were erased.

A payload without its salt counts only where an erasure names it: blanked behind the journal's back
it is found like any other alteration (`journal.verify`). The list stands in the details of the
act, and so in the chain; it holds numbers and digests, never a name:

    {"blanked": {"changes": [id, …], "acts": [id, …]}, "files": [[person, digest], …],
     "archive": {act: SHA-256, …}}

`archive` says of the acts of imports what their archived file is since, null where there is none
any more: `check` compares the others with what the chain holds of them. The digest is that of the
change by which a file came in: a salted hash, the same in every copy of the register, by which a
file is known again where an older copy brings it back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from imp_plus_desktop.storage.engines import Database

SERVICE = "privacy.erase"
RESCUE = "maintenance.rescue"
"""An act that says which archived files could not be read of a damaged register."""
BLANKED, CHANGES, ACTS, FILES = "blanked", "changes", "acts", "files"
ARCHIVE = "archive"


class Signed(NamedTuple):
    """Ids of the changes and acts whose payloads were erased by acts that say so."""

    changes: frozenset[int]
    acts: frozenset[int]


class ErasedFile(NamedTuple):
    """A file that was erased: its person's id, and the digest (hexadecimal) of the change by which
    it came in."""

    person: int
    digest: str


def signed(db: Database) -> Signed:
    """What all erasures of a register sign for."""
    changes: set[int] = set()
    acts: set[int] = set()
    for details in _told(db):
        blanked = details.get(BLANKED, {})
        changes.update(blanked.get(CHANGES, ()))
        acts.update(blanked.get(ACTS, ()))
    return Signed(frozenset(changes), frozenset(acts))


def files(db: Database) -> list[ErasedFile]:
    """Every file that was erased, in the order in which they were."""
    return [ErasedFile(*one) for details in _told(db) for one in details.get(FILES, ())]


def erased_by(db: Database, person: int, since: int) -> int | None:
    """The act after act `since` that erased somebody's file, None where none did."""
    kept = db.execute_sql(
        "SELECT id, details FROM act WHERE service = ? AND id > ? AND details IS NOT NULL"
        " ORDER BY id DESC",
        (SERVICE, since),
    )
    for number, text in kept.fetchall():
        if any(one[0] == person for one in json.loads(text).get(FILES, ())):
            return int(number)
    return None


def archive(db: Database) -> dict[int, str | None]:
    """What the archived files are since that erasures have altered, or a rescue could not read:
    their SHA-256 by the act of the import, None where there is none any more."""
    told = [*_told(db), *_told(db, RESCUE)]
    return {int(act): digest for one in told for act, digest in one.get(ARCHIVE, {}).items()}


def details(
    changes: Iterable[int],
    acts: Iterable[int],
    erased: Iterable[ErasedFile],
    lists: Iterable[int] = (),
) -> dict[str, object]:
    """What an act of erasure keeps in its details; `lists` are imports whose file is empty."""
    blanked = {CHANGES: sorted(changes), ACTS: sorted(acts)}
    gone = {str(act): hashlib.sha256(b"").hexdigest() for act in sorted(lists)}
    return {BLANKED: blanked, FILES: [list(one) for one in erased], ARCHIVE: gone}


def _told(db: Database, service: str = SERVICE) -> Iterator[Mapping[str, Any]]:
    kept = db.execute_sql(
        "SELECT details FROM act WHERE service = ? AND details IS NOT NULL ORDER BY id", (service,)
    )
    for (text,) in kept.fetchall():
        # Altered into what no program writes it signs for nothing, and the chain finds it.
        with suppress(ValueError, TypeError, AttributeError):
            told = json.loads(text)
            frozenset(told.get(BLANKED, {}).get(CHANGES, ()))
            frozenset(told.get(BLANKED, {}).get(ACTS, ()))
            dict(told.get(ARCHIVE, {}))
            yield told
