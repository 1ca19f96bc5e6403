# SPDX-License-Identifier: Apache-2.0
"""What hangs on what, where a whole statement is looked at instead of each of its rows.

    LOOKED_AT       by the table that is hung on, the tables whose rows do
    OF_ACTS         those whose rows belong to an act
    are_of_rows(table, column)      whether the server's own constraint keeps a reference
    functions(), triggers()         what keeps the others
    take_constraints()              for a register that has the server's own for all of them

A constraint of the server asks for each row by itself, which took a fifth of an import. So what a
list brings by the ten thousand has triggers in its place, which refuse the same, with the same
state: a row that comes in, or is hung on something else, and whatever goes while a row hangs on it.
What belongs to an act needs none when it comes in: `writing` lets in the rows of the next act
alone, and nothing is kept before that act is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.writing import (
    DEFINER,
    IS_CARRYING,
    OF_ACTS,
    UNREFERENCED,
)

LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "person": ("letter", "residence", "passport", "member", "application"),
    "application": ("permit",),
}
_ALTERED = ("source_file", "source_sheet", "source_block", "source_row")
"""What belongs to an act, and that an erasure alters."""
_HANGING = {**LOOKED_AT, "act": (*OF_ACTS, "source_row")}


def are_of_rows(table: str, column: str) -> bool:
    """Whether the reference of a column is kept by a constraint of the server."""
    return not any(
        table in tables and column == f"{parent}_id" for parent, tables in _HANGING.items()
    )


def take_constraints() -> Iterator[str]:
    """Take away the constraints in whose place the triggers are."""
    for parent, tables in _HANGING.items():
        for table in tables:
            yield f"ALTER TABLE {table} DROP CONSTRAINT {table}_{parent}_id_fkey"


def functions() -> Iterator[str]:
    """What looks at the rows."""
    for parent, tables in _HANGING.items():
        # Nobody else writes while one statement is looked at. A trigger of rows comes before the
        # one that takes that lock, one of statements after it, by its name.
        yield f"""CREATE FUNCTION {GUARD}.rests_on_{parent}() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        IF TG_LEVEL = 'ROW' THEN
            IF NOT ({IS_CARRYING}) THEN PERFORM begin_writing(); END IF;
            IF EXISTS (SELECT 1 FROM {parent} p WHERE p.id = NEW.{parent}_id)
            THEN RETURN NULL; END IF;
        ELSIF NOT EXISTS (SELECT 1 FROM came c
            WHERE NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.id = c.{parent}_id))
        THEN RETURN NULL; END IF;
        {UNREFERENCED}
    END $$"""
        hanging = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} c WHERE c.{parent}_id = w.id)" for table in tables
        )
        yield f"""CREATE FUNCTION {GUARD}.rested_on_{parent}() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM went w WHERE {hanging}) THEN {UNREFERENCED} END IF;
        RETURN NULL;
    END $$"""


def triggers() -> Iterator[str]:
    """What has the rows looked at."""
    for parent, tables in _HANGING.items():
        for table in tables:
            if parent != "act":
                yield (
                    f"CREATE TRIGGER {table}_rests_on_{parent} AFTER INSERT ON {table}"
                    " REFERENCING NEW TABLE AS came FOR EACH STATEMENT"
                    f" EXECUTE FUNCTION {GUARD}.rests_on_{parent}()"
                )
            if parent != "act" or table in _ALTERED:
                yield (
                    f"CREATE TRIGGER {table}_rests_still AFTER UPDATE OF {parent}_id ON {table}"
                    f" FOR EACH ROW WHEN (NEW.{parent}_id IS DISTINCT FROM OLD.{parent}_id)"
                    f" EXECUTE FUNCTION {GUARD}.rests_on_{parent}()"
                )
        yield (
            f"CREATE TRIGGER {parent}_rested_on AFTER DELETE ON {parent}"
            " REFERENCING OLD TABLE AS went FOR EACH STATEMENT"
            f" EXECUTE FUNCTION {GUARD}.rested_on_{parent}()"
        )
