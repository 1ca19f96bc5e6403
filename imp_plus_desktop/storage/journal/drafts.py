# SPDX-License-Identifier: Apache-2.0
"""What somebody is writing and has not stored: kept beside the files, outside the journal.

keep(register, owner, person, field, text)      an empty text keeps nothing
kept(register, owner, person, field) -> str
"""

from __future__ import annotations

from imp_plus_desktop.storage import engines
from imp_plus_desktop.storage.journal.register import Register

_WHICH = "owner = ? AND person_id = ? AND field = ?"


def keep(register: Register, owner: str, person: int, field: str, text: str) -> None:
    """Keep a draft in place of the one before. Nothing of a file that is gone is kept.

    Errors: StorageError.
    """
    register.check_in_place()
    db, which = register.db, (owner, person, field)
    with engines.translated(db), db.writing():
        db.execute_sql(f"DELETE FROM draft WHERE {_WHICH}", which)
        if text:
            db.execute_sql(
                "INSERT INTO draft (owner, person_id, field, text)"
                " SELECT ?, id, ?, ? FROM person WHERE id = ?",
                (owner, field, text, person),
            )


def kept(register: Register, owner: str, person: int, field: str) -> str:
    """The draft, empty where there is none."""
    asked = f"SELECT text FROM draft WHERE {_WHICH}"
    row = register.db.execute_sql(asked, (owner, person, field)).fetchone()
    return row[0] if row is not None else ""
