# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of the cap: what an application uses, what a year has left (CAP).

Plain values in, plain values out. Taking a place for good is the register's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.letters.letters import letter_can_serve
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.rules.findings import Finding, Severity
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes, unknown
from imp_plus_desktop.domain.values.calendar import near_year_boundary, toronto_day, toronto_year
from imp_plus_desktop.domain.values.codes import ApplicationCode, ApplicationKind, Ledger, Outcome
from imp_plus_desktop.domain.values.programme import Programme


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger, never changed: +1 takes a place, -1 undoes a mistaken entry."""

    id: int
    application_id: ApplicationId
    cap_year: int
    delta: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OfficialCount:
    """What IRCC or MIFI announced of a cap year, counted up to a day.

    Units: applications for `received` to `withdrawn`, permits for `issued`, MIFI's letters.
    """

    year: int
    as_of: date
    received: int
    approved: int | None = None
    refused: int | None = None
    withdrawn: int | None = None
    source: str | None = None
    issued: int | None = None
    letters: int | None = None


@dataclass(frozen=True, slots=True)
class CapUse:
    """How a cap year stands. Unit: applications. `remaining` is None when no cap is in force."""

    year: int
    cap: int | None
    own: int
    official: OfficialCount | None
    effective: int

    @property
    def remaining(self) -> int | None:
        """Places left by the effective use; negative when imported history is over the cap."""
        return None if self.cap is None else self.cap - self.effective

    @property
    def is_full(self) -> bool:
        return self.cap is not None and self.effective >= self.cap


def latest_official(counts: Iterable[OfficialCount], year: int, day: date) -> OfficialCount | None:
    """The last official count of a cap year as known on a day; of equals, the later entered."""
    known = [count for count in counts if count.year == year and count.as_of <= day]
    return max(reversed(known), key=lambda count: count.as_of, default=None)


def cap_use(
    year: int,
    cap: int | None,
    own: int,
    official: OfficialCount | None = None,
    own_since: int = 0,
) -> CapUse:
    """The year's use: the larger of own count and official count plus own receipts since.

    `own_since` counts own receipts that use a place after the official count's day (decision 7).
    """
    announced = official.received + own_since if official is not None else 0
    return CapUse(year, cap, own, official, max(own, announced))


def receipts_since(receipts: Mapping[date, int], official: OfficialCount | None, day: date) -> int:
    """Own receipts, given as so many on each Toronto day, after the official count's day and up
    to `day`."""
    if official is None:
        return 0
    return sum(number for on, number in receipts.items() if official.as_of < on <= day)


def warning_level(effective: int, cap: int, levels: Iterable[int]) -> int | None:
    """The highest level, in percent of the cap, that the use has reached (CAP-02)."""
    return max((level for level in levels if 100 * effective >= level * cap), default=None)


def alike(use: CapUse, levels: Iterable[int]) -> range | None:
    """With how many own places in use a receipt is judged as with so many: none of the levels, nor
    the cap, is reached or left. None where its year is full, or not counted by own places alone."""
    if use.cap is None or use.official is not None or use.is_full:
        return None
    steps = sorted({0, use.cap, *(min(-(-level * use.cap // 100), use.cap) for level in levels)})
    above = next(step for step in steps if step > use.own)
    return range(max(step for step in steps if step <= use.own), above)


def uses_place(
    kind: ApplicationKind,
    outcome: Outcome | None,
    code: ApplicationCode,
    programme: Programme,
    year: int,
    day: date | None = None,
) -> bool:
    """Whether an application uses a place of its cap year (CAP-01, -03, -04, -05, -06).

    `day` is that of the receipt or of the return: the switches of CAP-05 count from their day on.
    """
    if not programme.code_uses_place(code) or outcome is Outcome.CANCELLED_OVER_CAP:
        return False
    if not follows_switches(kind, outcome):
        return True
    switches = programme.switches(year, day)
    if kind is not ApplicationKind.FIRST and not switches.extension_uses_place:
        return False
    return outcome is not Outcome.RETURNED or switches.returned_uses_place


def follows_switches(kind: object, outcome: object) -> bool:
    """Whether it is for a switch of CAP-05 to say if such an application uses a place."""
    return kind != ApplicationKind.FIRST or outcome == Outcome.RETURNED


def gives_back(
    application: Application, outcome: Outcome, programme: Programme, on: date | None = None
) -> bool:
    """Whether an outcome frees the place that an application holds: only a return may (CAP-05).

    An extension that has taken its place keeps it, whatever its switch says by now.
    """
    if outcome is not Outcome.RETURNED or application.cap_year is None:
        return False
    return not programme.switches(application.cap_year, on).returned_uses_place


def receipt_findings(
    at: datetime,
    kind: ApplicationKind,
    code: ApplicationCode,
    use: CapUse,
    programme: Programme,
) -> tuple[Finding, ...]:
    """CAP-01, -02, -04, -05, -06 and -08 for an application about to be received at an instant.

    `use` is the state of the instant's cap year before this application.
    """
    year, day = toronto_year(at), toronto_day(at)
    counted = uses_place(kind, None, code, programme, year, day)
    over = counted and use.is_full
    return (
        cap_01(year, counted=counted and not over),
        cap_02(use, programme, kind)
        if counted
        else not_applicable("CAP-02", "uses_no_place", year=year),
        cap_04(code, programme),
        cap_05(kind, None, programme, year, day),
        cap_06(over, None, programme, day),
        cap_08(at, programme, counted=counted),
    )


def decision_findings(
    application: Application, outcome: Outcome, programme: Programme, on: date | None = None
) -> tuple[Finding, ...]:
    """CAP-03 and CAP-05 for a decision about to be recorded as of a day."""
    year = application.cap_year
    if year is None:
        return (not_applicable("CAP-03", "no_place_to_keep"),)
    switch = cap_05(application.kind, outcome, programme, year, on)
    if application.place is None or gives_back(application, outcome, programme, on):
        return (not_applicable("CAP-03", "no_place_to_keep"), switch)
    return (passes("CAP-03", "place_kept", year=year, place=application.place), switch)


def cap_01(year: int, *, counted: bool) -> Finding:
    """A first A76 application uses one place in Toronto's year of receipt. Source A76."""
    if not counted:
        return not_applicable("CAP-01", "uses_no_place", year=year)
    return passes("CAP-01", "place_in_year", year=year)


