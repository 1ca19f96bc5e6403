# SPDX-License-Identifier: Apache-2.0
"""The programme's dated parameters as one frozen value.

Built from a parsed table; reading the file and the register's overrides happens elsewhere.
Must not hold a rule: a rule takes a Programme as an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.values.calendar import add_months
from imp_plus_desktop.domain.values.codes import ApplicationKind, Ledger

_UNKNOWN = "unknown"
"""How the table says that no source gives an amount."""


@dataclass(frozen=True, slots=True)
class CapLimit:
    """A limit of one ledger for one calendar year, in force from a day on.

    `each_year` makes it the limit of every later year too. Unit: applications, letters or permits.
    """

    ledger: Ledger
    year: int
    limit: int
    from_day: date
    each_year: bool = False
    source: str = ""

    def covers(self, year: int) -> bool:
        return self.year == year or (self.each_year and self.year < year)


@dataclass(frozen=True, slots=True)
class PlaceSwitches:
    """What the instructions leave open (CAP-05), from a cap year on."""

    from_year: int
    returned_uses_place: bool
    extension_uses_place: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter that an act of the office has set, in force from a day on.

    One of `WINDOWS` (`year` None), of `SWITCHES` (of a year) or of `domain/figures`, as text.
    """

    name: str
    year: int | None
    value: str
    from_day: date
    reason: str = ""


WINDOWS: Mapping[str, type[date] | type[int]] = {
    "opened": date,
    "last_accepted_letter": date,
    "letter_window_days": int,
    "restoration_days": int,
    "decision_due_days": int,
}
"""The programme's windows that an office may set, and what each is: a day, or a count of days."""

