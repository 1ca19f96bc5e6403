# SPDX-License-Identifier: Apache-2.0
"""The journal: acts and their changes, chained by hash. Writes rows and verifies them; it never
decides what an act may do.

The chain hashes a salted digest of each payload and not the payload, so that a person can be
erased (payload and salt set to NULL) and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any

from peewee import Database

from imp_plus_desktop.storage.columns import encode

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One entity touched: the fields that changed, before and after, as stored values."""

    entity: str
    entity_id: int
    person_id: int | None
    before: str | None
    after: str | None
    sheet: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class ActHeader:
    at: datetime
    who: str
    service: str
    source_name: str | None = None
    source_sha256: str | None = None
    undoes: int | None = None


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def dump(values: object) -> str:
    """Canonical JSON: the same values give the same text on every machine."""
    return _encode(values)


def dump_record(values: Mapping[str, Any]) -> str:
    """`dump` of a flat record under plain names, at half its cost: a list brings many of them."""
    parts: list[str] = []
    for name in sorted(values):
        value = values[name]
        if type(value) is str:
            parts.append(f'"{name}":{encode_basestring(value)}')
        elif type(value) is int:
            parts.append(f'"{name}":{value}')
        else:
            return dump(values)
    return f"{{{','.join(parts)}}}"


def _payload(change: ChangeRecord) -> bytes:
    return (
        f"{change.entity}\x1f{change.entity_id}\x1f{change.person_id or ''}\x1f"
        f"{change.before or ''}\x1f{change.after or ''}\x1f{change.sheet or ''}\x1f"
        f"{change.row or ''}"
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
    chain = hashlib.sha256(previous)
    parts = (str(number), *(str(value or "") for value in head))
    chain.update("\x1f".join(parts).encode())
    chain.update(digest)
    for change in changes:
        chain.update(change)
    return chain.digest()


def write_changes(db: Database, number: int, changes: Sequence[ChangeRecord]) -> list[bytes]:
    """Write changes of act `number`, before or after others of it. Returns their digests."""
    digests: list[bytes] = []
    db.connection().executemany(
        "INSERT INTO change (act_id, entity, entity_id, person_id, before, after, sheet, row,"
        " salt, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _stored(number, changes, digests),
    )
    return digests


def _stored(
    number: int, changes: Sequence[ChangeRecord], digests: list[bytes]
) -> Iterator[tuple[Any, ...]]:
    """The rows of changes as they are stored, one by one; their digests are added to the list."""
    salts = os.urandom(SALT_BYTES * len(changes))
    for index, change in enumerate(changes):
        salt = salts[index * SALT_BYTES : (index + 1) * SALT_BYTES]
        digest = _digest(salt, _payload(change))
        digests.append(digest)
        yield (
            number,
            change.entity,
            change.entity_id,
            change.person_id,
            change.before,
            change.after,
            change.sheet,
            change.row,
            salt,
            digest,
        )


def append(
    db: Database, number: int, header: ActHeader, details: str, digests: Sequence[bytes]
) -> None:
    """Close act `number`, whose changes are written, inside the caller's transaction."""
    last = db.execute_sql("SELECT hash FROM act ORDER BY id DESC LIMIT 1").fetchone()
    salt = os.urandom(SALT_BYTES)
    digest = _digest(salt, details.encode())
    head = _head(header)
    chained = _chain(bytes(last[0]) if last else b"", number, head, digest, digests)
    db.execute_sql(
        "INSERT INTO act (id, at, who, service, source_name, source_sha256, undoes, details,"
        " salt, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *head, details, salt, digest, chained),
    )


def verify(db: Database) -> int | None:
    """Recompute the whole chain. Returns the id of the first act that does not hold, or None."""
    previous, last = b"", 0
    acts = db.execute_sql(
        "SELECT id, at, who, service, source_name, source_sha256, undoes, details, salt, digest,"
        " hash FROM act ORDER BY id"
    )
    for number, *head, details, salt, digest, stored in acts:
        last = int(number)
        if not _holds(salt, digest, details, (details or "").encode()):
            return last
        digests = _change_digests(db, last)
        if digests is None:
            return last
        if _chain(previous, last, head, bytes(digest), digests) != bytes(stored):
            return last
        previous = bytes(stored)
    # Nothing follows the last act to miss it, but SQLite remembers how far it had counted.
    counted = db.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = 'act'").fetchone()
    return last + 1 if counted is not None and counted[0] != last else None


def _holds(salt: bytes | None, digest: bytes, kept: str | None, payload: bytes) -> bool:
    """Whether a payload is the one that was hashed. Without salt it was erased: nothing is kept."""
    if salt is None:
        return kept is None
    return _digest(bytes(salt), payload) == bytes(digest)


def _change_digests(db: Database, act: int) -> list[bytes] | None:
    digests: list[bytes] = []
    rows = db.execute_sql(
        "SELECT entity, entity_id, person_id, before, after, sheet, row, salt, digest"
        " FROM change WHERE act_id = ? ORDER BY id",
        (act,),
    )
    for entity, entity_id, person_id, before, after, sheet, row, salt, digest in rows:
        record = ChangeRecord(entity, entity_id, person_id, before, after, sheet, row)
        kept = before if before is not None else after
        if not _holds(salt, digest, kept, _payload(record)):
            return None
        digests.append(bytes(digest))
    return digests
