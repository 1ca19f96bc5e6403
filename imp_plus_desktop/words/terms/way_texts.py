# SPDX-License-Identifier: Apache-2.0
"""The words of the ways on from a permit that ends (names, conditions, what comes of them, where
a permit stands), and of the stages of permanent residence.

Must not weigh anything: `domain/ways/` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from imp_plus_desktop.i18n import N_, _, format_day_short, format_number, ngettext

WAYS: Mapping[str, str] = {
    "extension": N_("Extension"),
    "bridging": N_("Bridging permit"),
    "employer": N_("Employer-specific permit"),
    "policy": N_("Temporary policy (PSTQ)"),
    "restoration": N_("Restoration"),
    "leaving": N_("Leaving Canada"),
}

CONDITIONS: Mapping[str, str] = {
    "permit_runs": N_("Permit still running"),
    "permit_ended": N_("Permit ended"),
    "within_restoration": N_("Within 90 days of the end"),
    "conditions_respected": N_("Permit’s conditions respected"),
    "pr_in_process": N_("PR in process"),
    "pr_acknowledged": N_("PR acknowledged"),
    "pr_not_decided": N_("PR not decided yet"),
    "csq_held": N_("CSQ valid"),
    "lives_in_quebec": N_("Lives in Quebec"),
    "in_canada": N_("Is in Canada"),
    "offer_recorded": N_("Job offer recorded"),
    "policy_open": N_("Policy in force"),
    "waits_for_csq": N_("Waits for a CSQ"),
    "employer_permit_ends": N_("Employer-specific permit ending"),
    "passport_covers": N_("Passport long enough"),
    "officer_decides": N_("The officer decides"),
}

STATES: Mapping[str, str] = {
    "ended": N_("nothing filed"),
    "kept": N_("status maintained"),
    "to_choose": N_("way to choose"),
    "chosen": N_("way chosen"),
}
"""Where a permit that ends stands."""

FAMILY: Mapping[str, str] = {
    "same_end": N_("No later than the principal’s permit"),
    "by_the_job": N_("Depends on the job"),
    "each_restores": N_("Each restores their own status"),
    "leave_too": N_("Permits of members end too"),
}


class Standing(Protocol):
    """Where a permit that ends stands; days below zero have gone by."""

    @property
    def days_left(self) -> int: ...
    @property
    def state(self) -> str: ...


def row_text(row: Standing) -> str:
    """`38 days, way to choose`, `ended 14 days ago, nothing filed`."""
    return f"{days_text(row.days_left)}, {_(STATES[row.state])}"


def days_text(days_left: int) -> str:
    """`38 days`, `last day today`, `ended 2 days ago`."""
    count = format_number(abs(days_left))
    if days_left == 0:
        return _("last day today")
    if days_left < 0:
        words = ngettext("ended {count} day ago", "ended {count} days ago", -days_left)
        return words.format(count=count)
    return ngettext("{count} day", "{count} days", days_left).format(count=count)


def months_text(months: int) -> str:
    """`12 months`, with a no-break space."""
    words = ngettext("{count} month", "{count} months", months)
    return words.format(count=format_number(months))


class Stage(Protocol):
    """One stage of permanent residence; `until` is the last day on which what was given holds."""

    @property
    def day(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


class Counted(Protocol):
    """A stage with its usual wait in days, and of how many files."""

    @property
    def wait(self) -> tuple[int, int] | None: ...


def stage_text(one: Stage) -> str:
    """`July 11, 2023, good until July 11, 2033`; empty without a day."""
    if one.day is None:
        return ""
    if one.until is None:
        return format_day_short(one.day)
    said = _("{day}, good until {until}")
    return said.format(day=format_day_short(one.day), until=format_day_short(one.until))


def wait_text(one: Counted) -> str:
    """`5 months`, or that there are too few files to tell."""
    return _("not enough cases") if one.wait is None else span_text(one.wait[0])


_DAYS_TOLD, _WEEKS_TOLD = 14, 56


def span_text(days: int) -> str:
    """How long something took, as roughly as one says it."""
    if days < _DAYS_TOLD:
        text = ngettext("{count} day", "{count} days", days)
        return text.format(count=format_number(days))
    if days < _WEEKS_TOLD:
        weeks = round(days / 7)
        return ngettext("{count} week", "{count} weeks", weeks).format(count=format_number(weeks))
    return months_text(round(days / 30.44))
