# SPDX-License-Identifier: Apache-2.0
"""What an act tells of many new rows, compared as sets where all of it can be.

    statements(defaults) -> the functions, in order

A list brings rows by the ten thousand, and an act tells of them by the very text that each row
makes of itself. Where all that was written is new and all that is told is such a text, they are
compared by a join of texts; whatever else there is, `closing.check_rows` compares row by row. So
the quick way may only say yes where the other one would:

- Nothing that was there was altered or deleted, so no row was noted twice.
- Each change tells of one row that is new, or of somebody with all that hangs on them, by the texts
  of these rows as they stand there: each names every column of its table that holds anything.
- The ids of each kind that are told are those that were noted, one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.writing import DEFINER
from imp_plus_desktop.storage.tables.schema import ENTITIES

_KINDS = "'{" + ",".join(ENTITIES) + "}'"
_QUICK = "SET enable_nestloop = off SET work_mem = '64MB'"
"""What is noted was never counted, and the planner would take the rows of a list for a few."""
_BY_INDEX = """SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
    SET work_mem = '64MB'"""
"""Whole people are wide, and what hangs on them has an index: a table of them in memory would take
longer to make than all the rest."""

_FUNCTIONS = (
    # The expression of a row's own text, as the journal writes it: by name, without nulls, and
    # without what is as `untold` says.
    f"""CREATE FUNCTION {GUARD}.text_of(kind TEXT, alias TEXT, untold JSONB) RETURNS TEXT {DEFINER}
    STABLE AS $$
    BEGIN
        RETURN (SELECT format('CASE WHEN %I.id IS NOT NULL THEN ''{{'' || concat_ws('','', ', alias)
            || string_agg(format(CASE WHEN a.atttypid = CAST('int8' AS REGTYPE) THEN '%L || %s'
                ELSE '%L || to_json(%s)' END, to_json(CAST(a.attname AS TEXT)) || ':',
                CASE WHEN jsonb_exists(untold, a.attname)
                THEN format('NULLIF(%I.%I, %L)', alias, a.attname, untold ->> a.attname)
                ELSE format('%I.%I', alias, a.attname) END), ', ' ORDER BY a.attname COLLATE "C")
            || ') || ''}}'' END'
            FROM pg_attribute a WHERE a.attrelid = CAST(format('imp_plus.%I', kind) AS REGCLASS)
                AND a.attnum > 0 AND NOT a.attisdropped);
    END $$""",
    # Of what the rows of a kind begin with, what the act does not tell: as one of them has it.
    f"""CREATE FUNCTION {GUARD}.untold_by(told JSONB, defaults JSONB) RETURNS JSONB
    IMMUTABLE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
        SELECT COALESCE(jsonb_object_agg(d.key, d.value), '{{}}') FROM jsonb_each(defaults) d
        WHERE NOT jsonb_exists(told, d.key) $$""",
    # The condition that the rows of a kind that are told are those that were noted.
    f"""CREATE FUNCTION {GUARD}.are_noted(kind TEXT, told TEXT) RETURNS TEXT
    IMMUTABLE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
        SELECT format('array_agg(%2$s ORDER BY %2$s) FILTER (WHERE %2$s IS NOT NULL) = ARRAY('
            'SELECT w.id FROM noted_row w WHERE w.entity = %1$L ORDER BY w.id)', kind, told) $$""",
    # Whether people came in with all that hangs on them, and each is told whole by one change.
    f"""CREATE FUNCTION {GUARD}.files_are_told(number BIGINT, hanging TEXT[], defaults JSONB)
    RETURNS BOOLEAN {DEFINER} STABLE {_BY_INDEX} AS $$
    DECLARE
        longest JSONB; joined TEXT; texts TEXT; noted TEXT; alike BOOLEAN;
    BEGIN
        -- The kinds stand in the order in which the longest text has them.
        longest := CAST((SELECT c.together FROM change c
            WHERE c.act_id = number AND c.entity = 'person' AND c.together IS NOT NULL
            ORDER BY length(c.together) DESC LIMIT 1) AS JSONB);
        SELECT string_agg(format(CASE WHEN kind = 'permit'
                THEN ' LEFT JOIN application of_permit ON of_permit.person_id = p.id'
                    ' LEFT JOIN %1$I ON %1$I.application_id = of_permit.id'
                ELSE ' LEFT JOIN %1$I ON %1$I.person_id = p.id' END, kind), ''),
            string_agg(format(', ''[%s,'' || %s || '']''', to_json(kind),
                text_of(kind, kind, untold_by(l.told, defaults -> kind))), ''
                ORDER BY l.place, kind),
            string_agg(format(' AND %s', are_noted(kind, format('%I.id', kind))), '')
            INTO joined, texts, noted
        FROM unnest(hanging) AS h (kind)
        LEFT JOIN (SELECT DISTINCT ON (r.value ->> 0) r.value ->> 0, r.value -> 1, r.place
            FROM jsonb_array_elements(longest) WITH ORDINALITY AS r (value, place)
            ORDER BY r.value ->> 0, r.place) AS l (of_kind, told, place) ON l.of_kind = kind;
        EXECUTE format('SELECT %s AND bool_and((c.before IS NULL AND c.person_id = c.entity_id'
            ' AND c.after = %s AND c.together IS NOT DISTINCT FROM'
            ' NULLIF(''['' || concat_ws('','', NULL%s) || '']'', ''[]'')) IS TRUE)%s'
            ' FROM change c LEFT JOIN person p ON p.id = c.entity_id%s'
            ' WHERE c.act_id = $1 AND c.entity = ''person''', are_noted('person', 'c.entity_id'),
            text_of('person', 'p', '{{}}'), texts, noted, joined) INTO alike USING number;
        RETURN COALESCE(alike, FALSE);
    END $$""",
    # Whether rows of a kind came in, and each is told by a change of its own.
    f"""CREATE FUNCTION {GUARD}.rows_are_told(number BIGINT, kind TEXT, defaults JSONB)
    RETURNS BOOLEAN {DEFINER} STABLE {_QUICK} AS $$
    DECLARE
        one JSONB; alike BOOLEAN;
    BEGIN
        one := (SELECT CAST(c.after AS JSONB) FROM change c
            WHERE c.act_id = number AND c.entity = kind LIMIT 1);
        EXECUTE format('SELECT %s AND bool_and((c.before IS NULL AND c.together IS NULL'
            ' AND c.after = %s AND is_of(c.entity, c.entity_id, NULL, CAST(c.after AS JSONB),'
            ' ARRAY[CAST(c.after AS JSONB)], ARRAY[c.person_id])) IS TRUE)'
            ' FROM change c LEFT JOIN %I t ON t.id = c.entity_id'
            ' WHERE c.act_id = $1 AND c.entity = %L', are_noted(kind, 'c.entity_id'),
            text_of(kind, 't', untold_by(one, defaults)), kind, kind) INTO alike USING number;
        RETURN COALESCE(alike, FALSE);
    END $$""",
    f"""CREATE FUNCTION {GUARD}.all_are_told(number BIGINT, defaults JSONB) RETURNS BOOLEAN
    {DEFINER} STABLE AS $$
    DECLARE
        noted TEXT[]; told TEXT[]; kind TEXT;
    BEGIN
        IF EXISTS (SELECT 1 FROM written_row w WHERE w.before IS NOT NULL)
        THEN RETURN FALSE; END IF;
        noted := ARRAY(SELECT DISTINCT w.entity FROM written_row w WHERE w.entity = ANY ({_KINDS}));
        told := ARRAY(SELECT DISTINCT c.entity FROM change c
            WHERE c.act_id = number AND c.entity <> 'ledger_entry');
        -- No other kind is a table.
        IF NOT noted @> told THEN RETURN FALSE; END IF;
        FOREACH kind IN ARRAY array_remove(told, 'person') LOOP
            IF NOT rows_are_told(number, kind, defaults -> kind) THEN RETURN FALSE; END IF;
            noted := array_remove(noted, kind);
        END LOOP;
        RETURN noted = '{{}}' OR 'person' = ANY (noted)
            AND files_are_told(number, array_remove(noted, 'person'), defaults);
    END $$""",
)


def statements() -> Iterator[str]:
    """The functions, once those of `closing` are there that they ask."""
    yield from _FUNCTIONS


def condition(defaults: Mapping[str, Mapping[str, object]]) -> str:
    """Whether all that the act tells of new rows is so; `defaults` are what a row may hold of which
    an act need not tell."""
    return f"all_are_told(NEW.id, '{json.dumps(defaults)}')"
