# SPDX-License-Identifier: Apache-2.0
"""What somebody saw in IRCC's portal, line by line, with the day of the look.

The office's own state is not touched: the page offers the move that the lines speak for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from imp_plus_desktop.domain.applications.portal import PortalEntry, portal
from imp_plus_desktop.domain.applications.status import PREPARING
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.domain.records.applications import Application, PortalLine
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.codes import PortalItem, PortalState
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.storage.journal.act import Act


@dataclass(frozen=True, slots=True)
class PortalReading:
    """What one line said: `completed_on` is the date that the portal shows beside it."""

    state: PortalState
    completed_on: date | None = None


@judged_first
def observe(
    office: Office,
    application_id: int,
    on: date,
    lines: Mapping[PortalItem, PortalReading],
    shown: Mapping[PortalItem, PortalReading] | None = None,
) -> ActId | None:
    """Record what the lines of the portal said on a day; a second look that day corrects it.

    `shown` is what the lines said when the form was opened: a line left as it was, of which
    another desk has recorded something since, is not written again.

    Errors: DomainError application_not_found, not_received_yet, in_the_future, comes_before,
    completed_day_alone; StorageError changed_meanwhile.
    """
    for seen in lines.values():
        if seen.completed_on is not None and seen.state is not PortalState.COMPLETED:
            raise InvalidInput("completed_day_alone")
    with office.act("portal.observe") as act:
        application = person_file.application_of(office, application_id)
        if application.state in PREPARING:
            raise Refused("not_received_yet")
        file = person_file.file_of(office, application.person_id)
        for completed in {None, *(seen.completed_on for seen in lines.values())}:
            days = {"observed_on": on, "completed_on": completed}
            row_days.check_course(office, "portal_line", days, file, application)
        for item, seen in lines.items():
            if shown is not None and not _still_said(act, file, application, item, seen, shown):
                continue
            values = {"state": seen.state, "completed_on": seen.completed_on}
            same_day = _line_of_day(file, application, item, on)
            if same_day is not None:
                act.update("portal_line", same_day.id, values)
                continue
            act.insert(
                "portal_line",
                {
                    **values,
                    "person_id": application.person_id,
                    "application_id": application.id,
                    "item": item,
                    "observed_on": on,
                },
            )
    return act.id


def lines(office: Office, application_id: int) -> tuple[PortalEntry, ...]:
    """The seven lines with what they said last, and before."""
    application = person_file.application_of(office, application_id)
    return portal(person_file.file_of(office, application.person_id), application.id)


def _still_said(
    act: Act,
    file: PersonFile,
    application: Application,
    item: PortalItem,
    seen: PortalReading,
    shown: Mapping[PortalItem, PortalReading],
) -> bool:
    """Whether a line is to be written; one that others wrote otherwise meanwhile is told."""
    entry = next(e for e in portal(file, application.id) if e.item is item)
    latest = (
        None
        if entry.latest is None
        else PortalReading(entry.latest.state, entry.latest.completed_on)
    )
    if latest in (shown.get(item), seen):
        return True
    if seen == shown.get(item):
        return False
    before, number = shown.get(item), None if entry.latest is None else entry.latest.id
    met = Meeting(
        "portal_line",
        number or 0,
        "state",
        None if before is None else before.state.value,
        None if latest is None else latest.state.value,
        seen.state.value,
        0 if number is None else act.latest_meanwhile("portal_line", number),
        named=item.value,
        beside="" if number else item.value,
    )
    return act.meet(met)


def _line_of_day(
    file: PersonFile, application: Application, item: PortalItem, on: date
) -> PortalLine | None:
    return next(
        (
            line
            for line in file.portal_lines
            if line.application_id == application.id
            and line.item is item
            and line.observed_on == on
        ),
        None,
    )
