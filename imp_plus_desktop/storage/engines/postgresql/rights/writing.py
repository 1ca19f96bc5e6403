# SPDX-License-Identifier: Apache-2.0
"""Notes what a transaction writes, and lets nothing of it be kept without the act that tells it.

    statements() -> the tables, functions and triggers, in order

Desks write with plain statements, since a list comes in by COPY. Each statement is noted by a
trigger as the register's owner, in tables that no desk can see; the act's own trigger (`closing`)
compares what is noted with what the act tells, and what is noted and not told by an act refuses the
commit. Nobody else writes meanwhile: the first statement takes the lock of whoever writes.

Whoever owns the register may carry a whole one into it, unseen (`imp_plus.carrying`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imp_plus_desktop.storage.engines.postgresql.rights.naming import GUARD
from imp_plus_desktop.storage.tables.schema import ENTITIES

WRITERS = 0x494D502B
"""The advisory lock of whoever writes: `IMP+` in ASCII."""
OF_ACTS = ("change", "ledger_entry", "mifi_entry", "source_file", "source_sheet", "source_block")
"""Tables whose new rows belong to the act that is being written, besides `source_row`."""
ERASED = ("source_file", "source_sheet", "source_block", "source_row", "attachment", "erased_file")
"""Tables that only an act of erasure alters, or deletes from."""

DEFINER = (
    f"LANGUAGE plpgsql SECURITY DEFINER SET search_path = imp_plus, {GUARD}, pg_catalog, pg_temp"
)
"""As the owner, and with names that nobody else can give another meaning."""
INNER = "LANGUAGE plpgsql"
"""What only functions of the former kind call: it has their rights and names by that. To take both
on again costs more than most of these do. Nobody else may use the schema in which they are."""
IS_CARRYING = (
    "current_setting('imp_plus.carrying', true) = 'on'"
    " AND pg_has_role(session_user, current_user, 'MEMBER')"
)
CARRYING = f"IF {IS_CARRYING} THEN RETURN NULL; END IF;"
UNREFERENCED = (
    "RAISE EXCEPTION '% hangs on nothing', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';"
)
"""What a constraint of the server's own would say."""
_REFUSED = "RAISE EXCEPTION '{}' USING ERRCODE = 'IP001'"
"""A state of our own: neither a constraint, which an act may try and leave, nor a lost line."""


def refusal(sentence: str) -> str:
    """The statement that refuses what no program of ours does."""
    return _REFUSED.format(sentence)


