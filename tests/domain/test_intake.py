# SPDX-License-Identifier: Apache-2.0
"""Whether letters still come in, by year and day: the last accepted one is of 2025-01-15."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import programme

from imp_plus_desktop.domain.letters.intake import intake


@pytest.mark.parametrize(
    ("year", "day", "is_open"),
    [
        (2024, date(2024, 11, 20), True),
        (2024, date(2026, 11, 28), True),
        (2025, date(2024, 11, 20), True),
        (2025, date(2025, 1, 15), True),
        (2025, date(2025, 1, 16), False),
        (2025, date(2026, 11, 28), False),
        (2026, date(2024, 11, 20), False),
        (2026, date(2026, 11, 28), False),
    ],
)
def test_letters_come_in_until_the_last_accepted_date(year: int, day: date, is_open: bool) -> None:
    found = intake(programme(), year, day)
    assert (found.open, found.last_letter) == (is_open, date(2025, 1, 15))


def test_letters_that_resume_open_the_year_again() -> None:
    again = replace(programme(), last_accepted_letter=date(2026, 6, 30))
    assert intake(again, 2026, date(2026, 3, 1)).open
