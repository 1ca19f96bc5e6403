# SPDX-License-Identifier: Apache-2.0
"""On a server nothing hangs on what is not there, where statements are looked at as a whole and
where the server's own constraints look at each row: whoever writes, and however."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
import servers
from psycopg.errors import ForeignKeyViolation
from server_desks import Desks, Forger

from imp_plus_desktop.storage.engines.postgresql.shape import references
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.journal.journal import ChangeRecord

pytestmark = pytest.mark.skipif(servers.missing() is not None, reason=str(servers.missing()))

ROWS = {
    "letter": "(id, person_id, letter_date) VALUES (90, {}, '2023-05-01')",
    "residence": "(id, person_id, country) VALUES (90, {}, 'FRA')",
    "passport": "(id, person_id, number) VALUES (90, {}, 'ZZ90')",
    "member": "(id, person_id, relation, family_name) VALUES (90, {}, 'child', 'Seul')",
    "application": "(id, person_id, code, state) VALUES (90, {}, 'A76', 'draft')",
    "permit": "(id, application_id, valid_from, valid_until, limited_by)"
    " VALUES (90, {}, '2023-05-01', '2024-05-01', 'term')",
}
PARENTS = {
    "person": "INSERT INTO person (id, family_name) VALUES (50, 'Seul')",
    "application": "INSERT INTO application (id, person_id, code, state)"
    " VALUES (50, 1, 'A76', 'draft')",
}
SOURCE_ROW = "INSERT INTO source_row (act_id, sheet, row, effect, row_key)"
HANGING = [(parent, table) for parent, tables in references.LOOKED_AT.items() for table in tables]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = Desks("hanging", tmp_path_factory.mktemp("references"))
    made.begin()
    yield made
    made.drop()


@pytest.fixture
def owner(kept: Desks) -> Iterator[Any]:
    """The owner in a transaction that is taken back, whose rows no act has to tell of."""
    with kept.plain(autocommit=False) as psql:
        psql.execute("SET imp_plus.carrying = 'on'")
        yield psql
        psql.rollback()


@pytest.fixture
def desks(kept: Desks) -> Iterator[Desks]:
    """For what is kept: the register is made anew after it, whichever test comes next."""
    yield kept
    kept.close()
    kept.is_new = False
    kept.begin()


def refused(psql: Any, statement: str) -> None:
    """Both engines tell such a refusal as a constraint's."""
    with pytest.raises(ForeignKeyViolation), psql.transaction():
        psql.execute(statement)


@pytest.mark.parametrize(("parent", "table"), HANGING)
def test_a_row_hangs_on_one_that_is_there_as_long_as_it_does(
    owner: Any, parent: str, table: str
) -> None:
    owner.execute(PARENTS[parent])
    refused(owner, f"INSERT INTO {table} {ROWS[table].format(999)}")
    owner.execute(f"INSERT INTO {table} {ROWS[table].format(50)}")
    refused(owner, f"UPDATE {table} SET {parent}_id = 999 WHERE id = 90")
    refused(owner, f"DELETE FROM {parent} WHERE id = 50")
    owner.execute(f"UPDATE {table} SET {parent}_id = 1 WHERE id = 90")
    owner.execute(f"DELETE FROM {parent} WHERE id = 50")


def test_one_row_of_many_that_hangs_on_nothing_is_found(owner: Any) -> None:
    rows = "".join(f"{n}\t{1 if n != 250 else 77}\tN{n}\n" for n in range(100, 400))
    with pytest.raises(ForeignKeyViolation), owner.transaction():  # noqa: SIM117
        with owner.cursor().copy("COPY passport (id, person_id, number) FROM STDIN") as copy:
            copy.write(rows)
    with owner.cursor().copy("COPY passport (id, person_id, number) FROM STDIN") as copy:
        copy.write(rows.replace("\t77\t", "\t1\t"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO change (id, act_id, entity, entity_id, digest) VALUES (90, 77, 'note', 1, '')",
        "INSERT INTO source_sheet VALUES (77, 'a', 'b')",
        f"{SOURCE_ROW} VALUES (77, 'a', 1, 'b', 'c')",
        "UPDATE source_row SET act_id = 77",
        "DELETE FROM act WHERE id = 2",
    ],
)
def test_what_belongs_to_an_act_belongs_to_one_that_is_there(owner: Any, statement: str) -> None:
    owner.execute(f"{SOURCE_ROW} VALUES (1, 'a', 1, 'b', 'c')")
    refused(owner, statement)


def test_what_belongs_to_an_act_waits_for_it_in_vain_and_nothing_is_kept(kept: Desks) -> None:
    with kept.plain("ana", autocommit=False) as psql:
        psql.execute("INSERT INTO source_sheet SELECT MAX(id) + 1, 'a', 'b' FROM act")
        with pytest.raises(psycopg.DatabaseError, match="no act tells of this"):
            psql.commit()
    with kept.plain() as asked:
        assert asked.execute("SELECT COUNT(*) FROM source_sheet").fetchone() == (0,)


ALONE = ChangeRecord("person", 2, 2, None, '{"family_name":"Seul","id":2}')
PASSPORT = ChangeRecord("passport", 90, 2, None, '{"id":90,"number":"ZZ90","person_id":2}')
DELETE = "DELETE FROM person WHERE id = 2"
HANG = f"INSERT INTO passport {ROWS['passport'].format(2)}"


@pytest.mark.parametrize(
    ("first", "told", "second"),
    [
        (HANG, PASSPORT, DELETE),
        (DELETE, ALONE._replace(before=ALONE.after, after=None), HANG),
    ],
)
def test_what_two_do_at_once_leaves_nothing_that_hangs_on_nothing(
    desks: Desks, first: str, told: ChangeRecord, second: str
) -> None:
    """One of them has not committed yet when the other one's statement begins."""
    ana = Forger(desks.address("ana"))
    ana.act("ana", "INSERT INTO person (id, family_name) VALUES (2, 'Seul')", tells=(ALONE,))
    found: list[BaseException | None] = []
    with desks.plain("bea") as psql, ana.db.writing():
        ana.db.execute_sql(first)
        number = ana.db.counters.last("act") + 1  # the statement goes with a question
        other = threading.Thread(target=lambda: found.append(_error_of(psql, second)))
        other.start()
        _wait_until(lambda: _waits(desks))
        digests = journal.write_changes(ana.db, number, [told])
        header = journal.ActHeader(datetime(2023, 11, 22, 15, tzinfo=UTC), "ana", "people.edit")
        journal.append(ana.db, number, header, "{}", digests, journal.head(ana.db))
    other.join(30)
    ana.close()
    assert isinstance(found[0], ForeignKeyViolation)


def _error_of(psql: Any, statement: str) -> BaseException | None:
    try:
        psql.execute(statement)
    except psycopg.Error as error:
        return error
    return None


def _waits(desks: Desks) -> bool:
    """Whether somebody waits for whoever writes."""
    asked = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return bool(desks.cluster.sql(asked)[0])


def _wait_until(holds: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _look in range(600):
        if holds():
            return
        pause.wait(0.05)
    raise AssertionError
