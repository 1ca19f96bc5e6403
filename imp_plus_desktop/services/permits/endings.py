# SPDX-License-Identifier: Apache-2.0
"""The permits that end: who, when, which ways on there are for each, and which one was chosen.

    endings(office, within=3)              everybody, what has ended first
    ways(office, person)                   one person's ways
    choose(office, person, "bridging")     papers, a reminder and the choice, as one act

Nothing is filed here: choosing prepares what an office needs to file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.documents.documents import Presence
from imp_plus_desktop.domain.permits.permits import latest_permit
from imp_plus_desktop.domain.reads.filters import EVERYBODY, Scope
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ActId
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import DocumentState
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.domain.ways.conditions import Ending, ending_on
from imp_plus_desktop.domain.ways.ways import Held, WayOn, members_of, waiting_costs, ways_on
from imp_plus_desktop.i18n import _
from imp_plus_desktop.services.office import person_file, summary
from imp_plus_desktop.services.office.office import Office, judged_first
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.storage.reads.figures import EndingPermit
from imp_plus_desktop.words.terms.code_names import name_of

MONTHS = (3, 6, 12)
"""How far ahead the board looks, by choice."""

Waits = dict[str, tuple[int, int]]
"""By way: the median wait in days, and of how many files it is."""

_ENOUGH = 10
"""Fewer files say nothing of how long IRCC takes."""


@dataclass(frozen=True, slots=True)
class EndingRow:
    """One line of the board. `state` is a code: ended, kept, to_choose, chosen; `restore_by` the
    last day to restore the status of a permit that has ended, while it can be."""

    permit: EndingPermit
    days_left: int
    state: str
    restore_by: date | None


@dataclass(frozen=True, slots=True)
class Ways:
    """Everything that one person's page of the board shows.

    `waiting_cents` is what restoring would cost more than filing in time.
    """

    file: PersonFile
    ending: Ending
    ways: tuple[WayOn, ...]
    members: tuple[Held, ...]
    chosen: str | None
    waiting_cents: int | None
    waits: Waits

    @property
    def days_left(self) -> int:
        return (self.ending.permit.valid_until - self.ending.day).days


@dataclass(frozen=True, slots=True)
class Chosen:
    """What choosing has prepared; `act` is None where nothing changed."""

    act: ActId | None
    way: str | None
    papers: tuple[str, ...] = ()
    remind_on: date | None = None


def endings(
    office: Office,
    within: int = 3,
    scope: Scope = EVERYBODY,
    text: str = "",
    people: Sequence[int] | None = None,
) -> list[EndingRow]:
    """Whose permit ends within some months or has ended, those first that have ended with nothing
    filed; then by their last day. Only whom a `text` finds, where there is one, and of `people`."""
    summary.refresh(office)
    today = office.clock.today()
    found = figures.ending_permits(office.register, add_months(today, within), scope, text, people)
    days = timedelta(days=office.programme().restoration_days)
    rows = [
        EndingRow(
            one,
            (one.until - today).days,
            _state(one, today),
            one.until + days if one.until < today <= one.until + days else None,
        )
        for one in found
    ]
    return sorted(rows, key=_place)


def again(
    office: Office,
    rows: Iterable[EndingRow],
    touched: Collection[int],
    within: int,
    scope: Scope,
    text: str,
) -> list[EndingRow]:
    """The same board after an act: only those whom it touched are asked for anew."""
    others = [row for row in rows if row.permit.person not in touched]
    theirs = endings(office, within, scope, text, sorted(touched))
    return sorted([*others, *theirs], key=_place)


def _place(row: EndingRow) -> tuple[bool, date, str, int]:
    """Where a row stands: what has ended first, then by its last day and name."""
    return row.state != "ended", row.permit.until, row.permit.sort_key, row.permit.person


def ways_of_all(office: Office, rows: Iterable[EndingRow]) -> list[Ways]:
    """The ways of everybody on the board, in its order."""
    listed = [row.permit.person for row in rows]
    files = person_file.files_of(office, listed)
    known = waits(office)
    return [_ways(office, files[person], known) for person in listed if person in files]


def ways(office: Office, person: int, known: Waits | None = None) -> Ways:
    """The ways on of one person. The waits are of the whole register: who asks for one person
    after the other keeps them. Errors: DomainError person_not_found, no_own_permit."""
    told = waits(office) if known is None else known
    return _ways(office, person_file.file_of(office, person), told)


@judged_first
def choose(office: Office, person: int, way: str | None) -> Chosen:
    """Record which way somebody goes on, and make ready for it; None takes the choice back.

    One act: the papers that the way asks for and the file says nothing of are asked for, and a
    note comes back on the day by which it is best filed. What was prepared for another way stays.
    Errors: DomainError person_not_found, no_own_permit, unknown_way, way_chosen_already.
    """
    with office.act("permits.way") as act:
        found = _ways(office, person_file.file_of(office, person), {})
        permit = found.ending.permit
        if permit.next_way == way:
            raise Refused("way_chosen_already")
        if not act.update("permit", permit.id, {"next_way": way}):
            return _done(None, permit.next_way)  # theirs was chosen instead
        if way is None:
            return _done(act.id, None)
        taken = next((one for one in found.ways if one.way.key == way), None)
        if taken is None:
            raise InvalidInput("unknown_way", way=way)
        papers = [p.type for p in taken.papers if p.presence is Presence.NOT_RECORDED]
        for paper in papers:
            act.insert(
                "document",
                {"person_id": person, "type": paper, "state": DocumentState.REQUIRED},
            )
        remind = _remind_on(taken, found.ending.day)
        if remind is not None:
            note = {"person_id": person, "text": _note(taken), "remind_on": remind}
            act.insert("note", {**note, "written_at": act.now})
        act.details["way"] = way
    return Chosen(act.id, way, tuple(papers), remind)


def _done(act: int | None, way: str | None) -> Chosen:
    return Chosen(None if act is None else ActId(act), way)


def _state(one: EndingPermit, today: date) -> str:
    if one.filed:
        return "kept"
    if one.until < today:
        return "ended"
    return "to_choose" if one.next_way is None else "chosen"


def _ways(office: Office, file: PersonFile, waits: Waits) -> Ways:
    permit = latest_permit(file)
    if permit is None:
        raise Refused("no_own_permit")
    ending = ending_on(file, permit, office.clock.today(), office.programme())
    found = ways_on(office.ways, ending)
    return Ways(file, ending, found, members_of(file), permit.next_way, waiting_costs(found), waits)


def _remind_on(taken: WayOn, today: date) -> date | None:
    """The day to come back to it: the advised one, else the last, but none that is past."""
    wanted = taken.advised or taken.by
    if wanted is None:
        return None
    return max(wanted, today + timedelta(days=1)) if (taken.by or wanted) > today else today


def _note(taken: WayOn) -> str:
    return _("Way chosen: {way}").format(way=name_of(taken.way.key, "way"))


def waits(office: Office) -> Waits:
    """How many days IRCC took for each way in the office's own files: the median, of how many. A
    way with too few is left out."""
    routes = {way.route.key: way.key for way in office.ways.ways if way.route is not None}
    found: dict[str, list[int]] = {}
    for name, days in figures.waits(office.register):
        found.setdefault(routes.get(name, name), []).append(days)
    return {
        key: (round(median(days)), len(days)) for key, days in found.items() if len(days) >= _ENOUGH
    }
