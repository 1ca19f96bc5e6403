# SPDX-License-Identifier: Apache-2.0
"""What a server alone has, step by step; a register in a file needs none of them.

Each runs in the transaction of an upgrade as the role that owns the register, so that nobody who
logs in owns what it makes. A new register has all of it from `making.statements`, by the same
statements. Released steps are never edited.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.engines.postgresql.together import making as together


class ServerStep(NamedTuple):
    """The step that leads to a number, from 2 on."""

    number: int
    work: Callable[[Database], None]


def _count(db: Database) -> None:
    db.execute_sql("ALTER TABLE register_state ADD COLUMN of_servers BIGINT NOT NULL DEFAULT 1")


def _know_each_other(db: Database) -> None:
    for statement in together.statements():
        db.execute_sql(statement)


def _hide(db: Database) -> None:
    """Take from who only reads what they had of the tables: what stands in front of these is made
    anew at the end of each upgrade."""
    from imp_plus_desktop.storage.engines.postgresql.rights import roles
    from imp_plus_desktop.storage.engines.postgresql.shape import in_front

    # The words of the search do not say yet which of them are hidden: a desk makes them anew.
    for table in ("standing", "standing_figures", *_SEARCHED):
        db.execute_sql(f"DELETE FROM {table}")
    for statement in in_front.tables():
        db.execute_sql(statement)
    roles.hide(db)


_SEARCHED = ("person_search", "person_search_words", "person_search_near")


def _step_2(db: Database) -> None:
    for part in (_count, _know_each_other, _hide):
        part(db)


def _note_looks(db: Database) -> None:
    from imp_plus_desktop.storage.engines.postgresql.rights import looking

    for statement in looking.statements():
        db.execute_sql(statement)


def _note_lists_as_sets(db: Database) -> None:
    """Note the rows of a list together; what compares them comes with `_keep_plans`."""
    from imp_plus_desktop.storage.engines.postgresql.rights import writing

    for statement in writing.for_row_by_row():
        db.execute_sql(statement)


def _keep_plans(db: Database) -> None:
    """An act of a few rows is looked at by statements that keep their plans."""
    from imp_plus_desktop.storage.engines.postgresql.rights import closing
    from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
    from imp_plus_desktop.storage.engines.postgresql.shape.functions import CHECKING, COUNTING

    for statement in (*CHECKING, *COUNTING, *closing.functions()):
        db.execute_sql(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    db.execute_sql(f"DROP FUNCTION {GUARD}.rows_of(TEXT)")


def _expect_small_acts(db: Database) -> None:
    from imp_plus_desktop.storage.engines.postgresql.shape.indexes import EXPECTED

    for statement in EXPECTED:
        db.execute_sql(statement)
    # What it expects is worked out when it next counts.
    for table in ("change", "mifi_entry"):
        db.execute_sql(f"ANALYZE {table}")


def _step_3(db: Database) -> None:
    for part in (_note_looks, _note_lists_as_sets, _keep_plans, _expect_small_acts):
        part(db)


def _find_by_parts(db: Database) -> None:
    """The index of the search in parts; its words stay as they are."""
    from imp_plus_desktop.storage.engines.postgresql.shape import finding

    for statement in ("DROP INDEX person_search_index", *finding.INDEXES, finding.FOUND):
        db.execute_sql(statement)


def _write_acts_whole(db: Database) -> None:
    from imp_plus_desktop.storage.engines.postgresql.whole import making as whole

    for statement in whole.statements():
        db.execute_sql(statement)


def _ask_less(db: Database) -> None:
    """What guards an act takes on the owner's rights once, counts ids by one statement, and looks
    first whether the act is as most are."""
    from imp_plus_desktop.storage.engines.postgresql.rights import closing, writing
    from imp_plus_desktop.storage.engines.postgresql.shape.functions import COUNTING, LIMITING

    for statement in writing.for_own_rights():
        db.execute_sql(statement)
    for statement in (*COUNTING, *LIMITING, *closing.functions()):
        db.execute_sql(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))


def _refuse_the_unreadable(db: Database) -> None:
    """An act, a moment or an id that no desk could go on with, and a name beside a row that is not
    whoever’s who signed in."""
    from imp_plus_desktop.storage.engines.postgresql.rights import roles, telling
    from imp_plus_desktop.storage.engines.postgresql.shape.functions import CHECKING

    for statement in telling.statements():
        db.execute_sql(statement)
    for statement in CHECKING:
        db.execute_sql(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    roles.let_clerks_count(db)


def _end_claims_with_their_files(db: Database) -> None:
    for statement in together.for_erasing():
        db.execute_sql(statement)


def _keep_less(db: Database) -> None:
    """What comes packed is not packed again, and who has no number is in no index of it."""
    from imp_plus_desktop.storage.engines.postgresql.shape.indexes import FILE_NUMBER, PACKED

    for statement in (*PACKED, "DROP INDEX person_file_number", FILE_NUMBER):
        db.execute_sql(statement)


def _look_at_statements(db: Database) -> None:
    """What a list brings is looked at as a whole for what it hangs on, and not row by row."""
    from imp_plus_desktop.storage.engines.postgresql.rights import writing
    from imp_plus_desktop.storage.engines.postgresql.shape import references

    for statements in (writing.for_references, references.take_constraints):
        for statement in statements():
            db.execute_sql(statement)
    for statement in (*references.functions(), *references.triggers()):
        db.execute_sql(statement)


def _step_4(db: Database) -> None:
    for part in (
        *(_find_by_parts, _ask_less, _write_acts_whole, _refuse_the_unreadable),
        *(_end_claims_with_their_files, _look_at_statements),
        _keep_less,
    ):
        part(db)


SERVER_STEPS: tuple[ServerStep, ...] = (
    ServerStep(2, _step_2),
    ServerStep(3, _step_3),
    ServerStep(4, _step_4),
)
