# SPDX-License-Identifier: Apache-2.0
"""What a user of a register on a server can do with psql, beside the program: nothing that the
journal does not tell in their own name, and nothing past a cap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import peewee
import psycopg
import pytest
import servers
from desk_fixtures import kept
from office_builders import decide, invite, places, receive, set_cap
from server_desks import Desks, Forger

from imp_plus_desktop.domain.values.errors import InvalidInput, NotAllowed, StorageError
from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.servers import setting_up
from imp_plus_desktop.storage.engines.postgresql.rights import closing, roles, writing
from imp_plus_desktop.storage.history import replay
from imp_plus_desktop.storage.journal import erasures, journal, mifi
from imp_plus_desktop.storage.journal.journal import ChangeRecord

__all__ = ["kept"]
pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

AT = datetime(2023, 11, 22, 15, tzinfo=UTC)
RENAMED = "UPDATE person SET family_name = 'Forged' WHERE id = 1"


@pytest.fixture
def lasting(kept: Desks) -> Iterator[Desks]:
    """A register with one application: for what is refused, and so leaves it as it was."""
    kept.begin()
    yield kept
    kept.close()


@pytest.fixture
def desks(lasting: Desks) -> Iterator[Desks]:
    """The same, where something is kept of what is tried."""
    yield lasting
    lasting.is_new = False


@pytest.fixture
def ana(lasting: Desks) -> Iterator[Forger]:
    """A clerk who knows how an act is written, and writes it by hand."""
    forger = Forger(lasting.address("ana"))
    yield forger
    forger.close()


@contextmanager
def refused(*, by_constraint: bool = False) -> Iterator[None]:
    """What happens in it is refused by what guards the journal, and by nothing else."""
    with pytest.raises((peewee.DatabaseError, NotAllowed)) as told:
        yield
    if by_constraint:
        assert isinstance(told.value, peewee.IntegrityError)
    elif not isinstance(told.value, NotAllowed):
        assert told.value.orig.sqlstate == "IP001"  # type: ignore[attr-defined]


def name_of(desks: Desks) -> str:
    with desks.plain() as asked:
        return str(asked.execute("SELECT family_name FROM person WHERE id = 1").fetchone()[0])


def is_whole(desks: Desks) -> bool:
    register = desks.office("ana").register
    return (
        journal.verify(register.db) is None
        and replay.ledger_fault(register) is None
        and replay.row_fault(register) is None
        and register.db.shape_fault() is None
    )


def a_change(before: str | None, after: str | None) -> ChangeRecord:
    return ChangeRecord("person", 1, 1, before, after)


def was(desks: Desks) -> str:
    return f'{{"family_name":"{name_of(desks)}"}}'


# --- names, acts and the journal ---


def test_who_is_signed_in_stands_in_the_journal_whatever_the_settings_say(lasting: Desks) -> None:
    office = lasting.office("ana")
    assert office.user == "ana"
    with lasting.plain() as asked:
        assert {row[0] for row in asked.execute("SELECT who FROM act")} == {"ana"}
    assert is_whole(lasting)


@pytest.mark.parametrize(
    "statement",
    [
        RENAMED,
        "DELETE FROM passport",
        "INSERT INTO note (id, person_id, text, written_at)"
        " VALUES (900, 1, 'x', '2023-01-01T00:00:00Z')",
        "UPDATE application SET place = NULL",
        "UPDATE cap_counter SET used = 0",
        "INSERT INTO source_file VALUES (3, 'a', 'b', 'c')",
        "WITH gone AS (DELETE FROM passport RETURNING 1) SELECT COUNT(*) FROM gone",
        "MERGE INTO person USING (SELECT 1) x ON id = 1"
        " WHEN MATCHED THEN UPDATE SET family_name = 'Forged'",
    ],
)
def test_nothing_is_written_without_an_act(lasting: Desks, statement: str) -> None:
    for more in ("", "SET CONSTRAINTS ALL IMMEDIATE"):
        with lasting.plain("ana", autocommit=False) as psql:
            psql.execute(more or "SELECT 1")
            with pytest.raises(psycopg.DatabaseError):  # noqa: PT012 - at either of both
                psql.execute(statement)
                psql.commit()
    assert name_of(lasting) != "Forged"
    assert is_whole(lasting)


def test_a_setting_of_the_owner_s_helps_no_desk(lasting: Desks) -> None:
    with lasting.plain("ana") as psql:
        psql.execute("SET imp_plus.carrying = 'on'")
        with pytest.raises(psycopg.DatabaseError):
            psql.execute(RENAMED)


def test_an_act_stands_in_the_name_of_who_is_signed_in(desks: Desks, ana: Forger) -> None:
    told = a_change(was(desks), '{"family_name":"Forged"}')
    for another in ("bea", "luc", "Somebody else"):
        with pytest.raises(NotAllowed):
            ana.act(another, RENAMED, tells=(told,))
    assert name_of(desks) != "Forged"
    # In one's own name, told as it was, it is an act like any other.
    ana.act("ana", RENAMED, tells=(told,))
    assert name_of(desks) == "Forged"
    assert is_whole(desks)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, None),
        (None, '{"family_name":"Forged"}'),
        ("was", '{"family_name":"Another"}'),
        ('{"family_name":"Another"}', '{"family_name":"Forged"}'),
        ("was", '{"email":"x@example.com"}'),
        ("was", None),
    ],
)
def test_an_act_tells_what_was_written_and_nothing_else(
    lasting: Desks, ana: Forger, before: str | None, after: str | None
) -> None:
    told = a_change(was(lasting) if before == "was" else before, after)
    with refused():
        ana.act("ana", RENAMED, tells=(told,) if before or after else ())
    assert name_of(lasting) != "Forged"


@pytest.mark.parametrize("person", [None, 2])
def test_a_change_stands_in_the_history_of_whose_row_it_is(
    lasting: Desks, ana: Forger, person: int | None
) -> None:
    told = ChangeRecord("person", 1, person, was(lasting), '{"family_name":"Forged"}')
    with refused():
        ana.act("ana", RENAMED, tells=(told,))
    passport = ChangeRecord("passport", 1, person, '{"number":"AB100001"}', '{"number":"X"}')
    with refused():
        ana.act("ana", "UPDATE passport SET number = 'X' WHERE id = 1", tells=(passport,))
    assert is_whole(lasting)


def test_what_was_not_written_is_not_told_and_what_follows_the_act_is_refused(
    lasting: Desks, ana: Forger
) -> None:
    told = a_change(was(lasting), '{"family_name":"Forged"}')
    with refused():
        ana.act("ana", tells=(told,))
    with refused(), ana.db.writing():
        ana.db.execute_sql("UPDATE person SET email = 'x@example.com' WHERE id = 1")
        number = ana.db.counters.last("act") + 1
        email = a_change('{"email":null}', '{"email":"x@example.com"}')
        digests = journal.write_changes(ana.db, number, [email])
        header = journal.ActHeader(AT, "ana", "people.edit")
        journal.append(ana.db, number, header, "{}", digests, journal.head(ana.db))
        ana.db.execute_sql(RENAMED)
    assert name_of(lasting) != "Forged"
    assert is_whole(lasting)


def test_what_was_taken_back_in_an_act_is_not_told(desks: Desks, ana: Forger) -> None:
    """A part that a constraint refuses leaves nothing, and nothing of it is asked for."""
    email = a_change('{"email":null}', '{"email":"x@example.com"}')
    ana.act(
        "ana",
        "SAVEPOINT a",
        RENAMED,
        "ROLLBACK TO SAVEPOINT a",
        "UPDATE person SET email = 'x@example.com' WHERE id = 1",
        tells=(email,),
    )
    assert name_of(desks) != "Forged"
    assert is_whole(desks)


@pytest.mark.parametrize("number", [1, 7])
def test_an_act_comes_after_the_last_one(lasting: Desks, ana: Forger, number: int) -> None:
    with refused(by_constraint=number == 1):
        ana.act("ana", number=number)


def test_an_act_that_is_not_chained_to_the_last_one_is_refused(lasting: Desks) -> None:
    insert = (
        "INSERT INTO act (id, at, who, service, details, salt, digest, hash) VALUES"
        " (3, '2023-11-22T15:00:00Z', 'ana', 'x', '{{}}', {salt}, {digest}, sha256('x'))"
    )
    salt = "decode(repeat('ab', 16), 'hex')"
    for told, digest in ((salt, f"sha256({salt} || '{{}}')"), (salt, "''"), ("NULL", "''")):
        with lasting.plain("ana") as psql, pytest.raises(psycopg.DatabaseError, match="chain"):
            psql.execute(insert.format(salt=told, digest=digest))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change",
        "UPDATE change SET after = '{}'",
        "UPDATE act SET who = 'bea'",
        "DELETE FROM act",
        "TRUNCATE change",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_entry SET ceiling = NULL",
        "DELETE FROM mifi_entry",
        "UPDATE source_row SET person_id = 2",
        "DELETE FROM attachment",
        "UPDATE id_counter SET seq = 0",
        "UPDATE register_state SET version = 1",
        "INSERT INTO cap_limit (id, ledger, year, cap, from_day, reason)"
        " VALUES (9, 'applications', 2023, 9, '2023-01-01', 'x')",
        "CREATE OR REPLACE FUNCTION next_id(counted TEXT) RETURNS BIGINT LANGUAGE SQL"
        " AS 'SELECT 1::BIGINT'",
        "DROP TRIGGER act_closed ON act",
        "ALTER TABLE person DISABLE TRIGGER ALL",
        "ALTER TABLE person ADD COLUMN x TEXT",
        "CREATE TABLE imp_plus.x (y TEXT)",
        "CREATE SCHEMA x",
        "SET session_replication_role = replica",
        "SET ROLE imp_rights_owner",
        "SET SESSION AUTHORIZATION bea",
        "SELECT * FROM imp_plus_guard.written_row",
        "DELETE FROM imp_plus_guard.unclosed",
        "SELECT rolpassword FROM pg_authid",
        "SELECT add_user('zoe', 'admin', 'SCRAM-SHA-256$4096:x')",
        "SELECT remove_user('luc')",
        "CREATE ROLE zoe",
    ],
)
def test_a_clerk_may_not(lasting: Desks, statement: str) -> None:
    with lasting.plain("ana") as psql:
        with pytest.raises(psycopg.Error) as told:
            psql.execute(statement)
        assert told.value.sqlstate == "42501"
    assert is_whole(lasting)


def test_figures_closings_and_holds_are_of_who_leads(lasting: Desks) -> None:
    for table in roles.OF_LEADS:
        with lasting.plain("ana") as psql, pytest.raises(psycopg.errors.InsufficientPrivilege):
            psql.execute(f"DELETE FROM {table}")
        with lasting.plain("luc") as psql:
            psql.execute(f"DELETE FROM {table} WHERE id = 0")


def test_counting_on_from_without_skips_no_act(lasting: Desks) -> None:
    with lasting.plain("ana") as psql:
        assert psql.execute("SELECT next_id('act')").fetchone()[0] is None
        with pytest.raises(psycopg.DatabaseError):
            psql.execute("UPDATE register_state SET written = 0")
    assert is_whole(lasting)


def test_who_reads_writes_nothing_and_who_is_nobody_does_not_get_in(desks: Desks) -> None:
    with desks.plain("rob") as psql:
        counted = "SELECT COUNT(*) FROM imp_plus_shown.person"
        assert psql.execute(counted).fetchone()[0] == 1
        for statement in (RENAMED, "DELETE FROM passport", "DELETE FROM cap_limit"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                psql.execute(statement)
    desks.cluster.sql("CREATE ROLE zoe LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        desks.plain("zoe")


# --- the cap ---

ENTRY = (
    "INSERT INTO ledger_entry (id, act_id, application_id, cap_year, delta, reason, rule, ceiling,"
    " at) VALUES (2, {act}, 2, 2023, 1, '%s', 'CAP-01', %s, '2023-11-20T15:00:00Z')"
)


OVER = (
    '{"decided_on":"2023-11-20","outcome":"cancelled_over_cap","place":null,'
    '"state":"cancelled_over_cap"}'
)
PLACED = '{"decided_on":null,"outcome":null,"place":2,"state":"received"}'


def forged_entry(
    ana: Forger,
    reason: str,
    ceiling: str,
    received: str = "",
    *,
    counted: int = 1,
    stands: str = "",
) -> None:
    """A place for application 2, which is there without one, counted so often; its entry tells of a
    ceiling, and stands in the ledger with that or another one."""
    told = (
        f'{{"application_id":2,"at":"2023-11-20T15:00:00Z","cap_year":2023,"ceiling":{ceiling.lower()},"delta":1,'
        f'"reason":"{reason}","rule":"CAP-01"}}'
    )
    placed, day = (OVER, PLACED), ""
    if received:
        day = f", received_at = '{received}'"
        moved = ('"received_at":"2023-11-20T15:00:00Z"', f'"received_at":"{received}"')
        placed = tuple(f"{{{one},{text[1:]}" for one, text in zip(moved, placed, strict=True))
    ana.act(
        "ana",
        f"UPDATE cap_counter SET used = used + {counted} WHERE year = 2023",
        ENTRY % (reason, stands or ceiling),
        "UPDATE application SET place = 2, state = 'received', outcome = NULL, decided_on = NULL"
        f"{day} WHERE id = 2",
        tells=(
            ChangeRecord("ledger_entry", 2, None, None, told),
            ChangeRecord("application", 2, 2, *placed),
        ),
        service="applications.receive",
    )


@pytest.mark.many("received-1", "undone-NULL")
@pytest.mark.parametrize(
    ("reason", "ceiling"),
    [
        ("received", "1"),
        ("received", "99"),
        ("received", "NULL"),
        ("undone", "NULL"),
        ("brought back", "NULL"),
        ("imported", "NULL"),
    ],
)
def test_no_entry_passes_the_cap(desks: Desks, ana: Forger, reason: str, ceiling: str) -> None:
    set_cap(desks.office("luc"), 1)
    office = desks.office("ana")
    assert receive(office, invite(office, 2)).place is None
    # Past a ceiling that it tells itself, an entry is refused by the ledger as in a file.
    with refused(by_constraint=ceiling == "1"):
        forged_entry(ana, reason, ceiling)
    assert places(office.register) == (1, 1, 1)
    assert is_whole(desks)


def test_no_other_day_of_receipt_passes_the_cap_of_a_year(desks: Desks, ana: Forger) -> None:
    set_cap(desks.office("luc"), 1)
    office = desks.office("ana")
    receive(office, invite(office, 2))
    for received in ("2022-01-05T15:00:00Z", "2022-12-31T15:00:00Z", "2024-02-01T15:00:00Z"):
        with refused():
            forged_entry(ana, "received", "NULL", received)
    assert places(office.register) == (1, 1, 1)


def test_where_there_is_room_a_place_that_is_told_is_taken(desks: Desks, ana: Forger) -> None:
    office = desks.office("ana")
    set_cap(desks.office("luc"), 1)
    receive(office, invite(office, 2))
    set_cap(desks.office("luc"), 2)
    forged_entry(ana, "received", "2")
    assert places(office.register) == (2, 2, 2)
    assert is_whole(desks)


@pytest.mark.parametrize("wrong", [{"counted": 2}, {"counted": 0}, {"stands": "2"}])
def test_one_entry_is_counted_once_and_stands_as_it_is_told(
    desks: Desks, ana: Forger, wrong: dict[str, Any]
) -> None:
    office = desks.office("ana")
    set_cap(desks.office("luc"), 1)
    receive(office, invite(office, 2))
    set_cap(desks.office("luc"), 3)
    with refused():
        forged_entry(ana, "received", "3", **wrong)
    forged_entry(ana, "received", "3")
    assert places(office.register) == (2, 2, 2)
    assert is_whole(desks)


def test_the_cap_that_is_shipped_holds_where_nobody_has_set_another(
    desks: Desks, ana: Forger
) -> None:
    office = desks.office("ana")
    set_cap(desks.office("luc"), 1)
    receive(office, invite(office, 2))
    history.undo(desks.office("luc"))  # the receipt
    with desks.plain() as asked:
        asked.execute("SET search_path = imp_plus, imp_plus_guard")
        caps = asked.execute("SELECT cap FROM imp_plus_guard.shipped_cap ORDER BY year").fetchall()
        held = asked.execute("SELECT imp_plus_guard.cap_on(2024, '2024-05-01')").fetchone()
    assert [cap for (cap,) in caps] == [14700, 7350]
    assert held == (7350,)


def test_the_official_count_takes_places_too(desks: Desks) -> None:
    with desks.plain(autocommit=True) as owner:
        owner.execute("SET imp_plus.carrying = 'on'")
        owner.execute("SET search_path = imp_plus, imp_plus_guard")
        owner.execute(
            "INSERT INTO official_count (id, year, as_of, received)"
            " VALUES (1, 2023, '2023-11-01', 70)"
        )
        in_use = owner.execute("SELECT imp_plus_guard.places_in_use(2023, '2023-11-22')")
        assert in_use.fetchone() == (71,)
        in_use = owner.execute("SELECT imp_plus_guard.places_in_use(2023, '2023-10-01')")
        assert in_use.fetchone() == (1,)
        # The day of the count ends at midnight in Toronto, in summer time and out of it.
        for as_of, received, counted in (
            ("2023-11-01", "2023-11-02T03:59:59.9Z", 70),
            ("2023-11-01", "2023-11-02T04:00:00Z", 71),
            ("2023-11-05", "2023-11-06T04:59:59Z", 70),
            ("2023-11-05", "2023-11-06T05:00:00.25Z", 71),
        ):
            owner.execute("UPDATE official_count SET as_of = %s", (as_of,))
            owner.execute("UPDATE application SET received_at = %s", (received,))
            in_use = owner.execute("SELECT imp_plus_guard.places_in_use(2023, '2023-11-22')")
            assert in_use.fetchone() == (counted,), received


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cap_counter SET used = 0",
        "UPDATE cap_counter SET used = used - 1",
        "INSERT INTO cap_counter VALUES (2024, 3)",
        "INSERT INTO mifi_entry (id, act_id, ledger, subject_id, year, day, delta, reason, at)"
        " VALUES (90, {act}, 'letters', 1, 2023, '2023-09-01', -1, 'x', '2023-09-01T00:00:00Z')",
        "INSERT INTO ledger_entry (id, act_id, application_id, cap_year, delta, reason, rule)"
        " VALUES (90, {act}, 1, 2023, -1, 'x', 'x')",
        "INSERT INTO ledger_entry (id, act_id, application_id, cap_year, delta, reason, rule)"
        " VALUES (90, 1, 1, 2023, -1, 'x', 'x')",
        "INSERT INTO attachment VALUES ('name', 'image/png', 'another content')",
    ],
)
def test_counters_ledgers_and_scans_agree_or_nothing_is_kept(
    lasting: Desks, ana: Forger, statement: str
) -> None:
    with refused():
        ana.act("ana", statement)
    assert is_whole(lasting)


def test_a_place_is_not_given_without_its_entry(desks: Desks, ana: Forger) -> None:
    office = desks.office("ana")
    set_cap(desks.office("luc"), 1)
    receive(office, invite(office, 2))
    told = ChangeRecord("application", 2, 2, OVER, PLACED)
    with refused():
        ana.act(
            "ana",
            "UPDATE application SET place = 2, state = 'received', outcome = NULL,"
            " decided_on = NULL WHERE id = 2",
            tells=(told,),
        )
    gone = ChangeRecord("application", 1, 1, '{"place":1}', '{"place":null}')
    with refused():
        ana.act("ana", "UPDATE application SET place = NULL WHERE id = 1", tells=(gone,))


def test_what_a_new_row_holds_untold_is_known(lasting: Desks) -> None:
    with lasting.plain() as asked:
        found = asked.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'imp_plus' AND column_default NOT LIKE 'next_id%'"
        ).fetchall()
    known = {(name, column) for name, some in closing.DEFAULTS.items() for column in some}
    assert {pair for pair in found if pair[0] in writing.ENTITIES} == known


def test_what_the_journal_counts_is_said_alike_on_both_sides() -> None:
    """The engine stands under the journal, and says it in its own words."""
    assert {ledger.value: sql for ledger, sql in mifi.COUNTED.items()} == closing.COUNTED
    assert (closing.ERASE, closing.DETAIL) == (erasures.SERVICE, mifi.DETAIL)


# --- others' acts, erasures ---


def test_another_one_s_act_is_taken_back_by_who_leads(desks: Desks) -> None:
    bea = desks.office("bea")
    last = history.last_undoable(desks.office("ana"))
    assert last is not None
    with pytest.raises(NotAllowed):
        history.undo(bea, last.id)
    assert history.last_undoable(bea) is None
    forger = Forger(desks.address("bea"))
    try:
        with pytest.raises(NotAllowed):
            forger.act("bea", undoes=last.id, service="history.undo")
    finally:
        forger.close()
    done = history.undo(desks.office("luc"), last.id)
    assert done.act is not None
    assert is_whole(desks)


def test_one_s_own_act_is_taken_back_where_none_is_named(desks: Desks) -> None:
    ana, bea = desks.office("ana"), desks.office("bea")
    decide(bea, 1)
    undone = history.undo(ana)
    assert undone.undone == 2
    assert is_whole(desks)


def test_only_an_act_of_erasure_by_who_leads_blanks_and_it_signs_for_each(lasting: Desks) -> None:
    blank = (
        "UPDATE change SET before = NULL, after = NULL, together = NULL, sheet = NULL,"
        " row = NULL, salt = NULL WHERE id = 1"
    )
    luc = Forger(lasting.address("luc"))
    ana = Forger(lasting.address("ana"))
    try:
        for forger, service, details in (
            (luc, "people.edit", '{"blanked":{"changes":[1],"acts":[]}}'),
            (luc, erasures.SERVICE, '{"blanked":{"changes":[2],"acts":[]}}'),
            (luc, erasures.SERVICE, "{}"),
            (ana, erasures.SERVICE, '{"blanked":{"changes":[1],"acts":[]}}'),
        ):
            who = "luc" if forger is luc else "ana"
            with refused():
                forger.act(who, blank, service=service, details=details)
        with refused():
            luc.act(
                "luc",
                "UPDATE change SET after = '{}' WHERE id = 1",
                service=erasures.SERVICE,
                details='{"blanked":{"changes":[1],"acts":[]}}',
            )
        with refused():
            luc.act("luc", RENAMED, service=erasures.SERVICE)
        with pytest.raises(NotAllowed):
            ana.act("ana", service=erasures.SERVICE)
    finally:
        luc.close()
        ana.close()
    assert is_whole(lasting)


# --- users ---


def test_users_are_let_in_with_scram_and_listed_and_let_in_no_more(desks: Desks) -> None:
    told = setting_up.status(desks.address("eve")).users
    assert dict(told) == {
        "ana": Role.CLERK,
        "bea": Role.CLERK,
        "eve": Role.ADMIN,
        "luc": Role.LEAD,
        "rob": Role.READ,
    }
    kept = desks.cluster.sql("SELECT rolpassword FROM pg_authid WHERE rolname = 'ana'")[0]
    assert kept.startswith("SCRAM-SHA-256$")
    setting_up.add_user(desks.address("eve"), "bea", Role.LEAD, None)
    assert dict(setting_up.status(desks.address("bea")).users)["bea"] is Role.LEAD
    left = setting_up.remove_user(desks.address("eve"), "bea")
    assert "bea" not in dict(left.users)
    with pytest.raises(StorageError, match="server_refused"):
        setting_up.status(desks.address("bea"))


def test_only_who_administers_lets_people_in(lasting: Desks) -> None:
    for user in ("rob", "ana", "luc"):
        with pytest.raises(NotAllowed):
            setting_up.add_user(lasting.address(user), "zoe", Role.READ, "a long password")
        with pytest.raises(NotAllowed):
            setting_up.remove_user(lasting.address(user), "bea")


def test_nobody_takes_over_a_name_that_is_another_s(desks: Desks) -> None:
    desks.cluster.sql("CREATE ROLE zoe LOGIN")
    for name in (servers.OWNER, "zoe", "imp_rights_owner", "imp_rights_admin", "pg_read_all_data"):
        with pytest.raises(InvalidInput, match="user_is_others"):
            setting_up.add_user(desks.address("eve"), name, Role.CLERK, "a long password")
        with pytest.raises(InvalidInput, match="not_a_user"):
            setting_up.remove_user(desks.address("eve"), name)
    with pytest.raises(InvalidInput, match="password_needed"):
        setting_up.add_user(desks.address("eve"), "new", Role.CLERK, None)
    with pytest.raises(InvalidInput, match="bad_user_name"):
        setting_up.add_user(desks.address("eve"), " new", Role.CLERK, "a long password")


def test_every_table_that_the_journal_tells_of_is_noted(lasting: Desks) -> None:
    with lasting.plain() as asked:
        held = asked.execute(
            "SELECT c.relname, COUNT(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE tgname LIKE '%_noted_%' GROUP BY 1"
        ).fetchall()
        granted = asked.execute(
            "SELECT DISTINCT table_name FROM information_schema.table_privileges"
            " WHERE grantee LIKE 'imp_rights_%' AND grantee NOT LIKE '%_owner'"
            " AND privilege_type NOT IN ('SELECT')"
        ).fetchall()
        guarded = asked.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'imp_plus_guard'"
        ).fetchall()
    assert dict(held) == dict.fromkeys(writing.ENTITIES, 3)
    plain = {name for (name,) in granted} - {name for (name,) in guarded}
    # Derived, or what somebody is typing: everything else is guarded.
    assert plain == {
        *("standing", "standing_figures", "agenda_line", "waiting_line", "flag_line"),
        *("person_search", "person_search_words", "person_search_near", "draft", "import_draft"),
        "summaries_made",
    }
