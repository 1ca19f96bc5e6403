# SPDX-License-Identifier: Apache-2.0
"""The board of a programme: who is entered, who qualifies, why not, what is missing, places.

board(office, key)                    those who are entered under it
board(office, key, everybody=True)    and those of the register who may qualify
of_person(office, file)               the programmes that somebody is in
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.programmes.programme_file import FeeAsked, ProgrammeFile
from imp_plus_desktop.domain.programmes.standing import (
    Fit,
    PlaceUse,
    Stand,
    is_candidate,
    stand_of,
    use_of,
)
from imp_plus_desktop.domain.records.applications import OtherRoute
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.values.codes import Ledger, RouteState
from imp_plus_desktop.domain.values.names import sort_key
from imp_plus_desktop.services.office import person_file, summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.programmes import library
from imp_plus_desktop.storage.reads import figures
from imp_plus_desktop.storage.reads.programmes import entered
from imp_plus_desktop.words.programmes.board_texts import open_text

_AT_ONCE = 500
"""Files that are read together."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One person on the board."""

    person: int
    name: str
    place: str
    """Where the name stands in French order."""
    stand: Stand


@dataclass(frozen=True, slots=True)
class Board:
    """A programme with its people: those who wait first, then who qualifies, then who may.

    `not_shown` counts people of the register who do not qualify and are not entered, None where
    nobody was looked at beside those who are. `use` is None where no limit is set.
    """

    programme: ProgrammeFile
    day: date
    rows: tuple[BoardRow, ...]
    not_shown: int | None
    use: PlaceUse | None
    cap: int | None
    used: int | None

    def count(self, state: RouteState | None) -> int:
        """How many stand in a state; None: those who are not entered."""
        return sum(row.stand.state is state for row in self.rows)

    def fitting(self, fit: Fit) -> int:
        """How many of those who have not filed fit in a way."""
        return sum(row.stand.fit is fit for row in self.rows if row.stand.may_file)


def board(
    office: Office,
    key: str,
    *,
    everybody: bool = False,
    progress: Progress | None = None,
) -> Board:
    """A programme's board as of today. Errors: DomainError unknown_programme; Cancelled."""
    programme = library.find(office, key)
    summary.refresh(office)
    today, register = office.clock.today(), office.register
    within = _entered(office, programme)
    looked_at = entered.people(register) if everybody else sorted(within)
    permits, programme_figures = library.permits_by_route(office), office.programme()
    rows, others = [], 0
    for start in range(0, len(looked_at), _AT_ONCE):
        if progress is not None:
            progress.step(start, len(looked_at))
        found = person_file.files_of(office, looked_at[start : start + _AT_ONCE])
        for file in found.values():
            if file.person.id not in within and not is_candidate(file, today):
                continue
            stand = stand_of(programme, file, today, programme_figures, permits)
            if stand.state is None and not _may_qualify(stand):
                others += 1
                continue
            rows.append(_row(file, stand))
    use, cap, used = places(office, programme)
    return Board(
        programme, today, tuple(sorted(rows, key=_order)), others if everybody else None,
        use, cap, used,
    )  # fmt: skip


def places(office: Office, programme: ProgrammeFile) -> tuple[PlaceUse | None, int | None, int]:
    """Places of a programme: under its limit, what that is, and how many are used. Those of the
    main programme are of the ledger, this year's."""
    today = office.clock.today()
    if programme.is_main:
        cap = office.programme().cap_on(Ledger.APPLICATIONS, today.year, today)
        return None, cap, figures.places_used(office.register, today.year)
    use = use_of(programme, entries(office, programme.key), today)
    return use, None if use is None else use.limit.limit, 0 if use is None else use.used


def when(office: Office, programme: ProgrammeFile) -> str:
    """When one may file, in words: of the main programme, by its letters."""
    letters = office.programme().last_accepted_letter if programme.is_main else None
    return open_text(programme, office.clock.today(), letters)


def entries(office: Office, key: str) -> list[OtherRoute]:
    """Everything that is recorded under a programme, of files that are there."""
    return entered.routes_of(office.register, key)


def of_person(office: Office, file: PersonFile) -> tuple[tuple[ProgrammeFile, Stand], ...]:
    """The programmes that somebody is entered under, in the order of the list."""
    today, figures_of_day = office.clock.today(), office.programme()
    permits = library.permits_by_route(office)
    found = (
        (one, stand_of(one, file, today, figures_of_day, permits))
        for one in library.programmes(office)
        if one.is_main or any(route.route == one.key for route in file.other_routes)
    )
    return tuple((one, stand) for one, stand in found if stand.state is not None)


def cost(office: Office, programme: ProgrammeFile, payer: str) -> int | None:
    """What one person's application costs today, in cents; None where an amount is not known."""
    today, known = office.clock.today(), office.programme()
    total = 0
    for fee in _of_day(programme.fees, today):
        if fee.payer != payer:
            continue
        cents = fee.cents
        if cents is None:
            amount = known.fee_on(fee.fee, today)
            if amount is None:
                return None
            cents = round(amount * 100)
        total += cents
    return total


def _of_day(fees: Iterable[FeeAsked], day: date) -> list[FeeAsked]:
    """Of fees with an amount of their own, the last one of each name that is due on a day."""
    own: dict[str, FeeAsked] = {}
    named = []
    for fee in fees:
        if fee.cents is None or fee.from_day is None:
            named.append(fee)
        elif fee.from_day <= day and (
            fee.fee not in own or (own[fee.fee].from_day or date.min) <= fee.from_day
        ):
            own[fee.fee] = fee
    return [*named, *own.values()]


def _entered(office: Office, programme: ProgrammeFile) -> frozenset[int]:
    if programme.is_main:
        return frozenset(entered.people(office.register, applying=True))
    return frozenset(one.person_id for one in entries(office, programme.key))


def _may_qualify(stand: Stand) -> bool:
    """Whether somebody who is not entered is worth a look: nothing fails, and something fits."""
    if stand.fit is Fit.QUALIFIES:
        return True
    return stand.fit is Fit.OPEN and any(one.met for one in stand.said if one.condition.binds)


def _row(file: PersonFile, stand: Stand) -> BoardRow:
    person = file.person
    place = sort_key(person.family_name, person.given_names)
    return BoardRow(person.id, person.list_name, place, stand)


_STATES: Sequence[RouteState | None] = (
    RouteState.CONSIDERED,
    None,
    RouteState.FILED,
    RouteState.APPROVED,
    RouteState.REFUSED,
    RouteState.WITHDRAWN,
)
_FITS = tuple(Fit)


def _order(row: BoardRow) -> tuple[int, int, date, str, int]:
    stand = row.stand
    return (
        _STATES.index(stand.state),
        _FITS.index(stand.fit) if stand.may_file else 0,
        (stand.by or date.max) if stand.may_file else date.max,
        row.place,
        row.person,
    )
