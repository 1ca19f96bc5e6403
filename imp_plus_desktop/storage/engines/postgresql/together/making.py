# SPDX-License-Identifier: Apache-2.0
"""Makes what a server keeps of its desks: who is there, what is taken on, and which format holds.

    statements() -> tables, functions and triggers, in order

The tables are in the schema that no desk sees. They are written by functions as the owner, under
the name of whoever is signed in, so that nobody can be there, or take something on, as somebody
else. None of it is in the journal, and no register is moved with it. Whether a desk is still there
is known by its server process: a process of another user, or none, is not it.
"""

from __future__ import annotations

from collections.abc import Iterator

from imp_plus_desktop.storage.engines.postgresql.rights.naming import BIRTHDAYS, GUARD
from imp_plus_desktop.storage.engines.postgresql.rights.writing import DEFINER

CHANNEL = "imp_plus_desks"
"""On which desks tell each other of themselves; what acts touched is told on another one."""
SEEN, CLAIMS, FORMAT = "seen", "claims", "format"
"""What is told there."""
OTHER_FORMAT = "IP003"
"""The state by which a server says that the register has another format by now."""
_PATIENCE = "interval '2 hours'"
"""How long after the last sign of their desk what somebody has taken on is theirs."""
_BIRTHS = ", ".join(f"'{kind}'" for kind in BIRTHDAYS)
_NOTED = "interval '5 minutes'"
"""How often that sign is noted: it is written to the disk."""

