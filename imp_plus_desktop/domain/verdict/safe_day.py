# SPDX-License-Identifier: Apache-2.0
"""The last safe day to apply: everything that could set it, and which one does.

The earliest of the letter's ninety days, the CSQ's expiry while PR is not filed, the passport, the
programme's window, the last day to restore a status in Canada and the eve of a move to Quebec; none
for someone who cannot apply any more. Must not judge anything else: the verdict does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from imp_plus_desktop.domain.letters.csq import csq_expiry, pr_filed, pr_state
from imp_plus_desktop.domain.letters.letters import (
    current_letter,
    letter_use,
    window_end,
    within_programme,
)
from imp_plus_desktop.domain.people.need import applies_for_nothing
from imp_plus_desktop.domain.permits.permits import passport_expiry
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.ids import ApplicationId
from imp_plus_desktop.domain.records.papers import Letter
from imp_plus_desktop.domain.residence.inland import status_on
from imp_plus_desktop.domain.residence.residence import (
    QUEBEC,
    residence_on,
    restorable_until,
    status_excludes,
)
from imp_plus_desktop.domain.rules.findings import DayLimit, FactValue
from imp_plus_desktop.domain.values.codes import PrState
from imp_plus_desktop.domain.values.programme import Programme


def last_safe_day_chain(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None = None
) -> tuple[DayLimit, ...]:
    """Letter, CSQ, passport and programme, each with the last day that it allows on a day.

    Then what concerns this file only: status in Canada, a move to Quebec, what rules it out. The
    earliest is `binding`; of two on one day, the first. Where one `excludes`, no day is safe and
    that one binds. `ignore` leaves one application out. Sources A76, A73, IRPR 182.
    """
    letter = current_letter(file)
    limits = (
        _letter(letter, programme),
        _csq(file, programme),
        _passport(file, day),
        _programme(letter, programme),
        *inland_limits(file, day, programme, ignore),
        *_closed(file, day, programme, ignore),
    )
    binding = _binding(limits)
    return tuple(replace(limit, binding=True) if limit is binding else limit for limit in limits)


def may_still_apply(file: PersonFile, day: date, programme: Programme) -> bool:
    """Whether anything but the letter's own days has closed the way; unknown closes nothing."""
    limits = [*inland_limits(file, day, programme), *_closed(file, day, programme)]
    if pr_state(file.person) is not None:
        limits.append(_csq(file, programme))
    return not any(limit.excludes or (limit.day or day) < day for limit in limits)


def without_restoration(chain: Iterable[DayLimit], day: date) -> date | None:
    """The last day on which no status has to be restored first, where that one is earlier.

    None when it is not, or is past: the status then has to be restored before applying.
    """
    limits = tuple(chain)
    last, _because = last_safe_day(limits)
    until = next((limit.facts.get("until") for limit in limits if limit.because == "status"), None)
    if last is None or not isinstance(until, date):
        return None
    return until if day <= until < last else None


def last_safe_day(chain: Iterable[DayLimit]) -> tuple[date | None, str | None]:
    """The last day on which an application can still succeed, and what sets it.

    What sets it is `letter`, `csq`, `passport`, `status` or `move`; both are None without a usable
    letter, and for someone who cannot apply any more.
    """
    binding = next((limit for limit in chain if limit.binding and not limit.excludes), None)
    return (None, None) if binding is None else (binding.day, binding.because)


def _binding(limits: tuple[DayLimit, ...]) -> DayLimit | None:
    excluding = next((limit for limit in limits if limit.excludes), None)
    dated = [limit for limit in limits if limit.day is not None]
    return excluding or min(dated, key=lambda limit: limit.day or date.max, default=None)


def _letter(letter: Letter | None, programme: Programme) -> DayLimit:
    """Receipt plus ninety days; without a day of receipt, the letter's own date plus ninety."""
    if letter is None:
        return DayLimit("letter", "limit_no_letter", excludes=True)
    days, last = programme.letter_window_days, window_end(letter, programme)
    received = letter.letter_received_date
    if received is None:
        facts: dict[str, FactValue] = {"letter_date": letter.letter_date, "days": days}
        return DayLimit("letter", "limit_letter_date", last, facts)
    return DayLimit("letter", "limit_letter_receipt", last, {"received_on": received, "days": days})


