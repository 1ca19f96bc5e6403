# SPDX-License-Identifier: Apache-2.0
"""Compares the rows of an act of a few with what the act tells of them, one row after the other.

    FEW                 how many rows are compared so; `closing` compares more as sets
    TOLD                what an act tells of each row
    statements() -> the functions, in order

One statement for all kinds has to be planned anew for each act, since it names those that were
written. For a few rows that takes longer than everything else: here each statement keeps its plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.writing import INNER
from imp_plus_desktop.storage.tables.schema import ENTITIES

FEW = 40
TOLD = """SELECT entity, id, array_agg(before ORDER BY place, nth) AS befores,
            array_agg(after ORDER BY place, nth) AS afters,
            array_agg(person_id) FILTER (WHERE nth = 0) AS whose FROM (
            SELECT c.entity, c.entity_id AS id, c.id AS place, 0 AS nth, c.person_id,
                CAST(c.before AS JSONB) AS before, CAST(c.after AS JSONB) AS after
            FROM change c WHERE c.act_id = number AND c.entity <> 'ledger_entry'
            UNION ALL
            SELECT r.value ->> 0, CAST(r.value -> 1 ->> 'id' AS BIGINT), c.id, r.nth, NULL,
                CASE WHEN c.after IS NULL THEN r.value -> 1 END,
                CASE WHEN c.after IS NOT NULL THEN r.value -> 1 END
            FROM change c, jsonb_array_elements(CAST(c.together AS JSONB))
                WITH ORDINALITY AS r (value, nth)
            WHERE c.act_id = number AND c.together IS NOT NULL
        ) told GROUP BY entity, id"""
"""Of the act whose id is `number`."""
_KINDS = "'{" + ",".join(ENTITIES) + "}'"
_BRANCHES = "\n".join(
    f"        WHEN '{kind}' THEN RETURN (SELECT to_jsonb(c) FROM {kind} c WHERE c.id = asked_id);"
    for kind in ENTITIES
)


def statements(defaults: str) -> Iterator[str]:
    """All that compares a few rows; `defaults` tells what columns of new rows hold of themselves,
    by entity, as JSON."""
    yield f"""CREATE FUNCTION {GUARD}.row_now(asked_kind TEXT, asked_id BIGINT) RETURNS JSONB
    {INNER} STABLE AS $$
    BEGIN
        CASE asked_kind
{_BRANCHES}
        END CASE;
    END $$"""
    yield f"""CREATE FUNCTION {GUARD}.check_few(number BIGINT, erases BOOLEAN) RETURNS VOID
    {INNER} AS $$
    DECLARE
        one RECORD; now JSONB; is_wrong BOOLEAN;
    BEGIN
        -- Most acts write one row once, and one change tells of it.
        SELECT w.entity, w.id, w.before AS was, c.before, c.after, c.person_id INTO one
            FROM (SELECT COUNT(*) AS n, MIN(place) AS place FROM noted_row
                WHERE entity = ANY ({_KINDS})) f
            JOIN noted_row w ON w.place = f.place AND f.n = 1
            JOIN change c ON c.act_id = number AND c.entity = w.entity AND c.entity_id = w.id
            WHERE c.together IS NULL AND (SELECT COUNT(*) FROM change o
                WHERE o.act_id = number AND o.entity <> 'ledger_entry') = 1;
        IF FOUND THEN
            now := row_now(one.entity, one.id);
            IF is_of(one.entity, one.id, one.was, now, ARRAY[CAST(one.after AS JSONB)],
                ARRAY[one.person_id]) AND tells(one.was, now, ARRAY[CAST(one.before AS JSONB)],
                ARRAY[CAST(one.after AS JSONB)], CAST('{defaults}' AS JSONB) -> one.entity)
            THEN RETURN; END IF;
        END IF;
        FOR one IN
            SELECT entity, id, f.before AS was, f.noted, t.befores, t.afters, t.whose
            FROM (SELECT DISTINCT ON (entity, id) entity, id, before, TRUE AS noted
                FROM noted_row WHERE entity = ANY ({_KINDS}) ORDER BY entity, id, place) f
            FULL JOIN ({TOLD}) t USING (entity, id)
        LOOP
            is_wrong := one.noted IS NULL;
            IF NOT is_wrong THEN
                now := row_now(one.entity, one.id);
                is_wrong := NOT is_of(one.entity, one.id, one.was, now, one.afters, one.whose)
                    OR NOT tells(one.was, now, one.befores, one.afters,
                        CAST('{defaults}' AS JSONB) -> one.entity)
                    AND NOT (erases AND one.befores IS NULL AND is_erased(one.was, now));
            END IF;
            IF is_wrong THEN RAISE EXCEPTION 'the act tells otherwise of %',
                one.entity || ' ' || one.id USING ERRCODE = 'IP001'; END IF;
        END LOOP;
    END $$"""
