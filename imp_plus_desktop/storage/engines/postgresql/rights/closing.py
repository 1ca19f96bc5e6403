# SPDX-License-Identifier: Apache-2.0
"""What is looked at when an act is written on a server, before it can be kept.

    statements() -> the functions and the trigger, in order

Who stands in it is who is signed in; it goes on the chain; its changes tell what was written, all
of it and nothing else; places, counters and both ledgers agree; no cap is passed. What the rules of
the programme say of it is the program's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from imp_plus_desktop.storage.engines.postgresql.rights import few, many
from imp_plus_desktop.storage.engines.postgresql.rights.few import FEW, TOLD
from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.writing import (
    CARRYING,
    DEFINER,
    INNER,
    refusal,
)
from imp_plus_desktop.storage.tables.schema import ENTITIES

_NOT_ALLOWED = "RAISE EXCEPTION '{}' USING ERRCODE = 'insufficient_privilege'"
# What the journal calls these, and counts: it stands above the engines, and a test compares them.
ERASE, DETAIL = "privacy.erase", "mifi_entries"
COUNTED: Mapping[str, str] = {
    "letters": "SELECT id, letter_date AS day FROM letter WHERE supersedes_id IS NULL",
    "permits": "SELECT t.id, COALESCE(t.issued, t.valid_from) AS day FROM permit t"
    " JOIN application a ON a.id = t.application_id"
    " WHERE a.code = 'A76' AND a.kind = 'first' AND a.member_id IS NULL",
}
_COUNTED = " UNION ALL ".join(
    f"SELECT '{ledger}', x.id, x.day, 1 FROM ({sql}) x"
    f" WHERE x.id = ANY ({ledger}) AND x.day IS NOT NULL"
    for ledger, sql in COUNTED.items()
)
DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "application": {"kind": "first"},
    "permit": {"province": "QC", "lost_days": 0},
    "payment": {"refund": 0},
    "other_route": {"state": "filed"},
}
"""What a column of a new row holds of which an act need not tell; a test looks for others."""
_MANY = 1_000
"""Rows that an act has written from which on they are compared as sets, if they can be."""
_KINDS = "'{" + ",".join(ENTITIES) + "}'"
_KINDS_IN = f"'{_KINDS}'"
_DEFAULTS_IN = f"''{json.dumps(DEFAULTS)}''"
"""The same within a text."""
_CAPS = f"CREATE TABLE {GUARD}.shipped_cap (year BIGINT, cap BIGINT, from_day TEXT, yearly BIGINT)"


def _noted_ids(kind: str) -> str:
    """The rows of a kind that were noted, each as often as it was, out of all."""
    return f"COALESCE(array_agg(w.id) FILTER (WHERE w.entity = '{kind}'), CAST('{{}}' AS BIGINT[]))"


_FUNCTIONS = (
    # From what a row was to what it is, by all that the act tells of it, one after the other.
    f"""CREATE FUNCTION {GUARD}.tells(
        was JSONB, now JSONB, befores JSONB[], afters JSONB[], defaults JSONB)
    RETURNS BOOLEAN IMMUTABLE {INNER} AS $$
    DECLARE
        state JSONB := jsonb_strip_nulls(was); before JSONB; after JSONB;
    BEGIN
        FOR step IN 1 .. COALESCE(array_length(befores, 1), 0) LOOP
            before := befores[step]; after := afters[step];
            IF before IS NULL THEN
                IF state IS NOT NULL OR after IS NULL THEN RETURN FALSE; END IF;
                state := COALESCE(defaults, '{{}}') || after;
            ELSIF after IS NULL THEN
                IF state IS DISTINCT FROM before THEN RETURN FALSE; END IF;
                state := NULL;
            ELSE
                IF jsonb_strip_nulls(state || before) IS DISTINCT FROM state
                THEN RETURN FALSE; END IF;
                state := jsonb_strip_nulls(state || after);
            END IF;
        END LOOP;
        RETURN state IS NOT DISTINCT FROM jsonb_strip_nulls(now);
    END $$""",
    # What an erasure leaves of a row that counts, and of what others wrote.
    f"""CREATE FUNCTION {GUARD}.is_erased(was JSONB, now JSONB) RETURNS BOOLEAN
    IMMUTABLE LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
        SELECT was IS NOT NULL AND (now IS NULL OR NOT EXISTS (
            SELECT 1 FROM jsonb_each_text(now) n WHERE n.value IS DISTINCT FROM (was ->> n.key)
            AND n.value IS NOT NULL AND strpos(n.value, '—') = 0)) $$""",
    # In whose history a change stands: theirs whose row it is, or was before the act moved it.
    f"""CREATE FUNCTION {GUARD}.is_of(kind TEXT, number BIGINT, was JSONB, now JSONB,
        afters JSONB[], whose BIGINT[]) RETURNS BOOLEAN {INNER} STABLE AS $$
    DECLARE
        person BIGINT; held BIGINT[];
    BEGIN
        -- What came in or went with a person is told with them.
        IF whose IS NULL THEN RETURN TRUE; END IF;
        IF kind = 'person' THEN held := ARRAY[number];
        ELSIF kind = 'permit' THEN
            held := ARRAY(SELECT a.person_id FROM application a WHERE a.id IN (
                    CAST(was ->> 'application_id' AS BIGINT),
                    CAST(now ->> 'application_id' AS BIGINT)));
            -- Its application may have gone or moved in the same act.
            IF NOT held @> whose THEN
                held := held || ARRAY(SELECT CAST(w.before ->> 'person_id' AS BIGINT)
                    FROM written_row w WHERE w.entity = 'application' AND w.before IS NOT NULL
                    AND w.id IN (CAST(was ->> 'application_id' AS BIGINT),
                        CAST(now ->> 'application_id' AS BIGINT)));
            END IF;
        ELSE
            held := ARRAY(SELECT CAST(r ->> 'person_id' AS BIGINT)
                FROM unnest(ARRAY[was, now] || afters) r WHERE jsonb_exists(r, 'person_id'));
            IF held = '{{}}' THEN held := ARRAY[NULL]; END IF;
        END IF;
        FOREACH person IN ARRAY whose LOOP
            IF array_position(held, person) IS NULL AND array_length(held, 1) IS NOT NULL
            THEN RETURN FALSE; END IF;
        END LOOP;
        RETURN TRUE;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.told_rows(number BIGINT)
    RETURNS TABLE (entity TEXT, id BIGINT, befores JSONB[], afters JSONB[], whose BIGINT[])
    STABLE LANGUAGE sql SET search_path = imp_plus, {GUARD}, pg_catalog, pg_temp AS $$
        {TOLD} $$""",
    # One statement for all kinds: what was noted, what is there now, and what the act tells.
    # What is noted was never counted, and the planner would take the rows of a list for a few.
    f"""CREATE FUNCTION {GUARD}.check_rows(number BIGINT, erases BOOLEAN) RETURNS VOID {DEFINER}
    SET enable_nestloop = off AS $$
    DECLARE
        present TEXT; wrong TEXT;
    BEGIN
        SELECT string_agg(format('SELECT %1$L AS entity, c.id, to_jsonb(c) AS now FROM %1$I c'
            ' WHERE c.id = ANY (ARRAY(SELECT DISTINCT w.id FROM noted_row w'
            ' WHERE w.entity = %1$L))', kind),
            ' UNION ALL ') INTO present
        FROM (SELECT DISTINCT w.entity AS kind FROM written_row w
            WHERE w.entity = ANY ({_KINDS})) kinds;
        -- What is told without a kind or an id is no row, and is wrong all the more.
        EXECUTE format('SELECT concat(entity, '' '', id) FROM (SELECT DISTINCT ON (entity, id)'
            ' entity, id, before, TRUE AS noted FROM noted_row WHERE entity = ANY ({_KINDS_IN})'
            ' ORDER BY entity, id, place) f'
            ' LEFT JOIN (%s) n USING (entity, id) FULL JOIN told_rows($1) t USING (entity, id)'
            ' WHERE noted IS NULL OR NOT is_of(entity, id, before, now, afters, whose)'
            ' OR NOT tells(before, now, befores, afters,'
            ' CAST({_DEFAULTS_IN} AS JSONB) -> entity)'
            ' AND NOT ($2 AND befores IS NULL AND is_erased(before, now)) LIMIT 1',
            COALESCE(present, 'SELECT NULL AS entity, NULL::BIGINT AS id, NULL::JSONB AS now'))
            INTO wrong USING number, erases;
        IF wrong IS NOT NULL
        THEN RAISE EXCEPTION 'the act tells otherwise of %', wrong USING ERRCODE = 'IP001'; END IF;
    END $$""",
    # What one change tells of entries of the ledger, or of many that were made together.
    f"""CREATE FUNCTION {GUARD}.check_entries(number BIGINT, entries BIGINT[]) RETURNS VOID
    {INNER} AS $$
    DECLARE
        one RECORD;
    BEGIN
        -- Most acts have one, and it is told as it stands.
        IF array_length(entries, 1) = 1 THEN
            SELECT COUNT(*) AS n, MIN(c.entity_id) AS id, MIN(c.after) AS after INTO one
                FROM change c WHERE c.act_id = number AND c.entity = 'ledger_entry';
            IF one.n = 1 AND one.id = entries[1] AND EXISTS (SELECT 1 FROM ledger_entry l
                WHERE l.id = one.id AND to_jsonb(l) - 'id' - 'act_id' = CAST(one.after AS JSONB))
            THEN RETURN; END IF;
        END IF;
        IF EXISTS (
            WITH own AS MATERIALIZED (
                SELECT c.entity_id AS first, c.told - 'application_ids' - 'application_id' AS own,
                    COALESCE(c.told -> 'application_ids',
                        jsonb_build_array(c.told -> 'application_id')) AS applications
                FROM (SELECT entity_id, CAST(after AS JSONB) AS told FROM change
                    WHERE act_id = number AND entity = 'ledger_entry' OFFSET 0) c
            ), told AS (
                SELECT o.first + a.nth - 1 AS id, CAST(a.value AS BIGINT) AS application_id, o.own
                FROM own o, jsonb_array_elements_text(o.applications)
                    WITH ORDINALITY AS a (value, nth)
            ), entered AS (
                SELECT l.id, l.application_id,
                    to_jsonb(l) - 'id' - 'act_id' - 'application_id' AS own
                FROM ledger_entry l WHERE l.id = ANY (entries)
            )
            (TABLE told EXCEPT TABLE entered) UNION ALL (TABLE entered EXCEPT TABLE told))
        THEN {refusal("the act tells otherwise of the ledger")}; END IF;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.check_places(
        entries BIGINT[], years BIGINT[], applications BIGINT[]) RETURNS VOID {INNER} AS $$
    BEGIN
        -- Most acts give one place, to who never had another.
        IF array_length(entries, 1) = 1 AND array_length(years, 1) = 1
            AND array_length(applications, 1) = 1
            AND EXISTS (SELECT 1 FROM ledger_entry l JOIN application a ON a.id = l.application_id
                WHERE l.id = entries[1] AND l.delta = 1 AND l.cap_year = years[1]
                AND l.application_id = applications[1] AND a.place IS NOT NULL
                AND a.cap_year = l.cap_year)
            AND (SELECT COUNT(*) FROM ledger_entry l WHERE l.application_id = applications[1]) = 1
            AND (SELECT SUM(l.delta) FROM ledger_entry l WHERE l.cap_year = years[1])
                = (SELECT c.used FROM cap_counter c WHERE c.year = years[1])
        THEN RETURN; END IF;
        IF EXISTS (SELECT 1 FROM (
            SELECT unnest(years) AS year
            UNION SELECT l.cap_year FROM ledger_entry l WHERE l.id = ANY (entries)
        ) y LEFT JOIN cap_counter c ON c.year = y.year
        WHERE COALESCE(c.used, 0) <> COALESCE((SELECT SUM(l.delta) FROM ledger_entry l
            WHERE l.cap_year = y.year), 0))
        THEN {refusal("the counter is not the ledger’s sum")}; END IF;
        IF EXISTS (
            WITH sums AS (
                SELECT l.application_id AS id, l.cap_year, SUM(l.delta) AS held
                FROM ledger_entry l WHERE l.application_id = ANY (applications) GROUP BY 1, 2
            ), places AS (
                SELECT a.id, a.cap_year FROM application a
                WHERE a.id = ANY (applications) AND a.place IS NOT NULL
            )
            SELECT 1 FROM sums s LEFT JOIN places p ON p.id = s.id AND p.cap_year = s.cap_year
            WHERE s.held <> CASE WHEN p.id IS NULL THEN 0 ELSE 1 END
            UNION ALL SELECT 1 FROM places p LEFT JOIN sums s
                ON s.id = p.id AND s.cap_year = p.cap_year WHERE s.id IS NULL)
        THEN {refusal("a place goes with its entry")}; END IF;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.check_mifi(
        details JSONB, entries BIGINT[], letters BIGINT[], permits BIGINT[])
    RETURNS VOID {INNER} AS $$
    DECLARE
        digest TEXT;
    BEGIN
        SELECT encode(sha256(convert_to(string_agg(concat_ws(chr(31), e.ledger, e.subject_id,
            e.year, e.day, e.delta, e.reason, e.at) || chr(30), '' ORDER BY e.id), 'UTF8')), 'hex')
            INTO digest FROM mifi_entry e WHERE e.id = ANY (entries);
        IF digest IS DISTINCT FROM (details ->> '{DETAIL}') OR EXISTS (
            WITH booked AS (
                SELECT e.ledger, e.subject_id, e.day, SUM(e.delta) AS n FROM mifi_entry e
                WHERE e.ledger = 'letters' AND e.subject_id = ANY (letters)
                    OR e.ledger = 'permits' AND e.subject_id = ANY (permits)
                GROUP BY 1, 2, 3 HAVING SUM(e.delta) <> 0
            ), counted (ledger, subject_id, day, n) AS ({_COUNTED})
            (TABLE booked EXCEPT TABLE counted) UNION ALL (TABLE counted EXCEPT TABLE booked))
        THEN {refusal("the ledger of letters and permits differs")}; END IF;
    END $$""",
    # The cap of a year as of a day: what an act has set, or else what was shipped.
    f"""CREATE FUNCTION {GUARD}.cap_on(asked BIGINT, on_day TEXT) RETURNS BIGINT {INNER} STABLE
    AS $$
    DECLARE
        limited BIGINT;
    BEGIN
        SELECT cap INTO limited FROM cap_limit WHERE ledger = 'applications' AND year = asked
            AND from_day <= on_day ORDER BY from_day DESC, id DESC LIMIT 1;
        IF NOT FOUND THEN
            SELECT cap INTO limited FROM shipped_cap WHERE from_day <= on_day
                AND (year = asked OR yearly = 1 AND year < asked)
                ORDER BY year DESC, from_day DESC LIMIT 1;
        END IF;
        RETURN limited;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.day_in_toronto(told TEXT) RETURNS TEXT STABLE {INNER} AS $$
    BEGIN
        RETURN to_char(CAST(told AS TIMESTAMPTZ) AT TIME ZONE 'America/Toronto', 'YYYY-MM-DD');
    END $$""",
    # As the program counts: own places, or the official count and what came since, if that is more.
    f"""CREATE FUNCTION {GUARD}.places_in_use(asked BIGINT, on_day TEXT) RETURNS BIGINT
    {INNER} STABLE AS $$
    DECLARE
        own BIGINT; official RECORD; since BIGINT; begins TEXT;
    BEGIN
        SELECT used INTO own FROM cap_counter WHERE year = asked;
        SELECT as_of, received INTO official FROM official_count WHERE year = asked
            AND as_of <= on_day ORDER BY as_of DESC, id DESC LIMIT 1;
        IF NOT FOUND THEN RETURN own; END IF;
        -- Moments are compared as they are written: the day of each takes ten times as long.
        begins := to_char(CAST(CAST(official.as_of AS DATE) + 1 AS TIMESTAMP)
            AT TIME ZONE 'America/Toronto' AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS');
        SELECT COUNT(*) INTO since FROM application WHERE cap_year = asked AND place IS NOT NULL
            AND received_at >= begins;
        RETURN GREATEST(own, official.received + since);
    END $$""",
    # With a ceiling: none that is higher than the year's own, and the year is not past it.
    # Without one: history that a list states, or a place that the application had before.
    f"""CREATE FUNCTION {GUARD}.check_caps(number BIGINT, entries BIGINT[]) RETURNS VOID
    {INNER} AS $$
    DECLARE
        entry RECORD; limited BIGINT;
    BEGIN
        IF EXISTS (SELECT 1 FROM ledger_entry l
            WHERE l.id = ANY (entries) AND l.delta = 1 AND l.ceiling IS NULL
            AND l.reason = 'imported'
            AND NOT EXISTS (SELECT 1 FROM source_file f WHERE f.act_id = number)
            AND NOT EXISTS (SELECT 1 FROM written_row h WHERE h.entity = 'held_row'))
        THEN {refusal("only a list brings history")}; END IF;
        -- A receipt of another year, or of no day, is judged as of the last day of the year that
        -- its place is of. What has no place in the end takes none.
        FOR entry IN SELECT l.cap_year, l.ceiling,
                CASE WHEN left(day_in_toronto(a.received_at), 4) = CAST(l.cap_year AS TEXT)
                THEN day_in_toronto(a.received_at) ELSE l.cap_year || '-12-31' END AS day
            FROM ledger_entry l JOIN application a ON a.id = l.application_id
                AND a.cap_year = l.cap_year AND a.place IS NOT NULL
            WHERE l.id = ANY (entries) AND l.delta = 1
                AND (l.ceiling IS NOT NULL OR l.reason <> 'imported' AND NOT EXISTS (
                    SELECT 1 FROM ledger_entry b WHERE b.id < l.id AND b.delta = 1
                    AND b.act_id < number AND b.application_id = l.application_id
                    AND b.cap_year = l.cap_year)) LOOP
            limited := cap_on(entry.cap_year, entry.day);
            IF limited IS NOT NULL AND (entry.ceiling IS NULL OR entry.ceiling > limited
                OR places_in_use(entry.cap_year, entry.day) > limited)
            THEN {refusal("no place is left")}; END IF;
        END LOOP;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.check_blanked(details JSONB) RETURNS VOID {INNER} AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM written_row w WHERE w.entity IN ('act blanked', 'change blanked')
            AND NOT COALESCE((details -> 'blanked' -> CASE w.entity WHEN 'act blanked'
                THEN 'acts' ELSE 'changes' END) @> to_jsonb(w.id), FALSE))
        THEN {refusal("the act does not sign for what it blanks")}; END IF;
    END $$""",
    # What an act of a few rows asks is asked alike each time, and keeps its plans; of a list each
    # is made for its rows.
    f"""CREATE FUNCTION {GUARD}.close_act() RETURNS TRIGGER {DEFINER}
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = on AS $$
    DECLARE
        previous BYTEA; chained BYTEA; erases BOOLEAN; told JSONB := CAST(NEW.details AS JSONB);
        noted BIGINT; blanks BOOLEAN; entries BIGINT[]; booked BIGINT[]; years BIGINT[];
        applications BIGINT[]; letters BIGINT[]; permits BIGINT[];
    BEGIN
        {CARRYING}
        PERFORM begin_writing();
        SELECT COUNT(*),
            COALESCE(bool_or(w.entity IN ('erasure', 'act blanked', 'change blanked')), FALSE),
            {_noted_ids("ledger_entry")}, {_noted_ids("mifi_entry")},
            {_noted_ids("cap_counter")}, {_noted_ids("application")},
            {_noted_ids("letter")}, {_noted_ids("permit")}
            INTO noted, blanks, entries, booked, years, applications, letters, permits
            FROM noted_row w;
        IF noted > {FEW} THEN PERFORM set_config('plan_cache_mode', 'force_custom_plan', true);
        END IF;
        IF NEW.who <> session_user AND NOT pg_has_role(session_user, current_user, 'MEMBER')
        THEN {_NOT_ALLOWED.format("who stands in an act is who is signed in")}; END IF;
        IF NEW.at IS NULL OR NOT is_readable(NEW.service, told)
        THEN {refusal("nobody could read this")}; END IF;
        erases := NEW.service = '{ERASE}' AND is_at_least('lead');
        IF NOT erases AND (NEW.service = '{ERASE}' OR blanks)
        THEN {_NOT_ALLOWED.format("an act of erasure, by lead")}; END IF;
        IF NEW.undoes IS NOT NULL AND NOT is_at_least('lead') AND NOT EXISTS (
            SELECT 1 FROM act a WHERE a.id = NEW.undoes AND a.who = session_user)
        THEN {_NOT_ALLOWED.format("another one’s act is taken back by lead")}; END IF;
        -- Its own trigger has not counted it yet.
        IF NEW.id <> (SELECT COALESCE(MAX(c.seq), 0) + 1 FROM id_counter c WHERE c.name = 'act')
        THEN {refusal("the next act goes on the chain")}; END IF;
        SELECT a.hash INTO previous FROM act a WHERE a.id < NEW.id ORDER BY a.id DESC LIMIT 1;
        chained := sha256(COALESCE(previous, '') || convert_to(NEW.id || chr(31)
            || COALESCE(NEW.at, '') || chr(31) || NEW.who || chr(31) || NEW.service || chr(31)
            || COALESCE(NEW.source_name, '') || chr(31) || COALESCE(NEW.source_sha256, '')
            || chr(31) || COALESCE(CAST(NULLIF(NEW.undoes, 0) AS TEXT), ''), 'UTF8')
            || NEW.digest || COALESCE((SELECT string_agg(c.digest, '' ORDER BY c.id)
                FROM change c WHERE c.act_id = NEW.id), ''));
        IF length(NEW.salt) IS DISTINCT FROM 16 OR chained <> NEW.hash
            OR NEW.digest IS DISTINCT FROM
                sha256(NEW.salt || convert_to(NEW.details, 'UTF8'))
        THEN {refusal("the chain does not hold")}; END IF;
        IF noted <= {FEW} THEN PERFORM check_few(NEW.id, erases);
        ELSIF erases OR noted <= {_MANY} OR NOT {many.condition(DEFAULTS)}
        THEN PERFORM check_rows(NEW.id, erases); END IF;
        IF entries <> '{{}}' THEN
            applications := ARRAY(SELECT unnest(applications) UNION SELECT l.application_id
                FROM ledger_entry l WHERE l.id = ANY (entries));
        END IF;
        IF entries <> '{{}}' OR EXISTS (SELECT 1 FROM change c
            WHERE c.act_id = NEW.id AND c.entity = 'ledger_entry')
        THEN PERFORM check_entries(NEW.id, entries); END IF;
        IF entries <> '{{}}' OR years <> '{{}}' OR applications <> '{{}}'
        THEN PERFORM check_places(entries, years, applications); END IF;
        IF entries <> '{{}}' THEN PERFORM check_caps(NEW.id, entries); END IF;
        IF booked <> '{{}}' THEN
            letters := ARRAY(SELECT unnest(letters) UNION SELECT e.subject_id FROM mifi_entry e
                WHERE e.id = ANY (booked) AND e.ledger = 'letters');
            permits := ARRAY(SELECT unnest(permits) UNION SELECT e.subject_id FROM mifi_entry e
                WHERE e.id = ANY (booked) AND e.ledger = 'permits');
        END IF;
        IF applications <> '{{}}' THEN
            permits := ARRAY(SELECT unnest(permits) UNION SELECT t.id FROM permit t
                WHERE t.application_id = ANY (applications));
        END IF;
        IF booked <> '{{}}' OR letters <> '{{}}' OR permits <> '{{}}'
            OR (told ->> '{DETAIL}') IS NOT NULL
        THEN PERFORM check_mifi(told, booked, letters, permits); END IF;
        IF erases THEN PERFORM check_blanked(told); END IF;
        -- What many rows leave behind would be read at each act until the server tidies it.
        IF noted > 1000 THEN TRUNCATE written_row; ELSE DELETE FROM written_row; END IF;
        DELETE FROM unclosed;
        RETURN NULL;
    END $$""",
)


def tables() -> Iterator[str]:
    """What is looked at besides the register's own tables."""
    yield _CAPS


def functions() -> Iterator[str]:
    """The functions of it."""
    yield from few.statements(json.dumps(DEFAULTS))
    yield from _FUNCTIONS
    yield from many.statements()


def statements() -> Iterator[str]:
    """All that closes an act, once what notes is there."""
    yield from functions()
    yield (
        "CREATE TRIGGER act_closed AFTER INSERT ON act"
        f" FOR EACH ROW EXECUTE FUNCTION {GUARD}.close_act()"
    )
