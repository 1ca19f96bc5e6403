# SPDX-License-Identifier: Apache-2.0
"""What the tables themselves refuse, whatever the program above them does."""

from __future__ import annotations

import peewee
import pytest
from office_builders import AT, YEAR, invite, places, receive, set_cap
from tampering import codes_of

from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.fields import Field
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.engines import CONSTRAINT_ERRORS
from imp_plus_desktop.storage.history import acts, replay
from imp_plus_desktop.storage.journal import cap_places, journal
from imp_plus_desktop.storage.journal.register import Register


@pytest.fixture
def held(office: Office) -> Office:
    """Person 1 with application 1, which holds place 1 of the year; person 2 waits."""
    receive(office, invite(office, 1))
    invite(office, 2)
    return office


REFUSED = (
    "UPDATE person SET birth_date = '2023-02-31' WHERE id = 1",
    "UPDATE person SET birth_date = '1990-4-2' WHERE id = 1",
    "UPDATE person SET birth_date = 'yesterday' WHERE id = 1",
    "UPDATE person SET birth_date = 1990 WHERE id = 1",
    "UPDATE person SET family_name = '' WHERE id = 1",
    "UPDATE person SET family_name = NULL WHERE id = 1",
    "UPDATE person SET sex = 'female' WHERE id = 1",
    "UPDATE person SET citizenship = 'Maroc' WHERE id = 1",
    "UPDATE person SET pr_state = 'lost' WHERE id = 1",
    "UPDATE person SET r206 = 2 WHERE id = 1",
    "UPDATE person SET r199 = 2 WHERE id = 1",
    "UPDATE person SET canada_status = 'tourist' WHERE id = 1",
    "UPDATE person SET children = -1 WHERE id = 1",
    "UPDATE person SET individual_reference = 'C1000001' WHERE id = 2",
    "INSERT INTO letter (person_id, letter_date) VALUES (1, '2023-09-01')",
    "INSERT INTO letter (person_id, letter_date) VALUES (1, NULL)",
    "INSERT INTO letter (person_id, letter_date) VALUES (99, '2023-09-02')",
    "INSERT INTO residence (person_id, country) VALUES (1, 'Maroc')",
    "INSERT INTO residence (person_id, country, province) VALUES (1, 'CAN', 'Ontario')",
    "INSERT INTO residence (person_id, country, from_day, until_day)"
    " VALUES (1, 'MAR', '2023-02-01', '2023-01-31')",
    "INSERT INTO passport (person_id) VALUES (1)",
    "INSERT INTO member (person_id, relation, family_name) VALUES (1, 'cousin', 'Benali')",
    "INSERT INTO document (person_id, type, state) VALUES (1, 'csq', 'lost')",
    "INSERT INTO note (person_id, text, written_at) VALUES (1, '', '2023-11-22T10:00:00Z')",
    "INSERT INTO note (person_id, text, written_at) VALUES (1, 'Called', '2023-11-22 10:00')",
    "INSERT INTO permit (application_id, valid_from, valid_until, limited_by, province)"
    " VALUES (1, '2023-11-22', '2026-11-22', 'term', 'ON')",
    "INSERT INTO permit (application_id, valid_from, valid_until, limited_by)"
    " VALUES (1, '2023-11-22', '2023-11-21', 'term')",
    "INSERT INTO application (person_id, code, kind, state, cap_year, place)"
    " VALUES (2, 'A76', 'first', 'received', 2023, 1)",
    "INSERT INTO application (person_id, code, kind, state, cap_year, place)"
    " VALUES (2, 'A76', 'first', 'received', NULL, 2)",
    "INSERT INTO application (person_id, code, kind, state, cap_year, place)"
    " VALUES (2, 'A76', 'first', 'received', 2023, 0)",
    "INSERT INTO application (person_id, code, kind, state, cap_year, place)"
    " VALUES (2, 'A76', 'first', 'cancelled_over_cap', 2023, 2)",
    "INSERT INTO application (person_id, code, kind, state) VALUES (2, 'A75', 'first', 'received')",
    "INSERT INTO application (person_id, code, kind, state, received_at)"
    " VALUES (2, 'A76', 'first', 'received', '2023-11-20')",
    "INSERT INTO cap_limit (ledger, year, cap, from_day, reason)"
    " VALUES ('applications', 2023, 5, '2023-01-01', '')",
    "INSERT INTO cap_limit (ledger, year, cap, from_day, reason)"
    " VALUES ('applications', 2023, -5, '2023-01-01', 'because')",
    "UPDATE cap_counter SET used = -1 WHERE year = 2023",
    "UPDATE ledger_entry SET delta = -1",
    "UPDATE ledger_entry SET reason = 'corrected'",
    "DELETE FROM ledger_entry",
    "DELETE FROM person WHERE id = 1",
    "DELETE FROM application",
)  # fmt: skip


