# SPDX-License-Identifier: Apache-2.0
"""Refuses an act that nobody could read: one such act, written by hand, would keep every desk from
the journal, the bin and the lists that are made of it.

    statements() -> the functions, in order, and what guards whose name stands in a row

What an act says beside its changes is JSON that the program takes apart (`storage/history`).
"""

from __future__ import annotations

from collections.abc import Iterator

from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.writing import (
    CARRYING,
    DEFINER,
    INNER,
    refusal,
)

MERGING = "people.merge"
"""What the journal calls it: a test compares them."""

_FUNCTIONS = (
    # The parts that are read by name, as `history` takes them; whatever else there is, is not read.
    f"""CREATE FUNCTION {GUARD}.is_readable(service TEXT, told JSONB) RETURNS BOOLEAN
    IMMUTABLE {INNER} AS $$
    BEGIN
        IF service !~ '^[a-z_]{{1,40}}([.][a-z_]{{1,40}})?$' THEN RETURN FALSE; END IF;
        IF told = '{{}}' AND service <> '{MERGING}' THEN RETURN TRUE; END IF;
        RETURN COALESCE(jsonb_typeof(told) = 'object'
            AND COALESCE(jsonb_typeof(told -> 'counts'), 'object') = 'object'
            AND NOT jsonb_path_exists(told, '$.counts.* ? (@.type() <> "number")', silent => TRUE)
            AND COALESCE(jsonb_typeof(told -> 'people'), 'array') = 'array'
            AND NOT jsonb_path_exists(told, '$.people[*] ? (@.type() <> "number")', silent => TRUE)
            AND COALESCE(jsonb_typeof(told -> 'person'), 'number') = 'number'
            AND COALESCE(jsonb_typeof(told -> 'overrides'), 'object') = 'object'
            AND NOT jsonb_path_exists(told, '$.overrides.* ? (@.type() <> "string")',
                silent => TRUE)
            AND COALESCE(jsonb_typeof(told -> 'reason'), 'string') = 'string'
            AND (told -> 'out' IS NULL OR jsonb_typeof(told -> 'out') = 'array'
                AND told -> 'out' -> 2 IS NULL AND jsonb_typeof(told -> 'out' -> 0) = 'string'
                AND jsonb_typeof(told -> 'out' -> 1) = 'string')
            AND (service <> '{MERGING}' OR jsonb_typeof(told -> 'merged' -> 'into') = 'number'
                AND jsonb_typeof(told -> 'merged' -> 'from') = 'number'), FALSE);
    END $$""",
    # A row that comes back, by an undo or from the bin, has the name of whoever made it once.
    f"""CREATE FUNCTION {GUARD}.check_settler() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        IF NEW.settled_by <> session_user AND NOT pg_has_role(session_user, current_user, 'MEMBER')
            AND NOT EXISTS (SELECT 1 FROM change c JOIN act a ON a.id = c.act_id
                WHERE c.entity = TG_TABLE_NAME AND c.entity_id = NEW.id AND c.before IS NULL
                AND a.who = NEW.settled_by)
        THEN {refusal("who settles is who is signed in")}; END IF;
        RETURN NULL;
    END $$""",
)
_SETTLED = (
    "CREATE TRIGGER flag_settlement_signed AFTER INSERT OR UPDATE OF settled_by ON flag_settlement"
    f" FOR EACH ROW EXECUTE FUNCTION {GUARD}.check_settler()"
)


def statements() -> Iterator[str]:
    """All of it, once what notes is there."""
    yield from _FUNCTIONS
    yield _SETTLED