_TABLES = (
    f"CREATE TABLE {GUARD}.desk_role (role TEXT PRIMARY KEY, name TEXT NOT NULL)",
    # Emptied by the act that tells it all, so that what stands there is of this transaction alone.
    f"CREATE UNLOGGED TABLE {GUARD}.written_row (place BIGINT GENERATED ALWAYS AS IDENTITY,"
    " entity TEXT NOT NULL, id BIGINT NOT NULL, before JSONB, last BIGINT)",
    f"CREATE UNLOGGED TABLE {GUARD}.unclosed (since BIGINT NOT NULL)",
)
_VIEW = (
    f"CREATE VIEW {GUARD}.noted_row AS SELECT place, entity,"
    f" generate_series(id, COALESCE(last, id)) AS id, before FROM {GUARD}.written_row"
)
"""What is noted, row by row: new rows whose ids follow each other are noted once, by the first and
the last of them."""
_FUNCTIONS = (
    f"""CREATE FUNCTION {GUARD}.is_at_least(asked TEXT) RETURNS BOOLEAN {DEFINER} STABLE AS $$
    BEGIN
        RETURN pg_has_role(session_user, current_user, 'MEMBER') OR EXISTS (
            SELECT 1 FROM desk_role r JOIN pg_roles g ON g.rolname = r.name
            WHERE r.role = asked AND pg_has_role(session_user, g.oid, 'MEMBER'));
    END $$""",
    f"""CREATE FUNCTION {GUARD}.begin_writing() RETURNS VOID {INNER} AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM unclosed) THEN RETURN; END IF;
        IF current_setting('transaction_isolation') <> 'read committed'
        THEN {refusal("an act is written in read committed")}; END IF;
        PERFORM pg_advisory_xact_lock({WRITERS});
        INSERT INTO unclosed VALUES (0);
    END $$""",
    f"""CREATE FUNCTION {GUARD}.refuse_unclosed() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM unclosed) THEN {refusal("no act tells of this")}; END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.note_rows() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        IF TG_OP = 'INSERT' THEN
            IF NOT EXISTS (SELECT 1 FROM came) THEN RETURN NULL; END IF;
            PERFORM begin_writing();
            INSERT INTO written_row (entity, id, last)
                SELECT TG_TABLE_NAME, MIN(id), MAX(id) FROM came
                HAVING COUNT(*) > 1 AND MAX(id) - MIN(id) = COUNT(*) - 1;
            IF NOT FOUND
            THEN INSERT INTO written_row (entity, id) SELECT TG_TABLE_NAME, id FROM came; END IF;
        ELSE
            IF NOT EXISTS (SELECT 1 FROM went) THEN RETURN NULL; END IF;
            PERFORM begin_writing();
            INSERT INTO written_row (entity, id, before)
                SELECT TG_TABLE_NAME, w.id, to_jsonb(w) FROM went w;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            IF EXISTS (SELECT id FROM came EXCEPT SELECT id FROM went)
            THEN {refusal("an id stays")}; END IF;
        END IF;
        RETURN NULL;
    END $$""",
    # Whoever carries a register brings its acts first.
    f"""CREATE FUNCTION {GUARD}.note_of_act() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        IF {IS_CARRYING} THEN
            IF EXISTS (SELECT 1 FROM came c WHERE c.act_id IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM act a WHERE a.id = c.act_id))
            THEN {UNREFERENCED} END IF;
            RETURN NULL;
        END IF;
        PERFORM begin_writing();
        IF EXISTS (SELECT 1 FROM came WHERE act_id IS DISTINCT FROM
            (SELECT COALESCE(MAX(seq), 0) + 1 FROM id_counter WHERE name = 'act'))
        THEN {refusal("this is no other act’s")}; END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.note_entries() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        PERFORM begin_writing();
        INSERT INTO written_row (entity, id, last)
            SELECT TG_TABLE_NAME, MIN(id), MAX(id) FROM came
            HAVING COUNT(*) > 1 AND MAX(id) - MIN(id) = COUNT(*) - 1;
        IF NOT FOUND
        THEN INSERT INTO written_row (entity, id) SELECT TG_TABLE_NAME, id FROM came; END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.note_counter() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        -- A year that begins to be counted is nothing yet.
        IF TG_OP = 'INSERT' AND NEW.used = 0 THEN RETURN NULL; END IF;
        PERFORM begin_writing();
        INSERT INTO written_row (entity, id) VALUES ('cap_counter', COALESCE(NEW.year, OLD.year));
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.check_digests() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        IF EXISTS (SELECT 1 FROM came c WHERE length(c.salt) IS DISTINCT FROM 16
            OR c.digest <> sha256(c.salt || convert_to(
                c.entity || chr(31) || c.entity_id || chr(31)
                || COALESCE(CAST(NULLIF(c.person_id, 0) AS TEXT), '') || chr(31)
                || COALESCE(c.before, '') || chr(31) || COALESCE(c.after, '') || chr(31)
                || COALESCE(c.sheet, '') || chr(31)
                || COALESCE(CAST(NULLIF(c.row, 0) AS TEXT), '')
                || COALESCE(chr(31) || c.together, ''), 'UTF8')))
        THEN {refusal("a digest is another change’s")}; END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.check_content() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        PERFORM begin_writing();
        IF NEW.sha256 <> encode(sha256(NEW.content), 'hex')
        THEN {refusal("a scan goes by its content")}; END IF;
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.note_erasure() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        PERFORM begin_writing();
        INSERT INTO written_row (entity, id) VALUES ('erasure', 0);
        RETURN NULL;
    END $$""",
    # Only what was told goes; the digest stays, and with it the chain.
    f"""CREATE FUNCTION {GUARD}.note_blanked() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        {CARRYING}
        PERFORM begin_writing();
        IF TG_TABLE_NAME = 'act' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD)
            || '{{"details": null, "salt": null}}'
        OR TG_TABLE_NAME = 'change' AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD)
            || '{{"before": null, "after": null, "together": null, "sheet": null,
                "row": null, "salt": null}}'
        THEN {refusal("the journal is append-only")}; END IF;
        INSERT INTO written_row (entity, id) VALUES (TG_TABLE_NAME || ' blanked', NEW.id);
        RETURN NULL;
    END $$""",
    f"""CREATE FUNCTION {GUARD}.count_on() RETURNS TRIGGER {DEFINER} AS $$
    BEGIN
        IF NEW.written IS DISTINCT FROM OLD.written + 1
            AND NOT pg_has_role(session_user, current_user, 'MEMBER')
        THEN {refusal("it counts one by one")}; END IF;
        RETURN NEW;
    END $$""",
)


