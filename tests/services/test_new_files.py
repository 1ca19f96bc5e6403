# SPDX-License-Identifier: Apache-2.0
"""Many new people written at once are what each of them would be alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import programme
from hypothesis import given
from hypothesis import strategies as st
from office_builders import FILES, a_list, a_row, import_file
from office_builders import places as places_used
from tampering import unguarded

from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.fields import field_plan, new_people
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.imports.planning.row_keys import row_key, row_keys, values_json
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.proof import checking
from imp_plus_desktop.storage.history import acts, changes, replay
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.reads import queries
from imp_plus_desktop.storage.tables.columns import encode
from imp_plus_desktop.storage.tables.serialization import as_one, dump_record, serialized

pytestmark = pytest.mark.mostly_long(
    "test_new_files_hold_what_a_plan_of_each_would_write",
    "test_a_new_file_is_one_change_that_tells_every_row_of_it",
    "test_an_instant_in_a_key_keeps_its_hour",
)

days = st.dates(date(1950, 1, 1), date(2026, 12, 31))
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "given_names": words,
    "individual_reference": words,
    "birth_date": days,
    "spouse": st.booleans(),
    "children": st.integers(0, 9),
    "pr_state": st.sampled_from(["in_process", "approved"]),
    "residence_country": st.sampled_from(["MAR", "CAN"]),
    "residence_province": st.sampled_from(["ON", "AB"]),
    "letter_date": days,
    "letter_received_date": days,
    "passport_number": words,
    "passport_expiry": days,
    "received_at": st.datetimes(timezones=st.just(UTC)),
    "outcome": st.sampled_from(["approved", "refused", "withdrawn"]),
    "submitted_on": days,
    "application_number": words,
    "application_kind": st.sampled_from(["first", "extension"]),
    "decided_on": days,
    "permit_number": words,
    "permit_from": days,
    "permit_until": days,
}
values = st.fixed_dictionaries({"family_name": words}, optional=FIELDS)
lone = st.fixed_dictionaries({"given_names": words}, optional={"birth_date": days})


@given(st.lists(values | lone, max_size=12))
def test_new_files_hold_what_a_plan_of_each_would_write(rows: list[dict[str, Any]]) -> None:
    made: dict[int, dict[str, dict[str, Any]]] = {}
    for places, of_entities in new_people.new_files(rows):
        for at, place in enumerate(places):
            made[place] = {
                entity: {name: column[at] for name, column in columns.items()}
                for entity, columns in of_entities.items()
            }
    assert sorted(made) == list(range(len(rows)))
    histories = new_people.histories(rows, programme())
    for place, row in enumerate(rows):
        try:
            planned = field_plan.plan(None, row, programme())
        except DomainError:
            assert histories[place] is None
            continue
        history = [op for op in planned if op.entity in ("application", "permit")]
        assert list(field_plan.plan_history(row, programme())) == history
        assert histories[place] == tuple(history)
        alone = {
            op.entity: {name: value for name, value in op.values.items() if value is not None}
            for op in planned
            if op not in history
        }
        assert made[place] == alone


@given(st.lists(values | st.just({}) | st.just({"email": None}), max_size=12))
def test_the_keys_of_many_rows_are_the_keys_of_each(rows: list[dict[str, Any]]) -> None:
    assert row_keys("people", rows) == [row_key("people", row) for row in rows]


@given(values)
def test_a_row_s_values_are_json_in_one_order_whatever_theirs(row: dict[str, Any]) -> None:
    backwards = dict(reversed(list(row.items())))
    assert values_json(row) == values_json(backwards)
    assert json.loads(values_json(row))["family_name"] == row["family_name"]


@given(
    st.lists(
        st.tuples(words, days, st.integers(), st.booleans(), st.sampled_from(PrState)), max_size=9
    )
)
def test_rows_by_columns_are_stored_and_told_as_each_alone(rows: list[tuple[Any, ...]]) -> None:
    names = ("word", "day", "number", "flag", "code")
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    made = serialized(columns)
    named, stored = as_one([made])
    alone = [{name: encode(v) for name, v in zip(names, row, strict=True)} for row in rows]
    assert (named, list(stored)) == ([*names], [tuple(row.values()) for row in alone])
    assert made.json() == [dump_record(row) for row in alone]


def test_rows_of_several_shapes_are_stored_as_one_and_each_leaves_what_it_has_not() -> None:
    shapes = ({"a": [1, 2], "b": ["x", "y"]}, {"c": [date(2024, 5, 1)], "a": [3]})
    names, rows = as_one([serialized(columns) for columns in shapes])
    assert names == ["a", "b", "c"]
    assert list(rows) == [(1, "x", None), (2, "y", None), (3, None, "2024-05-01")]


def test_a_new_file_is_one_change_that_tells_every_row_of_it(office: Office) -> None:
    done = import_file(office, FILES / "invitations-2023-fr.xlsx")
    assert done.act is not None
    register = office.register
    rows = queries.fetch(register, "SELECT entity, COUNT(*) AS n FROM change GROUP BY entity")
    assert rows == [{"entity": "person", "n": done.counts.new}]
    told = changes.changes(register, done.act)
    present = {
        entity: queries.scalar(register, f"SELECT COUNT(*) FROM {entity}")
        for entity in ("person", "letter", "residence", "passport")
    }
    assert {e: sum(c.entity == e for c in told) for e in present} == present
    assert acts.change_count(register, done.act) == sum(present.values())
    first = [change.entity for change in told[: done.counts.new]]
    assert set(first) == {"person"}, "parents before what hangs on them"
    assert journal.verify(register.db) is None
    assert replay.row_fault(register) is None


def test_the_history_of_a_file_that_came_in_whole_tells_its_letter(office: Office) -> None:
    import_file(office, FILES / "invitations-2023-fr.xlsx")
    file = people.file(office, 7)
    told = {(c.entity, c.field): c.after for c in history.changes(office, 7)}
    assert told["letter", "letter_date"] == file.letters[0].letter_date.isoformat()
    assert told["passport", "number"] == file.passports[0].number
    assert told["person", "family_name"] == file.person.family_name


def test_an_instant_in_a_key_keeps_its_hour() -> None:
    morning = {"received_at": datetime(2023, 5, 1, 9, tzinfo=UTC)}
    evening = {"received_at": datetime(2023, 5, 1, 21, tzinfo=UTC)}
    assert len(set(row_keys("people", [morning, evening]))) == 2


def with_history(number: int, **changes: Any) -> dict[str, Any]:
    told = {
        "application_number": f"W30000000{number}", "received_at": date(2024, 10, number),
        "outcome": "Approuvée", "decided_on": date(2024, 11, number),
        "permit_number": f"U40000000{number}", "permit_from": date(2024, 11, number),
        "permit_until": date(2026, 11, number),
    }  # fmt: skip
    return a_row(number, **told | changes)


def test_a_new_file_brings_its_application_and_permit_in_one_change(
    office: Office, tmp_path: Path
) -> None:
    rows = [with_history(1), a_row(2), with_history(3, permit_number=None)]
    waiting = dict.fromkeys(("outcome", "decided_on", "permit_from", "permit_until"))
    rows.append(with_history(4, permit_number=None, **waiting))
    done = import_file(office, a_list(tmp_path / "list.xlsx", rows))
    assert done.act is not None
    register = office.register
    kept = queries.fetch(register, "SELECT entity, COUNT(*) AS n FROM change GROUP BY entity")
    assert kept == [{"entity": "ledger_entry", "n": 1}, {"entity": "person", "n": 4}]
    told = [change.entity for change in changes.changes(register, done.act)]
    assert (told.count("application"), told.count("permit")) == (3, 2)
    assert told.index("application") < told.index("permit"), "parents before what hangs on them"
    files = [people.file(office, number) for number in range(1, 5)]
    assert [[a.application_number for a in file.applications] for file in files] == [
        ["W300000001"], [], ["W300000003"], ["W300000004"],
    ]  # fmt: skip
    assert [[(p.permit_number, p.valid_until) for p in file.permits] for file in files] == [
        [("U400000001", date(2026, 11, 1))], [], [(None, date(2026, 11, 3))], [],
    ]  # fmt: skip
    assert places_used(register, 2024) == (3, 3, 3)
    booked = "SELECT COALESCE(SUM(delta), 0) FROM mifi_entry WHERE ledger = 'permits'"
    assert queries.scalar(register, booked) == 2
    assert checking.check(office).passed
    history.undo(office)
    assert places_used(register, 2024) == (0, 0, 0)
    assert queries.scalar(register, booked) == 0
    assert queries.scalar(register, "SELECT COUNT(*) FROM application") == 0
    assert checking.check(office).passed


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE ledger_entry SET reason = 'forged' WHERE id = 1", "entry: 1"),
        ("UPDATE ledger_entry SET rule = 'forged' WHERE id = 2", "entry: 2"),
        ("UPDATE ledger_entry SET at = '2023-01-01T00:00:00Z' WHERE id = 3", "entry: 3"),
        ("UPDATE ledger_entry SET act_id = 2 WHERE id = 2", "entry: 2"),
        ("UPDATE ledger_entry SET id = 9 WHERE id = 3", "entry: 3"),
        (
            "INSERT INTO ledger_entry (act_id, application_id, cap_year, delta, reason, rule, at)"
            " SELECT act_id, application_id, cap_year, value, reason, rule, at FROM ledger_entry,"
            " (SELECT 1 AS value UNION ALL SELECT -1) AS two WHERE ledger_entry.id = 2",
            "entry: 4",
        ),
    ],
)
def test_an_entry_of_many_that_took_places_together_is_found_when_it_was_altered(
    office: Office, tmp_path: Path, statement: str, fault: str
) -> None:
    rows = [with_history(number) for number in (1, 2, 3)]
    import_file(office, a_list(tmp_path / "list.xlsx", rows))
    import_file(office, a_list(tmp_path / "other.xlsx", [a_row(4)]))
    db = office.register.db
    assert replay.ledger_fault(office.register) is None
    unguarded(db)
    db.execute_sql(statement)
    assert replay.ledger_fault(office.register) == fault
