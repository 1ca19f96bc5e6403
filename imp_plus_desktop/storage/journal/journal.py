# SPDX-License-Identifier: Apache-2.0
"""The journal: acts and their changes, chained by hash. Writes rows and verifies them; it never
decides what an act may do.

The chain hashes a salted digest of each payload and not the payload, so that a person can be
erased (payload and salt set to NULL) and the chain still verifies: where an act of erasure signs
for it (`erasures.py`), and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.engines import Database
from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.tables.columns import columns_of, encode
from imp_plus_desktop.storage.tables.records import ActTable
from imp_plus_desktop.storage.tables.serialization import Parts, Serialized, written
from imp_plus_desktop.storage.tables.statements import insert_row

if TYPE_CHECKING:
    from imp_plus_desktop.storage.engines.whole import Told, Whole

SALT_BYTES = 16


class ChangeRecord(NamedTuple):
    """One entity touched: the fields that changed, before and after, as stored values.

    A tuple, because a list makes many thousands of them.
    """

    entity: str
    entity_id: int
    person_id: int | None
    before: str | None
    after: str | None
    sheet: str | None = None
    row: int | None = None
    together: str | None = None
    """What came in with a new row, as `together` writes it."""


@dataclass(frozen=True, slots=True)
class ActHeader:
    at: datetime
    who: str
    service: str
    source_name: str | None = None
    source_sha256: str | None = None
    undoes: int | None = None


def together(rows: Mapping[str, Serialized]) -> Iterable[str | None]:
    """For each of many files what came in with its first row, as `[["letter",{…}],…]`.

    `rows` are those that hang on the files, by entity: one a file and entity.
    """
    if not rows:
        return repeat(None)
    parts: Parts = []
    before = "["
    for entity, serialized in rows.items():
        parts += (f'{before}["{entity}",', *serialized.parts)
        before = "],"
    return written([*parts, "]]"])


def read_together(text: str | None) -> list[tuple[str, dict[str, Any]]]:
    """The entity and the stored values of each row that `together` wrote."""
    return [(entity, row) for entity, row in json.loads(text)] if text else []


def _payload(change: Sequence[Any]) -> bytes:
    entity, entity_id, person_id, before, after, sheet, row, together = change
    more = "" if together is None else f"\x1f{together}"
    return (
        f"{entity}\x1f{entity_id}\x1f{person_id or ''}\x1f{before or ''}\x1f{after or ''}\x1f"
        f"{sheet or ''}\x1f{row or ''}{more}"
    ).encode()


def _digest(salt: bytes, payload: bytes) -> bytes:
    return hashlib.sha256(salt + payload).digest()


def _head(header: ActHeader) -> tuple[Any, ...]:
    """An act's own columns as they are stored: who, when, what, and from which file."""
    return (
        encode(header.at),
        header.who,
        header.service,
        header.source_name,
        header.source_sha256,
        header.undoes,
    )


def _chain(
    previous: bytes, number: int, head: Sequence[Any], digest: bytes, changes: Iterable[bytes]
) -> bytes:
    link = hashlib.sha256(previous)
    parts = (str(number), *(str(value or "") for value in head))
    link.update("\x1f".join(parts).encode())
    link.update(digest)
    for change in changes:
        link.update(change)
    return link.digest()


def register_id(db: Database) -> str:
    """What tells this register from any other: 16 hexadecimal digits, "" before its first act.

    It comes from the first link of the chain, which no act alters and every copy has: a copy, and
    a register restored from one, stand for the same people and are the same register.
    """
    first = db.execute_sql("SELECT hash FROM act ORDER BY id LIMIT 1").fetchone()
    return hashlib.sha256(b"register" + first[0]).hexdigest()[:16] if first else ""


def write_changes(db: Database, number: int, changes: Sequence[ChangeRecord]) -> list[bytes]:
    """Write changes of act `number`, before or after others of it. Returns their digests."""
    digests: list[bytes] = []
    columns = ("act_id", *ChangeRecord._fields, "salt", "digest")
    db.insert_rows("change", columns, _stored(number, changes, digests))
    return digests


def _stored(
    number: int, changes: Sequence[ChangeRecord], digests: list[bytes]
) -> Iterator[tuple[Any, ...]]:
    """The rows of changes as they are stored, one by one; their digests are added to the list."""
    salts = os.urandom(SALT_BYTES * len(changes))
    start = 0
    for change in changes:
        salt = salts[start : start + SALT_BYTES]
        start += SALT_BYTES
        digest = _digest(salt, _payload(change))
        digests.append(digest)
        yield (number, *change, salt, digest)


def append(
    db: Database,
    number: int,
    header: ActHeader,
    details: str,
    digests: Sequence[bytes],
    previous: bytes | None = None,
) -> bytes:
    """Close act `number`, whose changes are written, inside the caller's transaction, after the act
    whose hash is `previous`; without one it is asked.

    Returns its hash in the chain.
    """
    salt = os.urandom(SALT_BYTES)
    digest = _digest(salt, details.encode())
    own_head = _head(header)
    before = head(db) if previous is None else previous
    chained = _chain(before, number, own_head, digest, digests)
    own = (number, *own_head, details, salt, digest, chained)
    insert_row(db, "act", dict(zip(columns_of(ActTable), own, strict=True)))
    return chained


