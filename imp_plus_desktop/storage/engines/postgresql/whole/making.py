# SPDX-License-Identifier: Apache-2.0
"""Makes what writes an act that comes whole: its proof, its numbers, its rows and its hash.

    statements() -> the functions, in order

The rows are written by what the act tells of them, so that nothing else is sent. Numbers that only
whoever writes alone can know (ids, places) stand in it as marks, and are put in their place here:
nobody waits for a desk while it holds the lock.

Both functions have the rights of whoever calls them, and no other: they do nothing that the same
desk could not do by statements, and every trigger that guards a table (`rights`) sees the same
rows. Who calls `write_act` by hand is held to what anybody is who writes: their own name, the
chain, all of the rows and nothing else, the caps. The proof protects whoever sends it, from writing
by what is so no longer; to leave it out is to be a desk that reads nothing first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from imp_plus_desktop.storage.engines.postgresql.rights.closing import DEFAULTS, ERASE
from imp_plus_desktop.storage.engines.postgresql.rights.writing import WRITERS
from imp_plus_desktop.storage.tables.schema import COLUMNS, ENTITIES

OUTDATED = "IP004"
"""The state by which a server says that an act must be judged anew."""
WHOSE = (
    "CASE WHEN c.before IS NULL OR c.after IS NULL OR NOT jsonb_exists_any("
    "CAST(c.after AS JSONB), ARRAY['person_id', 'application_id']) THEN c.person_id END"
)
"""In whose file alone a change is; NULL where it may have moved from one to another."""
_OUTDATED = f"RAISE EXCEPTION 'judge anew' USING ERRCODE = '{OUTDATED}'"


def _insert(kind: str) -> str:
    known = json.dumps(DEFAULTS[kind]) if kind in DEFAULTS else ""
    row = f"CAST('{known}' AS JSONB) || told" if known else "told"
    return (
        f"INSERT INTO {kind} SELECT r.* FROM jsonb_populate_record(CAST(NULL AS {kind}), {row}) r"
    )


def _update(kind: str) -> str:
    columns = [name for name in COLUMNS[kind] if name != "id"]
    return (
        f"UPDATE {kind} t SET ({', '.join(columns)}) = (SELECT r.{', r.'.join(columns)}"
        f" FROM jsonb_populate_record(t, told) r) WHERE t.id = asked_id"
    )


_BRANCHES = "\n".join(
    f"""        WHEN '{kind}' THEN
            IF was IS NULL THEN {_insert(kind)};
            ELSE {_update(kind)}; END IF;"""
    for kind in ENTITIES
)
_FUNCTIONS = (
    # One row as its change tells of it. Each statement keeps its plan.
    f"""CREATE FUNCTION write_row(asked_kind TEXT, asked_id BIGINT, was TEXT, told JSONB)
    RETURNS VOID LANGUAGE plpgsql AS $$
    BEGIN
        CASE asked_kind
{_BRANCHES}
        END CASE;
        IF NOT FOUND THEN {_OUTDATED}; END IF;
    END $$""",
    # `proof` says on what the act rests, `told` what it is; both as the desk writes them.
    f"""CREATE FUNCTION write_act(proof JSONB, told TEXT, OUT given BIGINT[], OUT sealed BYTEA)
    LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
    DECLARE
        head BIGINT := CAST(proof ->> 'head' AS BIGINT);
        seal BYTEA := decode(proof ->> 'seal', 'hex');
        last RECORD; counted JSONB; asked BIGINT; held BIGINT; top BIGINT; act JSONB;
        number BIGINT; changes JSONB; one JSONB; digests BYTEA[]; chained BYTEA := ''; own BYTEA;
        first BIGINT; entry JSONB;
    BEGIN
        -- Expressions cost less than statements; what is asked after the lock is as it is then.
        IF pg_advisory_xact_lock({WRITERS}) IS NULL THEN {_OUTDATED}; END IF;
        IF format_is(proof ->> 'format') IS NULL THEN {_OUTDATED}; END IF;
        IF to_regclass('moved_to') IS NOT NULL THEN {_OUTDATED}; END IF;
        SELECT a.id, a.hash INTO last FROM act a ORDER BY a.id DESC LIMIT 1;
        IF last.id IS DISTINCT FROM head OR last.hash IS DISTINCT FROM seal THEN
            -- Another server, which lacks what was read, or one that has gone on.
            IF NOT EXISTS (SELECT 1 FROM act a WHERE a.id = head AND a.hash = seal)
            OR EXISTS (SELECT 1 FROM act a
                LEFT JOIN change c ON c.act_id = a.id AND c.act_id > head
                WHERE a.id > head AND (a.service = '{ERASE}' OR c.together IS NOT NULL
                OR jsonb_exists(proof -> 'kinds', c.entity)
                OR jsonb_exists(proof -> 'rows', c.entity || ' ' || c.entity_id)
                OR CASE WHEN {WHOSE} IS NULL THEN jsonb_exists(proof -> 'moving', c.entity)
                    ELSE jsonb_exists(proof -> 'files', c.entity || ' ' || c.person_id) END))
            THEN {_OUTDATED}; END IF;
        END IF;
        SELECT jsonb_object_agg(c.name, c.seq) INTO counted FROM id_counter c;
        FOR i IN 0 .. jsonb_array_length(proof -> 'ids') - 1 LOOP
            one := proof -> 'ids' -> i;
            top := COALESCE(CAST(counted ->> (one ->> 0) AS BIGINT), 0);
            FOR n IN 1 .. jsonb_array_length(one) - 1 LOOP
                given := given || (top + n);
                told := replace(told, one ->> n, CAST(top + n AS TEXT));
            END LOOP;
        END LOOP;
        FOR i IN 0 .. jsonb_array_length(proof -> 'places') - 1 LOOP
            one := proof -> 'places' -> i;
            asked := CAST(one ->> 0 AS BIGINT);
            SELECT COALESCE(MAX(a.place), 0) INTO top FROM application a
                WHERE a.cap_year = asked AND a.place IS NOT NULL;
            held := COALESCE((SELECT c.used FROM cap_counter c WHERE c.year = asked), 0);
            IF held < CAST(one ->> 2 AS BIGINT) OR held >= CAST(one ->> 3 AS BIGINT)
            THEN {_OUTDATED}; END IF;
            -- Without gaps, the next place follows the count itself.
            IF top <> held THEN
                SELECT MIN(p) - 1 INTO top FROM (SELECT 1 AS p UNION ALL SELECT a.place + 1
                    FROM application a WHERE a.cap_year = asked AND a.place IS NOT NULL) AS follows
                    WHERE p NOT IN (SELECT a.place FROM application a
                        WHERE a.cap_year = asked AND a.place IS NOT NULL);
            END IF;
            given := given || (top + 1);
            told := replace(told, one ->> 1, CAST(top + 1 AS TEXT));
        END LOOP;
        act := CAST(told AS JSONB);
        number := CAST(act ->> 'id' AS BIGINT);
        changes := act -> 'changes';
        FOR i IN 0 .. jsonb_array_length(changes) - 1 LOOP
            one := changes -> i;
            IF one ->> 0 = 'ledger_entry' THEN
                entry := CAST(one ->> 4 AS JSONB);
                asked := CAST(entry ->> 'cap_year' AS BIGINT);
                UPDATE cap_counter SET used = used + CAST(entry ->> 'delta' AS BIGINT)
                    WHERE year = asked;
                IF NOT FOUND THEN INSERT INTO cap_counter (year, used)
                    VALUES (asked, CAST(entry ->> 'delta' AS BIGINT)); END IF;
                INSERT INTO ledger_entry SELECT r.* FROM jsonb_populate_record(
                    CAST(NULL AS ledger_entry), entry || jsonb_build_object(
                        'id', CAST(one ->> 1 AS BIGINT), 'act_id', number)) r;
            ELSE
                PERFORM write_row(one ->> 0, CAST(one ->> 1 AS BIGINT), one ->> 3,
                    CAST(one ->> 4 AS JSONB));
            END IF;
            digests := digests || sha256(decode(one ->> 5, 'hex') || convert_to(
                (one ->> 0) || chr(31) || (one ->> 1) || chr(31) || COALESCE(one ->> 2, '')
                || chr(31) || COALESCE(one ->> 3, '') || chr(31) || COALESCE(one ->> 4, '')
                || chr(31) || chr(31), 'UTF8'));
            chained := chained || digests[i + 1];
        END LOOP;
        first := COALESCE(CAST(counted ->> 'change' AS BIGINT), 0);
        INSERT INTO change (id, act_id, entity, entity_id, person_id, before, after, salt, digest)
            SELECT first + c.n, number, c.value ->> 0, CAST(c.value ->> 1 AS BIGINT),
                CAST(c.value ->> 2 AS BIGINT), c.value ->> 3, c.value ->> 4,
                decode(c.value ->> 5, 'hex'), digests[c.n]
            FROM jsonb_array_elements(changes) WITH ORDINALITY AS c (value, n);
        own := sha256(decode(act ->> 'salt', 'hex') || convert_to(act ->> 'details', 'UTF8'));
        sealed := sha256(COALESCE(last.hash, '') || convert_to(number || chr(31) || (act ->> 'at')
            || chr(31) || (act ->> 'who') || chr(31) || (act ->> 'service') || chr(31) || chr(31)
            || chr(31), 'UTF8') || own || chained);
        INSERT INTO act (id, at, who, service, details, salt, digest, hash)
            VALUES (number, act ->> 'at', act ->> 'who', act ->> 'service', act ->> 'details',
                decode(act ->> 'salt', 'hex'), own, sealed);
        DELETE FROM standing WHERE person_id IN (
            SELECT CAST(p.value AS BIGINT) FROM jsonb_array_elements_text(act -> 'people') p);
        UPDATE register_state SET written = written + 1;
        PERFORM pg_notify(act ->> 'channel', act ->> 'notice');
    END $$""",
)


def statements() -> Iterator[str]:
    """The functions, once the register's own tables and what desks know of each other are there."""
    yield from _FUNCTIONS
