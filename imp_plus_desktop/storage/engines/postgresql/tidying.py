# SPDX-License-Identifier: Apache-2.0
"""Leaves nothing of what was destroyed in the files of a server's tables.

    tidy(db) -> bool       write every table anew; False where somebody holds one: another time
    untidied(db) -> int    how many files were destroyed since that was last done

A server keeps a row that was deleted in its page until somebody tidies, and its statistics keep
values of a column until they are counted anew. PostgreSQL lets only who owns a table do that, never
within a function or a transaction: no act of a desk can. How far it was done is a comment of the
table of what was destroyed, which again only its owner can write.
"""

from __future__ import annotations

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.rights.closing import ERASE
from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.roles import SCHEMA

_WAITED = "1s"
"""It can wait for another time."""
_TABLES = (
    "SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables"
    " WHERE schemaname IN (?, ?)"
)
_LAST = "SELECT COALESCE(MAX(id), 0) FROM act"
_DONE = (
    "COALESCE(CAST(substring(obj_description(CAST(? AS regclass), 'pg_class') FROM '[0-9]+')"
    " AS BIGINT), 0)"
)
_OF_ERASED = f"{SCHEMA}.erased_file"


def tidy(db: Database) -> bool:
    """Write every table of the register anew, and count its statistics anew."""
    last = int(db.execute_sql(_LAST).fetchone()[0])
    tables = db.execute_sql(_TABLES, (SCHEMA, GUARD)).fetchone()[0]
    before = db.execute_sql("SELECT current_setting('lock_timeout')").fetchone()[0]
    db.execute_sql(f"SET lock_timeout = '{_WAITED}'")
    try:
        db.execute_sql(f"VACUUM (FULL, ANALYZE) {tables}")
        # What the statistics said before lies in their own table.
        db.execute_sql("VACUUM (FULL) pg_catalog.pg_statistic")
    except StorageError:
        return False
    finally:
        db.execute_sql(f"SET lock_timeout = '{before}'")
    db.execute_sql(f"COMMENT ON TABLE {_OF_ERASED} IS 'tidied to act {last}'")
    return True


def untidied(db: Database) -> int:
    """How many files were destroyed since the tables were last tidied."""
    asked = f"SELECT COUNT(*) FROM act WHERE service = ? AND id > {_DONE}"
    return int(db.execute_sql(asked, (ERASE, _OF_ERASED)).fetchone()[0])
