# SPDX-License-Identifier: Apache-2.0
"""An import goes and comes back as it came: a change a file, and every row exactly as it was."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from office_builders import a_list, a_row, import_file, set_cap
from office_builders import places as places_used
from tampering import unguarded

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder, people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.history import changes, replay, touched
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.tables.schema import ENTITIES

Rows = dict[str, list[dict[str, Any]]]


def every_row(register: Register) -> Rows:
    """All that acts write, as it is stored."""
    return {
        entity: queries.fetch(register, f"SELECT * FROM {entity} ORDER BY id")
        for entity in ENTITIES
    }


def kept_changes(register: Register, act: int | None) -> dict[str, int]:
    rows = queries.fetch(
        register,
        "SELECT entity, COUNT(*) AS n FROM change WHERE act_id = ? GROUP BY entity",
        (act,),
    )
    return {row["entity"]: row["n"] for row in rows}


def with_history(number: int, **changed: Any) -> dict[str, Any]:
    told = {
        "application_number": f"W30000000{number}", "received_at": date(2023, 10, number),
        "outcome": "Approuvée", "decided_on": date(2023, 11, number),
        "permit_number": f"U40000000{number}", "permit_from": date(2023, 11, number),
        "permit_until": date(2025, 11, number),
    }  # fmt: skip
    return a_row(number, **told | changed)


def bring(office: Office, folder: Path, rows: list[dict[str, Any]], name: str = "list") -> int:
    act = import_file(office, a_list(folder / f"{name}.xlsx", rows)).act
    assert act is not None
    return act


def test_files_go_and_come_back_in_one_change_each_with_every_row_as_it_was(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [with_history(1), a_row(2), with_history(3)])
    summary.refresh(office)
    register, before = office.register, every_row(office.register)
    for _turn in range(2):
        undone = history.undo(office)
        assert (undone.kept, undone.reverted) == ((), 3 + 3 + 3 + 2 + 2)
        assert not any(every_row(register).values())
        assert kept_changes(register, undone.act) == {"ledger_entry": 1, "person": 3}
        assert places_used(register) == (0, 0, 0)
        assert checking.check(office).passed
        back = history.undo(office, undone.act)
        assert (back.kept, back.reverted) == ((), undone.reverted)
        assert kept_changes(register, back.act) == {"ledger_entry": 1, "person": 3}
        assert every_row(register) == before
        assert places_used(register) == (2, 2, 2)
        assert checking.check(office).passed


def test_the_ledger_of_letters_and_permits_follows_files_that_go_and_come_back(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [with_history(1), a_row(2)])
    sums = "SELECT ledger, SUM(delta) AS n FROM mifi_entry GROUP BY ledger ORDER BY ledger"

    def booked() -> list[int]:
        return [row["n"] for row in queries.fetch(office.register, sums)]

    assert booked() == [2, 1]
    undone = history.undo(office)
    assert booked() == [0, 0]
    history.undo(office, undone.act)
    assert booked() == [2, 1]


def test_nobody_is_found_any_more_whose_file_went(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, [a_row(number) for number in range(1, 40)])
    summary.refresh(office)
    db = office.register.db
    for table in ("person_search_words", "person_search_near", "standing"):
        assert db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0] > 0
    history.undo(office)
    for table in ("person_search_words", "person_search_near", "standing"):
        assert db.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0] == 0
    assert db.search.is_sound()


def test_the_history_of_a_file_tells_that_its_letter_went_and_came_back(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [a_row(1)])
    day = people.file(office, 1).letters[0].letter_date.isoformat()
    history.undo(office, history.undo(office).act)
    told = [
        (change.before, change.after)
        for change in history.changes(office, 1)
        if (change.entity, change.field) == ("letter", "letter_date")
    ]
    assert told == [(None, day), (day, None), (None, day)]


def test_what_an_undo_touched_names_the_rows_that_went_with_their_files(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [a_row(1), a_row(2)])
    undone = history.undo(office)
    made = office.made[-1].touched
    assert made.ids["letter"] == made.ids["person"] == made.people == {1, 2}
    assert undone.act is not None
    assert touched.touched_after(office.register, undone.act - 1, ()) == made


def test_a_value_that_a_half_kept_undo_left_behind_comes_back_with_its_file(
    office: Office, tmp_path: Path
) -> None:
    """Later acts that take each other back need not leave what was there before them."""
    imported = bring(office, tmp_path, [a_row(1), a_row(2)])
    first = people.edit(office, 1, {"phone": "111 1111", "email": "a@example.org"}).act
    second = people.edit(office, 1, {"email": "b@example.org"}).act
    assert history.undo(office, first).kept
    history.undo(office, second)
    assert people.file(office, 1).person.email == "a@example.org"
    before = every_row(office.register)
    undone = history.undo(office, imported)
    assert people.count(office) == 0
    history.undo(office, undone.act)
    assert every_row(office.register) == before
    assert checking.check(office).passed


def test_who_was_worked_on_stays_and_all_others_go_whole(office: Office, tmp_path: Path) -> None:
    act = bring(office, tmp_path, [a_row(number) for number in range(1, 8)])
    folder.add_note(office, 3, "Appelée.")
    undone = history.undo(office, act)
    assert {kept.id for kept in undone.kept if kept.entity == "person"} == {3}
    assert [row["id"] for row in every_row(office.register)["person"]] == [3]
    assert kept_changes(office.register, undone.act) == {"person": 6}
    assert checking.check(office).passed
    history.undo(office, undone.act)
    assert people.count(office) == 7
    assert checking.check(office).passed


def test_whose_number_is_another_s_by_now_stays_away_and_all_others_come_back(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [a_row(number) for number in range(1, 10)])
    undone = history.undo(office)
    other = a_row(77, individual_reference=a_row(4)["individual_reference"])
    bring(office, tmp_path, [other], "other")
    back = history.undo(office, undone.act)
    assert {kept.id for kept in back.kept if kept.entity == "person"} == {4}
    assert {kept.entity for kept in back.kept} >= {"person", "letter", "residence"}
    assert people.count(office) == 9
    assert checking.check(office).passed


def test_a_place_that_another_took_meanwhile_is_replaced_by_a_free_one(
    office: Office, tmp_path: Path
) -> None:
    set_cap(office, 1)
    bring(office, tmp_path, [with_history(1), with_history(2), a_row(3)])
    undone = history.undo(office)
    bring(office, tmp_path, [with_history(5, application_number="W399999999")], "other")
    back = history.undo(office, undone.act)
    assert back.kept == ()
    assert places_used(office.register) == (3, 3, 3)
    held = queries.fetch(office.register, "SELECT place FROM application ORDER BY place")
    assert [row["place"] for row in held] == [1, 2, 3]
    assert checking.check(office).passed


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE change SET after = NULL, before = after WHERE id = 2", "changed: person 2"),
        ("DELETE FROM letter WHERE id = 2", "changed: letter 2"),
        ("UPDATE residence SET country = 'MLI' WHERE id = 3", "changed: residence 3"),
    ],
)
def test_a_row_that_came_back_is_held_against_the_change_of_its_coming_back(
    office: Office, tmp_path: Path, statement: str, fault: str
) -> None:
    bring(office, tmp_path, [a_row(number) for number in (1, 2, 3)])
    history.undo(office, history.undo(office).act)
    assert replay.row_fault(office.register) is None
    office.register.db.execute_sql(
        statement.replace("WHERE id = 2", "WHERE act_id = 3 AND entity_id = 2")
        if "change" in statement
        else statement
    )
    assert replay.row_fault(office.register) == fault


def test_a_row_that_is_there_although_its_file_went_is_found(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [a_row(1), a_row(2)])
    bring(office, tmp_path, [a_row(3)], "other")
    history.undo(office, 1)
    office.register.db.execute_sql(
        "INSERT INTO letter (id, person_id, letter_date) VALUES (2, 3, '2023-01-02')"
    )
    assert replay.row_fault(office.register) == "changed: letter 2"


def test_an_entry_of_places_given_back_together_is_found_when_it_was_altered(
    office: Office, tmp_path: Path
) -> None:
    bring(office, tmp_path, [with_history(1), with_history(2)])
    history.undo(office)
    db = office.register.db
    assert replay.ledger_fault(office.register) is None
    unguarded(db)
    db.execute_sql("UPDATE ledger_entry SET reason = 'forged' WHERE id = 4")
    assert replay.ledger_fault(office.register) == "entry: 4"


def test_the_changes_of_an_undo_are_told_row_by_row_children_first(
    office: Office, tmp_path: Path
) -> None:
    act = bring(office, tmp_path, [with_history(1), with_history(2)])
    undone = history.undo(office)
    assert undone.act is not None
    came = changes.changes(office.register, act)
    went = changes.changes(office.register, undone.act)
    assert [c.entity for c in came[:2]] == [c.entity for c in went[-2:]] == ["person"] * 2
    assert [(c.entity, c.entity_id, c.after) for c in came] == [
        (c.entity, c.entity_id, c.before) for c in reversed(went)
    ]
    stored = queries.fetch(
        office.register, "SELECT after FROM change WHERE act_id = ? AND entity = 'person'", (act,)
    )
    assert json.loads(stored[0]["after"])["id"] == 1


def test_a_file_that_got_a_row_of_another_s_is_not_taken_out_from_under_it(
    office: Office, tmp_path: Path
) -> None:
    """A row that nobody's change tells of stands in the way, and nobody else."""
    act = bring(office, tmp_path, [a_row(number) for number in range(1, 6)])
    office.register.db.execute_sql(
        "INSERT INTO note (person_id, text) VALUES (2, 'from elsewhere')"
    )
    undone = history.undo(office, act)
    assert {kept.id for kept in undone.kept if kept.entity == "person"} == {2}
    assert [row["id"] for row in every_row(office.register)["person"]] == [2]