def told_whole(changes: Iterable[ChangeRecord]) -> Iterator[Told]:
    """Changes as an engine is told them that writes their act whole."""
    for entity, entity_id, person_id, before, after, _sheet, _row, _together in changes:
        salt = os.urandom(SALT_BYTES).hex()
        yield entity, entity_id, person_id, before, after, salt


def append_whole(
    whole: Whole, number: int, header: ActHeader, details: str, people: Collection[int]
) -> None:
    """Close an act that goes to its engine whole, after its changes: digests and hashes are made
    there, by the numbers that it gets."""
    at, who, service, *_file = _head(header)
    whole.salt = os.urandom(SALT_BYTES)
    own = {"id": number, "at": at, "who": who, "service": service, "details": details}
    whole.act = {**own, "salt": whole.salt.hex(), "people": sorted(people)}


def hashes(db: Database) -> list[bytes]:
    """The chain, act by act: what two registers have in common begins alike."""
    rows = db.execute_sql("SELECT hash FROM act ORDER BY id").fetchall()
    return [bytes(row[0]) for row in rows]


def head(db: Database) -> bytes:
    """The hash of the last act; empty before the first."""
    row = db.execute_sql("SELECT hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return bytes(row[0]) if row else b""


def last(db: Database) -> tuple[int, bytes] | None:
    """The last act and its hash, None before the first."""
    row = db.execute_sql("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
    return None if row is None else (int(row[0]), bytes(row[1]))


def seal_of(db: Database, act: int) -> str:
    """An act's hash in hexadecimal, empty where there is no such act."""
    row = db.execute_sql("SELECT hash FROM act WHERE id = ?", (act,)).fetchone()
    return "" if row is None else bytes(row[0]).hex()


def since(db: Database, head: str) -> int | None:
    """How many acts came after the one whose hash begins with these hexadecimal digits; None where
    the chain has none, which must be verified apart."""
    for place, one in enumerate(reversed(hashes(db))):
        if one.hex().startswith(head):
            return place
    return None


def holds(change: Sequence[Any], salt: bytes | None, digest: bytes) -> bool:
    """Whether a change, given as a `ChangeRecord`, is what was hashed, or was erased."""
    if salt is None:
        return not any(change[3:5])
    return _digest(salt, _payload(change)) == digest


def verify(db: Database) -> int | None:
    """Recompute the whole chain. Returns the id of the first act that does not hold, or None."""
    with db.paging():
        return _verify(db)


def _verify(db: Database) -> int | None:
    previous, last = b"", 0
    signed, changes = erasures.signed(db), _Changes(db)
    acts = db.pages(f"SELECT {', '.join(columns_of(ActTable))} FROM act ORDER BY id", _AT_ONCE)
    for number, *head, details, salt, digest, stored in chain.from_iterable(acts):
        last = int(number)
        if salt is None and last not in signed.acts:
            return last
        if not _holds(salt, digest, details, (details or "").encode()):
            return last
        digests = _change_digests(changes.of(last), signed.changes)
        if digests is None:
            return last
        if _chain(previous, last, head, bytes(digest), digests) != bytes(stored):
            return last
        previous = bytes(stored)
    # Nothing follows the last act to miss it, but its counter remembers how far it had come.
    return last + 1 if db.counters.all().get("act", last) != last else None


def _holds(salt: bytes | None, digest: bytes, kept: str | None, payload: bytes) -> bool:
    """Whether a payload is the one that was hashed. Without salt it was erased: nothing is kept."""
    if salt is None:
        return kept is None
    return _digest(bytes(salt), payload) == bytes(digest)


_OF_CHANGE = ", ".join((*ChangeRecord._fields, "id", "salt", "digest"))


class _Changes:
    """The changes of all acts, in their order, page by page: an act may have any number."""

    def __init__(self, db: Database) -> None:
        asked = f"SELECT act_id, {_OF_CHANGE} FROM change ORDER BY act_id, id"
        self._rows = chain.from_iterable(db.pages(asked, _AT_ONCE))
        self._next = next(self._rows, None)

    def of(self, act: int) -> Iterator[Sequence[Any]]:
        """The changes of an act; those before it are gone then."""
        while (row := self._next) is not None and row[0] <= act:
            self._next = next(self._rows, None)
            if row[0] == act:
                yield row[1:]


def _change_digests(
    changes: Iterable[Sequence[Any]], signed: Collection[int]
) -> list[bytes] | None:
    """The digests of an act's changes, None where one of them does not hold."""
    digests: list[bytes] = []
    for *own, number, salt, digest in changes:
        if salt is None:
            record = ChangeRecord(*own)
            if number not in signed or record.before or record.after or record.together:
                return None
        elif hashlib.sha256(salt + _payload(own)).digest() != digest:
            return None
        digests.append(digest)
    return digests


_AT_ONCE = 1_000
"""Acts, or changes, read at once."""
