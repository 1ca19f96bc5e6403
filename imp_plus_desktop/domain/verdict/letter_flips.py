# SPDX-License-Identifier: Apache-2.0
"""What would turn a finding about the invitation letter (PRG, INV)."""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.letters.letters import (
    current_letter,
    letter_can_serve,
    too_late_to_come,
)
from imp_plus_desktop.domain.rules.findings import Change, Finding, Flip, How
from imp_plus_desktop.domain.verdict.flip_case import Case


def letter_recorded(finding: Finding, case: Case) -> Flip | None:
    programme, start = case.programme, _window_start(case)
    if case.day < programme.opened or not letter_can_serve(case.day, programme):
        return None  # none that is accepted had been written by then, or could have come in time
    latest = min(case.day, programme.last_accepted_letter)
    changes = (
        Change("letter", "letter_date", How.UNTIL, latest),
        Change("letter", "letter_received_date", How.FROM, start),
    )
    return Flip("letter_in_time", changes, {"latest": latest, "received_from": start})


def letter_written(finding: Finding, case: Case) -> Flip:
    """One more letter, written by the day: the one there is stays what it is."""
    latest = min(case.day, case.programme.last_accepted_letter)
    change = Change("letter", "written_by", How.UNTIL, latest)
    return Flip("letter_written_by", (change,), {"latest": latest})


def letter_later(finding: Finding, case: Case) -> Flip | None:
    start, letter = _window_start(case), current_letter(case.file)
    closed = case.day > case.programme.last_accepted_letter
    if (
        closed
        and letter is not None
        and too_late_to_come(letter.letter_date, case.day, case.programme)
    ):
        return None
    change = Change("letter", "letter_received_date", How.FROM, start)
    return Flip("letter_received_from", (change,), {"received_from": start})


def _window_start(case: Case) -> date:
    return case.day - timedelta(days=case.programme.letter_window_days)


def letter_in_programme(finding: Finding, case: Case) -> Flip | None:
    if not letter_can_serve(case.day, case.programme):
        return None
    opened, last = case.programme.opened, case.programme.last_accepted_letter
    change = Change("letter", "letter_date", How.FROM, opened)
    return Flip("letter_dated_between", (change,), {"opened": opened, "last_accepted": last})


def letter_receipt(finding: Finding, case: Case) -> Flip:
    dated = finding.facts["letter_date"]
    return Flip(
        "letter_receipt_recorded",
        (Change("letter", "letter_received_date", How.RECORD, dated),),
    )
