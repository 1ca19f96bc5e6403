# SPDX-License-Identifier: Apache-2.0
"""Functions and triggers of a register on a server: what a file's engine has of itself."""

from __future__ import annotations

from calendar import monthrange

from imp_plus_desktop.storage.engines.postgresql.shape.folding import FOLDED
from imp_plus_desktop.storage.tables.schema import ENTITIES

_COUNTED = "{" + ",".join((*ENTITIES, "change", "ledger_entry", "mifi_entry")) + "}"

LEAPING = 1_000_000
"""How far an id may lie beyond those that are counted."""
COUNTING: tuple[str, ...] = (
    # As the owner: no desk counts otherwise. An act brings its id along, and none is skipped.
    f"""CREATE FUNCTION next_id(counted TEXT) RETURNS BIGINT LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = imp_plus, pg_catalog, pg_temp AS $$
    DECLARE
        given BIGINT;
    BEGIN
        INSERT INTO id_counter (name, seq) SELECT counted, 1
            WHERE counted = ANY ('{_COUNTED}') ON CONFLICT (name)
            DO UPDATE SET seq = id_counter.seq + 1 RETURNING seq INTO given;
        RETURN given;
    END $$""",
    # Once a statement, however many rows it brings. What was numbered here is counted already.
    # Ids that leap far ahead would use up all there are, and have whoever walks through them walk
    # for ever.
    f"""CREATE FUNCTION count_ids() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = imp_plus, pg_catalog, pg_temp AS $$
    DECLARE
        lowest BIGINT; highest BIGINT; held BIGINT;
    BEGIN
        SELECT MIN(id), MAX(id) INTO lowest, highest FROM brought_in;
        IF highest IS NULL THEN RETURN NULL; END IF;
        IF lowest < 1 OR highest > {LEAPING} THEN
            SELECT seq INTO held FROM id_counter WHERE name = TG_TABLE_NAME;
            IF (lowest < 1 OR highest - COALESCE(held, 0) > {LEAPING} + (SELECT COUNT(*)
                FROM brought_in)) AND current_setting('imp_plus.carrying', true)
                IS DISTINCT FROM 'on'
            THEN RAISE EXCEPTION 'ids follow each other' USING ERRCODE = 'IP001'; END IF;
        END IF;
        INSERT INTO id_counter (name, seq) VALUES (TG_TABLE_NAME, highest)
            ON CONFLICT (name) DO UPDATE SET seq = EXCLUDED.seq WHERE id_counter.seq < EXCLUDED.seq;
        RETURN NULL;
    END $$""",
)
"""What counts ids."""
_YEARS = ", ".join(f"'{year}'" for year in range(1900, 2100))
_DAYS = ", ".join(
    f"'-{month:02}-{day:02}'"
    for month in range(1, 13)
    for day in range(1, monthrange(1900, month)[1] + 1)
)
"""Those that every year has."""
CHECKING: tuple[str, ...] = (
    # A check is planned with each statement that writes, and what is in SQL would be read anew for
    # it. Nothing is asked of what is NULL, which every check lets through.
    # make_date() would end the statement with an error that is none of a constraint's.
    # Nearly all days are found in two tables, in a third of the time that a pattern takes.
    f"""CREATE FUNCTION is_day(told TEXT) RETURNS BOOLEAN
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
    BEGIN
        RETURN CASE WHEN substr(told, 1, 4) IN ({_YEARS}) AND substr(told, 5) IN ({_DAYS}) THEN TRUE
        WHEN told !~ '^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN FALSE
        WHEN substr(told, 6, 2) IN ('04', '06', '09', '11') THEN substr(told, 9) <= '30'
        WHEN substr(told, 6, 2) <> '02' THEN TRUE
        WHEN substr(told, 3, 2) = '00' THEN substr(told, 9) <=
            CASE CAST(substr(told, 1, 2) AS INTEGER) % 4 WHEN 0 THEN '29' ELSE '28' END
        ELSE substr(told, 9) <=
            CASE CAST(substr(told, 3, 2) AS INTEGER) % 4 WHEN 0 THEN '29' ELSE '28' END END;
    END $$""",
    """CREATE FUNCTION is_instant(told TEXT) RETURNS BOOLEAN
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
    BEGIN
        -- All of it here: a copy by pg_dump is put back under another path of names.
        RETURN told ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
            'T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,6})?Z$'
            AND CASE substr(told, 6, 5) WHEN '02-29' THEN (CAST(substr(told, 1, 4) AS INTEGER) %
                CASE substr(told, 3, 2) WHEN '00' THEN 400 ELSE 4 END) = 0
            ELSE substr(told, 6, 5) NOT IN ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31')
            END;
    END $$""",
    """CREATE FUNCTION is_partial_day(told TEXT) RETURNS BOOLEAN
    IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$
    BEGIN
        RETURN told ~ '^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$';
    END $$""",
)
"""What a text must be like that is a day, or a moment."""
LIMITING: tuple[str, ...] = (
    # As if the entries of a statement came one by one, and their year were counted once.
    """CREATE FUNCTION refuse_over_ceiling() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = imp_plus, pg_catalog, pg_temp AS $$
    DECLARE
        one RECORD;
    BEGIN
        -- Most statements bring one.
        SELECT COUNT(*) AS n, MIN(cap_year) AS year, MIN(delta) AS delta, MIN(ceiling) AS ceiling
            INTO one FROM brought_in;
        IF one.n = 1 THEN
            IF one.delta = 1 AND one.ceiling IS NOT NULL AND one.ceiling <
                (SELECT SUM(l.delta) FROM ledger_entry l WHERE l.cap_year = one.year)
            THEN RAISE EXCEPTION 'no place left' USING ERRCODE = 'check_violation'; END IF;
            RETURN NULL;
        END IF;
        IF EXISTS (SELECT 1 FROM (
            SELECT n.delta, n.ceiling, y.total - SUM(n.delta) OVER (PARTITION BY n.cap_year)
                + SUM(n.delta) OVER (PARTITION BY n.cap_year ORDER BY n.id) AS used
            FROM brought_in n JOIN (
                SELECT cap_year, SUM(delta) AS total FROM ledger_entry
                WHERE cap_year IN (SELECT cap_year FROM brought_in) GROUP BY cap_year
            ) y ON y.cap_year = n.cap_year
        ) told WHERE delta = 1 AND ceiling IS NOT NULL AND used > ceiling)
        THEN RAISE EXCEPTION 'no place left' USING ERRCODE = 'check_violation'; END IF;
        RETURN NULL;
    END $$""",
)
"""What keeps entries of the ledger under their ceiling."""
FUNCTIONS: tuple[str, ...] = (
    *CHECKING,
    FOLDED,
    *COUNTING,
    *LIMITING,
    """CREATE FUNCTION refuse_other_than_new() RETURNS TRIGGER LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'check_violation';
    END $$""",
)

TRIGGERS: tuple[str, ...] = (
    """CREATE TRIGGER ledger_ceiling AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS brought_in
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_over_ceiling()""",
    """CREATE TRIGGER ledger_keeps BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_other_than_new()""",
    """CREATE TRIGGER mifi_keeps BEFORE UPDATE OR DELETE ON mifi_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_other_than_new()""",
)