def _noted(table: str) -> Iterator[str]:
    """The triggers that note the rows of a table of the journal."""
    for event, seen in (
        ("INSERT", "NEW TABLE AS came"),
        ("UPDATE", "OLD TABLE AS went NEW TABLE AS came"),
        ("DELETE", "OLD TABLE AS went"),
    ):
        yield (
            f"CREATE TRIGGER {table}_noted_{event.lower()} AFTER {event} ON {table}"
            f" REFERENCING {seen} FOR EACH STATEMENT EXECUTE FUNCTION {GUARD}.note_rows()"
        )


def _of_statement(name: str, event: str, table: str, function: str) -> str:
    seen = " REFERENCING NEW TABLE AS came" if event == "INSERT" else ""
    return (
        f"CREATE TRIGGER {table}_{name} AFTER {event} ON {table}{seen}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {GUARD}.{function}()"
    )


def _of_row(name: str, when: str, table: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{name} {when} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {GUARD}.{function}()"
    )


def tables() -> Iterator[str]:
    """What is noted in; see `statements`."""
    yield from _TABLES


def anew(functions: Iterable[str], *names: str) -> Iterator[str]:
    """Those of the functions that have these names, for a register that has others of them."""
    made = tuple(f"CREATE FUNCTION {GUARD}.{name}(" for name in names)
    for function in functions:
        if function.startswith(made):
            yield function.replace("CREATE", "CREATE OR REPLACE", 1)


def for_own_rights() -> Iterator[str]:
    """What a register has otherwise whose inner functions took on the owner's rights again."""
    yield from anew(_FUNCTIONS, "begin_writing")


def for_references() -> Iterator[str]:
    """What a register has otherwise whose acts were asked for by each row that belongs to them."""
    yield from anew(_FUNCTIONS, "note_of_act")


def for_row_by_row() -> Iterator[str]:
    """What a register lacks that notes each row of a list by itself."""
    yield f"ALTER TABLE {GUARD}.written_row ADD COLUMN last BIGINT"
    yield _VIEW
    yield from anew(_FUNCTIONS, "note_rows", "note_entries")


def statements() -> Iterator[str]:
    """All that notes, once the register's own tables are there."""
    yield _VIEW
    yield from _FUNCTIONS
    yield (
        f"CREATE CONSTRAINT TRIGGER unclosed_refused AFTER INSERT ON {GUARD}.unclosed"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {GUARD}.refuse_unclosed()"
    )
    for table in ENTITIES:
        yield from _noted(table)
    for table in (*OF_ACTS, "source_row"):
        yield _of_statement("of_act", "INSERT", table, "note_of_act")
    for table in ("ledger_entry", "mifi_entry"):
        yield _of_statement("entered", "INSERT", table, "note_entries")
    yield _of_statement("proved", "INSERT", "change", "check_digests")
    yield _of_row("noted", "AFTER INSERT OR UPDATE OR DELETE", "cap_counter", "note_counter")
    yield _of_row("proved", "AFTER INSERT", "attachment", "check_content")
    for table in ERASED:
        yield _of_statement("erased", "UPDATE OR DELETE", table, "note_erasure")
    yield _of_statement("noted", "INSERT", "erased_file", "note_erasure")
    for table in ("act", "change"):
        yield _of_row("blanked", "AFTER UPDATE", table, "note_blanked")
    yield _of_row("counted", "BEFORE UPDATE", "register_state", "count_on")
