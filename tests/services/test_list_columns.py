# SPDX-License-Identifier: Apache-2.0
"""Columns of lists: which there are, what they hold, and orders by several of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.reads import filters
from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter, Order
from imp_plus_desktop.domain.records.catalogue import FIELDS, known_of
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.listing.further import counted, with_columns
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people, residences
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.tables.columns import encode
from imp_plus_desktop.words.terms.list_texts import cell_text, column_label

Ids = Callable[..., Sequence[int]]
READS: dict[ListKind, tuple[Any, Any, Any]] = {
    ListKind.PEOPLE: (people.ids, people.rows, filters.PeopleFilter),
    ListKind.APPLICATIONS: (applications.ids, applications.rows, filters.ApplicationFilter),
    ListKind.PERMITS: (permits.ids, permits.rows, filters.PermitFilter),
    ListKind.FAMILY: (family.ids, family.rows, filters.MemberFilter),
    ListKind.DEADLINES: (deadlines.ids, deadlines.rows, filters.DeadlineFilter),
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Four people: one of two letters who has moved, two with applications, one with a permit."""
    made = new_office(tmp_path / "bureau.imp", build.TODAY)
    one = build.invite(
        made, 1, citizenship="FRA", phone="418 555-0101", address="12, rue Haute\nLévis"
    )
    two = build.invite(made, 2, citizenship="MAR", clerk="Karim Belkacem")
    build.receive(made, one, number="W300000001")
    build.decide(made, build.receive(made, two, number="W300000002").application, "refused")
    three = build.an_approved(made, 3, citizenship="TUN")
    permits.issue(made, permits.Issue(three, build.TODAY, number="U123456789"))
    build.invite(made, 4, citizenship="MAR")
    build.add_member(made, one)
    yield made
    made.close()


def ids(office: Office, kind: ListKind, order: Order, *some: ColumnFilter) -> list[int]:
    """What a list shows in an order, with filters on its columns."""
    read, _rows, wanted = READS[kind]
    return list(read(office, wanted(columns=some), order))


def held(office: Office, kind: ListKind, column: str, order: Order | None = None) -> list[Any]:
    """What a column holds, from row to row."""
    found = ids(office, kind, order or ((column, False),))
    rows = with_columns(office, kind, READS[kind][1](office, found), [column])
    return [row.more[column] for row in rows]


@pytest.mark.parametrize("kind", ListKind)
def test_every_field_of_its_own_rows_is_a_column_of_a_list(kind: ListKind) -> None:
    known = columns(kind)
    own = next(iter(known.values())).entity
    fields = {f"{own}.{field.name}" for field in FIELDS[own] if field.kind is not Kind.LINK}
    left = {f"{own}.birth_known", "permit.limited_by", "permit.lost_days"}
    assert fields - set(known) <= left
    assert {column.id for column in known.values()} == set(known)


@pytest.mark.parametrize("kind", ListKind)
def test_no_two_columns_of_a_list_are_called_the_same(kind: ListKind) -> None:
    labels = [column_label(kind, column) for column in columns(kind).values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", ListKind)
def test_every_column_sorts_what_it_holds_and_loses_no_row(office: Office, kind: ListKind) -> None:
    every = sorted(ids(office, kind, (("name", False),)))
    assert every
    for column in columns(kind):
        for descending in (False, True):
            assert sorted(ids(office, kind, ((column, descending),))) == every
        values = held(office, kind, column)
        told = sorted(values, key=lambda value: (value is not None, value or 0))
        assert values == told, column


def test_columns_of_people_hold_what_their_files_hold(office: Office) -> None:
    moved = ids(office, ListKind.PEOPLE, (("name", False),))[0]
    stays = residences.drafts_of(people.file(office, moved))
    stays.append(residences.Draft("CAN", "ON", date(2023, 1, 1), None))
    residences.save_all(office, moved, stays)
    known = {name: one for name, one in columns(ListKind.PEOPLE).items() if one.field is not None}
    numbers = ids(office, ListKind.PEOPLE, (("name", False),))
    rows = with_columns(office, ListKind.PEOPLE, people.rows(office, numbers), list(known))
    for row, file in zip(rows, people.files(office, numbers), strict=True):
        parts = {
            "person": file.person,
            "letter": current_letter(file),
            "residence": residence_on(file, build.TODAY).residence,
            "passport": file.passports[-1] if file.passports else None,
            "application": file.own_applications[-1] if file.own_applications else None,
            "permit": file.own_permits[-1] if file.own_permits else None,
        }
        for name, column in known.items():
            part = parts[column.entity]
            value = None if part is None else encode(known_of(part, column.name))
            assert row.more[name] == value, name


def test_an_order_by_several_breaks_ties_by_the_next_then_by_name_then_by_id(
    office: Office,
) -> None:
    twin = build.invite(office, 5, citizenship="MAR", family_name="Aa", given_names="Zoé")
    same = build.invite(office, 6, citizenship="MAR", family_name="Aa", given_names="Zoé")
    order = (("citizenship", True), ("person.clerk", True))
    found = ids(office, ListKind.PEOPLE, order)
    rows = {row.id: row for row in people.rows(office, found)}
    told = [(rows[n].citizenship, rows[n].clerk, rows[n].name) for n in found]
    expected = sorted(told, key=lambda row: row[2])
    expected.sort(key=lambda row: row[1] or "", reverse=True)
    expected.sort(key=lambda row: row[0], reverse=True)
    assert told == expected
    assert found.index(twin) + 1 == found.index(same)


def test_a_cell_is_told_in_the_words_of_the_office(office: Office) -> None:
    def told(column: str) -> str:
        one = columns(ListKind.PEOPLE)[column]
        values = held(office, ListKind.PEOPLE, column, (("id", False),))
        return cell_text(one, values[0])

    assert told("person.citizenship") == "France"
    assert told("person.address") == "12, rue Haute · Lévis"
    assert told("application.state") == "Received"
    assert told("application.received_at") == build.AT.date().isoformat()
    assert told("application.cap_year") == str(build.YEAR)
    assert told("standing.short_passport") in ("Yes", "No")
    assert told("permit.valid_until") == "—"


def test_values_are_counted_the_commonest_first_and_the_empty_ones_too(office: Office) -> None:
    every = ids(office, ListKind.PEOPLE, (("name", False),))
    found = counted(office, ListKind.PEOPLE, every, "person.citizenship")
    assert dict(found)["MAR"] == 2
    assert sum(times for _value, times in found) == len(every)
    clerks = dict(counted(office, ListKind.PEOPLE, every, "person.clerk"))
    assert clerks == {None: 3, "Karim Belkacem": 1}