def cap_02(
    use: CapUse, programme: Programme, kind: ApplicationKind = ApplicationKind.FIRST
) -> Finding:
    """The year has room. Source A76.

    Over the cap a receipt is recorded as cancelled, never refused: so a fail only warns here.
    Waiting for the next year helps only while a letter can still serve then.
    """
    if use.cap is None:
        return unknown("CAP-02", "cap_unknown", fix="record_cap", year=use.year)
    if use.is_full:
        next_year = date(use.year + 1, 1, 1)
        waits = kind is not ApplicationKind.FIRST or letter_can_serve(next_year, programme)
        return fails(
            "CAP-02",
            "cap_reached",
            fix="wait_for_next_year" if waits else "check_other_routes",
            severity=Severity.WARN,
            year=use.year,
            cap=use.cap,
            used=use.effective,
        )
    level = warning_level(use.effective, use.cap, programme.cap_warning_levels)
    if level is not None:
        return fails(
            "CAP-02",
            "cap_level_reached",
            severity=Severity.WARN,
            year=use.year,
            cap=use.cap,
            used=use.effective,
            level=level,
        )
    return passes("CAP-02", "cap_has_room", year=use.year, cap=use.cap, used=use.effective)


def cap_04(code: ApplicationCode, programme: Programme) -> Finding:
    """Family and study permits use no place. Sources A76, C41, C49."""
    if programme.code_uses_place(code):
        return not_applicable("CAP-04", "principal_code", code=code.value)
    return passes("CAP-04", "family_uses_no_place", code=code.value)


def cap_05(
    kind: ApplicationKind,
    outcome: Outcome | None,
    programme: Programme,
    year: int,
    day: date | None = None,
) -> Finding:
    """Which choice was made where the instructions are silent; stated, never hidden."""
    switches = programme.switches(year, day)
    if outcome is Outcome.RETURNED:
        used = switches.returned_uses_place
        reason = "returned_uses_place" if used else "returned_uses_no_place"
    elif kind is not ApplicationKind.FIRST:
        used = switches.extension_uses_place
        reason = "extension_uses_place" if used else "extension_uses_no_place"
    else:
        return not_applicable("CAP-05", "no_switch_applies")
    return passes("CAP-05", reason, year=year)


def cap_06(over: bool, refund_logged_on: date | None, programme: Programme, day: date) -> Finding:
    """An over-cap file is refunded, and warns until the refund is logged. Source A76."""
    if not over:
        return not_applicable("CAP-06", "not_over_cap")
    if refund_logged_on is not None:
        return passes("CAP-06", "over_cap_refund_logged", refund_logged_on=refund_logged_on)
    return fails(
        "CAP-06",
        "over_cap_refund_expected",
        fix="log_refund",
        amount=int(programme.over_cap_refund(day)),
    )


def cap_07(ledger: Ledger, use: CapUse, levels: Iterable[int] = ()) -> Finding:
    """Letters and permits against MIFI's own figure. Source QC-FR.

    `levels` are the percentages at which it warns before it is reached.
    """
    if use.cap is None:
        return unknown(
            "CAP-07", "mifi_figure_unknown", fix="record_cap", ledger=ledger.value, year=use.year
        )
    level = None if use.is_full else warning_level(use.effective, use.cap, levels)
    if level is not None:
        return fails(
            "CAP-07",
            "mifi_level_reached",
            ledger=ledger.value,
            year=use.year,
            cap=use.cap,
            used=use.effective,
            level=level,
        )
    outcome = fails if use.is_full else passes
    return outcome(
        "CAP-07",
        "mifi_figure_reached" if use.is_full else "mifi_figure_has_room",
        ledger=ledger.value,
        year=use.year,
        cap=use.cap,
        used=use.effective,
    )


def cap_08(at: datetime, programme: Programme, *, counted: bool) -> Finding:
    """Receipt is clear of the hours in which Toronto and UTC disagree on the year."""
    year = toronto_year(at)
    if not counted:
        return not_applicable("CAP-08", "uses_no_place", year=year)
    if near_year_boundary(at, programme.boundary_hours):
        return fails("CAP-08", "near_year_boundary", fix="check_receipt_instant", year=year)
    return passes("CAP-08", "clear_of_year_boundary", year=year)
