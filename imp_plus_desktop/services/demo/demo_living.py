# SPDX-License-Identifier: Apache-2.0
"""The demo in November 2026: letters ended long ago, and the work goes on.

The follow-up lists of `living_lists.py` are imported as any other, then two days of an office are
recorded through the services: permits that end, ways chosen, what IRCC asks for, stages of
permanent residence, calls and reminders. Whom to work on is looked up, never by number.
Must not write anything but by a service.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from pathlib import Path

from imp_plus_desktop import private
from imp_plus_desktop.domain.reads.filters import ApplicationFilter, PeopleFilter
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.calendar import instant_in_toronto
from imp_plus_desktop.domain.values.codes import (
    ApplicationKind,
    ApplicationState,
    ContactKind,
    DocumentState,
    DocumentType,
    PrStage,
    RequestKind,
)
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.applications import applications, preparing, requests
from imp_plus_desktop.services.applications.requests import RequestDetails
from imp_plus_desktop.services.demo import living_lists
from imp_plus_desktop.services.demo.demo_days import Shift
from imp_plus_desktop.services.imports import imports
from imp_plus_desktop.services.imports.imports import Counts
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import clerks, contacts, documents, folder, people
from imp_plus_desktop.services.permits import endings, pr_track
from imp_plus_desktop.services.permits.endings import EndingRow

LIVING_DAY = date(2026, 11, 20)
"""The day on which the demo is alive again: permits end, and PR goes from stage to stage."""

PEOPLE_LIST, FAMILY_LIST = "suivi-2026.csv", "familles-2026.csv"
Hours = Callable[[int, time], Shift]
"""Somebody's hours, so many days before the day: who it is goes by turns."""


def live_on(hours: Hours, scratch: Path) -> tuple[tuple[str, Counts], ...]:
    """Import the lists of 2026 and work two days with them; what each list brought."""
    imported = _import_lists(hours, scratch)
    _share_out(hours(3, time(16)))
    _yesterday(hours(1, time(9)))
    _today(hours(0, time(8, 30)), hours(0, time(10, 15)))
    return imported


def _files(office: Office) -> list[PersonFile]:
    wanted = people.ids(office, PeopleFilter(), "name")
    return sorted(people.files(office, wanted), key=lambda file: file.person.id)


def _import_lists(hours: Hours, scratch: Path) -> tuple[tuple[str, Counts], ...]:
    shift = hours(4, time(9, 10))
    made = []
    for name, table in (
        (PEOPLE_LIST, living_lists.people_list),
        (FAMILY_LIST, living_lists.family_list),
    ):
        here = shift.office()
        path = scratch / name
        private.write(path, table(_files(here), LIVING_DAY).encode("utf-8"))
        done = imports.commit(here, imports.open_file(here, path))
        made.append((name, done.counts))
    return tuple(made)


def _share_out(shift: Shift) -> None:
    """Everybody but each tenth has somebody who answers for the file."""
    office = shift.office()
    ids = [file.person.id for file in _files(office)]
    colleagues = [name for name in _names(office) if name]
    for place, clerk in enumerate(colleagues):
        theirs = [person for at, person in enumerate(ids) if at % 10 and at % 3 == place]
        clerks.assign(shift.office(), theirs, clerk)


def _names(office: Office) -> Sequence[str]:
    return clerks.names(office)[:3]


def _board(shift: Shift) -> list[EndingRow]:
    return endings.endings(shift.office(), 3)


def _yesterday(shift: Shift) -> None:
    """IRCC has answered, ways were chosen, somebody has landed."""
    waiting = _at_ircc(shift)
    for number, kind, days in zip(
        waiting,
        (RequestKind.DOCUMENTS, RequestKind.BIOMETRICS, RequestKind.MEDICAL),
        (3, 12, 20),
        strict=False,
    ):
        asked = shift.day - timedelta(days=10)
        due = shift.day + timedelta(days=days)
        preparing.move(shift.office(), number, ApplicationState.ACKNOWLEDGED, asked)
        requests.save(shift.office(), RequestDetails(number, kind, asked, due))
    open_rows = [row for row in _board(shift) if row.state == "to_choose"]
    for row in open_rows[:4]:
        ways = endings.ways(shift.office(), row.permit.person)
        best = next((one.way.key for one in ways.ways if one.recommended), "employer")
        endings.choose(shift.office(), row.permit.person, best)
    for stage, count in ((PrStage.CONFIRMED, 2), (PrStage.PASSPORT_ASKED, 1)):
        for person in pr_track.people_at(shift.office(), stage)[:count]:
            following = PrStage.LANDED if stage is PrStage.CONFIRMED else PrStage.CONFIRMED
            pr_track.record(shift.office(), person, following, shift.day)


def _at_ircc(shift: Shift) -> list[int]:
    """The extensions that wait, the oldest first."""
    office = shift.office()
    wanted = ApplicationFilter(state=ApplicationState.RECEIVED, family=False)
    rows = applications.rows(office, applications.ids(office, wanted, "received", False))
    return [row.id for row in rows if row.kind is ApplicationKind.EXTENSION]


def _today(morning: Shift, later: Shift) -> None:
    """What came in, calls about permits that end, notes that come back today."""
    open_rows = [row for row in _board(morning) if row.state in ("to_choose", "chosen")]
    for count, row in enumerate(open_rows[:3], start=1):
        person = row.permit.person
        wanted: dict[documents.Which, documents.Stands] = {
            (DocumentType.PR_PROOF, None): (DocumentState.REVIEWED, None)
        }
        documents.set_documents(morning.office(), person, wanted)
        preview = applications.Reception(
            person,
            instant_in_toronto(morning.day, time(7, 5 * count)),
            number=f"W35026112{count}",
            kind=ApplicationKind.EXTENSION,
        )
        if not applications.preview_receive(morning.office(), preview).blocked:
            applications.receive(morning.office(), preview)
    for row in open_rows[4:7]:
        text = _("Called about the end of the permit; will send the passport this week.")
        contacts.save(morning.office(), row.permit.person, None, ContactKind.CALLED, text)
    for place, row in enumerate(open_rows[7:11]):
        text = _("Call back: the employer changes the hours, and the way on hangs on it.")
        on = later.day + timedelta(days=3 * (place % 2))
        folder.add_note(later.office(), row.permit.person, text, pinned=not place, remind_on=on)
    for person in pr_track.people_at(later.office(), PrStage.FILED)[:1]:
        number = f"E{700000000 + person}"
        pr_track.record(later.office(), person, PrStage.ACKNOWLEDGED, later.day, number)
