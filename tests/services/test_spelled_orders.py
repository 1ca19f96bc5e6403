# SPDX-License-Identifier: Apache-2.0
"""Lists that are sorted by a column of codes stand in the order of the words that are shown."""

from __future__ import annotations

import pytest
from office_builders import add_member, invite, receive

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, MemberFilter, PeopleFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.values.codes import Relation
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.listing.further import with_columns
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.words.terms.code_names import name_of
from imp_plus_desktop.words.terms.list_texts import cell_text

COUNTRIES = ("DEU", "DZA", "ESP", "ETH", "EGY", "USA", "CHE", "")


@pytest.fixture
def office(office: Office) -> Office:
    """Eight people whose countries stand otherwise by code, in French and in English."""
    for number, country in enumerate(COUNTRIES, 1):
        invite(office, number, citizenship=country, residence_country=country or "MAR")
    receive(office, 1)
    return office


def countries(office: Office, *, descending: bool = False) -> list[str]:
    ids = people.ids(office, PeopleFilter(), "citizenship", descending)
    return [row.citizenship or "" for row in people.rows(office, ids)]


def test_countries_stand_by_their_names_in_the_language_in_use(office: Office) -> None:
    i18n.use("fr")
    assert countries(office) == ["DZA", "DEU", "EGY", "ESP", "USA", "ETH", "CHE", ""]
    assert countries(office, descending=True) == [*countries(office)[-2::-1], ""], "empty last"
    i18n.use("en")
    assert countries(office) == ["DZA", "EGY", "ETH", "DEU", "ESP", "CHE", "USA", ""]


def test_equals_stand_by_name_and_other_keys_count_as_before(office: Office) -> None:
    i18n.use("fr")
    order = (("citizenship", False), ("reference", True))
    people.edit(office, 3, {"citizenship": "DZA"})
    ids = people.ids(office, PeopleFilter(), order)
    found = [(row.citizenship, row.individual_reference) for row in people.rows(office, ids)]
    assert found[:2] == [("DZA", "C1000003"), ("DZA", "C1000002")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_coded_column_of_a_list_stands_by_its_words(office: Office, lang: str) -> None:
    i18n.use(lang)
    for number, status in ((2, "visitor"), (3, "worker"), (4, "student"), (5, "visitor")):
        people.edit(office, number, {"canada_status": status, "sex": "F" if number % 2 else "M"})
    for column in columns(ListKind.PEOPLE).values():
        if not column.is_coded:
            continue
        ids = people.ids(office, PeopleFilter(), ((column.id, False),))
        rows = with_columns(office, ListKind.PEOPLE, people.rows(office, ids), [column.id])
        values = [row.more[column.id] for row in rows]
        told = [cell_text(column, value) for value in values if value is not None]
        assert told == sorted(told, key=sort_key), column.id
        empty = values.count(None)
        assert values[len(values) - empty :] == [None] * empty, column.id


def test_relations_and_states_stand_by_their_words_too(office: Office) -> None:
    i18n.use("fr")
    for person, relation in enumerate(Relation, 1):
        add_member(office, person, relation=relation)
    ids = family.ids(office, MemberFilter(), "relation")
    told = [name_of(row.relation) for row in family.rows(office, ids)]
    assert told == sorted(told, key=sort_key)
    assert len(set(told)) == len(Relation)
    assert len(applications.ids(office, ApplicationFilter(), "state", False)) == 1


def test_a_column_of_texts_keeps_its_key() -> None:
    order = (("name", False), ("person.clerk", True), ("person.citizenship", True))
    made = spelled(ListKind.PEOPLE, order)
    assert made == order
    assert [type(key) is str for key, _down in made] == [True, True, False]