_TABLES = (
    f"""CREATE UNLOGGED TABLE {GUARD}.desk_seen (
        pid BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, person_id BIGINT,
        since TIMESTAMPTZ NOT NULL, seen TIMESTAMPTZ NOT NULL)""",
    f"""CREATE TABLE {GUARD}.claim (
        kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('held_row', 'deadline', 'finding')),
        what TEXT COLLATE "C" NOT NULL CHECK (length(what) BETWEEN 1 AND 200),
        name TEXT COLLATE "C" NOT NULL, since TIMESTAMPTZ NOT NULL,
        seen TIMESTAMPTZ NOT NULL, until TIMESTAMPTZ NOT NULL, PRIMARY KEY (kind, what))""",
)
_FUNCTIONS = (
    f"""CREATE FUNCTION {GUARD}.is_there(asked BIGINT, who TEXT) RETURNS BOOLEAN {DEFINER} STABLE
    AS $$
    BEGIN
        RETURN EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.pid = asked AND a.usename = who
            AND a.datname = current_database());
    END $$""",
    f"""CREATE FUNCTION {GUARD}.still_claimed(last TIMESTAMPTZ, ends TIMESTAMPTZ) RETURNS BOOLEAN
    {DEFINER} STABLE AS $$
    BEGIN
        RETURN ends > clock_timestamp() AND last > clock_timestamp() - {_PATIENCE};
    END $$""",
    # A sign waits for no disk and for no standby: it holds for some seconds only.
    f"""CREATE FUNCTION be_seen(at_person BIGINT) RETURNS VOID {DEFINER} AS $$
    DECLARE
        own BIGINT := pg_backend_pid(); was BIGINT; is_new BOOLEAN; gone BIGINT;
    BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        SELECT person_id INTO was FROM desk_seen WHERE pid = own AND name = session_user;
        is_new := NOT FOUND;
        INSERT INTO desk_seen VALUES (own, session_user, at_person,
            clock_timestamp(), clock_timestamp())
        ON CONFLICT (pid) DO UPDATE SET name = EXCLUDED.name, person_id = EXCLUDED.person_id,
            seen = EXCLUDED.seen, since = CASE WHEN desk_seen.name = EXCLUDED.name
                AND desk_seen.person_id IS NOT DISTINCT FROM EXCLUDED.person_id
                THEN desk_seen.since ELSE EXCLUDED.since END;
        DELETE FROM desk_seen WHERE pid IN (SELECT d.pid FROM desk_seen d
            WHERE NOT is_there(d.pid, d.name) FOR UPDATE SKIP LOCKED);
        GET DIAGNOSTICS gone = ROW_COUNT;
        IF is_new OR gone > 0 OR was IS DISTINCT FROM at_person
        THEN PERFORM pg_notify('{CHANNEL}', '{SEEN}'); END IF;
        UPDATE claim SET seen = clock_timestamp() WHERE (kind, what) IN (
            SELECT c.kind, c.what FROM claim c WHERE c.name = session_user
            AND c.seen < clock_timestamp() - {_NOTED} AND still_claimed(c.seen, c.until)
            FOR UPDATE SKIP LOCKED);
    END $$""",
    f"""CREATE FUNCTION be_gone() RETURNS VOID {DEFINER} AS $$
    BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        DELETE FROM desk_seen WHERE pid = pg_backend_pid();
        PERFORM pg_notify('{CHANNEL}', '{SEEN}');
    END $$""",
    f"""CREATE FUNCTION desks_seen(age DOUBLE PRECISION)
    RETURNS TABLE (name TEXT, person_id BIGINT, since TIMESTAMPTZ, pid BIGINT)
    {DEFINER} STABLE AS $$
    BEGIN
        RETURN QUERY SELECT d.name, d.person_id, d.since, d.pid FROM desk_seen d
            WHERE d.seen > clock_timestamp() - make_interval(secs => age)
            AND is_there(d.pid, d.name) ORDER BY d.since, d.pid;
    END $$""",
    # Kept where the server stands, and no longer waited for: nobody loses work with it.
    f"""CREATE FUNCTION claim_it(asked_kind TEXT, asked TEXT, taking BIGINT) RETURNS TEXT
    {DEFINER} AS $$
    DECLARE
        holder TEXT; moment TIMESTAMPTZ := clock_timestamp();
    BEGIN
        IF NOT is_at_least('clerk')
        THEN RAISE EXCEPTION 'not for who reads' USING ERRCODE = 'insufficient_privilege'; END IF;
        PERFORM set_config('synchronous_commit', 'local', true);
        DELETE FROM claim WHERE (kind, what) IN (SELECT c.kind, c.what FROM claim c
            WHERE NOT still_claimed(c.seen, c.until) FOR UPDATE SKIP LOCKED);
        INSERT INTO claim VALUES (asked_kind, asked, session_user, moment, moment,
            (date_trunc('day', moment AT TIME ZONE 'America/Toronto') + interval '1 day')
                AT TIME ZONE 'America/Toronto')
        ON CONFLICT (kind, what) DO UPDATE SET name = EXCLUDED.name, since = EXCLUDED.since,
            seen = EXCLUDED.seen, until = EXCLUDED.until
            WHERE taking = 1 OR claim.name = EXCLUDED.name
            OR NOT still_claimed(claim.seen, claim.until);
        SELECT name INTO holder FROM claim WHERE kind = asked_kind AND what = asked;
        PERFORM pg_notify('{CHANNEL}', '{CLAIMS}');
        RETURN holder;
    END $$""",
    f"""CREATE FUNCTION let_it_go(asked_kind TEXT, asked TEXT) RETURNS BOOLEAN {DEFINER} AS $$
    BEGIN
        PERFORM set_config('synchronous_commit', 'local', true);
        DELETE FROM claim WHERE kind = asked_kind AND what = asked AND name = session_user;
        IF NOT FOUND THEN RETURN FALSE; END IF;
        PERFORM pg_notify('{CHANNEL}', '{CLAIMS}');
        RETURN TRUE;
    END $$""",
    f"""CREATE FUNCTION claims_held()
    RETURNS TABLE (kind TEXT, what TEXT, name TEXT, since TIMESTAMPTZ, until TIMESTAMPTZ)
    {DEFINER} STABLE AS $$
    BEGIN
        RETURN QUERY SELECT c.kind, c.what, c.name, c.since, c.until FROM claim c
            WHERE still_claimed(c.seen, c.until)
            -- Which deadline it is tells its day.
            AND (is_at_least('clerk') OR c.kind <> 'deadline'
                OR split_part(c.what, ':', 2) NOT IN ({_BIRTHS}))
            ORDER BY c.since, c.kind, c.what;
    END $$""",
    # Whoever does the thing need not let go of it, and nobody else has it any more.
    f"""CREATE FUNCTION {GUARD}.end_claims() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM claim) THEN RETURN NULL; END IF;
        IF TG_TABLE_NAME = 'held_row' THEN
            DELETE FROM claim c USING came n WHERE c.kind = 'held_row'
                AND c.what = CAST(n.id AS TEXT) AND n.resolution IS NOT NULL;
        ELSIF TG_TABLE_NAME = 'deadline_mark' THEN
            DELETE FROM claim c USING came n WHERE c.kind = 'deadline' AND c.what =
                n.person_id || ':' || n.kind || ':' || n.day || ':'
                || COALESCE(CAST(n.subject_id AS TEXT), '');
        ELSIF TG_TABLE_NAME = 'erased_file' THEN
            -- Whose deadline it is tells of a day of theirs.
            DELETE FROM claim c USING came n WHERE c.kind IN ('deadline', 'finding')
                AND split_part(c.what, ':', 1) = CAST(n.person_id AS TEXT);
        ELSE
            DELETE FROM claim c USING came n WHERE c.kind = 'finding' AND c.what =
                n.person_id || ':' || n.code || ':' || n.subject_id || ':' || n.about;
        END IF;
        IF FOUND THEN PERFORM pg_notify('{CHANNEL}', '{CLAIMS}'); END IF;
        RETURN NULL;
    END $$""",
    # Asked by each desk as it begins to write: an upgrade holds the lock that it waits for.
    f"""CREATE FUNCTION format_is(asked TEXT) RETURNS VOID {DEFINER} STABLE AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM register_state WHERE version || '.' || of_servers = asked)
        THEN RAISE EXCEPTION 'another format' USING ERRCODE = '{OTHER_FORMAT}'; END IF;
    END $$""",
)
_ENDS = (
    ("held_row", ("UPDATE",)),
    ("deadline_mark", ("INSERT", "UPDATE")),
    ("flag_settlement", ("INSERT",)),
    ("erased_file", ("INSERT",)),
)
"""What ends a claim, by the table that is written then."""


def statements() -> Iterator[str]:
    """All of it, once the register's own tables and what guards them are there."""
    yield from _TABLES
    yield from _FUNCTIONS
    for table, events in _ENDS:
        for event in events:
            yield _ending(table, event)


def for_erasing() -> Iterator[str]:
    """What a register lacks in which what was taken on outlives whose file it is of."""
    for function in _FUNCTIONS:
        if f"{GUARD}.end_claims()" in function:
            yield function.replace("CREATE", "CREATE OR REPLACE", 1)
    yield _ending("erased_file", "INSERT").replace("CREATE", "CREATE OR REPLACE", 1)


def _ending(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {table}_claimed_{event.lower()} AFTER {event} ON {table}"
        " REFERENCING NEW TABLE AS came"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {GUARD}.end_claims()"
    )
