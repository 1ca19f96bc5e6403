# SPDX-License-Identifier: Apache-2.0
"""What IRCC's portal shows of an application: seven lines, each with the day it was looked at.

The office's own state stands apart from these lines: they may suggest a move, never make one.
"""

from __future__ import annotations

from imp_plus_desktop.domain.applications.status import may_move
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.applications import Application, PortalLine
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.values.codes import ApplicationState, PortalItem, PortalState


@dataclass(frozen=True, slots=True)
class PortalEntry:
    """One of the seven lines: what it said last, None when nobody looked, and all before."""

    item: PortalItem
    latest: PortalLine | None
    earlier: tuple[PortalLine, ...] = ()


def portal(file: PersonFile, application_id: ApplicationId) -> tuple[PortalEntry, ...]:
    """The seven lines of an application, in the portal's order."""
    entries = []
    for item in PortalItem:
        lines = lines_of(file, application_id, item)
        latest = lines[-1] if lines else None
        entries.append(PortalEntry(item, latest, lines[:-1]))
    return tuple(entries)


def lines_of(
    file: PersonFile, application_id: ApplicationId, item: PortalItem
) -> tuple[PortalLine, ...]:
    """What one line said each time that somebody looked, the last look last."""
    found = (
        line
        for line in file.portal_lines
        if line.application_id == application_id and line.item is item
    )
    return tuple(sorted(found, key=lambda line: (line.observed_on, line.id)))


def suggested_state(file: PersonFile, application: Application) -> ApplicationState | None:
    """The state that the portal's lines speak for, when the office's own is another one."""
    said = {entry.item: entry.latest for entry in portal(file, application.id) if entry.latest}
    states = {line.state for item, line in said.items() if item is not PortalItem.DECISION}
    decision = said.get(PortalItem.DECISION)
    if decision is not None and decision.state is PortalState.COMPLETED:
        wanted = ApplicationState.DECISION_MADE
    elif PortalState.NEEDED in states:
        wanted = ApplicationState.ACTION_REQUIRED
    elif PortalState.IN_PROGRESS in states:
        wanted = ApplicationState.IN_PROCESS
    else:
        return None
    return wanted if may_move(application.state, wanted) else None
