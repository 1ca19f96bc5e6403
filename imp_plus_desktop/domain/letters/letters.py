# SPDX-License-Identifier: Apache-2.0
"""The invitation letter: its programme window, its ninety days, its single use (PRG, INV)."""

from __future__ import annotations

from datetime import date, timedelta

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.rules.findings import Finding, Severity
from imp_plus_desktop.domain.rules.rules import fails, not_applicable, passes
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationKind, ApplicationState
from imp_plus_desktop.domain.values.programme import Programme

# What was never received, or came back whole, leaves the letter as if it had never been used.
LETTER_SPARED = frozenset(
    {
        ApplicationState.DRAFT,
        ApplicationState.READY,
        ApplicationState.SUBMITTED,
        ApplicationState.RETURNED,
        ApplicationState.CANCELLED_OVER_CAP,
    }
)


def current_letter(file: PersonFile) -> Letter | None:
    """The letter that counts: the latest by date of those that no other letter replaces."""
    if len(file.letters) < 2:
        return file.letters[0] if file.letters else None
    replaced = {letter.supersedes_id for letter in file.letters}
    return max(
        [letter for letter in file.letters if letter.id not in replaced] or file.letters,
        key=lambda letter: (letter.letter_date, letter.letter_received_date or date.min, letter.id),
        default=None,
    )


def window_end(letter: Letter, programme: Programme) -> date:
    """Last day to apply with a letter, that day included (INV-02, source A76)."""
    start = letter.letter_received_date or letter.letter_date
    return programme.last_day("letter_window_days", start)


def too_late_to_come(written: date, day: date, programme: Programme) -> bool:
    """Whether a letter would have to have come later than its own days to apply, to serve on a
    day: nothing that is sent takes so long, and such a day of receipt can no longer come true."""
    window = timedelta(days=programme.letter_window_days)
    return day - window > written + window


def within_programme(letter: Letter, programme: Programme) -> bool:
    """Whether IRCC accepts a letter of that date (PRG-01, source A76)."""
    return programme.opened <= letter.letter_date <= programme.last_accepted_letter


def letter_can_serve(day: date, programme: Programme) -> bool:
    """Whether somebody without a letter could still have one that serves on a day.

    It is dated on the last accepted day at the latest, and what is sent takes no longer to come
    than it then leaves to apply.
    """
    return day <= programme.last_accepted_letter + timedelta(days=2 * programme.letter_window_days)


def letter_use(file: PersonFile, ignore: ApplicationId | None = None) -> Application | None:
    """The person's own first application that has used the letter, if any (INV-04).

    An application that has ended before the letter was written, or before the first of those
    that it replaces, used another one; one that still waits stands in the way of a second.
    """
    return next(iter(letter_uses(file, ignore)), None)


def letter_uses(file: PersonFile, ignore: ApplicationId | None = None) -> tuple[Application, ...]:
    """Every first application that counts as having used the letter (INV-04)."""
    if not file.applications:
        return ()
    written = _first_written(file)
    return tuple(
        application
        for application in file.own_applications
        if application.kind is ApplicationKind.FIRST
        and application.id != ignore
        and application.state not in LETTER_SPARED
        and not _ended_before(application, written)
    )


def _first_written(file: PersonFile) -> date | None:
    """Date of the present letter, or of the first in the row of letters that it replaces."""
    by_id = {letter.id: letter for letter in file.letters}
    letter, days = current_letter(file), list[date]()
    while letter is not None and len(days) <= len(by_id):
        days.append(letter.letter_date)
        letter = by_id.get(letter.supersedes_id) if letter.supersedes_id is not None else None
    return min(days, default=None)


def _ended_before(application: Application, written: date | None) -> bool:
    if written is None or application.received_at is None or is_open(application.state):
        return False
    return toronto_day(application.received_at) < written


