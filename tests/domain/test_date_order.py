# SPDX-License-Identifier: Apache-2.0
"""The table of days looked at whole and at a glance says the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from imp_plus_desktop.domain.deadlines.date_order import DAYS, days_of, fits, misdated
from imp_plus_desktop.domain.values.calendar import noon_in_toronto

TODAY = date(2023, 6, 5)
a_day = st.dates(date(2023, 6, 1), date(2023, 6, 8)) | st.just(date(2026, 6, 5))


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(DAYS)), a_day, max_size=6), st.booleans())
def test_a_row_is_in_order_at_a_glance_where_nothing_is_found(
    days: dict[str, date], timed: bool
) -> None:
    values: dict[str, object] = dict(days)
    if timed and "received_at" in days:
        values["received_at"] = noon_in_toronto(days["received_at"])
    found = list(misdated(days_of(values), TODAY, 36))
    assert fits(values, TODAY, 36) is (not found)
    assert len({one.field for one in found}) == len(found)
    assert list(misdated(days, TODAY, 36, days.keys())) == found
    assert not list(misdated(days, TODAY, 36, ()))
