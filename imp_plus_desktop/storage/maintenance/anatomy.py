# SPDX-License-Identifier: Apache-2.0
"""How a register is built and how much is in it: numbers, and names that are the program's own.

Never a value of a row, nor a name that somebody else may have given to a table.
"""

from __future__ import annotations

from imp_plus_desktop.storage.engines import shape
from imp_plus_desktop.storage.journal.register import Register


def facts(register: Register) -> dict[str, str]:
    """What the engine tells of the file as a whole."""
    found = register.db.facts()
    found["encrypted"] = "yes" if register.passphrase else "no"
    found["shape"] = "as made" if register.db.shape_fault() is None else "differs"
    return found


def counts(register: Register) -> dict[str, int]:
    """How many rows each table of the program has. Others are not spoken of."""
    present = {name for name in shape.tables() if register.db.table_exists(name)}
    return {name: int(_told(register, f"SELECT COUNT(*) FROM {name}")) for name in sorted(present)}


def _told(register: Register, sql: str) -> str:
    row = register.db.execute_sql(sql).fetchone()
    return "" if row is None else str(row[0])
