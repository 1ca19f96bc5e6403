# SPDX-License-Identifier: Apache-2.0
"""What an act says that it touched is what it wrote: as it is made, and as the journal tells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from new_registers import copy_of
from office_builders import (
    TODAY,
    a_list,
    add_member,
    import_file,
    invite,
    merge,
    person_values,
    receive,
    set_cap,
)
from second_desk import CASES, EVERY_DAY, PREPARED, Furnished, desk, furnished_copy

from imp_plus_desktop.domain.reads.touched import (
    EVERYTHING,
    FILE,
    MANY,
    NOTHING,
    OFFICE,
    PROGRAMME,
    Touched,
)
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, restoring, summary
from imp_plus_desktop.services.office.news import Watch
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import folder
from imp_plus_desktop.storage.history import acts as journal_reads
from imp_plus_desktop.storage.history import changes as stored_changes
from imp_plus_desktop.storage.history.changes import StoredChange
from imp_plus_desktop.storage.history.touched import touched_after
from imp_plus_desktop.storage.tables.schema import ENTITIES


@pytest.fixture(scope="module")
def furnished(
    empty_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Furnished]:
    return furnished_copy(empty_register, tmp_path_factory.mktemp("touched"))


def prepare(office: Office, name: str, found: Furnished) -> object:
    """What a person has before them when they act."""
    return PREPARED[name](office, found) if name in PREPARED else None


def do(office: Office, name: str, found: Furnished, seen: object) -> Touched:
    """What a service function touched, by its own account."""
    before = len(office.made)
    CASES[name](office, found, seen)
    touched = NOTHING
    for made in office.made[before:]:
        touched |= made.touched
    return touched


def written_since(office: Office, act: int) -> list[tuple[str, int, set[int]]]:
    """Each row of which the journal has a change since an act, with the people it is about."""
    return [
        (change.entity, change.entity_id, people_of(change))
        for row in journal_reads.after(office.register, act, 100)
        for change in stored_changes.changes(office.register, row.id)
    ]


def people_of(change: StoredChange) -> set[int]:
    """Whose file a row was in, and into whose it went."""
    became = (change.after or {}).get("person_id")
    return {person for person in (change.person_id, became) if person is not None}


def a_desk(like: Office, path: Path) -> Office:
    """A desk that has done nothing yet."""
    return replace(desk(like, path), made=[])


SILENT = {
    "access.write": "an act without a row",
    "agenda.acknowledge": "it is seen already, and stays so",
    "erasure.erase": "what is gone leaves no change",
    "incidents.reopen": "it is open already, and stays so",
}
"""What writes no change, and why."""


@pytest.mark.many(*EVERY_DAY)
@pytest.mark.parametrize("name", sorted(CASES))
def test_an_act_names_every_row_and_every_file_that_it_wrote(
    furnished: tuple[Office, Furnished], tmp_path: Path, name: str
) -> None:
    like, found = furnished
    copy_of(like.register_path, tmp_path / "office.imp")
    office = a_desk(like, tmp_path / "office.imp")
    seen = prepare(office, name, found)
    before, _seal = journal_reads.latest(office.register)
    touched = do(office, name, found, seen)
    rows = written_since(office, before)
    assert rows or name in SILENT
    for kind, number, people in rows:
        assert kind in touched.ids
        # Rows that came in with a whole new file are told by their kind and their person.
        assert number in touched.ids[kind] or name in ("imports.commit", "people.add"), kind
        assert all(touched.reaches(person) for person in people)
    assert touched.people == {person for _kind, _number, people in rows for person in people}
    office.close()


@pytest.mark.many(*EVERY_DAY)
@pytest.mark.parametrize("name", sorted(CASES))
def test_other_desks_hear_the_same_from_the_journal(
    furnished: tuple[Office, Furnished], tmp_path: Path, name: str
) -> None:
    like, found = furnished
    copy_of(like.register_path, tmp_path / "office.imp")
    mine, other = (a_desk(like, tmp_path / "office.imp") for _desk in range(2))
    seen = prepare(mine, name, found)
    watch = Watch(other)
    touched = do(mine, name, found, seen)
    news = watch.look()
    if news is None:
        assert name in SILENT
        return
    assert news.touched.people == touched.people
    assert news.touched.ids.keys() == touched.ids.keys()
    assert all(touched.ids[kind] <= news.touched.ids[kind] for kind in touched.ids)
    mine.close()
    other.close()


@pytest.mark.long
def test_every_kind_is_told_by_some_act(
    furnished: tuple[Office, Furnished], tmp_path: Path
) -> None:
    """A new kind of row needs its place among these, and an act that the pages are tested with."""
    assert {*FILE, *PROGRAMME, *OFFICE} == {*ENTITIES, "ledger_entry"}
    assert not FILE & PROGRAMME | FILE & OFFICE | PROGRAMME & OFFICE
    like, found = furnished
    kinds: set[str] = set()
    for place, name in enumerate(sorted(CASES)):
        path = tmp_path / f"{place}.imp"
        copy_of(like.register_path, path)
        office = a_desk(like, path)
        kinds |= do(office, name, found, prepare(office, name, found)).ids.keys()
        office.close()
    assert kinds == {*FILE, *PROGRAMME, *OFFICE}


def test_an_undo_touches_what_the_act_did(office: Office) -> None:
    person = invite(office, 1)
    folder.add_note(office, person, "a note")
    done = office.made[-1].touched
    history.undo(office)
    assert office.made[-1].touched == done
    assert done.ids.keys() == {"note"}
    assert done.people == {person}


def test_merging_touches_both_files_and_whatever_moved(office: Office) -> None:
    one, two = invite(office, 1), invite(office, 2)
    member = add_member(office, two)
    before, _seal = journal_reads.latest(office.register)
    merge(office, one, two)
    touched = office.made[-1].touched
    assert {one, two} <= touched.people
    assert member in touched.ids["member"]
    assert touched_after(office.register, before, ()) == touched


def test_a_long_list_tells_its_kinds_and_names_nobody(office: Office, tmp_path: Path) -> None:
    rows = [person_values(n) for n in range(1, MANY + 3)]
    watch = Watch(office)
    import_file(office, a_list(tmp_path / "list.xlsx", rows))
    touched = office.made[-1].touched
    assert not touched.named
    assert not touched.people
    assert {"person", "letter", "residence"} <= touched.ids.keys()
    assert touched.reaches(1)
    assert not touched.concerns({"note"})
    assert touched_after(office.register, 0, ()) == EVERYTHING
    assert watch.look() is None  # one's own acts are no news


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_restore_touches_everything(office: Office, tmp_path: Path) -> None:
    invite(office, 1)
    copy = maintenance.save_copy(office)
    invite(office, 2)
    restoring.restore(office, copy)
    assert office.made[-1].touched == EVERYTHING


def test_together_is_both_and_everything_stays_everything() -> None:
    one = Touched({"note": frozenset({1})}, frozenset({5}))
    two = Touched({"note": frozenset({2}), "letter": frozenset({3})}, frozenset({6}))
    both = one | two
    assert both.ids == {"note": {1, 2}, "letter": {3}}
    assert both.people == {5, 6}
    assert (both.reaches(5), both.reaches(7), both.reaches(None)) == (True, False, False)
    assert both.concerns({"letter"})
    assert not both.concerns({"member"})
    assert one | EVERYTHING == EVERYTHING | one == EVERYTHING
    assert EVERYTHING.concerns(())
    many = [Touched({"note": frozenset(range(n, n + MANY))}, frozenset({n})) for n in (0, MANY)]
    assert not (many[0] | many[1]).named
    assert (many[0] | many[1]).reaches(99)


def test_the_ground_of_every_line_is_the_day_and_the_year(office: Office) -> None:
    assert summary.ground(office) == (TODAY, False)
    set_cap(office, 1)
    receive(office, invite(office, 1))
    assert summary.ground(office) == (TODAY, True)