SWITCHES = ("returned_uses_place", "extension_uses_place")
"""What the instructions leave open (CAP-05), as fields of `PlaceSwitches`."""


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What an exemption code stands for from a day on, and whether it uses a place (CAP-04)."""

    code: str
    holder: str
    from_day: date
    uses_place: bool


@dataclass(frozen=True, slots=True)
class CsqTerm:
    """Months of validity of a CSQ issued from `from_day` on."""

    from_day: date
    months: int
    source: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class ClockLength:
    """How long one of IRCC's clocks runs, from a day on. `unit`: hours, days, months or years."""

    clock: str
    length: int
    unit: str
    from_day: date
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class FamilyRule:
    """What family permits ask of a principal from a day on (FAM-02, source C41).

    `months_left` and `teer` are the general rule, `a76_months_left` what holds for A76.
    """

    from_day: date
    months_left: int
    teer: tuple[str, ...]
    a76_months_left: int


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in Canadian dollars, due from a day on; None where no source gives it."""

    fee: str
    amount: Decimal | None
    from_day: date
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Indexed:
    """Fees whose amount IRCC indexes every year on a day of a month."""

    fees: tuple[str, ...]
    month: int
    day: int
    source: str

    def next_after(self, day: date) -> date:
        """The first indexation after a day."""
        this_year = date(day.year, self.month, self.day)
        return this_year if this_year > day else date(day.year + 1, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Programme:
    """Every number that a rule needs. Days are counts of calendar days, ages are in years."""

    version: str
    opened: date
    last_accepted_letter: date
    letter_window_days: int
    letter_warning_days: tuple[int, ...]
    caps: tuple[CapLimit, ...]
    cap_warning_levels: tuple[int, ...]
    boundary_hours: int
    places: tuple[PlaceSwitches, ...]
    codes: tuple[CodeMeaning, ...]
    term_months: int
    extension_months: int
    restoration_days: int
    permit_warning_days: tuple[int, ...]
    passport_warning_days: tuple[int, ...]
    csq_terms: tuple[CsqTerm, ...]
    csq_warning_days: tuple[int, ...]
    csq_accepted: frozenset[str]
    csq_other_route: frozenset[str]
    csq_not_worker: frozenset[str]
    child_age: int
    majority: int
    birthday_warning_days: int
    family_rules: tuple[FamilyRule, ...]
    biometrics_ages: tuple[int, int]
    decision_due_days: int
    child_ahead_days: int
    forecast_weeks: tuple[int, ...]
    forecast_min_receipts: int
    fees: tuple[Fee, ...]
    clocks: tuple[ClockLength, ...]
    indexed_fees: tuple[Indexed, ...] = ()
    cap_overrides: tuple[CapLimit, ...] = ()
    switch_settings: tuple[Setting, ...] = ()
    window_settings: tuple[Setting, ...] = ()
    shipped_windows: tuple[tuple[str, Any], ...] = ()
    fees_read: tuple[tuple[str, date], ...] = ()
    day: date | None = None
    """The day whose windows these are; None while no window was ever set."""

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Programme:
        """Build from the parsed `programme.toml`. Raises KeyError naming what is missing."""
        letters, cap, permit = table["letters"], table["cap"], table["permit"]
        csq, family, forecast = table["csq"], table["family"], table["forecast"]
        waiting = table["waiting"]
        return cls(
            version=table["version"],
            opened=letters["opened"],
            last_accepted_letter=letters["last_accepted"],
            letter_window_days=letters["window_days"],
            letter_warning_days=tuple(letters["warning_days"]),
            caps=tuple(_cap(row) for row in table["caps"]),
            cap_warning_levels=tuple(cap["warning_levels"]),
            boundary_hours=cap["boundary_hours"],
            places=tuple(_places(row) for row in table["places"]),
            codes=tuple(
                CodeMeaning(row["code"], row["holder"], row["from"], row["uses_place"])
                for row in table["codes"]
            ),
            term_months=permit["term_months"],
            extension_months=permit["extension_months"],
            restoration_days=permit["restoration_days"],
            permit_warning_days=tuple(permit["warning_days"]),
            passport_warning_days=tuple(permit["passport_warning_days"]),
            csq_terms=tuple(CsqTerm(row["from"], row["months"]) for row in table["csq_terms"]),
            csq_warning_days=tuple(csq["warning_days"]),
            csq_accepted=frozenset(csq["accepted_categories"]),
            csq_other_route=frozenset(csq["other_route_categories"]),
            csq_not_worker=frozenset(csq["not_worker_categories"]),
            child_age=family["child_age"],
            majority=family["majority"],
            birthday_warning_days=family["birthday_warning_days"],
            family_rules=tuple(
                FamilyRule(
                    row["from"], row["months_left"], tuple(row["teer"]), row["a76_months_left"]
                )
                for row in table["family_rules"]
            ),
            biometrics_ages=(table["biometrics"]["from_age"], table["biometrics"]["to_age"]),
            decision_due_days=waiting["decision_due_days"],
            child_ahead_days=waiting["child_ahead_days"],
            forecast_weeks=tuple(forecast["weeks"]),
            forecast_min_receipts=forecast["min_receipts"],
            fees=tuple(_fee(row) for row in table["fees"]),
            clocks=tuple(
                ClockLength(row["clock"], row["length"], row["unit"], row["from"], row["source"])
                for row in table["clocks"]
            ),
            indexed_fees=tuple(
                Indexed(tuple(row["fees"]), row["month"], row["day"], row["source"])
                for row in table["indexed_fees"]
            ),
        )

    def with_caps(self, overrides: Iterable[CapLimit]) -> Programme:
        """The same programme with limits that the office's own acts have set, oldest first."""
        return replace(self, cap_overrides=self.cap_overrides + tuple(overrides))

    def cap_on(self, ledger: Ledger, year: int, day: date) -> int | None:
        """The limit of a ledger's year as it stands on a day, None when none is in force yet."""
        row = self.cap_row_on(ledger, year, day)
        return None if row is None else row.limit

    def cap_row_on(self, ledger: Ledger, year: int, day: date) -> CapLimit | None:
        """What gives the limit of a ledger's year on a day.

        Of several the one in force last counts; any limit set by an act wins over the shipped.
        """
        for limits in (self.cap_overrides, self.caps):
            current = [
                limit
                for limit in limits
                if limit.ledger is ledger and limit.covers(year) and limit.from_day <= day
            ]
            if current:
                # max() keeps the first of equals: reversed, so that the later act wins.
                return max(reversed(current), key=lambda limit: (limit.year, limit.from_day))
        return None

    def with_settings(self, settings: Iterable[Setting], day: date) -> Programme:
        """The same programme with what the office's acts have set, oldest first, as on a day."""
        present = list(settings)
        windows = sorted(
            (setting for setting in present if setting.name in WINDOWS),
            key=lambda one: one.from_day,
        )
        chosen = tuple(setting for setting in present if setting.name in SWITCHES)
        told = replace(
            self,
            switch_settings=self.switch_settings + chosen,
            window_settings=tuple(windows),
            shipped_windows=tuple((name, getattr(self, name)) for name in WINDOWS),
        )
        return told.on(day)

    def on(self, day: date) -> Programme:
        """The same programme with the windows that were in force on a day.

        What is judged as of a day is judged by these, whatever was set for later.
        """
        if not self.window_settings or day == self.day:
            return self
        windows = dict(self.shipped_windows)
        for setting in self.window_settings:
            if setting.from_day <= day:
                windows[setting.name] = window_value(setting)
        return replace(self, day=day, **windows)

    def last_day(self, name: str, start: date) -> date:
        """The last day of a count of days (`letter_window_days`, …) that runs from a day.

        Each day is asked by the count in force on it. A later count can open the time again:
        then it is the end of the stretch that this programme's day stands in, or stood last.
        """
        if all(setting.name != name for setting in self.window_settings):
            return start + timedelta(days=getattr(self, name))
        ends: list[tuple[date, date]] = []
        for first, last, days in self._spans(name):
            begun, ended = max(first, start), min(last, start + timedelta(days=days))
            if begun > ended:
                continue
            if ends and begun <= ends[-1][1] + timedelta(days=1):
                begun, _end = ends.pop()
            ends.append((begun, ended))
        day = self.day or date.max
        return [end for begun, end in ends if begun <= day or begun == ends[0][0]][-1]

    def _spans(self, name: str) -> Iterator[tuple[date, date, int]]:
        """From when until when a count of days holds, oldest first."""
        of_name = [setting for setting in self.window_settings if setting.name == name]
        first, days = date.min, int(dict(self.shipped_windows)[name])
        for setting in of_name:
            if setting.from_day > first:
                yield first, setting.from_day - timedelta(days=1), days
            first, days = setting.from_day, int(setting.value)
        yield first, date.max, days

    def switches(self, year: int, day: date | None = None) -> PlaceSwitches:
        """The place switches of a cap year (CAP-05) as in force on a day (None: at the end).

        What the office has set for the year wins over the shipped; of equals, the later act.
        """
        known = [row for row in self.places if row.from_year <= year]
        shipped = max(known or self.places[:1], key=lambda row: row.from_year)
        chosen = {
            setting.name: setting.value == "yes"
            for setting in sorted(self.switch_settings, key=lambda one: one.from_day)
            if setting.year == year and (day is None or setting.from_day <= day)
        }
        return replace(shipped, **chosen)

    def code_uses_place(self, code: str) -> bool:
        """Whether applications under a code use a place at all (CAP-04)."""
        return any(row.uses_place for row in self.codes if row.code == code)

    def csq_months(self, issued: date) -> int:
        """Months of validity of a CSQ issued on a day (CSQ-01, source A73)."""
        terms = sorted(self.csq_terms, key=lambda term: term.from_day)
        return [one for one in terms if one.from_day <= issued or one is terms[0]][-1].months

    def permit_months(self, kind: ApplicationKind) -> int:
        """Full term of a permit in months (PER-01)."""
        return self.term_months if kind is ApplicationKind.FIRST else self.extension_months

    def clock(self, clock: str, day: date) -> ClockLength:
        """A clock's length as in force on a day; KeyError when there is no such clock."""
        rows = sorted((r for r in self.clocks if r.clock == clock), key=lambda r: r.from_day)
        if not rows:
            raise KeyError(clock)
        return [r for r in rows if r.from_day <= day or r is rows[0]][-1]

    def clock_end(self, clock: str, start: date) -> date:
        """The last day of a clock that starts on a day. Hours are rounded up to whole days."""
        row = self.clock(clock, start)
        if row.unit == "hours":
            return start + timedelta(days=-(-row.length // 24))
        if row.unit == "days":
            return start + timedelta(days=row.length)
        return add_months(start, row.length * (12 if row.unit == "years" else 1))

    def family_rule(self, day: date) -> FamilyRule:
        """What family permits ask of a principal when received on a day (FAM-02)."""
        rows = sorted(self.family_rules, key=lambda row: row.from_day)
        return [row for row in rows if row.from_day <= day or row is rows[0]][-1]

    def fee_on(self, fee: str, day: date) -> Decimal | None:
        """A fee in CAD as due on a day; before its first known day, that first amount.

        None where nobody knows what it was.
        """
        rows = sorted((row for row in self.fees if row.fee == fee), key=lambda row: row.from_day)
        if not rows:
            return None
        return [row for row in rows if row.from_day <= day or row is rows[0]][-1].amount

    def may_be_indexed(self, fee: str, day: date) -> bool:
        """Whether a fee has been indexed, by a day, since the last amount that is known."""
        indexed = self.indexed_on(fee)
        return indexed is not None and indexed <= day

    def indexed_on(self, fee: str) -> date | None:
        """When a fee is indexed next, after its last amount that is known; None if it never is."""
        known = [row.from_day for row in self.fees if row.fee == fee]
        known += [day for name, day in self.fees_read if name == fee]
        days = [one.next_after(max(known)) for one in self.indexed_fees if fee in one.fees]
        return min(days, default=None)

    def over_cap_refund(self, day: date) -> Decimal:
        """What IRCC gives back for an application over the cap (CAP-06): 155 + 100."""
        parts = (self.fee_on(fee, day) for fee in ("processing", "open_permit_holder"))
        return sum((part for part in parts if part is not None), Decimal(0))


def window_value(setting: Setting) -> Any:
    """The value of a window as its text says it: a count of days, or a day."""
    whole = WINDOWS[setting.name] is int
    return int(setting.value) if whole else date.fromisoformat(setting.value)


def _cap(row: Mapping[str, Any]) -> CapLimit:
    return CapLimit(
        ledger=Ledger(row["ledger"]),
        year=row["year"],
        limit=row["limit"],
        from_day=row["from"],
        each_year=row["each_year"],
        source=row["source"],
    )


def _fee(row: Mapping[str, Any]) -> Fee:
    amount = None if row["amount"] == _UNKNOWN else Decimal(row["amount"])
    return Fee(row["fee"], amount, row["from"], row["source"])


def _places(row: Mapping[str, Any]) -> PlaceSwitches:
    return PlaceSwitches(row["from_year"], row["returned_uses_place"], row["extension_uses_place"])
