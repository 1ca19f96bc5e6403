# SPDX-License-Identifier: Apache-2.0
"""A register on a server comes to today's version once, and every step has its server's half."""

from collections.abc import Iterator
from select import select

import pytest
import servers

from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.storage.engines import ServerAddress
from imp_plus_desktop.storage.engines.database import Database
from imp_plus_desktop.storage.migrations.steps import LATEST

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))


@pytest.fixture
def db() -> Iterator[Database]:
    from imp_plus_desktop.storage.engines.postgresql import opening

    cluster = servers.a_cluster()
    cluster.sql("CREATE DATABASE upgraded TEMPLATE imp_empty")
    made = opening.reached(cluster.address("upgraded"))
    yield made
    made.close()
    cluster.sql("DROP DATABASE upgraded WITH (FORCE)")


def test_each_step_of_a_file_has_its_half_for_a_server() -> None:
    from imp_plus_desktop.storage.engines.postgresql.shape import upgrading

    assert [version for version, _how in upgrading.STEPS] == list(
        range(upgrading.FIRST + 1, LATEST + 1)
    )


@pytest.fixture
def made() -> Iterator[Database]:
    """A register as `server init` makes it, with roles of its own."""
    from imp_plus_desktop.storage.engines.postgresql import opening

    opening.make_at(_address())
    db = opening.connect(_address())
    yield db
    db.close()
    servers.a_cluster().sql("DROP DATABASE from_before WITH (FORCE)")


def _address() -> ServerAddress:
    return servers.a_cluster().address("from_before")


def test_an_older_register_is_refused_until_it_is_upgraded(made: Database) -> None:
    from imp_plus_desktop.storage.engines.postgresql import opening
    from imp_plus_desktop.storage.engines.postgresql.rights import roles
    from imp_plus_desktop.storage.engines.postgresql.shape import upgrading

    with made.writing(), roles.as_owner(made):
        made.execute_sql("DROP VIEW imp_plus_shown.person")
    rights = _rights(made)
    made.execute_sql("UPDATE register_state SET version = ?", (LATEST - 1,))
    with pytest.raises(StorageError, match="older_on_server"):
        opening.connect(_address())
    upgrading.upgrade(made)
    opening.connect(_address()).close()
    # What who only reads sees is made anew after the steps.
    assert _rights(made) - rights == {("person", "imp_from_before_read", "SELECT")}


def test_a_register_from_before_a_server_s_own_step_comes_to_the_shape_of_a_new_one(
    made: Database,
) -> None:
    from imp_plus_desktop.storage.engines.postgresql import opening
    from imp_plus_desktop.storage.engines.postgresql.rights import roles
    from imp_plus_desktop.storage.engines.postgresql.shape import making, upgrading

    owners, rights, shape = _owners(made), _rights(made), _shape(made)
    expected = _expected(made)
    read = "imp_from_before_read"
    with made.writing():
        made.execute_sql(f"GRANT TEMPORARY ON DATABASE from_before TO {read}")
        made.execute_sql("REVOKE TEMPORARY ON DATABASE from_before FROM imp_from_before_clerk")
        with roles.as_owner(made):
            made.execute_sql("ALTER TABLE register_state DROP COLUMN of_servers")
            older = (*_DESKS_UNKNOWN, *_PLANNED_ANEW, *_ROW_BY_ROW, *_FOUND_AT_ONCE, *_STEP_BY_STEP)
            for statement in older:
                made.execute_sql(statement)
            made.execute_sql("DROP SCHEMA imp_plus_shown CASCADE")
            made.execute_sql("DROP TABLE summaries_made")
            # Who only reads saw everything, and made the summaries too.
            made.execute_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA imp_plus TO {read}")
            made.execute_sql(f"GRANT INSERT, UPDATE, DELETE ON standing, draft TO {read}")
            made.execute_sql(f"GRANT UPDATE (written) ON register_state TO {read}")
            made.execute_sql("INSERT INTO person_search VALUES (1, CAST(? AS TSVECTOR))", ("a:2B",))
            making.note(made)
    with pytest.raises(StorageError, match="older_on_server") as refused:
        opening.connect(_address())
    assert refused.value.parameters["found"] == f"{LATEST}.1"
    upgrading.upgrade(made)
    opening.connect(_address()).close()
    assert made.shape_fault() is None
    assert _shape(made) == shape
    assert _owners(made) == owners
    assert _rights(made) == rights
    assert _expected(made) == expected != []
    # Its words did not say which of them are hidden.
    assert made.execute_sql("SELECT COUNT(*) FROM person_search").fetchone()[0] == 0


