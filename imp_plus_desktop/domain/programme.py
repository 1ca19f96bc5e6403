# SPDX-License-Identifier: Apache-2.0
"""The programme's dated parameters as one frozen value.

Built from a parsed table; reading the file and the register's overrides happens elsewhere.
Must not hold a rule: a rule takes a Programme as an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from imp_plus_desktop.domain.values import ApplicationKind, Ledger


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


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount in Canadian dollars, due from a day on."""

    fee: str
    amount: Decimal
    from_day: date
    source: str


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
    principal_months_left: int
    child_age: int
    majority: int
    forecast_weeks: tuple[int, ...]
    forecast_min_receipts: int
    fees: tuple[Fee, ...]
    cap_overrides: tuple[CapLimit, ...] = ()

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Programme:
        """Build from the parsed `programme.toml`. Raises KeyError naming what is missing."""
        letters, cap, permit = table["letters"], table["cap"], table["permit"]
        csq, family, forecast = table["csq"], table["family"], table["forecast"]
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
            principal_months_left=family["principal_months_left"],
            child_age=family["child_age"],
            majority=family["majority"],
            forecast_weeks=tuple(forecast["weeks"]),
            forecast_min_receipts=forecast["min_receipts"],
            fees=tuple(
                Fee(row["fee"], Decimal(row["amount"]), row["from"], row["source"])
                for row in table["fees"]
            ),
        )

    def with_caps(self, overrides: Iterable[CapLimit]) -> Programme:
        """The same programme with limits that the office's own acts have set, oldest first."""
        return replace(self, cap_overrides=self.cap_overrides + tuple(overrides))

    def cap_on(self, ledger: Ledger, year: int, day: date) -> int | None:
        """The limit of a ledger's year as it stands on a day, None when none is in force yet.

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
                return max(reversed(current), key=lambda limit: (limit.year, limit.from_day)).limit
        return None

    def switches(self, year: int) -> PlaceSwitches:
        """The place switches of a cap year (CAP-05)."""
        known = [row for row in self.places if row.from_year <= year]
        return max(known or self.places[:1], key=lambda row: row.from_year)

    def code_uses_place(self, code: str) -> bool:
        """Whether applications under a code use a place at all (CAP-04)."""
        return any(row.uses_place for row in self.codes if row.code == code)

    def csq_months(self, issued: date) -> int:
        """Months of validity of a CSQ issued on a day (CSQ-01, source A73)."""
        return max(
            (term for term in self.csq_terms if term.from_day <= issued),
            key=lambda term: term.from_day,
            default=self.csq_terms[0],
        ).months

    def permit_months(self, kind: ApplicationKind) -> int:
        """Full term of a permit in months (PER-01)."""
        return self.extension_months if kind is ApplicationKind.EXTENSION else self.term_months

    def fee_on(self, fee: str, day: date) -> Decimal | None:
        """A fee in CAD as due on a day; before its first known day, that first amount."""
        rows = sorted((row for row in self.fees if row.fee == fee), key=lambda row: row.from_day)
        if not rows:
            return None
        return [row for row in rows if row.from_day <= day or row is rows[0]][-1].amount

    def over_cap_refund(self, day: date) -> Decimal:
        """What IRCC gives back for an application past the cap (CAP-06): 155 + 100."""
        parts = (self.fee_on(fee, day) for fee in ("processing", "open_permit_holder"))
        return sum((part for part in parts if part is not None), Decimal(0))


def _cap(row: Mapping[str, Any]) -> CapLimit:
    return CapLimit(
        ledger=Ledger(row["ledger"]),
        year=row["year"],
        limit=row["limit"],
        from_day=row["from"],
        each_year=row["each_year"],
        source=row["source"],
    )


def _places(row: Mapping[str, Any]) -> PlaceSwitches:
    return PlaceSwitches(row["from_year"], row["returned_uses_place"], row["extension_uses_place"])