def _csq(file: PersonFile, programme: Programme) -> DayLimit:
    """The CSQ's expiry, unless PR filed in time keeps it alive."""
    person = file.person
    expiry = csq_expiry(person, programme)
    if expiry is None:
        return DayLimit("csq", "limit_csq_unknown")
    filed_on = person.pr_filed_on
    if not pr_filed(person):
        return DayLimit("csq", "limit_csq_expiry", expiry, {"expiry": expiry})
    if filed_on is not None and filed_on > expiry:
        facts = {"expiry": expiry, "filed_on": filed_on}
        return DayLimit("csq", "limit_csq_filed_late", expiry, facts)
    return DayLimit("csq", "limit_csq_pr_filed", None, {"filed_on": filed_on})


def _passport(file: PersonFile, day: date) -> DayLimit:
    """One that is over is renewed before applying: it sets no day."""
    expiry = passport_expiry(file)
    if expiry is None:
        return DayLimit("passport", "limit_passport_unknown")
    facts = {"expiry": expiry}
    if expiry < day:
        return DayLimit("passport", "limit_passport_over", None, facts)
    return DayLimit("passport", "limit_passport", expiry, facts)


def _programme(letter: Letter | None, programme: Programme) -> DayLimit:
    """The window is about the letter's date: inside it, it sets no day of its own."""
    facts = {"opened": programme.opened, "last_accepted": programme.last_accepted_letter}
    if letter is None or within_programme(letter, programme):
        return DayLimit("programme", "limit_programme_open", None, facts)
    reason = "limit_letter_too_late"
    if letter.letter_date < programme.opened:
        reason = "limit_letter_too_early"
    return DayLimit(
        "programme", reason, None, {"letter_date": letter.letter_date, **facts}, excludes=True
    )


def inland_limits(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None = None
) -> Iterator[DayLimit]:
    """What living in Canada, or coming to Quebec, allows: nothing for someone who stays abroad."""
    where = residence_on(file, day)
    if where.province == QUEBEC and not where.conflict:
        yield DayLimit("residence", "limit_lives_in_quebec", excludes=True)
        return
    if where.in_canada and not where.conflict and not applies_for_nothing(file.person, day):
        yield _status(file, day, programme, ignore)
        if file.person.r206:
            yield DayLimit("status", "limit_r206", excludes=True)
    moves_on = _moves_to_quebec(file, day)
    if moves_on is not None:
        yield DayLimit("move", "limit_move", moves_on - timedelta(days=1), {"moves_on": moves_on})


def _status(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None
) -> DayLimit:
    """The last day to restore the status; `until` is the last one that needs no restoration."""
    held = status_on(file, day, ignore)
    excluded = status_excludes(file, held, day, programme)
    if excluded is not None and excluded.reason != "canada_status_ended":
        return _EXCLUDED[excluded.reason]
    if held.kept:
        return DayLimit("status", "limit_status_kept")
    last = restorable_until(held, programme)
    if held.status is None or last is None or (held.undated and last < day):
        return DayLimit("status", "limit_status_unknown")
    return DayLimit("status", "limit_status", last, {"until": held.until})


_EXCLUDED = {
    "canada_status_none": DayLimit("status", "limit_status_none", excludes=True),
    "canada_status_claimant": DayLimit("status", "limit_status_claimant", excludes=True),
    "visitor_no_exception": DayLimit("status", "limit_visitor", excludes=True),
}


def _moves_to_quebec(file: PersonFile, day: date) -> date | None:
    """The first day to come on which a recorded stay in Quebec begins."""
    begins = sorted(
        stay.from_day
        for stay in file.residences
        if stay.province == QUEBEC and stay.from_day is not None and stay.from_day > day
    )
    return next((first for first in begins if residence_on(file, first).province == QUEBEC), None)


def _closed(
    file: PersonFile, day: date, programme: Programme, ignore: ApplicationId | None = None
) -> Iterator[DayLimit]:
    """What no day can change: a letter used, PR decided, no permit needed, no worker's CSQ."""
    if applies_for_nothing(file.person, day):
        yield DayLimit("person", "limit_no_permit", excludes=True)
    if letter_use(file, ignore) is not None:
        yield DayLimit("application", "limit_letter_used", excludes=True)
    if pr_state(file.person) in (PrState.APPROVED, PrState.REFUSED, PrState.LANDED):
        yield DayLimit("pr", "limit_pr_decided", excludes=True)
    if file.person.csq_category in programme.csq_not_worker:
        yield DayLimit("category", "limit_csq_not_worker", excludes=True)
