# SPDX-License-Identifier: Apache-2.0
"""The journal verifies, finds every tampering, and lets a person be erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from new_registers import copy_of
from office_builders import TODAY, decide, invite, receive
from tampering import unguarded

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.storage.journal import erasures, journal

ACTS = 5


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of five acts: two people added, one received, decided and noted."""
    path = tmp_path_factory.mktemp("pattern") / "register.imp"
    office = open_office(path, today=TODAY)
    first = invite(office, 1)
    invite(office, 2)
    application = receive(office, first).application
    decide(office, application, "refused")
    folder.add_note(office, first, "Called; will appeal.")
    office.close()
    return path


@pytest.fixture
def written(pattern: Path, tmp_path: Path) -> Iterator[Office]:
    """An office on a copy of the pattern."""
    office = open_office(copy_of(pattern, tmp_path / "written.imp"), today=TODAY)
    yield office
    office.close()


def tampered(office: Office, *statements: str) -> int | None:
    """Change the tables behind the journal's back and ask for the first act that fails."""
    db = office.register.db
    unguarded(db)
    for statement in statements:
        assert db.execute_sql(statement).rowcount != 0, statement
    return journal.verify(db)


def test_an_empty_journal_verifies(office: Office) -> None:
    assert journal.verify(office.register.db) is None


def test_what_the_services_wrote_verifies(written: Office) -> None:
    db = written.register.db
    assert db.execute_sql("SELECT COUNT(*) FROM act").fetchone()[0] == ACTS
    assert journal.verify(db) is None


@pytest.mark.parametrize(
    ("statement", "act"),
    [
        ("UPDATE act SET who = 'somebody else' WHERE id = 3", 3),
        ("UPDATE act SET at = '2020-01-01T00:00:00Z' WHERE id = 2", 2),
        pytest.param(
            *("UPDATE act SET at = '2020-99-99T00:00:00Z' WHERE id = 2", 2),
            marks=pytest.mark.of_a_file("a server takes no moment that is none"),
        ),
        ("UPDATE act SET service = 'people.add' WHERE id = 3", 3),
        ("UPDATE act SET source_name = 'list.xlsx' WHERE id = 1", 1),
        ("UPDATE act SET undoes = 1 WHERE id = 4", 4),
        ("UPDATE act SET details = '{}' WHERE id = 4", 4),
        ("UPDATE act SET details = NULL WHERE id = 4", 4),
        ("UPDATE act SET digest = (SELECT digest FROM act WHERE id = 1) WHERE id = 3", 3),
        ("UPDATE act SET hash = (SELECT hash FROM act WHERE id = 1) WHERE id = 3", 3),
        ("UPDATE act SET salt = NULL, details = '{\"forged\":1}' WHERE id = 4", 4),
        ("UPDATE change SET after = replace(after, 'refused', 'approved') WHERE act_id = 4", 4),
        ("UPDATE change SET before = NULL WHERE act_id = 4", 4),
        ("UPDATE change SET entity_id = 2 WHERE act_id = 4", 4),
        ("UPDATE change SET entity = 'letter' WHERE act_id = 4", 4),
        ("UPDATE change SET person_id = 2 WHERE act_id = 4", 4),
        ("UPDATE change SET sheet = 'Liste', row = 7 WHERE act_id = 4", 4),
        ("UPDATE change SET salt = NULL, after = '{\"forged\":1}' WHERE act_id = 4", 4),
        ("UPDATE change SET act_id = 5 WHERE act_id = 4", 4),
        ("DELETE FROM change WHERE act_id = 4", 4),
        ("DELETE FROM change WHERE id = (SELECT MIN(id) FROM change WHERE act_id = 1)", 1),
        ("DELETE FROM act WHERE id = 1", 2),
        ("DELETE FROM act WHERE id = 3", 4),
        ("INSERT INTO change (act_id, entity, entity_id, digest)"
         " SELECT 2, entity, entity_id, digest FROM change WHERE act_id = 1", 2),
    ],
)  # fmt: skip
def test_a_change_behind_its_back_is_found(written: Office, statement: str, act: int) -> None:
    assert tampered(written, statement) == act


def test_two_changes_of_an_act_cannot_change_places(written: Office) -> None:
    first, second = written.register.db.execute_sql(
        "SELECT id FROM change WHERE act_id = 1 ORDER BY id LIMIT 2"
    ).fetchall()
    swap = [(first[0], 10_000), (second[0], first[0]), (10_000, second[0])]
    statements = [f"UPDATE change SET id = {to} WHERE id = {at}" for at, to in swap]
    assert tampered(written, *statements) == 1


