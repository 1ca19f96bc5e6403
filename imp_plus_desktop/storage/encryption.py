# SPDX-License-Identifier: Apache-2.0
"""Puts a register, and its automatic copies, under another passphrase or under none.

The whole content is written anew under the new key beside the old file, verified, and takes its
place: a failure or a crash leaves the old file as it was.
"""

from __future__ import annotations

import os
from pathlib import Path

from peewee import Database

from imp_plus_desktop import private
from imp_plus_desktop.domain.errors import StorageError
from imp_plus_desktop.storage import backup, copies, database
from imp_plus_desktop.storage.repository import Register


def rekey(register: Register, passphrase: str) -> None:
    """Write the register and its copies anew under `passphrase`, empty for none.

    The register must be open nowhere else; it is open again afterwards, in this thread.
    Errors: StorageError locked, full, cannot_copy.
    """
    rewritten: list[tuple[Path, Path]] = []
    try:
        for copy in copies.paths_of(register.path):
            other = database.connect_existing(copy, register.passphrase, writes=True)
            try:
                rewritten.append((_write_anew(other, copy, passphrase), copy))
            finally:
                other.close()
        with database.translated():
            _be_alone(register.db)
        rewritten.append((_write_anew(register.db, register.path, passphrase), register.path))
        register.close()
        for part, path in rewritten:
            part.replace(path)
    except OSError:
        raise StorageError("cannot_copy") from None
    finally:
        for part, _path in rewritten:
            private.ended(part)
    register.reopen(passphrase)


def _be_alone(db: Database) -> None:
    # Leaving WAL needs the file to oneself, and empties the write-ahead log into it.
    if db.execute_sql("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
        raise StorageError("locked")


def _write_anew(db: Database, path: Path, passphrase: str) -> Path:
    """Export the whole content beside `path` under a key; returns the verified new file."""
    part = private.begun(path)
    try:
        _export(db, part, passphrase)
        backup.verify(part, passphrase)
    except BaseException:
        private.ended(part)
        raise
    return part


def _export(db: Database, part: Path, passphrase: str) -> None:
    with database.translated():
        db.execute_sql("ATTACH DATABASE ? AS anew KEY ?", (os.fspath(part), passphrase))
        try:
            db.execute_sql("SELECT sqlcipher_export('anew')").fetchall()
            for name in ("user_version", "application_id"):
                value = int(db.execute_sql(f"PRAGMA main.{name}").fetchone()[0])
                db.execute_sql(f"PRAGMA anew.{name} = {value}")
        finally:
            db.execute_sql("DETACH DATABASE anew")
