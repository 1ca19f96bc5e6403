# SPDX-License-Identifier: Apache-2.0
"""Which files may have outlived what they are kept for, told by the engine alone; and which were
erased.

Reads only. When a file closed is for `domain/privacy` to say.
"""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.storage.journal import erasures
from imp_plus_desktop.storage.journal.register import Register

_NOTHING_SINCE = (
    ("letter", "letter_date"),
    ("application", "decided_on"),
    ("application", "substr(received_at, 1, 10)"),
    ("other_route", "decided_on"),
    ("other_route", "valid_until"),
)


def candidates(register: Register, before: date) -> list[int]:
    """People in whose files nothing that could close them is dated on a day or after it."""
    since = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} t WHERE t.person_id = p.id AND {day} >= ?)"
        for table, day in _NOTHING_SINCE
    )
    permits = (
        "NOT EXISTS (SELECT 1 FROM permit t JOIN application a ON a.id = t.application_id"
        " WHERE a.person_id = p.id AND t.valid_until >= ?)"
    )
    erased = "p.id NOT IN (SELECT person_id FROM erased_file)"
    asked = f"SELECT p.id FROM person p WHERE {since} AND {permits} AND {erased} ORDER BY p.id"
    days = [before.isoformat()] * (len(_NOTHING_SINCE) + 1)
    return [number for (number,) in register.db.execute_sql(asked, days).fetchall()]


def held(register: Register) -> list[int]:
    """People whose files are under a legal hold."""
    asked = "SELECT DISTINCT person_id FROM legal_hold WHERE lifted_on IS NULL ORDER BY person_id"
    return [number for (number,) in register.db.execute_sql(asked).fetchall()]


def erased_by(register: Register, person: int) -> int | None:
    """The act that erased a file of which something that counts is left, else None."""
    asked = "SELECT act_id FROM erased_file WHERE person_id = ?"
    row = register.db.execute_sql(asked, (person,)).fetchone()
    return None if row is None else int(row[0])


def listed(register: Register) -> list[int]:
    """Everybody of whom there is more left than what counts."""
    asked = "SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM erased_file) ORDER BY id"
    return [number for (number,) in register.db.execute_sql(asked).fetchall()]


def hidden_without_act(register: Register) -> int | None:
    """The first person whom no list shows although no act has erased them, else None."""
    erased = {one.person for one in erasures.files(register.db)}
    hidden = register.db.execute_sql("SELECT person_id FROM erased_file ORDER BY person_id")
    return next((number for (number,) in hidden.fetchall() if number not in erased), None)