def test_the_tables_refuse_what_cannot_be(held: Office) -> None:
    db = held.register.db
    accepted = []
    for statement in REFUSED:
        with db.atomic() as outer:
            try:
                db.execute_sql(statement)
            except peewee.IntegrityError:
                continue
            finally:
                outer.rollback()
        accepted.append(statement)
    assert accepted == ["DELETE FROM application"]  # a ledger entry outlives its application


def test_an_entry_that_names_a_ceiling_never_passes_it(held: Office) -> None:
    """The second lock: even if the counter were wrong, the ledger refuses."""
    db = held.register.db
    db.execute_sql("UPDATE cap_counter SET used = 0 WHERE year = ?", (YEAR,))
    set_cap(held, 1)

    def take() -> None:
        with held.act("test") as act:
            cap_places.take_place(act, 99, YEAR, 1, "received", "CAP-01")

    with pytest.raises(CONSTRAINT_ERRORS, match="no place left"):
        take()
    assert len(acts.ledger(held.register, YEAR)) == 1


@pytest.mark.of_a_file("history without its list, which a server refuses")
def test_many_applications_of_the_past_take_the_lowest_free_places(office: Office) -> None:
    with office.act("test") as act:
        person = act.insert("person", {"family_name": "Benali"})
        cap_places.take_places(act, [1, 2, 3], YEAR, "imported", "CAP-01")
        row = {"code": "A76", "kind": "first", "state": "received", "received_at": AT}
        rows = [
            {**row, "id": number, "person_id": person, "cap_year": YEAR, "place": place}
            for number, place in ((1, 1), (2, 2), (3, 3))
        ]
        act.insert_many("application", rows, [person] * 3, [("S", 2)] * 3)
        cap_places.give_back(act, 2, YEAR, "undone", "CAP-03")
        act.update("application", 2, {"place": None})
        assert cap_places.take_places(act, [4, 5], YEAR, "imported", "CAP-01") == [2, 4]
        later = [
            {**row, "id": number, "person_id": person, "cap_year": YEAR, "place": place}
            for number, place in ((4, 2), (5, 4))
        ]
        act.insert_many("application", later, [person] * 2, [("S", 3)] * 2)
    assert places(office.register, YEAR) == (4, 4, 4)
    assert replay.ledger_fault(office.register) is None
    assert replay.row_fault(office.register) is None


def test_the_lowest_free_place_is_taken(office: Office) -> None:
    with office.act("test") as act:
        person = act.insert("person", {"family_name": "Benali"})
        application = {"person_id": person, "code": "A76", "kind": "first", "state": "received",
                       "received_at": AT, "cap_year": YEAR}  # fmt: skip
        for number in range(1, 5):
            place = cap_places.take_place(act, number, YEAR, None, "received", "CAP-01")
            assert place == number
            act.insert("application", {**application, "id": number, "place": place})
        for number in (2, 3):
            act.update("application", number, {"place": None})
            cap_places.give_back(act, number, YEAR, "returned", "CAP-05")
        assert cap_places.take_place(act, 9, YEAR, None, "received", "CAP-01") == 2
        act.insert("application", {**application, "id": 9, "place": 2})


def test_ids_are_never_given_out_again(office: Office) -> None:
    for _round in range(2):
        with office.act("test") as act:
            number = act.insert("person", {"family_name": "Benali"})
        with office.act("test") as act:
            act.delete("person", number)
    with office.act("test") as act:
        assert act.insert("person", {"family_name": "Benali"}) == 3


@pytest.mark.of_a_file("rows that no act tells of, which a server refuses at once")
def test_the_ledgers_fault_is_found(held: Office) -> None:
    db = held.register.db
    assert replay.ledger_fault(held.register) is None
    with db.atomic() as change:
        db.execute_sql("UPDATE cap_counter SET used = 5 WHERE year = ?", (YEAR,))
        assert replay.ledger_fault(held.register) == f"differs: {YEAR}"
        change.rollback()
    with db.atomic() as change:
        db.execute_sql("UPDATE application SET place = NULL")
        assert replay.ledger_fault(held.register) == f"differs: {YEAR}"
        change.rollback()
    with db.atomic() as change:
        db.execute_sql(
            "INSERT INTO ledger_entry (act_id, application_id, cap_year, delta, reason, rule, at)"
            " VALUES (1, 1, 2021, 1, 'forged', 'CAP-01', '2021-01-01T00:00:00Z')"
        )
        assert replay.ledger_fault(held.register) == "differs: 2021"
        change.rollback()
    assert replay.ledger_fault(held.register) is None
    assert journal.verify(db) is None


CODED = [
    field
    for fields in FIELDS.values()
    for field in fields
    if field.code is not None and (field.entity, field.name) != ("document", "type")
]
"""The kinds of documents grow with the checklist; their table has never named them."""


@pytest.mark.parametrize("field", CODED, ids=lambda field: f"{field.entity}.{field.name}")
def test_a_column_of_codes_takes_its_codes_and_no_other(register: Register, field: Field) -> None:
    known = {code.value for code in field.code or ()}
    assert codes_of(register.db, field.entity, field.name) == known
