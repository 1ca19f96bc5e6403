# SPDX-License-Identifier: Apache-2.0
"""The office's clock: `now` and `today` are one day, whatever the time and wherever the machine."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.services.office import office as office_module
from imp_plus_desktop.services.office.office import Clock

DAYS = [date(2023, 11, 22), date(2024, 7, 1), date(2024, 12, 31), date(2025, 3, 9)]


def at(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    """Let the machine's clock stand at an instant."""

    class Novelty(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return instant

    monkeypatch.setattr(office_module, "datetime", Novelty)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("hour", [0, 3, 4, 5, 7, 12, 23])
def test_a_day_that_was_set_is_the_day_of_every_instant(
    monkeypatch: pytest.MonkeyPatch, day: date, hour: int
) -> None:
    at(monkeypatch, datetime(2026, 11, 28, hour, 30, tzinfo=UTC))
    clock = Clock(day)
    assert clock.now().tzinfo is UTC
    assert toronto_day(clock.now()) == clock.today() == day


def test_the_time_of_day_stays_that_of_toronto(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 7, 1, 15, 20, 30, tzinfo=UTC))
    assert toronto_time(Clock(date(2024, 1, 5)).now()) == toronto_time(
        datetime(2026, 7, 1, 15, 20, 30, tzinfo=UTC)
    )


def test_without_a_day_the_clock_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2027, 1, 1, 4, 59, tzinfo=UTC)
    at(monkeypatch, late)
    assert Clock().now() == late
    assert Clock().today() == date(2026, 12, 31)
