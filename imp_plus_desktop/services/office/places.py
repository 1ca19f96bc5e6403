# SPDX-License-Identifier: Apache-2.0
"""Places of the cap: how many are left, and taking or giving back one inside an open act.

The arithmetic is `domain/quota/quota.py`; the lock is the register's. This module joins the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota.quota import (
    CapUse,
    OfficialCount,
    alike,
    cap_use,
    follows_switches,
    latest_official,
    receipts_since,
    uses_place,
)
from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_year
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Ledger, Outcome
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.journal import cap_places
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.reads import figures, queries

IMPORTED = "imported"
"""The reason of an entry that history brought, over the cap if need be."""
RECEIVED = "received"
CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class PlaceTaken:
    """What a receipt got: a place, or None with `over_cap` saying whether it wanted one."""

    place: int | None
    over_cap: bool


def use_of(office: Office, programme: Programme, year: int, day: date) -> CapUse:
    """How a cap year stands on a day, by own and official counts."""
    cap = programme.cap_on(Ledger.APPLICATIONS, year, day)
    own = figures.places_used(office.register, year)
    official = _official(office, year, day)
    since = 0
    if official is not None:
        days = figures.by_day(figures.year_tallies(office.register, year), placed=True)
        # Also those after `day`: a receipt that is entered late finds their places taken.
        since = receipts_since(days, official, date.max)
    return cap_use(year, cap, own, official, since)


def use_ahead(
    office: Office, act: Act, programme: Programme, year: int, day: date
) -> tuple[CapUse, range | None]:
    """How a cap year stands on a day, for an open act, and with how many own places in use what is
    judged by it holds; None once that may no longer change."""
    if act.whole is None or _official(office, year, day) is not None:
        act.alone()
        return use_of(office, programme, year, day), None
    use = use_of(office, programme, year, day)
    within = alike(use, programme.cap_warning_levels)
    if within is None:
        act.alone()
    return use, within


def _official(office: Office, year: int, day: date) -> OfficialCount | None:
    return latest_official(queries.official_counts(office.register, year), year, day)


def is_full(office: Office, programme: Programme, year: int, day: date) -> bool:
    return use_of(office, programme, year, day).is_full


def take(
    office: Office,
    act: Act,
    programme: Programme,
    application_id: int,
    at: datetime,
    kind: ApplicationKind,
    code: ApplicationCode,
    use: CapUse | None = None,
    within: range | None = None,
) -> PlaceTaken:
    """Take a place for an application received at an instant, if it uses one and one is left.
    `use` is how the year stands on its day, where that was asked already, `within` as
    `use_ahead` tells it."""
    year = toronto_year(at)
    day = toronto_day(at)
    if not uses_place(kind, None, code, programme, year, day):
        return PlaceTaken(None, over_cap=False)
    ceiling = ceiling_of(use or use_of(office, programme, year, day))
    place = cap_places.take_place(
        act, application_id, year, ceiling, RECEIVED, "CAP-01", within=within
    )
    return PlaceTaken(place, over_cap=place is None)


def ceiling_of(use: CapUse) -> int | None:
    """How many own places may be in use at most.

    The official count takes places that are not in this register: they lower its own ceiling.
    """
    return None if use.cap is None else use.cap - (use.effective - use.own)


def take_by_hand(
    office: Office,
    act: Act,
    programme: Programme,
    application_id: int,
    after: Mapping[str, object],
    reason: str,
) -> PlaceTaken:
    """Take a place for an application as somebody has typed it, if it uses one and one is left.

    `reason` goes into the ledger with a correction. Past the cap only what nobody has decided can
    be kept, as cancelled. Errors: DomainError year_full.
    """
    year, received = history_year(programme, after), after.get("received_at")
    if year is None or not isinstance(received, datetime):
        return PlaceTaken(None, over_cap=False)
    ceiling = ceiling_of(use_of(office, programme, year, toronto_day(received)))
    told = corrected_because(reason) if reason else RECEIVED
    place = cap_places.take_place(act, application_id, year, ceiling, told, "CAP-01")
    if place is None and after.get("outcome") is not None:
        raise Refused("year_full", year=year)
    return PlaceTaken(place, over_cap=place is None)


def corrected_because(reason: str) -> str:
    """What the ledger keeps of a correction: that it is one, and why."""
    return f"{CORRECTED}: {reason}" if reason else CORRECTED


def settle_history(
    act: Act, programme: Programme, application_id: int, after: Mapping[str, object]
) -> int | None:
    """The place of an application that a list states, taken as it is, over the cap if need be."""
    year = history_year(programme, after)
    if year is None:
        return None
    return cap_places.take_place(act, application_id, year, None, IMPORTED, "CAP-01")


def history_year(programme: Programme, after: Mapping[str, object]) -> int | None:
    """The year in which an application that a list states used a place, None for none."""
    return HistoryYears(programme).of(after)


class HistoryYears:
    """The years in which applications that a list states used their places: many of a list have
    the same days and outcomes, of which the programme is asked once."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._days: dict[datetime, date] = {}
        self._uses: dict[tuple[object, ...], bool] = {}

    def of(self, after: Mapping[str, object]) -> int | None:
        """As `history_year`."""
        received = after.get("received_at")
        if not isinstance(received, datetime):
            return None
        day = self.day_of(received)
        kind, outcome, decided = after["kind"], after.get("outcome"), after.get("decided_on")
        # Only a switch asks for more than the year: most are of one day and one outcome else.
        on = (decided or day) if follows_switches(str(kind), outcome) else None
        asked = kind, outcome, after["code"], on, day.year
        uses = self._uses.get(asked)
        if uses is None:
            uses = self._uses[asked] = self._used(after, decided, day)
        return day.year if uses else None

    def day_of(self, received: datetime) -> date:
        """Toronto's day of a receipt."""
        day = self._days.get(received)
        if day is None:
            day = self._days[received] = toronto_day(received)
        return day

    def _used(self, after: Mapping[str, object], decided: object, day: date) -> bool:
        outcome = after.get("outcome")
        return uses_place(
            ApplicationKind(str(after["kind"])),
            Outcome(str(outcome)) if outcome is not None else None,
            ApplicationCode(str(after["code"])),
            self._programme,
            day.year,
            decided if isinstance(decided, date) else day,
        )
