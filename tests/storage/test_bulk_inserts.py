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


@pytest.mark.of_a_file("a server refuses rows before anybody goes on")
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
