# SPDX-License-Identifier: Apache-2.0
"""Flags of history: which a file has, settling one with a reason, and whom the lists keep.

What is flagged is `domain/verdict/history_flags.py`; this module joins it with the year's places,
without which nobody can say who is over the cap.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.reads.desks import FINDING, NOBODYS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.values.codes import FlagCode, Ledger
from imp_plus_desktop.domain.values.errors import DomainError, InvalidInput
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.domain.verdict import history_flags
from imp_plus_desktop.domain.verdict.history_flags import HistoryFlag
from imp_plus_desktop.services.office import person_file, places
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.services.servers.claims import of_finding
from imp_plus_desktop.storage.reads import flags as flag_reads
from imp_plus_desktop.storage.reads.flags import Placed


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which flags of a file are meant: all of a code, or of one application or rule."""

    code: FlagCode
    application: int | None = None
    rule: str | None = None

    def fits(self, flag: HistoryFlag) -> bool:
        """Whether a flag is meant."""
        return (
            flag.code is self.code
            and self.application in (None, flag.application)
            and self.rule in (None, flag.rule)
        )


def of_file(office: Office, file: PersonFile) -> tuple[HistoryFlag, ...]:
    """The flags of a file, open and settled."""
    programme = office.programme()
    years = {a.cap_year for a in file.own_applications if a.place is not None}
    own = {a.id for a in file.own_applications}
    over = {
        ApplicationId(placed.application)
        for year in years
        if year is not None
        for placed in _over_cap_of(office, programme, year)
        if placed.application in own
    }
    return history_flags.flags_of(file, programme, office.clock.today(), over)


def of_person(office: Office, person_id: int) -> tuple[HistoryFlag, ...]:
    """The flags of a person's file. Errors: DomainError person_not_found."""
    return of_file(office, person_file.file_of(office, person_id))


@judged_first
def settle(office: Office, person_id: int, wanted: Wanted, reason: str) -> tuple[ActId | None, int]:
    """Let flags stand, with the reason. Returns how many were open.

    Errors: DomainError reason_missing, flag_not_found, person_not_found.
    """
    if not reason.strip():
        raise InvalidInput("reason_missing")
    with office.act("flags.settle") as act:
        meant = _meant(office, person_id, wanted)
        still_open = [flag for flag in meant if flag.is_open]
        for flag in still_open:
            act.insert(
                "flag_settlement",
                {
                    "person_id": person_id,
                    "code": flag.code,
                    "subject_id": flag.subject_id,
                    "about": flag.about,
                    "reason": reason.strip(),
                    "settled_on": office.clock.today(),
                    "settled_by": office.user,
                },
            )
    return act.id, len(still_open)


@judged_first
def unsettle(office: Office, person_id: int, wanted: Wanted) -> tuple[ActId | None, int]:
    """Open settled flags again. Returns how many were settled. Errors: DomainError flag_not_found,
    person_not_found."""
    with office.act("flags.unsettle") as act:
        settled = [flag.settled for flag in _meant(office, person_id, wanted)]
        numbers = [one.id for one in settled if one is not None]
        for number in numbers:
            act.delete("flag_settlement", number)
    return act.id, len(numbers)


@dataclass(frozen=True, slots=True)
class OverCap:
    """The applications that a year has too many of, and whose flag nobody has settled."""

    applications: Sequence[int] = ()
    people: Sequence[int] = ()


def over_cap(office: Office) -> OverCap:
    """Everybody over the cap of a year with the flag still open."""
    programme = office.programme()
    used = flag_reads.years_used(office.register)
    found: list[Placed] = []
    for year in used:
        late = _over_cap_of(office, programme, year)
        if late:
            about = history_flags.over_cap_about(year)
            settled = flag_reads.settled_subjects(office.register, FlagCode.OVER_CAP, about)
            found += [one for one in late if one.application not in settled]
    return OverCap(
        [one.application for one in found], list(dict.fromkeys(one.person for one in found))
    )


def count_people(office: Office) -> int:
    """How many files have a flag to settle, as of the last time that the lists were asked for."""
    late = over_cap(office).people
    return flag_reads.count_flagged(office.register, "person_id", late)


def count_applications(office: Office) -> int:
    """How many applications have a flag to settle, as `count_people` counts."""
    late = over_cap(office).applications
    return flag_reads.count_flagged(office.register, "application_id", late)


def claimed_people(office: Office, people: array[int], wanted: str) -> array[int]:
    """Those of flagged people with a flag to settle that whoever asks has taken on, or nobody
    has."""
    return _claimed(office, people, wanted, lambda person, _flag: person)


def claimed_applications(office: Office, numbers: array[int], wanted: str) -> array[int]:
    """Those of flagged applications, as `claimed_people` keeps people."""
    return _claimed(office, numbers, wanted, lambda _person, flag: flag.application)


def _claimed(
    office: Office, numbers: array[int], wanted: str, row_of: Callable[[int, HistoryFlag], int]
) -> array[int]:
    claims = office.company.claims
    people = {n for matter in claims if matter.kind == FINDING and (n := matter.person) is not None}
    own, free, told = set[int](), set[int](), set[int]()
    for person in people:
        for flag in _open_of(office, person):
            row, claim = row_of(person, flag), claims.get(of_finding(person, flag))
            told.add(row)
            if claim is None:
                free.add(row)
            elif claim.is_own:
                own.add(row)
    if wanted == NOBODYS:
        return array("q", (n for n in numbers if n in free or n not in told))
    return array("q", (n for n in numbers if n in own))


def _open_of(office: Office, person: int) -> list[HistoryFlag]:
    try:
        return [flag for flag in of_person(office, person) if flag.is_open]
    except DomainError:  # the file went meanwhile
        return []


def _meant(office: Office, person_id: int, wanted: Wanted) -> list[HistoryFlag]:
    found = [flag for flag in of_person(office, person_id) if wanted.fits(flag)]
    if not found:
        raise InvalidInput("flag_not_found")
    return found


def _over_cap_of(office: Office, programme: Programme, year: int) -> list[Placed]:
    """The last applications by receipt for which a year has no room: those it has too many of."""
    excess = _excess(office, programme, year)
    return flag_reads.latest_placed(office.register, year, excess) if excess > 0 else []


def over_with(
    office: Office, programme: Programme, year: int, new: Sequence[tuple[datetime, int]]
) -> list[int]:
    """Which of these new applications, each with its receipt and its place in a list, would be
    over the cap of a year that they came to."""
    excess = _excess(office, programme, year, len(new))
    if excess <= 0:
        return []
    present = flag_reads.latest_placed(office.register, year, excess)
    # Of one instant, those of the register came first.
    lined = [(one.received_at, 0, 0) for one in present]
    lined += [(received, 1, place) for received, place in new]
    last = sorted(lined, reverse=True)[:excess]
    return sorted(place for _received, is_new, place in last if is_new)


def _excess(office: Office, programme: Programme, year: int, more: int = 0) -> int:
    """By how many applications a year is over its cap, as far as the register's own can be meant,
    with `more` that are to come.

    Those that an official count already holds were taken in by IRCC: of these only the register's
    own count can be too many.
    """
    today = office.clock.today()
    cap = programme.cap_on(Ledger.APPLICATIONS, year, today)
    if cap is None:
        return 0
    used = flag_reads.years_used(office.register).get(year, 0) + more
    if year not in flag_reads.years_with_official(office.register):
        return used - cap
    use = places.use_of(office, programme, year, today)
    if use.cap is None or use.official is None:
        return used - cap
    since = max(0, use.effective - use.official.received) + more
    return max(used - use.cap, min(since, use.official.received + since - use.cap))