def letter_findings(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None = None
) -> tuple[Finding, ...]:
    """PRG-01 and INV-01 to INV-04 on a day."""
    letter = current_letter(file)
    return (
        prg_01(letter, programme),
        inv_01(file, day),
        inv_02(letter, day, programme),
        inv_03(letter),
        inv_04(file, ignore),
    )


def prg_01(letter: Letter | None, programme: Programme) -> Finding:
    """The letter's date is within the programme's window. Source A76."""
    if letter is None:
        return not_applicable("PRG-01", "no_letter")
    if letter.letter_date < programme.opened:
        return fails(
            "PRG-01",
            "letter_before_programme",
            fix="check_letter_date",
            letter_date=letter.letter_date,
            opened=programme.opened,
        )
    if letter.letter_date > programme.last_accepted_letter:
        return fails(
            "PRG-01",
            "letter_after_last_accepted",
            fix="check_letter_date",
            letter_date=letter.letter_date,
            last_accepted=programme.last_accepted_letter,
        )
    return passes("PRG-01", "letter_within_programme", letter_date=letter.letter_date)


def inv_01(file: PersonFile, day: date) -> Finding:
    """A letter is recorded. Source A76.

    One that was only written after the day stops nothing: a day may be mistyped, or a letter
    missing that came before.
    """
    letter = current_letter(file)
    if letter is None:
        return fails("INV-01", "letter_missing", fix="record_letter")
    if all(one.letter_date > day for one in file.letters):
        return fails(
            "INV-01",
            "letter_not_written_yet",
            fix="check_letter_date",
            severity=Severity.WARN,
            letter_date=letter.letter_date,
            on_day=day,
        )
    return passes("INV-01", "letter_present", letter_date=letter.letter_date)


def _late(letter: Letter, day: date, programme: Programme) -> str:
    """What to do about a letter that is too old: one written from now on would itself come too
    late once the programme is closed, and past that no day of receipt helps either."""
    if day <= programme.last_accepted_letter:
        return "ask_new_letter"
    lost = too_late_to_come(letter.letter_date, day, programme)
    return "check_other_routes" if lost else "check_letter_receipt"


def inv_02(letter: Letter | None, day: date, programme: Programme) -> Finding:
    """The day is within ninety days of receipt of the letter. Source A76."""
    if letter is None:
        return not_applicable("INV-02", "no_letter")
    last_day = window_end(letter, programme)
    days_left = (last_day - day).days
    if days_left < 0:
        return fails(
            "INV-02",
            "letter_expired",
            fix=_late(letter, day, programme),
            last_day=last_day,
            days_left=days_left,
            days_late=-days_left,
        )
    if days_left == 0:
        return passes(
            "INV-02", "letter_last_day", fix="apply_before_hour", last_day=last_day, days_left=0
        )
    near = days_left <= max(programme.letter_warning_days)
    return passes(
        "INV-02",
        "letter_ending_soon" if near else "letter_in_time",
        fix="apply_in_time" if near else None,
        last_day=last_day,
        days_left=days_left,
    )


def inv_03(letter: Letter | None) -> Finding:
    """The day of receipt is known; without it the letter's own, stricter, date counts."""
    if letter is None:
        return not_applicable("INV-03", "no_letter")
    if letter.letter_received_date is None:
        return fails(
            "INV-03",
            "letter_receipt_missing",
            fix="record_letter_receipt",
            letter_date=letter.letter_date,
        )
    return passes("INV-03", "letter_receipt_known", received_on=letter.letter_received_date)


def inv_04(file: PersonFile, ignore: ApplicationId | None = None) -> Finding:
    """No other first application of this person has used the letter."""
    used = letter_use(file, ignore)
    if used is None and not file.letters:
        return not_applicable("INV-04", "no_letter")
    if used is None:
        return passes("INV-04", "letter_unused")
    return fails(
        "INV-04",
        "letter_already_used",
        fix="check_other_application",
        application=used.id,
        received_on=toronto_day(used.received_at) if used.received_at else None,
        state=used.state.value,
    )
