# SPDX-License-Identifier: Apache-2.0
"""What would turn a finding about numbers, permits, places, family, clocks or fees.

The facts of such a finding say enough by themselves; those of a verdict need the whole file
(`domain/verdict/flips.py`). Must not judge: it repeats what the finding found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from imp_plus_desktop.domain.rules.findings import Change, FactValue, Flip, How

Facts = Mapping[str, FactValue]
Maker = Callable[[Facts], Flip | None]


def flip_of_facts(reason: str, facts: Facts) -> tuple[Flip | None, bool]:
    """The flip of a reason and whether it is final; nothing and False where none is known."""
    if reason in FINAL:
        return None, True
    maker = FACT_FLIPS.get(reason)
    return (None, False) if maker is None else (maker(facts), False)


def _set(code: str, record: str, field: str, value: FactValue) -> Maker:
    """The same one change whatever the facts."""
    flip = Flip(code, (Change(record, field, How.SET, value),))
    return lambda facts: flip


def _record(code: str, record: str, field: str) -> Maker:
    """Something that only has to be recorded, whatever is true."""
    flip = Flip(code, (Change(record, field, How.RECORD, None),))
    return lambda facts: flip


def _day(code: str, record: str, field: str, how: How, fact: str) -> Maker:
    """A day that must be, or come before or after, one that the facts name."""

    def make(facts: Facts) -> Flip:
        return Flip(code, (Change(record, field, how, facts[fact]),), {"on_day": facts[fact]})

    return make


def _numbers(facts: Facts) -> Flip:
    names = str(facts["fields"]).split(",")
    changes = tuple(Change("person", name, How.RECORD, None) for name in names)
    return Flip("numbers_corrected", changes, {"fields": facts["fields"]})


def _cap(facts: Facts) -> Flip:
    needed = int(str(facts["used"])) + 1
    ledger = str(facts.get("ledger", "applications"))
    change = Change("cap", ledger, How.FROM, needed)
    return Flip("cap_raised", (change,), {"cap": needed, "year": facts["year"]})


def _passport(facts: Facts) -> Flip:
    needed = facts["term_end"]
    change = Change("passport", "expiry", How.FROM, needed)
    return Flip("passport_valid_until", (change,), {"expiry": needed})


def _paid(facts: Facts) -> Flip:
    change = Change("payment", "cents", How.FROM, facts["open_cents"])
    return Flip("fees_paid", (change,))


FACT_FLIPS: Mapping[str, Maker] = MappingProxyType(
    {
        "number_shape": _numbers,
        "number_twice": _numbers,
        "mrz_digits_differ": _numbers,
        "permit_end_differs": _day("permit_end_is", "permit", "valid_until", How.SET, "expected"),
        "passport_expired": _passport,
        "passport_too_short": _passport,
        "permit_province_differs": _set("permit_for_quebec", "permit", "province", "QC"),
        "permit_location_not_recorded": _record(
            "location_condition_recorded", "permit", "location_condition"
        ),
        "work_outside_quebec": _set("work_in_quebec", "employment", "province", "QC"),
        "address_outside_quebec": _set("address_in_quebec", "person", "address_province", "QC"),
        "medical_restriction_not_recorded": _record(
            "restriction_recorded", "permit", "occupation_condition"
        ),
        "cap_reached": _cap,
        "mifi_figure_reached": _cap,
        "over_cap_refund_expected": _record("refund_logged", "application", "refund_logged_on"),
        "report_undated": _record("decision_days_recorded", "application", "decided_on"),
        "member_not_accompanying": _set("member_accompanying", "member", "accompanying", True),
        "accompanying_unknown": _set("member_accompanying", "member", "accompanying", True),
        "family_code_pr_unknown": _record("pr_state_recorded", "person", "pr_state"),
        "principal_time_short": _day(
            "principal_until", "permit", "valid_until", How.FROM, "needed_until"
        ),
        "principal_waits": _set("principal_approved", "application", "state", "approved"),
        "principal_has_no_permit": _set("principal_approved", "application", "state", "approved"),
        "child_birth_date_unknown": _record("birth_date_recorded", "member", "birth_date"),
        "child_too_old": _set("dependent_condition", "member", "dependent_condition", True),
        "member_end_after_principal": _day(
            "permit_until_at_most", "permit", "valid_until", How.UNTIL, "principal_until"
        ),
        "member_end_after_passport": _day(
            "permit_until_at_most", "permit", "valid_until", How.UNTIL, "passport_expiry"
        ),
        "member_arrived_first": _day(
            "member_arrives_from", "member", "arrived_on", How.FROM, "principal_arrived_on"
        ),
        "principal_arrival_unknown": _day(
            "principal_arrived_by", "person", "arrived_on", How.UNTIL, "arrived_on"
        ),
        "biometrics_overdue": _day("done_by", "request", "done_on", How.UNTIL, "due_on"),
        "medical_overdue": _day("done_by", "request", "done_on", How.UNTIL, "due_on"),
        "documents_overdue": _day("done_by", "request", "done_on", How.UNTIL, "due_on"),
        "introduction_date_unknown": _record(
            "introduction_date_recorded", "request", "valid_until"
        ),
        "caq_missing": _record("caq_recorded", "member", "caq_number"),
        "fees_open": _paid,
    }
)

FINAL = frozenset(
    {
        *("canadian_citizen", "permanent_resident", "person_died"),
        *("child_married", "member_died", "member_separated", "introduction_letter_lapsed"),
    }
)
"""What happened and cannot be otherwise."""
