# SPDX-License-Identifier: Apache-2.0
"""What the office says of a deadline: seen, or moved with a reason; and the agenda as a calendar.

A mark belongs to one deadline: its kind, what it hangs on, and the day that the file gives it.
When the file gives another day, the deadline is a new one and shows again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.agenda import AgendaItem, agenda_of, every_item
from imp_plus_desktop.domain.reads.outward import Out, OutForm, OutKind, OutPaper
from imp_plus_desktop.domain.reads.rows import DeadlineRow
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.records.office import DeadlineMark
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.exchange.writers import calendar_file
from imp_plus_desktop.exchange.writers.calendar_file import DayToKeep
from imp_plus_desktop.i18n import _, format_day, format_number, ngettext
from imp_plus_desktop.services.agenda import deadlines, meeting_marks
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.services.outward import leaving
from imp_plus_desktop.storage.journal import journal
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.words import messages
from imp_plus_desktop.words.figures.workday_texts import closed_text


@dataclass(frozen=True, slots=True)
class Named:
    """Which deadline is meant: `day` is the file's own, before the office moved it."""

    person_id: int
    kind: str
    day: date
    subject_id: int | None = None

    @classmethod
    def of(cls, row: DeadlineRow) -> Named:
        return cls(row.person_id, row.kind, row.own_day, row.subject_id)


def items(office: Office, person_id: int) -> tuple[AgendaItem, ...]:
    """The agenda of one file today."""
    file = person_file.file_of(office, person_id)
    return agenda_of(file, office.clock.today(), office.programme())


def find(office: Office, person_id: int, kind: str, day: date | None = None) -> Named:
    """A person's deadline of a kind, on a day where there are several.

    Errors: DomainError deadline_not_found.
    """
    file = person_file.file_of(office, person_id)
    found = [
        item
        for item in every_item(file, office.clock.today(), office.programme())
        if item.deadline.kind.value == kind and day in (None, item.deadline.day, item.day)
    ]
    if len(found) != 1:
        raise InvalidInput("deadline_not_found")
    deadline = found[0].deadline
    return Named(person_id, kind, deadline.day, deadline.subject_id)


def acknowledge(office: Office, named: Named) -> ActId | None:
    """Say that a deadline was seen. Once is enough: a second time changes nothing."""
    return _mark(
        office, "deadlines.seen", named, {"acknowledged_on": office.clock.today()}, once=True
    )


def settle(office: Office, named: Named) -> ActId | None:
    """Say that a deadline is done with: it leaves the agenda. A second time changes nothing."""
    return _mark(office, "deadlines.settle", named, {"settled_on": office.clock.today()}, once=True)


def move(office: Office, named: Named, new_day: date, reason: str) -> ActId | None:
    """Keep a deadline on another day than the file gives it. Errors: DomainError reason_missing."""
    if not reason.strip():
        raise InvalidInput("reason_missing")
    return _mark(office, "deadlines.move", named, {"new_day": new_day, "reason": reason.strip()})


@judged_first
def clear(office: Office, named: Named) -> ActId | None:
    """Take back what was said of a deadline: it shows on its own day, as not seen."""
    with office.act("deadlines.clear") as act:
        present = _present(person_file.file_of(office, named.person_id), named)
        if present is not None:
            act.delete("deadline_mark", present.id)
    return act.id


def save_calendar(
    office: Office, path: Path, *, names: bool = True, ids: Sequence[int] | None = None
) -> int:
    """Write deadlines to a calendar file: those of `ids`, else all. Returns how many.

    Without `names` a day carries the file's reference number only.
    Errors: ExchangeError cannot_write; StorageError not_recorded.
    """
    rows = deadlines.agenda(office) if ids is None else deadlines.rows(office, ids)
    changed_at = figures.last_act_at(office.register) or office.clock.now()
    kept = list(_days(rows, names, journal.register_id(office.register.db), changed_at))
    people = {row.person_id for row in rows}
    with leaving.file(office, path) as out:
        calendar_file.write(out.path, _("IMP+ deadlines"), kept, office.clock.now())
        whose = tuple(people) if len(people) == 1 else ()
        form = OutForm.CALENDAR
        out.out = Out(OutKind.EXPORT, OutPaper.DEADLINES, form, len(people), whose)
    return len(kept)


def _days(
    rows: Sequence[DeadlineRow], names: bool, register: str, changed_at: datetime
) -> Iterator[DayToKeep]:
    """What stands for one thing has one name, whatever its day: a moved one replaces the old."""
    taken: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: row.own_day):
        reference = row.individual_reference or f"#{row.person_id}"
        who = row.name if names else reference
        what = messages.deadline_text(row.kind, row.reason, row.own_day)
        if names:
            what = messages.deadline_said(row)
        subject = "" if row.subject_id is None else f"-{row.subject_id}"
        named = f"{row.reason}-{row.person_id}{subject}"
        taken[named] += 1
        again = "" if taken[named] == 1 else f"-{taken[named]}"
        yield DayToKeep(
            f"{named}{again}@{register}.imp-plus", row.day, f"{who} · {what}", changed_at, why(row)
        )


def why(row: DeadlineRow) -> str:
    """By how much a deadline is overdue, why it falls on its day, where it was moved from, and when
    the office works where it is closed then."""
    closed = ""
    if row.closed is not None and row.business_day is not None and row.days_left >= 0:
        closed = closed_text(row.closed, row.business_day, later=row.is_own)
    said = (overdue_text(row.days_left), closed, messages.deadline_why(row), moved_text(row))
    return " · ".join(text for text in said if text)


def overdue_text(days_left: int) -> str:
    """`overdue by 3 days`, empty for a day that is still to come."""
    if days_left >= 0:
        return ""
    return ngettext("overdue by {count} day", "overdue by {count} days", -days_left).format(
        count=format_number(-days_left)
    )


def moved_text(row: DeadlineRow) -> str:
    """`Moved from June 1, 2024: …`, empty for a deadline on its own day."""
    if row.moved_because is None:
        return ""
    return _("Moved from {day}: {reason}").format(
        day=format_day(row.own_day), reason=row.moved_because
    )


@judged_first
def _mark(
    office: Office,
    service: str,
    named: Named,
    values: dict[str, object],
    *,
    once: bool = False,
) -> ActId | None:
    with office.act(service) as act:
        file = person_file.file_of(office, named.person_id)
        present = _present(file, named)
        if not _exists(office, file, named):
            raise InvalidInput("deadline_not_found")
        if present is None:
            own = {"kind": named.kind, "day": named.day, "subject_id": named.subject_id}
            if meeting_marks.may_add(act, named.person_id, own, values):
                act.insert("deadline_mark", {**values, **own, "person_id": named.person_id})
        elif not once or any(getattr(present, name) is None for name in values):
            meeting_marks.write(act, present.id, values)
    return act.id


def _exists(office: Office, file: PersonFile, named: Named) -> bool:
    wanted = (named.kind, named.day, named.subject_id)
    return any(
        (i.deadline.kind.value, i.deadline.day, i.deadline.subject_id) == wanted
        for i in every_item(file, office.clock.today(), office.programme())
    )


def _present(file: PersonFile, named: Named) -> DeadlineMark | None:
    wanted = (named.kind, named.day, named.subject_id)
    return next((m for m in reversed(file.marks) if (m.kind, m.day, m.subject_id) == wanted), None)
