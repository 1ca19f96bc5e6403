# SPDX-License-Identifier: Apache-2.0
"""A register of an earlier version is brought to today's shape with all that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from peewee import IntegrityError

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.archive import past_lists
from imp_plus_desktop.storage.engines.sqlite import migrating
from imp_plus_desktop.storage.engines.sqlite.shape import tables
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.migrations.steps import APPLICATION_ID, LATEST, MIGRATIONS
from imp_plus_desktop.storage.reads import queries

pytestmark = pytest.mark.of_a_file("the steps of a file’s shape")

_ROWS = (
    "INSERT INTO person (id, family_name, canada_status) VALUES (1, 'Roy', 'visitor')",
    "INSERT INTO document (id, person_id, type, state) VALUES (4, 1, 'csq', 'received')",
    "INSERT INTO application (id, person_id, code, kind, state, outcome, cap_year, place)"
    " VALUES (7, 1, 'A76', 'first', 'permit_issued', 'approved', 2023, 1)",
    "INSERT INTO application (id, person_id, code, kind, state) VALUES (9, 1, 'A76', 'first',"
    " 'received')",
    "DELETE FROM application WHERE id = 9",
    "INSERT INTO permit (application_id, valid_from, valid_until, limited_by)"
    " VALUES (7, '2023-05-01', '2026-05-01', 'term')",
)


def _first_version(path: Path) -> None:
    _version(path, 1, _ROWS)


def _version(path: Path, version: int, rows: Sequence[str]) -> None:
    """A register of an earlier version that holds these rows."""
    db = sqlite.connect(str(path))
    for step, statements in MIGRATIONS:
        for statement in statements if step <= version else ():
            db.execute(statement)
    for row in rows:
        db.execute(row)
    db.execute(f"PRAGMA user_version = {version}")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.commit()
    db.close()


def test_a_register_of_the_first_version_keeps_all_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "old.imp"
    _first_version(path)
    register = Register(path)
    register.migrate()
    db = register.db
    assert db.execute_sql("PRAGMA user_version").fetchone()[0] == LATEST
    assert db.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute_sql("PRAGMA foreign_keys").fetchone()[0] == 1
    (file,) = queries.files(register, [1])
    assert file.person.canada_status == "visitor"
    db.execute_sql("UPDATE person SET canada_status = 'maintained'")
    assert [a.id for a in file.applications] == [7]
    assert file.permits[0].application_id == 7
    assert file.documents[0].id == 4
    register.close()


def test_a_list_of_the_first_version_keeps_its_cells_and_what_was_mended(tmp_path: Path) -> None:
    path = tmp_path / "old.imp"
    _first_version(path)
    db = sqlite.connect(str(path))
    db.execute(
        "INSERT INTO act (id, at, who, service, digest, hash)"
        " VALUES (1, '2023-01-01T00:00:00Z', 'x', 'imports.commit', x'00', x'00')"
    )
    mended = '{"cells": ["Roy", "Maroco"], "mended": {"citizenship": "Maroc"}}'
    db.executemany(
        "INSERT INTO source_row (act_id, sheet, row, signature, effect, person_id, row_key, cells)"
        " VALUES (1, 'Liste', ?, 'signed', 'new', 1, ?, ?)",
        [(2, "a", '["Roy", "2023-05-01"]'), (3, "b", mended)],
    )
    db.commit()
    db.close()
    register = Register(path)
    register.migrate()
    kept = past_lists.rows_of(register, 1, [("Liste", 2), ("Liste", 3), ("Liste", 4)])
    assert kept["Liste", 2].cells == ("Roy", "2023-05-01")
    assert (kept["Liste", 3].cells, kept["Liste", 3].mended) == (
        ("Roy", "Maroco"),
        {"citizenship": "Maroc"},
    )
    assert len(kept) == 2
    last = past_lists.last_of(register, ["signed"])
    assert last is not None
    assert [row.row_key for row in last.rows] == ["a", "b"]
    register.close()


def test_what_was_derived_before_a_step_is_made_anew_after_it(tmp_path: Path) -> None:
    """Steps run while nothing cascades: a line that was left would meet its own again."""
    path = tmp_path / "old.imp"
    standing = "(person_id, sort_key, status, verdict, computed_on, cap_full, short_passport)"
    derived = (
        "INSERT INTO person (id, family_name) VALUES (1, 'Roy')",
        "INSERT INTO application (person_id, code, kind, state, prepared_on)"
        " VALUES (1, 'A76', 'first', 'draft', '2023-01-01')",
        f"INSERT INTO standing {standing}"
        " VALUES (1, 'roy', 'invited', 'unknown', '2023-01-31', 0, 0)",
        "INSERT INTO waiting_line VALUES ('drafts', 1)",
        "INSERT INTO waiting_line VALUES ('letters', 1)",
    )
    _version(path, 3, derived)
    office = open_office(path, today=date(2023, 2, 1))
    db = office.register.db
    for table in ("waiting_line", "agenda_line", "standing"):
        assert db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0
    assert list(people.ids(office, PeopleFilter())) == [1]
    office.close()


def test_an_id_given_out_before_the_move_is_never_given_out_again(tmp_path: Path) -> None:
    path = tmp_path / "old.imp"
    _first_version(path)
    register = Register(path)
    register.migrate()
    seq = register.db.execute_sql(
        "SELECT seq FROM sqlite_sequence WHERE name = 'application'"
    ).fetchone()
    assert seq[0] == 9
    register.close()


def test_what_hangs_on_a_derived_line_goes_with_it(tmp_path: Path) -> None:
    """Keys are not followed while steps run; a line left behind would stop the next refresh."""
    path = tmp_path / "third.imp"
    db = sqlite.connect(str(path))
    rows = (
        "INSERT INTO person (id, family_name) VALUES (1, 'Roy')",
        "INSERT INTO standing (person_id, sort_key, status, verdict, computed_on)"
        " VALUES (1, 'roy', 'invited', 'unknown', '2024-11-20')",
        "INSERT INTO waiting_line (code, person_id) VALUES ('letter_7', 1)",
    )
    for statement in (*(s for _n, step in MIGRATIONS[:3] for s in step), *rows):
        db.execute(statement)
    db.execute("PRAGMA user_version = 3")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.commit()
    db.close()
    register = Register(path)
    for table in ("standing", "waiting_line", "agenda_line"):
        assert queries.scalar(register, f"SELECT COUNT(*) FROM {table}") == 0
    register.close()


def test_a_register_of_the_seventh_version_takes_a_second_citizenship_and_telephone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.imp"
    known = "INSERT INTO person (id, family_name, citizenship, phone) VALUES (1, 'Roy', 'FRA', '1')"
    _version(path, 7, (known,))
    office = open_office(path, today=date(2023, 2, 1))
    person = people.file(office, 1).person
    assert (person.citizenship, person.second_citizenship) == ("FRA", None)
    assert (person.phone, person.phone_2) == ("1", None)
    people.edit(office, 1, {"second_citizenship": "Belgique", "phone_2": "514 555-0100"})
    person = people.file(office, 1).person
    assert (person.second_citizenship, person.phone_2) == ("BEL", "514 555-0100")
    with pytest.raises(IntegrityError):
        office.register.db.execute_sql("UPDATE person SET second_citizenship = 'Belgique'")
    office.close()


@pytest.mark.of_a_file("how a file is made")
def test_a_register_made_in_one_go_is_as_if_made_step_by_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "_in_one_go", {})
    told, changes = [], []
    for name in ("steps", "at once"):
        register = Register(tmp_path / f"{name}.imp")
        db = register.db
        shape = db.execute_sql("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        told.append(
            [
                *shape.fetchall(),
                *(db.execute_sql(f"PRAGMA {name}").fetchone() for name in _OF_A_FILE),
                *(
                    (table, *db.execute_sql(f"SELECT * FROM {table}").fetchall())
                    for table in tables()
                ),
            ]
        )
        changes.append(db.execute_sql("PRAGMA schema_version").fetchone()[0])
        register.close()
    assert told[0] == told[1]
    assert changes[1] < changes[0] / 1.5, "it was altered all the same"


_OF_A_FILE = ("user_version", "application_id", "page_size", "encoding", "auto_vacuum")
