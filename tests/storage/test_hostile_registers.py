# SPDX-License-Identifier: Apache-2.0
"""A file that was made to do harm neither runs nor stalls: it is refused with one sentence, before
anything of it was done, or it is read like any other that is damaged."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from office_builders import TODAY, invite
from sqlcipher3 import dbapi2 as driver

from imp_plus_desktop import i18n
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.values.errors import AppError, StorageError
from imp_plus_desktop.services.office import maintenance
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.engines.sqlite import opening
from imp_plus_desktop.words.messages import error_text

pytestmark = pytest.mark.of_a_file("about files that somebody else made")

LONGEST = 60.0
"""Seconds of the processor."""
ACTS = "acts_by_itself"
BOMB = "hex(zeroblob(400000000))"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

REFUSED: dict[str, tuple[str, ...]] = {
    "a trigger on people": (
        "CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM person; END",
    ),
    "a trigger that ends never": (
        f"CREATE TRIGGER t AFTER INSERT ON act BEGIN INSERT INTO letter SELECT i FROM ({ENDLESS});"
        " END",
    ),
    "a trigger that loads": (
        "CREATE TRIGGER t AFTER INSERT ON act BEGIN SELECT load_extension('/tmp/x'); END",
    ),
    "a trigger of ours made another": (
        "DROP TRIGGER ledger_keeps",
        "CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger_entry BEGIN SELECT 1; END",
    ),
    "a view": ("CREATE VIEW everybody AS SELECT * FROM person",),
    "a view without end": (f"CREATE VIEW everybody AS {ENDLESS}",),
    "a view of itself": (
        "CREATE VIEW one AS SELECT 1",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE VIEW one AS SELECT * FROM one' WHERE name = 'one'",
    ),
    "a view in the place of a table": (
        "DROP TABLE waiting_line",
        f"CREATE VIEW waiting_line AS SELECT 1 AS person_id, {BOMB} AS kind",
    ),
    "a view with a trigger": (
        "CREATE VIEW v AS SELECT 1 AS a",
        "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM person; END",
    ),
    "a virtual table": ("CREATE VIRTUAL TABLE mine USING fts5(a)",),
    "a tree of places": ("CREATE VIRTUAL TABLE mine USING rtree(id, a, b)",),
    "an index on an expression": ("CREATE INDEX i ON person (upper(family_name))",),
    "an index on a part": ("CREATE INDEX i ON person (id) WHERE abs(id) > 0",),
    "a calculated column": (
        f"CREATE TABLE mine (a INTEGER, b TEXT GENERATED ALWAYS AS ({BOMB}) VIRTUAL)",
    ),
    "a calculated column of a table of ours": (
        f"ALTER TABLE person ADD COLUMN z TEXT AS ({BOMB}) VIRTUAL",
    ),
    "a check that calls": (f"CREATE TABLE mine (a TEXT CHECK (length({BOMB}) > 1))",),
    "a default that calls": (f"CREATE TABLE mine (a INTEGER, b TEXT DEFAULT ({BOMB}))",),
    "a trigger that says it is a table": (
        "CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM person; END",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET type = 'table' WHERE name = 't'",
    ),
    "a trigger that says it is the engine’s": (
        "CREATE TRIGGER t AFTER INSERT ON person BEGIN DELETE FROM person; END",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET name = 'sqlite_t' WHERE name = 't'",
    ),
    "a part that says it is of no kind": (
        "CREATE TABLE mine (a TEXT)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET type = x'00ff' WHERE name = 'mine'",
    ),
    "a part that is very long": (f"CREATE TABLE mine (a TEXT /* {'x' * 200_000} */)",),
}

TOLD: dict[str, tuple[tuple[str, ...], str]] = {
    "a format of the future": (("PRAGMA user_version = 2147483647",), "newer"),
    "a format below nothing": (("PRAGMA user_version = -7",), "false_version"),
    "another program's file": (("PRAGMA application_id = 1",), "not_a_register"),
    "a table of today taken out": (("DROP TABLE application",), "false_version"),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "r.imp"
    office = open_office(path, today=TODAY)
    for number in range(1, 4):
        invite(office, number)
    office.close()
    return path


@pytest.fixture
def register(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(model, tmp_path / "r.imp"))


def run(path: Path, *statements: str) -> None:
    connection = driver.connect(path, isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def used(path: Path) -> str:
    """Open a register and work with it; the code of what stopped that, or empty. Nothing else than
    an expected failure comes of it, and soon."""
    began = time.process_time()
    try:
        office = open_office(path, today=TODAY, create=False)
        try:
            people.count(office)
            people.ids(office, people.PeopleFilter(text="Benali"))
            checking.check(office)
            people.add(office, {"family_name": "Roy"})
            maintenance.save_copy(office)
        finally:
            office.close()
    except AppError as error:
        i18n.use("fr")
        said = error_text(error)
        return error.code if said else "nothing is said"
    finally:
        assert time.process_time() - began < LONGEST
    return ""


@pytest.mark.parametrize("what", REFUSED)
def test_what_acts_by_itself_is_refused_and_has_done_nothing(register: Path, what: str) -> None:
    run(register, *REFUSED[what])
    before = register.read_bytes()
    # What says of itself that it is another thing the engine refuses to read.
    assert used(register) == ("damaged" if "says it is" in what else ACTS)
    assert register.read_bytes() == before
    assert list(register.parent.iterdir()) == [register]


@pytest.mark.parametrize("what", REFUSED)
def test_a_copy_that_acts_by_itself_is_not_restored(register: Path, what: str) -> None:
    copy = Path(shutil.copy(register, register.with_name("copy.imp")))
    run(copy, *REFUSED[what])
    with pytest.raises(StorageError, match=f"{ACTS}|damaged"):
        opening.connect_existing(copy)


@pytest.mark.parametrize("what", TOLD)
def test_a_file_of_another_shape_is_told_as_that(register: Path, what: str) -> None:
    statements, code = TOLD[what]
    run(register, "PRAGMA foreign_keys = OFF", *statements)
    assert used(register) == code


def test_five_thousand_tables_are_too_many(register: Path) -> None:
    run(register, "BEGIN", *(f"CREATE TABLE t{n} (a TEXT)" for n in range(5_000)), "COMMIT")
    assert used(register) == ACTS


def test_a_table_that_only_holds_something_is_left_to_the_check(register: Path) -> None:
    run(register, "CREATE TABLE mine (a TEXT NOT NULL, b INTEGER)", "CREATE INDEX i ON mine (a, b)")
    office = open_office(register, today=TODAY, create=False)
    assert not checking.check(office).passed
    office.close()


def garbage(path: Path) -> None:
    run(path, "UPDATE person_search_data SET block = randomblob(500)")


def other_types(path: Path) -> None:
    run(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA foreign_keys = OFF",
        "UPDATE person SET family_name = x'ff00fe', birth_date = 'Tuesday', citizenship = 17",
    )


def long_text(path: Path) -> None:
    run(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE person SET family_name = hex(zeroblob(2000000)) WHERE id = 1",
    )


def write_at(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def root(path: Path, table: str) -> int:
    connection = driver.connect(path)
    row = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    number = int(row.fetchone()[0])
    connection.close()
    return number


def a_page_that_leads_to_itself(path: Path) -> None:
    """An interior page of a table all of whose children are that page."""
    number = root(path, "person")
    cells = b"".join(number.to_bytes(4, "big") + bytes([n]) for n in range(1, 100))
    start = 4096 - len(cells)
    pointers = b"".join((start + 5 * n).to_bytes(2, "big") for n in range(99))
    head = bytes([5, 0, 0, 0, 99]) + start.to_bytes(2, "big") + b"\0" + number.to_bytes(4, "big")
    page = head + pointers
    write_at(path, (number - 1) * 4096, page + bytes(start - len(page)) + cells)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "the index of the search is garbage": garbage,
    "texts are bytes, days are words": other_types,
    "a name of four million letters": long_text,
    "a page that leads to itself": a_page_that_leads_to_itself,
    "pages that hold the list of tables": lambda path: run(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = 1 WHERE rootpage > 1",
    ),
    "pages far behind the end": lambda path: run(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = 4000000 WHERE rootpage > 1",
    ),
    "half of the file": lambda path: os.truncate(path, path.stat().st_size // 2),
    "pages of another size": lambda path: write_at(path, 16, b"\0\1"),
    "free pages without end": lambda path: write_at(
        path, 32, (2).to_bytes(4, "big") + (4_000_000).to_bytes(4, "big")
    ),
    "more pages than there are": lambda path: write_at(path, 28, b"\x7f\xff\xff\xff"),
    "a log of noise": lambda path: (
        path.with_name(path.name + "-wal").write_bytes(b"\x37\x7f" * 9999) and None
    ),
    "a journal of noise": lambda path: (
        path.with_name(path.name + "-journal").write_bytes(
            b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 9999
        )
        and None
    ),
}


@pytest.mark.many("half of the file", "a page that leads to itself", "a log of noise")
@pytest.mark.parametrize("what", DAMAGES)
def test_what_is_damaged_on_purpose_ends_in_one_sentence_and_soon(
    register: Path, what: str
) -> None:
    DAMAGES[what](register)
    used(register)


def test_looking_at_a_file_ends_after_a_while(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PATIENCE", 0.2)
    monkeypatch.setattr(
        opening, "check", lambda db: db.execute_sql(ENDLESS + " LIMIT -1").fetchall()
    )
    with pytest.raises(StorageError, match="damaged"):
        opening.connect_existing(register)


def test_a_connection_trusts_nothing_that_a_file_says(register: Path) -> None:
    office = open_office(register, today=TODAY, create=False)
    db = office.register.db
    for name, value in (
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("hard_heap_limit", 1 << 30),
    ):
        assert db.execute_sql(f"PRAGMA {name}").fetchone()[0] == value
    with pytest.raises(Exception, match="not authorized"):
        db.execute_sql("SELECT load_extension('x')")
    office.close()