def test_two_acts_cannot_change_places(written: Office) -> None:
    swap = [(1, 10_000), (2, 1), (10_000, 2)]
    statements = [
        f"UPDATE {table} SET {column} = {to} WHERE {column} = {at}"
        for at, to in swap
        for table, column in (("act", "id"), ("change", "act_id"))
    ]
    assert tampered(written, *statements) == 1


def test_the_last_acts_cannot_vanish(written: Office) -> None:
    """Nothing after them would fail to follow; the register remembers how far it had counted."""
    found = tampered(written, "DELETE FROM change WHERE act_id = 5", "DELETE FROM act WHERE id = 5")
    assert found == 5


BLANK = "UPDATE change SET before = NULL, after = NULL, sheet = NULL, row = NULL, salt = NULL"


def sign(office: Office, changes: list[int], acts: tuple[int, ...] = ()) -> None:
    """The act that signs for payloads that are blanked."""
    with office.act(erasures.SERVICE) as act:
        act.always = True
        act.details |= erasures.details(changes, acts, ())


def of_person(office: Office, person: int) -> list[int]:
    rows = office.register.db.execute_sql("SELECT id FROM change WHERE person_id = ?", (person,))
    return [row[0] for row in rows.fetchall()]


def test_a_person_can_be_erased_and_the_chain_still_verifies(written: Office) -> None:
    sign(written, of_person(written, 1), (4,))
    blanked = (
        f"{BLANK} WHERE person_id = 1",
        "UPDATE act SET details = NULL, salt = NULL WHERE id = 4",
    )
    assert tampered(written, *blanked) is None


def test_a_blank_that_no_erasure_signs_for_is_found(written: Office) -> None:
    sign(written, of_person(written, 2))
    assert tampered(written, f"{BLANK} WHERE act_id = 4") == 4


def test_blank_details_that_no_erasure_signs_for_are_found(written: Office) -> None:
    sign(written, of_person(written, 1), (3,))
    assert tampered(written, "UPDATE act SET details = NULL, salt = NULL WHERE id = 4") == 4


def test_an_erasure_cannot_be_made_to_sign_for_more(written: Office) -> None:
    sign(written, [])
    db = written.register.db
    told = json.loads(db.execute_sql("SELECT details FROM act WHERE id = 6").fetchone()[0])
    numbers = db.execute_sql("SELECT id FROM change WHERE act_id = 4").fetchall()
    told["blanked"]["changes"] = [number for (number,) in numbers]
    altered = json.dumps(told, separators=(",", ":"))
    found = tampered(
        written,
        f"{BLANK} WHERE act_id = 4",
        f"UPDATE act SET details = '{altered}' WHERE id = 6",
    )
    assert found == 6


@pytest.mark.parametrize("text", ["[7]", "7", "{", '{"blanked":3}', '{"blanked":{"acts":[[]]}}'])
def test_an_erasure_altered_into_nonsense_is_found_too(written: Office, text: str) -> None:
    sign(written, of_person(written, 1))
    assert tampered(written, f"UPDATE act SET details = '{text}' WHERE id = 6") == 6


def test_an_erased_change_still_cannot_be_removed(written: Office) -> None:
    sign(written, of_person(written, 1))
    written.register.db.execute_sql(f"{BLANK} WHERE person_id = 1")
    assert tampered(written, "DELETE FROM change WHERE act_id = 4") == 4


def test_the_journal_keeps_what_was_before_and_after(written: Office) -> None:
    row = written.register.db.execute_sql(
        "SELECT before, after FROM change WHERE act_id = 4 AND entity = 'application'"
    ).fetchone()
    assert row[0] == '{"decided_on":null,"outcome":null,"state":"received"}'
    assert row[1] == '{"decided_on":"2023-11-22","outcome":"refused","state":"refused"}'


def test_an_act_that_changes_nothing_leaves_no_trace(office: Office) -> None:
    person = invite(office)
    before = office.register.db.execute_sql("SELECT COUNT(*) FROM act").fetchone()
    with office.act("people.edit") as act:
        act.update("person", person, {"given_names": "Amine"})
    assert act.id is None
    assert office.register.db.execute_sql("SELECT COUNT(*) FROM act").fetchone() == before


def test_an_error_inside_an_act_undoes_all_of_it(office: Office) -> None:
    def fail() -> None:
        with office.act("people.add") as act:
            act.insert("person", {"family_name": "Benali"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert office.register.is_empty()
    assert office.register.db.execute_sql("SELECT COUNT(*) FROM person").fetchone()[0] == 0
