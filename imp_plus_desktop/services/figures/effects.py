# SPDX-License-Identifier: Apache-2.0
"""Whose verdict, days and fees other figures would change, file by file, in memory.

    foresee(office, file, progress) -> tuple[Affected, ...]

Each file is judged twice on the same day, by today's programme and by one that only this call
knows; nothing is written. What counts from a later day is looked at on that day too. It is what a
copy of the register would show after the same act.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.deadlines.agenda import agenda_of
from imp_plus_desktop.domain.fees import fees
from imp_plus_desktop.domain.figures import own
from imp_plus_desktop.domain.figures.many import Entry
from imp_plus_desktop.domain.figures.own import Kind
from imp_plus_desktop.domain.letters import letters
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import PersonId
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.programme import CapLimit, Programme, Setting
from imp_plus_desktop.services.figures.files import FigureFile, changes
from imp_plus_desktop.services.office import standing
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.storage.reads import queries

BATCH = 100
VERDICT, DAY, FEE = "verdict", "day", "fee"
LAST_SAFE_DAY = "last_safe_day"


@dataclass(frozen=True, slots=True)
class Affected:
    """What would be other of one file on a day. `what`: verdict (codes), day (days, None for
    none; `of` says which: last_safe_day or a kind of deadline) or fee (cents)."""

    person: PersonId
    name: str
    what: str
    of: str
    before: str | date | int | None
    after: str | date | int | None
    on: date


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Everything that would be other, and how many files were looked at."""

    affected: tuple[Affected, ...]
    files: int

    @property
    def people(self) -> int:
        return len({one.person for one in self.affected})


def foresee(office: Office, file: FigureFile, progress: Progress | None = None) -> Foreseen:
    """What taking a file would change, person by person."""
    office.must_see_all()
    found_changes = [one.entry for one in changes(office, file)]
    entries = [one for one in found_changes if own.kind_of(office.shipped_programme, one.name)]
    ids = queries.everybody(office.register)
    days = _days(office, entries)
    pairs = [(day, _now(office, day), _supposed(office, entries, day)) for day in days]
    pairs = [(day, now, then) for day, now, then in pairs if now != then]
    if not pairs:
        return Foreseen((), len(ids))
    found: list[Affected] = []
    for start in range(0, len(ids), BATCH):
        if progress is not None:
            progress.step(start, len(ids))
        for one in queries.files(office.register, ids[start : start + BATCH]):
            seen: set[tuple[object, ...]] = set()
            for day, now, then in pairs:
                for told in _of_file(one, now, then, day):
                    key = (told.what, told.of, told.before, told.after)
                    if key not in seen:
                        seen.add(key)
                        found.append(told)
    return Foreseen(tuple(found), len(ids))


def of_file(
    office: Office, person: int, programme: Programme, day: date
) -> dict[tuple[str, str], str | date | int | None]:
    """What one file says on a day under a programme: verdict, days and fees."""
    (found,) = queries.files(office.register, [person])
    return _judged(found, programme, day)


def _days(office: Office, entries: list[Entry]) -> list[date]:
    """Today, and the last later day from which something counts."""
    today = office.clock.today()
    later = [one.from_day for one in entries if one.from_day > today]
    return [today, max(later)] if later else [today]


def _now(office: Office, day: date) -> Programme:
    return office.programme_with((), (), day)


def _supposed(office: Office, entries: list[Entry], day: date) -> Programme:
    """The programme with a file's entries, as on a day."""
    shipped = office.shipped_programme
    kinds = {entry: own.kind_of(shipped, entry.name) for entry in entries}
    caps = [
        CapLimit(
            Ledger(e.name.removeprefix(own.CAP)),
            e.year or e.from_day.year,
            int(e.value),
            e.from_day,
            source=e.source,
        )
        for e in entries
        if kinds[e] is Kind.LIMIT
    ]
    settings = [
        Setting(e.name, e.year, e.value, e.from_day, e.source)
        for e in entries
        if kinds[e] not in (Kind.LIMIT, Kind.ENTRY, Kind.HOLIDAY)
    ]
    return office.programme_with(caps, settings, day)


def _of_file(file: PersonFile, now: Programme, then: Programme, day: date) -> Iterator[Affected]:
    person = file.person
    name = " ".join(filter(None, (person.family_name, person.given_names)))
    before, after = _judged(file, now, day), _judged(file, then, day)
    for (what, of), was in before.items():
        becomes = after.get((what, of))
        if was != becomes:
            yield Affected(person.id, name, what, of, was, becomes, day)
    for (what, of), becomes in after.items():
        if (what, of) not in before:
            yield Affected(person.id, name, what, of, None, becomes, day)


def _judged(
    file: PersonFile, programme: Programme, day: date
) -> dict[tuple[str, str], str | date | int | None]:
    """The verdict, the days and what is owed, as known on a day."""
    verdict = standing.verdict_for_list(file, programme, day, explained=False)
    used = letters.letter_use(file) is not None
    told: dict[tuple[str, str], str | date | int | None] = {
        (VERDICT, ""): verdict.code.value,
        (DAY, LAST_SAFE_DAY): None if used else verdict.last_safe_day,
    }
    for item in agenda_of(file, day, programme):
        key = (DAY, item.deadline.kind.value)
        known = told.get(key)
        if known is None or (isinstance(known, date) and item.day < known):
            told[key] = item.day
    told[FEE, ""] = fees.account(file, day, programme).expected_cents
    return told