def _shape(db: Database) -> str:
    """What was noted of the shape when it was made or upgraded."""
    return str(db.execute_sql("SELECT shape FROM register_state").fetchone()[0])


def _rights(db: Database) -> set[tuple[object, ...]]:
    """What each role may, of every relation and column, of the schemas and of the database."""
    told = "(aclexplode({0})).grantee::regrole::text, (aclexplode({0})).privilege_type"
    asked = (
        ("relname", "relacl", "pg_class WHERE relnamespace::regnamespace::text LIKE 'imp_plus%'"),
        ("attrelid::regclass || attname", "attacl", "pg_attribute WHERE attacl IS NOT NULL"),
        ("proname", "proacl", "pg_proc WHERE pronamespace::regnamespace::text LIKE 'imp_plus%'"),
        ("nspname", "nspacl", "pg_namespace WHERE nspname LIKE 'imp_plus%'"),
        ("datname", "datacl", "pg_database WHERE datname = current_database()"),
    )
    rows = [
        tuple(row)
        for name, acl, source in asked
        for row in db.execute_sql(f"SELECT {name}, {told.format(acl)} FROM {source}").fetchall()
    ]
    assert rows
    return set(rows)


def _expected(db: Database) -> list[tuple[object, ...]]:
    """What the server is to expect of columns, and how it keeps those that come packed."""
    return db.execute_sql(
        "SELECT attrelid::regclass::text, attname, attoptions, attstorage FROM pg_attribute"
        " JOIN pg_class c ON c.oid = attrelid JOIN pg_type t ON t.oid = atttypid"
        " WHERE (attoptions IS NOT NULL OR attstorage <> typstorage)"
        " AND c.relnamespace = 'imp_plus'::regnamespace ORDER BY 1, 2"
    ).fetchall()


_DESKS_UNKNOWN = (
    *(
        f"DROP TRIGGER {table}_claimed_{event} ON {table}"
        for table, event in (
            *(("held_row", "update"), ("flag_settlement", "insert")),
            *(("deadline_mark", "insert"), ("deadline_mark", "update")),
            ("erased_file", "insert"),
        )
    ),
    "DROP FUNCTION be_seen, be_gone, desks_seen, claim_it, let_it_go, claims_held, format_is,"
    " imp_plus_guard.is_there, imp_plus_guard.still_claimed, imp_plus_guard.end_claims",
    "DROP TABLE imp_plus_guard.desk_seen, imp_plus_guard.claim",
    "DROP FUNCTION looked_at",
    *(f"ALTER TABLE {name} ALTER act_id RESET (n_distinct)" for name in ("change", "mifi_entry")),
)
"""A register in which desks do not know each other yet."""
_PLANNED_ANEW = (
    "DROP FUNCTION imp_plus_guard.check_few, imp_plus_guard.row_now",
    "CREATE FUNCTION imp_plus_guard.rows_of(kind TEXT) RETURNS BIGINT[] LANGUAGE sql"
    " AS $$ SELECT ARRAY(SELECT DISTINCT id FROM imp_plus_guard.written_row) $$",
    "CREATE OR REPLACE FUNCTION imp_plus_guard.day_in_toronto(told TEXT) RETURNS TEXT STABLE"
    " LANGUAGE sql AS $$ SELECT told $$",
    "CREATE OR REPLACE FUNCTION imp_plus.next_id(counted TEXT) RETURNS BIGINT LANGUAGE sql"
    " SECURITY DEFINER AS $$ SELECT seq FROM imp_plus.id_counter WHERE name = counted $$",
)
"""A register whose guards plan for each act anew."""
_FOUND_AT_ONCE = (
    "DROP FUNCTION found_people",
    f"DROP INDEX {', '.join(f'person_search_{number}' for number in range(1, 21))}",
    "CREATE INDEX person_search_index ON person_search USING GIN (words)",
)
"""A register whose search has one index of everybody."""


