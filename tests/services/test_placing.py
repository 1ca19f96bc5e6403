# SPDX-License-Identifier: Apache-2.0
"""Rows that an act touched are put where they belong by now: the list then is the one that is
asked for as a whole, in every order and through every filter."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from new_registers import copy_of
from office_builders import (
    AT,
    TODAY,
    a_list,
    a_row,
    add_member,
    decide,
    import_file,
    issue,
    receive,
)
from second_desk import CASES, EVERY_DAY, PREPARED, Furnished, desk, furnished_copy

from imp_plus_desktop.domain.reads.filters import (
    ApplicationFilter,
    DeadlineFilter,
    MemberFilter,
    PeopleFilter,
    PermitFilter,
)
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order
from imp_plus_desktop.domain.reads.touched import EVERYTHING, NOTHING, PROGRAMME, Touched, of_rows
from imp_plus_desktop.domain.values import codes
from imp_plus_desktop.domain.values.errors import AppError
from imp_plus_desktop.services.agenda import agenda, deadlines
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.history import file_bin, history
from imp_plus_desktop.services.listing.placing import FEW, placed
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import contacts, people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.reads import agenda as agenda_store
from imp_plus_desktop.storage.reads import lists as stored

IDS: Mapping[ListKind, Any] = {
    ListKind.PEOPLE: people.ids,
    ListKind.APPLICATIONS: applications.ids,
    ListKind.PERMITS: permits.ids,
    ListKind.FAMILY: family.ids,
    ListKind.DEADLINES: deadlines.ids,
}
SORTS = {
    ListKind.PEOPLE: stored.PEOPLE_SORTS,
    ListKind.APPLICATIONS: stored.APPLICATION_SORTS,
    ListKind.PERMITS: stored.PERMIT_SORTS,
    ListKind.FAMILY: stored.MEMBER_SORTS,
    ListKind.DEADLINES: agenda_store.SORTS,
}
FILTERS: Mapping[ListKind, tuple[Any, ...]] = {
    ListKind.PEOPLE: (
        PeopleFilter(),
        PeopleFilter(text="benali"),
        PeopleFilter(status=codes.PersonStatus.APPLIED),
        PeopleFilter(letter_year=2023, clerk=""),
        PeopleFilter(columns=(ColumnFilter("contact.on_day", filled=False),)),
        PeopleFilter(columns=(ColumnFilter("application.state", filled=True),)),
    ),
    ListKind.APPLICATIONS: (
        ApplicationFilter(),
        ApplicationFilter(state=codes.ApplicationState.RECEIVED),
        ApplicationFilter(family=True),
        ApplicationFilter(text="w3", columns=(ColumnFilter("permit.valid_until", filled=False),)),
    ),
    ListKind.PERMITS: (PermitFilter(), PermitFilter(until_by=TODAY + timedelta(days=400))),
    ListKind.FAMILY: (MemberFilter(), MemberFilter(relation=codes.Relation.CHILD)),
    ListKind.DEADLINES: (
        DeadlineFilter(),
        DeadlineFilter(seen=False),
        DeadlineFilter(rests=None, kind="letter"),
        DeadlineFilter(from_day=TODAY, until_day=TODAY + timedelta(days=30)),
    ),
}


class Shown(NamedTuple):
    """A list as it stands before the eyes: which it is, its filter, its order, and its ids."""

    kind: ListKind
    wanted: Any
    order: Order
    ids: array[int]

    def asked(self, office: Office, among: tuple[int, ...] | None = None) -> array[int]:
        wanted = replace(self.wanted, ids=among)
        return array("q", IDS[self.kind](office, wanted, self.order, False))

    def after(self, office: Office, touched: Touched) -> array[int] | None:
        return placed(office, self.kind, self.ids, touched, lambda among: self.asked(office, among))


def shown_lists(office: Office) -> list[Shown]:
    """Each list, once in each order and once through each filter."""
    found = []
    for kind, sorts in SORTS.items():
        everything, *narrowed = FILTERS[kind]
        orders = [((name, down),) for name in sorts for down in (False, True)]
        ways = [(everything, order) for order in orders]
        ways += [(wanted, orders[0]) for wanted in narrowed]
        for wanted, order in ways:
            shown = Shown(kind, wanted, order, array("q"))
            found.append(shown._replace(ids=shown.asked(office)))
    return found


def compare(office: Office, before: list[Shown], touched: Touched) -> int:
    """How many lists were put in order by what was touched; each is as it is when asked for."""
    known = 0
    for shown in before:
        ids = shown.after(office, touched)
        assert ids is None or ids == shown.asked(office), (shown.kind, shown.wanted, shown.order)
        known += ids is not None
    return known


def touched_since(office: Office, before: int) -> Touched:
    touched = NOTHING
    for made in office.made[before:]:
        touched |= made.touched
    return touched


@pytest.fixture(scope="module")
def furnished(
    empty_register: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Office, Furnished]:
    return furnished_copy(empty_register, tmp_path_factory.mktemp("placing"))


@pytest.mark.many(*EVERY_DAY)
@pytest.mark.parametrize("name", sorted(CASES))
def test_after_each_act_and_its_undo_the_lists_are_those_that_are_asked_for(
    furnished: tuple[Office, Furnished], tmp_path: Path, name: str
) -> None:
    office, found = furnished
    mine = desk(office, copy_of(office.register_path, tmp_path / "office.imp"))
    seen = PREPARED[name](mine, found) if name in PREPARED else None
    for act in (partial(CASES[name], mine, found, seen), partial(history.undo, mine)):
        before, told, ground = shown_lists(mine), len(mine.made), summary.ground(mine)
        with suppress(AppError):  # not every act can be undone
            act()
        touched = touched_since(mine, told)
        # The window takes what changes everybody's lines for everything.
        if summary.ground(mine) != ground or touched.concerns(PROGRAMME):
            break
        compare(mine, before, touched)
    mine.close()


def a_lot(office: Office, folder: Path, count: int) -> None:
    rows = [a_row(number, letter_date=TODAY - timedelta(number % 80)) for number in range(count)]
    import_file(office, a_list(folder / "list.xlsx", rows))


def acts(office: Office, turns: int) -> Iterator[Any]:
    """So many acts of a day on people drawn by lot."""
    lot = random.Random(7)
    everybody = list(people.ids(office, PeopleFilter()))
    lot.shuffle(everybody)
    for turn in range(turns):
        one, two, three, four, five = (everybody.pop() for _ in range(5))
        yield people.set_value(office, f"C{1_000_000 + turn}", "family_name", f"Zed{turn}")
        application = receive(office, one, AT - timedelta(days=turn % 9)).application
        yield application
        yield decide(office, application)
        yield issue(office, application)
        yield add_member(office, two, given_names=f"Ana{turn}")
        yield contacts.save(office, three, None, codes.ContactKind.CALLED, "Appelé")
        line = next(iter(agenda.items(office, four)))
        own = line.deadline
        named = agenda.Named(four, own.kind.value, own.day, own.subject_id)
        yield agenda.move(office, named, TODAY + timedelta(days=turn), "plus tard")
        yield agenda.acknowledge(office, named)
        yield file_bin.delete(office, five, "retiré")
        yield history.undo(office)


@pytest.mark.long
def test_among_many_rows_each_one_that_an_act_touched_finds_its_place(
    office: Office, tmp_path: Path
) -> None:
    a_lot(office, tmp_path, 230)
    every = shown_lists(office)
    known, told = 0, len(office.made)
    for _done in acts(office, 2):
        known += compare(office, every, touched_since(office, told))
        every = [shown._replace(ids=shown.asked(office)) for shown in every]
        told = len(office.made)
    assert known == len(every) * 20  # none had to be asked for as a whole


def test_the_lines_of_other_files_keep_their_ids_when_a_file_s_are_made_anew(
    office: Office, tmp_path: Path
) -> None:
    a_lot(office, tmp_path, 20)
    before = {row.key: row for row in deadlines.agenda(office)}
    person = next(iter(before.values())).person_id
    contacts.save(office, person, None, codes.ContactKind.CALLED, "Appelé")
    after = {row.key: row for row in deadlines.agenda(office)}
    others = {key for key, row in before.items() if row.person_id != person}
    assert others
    assert {key: after[key] for key in others} == {key: before[key] for key in others}


def test_what_is_not_in_few_files_alone_has_the_list_asked_for(
    office: Office, tmp_path: Path
) -> None:
    a_lot(office, tmp_path, FEW + 5)
    shown = shown_lists(office)[0]
    many = list(shown.ids)[: FEW + 1]
    for touched in (
        EVERYTHING,
        NOTHING,
        of_rows({"parameter": [1]}, many[:1]),
        of_rows({"person": many}, many),
        of_rows({"person": many}, many, named=False),
    ):
        assert shown.after(office, touched) is None
