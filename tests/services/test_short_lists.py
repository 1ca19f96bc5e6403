# SPDX-License-Identifier: Apache-2.0
"""A short list beside a long register looks for its people one by one, and finds the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office_builders import a_list, a_row, import_file, merge

from imp_plus_desktop.domain.values.identifiers import normalise
from imp_plus_desktop.services.duplicates import in_register
from imp_plus_desktop.services.duplicates.in_register import InRegister
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.archive.known_people import known_people
from imp_plus_desktop.storage.history import writings

pytestmark = pytest.mark.mostly_long(
    "test_a_row_without_numbers_is_held_against_everybody_s_name",
    "test_only_those_are_read_whom_a_number_may_name",
    "test_the_numbers_that_a_hand_corrected_are_those_of_before",
    "test_what_a_short_list_asks_does_not_grow_with_the_register",
)

MANY = 260


@pytest.fixture
def long_register(office: Office, tmp_path: Path) -> Office:
    """Many people, some of whose numbers are written otherwise, corrected, merged or undone."""
    rows = [a_row(number) for number in range(1, MANY)]
    rows[3] |= {"uci": "11-2233-4455"}
    rows[4] |= {"uci": "1122334466", "file_number": "F1234567890"}
    import_file(office, a_list(tmp_path / "many.xlsx", rows))
    # Today they come in as they are compared; an older register may hold them otherwise.
    db = office.register.db
    db.execute_sql("UPDATE person SET individual_reference = 'c 1000004' WHERE id = 4")
    db.execute_sql("UPDATE person SET uci = '11\u00a02233\u00a04477' WHERE id = 6")
    db.execute_sql("UPDATE person SET file_number = 'f-1234567891' WHERE id = 7")
    people.edit(office, 8, {"individual_reference": "C2000008"})
    people.edit(office, 9, {"uci": "1199887766"})
    people.edit(office, 9, {"uci": "1199887755"})
    merge(office, 11, 12)
    return office


def rows_of_interest() -> dict[str, dict[str, Any]]:
    return {
        "the same again": a_row(2),
        "another phone": a_row(3, phone="418 111 2222"),
        "a reference written with a space": a_row(4, email="x@example.org"),
        "its own space left out": a_row(400, individual_reference="C1000004", uci=None),
        "a UCI with other hyphens": a_row(401, individual_reference=None, uci="1122-334466"),
        "a UCI without its spaces": a_row(402, individual_reference=None, uci="1122334477"),
        "a file number without its hyphen": a_row(
            7, individual_reference=None, uci=None, file_number="F1234567891"
        ),
        "a number that was corrected": a_row(8, phone="418 333 4444"),
        "a UCI that was corrected": a_row(9, individual_reference=None, uci="1199887766"),
        "the number of a file that was merged": a_row(12),
        "a clash": a_row(403, individual_reference="C1000002", uci="1122334466"),
        "somebody new": a_row(404),
    }


def plan(office: Office, folder: Path, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    preview = imports.open_file(office, a_list(folder / "short.xlsx", rows))
    return [
        (row.effect, row.person_id, row.operations, row.issues, row.candidates)
        for sheet in preview.sheets
        for row in sheet.rows
    ]


@pytest.mark.parametrize("name", [*rows_of_interest(), "all of them"])
def test_a_short_list_is_planned_as_a_long_one_would_be(
    long_register: Office, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = rows_of_interest()
    rows = list(every.values()) if name == "all of them" else [every[name]]
    short = plan(long_register, tmp_path, rows)
    monkeypatch.setattr(in_register, "_SHORT", 10**9)
    assert plan(long_register, tmp_path, rows) == short


def test_a_row_without_numbers_is_held_against_everybody_s_name(
    long_register: Office, tmp_path: Path
) -> None:
    row = a_row(20, individual_reference=None, uci=None)
    ((effect, _person, _operations, _issues, candidates),) = plan(long_register, tmp_path, [row])
    assert effect is imports.Effect.REVIEW
    assert candidates[0].person_id == 20


def test_only_those_are_read_whom_a_number_may_name(long_register: Office) -> None:
    register = long_register.register
    everybody = {person.id: person for person in known_people(register)}
    assert len(everybody) == MANY - 2
    for wanted in (
        "C1000002",
        "1122334466",
        "F1234567890",
        "F1234567891",
        "C1000004",
        "1122334477",
    ):
        some = known_people(register, [wanted])
        assert {
            person.id
            for person in everybody.values()
            for number in (person.individual_reference, person.uci, person.file_number)
            if number and normalise(number) == wanted
        } <= {person.id for person in some}
        assert all(everybody[person.id] == person for person in some)
        assert len(some) < 6


def test_the_numbers_that_a_hand_corrected_are_those_of_before(long_register: Office) -> None:
    assert writings.corrected_numbers(long_register.register) == {
        ("individual_reference", "C1000008"): 8,
        ("uci", "1199887766"): 9,
    }


def steps_of(office: Office, work: Callable[[], object]) -> int:
    """How many thousands of SQLite's own steps it takes."""
    count = 0

    def more() -> int:
        nonlocal count
        count += 1
        return 0

    connection = office.register.db.connection()
    connection.set_progress_handler(more, 100)
    work()
    connection.set_progress_handler(None, 0)
    return count


@pytest.mark.of_a_file("counts the steps of a file’s engine")
def test_what_a_short_list_asks_does_not_grow_with_the_register(
    office: Office, tmp_path: Path
) -> None:
    def asked() -> int:
        values = [a_row(900 + number) for number in range(3)]
        known = InRegister(office, values)

        def work() -> None:
            known.settle([json.dumps(value, default=str) for value in values])
            assert not known.people.nobody
            assert known.holder(("application_number", "W1")) is None

        return steps_of(office, work)

    import_file(office, a_list(tmp_path / "a.xlsx", [a_row(n) for n in range(1, 60)]))
    few = asked()
    import_file(office, a_list(tmp_path / "b.xlsx", [a_row(n) for n in range(60, 700)]))
    assert asked() <= few + 5
