# SPDX-License-Identifier: Apache-2.0
"""Writes days to keep as a calendar file (.ics) that any calendar program reads.

Must not know what the days are: words come with them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from imp_plus_desktop import __version__, private
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.exchange.writers.writing import written_aside

_FIRST = datetime(2020, 1, 1, tzinfo=UTC)
"""A revision's number only ever grows, also when a register is restored: the minutes since."""


@dataclass(frozen=True, slots=True)
class DayToKeep:
    """A whole day. `uid` stays the same from file to file, so that a calendar updates it; where
    it fell on another day, the later `changed_at` wins.
    """

    uid: str
    day: date
    summary: str
    changed_at: datetime
    description: str = ""


def write(path: Path, name: str, days: Sequence[DayToKeep], made_at: datetime) -> None:
    """Write a calendar named `name`, whole or not at all. Errors: ExchangeError cannot_write."""
    # A fifth of a second to import: only for who writes a calendar.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//IMP+ Desktop//{__version__}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for kept in days:
        event = Event()
        event.add("uid", kept.uid)
        event.add("dtstamp", made_at)
        event.add("last-modified", kept.changed_at)
        event.add("sequence", max(int((kept.changed_at - _FIRST).total_seconds() // 60), 0))
        event.add("dtstart", kept.day)
        event.add("dtend", kept.day + timedelta(days=1))
        event.add("summary", kept.summary)
        if kept.description:
            event.add("description", kept.description)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    with written_aside(path) as aside:
        private.copy_into(aside, io.BytesIO(calendar.to_ical()))
