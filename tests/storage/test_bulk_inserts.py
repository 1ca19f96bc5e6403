# SPDX-License-Identifier: Apache-2.0
"""Many rows go in beside the making of the next ones: whole and in order, or not at all."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS, Database

MANY = 5_000
SAID = "SELECT COUNT(*), MIN(year), MAX(used) FROM cap_counter"


def rows(count: int, first: int = 3000) -> Iterator[tuple[int, int]]:
    return ((first + number, number) for number in range(count))


def insert(db: Database, given: Iterator[tuple[int, int]]) -> None:
    db.insert_rows("cap_counter", ("year", "used"), given)


def beside() -> int:
    return sum(thread.name == "bulk inserts" for thread in threading.enumerate())


@pytest.mark.parametrize("count", [0, 1, 999, 1_000, 1_001, MANY])
def test_all_rows_are_there_for_the_next_question(office: Office, count: int) -> None:
    db = office.register.db
    with db.in_any_order(), db.writing():
        insert(db, rows(count))
        found = db.execute_sql(SAID).fetchone()
    assert found[0] == count
    assert not beside()


def test_a_statement_has_its_turn_after_the_rows(office: Office) -> None:
    db = office.register.db
    with db.in_any_order(), db.writing():
        insert(db, rows(MANY))
        db.execute_after_inserts("UPDATE cap_counter SET used = ? WHERE year = ?", (0, 3001))
        db.execute_after_inserts("DELETE FROM cap_counter WHERE used > ?", (0,))
        insert(db, rows(2, first=9000))
    assert db.execute_sql(SAID).fetchone() == (4, 3000, 1)


def test_what_a_constraint_refuses_is_told_and_takes_everything_back(office: Office) -> None:
    db, interval = office.register.db, sys.getswitchinterval()
    with pytest.raises(CONSTRAINT_ERRORS), db.in_any_order(), db.writing():  # noqa: PT012
        insert(db, rows(MANY))
        insert(db, rows(MANY))  # the same years
        insert(db, rows(MANY, first=20_000))
    assert db.execute_sql(SAID).fetchone()[0] == 0
    assert not beside()
    assert sys.getswitchinterval() == interval


def test_a_refusal_inside_a_savepoint_leaves_what_was_before_it(office: Office) -> None:
    db = office.register.db
    with db.in_any_order(), db.writing():
        insert(db, rows(3))
        with pytest.raises(CONSTRAINT_ERRORS), db.savepoint():
            insert(db, rows(MANY))
    assert db.execute_sql(SAID).fetchone()[0] == 3


def test_what_is_written_between_rows_tells_how_much_it_was(office: Office) -> None:
    db = office.register.db
    with db.in_any_order(), db.writing():
        insert(db, rows(MANY))
        done = db.execute_sql("UPDATE cap_counter SET used = 7 WHERE year < ?", (3100,))
        insert(db, rows(MANY, first=20_000))
        assert done.rowcount == 100
    assert db.execute_sql("SELECT COUNT(*) FROM cap_counter").fetchone()[0] == 2 * MANY


def test_an_error_inside_a_savepoint_leaves_the_rows_before_it(office: Office) -> None:
    db = office.register.db
    with db.in_any_order(), db.writing():
        insert(db, rows(MANY))
        with pytest.raises(RuntimeError, match="inside"), db.savepoint():  # noqa: PT012
            insert(db, rows(MANY, first=20_000))
            insert(db, rows(MANY))  # refused as well
            raise RuntimeError("inside")
        insert(db, rows(MANY, first=40_000))
    assert db.execute_sql("SELECT COUNT(*) FROM cap_counter").fetchone()[0] == 2 * MANY
    assert not beside()


def test_rows_that_cannot_be_made_leave_none(office: Office) -> None:
    def broken() -> Iterator[tuple[int, int]]:
        yield from rows(MANY)
        raise RuntimeError("making")

    db = office.register.db
    with pytest.raises(RuntimeError, match="making"), db.in_any_order(), db.writing():
        insert(db, broken())
    assert db.execute_sql("SELECT COUNT(*) FROM cap_counter").fetchone()[0] == 0
    assert not beside()


def test_rows_without_ids_are_numbered_after_those_on_their_way(office: Office) -> None:
    columns = ("name", "value", "from_day", "reason")
    db = office.register.db
    with db.in_any_order(), db.writing():
        for first in (0, MANY):
            numbered = range(first, first + MANY)
            db.insert_rows(
                "parameter", columns, ((str(n), "1", "2024-01-01", "x") for n in numbered)
            )
    found = db.execute_sql("SELECT COUNT(*), MIN(id), MAX(id) FROM parameter").fetchone()
    assert found == (2 * MANY, 1, 2 * MANY)
    wrong = "SELECT COUNT(*) FROM parameter WHERE CAST(name AS INTEGER) <> id - 1"
    assert db.execute_sql(wrong).fetchone()[0] == 0
    assert db.counters.last("parameter") == 2 * MANY


def test_an_error_between_the_rows_leaves_none_and_is_the_one_that_is_told(office: Office) -> None:
    db = office.register.db
    with pytest.raises(RuntimeError, match="between"), db.in_any_order(), db.writing():  # noqa: PT012
        insert(db, rows(MANY))
        insert(db, rows(MANY))  # refused as well, which nobody asks any more
        raise RuntimeError("between")
    assert db.execute_sql(SAID).fetchone()[0] == 0
    assert not beside()


def test_a_register_that_is_closed_meanwhile_keeps_nothing_half(office: Office) -> None:
    db = office.register.db
    with pytest.raises(RuntimeError, match="quit"), db.in_any_order(), db.writing():  # noqa: PT012
        insert(db, rows(MANY))
        raise RuntimeError("quit")
    db.close()
    assert not beside()
    db.connect()
    assert db.execute_sql(SAID).fetchone()[0] == 0
