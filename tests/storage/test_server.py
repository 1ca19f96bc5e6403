# SPDX-License-Identifier: Apache-2.0
"""A register on a server keeps what one in a file keeps: its shape, its checks, its locks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import servers
import sqlcipher3.dbapi2 as sqlite
import tampering
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from new_registers import new_register
from office_builders import TODAY, YEAR, a_list, a_row, import_file, invite

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, Cancelled, StorageError
from imp_plus_desktop.domain.values.names import fold
from imp_plus_desktop.services.office import maintenance, restoring
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.services.secrecy import passphrases
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS, Database, ServerAddress, carrying
from imp_plus_desktop.storage.engines import connect_server as connect
from imp_plus_desktop.storage.files import copies
from imp_plus_desktop.storage.journal.register import Register

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))
SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None
)


@pytest.fixture
def db(address: ServerAddress) -> Iterator[Database]:
    made = connect(address)
    with made.in_any_order():  # rows that no act tells of, as whoever owns the tables may write
        yield made
    made.close()


def another(address: ServerAddress) -> Database:
    """A second connection, which may write what no act tells of as well."""
    made = connect(address)
    made.execute_sql("SELECT set_config('imp_plus.carrying', 'on', false)")
    return made


@pytest.fixture
def there(address: ServerAddress, tmp_path: Path) -> Iterator[Office]:
    """An office whose register lies on the server."""
    office = open_office(address, today=TODAY, beside=tmp_path / "beside.imp")
    yield office
    office.close()


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[Database]:
    register = Register(new_register(tmp_path / "file.imp", is_file=True))
    yield register.db
    register.close()


def test_both_engines_have_the_same_tables_columns_and_references(
    db: Database, in_a_file: Database
) -> None:
    tables = tampering.tables_of(db)
    assert tables == tampering.tables_of(in_a_file)
    assert len(tables) > 40
    for table in tables:
        assert tampering.columns_of(db, table) == tampering.columns_of(in_a_file, table), table
        assert tampering.references_of(db, table) == tampering.references_of(in_a_file, table)


def test_what_is_carried_is_every_table_that_is_not_made_anew(db: Database) -> None:
    derived = {"standing", "standing_figures", "agenda_line", "waiting_line", "flag_line"}
    assert set(carrying.TABLES) == set(tampering.tables_of(db)) - derived


LATIN = st.text(
    st.one_of(
        st.characters(max_codepoint=0x24F, exclude_categories=("Cs",), exclude_characters="\0"),
        st.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF, exclude_categories=("Cn",)),
        st.sampled_from("'’‘ʼ`´′-–—  \u0301\u0327œŒæßıİﬁ"),
    ),
    max_size=12,
)


@given(told=LATIN)
@example(told="L’Haÿ-les-Roses")
@example(told="ŒUVRE d'Été")
@example(told="O'Brien—Nuñez Straße")
@SHARED
def test_latin_text_is_folded_on_a_server_as_everywhere(db: Database, told: str) -> None:
    assert db.execute_sql("SELECT folded(?)", (told,)).fetchone()[0] == fold(told)


DAYS = st.one_of(
    st.dates().map(str),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
    st.from_regex(r"(19|20)00-02-(28|29|30)", fullmatch=True),
    st.text(st.sampled_from("0123456789- T:Z+"), max_size=11),
    st.sampled_from(["now", "today", "2023-02-29", "2024-02-29", "0000-00-00", "2023-11-22T10:00"]),
)


@given(told=st.one_of(st.none(), DAYS))
@SHARED
def test_a_day_is_a_day_on_both_engines(db: Database, told: str | None) -> None:
    with sqlite.connect(":memory:") as file:
        (wanted,) = file.execute("SELECT ?1 IS date(?1)", (told,)).fetchone()
    assert db.execute_sql("SELECT is_day(?) IS NOT FALSE", (told,)).fetchone()[0] == wanted


class TestTheLedger:
    """Its ceiling holds however entries come."""

    COLUMNS = (
        *("act_id", "application_id", "cap_year", "delta", "reason", "rule", "ceiling", "at"),
    )

    def entry(
        self, number: int, delta: int = 1, ceiling: int | None = None, year: int = YEAR
    ) -> tuple[object, ...]:
        at = "2023-11-22T10:00:00Z"
        return (1, number, year, delta, "received", "CAP-01", ceiling, at)

    def used(self, db: Database) -> int:
        asked = "SELECT COALESCE(SUM(delta), 0) FROM ledger_entry"
        return int(db.execute_sql(asked).fetchone()[0])

    @pytest.fixture(autouse=True)
    def _an_act(self, there: Office) -> None:
        invite(there)  # which entries are of

    def test_row_by_row(self, db: Database) -> None:
        for number in (1, 2):
            db.insert_rows("ledger_entry", self.COLUMNS, [self.entry(number, ceiling=2)])
        with pytest.raises(CONSTRAINT_ERRORS, match="no place left"):
            db.insert_rows("ledger_entry", self.COLUMNS, [self.entry(3, ceiling=2)])
        db.insert_rows("ledger_entry", self.COLUMNS, [self.entry(1, -1)])
        db.insert_rows("ledger_entry", self.COLUMNS, [self.entry(3, ceiling=2)])
        assert self.used(db) == 2

    @pytest.mark.parametrize("count", [2, 3, 4, 50])
    def test_many_in_one_statement(self, db: Database, count: int) -> None:
        """As INSERT of few rows and as COPY of many: the first that is too many takes all back."""
        rows = [self.entry(number, ceiling=count) for number in range(count)]
        over = [self.entry(number, ceiling=count - 1) for number in range(count)]
        with pytest.raises(CONSTRAINT_ERRORS, match="no place left"):
            db.insert_rows("ledger_entry", self.COLUMNS, over)
        assert self.used(db) == 0
        db.insert_rows("ledger_entry", self.COLUMNS, rows)
        assert self.used(db) == count

    def test_entries_of_a_statement_count_in_their_order(self, db: Database) -> None:
        back_first = [self.entry(1, -1), self.entry(2, ceiling=1)]
        back_last = [self.entry(3, ceiling=1), self.entry(2, -1)]
        db.insert_rows("ledger_entry", self.COLUMNS, [self.entry(1, ceiling=1)])
        with pytest.raises(CONSTRAINT_ERRORS, match="no place left"):
            db.insert_rows("ledger_entry", self.COLUMNS, back_last)
        db.insert_rows("ledger_entry", self.COLUMNS, back_first)
        assert self.used(db) == 1

    def test_each_year_has_its_own(self, db: Database) -> None:
        both = [self.entry(1, ceiling=1), self.entry(2, ceiling=1, year=YEAR + 1)]
        db.insert_rows("ledger_entry", self.COLUMNS, both)
        more = [self.entry(3), self.entry(4, ceiling=1, year=YEAR + 1)]
        with pytest.raises(CONSTRAINT_ERRORS, match="no place left"):
            db.insert_rows("ledger_entry", self.COLUMNS, more)
        assert self.used(db) == 2

    @pytest.mark.parametrize(
        "statement", ["UPDATE ledger_entry SET delta = -1", "DELETE FROM ledger_entry"]
    )
    def test_nothing_in_it_is_changed(self, db: Database, statement: str) -> None:
        db.insert_rows("ledger_entry", self.COLUMNS, [self.entry(1)])
        with pytest.raises(CONSTRAINT_ERRORS, match="append-only"):
            db.execute_sql(statement)


def test_counters_follow_ids_and_go_back_with_what_is_taken_back(db: Database) -> None:
    def add(*names: str) -> None:
        db.insert_rows("person", ("family_name",), [(name,) for name in names])

    add("A", "B")
    db.insert_rows("person", ("id", "family_name"), [(40, "C")])
    assert db.counters.last("person") == 40
    add("D", "E", "F", "G", "H")
    assert db.counters.last("person") == 45
    with pytest.raises(RuntimeError), db.writing():  # noqa: PT012
        add("I")
        raise RuntimeError
    assert db.counters.last("person") == 45
    with db.writing():
        with pytest.raises(CONSTRAINT_ERRORS), db.savepoint():
            add("J", "")
        add("K")
    db.execute_sql("DELETE FROM person WHERE id > 3")
    add("L")
    assert db.execute_sql("SELECT MAX(id) FROM person").fetchone()[0] == 47
    db.counters.go_on_from("person", 90)
    db.counters.go_on_from("person", 10)
    assert db.counters.all()["person"] == 90


@contextmanager
def aside(work: Callable[[], None]) -> Iterator[threading.Thread]:
    """Somebody who works at the same time."""
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(30)


def test_two_writers_wait_for_each_other_and_read_what_the_first_has_written(
    db: Database, address: ServerAddress
) -> None:
    stands, told = threading.Event(), list[int]()

    def other() -> None:
        second = another(address)
        stands.set()
        with second.writing():
            asked = "SELECT COUNT(*) FROM person"
            told.append(int(second.execute_sql(asked).fetchone()[0]))
            second.insert_rows("person", ("family_name",), [("Second",)])
        second.close()

    with db.writing():
        db.execute_sql("SELECT 1").fetchone()  # the lock goes with the first question
        with_first = aside(other)
        thread = with_first.__enter__()
        assert stands.wait(30)
        db.insert_rows("person", ("family_name",), [("First",)])
        thread.join(0.3)
        assert thread.is_alive()
        assert told == []
    with_first.__exit__(None, None, None)
    assert told == [1]
    names = db.execute_sql("SELECT family_name FROM person ORDER BY id").fetchall()
    assert names == [("First",), ("Second",)]


def test_who_waits_too_long_is_told_so(db: Database, address: ServerAddress) -> None:
    second = another(address)
    tampering.wait_briefly(second)
    with db.writing():
        db.execute_sql("SELECT 1").fetchone()
        with pytest.raises(StorageError, match="locked"), second.writing():
            second.execute_sql("SELECT 1").fetchone()
    with second.writing():
        second.insert_rows("person", ("family_name",), [("After",)])
    second.close()


def test_what_others_write_is_news_and_nothing_else_is(
    db: Database, address: ServerAddress
) -> None:
    second, first = another(address), db.data_version()
    with db.writing():
        db.insert_rows("person", ("family_name",), [("Mine",)])
    with db.writing():
        db.execute_sql("SELECT 1")
    assert db.data_version() == first
    with pytest.raises(RuntimeError), second.writing():  # noqa: PT012
        second.insert_rows("person", ("family_name",), [("Taken back",)])
        raise RuntimeError
    assert db.data_version() == first
    with second.writing():
        second.insert_rows("person", ("family_name",), [("Another's",)])
    assert db.data_version() != first
    second.close()


def test_a_refusal_tells_what_was_refused_and_nothing_of_the_row(db: Database) -> None:
    row = {"family_name": "Benali", "individual_reference": "C1000001"}
    insert = f"INSERT INTO person ({', '.join(row)}) VALUES (?, ?)"
    db.execute_sql(insert, tuple(row.values()))
    for refused in (
        lambda: db.execute_sql(insert, tuple(row.values())),
        lambda: db.execute_sql("UPDATE person SET family_name = ''"),
        lambda: db.insert_rows("person", tuple(row), [tuple(row.values())] * 9),
    ):
        with pytest.raises(CONSTRAINT_ERRORS) as caught:
            refused()
        shown = f"{caught.value} {caught.value.args} {caught.value.__cause__}"
        assert "person" in shown
        assert not any(value in shown for value in row.values())
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_refusal_inside_a_savepoint_leaves_the_rest_of_the_transaction(db: Database) -> None:
    with db.writing():
        db.execute_sql("INSERT INTO person (family_name) VALUES ('A')")
        for statement in ("INSERT INTO person (family_name) VALUES ('')", "DELETE FROM nowhere"):
            with pytest.raises(Exception, match=r"person|nowhere"), db.savepoint():
                db.execute_sql(statement)
        db.execute_sql("INSERT INTO person (family_name) VALUES ('B')")
    assert db.execute_sql("SELECT COUNT(*) FROM person").fetchone()[0] == 2


def test_references_of_many_rows_are_found_by_an_index_however_few_there_were(
    db: Database,
) -> None:
    """How they are looked up is kept as long as the connection is."""

    def bring(first: int, count: int) -> None:
        numbers = range(first, first + count)
        db.insert_rows("person", ("id", "family_name"), ((n, "Tremblay") for n in numbers))
        db.insert_rows("note", ("id", "person_id", "text"), ((n, n, "x") for n in numbers))

    with db.in_any_order(), db.writing():
        bring(1, 50)
    db.execute_sql("VACUUM ANALYZE person")
    asked = "SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'person'"
    with db.in_any_order():
        for first in (101, 201):
            with db.writing():
                bring(first, 50)
        with db.writing():
            bring(1_001, 2_000)
            assert db.execute_sql(asked).fetchone()[0] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER ledger_keeps ON ledger_entry",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_ceiling",
        "DROP INDEX standing_sort",
        "CREATE VIEW everybody AS SELECT * FROM person",
        "CREATE TABLE mine (a TEXT)",
        "ALTER TABLE note ADD COLUMN secret TEXT",
        "ALTER TABLE person ALTER COLUMN family_name DROP NOT NULL",
        "CREATE OR REPLACE FUNCTION is_day(told TEXT) RETURNS BOOLEAN IMMUTABLE LANGUAGE SQL"
        " AS 'SELECT TRUE'",
        "CREATE RULE watch AS ON INSERT TO person DO ALSO SELECT 1",
    ],
)
def test_another_shape_is_found(db: Database, statement: str) -> None:
    assert db.shape_fault() is None
    db.execute_sql(statement)
    assert db.shape_fault() is not None


def test_the_connection_of_a_thread_goes_with_it(db: Database, address: ServerAddress) -> None:
    """Nobody closes it, and the server has none of it all the same."""
    asked = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = ? AND pid <> pg_backend_pid()"

    def work() -> None:
        db.connect()
        assert db.execute_sql("SELECT 1").fetchone() == (1,)

    for _round in range(3):
        with aside(work):
            pass
    gone = threading.Event()
    for _look in range(100):
        if db.execute_sql(asked, (address.database,)).fetchone()[0] == 0:
            break
        gone.wait(0.05)  # the server hears of it a moment later
    assert db.execute_sql(asked, (address.database,)).fetchone()[0] == 0


def test_sweeping_leaves_it_for_another_time_where_somebody_is_at_work(
    db: Database, address: ServerAddress
) -> None:
    second = another(address)
    with second.writing():
        second.execute_sql("SELECT COUNT(*) FROM person")
        assert not db.sweep()
    assert db.sweep()
    second.close()


def test_a_copy_tells_how_far_it_is_can_be_stopped_and_opens(there: Office, tmp_path: Path) -> None:
    import_file(there, a_list(tmp_path / "list.xlsx", map(a_row, range(50))))
    told: list[tuple[int, int]] = []

    class Told:
        def __init__(self, patience: int) -> None:
            self.patience = patience

        def step(self, done: int, total: int) -> None:
            told.append((done, total))
            if len(told) > self.patience:
                raise Cancelled

    path = maintenance.save_copy(there, progress=Told(10_000))
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[0] < 0.5 <= shares[-1] < 1
    for patience in (0, len(told) // 2, len(told) - 1):
        told.clear()
        with pytest.raises(Cancelled):
            maintenance.save_copy(there, progress=Told(patience))
        assert copies.paths_of(there.register_path) == [path]
    copy = open_office(path, today=TODAY)
    assert people.count(copy) == 50
    assert checking.head(copy) == checking.head(there)
    assert checking.check(copy).passed
    copy.close()


def test_what_is_done_with_a_file_alone_is_refused_and_changes_nothing(there: Office) -> None:
    invite(there)
    copy, head = maintenance.save_copy(there), checking.head(there)
    for refused in (
        lambda: restoring.look(there, copy),
        lambda: restoring.restore(there, copy),
        lambda: passphrases.change(there, passphrases.SET, "une phrase bien assez longue"),
    ):
        with pytest.raises(AppError, match="only_of_a_file"):
            refused()
    assert checking.head(there) == head
    assert invite(there, 2) == 2


def test_the_changes_of_one_act_are_read_by_their_index_though_another_has_nearly_all(
    there: Office, tmp_path: Path
) -> None:
    """By whoever asks it of an act that is not known yet, as the guards do."""
    import_file(there, a_list(tmp_path / "list.xlsx", [a_row(number) for number in range(1, 600)]))
    invite(there, 900)
    db = there.register.db
    for table in ("change", "mifi_entry"):
        db.execute_sql(f"ANALYZE {table}")
        db.execute_sql("SET plan_cache_mode = force_generic_plan")
        db.execute_sql(f"PREPARE of_{table} (BIGINT) AS SELECT * FROM {table} WHERE act_id = $1")
        plan = db.execute_sql(f"EXPLAIN EXECUTE of_{table} (2)").fetchall()
        told = " ".join(str(row[0]) for row in plan)
        assert "Seq Scan" not in told, told
        assert "_act" in told, told