_REFERENCES = {
    "person": ("letter", "residence", "passport", "member", "application"),
    "application": ("permit",),
    "act": (
        *("change", "ledger_entry", "mifi_entry", "source_file", "source_sheet", "source_block"),
        "source_row",
    ),
}
"""What hung on what by constraints of the server's own."""
_STEP_BY_STEP = (
    *(
        f"DROP FUNCTION imp_plus_guard.{name}_on_{parent} CASCADE"
        for name in ("rests", "rested")
        for parent in _REFERENCES
    ),
    *(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{parent}_id_fkey FOREIGN KEY ({parent}_id)"
        f" REFERENCES {parent} (id)"
        f"{' DEFERRABLE INITIALLY DEFERRED' if parent == 'act' else ''}"
        for parent, tables in _REFERENCES.items()
        for table in tables
    ),
    *(
        f"ALTER TABLE {table} ALTER {column} SET STORAGE EXTENDED"
        for table, column in (
            *(("source_file", "content"), ("source_file", "answer")),
            ("source_block", "cells"),
        )
    ),
    "DROP INDEX person_file_number",
    "CREATE INDEX person_file_number ON person (file_number)",
    "DROP FUNCTION write_act, write_row",
    "DROP TRIGGER IF EXISTS erased_file_claimed_insert ON erased_file",
    "DROP TRIGGER flag_settlement_signed ON flag_settlement",
    "DROP FUNCTION imp_plus_guard.is_readable, imp_plus_guard.check_settler",
    "REVOKE EXECUTE ON FUNCTION imp_plus.next_id(TEXT) FROM imp_from_before_clerk",
    "GRANT EXECUTE ON FUNCTION imp_plus.next_id(TEXT) TO PUBLIC",
    "CREATE OR REPLACE FUNCTION is_instant(told TEXT) RETURNS BOOLEAN"
    " IMMUTABLE STRICT PARALLEL SAFE LANGUAGE plpgsql AS $$ BEGIN RETURN TRUE; END $$",
    *(
        f"CREATE OR REPLACE FUNCTION {name} LANGUAGE plpgsql SECURITY DEFINER SET search_path ="
        " imp_plus, pg_catalog, pg_temp AS $$ BEGIN RAISE EXCEPTION 'of before'; END $$"
        for name in (
            *("imp_plus_guard.begin_writing() RETURNS VOID", "count_ids() RETURNS TRIGGER"),
            "refuse_over_ceiling() RETURNS TRIGGER",
            "imp_plus_guard.note_of_act() RETURNS TRIGGER",
        )
    ),
)
"""A register in which every act is written statement by statement and guarded otherwise, and each
row asks for what it hangs on."""
_ROW_BY_ROW = (
    "DROP VIEW imp_plus_guard.noted_row",
    "ALTER TABLE imp_plus_guard.written_row DROP COLUMN last",
    "DROP FUNCTION imp_plus_guard.all_are_told, imp_plus_guard.files_are_told,"
    " imp_plus_guard.rows_are_told, imp_plus_guard.are_noted, imp_plus_guard.untold_by,"
    " imp_plus_guard.text_of",
    *(
        f"CREATE OR REPLACE FUNCTION imp_plus_guard.{name} LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = imp_plus, imp_plus_guard, pg_catalog, pg_temp"
        " AS $$ BEGIN RAISE EXCEPTION 'of before'; END $$"
        for name in (
            *("note_rows() RETURNS TRIGGER", "note_entries() RETURNS TRIGGER"),
            "close_act() RETURNS TRIGGER",
            "check_rows(number BIGINT, erases BOOLEAN) RETURNS VOID",
        )
    ),
)
"""A register that notes and compares the rows of a list one by one: what it did with them is no
matter here."""


def test_a_register_of_one_step_before_notes_lists_as_sets_once_it_is_upgraded(
    made: Database,
) -> None:
    from imp_plus_desktop.storage.engines.postgresql import opening
    from imp_plus_desktop.storage.engines.postgresql.rights import roles
    from imp_plus_desktop.storage.engines.postgresql.shape import making, upgrading

    owners = _owners(made)
    with made.writing(), roles.as_owner(made):
        older = (
            "DROP FUNCTION looked_at",
            *_PLANNED_ANEW,
            *_ROW_BY_ROW,
            *_FOUND_AT_ONCE,
            *_STEP_BY_STEP,
        )
        for statement in older:
            made.execute_sql(statement)
        made.execute_sql("UPDATE register_state SET of_servers = 2")
        making.note(made)
    with pytest.raises(StorageError, match="older_on_server"):
        opening.connect(_address())
    upgrading.upgrade(made)
    opening.connect(_address()).close()
    assert made.shape_fault() is None
    assert _owners(made) == owners


