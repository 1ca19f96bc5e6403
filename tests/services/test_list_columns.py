# SPDX-License-Identifier: Apache-2.0
"""Columns of lists: which there are, what they hold, and orders by several of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.domain.letters.letters import current_letter
from imp_plus_desktop.domain.reads import filters
from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.reads.shapes import (
    ColumnFilter,
    Order,
    Shape,
    Spelled,
    bound_on,
    dump,
    load,
)
from imp_plus_desktop.domain.records.catalogue import FIELDS, known_of
from imp_plus_desktop.domain.records.fields import Kind
from imp_plus_desktop.domain.residence.residence import residence_on
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.listing.further import counted, with_columns
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people, residences
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.tables.columns import encode
from imp_plus_desktop.words.terms.list_texts import cell_text, column_label, filter_text

pytestmark = pytest.mark.mostly_long(
    "test_every_field_of_its_own_rows_is_a_column_of_a_list",
    "test_no_two_columns_of_a_list_are_called_the_same",
    "test_columns_of_people_hold_what_their_files_hold",
    "test_an_order_by_several_breaks_ties_by_the_next_then_by_name_then_by_id",
    "test_a_cell_is_told_in_the_words_of_the_office",
    "test_values_are_counted_the_commonest_first_and_the_empty_ones_too",
    "test_a_filter_keeps_values_empty_ones_among_them",
    "test_a_text_is_found_whatever_its_accents_case_and_signs",
    "test_a_range_holds_its_ends_and_offsets_count_from_today",
    "test_the_day_of_an_instant_is_the_office_s_own",
    "test_filters_are_all_met_beside_the_list_s_own",
    "test_a_filter_says_what_it_asks",
    "test_a_shape_is_read_back_as_it_was_written",
    "test_an_offset_of_months_ends_on_the_same_day_of_the_month",
)

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
        key = spelled(kind, ((column, False),))[0][0]
        words = dict(key.places) if isinstance(key, Spelled) else {}
        placed = [words.get(value, value) for value in values]
        assert placed == sorted(placed, key=lambda value: (value is None, value or 0)), column


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


def found(office: Office, kind: ListKind, asked: ColumnFilter) -> list[Any]:
    """What the column of a filter holds in the rows that it keeps."""
    rows = ids(office, kind, ((asked.column, False),), asked)
    told = with_columns(office, kind, READS[kind][1](office, rows), [asked.column])
    return [row.more[asked.column] for row in told]


def test_a_filter_keeps_values_empty_ones_among_them(office: Office) -> None:
    people_ = ListKind.PEOPLE
    clerk, country = "person.clerk", "person.citizenship"
    assert found(office, people_, ColumnFilter(country, ("MAR", "TUN"))) == ["MAR", "MAR", "TUN"]
    assert found(office, people_, ColumnFilter(clerk, ("Karim Belkacem", None))) == [
        "Karim Belkacem",
        *[None] * 3,
    ]
    assert found(office, people_, ColumnFilter(clerk, filled=True)) == ["Karim Belkacem"]
    assert found(office, people_, ColumnFilter(clerk, filled=False)) == [None] * 3


def test_a_text_is_found_whatever_its_accents_case_and_signs(office: Office) -> None:
    assert found(office, ListKind.PEOPLE, ColumnFilter("person.address", text="LEVIS")) == [
        "12, rue Haute\nLévis"
    ]
    assert found(office, ListKind.PEOPLE, ColumnFilter("person.address", text="...")) == []


def test_a_range_holds_its_ends_and_offsets_count_from_today(office: Office) -> None:
    column = "permit.valid_until"
    (until,) = found(office, ListKind.PERMITS, ColumnFilter(column, filled=True))
    assert found(office, ListKind.PERMITS, ColumnFilter(column, low=until, high=until)) == [until]
    left = (date.fromisoformat(until) - build.TODAY).days
    assert found(office, ListKind.PERMITS, ColumnFilter(column, low="+0d", high=f"+{left}d"))
    assert not found(office, ListKind.PERMITS, ColumnFilter(column, high=f"+{left - 1}d"))
    places = found(office, ListKind.APPLICATIONS, ColumnFilter("application.place", low="2"))
    assert places == [2, 3]


def test_the_day_of_an_instant_is_the_office_s_own(tmp_path: Path) -> None:
    made = new_office(tmp_path / "late.imp", build.TODAY)
    # Half past ten in the evening of the 19th in Toronto is the 20th in UTC.
    build.receive(made, build.invite(made, 1), at=datetime(2023, 11, 20, 3, 30, tzinfo=UTC))
    column = "application.received_at"
    for day, count in (("2023-11-19", 1), ("2023-11-20", 0)):
        asked = ColumnFilter(column, low=day, high=day)
        assert len(found(made, ListKind.APPLICATIONS, asked)) == count
    made.close()


def test_filters_are_all_met_beside_the_list_s_own(office: Office) -> None:
    country = ColumnFilter("person.citizenship", ("MAR",))
    assert len(ids(office, ListKind.PEOPLE, (("name", False),), country)) == 2
    both = (country, ColumnFilter("person.clerk", filled=True))
    (one,) = ids(office, ListKind.PEOPLE, (("name", False),), *both)
    wanted = filters.PeopleFilter(text="benalidd", columns=both)
    assert list(people.ids(office, wanted)) == []
    assert list(people.ids(office, filters.PeopleFilter(clerk="karim BELKACEM"))) == [one]


@pytest.mark.parametrize("kind", ListKind)
def test_each_column_of_each_list_can_be_filtered_by_what_it_holds(
    office: Office, kind: ListKind
) -> None:
    every = ids(office, kind, (("name", False),))
    for column in columns(kind):
        for value, times in counted(office, kind, every, column):
            kept = ids(office, kind, (("name", False),), ColumnFilter(column, (value,)))
            assert len(kept) == times, column


def test_a_filter_says_what_it_asks() -> None:
    known = columns(ListKind.PEOPLE)
    country, until = known["person.citizenship"], known["permit.valid_until"]
    four = ColumnFilter(country.id, ("DZA", "MAR", "TUN", "LBN"))
    assert filter_text(country, four) == "Algeria, Morocco, Tunisia and 1 other"
    assert filter_text(until, ColumnFilter(until.id, low="+0d", high="+6m")) == "within 6 months"
    assert filter_text(until, ColumnFilter(until.id, high="-1d")) == "in the past"
    assert filter_text(until, ColumnFilter(until.id, low="2026-01-01")) == "from 2026-01-01"
    assert filter_text(country, ColumnFilter(country.id, (None,))) == "(empty)"


def test_a_shape_is_read_back_as_it_was_written() -> None:
    shape = Shape(
        ("name", "person.phone"),
        (("citizenship", True), ("name", False)),
        (
            ColumnFilter("person.clerk", ("Léa", None), filled=None),
            ColumnFilter("permit.valid_until", low="+0d", high="+6m"),
            ColumnFilter("person.address", text="« Lévis »"),
            ColumnFilter("person.email", filled=False),
        ),
        {"status": "ready", "letter_year": 2025},
    )
    assert load(dump(shape)) == shape
    assert load("") == Shape() == load("[1]") == load("{bad")
    damaged = '{"columns": [1, "name"], "order": [["a"], ["b", true]], "filters": [7, {"x": 1}]}'
    assert load(damaged) == Shape(("name",), (("b", True),))


def test_an_offset_of_months_ends_on_the_same_day_of_the_month() -> None:
    assert bound_on("+6m", date(2026, 8, 31)) == "2027-02-28"
    assert bound_on("-1d", date(2026, 3, 1)) == "2026-02-28"
    assert bound_on("2026-01-02", date(2026, 3, 1)) == "2026-01-02"
    assert bound_on("+99999m", date(2026, 3, 1)) == "9999-12-31"
