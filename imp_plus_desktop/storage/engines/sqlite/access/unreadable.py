# SPDX-License-Identifier: Apache-2.0
"""Why a file does not open: SQLCipher says the same for a wrong key, a missing one, a damaged
first page and a file of another kind. What a file and its copies prove tells more, and no more.
"""

from __future__ import annotations

from pathlib import Path

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.plain_files import read_plain, trouble
from imp_plus_desktop.storage.engines.sqlite.access import keys
from imp_plus_desktop.storage.files import copies, recovery_keys

OTHER_KEY = frozenset(
    {"passphrase_needed", "wrong_key", "wrong_key_today", "recovery_key_mistyped"}
)
"""Why a file does not open that may be whole: under another passphrase than was given."""
_PLAIN = b"SQLite format 3\x00"
_LOOKED_AT = 16 * keys.PAGE
_TEXT = bytes(range(32, 127)) + b"\t\r\n"
_MOST_COPIES = 3
"""Copies begin with one salt as long as the passphrase stays: the latest ones tell all there is."""


def why_unreadable(path: Path, passphrase: str) -> StorageError:
    """Return what to say of a file that a passphrase (empty for none) does not open.

    An encrypted register is whole pages of noise; a plain one is full of zeros.
    """
    try:
        start, size = read_plain(path, _LOOKED_AT), path.stat().st_size
    except OSError as error:
        return StorageError(trouble(error, "cannot_open"))
    if start.startswith(_PLAIN):
        return StorageError("plain" if passphrase else "damaged")
    if size % keys.PAGE or not start.strip(_TEXT):
        return StorageError("not_a_register")
    if start.count(0) * 32 > len(start):
        return StorageError("damaged")
    if not passphrase:
        return StorageError("passphrase_needed")
    return _why_not_by(path, start, passphrase)


def _why_not_by(path: Path, start: bytes, passphrase: str) -> StorageError:
    """What is proven where a passphrase was given: the first page is damaged where another one is
    sealed with the key; a passphrase that opens a copy was the register's on that day."""
    typed = tuple(keys.spellings(passphrase))
    pages = [start[at : at + keys.PAGE] for at in range(0, len(start), keys.PAGE)]
    if _seals(pages, start[: keys.SALT], typed):
        return StorageError("damaged_start")
    known: set[bytes] = {start[: keys.SALT]}
    for copy in copies.copies_of(path)[::-1]:
        if len(known) > _MOST_COPIES:
            break
        try:
            first = read_plain(copy.path, keys.PAGE)
        except OSError:
            continue
        salt = first[: keys.SALT]
        if first.startswith(_PLAIN) or salt in known:
            continue
        known.add(salt)
        if _seals(pages, salt, typed):
            return StorageError("damaged_start")
        if _seals([first], salt, typed):
            return StorageError("wrong_key_today", copy=copy.path.name)
    return _mistyped(passphrase) or StorageError("wrong_key")


def _seals(pages: list[bytes], salt: bytes, typed: tuple[str, ...]) -> bool:
    """Whether one of the first pages of a file can only have been written with a passphrase."""
    for passphrase in typed:
        key = keys.derived_key(passphrase, salt)
        if any(keys.proves(page, number, key, salt) for number, page in enumerate(pages, 1)):
            return True
    return False


def _mistyped(passphrase: str) -> StorageError | None:
    """Which group of a key from paper is not as it was printed."""
    if not recovery_keys.looks_like(passphrase):
        return None
    try:
        recovery_keys.read(passphrase)
    except recovery_keys.Mistyped as error:
        return StorageError("recovery_key_mistyped", group=error.group)
    return None