def test_a_register_whose_search_has_one_index_finds_the_same_by_parts_once_it_is_upgraded(
    made: Database,
) -> None:
    from imp_plus_desktop.domain.search.lines import Line
    from imp_plus_desktop.domain.search.typed import read
    from imp_plus_desktop.storage.engines.postgresql.rights import roles
    from imp_plus_desktop.storage.engines.postgresql.shape import making, upgrading

    ids, owners, rights, shape = [9_000_000, 70_000, 4], _owners(made), _rights(made), _shape(made)
    with made.writing():
        made.search.write([(number, Line("khoury", "", "", "khoury")) for number in ids])
    with made.writing(), roles.as_owner(made):
        for statement in (*_FOUND_AT_ONCE, *_STEP_BY_STEP):
            made.execute_sql(statement)
        made.execute_sql("UPDATE register_state SET of_servers = 3")
        making.note(made)
    upgrading.upgrade(made)
    assert (_owners(made), _rights(made), _shape(made)) == (owners, rights, shape)
    assert made.search.people(read("khou"), 25) == sorted(ids)
    assert made.search.people(read("khou"), 2) == sorted(ids)[:2]


def test_an_upgrade_is_told_to_every_desk_that_has_the_register_open(
    made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a later program, whose own step does something."""
    from imp_plus_desktop.storage.engines.postgresql import opening
    from imp_plus_desktop.storage.engines.postgresql.shape import making, upgrading, versions
    from imp_plus_desktop.storage.engines.postgresql.shape.server_steps import ServerStep

    desk = opening.connect(_address())
    notices = desk.watch()
    assert notices is not None
    notices.sign(None)
    later = versions.TODAYS.of_servers + 1
    step = ServerStep(later, lambda db: db.execute_sql("CREATE TABLE of_later (id BIGINT)"))
    with monkeypatch.context() as patched:
        for module in (making, upgrading, versions):
            patched.setattr(module, "TODAYS", versions.Version(LATEST, later))
        patched.setattr(upgrading, "SERVER_STEPS", (*upgrading.SERVER_STEPS, step))
        upgrading.upgrade(made)
    assert select([notices.fileno()], [], [], 20)[0]
    assert [told.act for told in notices.take()] == [0]
    with pytest.raises(StorageError, match="format_changed"):
        notices.sign(None)
    with pytest.raises(StorageError, match="format_changed"), desk.writing():
        desk.execute_sql("SELECT COUNT(*) FROM person")
    with pytest.raises(StorageError, match="format_changed"):
        desk.execute_sql("SELECT COUNT(*) FROM person")
    with pytest.raises(StorageError, match="newer"):
        opening.connect(_address())
    notices.close()
    desk.close_everywhere()


def _owners(db: Database) -> list[tuple[str, str]]:
    """Each table, and who owns it: nobody who logs in."""
    rows: list[tuple[str, str]] = db.execute_sql(
        "SELECT tablename::TEXT, tableowner::TEXT FROM pg_tables"
        " WHERE schemaname LIKE 'imp_plus%' ORDER BY 1"
    ).fetchall()
    assert {owner for _table, owner in rows} == {"imp_from_before_owner"}
    return rows


def test_a_newer_register_is_neither_opened_nor_touched(db: Database) -> None:
    from imp_plus_desktop.storage.engines.postgresql import opening
    from imp_plus_desktop.storage.engines.postgresql.shape import upgrading

    db.execute_sql("UPDATE register_state SET version = ?", (LATEST + 1,))
    with pytest.raises(StorageError, match="newer"):
        upgrading.upgrade(db)
    with pytest.raises(StorageError, match="newer"):
        opening.connect(servers.a_cluster().address("upgraded"))
    assert db.execute_sql("SELECT version FROM register_state").fetchone()[0] == LATEST + 1


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE person ADD COLUMN other TEXT",
        "DROP TRIGGER ledger_keeps ON ledger_entry",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_ceiling",
        "DROP INDEX person_uci",
        "ALTER TABLE permit ALTER COLUMN province DROP NOT NULL",
        "CREATE OR REPLACE FUNCTION is_day(told TEXT) RETURNS BOOLEAN IMMUTABLE LANGUAGE SQL"
        " AS $$ SELECT TRUE $$",
    ],
)
def test_what_somebody_alters_is_seen_and_no_upgrade_hides_it(db: Database, change: str) -> None:
    from imp_plus_desktop.storage.engines.postgresql.shape import upgrading

    assert db.shape_fault() is None
    db.execute_sql(change)
    assert db.shape_fault() == "shape"
    upgrading.upgrade(db)
    assert db.shape_fault() == "shape"
    # Another PostgreSQL has noted it: nobody can compare.
    db.execute_sql("UPDATE register_state SET shape = '14 ' || shape")
    upgrading.upgrade(db)
    assert db.shape_fault() is None
