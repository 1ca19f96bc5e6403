# SPDX-License-Identifier: Apache-2.0
"""What opens a file: the key that SQLCipher derives from a passphrase and the file's own salt, and
what a file itself proves of one.

A key is derived once a process for each salt: register and copies that begin alike share it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from imp_plus_desktop.storage.files import recovery_keys

SALT = 16
"""With so many bytes an encrypted file begins that are its salt."""

_ROUNDS, _KEY = 256_000, 32
"""As SQLCipher 4 derives a file's key from its passphrase and its salt."""
_RAW = re.compile(r"x'([0-9a-f]{64})([0-9a-f]{32})?'")
PAGE, _SEAL = 4096, 64
"""Bytes of a page, and of those the last, by which SQLCipher 4 proves the others."""
_SEAL_ROUNDS, _SEAL_MASK = 2, 0x3A

_derived: dict[tuple[str, bytes], str] = {}


def is_raw(key: str) -> bool:
    """Whether a key is used as it is: no passphrase, from which one is derived."""
    return _RAW.fullmatch(key) is not None


def derived_key(passphrase: str, salt: bytes) -> str:
    """The key of a file that begins with this salt, as SQLCipher takes it in place of the
    passphrase; a key that is one already stays what it is."""
    if is_raw(passphrase):
        return passphrase
    known = _derived.get((passphrase, salt))
    if known is None:
        import hashlib

        key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, _ROUNDS, _KEY)
        known = _derived[passphrase, salt] = f"x'{key.hex()}{salt.hex()}'"
    return known


def bytes_of(key: str) -> bytes:
    """The bytes of a key that is used as it is."""
    found = _RAW.fullmatch(key)
    return bytes.fromhex(found[1]) if found else b""


def forget() -> None:
    """Let go of every key that was derived here."""
    _derived.clear()


def spellings(typed: str) -> Iterator[str]:
    """What somebody may have meant, the likeliest first: a key from paper, and a passphrase as
    every keyboard gives it, as it was typed, and as a Mac once gave it.

    Registers that are older than the first of these may be under any of the others.
    """
    if recovery_keys.looks_like(typed):
        with suppress(recovery_keys.Mistyped):
            yield f"x'{recovery_keys.read(typed).hex()}'"
    forms = (normalised(typed), typed, unicodedata.normalize("NFD", typed))
    yield from dict.fromkeys(forms)


def normalised(typed: str) -> str:
    """A passphrase as it is kept from now on, whichever keyboard it came from."""
    return typed if is_raw(typed) else unicodedata.normalize("NFC", typed)


def proves(page: bytes, number: int, key: str, salt: bytes) -> bool:
    """Whether a page of a file can only have been written with this key, and is whole.

    `number` counts from 1; the first page bears the salt, which its seal leaves out.
    """
    import hashlib
    import hmac

    masked = bytes(byte ^ _SEAL_MASK for byte in salt)
    sealing = hashlib.pbkdf2_hmac("sha512", bytes_of(key), masked, _SEAL_ROUNDS, _KEY)
    told = page[SALT if number == 1 else 0 : -_SEAL] + number.to_bytes(4, "little")
    return hmac.compare_digest(hmac.digest(sealing, told, "sha512"), page[-_SEAL:])
