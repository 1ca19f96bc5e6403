# SPDX-License-Identifier: Apache-2.0
"""How many rows a list would have is their number, whatever it is narrowed to."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from new_registers import new_demo

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.domain.reads.desks import MINE, NOBODYS
from imp_plus_desktop.domain.reads.filters import (
    ApplicationFilter,
    DeadlineFilter,
    MemberFilter,
    PeopleFilter,
    PermitFilter,
)
from imp_plus_desktop.domain.reads.list_columns import ListKind, columns
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.domain.values.codes import ApplicationState, PersonStatus
from imp_plus_desktop.services.agenda import deadlines
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.family import family
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import listed
from imp_plus_desktop.services.permits import permits

LISTS: Mapping[ListKind, tuple[Any, Callable[..., Any]]] = {
    ListKind.PEOPLE: (listed, PeopleFilter),
    ListKind.APPLICATIONS: (applications, ApplicationFilter),
    ListKind.PERMITS: (permits, PermitFilter),
    ListKind.FAMILY: (family, MemberFilter),
    ListKind.DEADLINES: (deadlines, DeadlineFilter),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = open_office(new_demo(tmp_path_factory.mktemp("matching")), today=date(2023, 11, 22))
    yield opened
    opened.close()


def same(office: Office, kind: ListKind, **wanted: Any) -> int:
    """How many rows there are, told both ways."""
    service, filter_of = LISTS[kind]
    number = len(service.ids(office, filter_of(**wanted)))
    assert service.matching(office, filter_of(**wanted)) == number, wanted
    return number


@pytest.mark.parametrize("kind", ListKind, ids=lambda kind: kind.value)
def test_rows_are_counted_as_they_are_listed_by_each_column(demo: Office, kind: ListKind) -> None:
    whole = same(demo, kind)
    some = 0
    for column in columns(kind):
        filled = same(demo, kind, columns=(ColumnFilter(column, filled=True),))
        empty = same(demo, kind, columns=(ColumnFilter(column, filled=False),))
        assert filled + empty == whole > 0
        some += bool(filled and empty)
    assert some > 3


def test_rows_are_counted_as_they_are_listed_by_a_list_s_own_filters(demo: Office) -> None:
    found = [
        same(demo, ListKind.PEOPLE, status=PersonStatus.INVITED, text="a"),
        same(demo, ListKind.PEOPLE, flagged=True),
        same(demo, ListKind.PEOPLE, flagged=True, claimed=NOBODYS),
        same(demo, ListKind.APPLICATIONS, state=ApplicationState.APPROVED, text="a"),
        same(demo, ListKind.APPLICATIONS, flagged=True),
        same(demo, ListKind.APPLICATIONS, flagged=True, claimed=NOBODYS),
        same(demo, ListKind.PERMITS, until_from=date(2024, 1, 1)),
        same(demo, ListKind.FAMILY, text="a"),
        same(demo, ListKind.DEADLINES, rests=True),
        same(demo, ListKind.DEADLINES, claimed=NOBODYS),
    ]
    assert sum(map(bool, found)) > len(found) // 2
    # Nobody has taken on anything in a file.
    for kind in (ListKind.PEOPLE, ListKind.APPLICATIONS):
        assert same(demo, kind, flagged=True) > 0
        assert same(demo, kind, flagged=True, claimed=MINE) == 0
