# SPDX-License-Identifier: Apache-2.0
"""Lists counted by two of their columns: the figures, the rows behind each, and what is kept."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from office_builders import decide, invite, issue, receive

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, PeopleFilter, PermitFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.pivots import ALL, DIMENSIONS, Pivot, dump, load, pivot_of
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.services.applications import applications
from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.listing import pivots
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people
from imp_plus_desktop.services.permits import permits
from imp_plus_desktop.storage.tables.columns import encode

pytestmark = pytest.mark.mostly_long(
    "test_applications_are_counted_by_month_and_country",
    "test_the_months_of_a_year_stand_across_it",
    "test_a_month_begins_when_it_does_in_toronto",
    "test_words_stand_in_the_order_of_the_language_and_what_is_empty_last",
    "test_the_workbook_has_the_count_and_a_table_of_the_rows",
    "test_reports_are_kept_by_name_and_every_act_can_be_taken_back",
    "test_a_report_is_nobody_elses_until_it_is_shared",
    "test_what_a_text_cannot_mean_is_no_pivot",
)

KINDS = tuple(DIMENSIONS)
LAST_MINUTE = datetime(2023, 11, 1, 3, 59, tzinfo=UTC)
"""Still the last of October in Toronto."""


@pytest.fixture
def office(office: Office) -> Office:
    """Five people of two countries, three applications, one permit."""
    for number, country in enumerate(("MAR", "MAR", "TUN", "DZA", "TUN"), 1):
        invite(office, number, citizenship=country, letter_date=f"2023-0{4 + number}-01")
    people.edit(office, 1, {"clerk": "Ana"})
    first = receive(office, 1, LAST_MINUTE).application
    receive(office, 2, datetime(2023, 11, 1, 4, 0, tzinfo=UTC))
    receive(office, 3)
    decide(office, first)
    issue(office, first)
    return office


def listed(office: Office, pivot: Pivot, row: object, column: object) -> list[int]:
    """The ids that the list shows under the filters of a figure."""
    found = pivots.opened(office, pivot, row, column)
    if found.filters is None:
        return sorted(found.ids)
    if pivot.kind is ListKind.PEOPLE:
        return sorted(people.ids(office, PeopleFilter(columns=found.filters)))
    if pivot.kind is ListKind.APPLICATIONS:
        return sorted(applications.ids(office, ApplicationFilter(columns=found.filters)))
    return sorted(permits.ids(office, PermitFilter(columns=found.filters)))


def test_applications_are_counted_by_month_and_country(office: Office) -> None:
    made = pivots.table(office, Pivot(ListKind.APPLICATIONS, "month", "country"))
    assert made.rows == ("2023-10", "2023-11")
    assert made.columns == ("MAR", "TUN")
    assert made.figures == {("2023-10", "MAR"): 1, ("2023-11", "MAR"): 1, ("2023-11", "TUN"): 1}
    assert made.of_rows == {"2023-10": 1, "2023-11": 2}
    assert made.of_columns == {"MAR": 2, "TUN": 1}
    assert made.total == 3


def test_the_months_of_a_year_stand_across_it(office: Office) -> None:
    made = pivots.table(office, Pivot(ListKind.APPLICATIONS, "year", "month"))
    assert (made.rows, made.columns) == (("2023",), ("10", "11"))
    assert listed(office, made.pivot, "2023", "10") == [1]
    assert listed(office, made.pivot, ALL, "11") == [2, 3]
    assert pivots.opened(office, made.pivot, ALL, "11").filters is None
    assert listed(office, made.pivot, "2023", ALL) == [1, 2, 3]


@pytest.mark.parametrize("kind", KINDS)
def test_each_figure_opens_as_many_rows_as_it_counts(office: Office, kind: ListKind) -> None:
    names = DIMENSIONS[kind]
    for rows in names:
        for columns in ("", *(name for name in names if name != rows)):
            made = pivots.table(office, Pivot(kind, rows, columns))
            every = len(listed(office, made.pivot, ALL, ALL))
            assert made.total == every
            for (row, column), count in made.figures.items():
                shown = column if columns else ALL
                assert len(listed(office, made.pivot, row, shown)) == count, (rows, columns)
            for row, count in made.of_rows.items():
                assert len(listed(office, made.pivot, row, ALL)) == count, (rows, columns)
            for column in made.columns:
                total = made.of_columns[column]
                assert len(listed(office, made.pivot, ALL, column)) == total, (rows, columns)


def test_a_month_begins_when_it_does_in_toronto(office: Office) -> None:
    hours = (
        datetime(year, month, day, hour, 30, tzinfo=UTC)
        for year in range(2008, 2036)
        for month in range(1, 13)
        for day in (1, 2, 8, 14, 28)
        for hour in (0, 3, 4, 5, 6, 23)
    )
    db = office.register.db
    told = f"SELECT substr({db.dialect.month_in_toronto('?')}, 1, 7)"
    wrong = [
        at
        for at in hours
        if db.execute_sql(told, (encode(at),) * 2).fetchone()[0] != toronto_day(at).isoformat()[:7]
    ]
    assert wrong == []


def test_words_stand_in_the_order_of_the_language_and_what_is_empty_last(office: Office) -> None:
    people.edit(office, 5, {"citizenship": ""})
    pivot = Pivot(ListKind.PEOPLE, "country")
    i18n.use("fr")
    assert pivots.table(office, pivot).rows == ("DZA", "MAR", "TUN", None)
    people.edit(office, 4, {"citizenship": "DEU"})
    assert pivots.table(office, pivot).rows == ("DEU", "MAR", "TUN", None)
    i18n.use("en")
    people.edit(office, 1, {"citizenship": "FRA"})
    assert pivots.table(office, pivot).rows == ("FRA", "DEU", "MAR", "TUN", None)


@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_has_the_count_and_a_table_of_the_rows(
    office: Office, tmp_path: Path, kind: ListKind
) -> None:
    i18n.use("fr")
    made = pivots.table(office, Pivot(kind, "country", "year"))
    done = exports.export_pivot(office, tmp_path / "croise.xlsx", made)
    count, rows = openpyxl.load_workbook(done.path).worksheets
    assert [cell.value for cell in count[1]] == ["Citoyenneté", *made.columns, "Total"]
    assert sum(count.cell(row, 2).value or 0 for row in range(2, 2 + len(made.rows))) == made.total
    (table,) = rows.tables.values()
    heads = [cell.value for cell in rows[1]]
    assert [column.name for column in table.tableColumns] == heads
    assert table.ref == rows.dimensions
    assert rows.max_row == made.total + 1
    assert len(set(heads)) == len(heads)
    year = heads.index(
        {
            ListKind.PEOPLE: "Année de la lettre",
            ListKind.APPLICATIONS: "Année de réception",
            ListKind.PERMITS: "Année de début",
        }[kind]
    )
    told = [[cell.value for cell in row] for row in rows.iter_rows(min_row=2)]
    assert Counter(row[year] for row in told) == {int(c): n for c, n in made.of_columns.items()}
    assert isinstance(told[0][year - 1], datetime)
    assert told[0][2] == office.own_numbers.of(people.find(office, str(told[0][1])))


def test_reports_are_kept_by_name_and_every_act_can_be_taken_back(office: Office) -> None:
    pivot = Pivot(ListKind.APPLICATIONS, "state", "year")
    act, number = pivots.save(office, " Par état ", pivot)
    assert [(r.name, r.owner, r.pivot) for r in pivots.saved(office)] == [
        ("Par état", office.user, pivot)
    ]
    other = Pivot(ListKind.PERMITS, "country")
    acts = [
        pivots.keep(office, number, other),
        pivots.rename(office, number, "Permis"),
        pivots.share(office, number),
        pivots.delete(office, number),
    ]
    assert pivots.saved(office) == []
    for one in reversed(acts):
        history.undo(office, one)
    assert [(r.name, r.owner, r.pivot) for r in pivots.saved(office)] == [
        ("Par état", office.user, pivot)
    ]
    history.undo(office, act)
    assert pivots.saved(office) == []


def test_a_report_is_nobody_elses_until_it_is_shared(office: Office) -> None:
    _act, number = pivots.save(office, "Mine", Pivot(ListKind.PEOPLE, "clerk"))
    office.settings.user_name = "Somebody else"
    assert pivots.saved(office) == []
    pivots.share(office, number)
    assert [report.owner for report in pivots.saved(office)] == [None]


def test_what_a_text_cannot_mean_is_no_pivot() -> None:
    pivot = Pivot(ListKind.PEOPLE, "year", "country")
    assert load(dump(pivot)) == pivot
    for text in ("", "[]", "{}", '{"list": "people", "rows": "x", "columns": ""}'):
        assert load(text) is None
    for rows, columns in (("year", "year"), ("outcome", ""), ("year", "x")):
        with pytest.raises(ValueError, match="people"):
            pivot_of("people", rows, columns)
