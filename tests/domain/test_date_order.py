# SPDX-License-Identifier: Apache-2.0
"""The table of days looked at row by row and by columns says the same."""

from __future__ import annotations

from datetime import date

from generated import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.deadlines.date_order import DAYS, days_of, misdated, misfits
from imp_plus_desktop.domain.values.calendar import noon_in_toronto

TODAY = date(2023, 6, 5)
a_day = st.dates(date(2023, 6, 1), date(2023, 6, 8)) | st.just(date(2026, 6, 5))


rows = st.lists(st.dictionaries(st.sampled_from(sorted(DAYS)), a_day, max_size=6), max_size=5)


@settings(max_examples=cases(300), deadline=None)
@given(rows, st.booleans())
def test_rows_by_columns_fit_where_nothing_is_found_in_each(
    told: list[dict[str, date]], timed: bool
) -> None:
    columns: dict[str, list[object]] = {name: [row.get(name) for row in told] for name in DAYS}
    if timed:
        columns["received_at"] = [
            None if day is None else noon_in_toronto(day)
            for day in (row.get("received_at") for row in told)
        ]
    odd = misfits(columns, TODAY, 36)
    for place, days in enumerate(told):
        values = {name: column[place] for name, column in columns.items()}
        found = list(misdated(days_of(values), TODAY, 36))
        assert (place in odd) is bool(found)
        assert len({one.field for one in found}) == len(found)
        assert list(misdated(days, TODAY, 36, days.keys())) == found
        assert not list(misdated(days, TODAY, 36, ()))
