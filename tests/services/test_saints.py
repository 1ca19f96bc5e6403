# SPDX-License-Identifier: Apache-2.0
"""St and Saint, Ste and Sainte are one word: to lists, hands, the search and old registers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
from new_registers import new_office
from office_builders import FILES, import_file, invite, person_values

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.services.duplicates import twins
from imp_plus_desktop.services.imports import review
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.storage.migrations import steps, steps_10_to_12

TODAY = date(2026, 11, 20)


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Office]:
    """An office of a day after the lists."""
    opened = new_office(tmp_path / "later.imp", TODAY)
    yield opened
    opened.close()


def test_a_row_that_cuts_saint_short_is_held_beside_the_person_it_may_be(later: Office) -> None:
    done = import_file(later, FILES / "saint-1-register.csv")
    assert done.counts.new == 2
    done = import_file(later, FILES / "saint-2-abbreviated.csv")
    assert (done.counts.new, done.counts.review) == (0, 2)
    held = {row.name: row for row in review.rows(later)}
    assert {name: row.candidates[0].name for name, row in held.items()} == {
        "St-Pierre, Luc": "Saint-Pierre, Luc",
        "Ste-Marie, Julie": "Sainte-Marie, Julie",
    }
    assert held["St-Pierre, Luc"].because == ("name_short", "birth_same")


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("Saint-Pierre", "st-pierre"),
        ("Saint-Pierre", "St. Pierre"),
        ("St-Pierre", "saint pierre"),
        ("Ste-Marie", "Sainte-Marie"),
        ("Sainte-Marie", "STE MARIE"),
    ],
)
def test_the_search_for_one_finds_the_other(office: Office, held: str, typed: str) -> None:
    person = invite(office, 1, family_name=held)
    invite(office, 2, family_name="Pierre-Marie")
    assert list(people.ids(office, PeopleFilter(text=typed))) == [person]


def test_somebody_typed_in_with_saint_cut_short_is_told_of_the_twin(office: Office) -> None:
    person = invite(office, 1, family_name="Saint-Pierre", given_names="Luc")
    typed = person_values(2, family_name="St-Pierre", given_names="Luc")
    found = twins.find(office, {n: typed[n] for n in ("family_name", "given_names", "birth_date")})
    assert [(twin.person, twin.because) for twin in found] == [(person, ("name_and_birth",))]


def test_a_register_of_before_finds_saints_once_it_has_been_opened(tmp_path: Path) -> None:
    """Its lines are of today and rest on today's figures: only the step makes them anew."""
    other = new_office(tmp_path / "new.imp", TODAY)
    invite(other, 1)
    assert len(people.ids(other, PeopleFilter())) == 1
    ((figures,),) = other.register.db.execute_sql("SELECT figures FROM standing_figures").fetchall()
    other.close()
    path = tmp_path / "old.imp"
    db = sqlite.connect(str(path))
    before = next(n for n, done in steps.MIGRATIONS if done == steps_10_to_12.TENTH) - 1
    for statement in (s for n, step in steps.MIGRATIONS if n <= before for s in step):
        db.execute(statement)
    db.execute("INSERT INTO person (id, family_name) VALUES (1, 'St-Pierre')")
    db.execute(
        "INSERT INTO standing (person_id, sort_key, status, verdict, computed_on, cap_full,"
        " short_passport) VALUES (1, 'st pierre', 'invited', 'unknown', ?, 0, 0)",
        (TODAY.isoformat(),),
    )
    db.execute("INSERT INTO standing_figures (id, figures) VALUES (1, ?)", (figures,))
    # As the version before left it: the index knows the name as it is written alone.
    db.execute("INSERT INTO person_search (rowid, text) VALUES (1, 'st pierre')")
    db.execute(f"PRAGMA user_version = {before}")
    db.execute(f"PRAGMA application_id = {steps.APPLICATION_ID}")
    db.commit()
    db.close()
    office = open_office(path, today=TODAY)
    assert list(people.ids(office, PeopleFilter(text="saint-pierre"))) == [1]
    office.close()
