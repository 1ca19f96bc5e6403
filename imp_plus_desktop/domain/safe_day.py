# SPDX-License-Identifier: Apache-2.0
"""The last safe day to apply: everything that could set it, and which one does.

The earliest of the letter's ninety days, the CSQ's expiry while PR is not filed, the passport and
the programme's window. Must not judge anything else: the verdict does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from imp_plus_desktop.domain.csq import csq_expiry, pr_filed
from imp_plus_desktop.domain.findings import DayLimit, FactValue
from imp_plus_desktop.domain.letters import current_letter, window_end, within_programme
from imp_plus_desktop.domain.permits import passport_expiry
from imp_plus_desktop.domain.programme import Programme
from imp_plus_desktop.domain.values import Letter, PersonFile


def last_safe_day_chain(file: PersonFile, programme: Programme) -> tuple[DayLimit, ...]:
    """Letter, CSQ, passport and programme, each with the last day that it allows.

    The earliest is `binding`; of two on one day, the first. Where one `excludes`, no day is safe
    and that one binds. Sources A76, A73.
    """
    letter = current_letter(file)
    limits = (
        _letter(letter, programme),
        _csq(file, programme),
        _passport(file),
        _programme(letter, programme),
    )
    binding = _binding(limits)
    return tuple(replace(limit, binding=True) if limit is binding else limit for limit in limits)


def last_safe_day(chain: Iterable[DayLimit]) -> tuple[date | None, str | None]:
    """The last day on which an application can still succeed, and what sets it.

    What sets it is `letter`, `csq` or `passport`; both are None without a usable letter.
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


def _passport(file: PersonFile) -> DayLimit:
    expiry = passport_expiry(file)
    if expiry is None:
        return DayLimit("passport", "limit_passport_unknown")
    return DayLimit("passport", "limit_passport", expiry, {"expiry": expiry})


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
