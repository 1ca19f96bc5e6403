# SPDX-License-Identifier: Apache-2.0
"""Gives a connection of the driver the key of its file, whichever way the passphrase is typed."""

from __future__ import annotations

from typing import Any

from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop.storage.engines.sqlite.access import keys
from imp_plus_desktop.storage.engines.sqlite.failures import WRONG_KEY_OR_DAMAGED, code_of


def unlock(made: Any, typed: str) -> tuple[str, str]:
    """Give a new connection the key of its file. Returns the passphrase as it was right, and the
    key. Errors: the driver's, where it is the key of another file."""
    failed: driver.DatabaseError | None = None
    for passphrase in keys.spellings(typed):
        tried = ""
        # Once more where another process has made the file in the meantime, with its own salt.
        while (key := key_of(made, passphrase)) != tried:
            try:
                made.execute("SELECT 1 FROM sqlite_master").fetchone()
            except driver.DatabaseError as error:
                if code_of(error) != WRONG_KEY_OR_DAMAGED:
                    raise
                tried, failed = key, failed or error
            else:
                return passphrase, key
    assert failed is not None
    raise failed


def key_of(made: Any, passphrase: str) -> str:
    """Set the key that a passphrase makes of the salt of a connection's file, and return it.

    The salt is asked of the engine: whoever closes the file would give up the locks of all
    connections that this process has to it.
    """
    made.execute("PRAGMA key = '{}'".format(passphrase.replace("'", "''")))
    salt = bytes.fromhex(made.execute("PRAGMA cipher_salt").fetchone()[0])
    key = keys.derived_key(passphrase, salt)
    # Nothing was read yet: what the engine would derive itself it derives no more.
    made.execute(f'PRAGMA key = "{key}"')
    return key
