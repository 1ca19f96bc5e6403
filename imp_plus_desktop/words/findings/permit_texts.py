# SPDX-License-Identifier: Apache-2.0
"""Sentences of a person's permits as a chain: gaps, overlaps, and what a short passport costs."""

from __future__ import annotations

from imp_plus_desktop.domain.permits.permit_chain import ChainLink, LostDays
from imp_plus_desktop.i18n import _, format_day, format_number, ngettext


def chain_text(link: ChainLink) -> str:
    """`Permit from … to …: 12 days without a permit before it`."""
    permit = link.permit
    said = _("Permit from {first} to {last}").format(
        first=format_day(permit.valid_from), last=format_day(permit.valid_until)
    )
    between = between_text(link)
    return _("{what}: {detail}").format(what=said, detail=between) if between else said


def between_text(link: ChainLink) -> str:
    """How a permit follows the one before; empty when it follows without a day between."""
    if link.gap_days and link.kept_status:
        words = ngettext(
            "{count} day after the one before; the extension was filed in time",
            "{count} days after the one before; the extension was filed in time",
            link.gap_days,
        )
    elif link.gap_days:
        words = ngettext(
            "{count} day without a permit before it",
            "{count} days without a permit before it",
            link.gap_days,
        )
    else:
        words = ngettext(
            "{count} day shared with the one before",
            "{count} days shared with the one before",
            link.overlap_days,
        )
    if not link.gap_days and not link.overlap_days:
        return ""
    return words.format(count=format_number(link.gap_days or link.overlap_days))


def lost_text(lost: LostDays | None) -> str:
    """What the passport has cost, and by when a new one would win it back."""
    if lost is None:
        return ""
    cost = ngettext(
        "The passport has cost {count} day: the full term ran to {day}.",
        "The passport has cost {count} days: the full term ran to {day}.",
        lost.days,
    ).format(count=format_number(lost.days), day=format_day(lost.full_until))
    return f"{cost} {_win_back(lost)}"


def _win_back(lost: LostDays) -> str:
    if lost.new_passport:
        words = ngettext(
            "A longer passport is recorded: an extension filed until {file_by}, best by"
            " {advised_by}, can win back {count} day.",
            "A longer passport is recorded: an extension filed until {file_by}, best by"
            " {advised_by}, can win back up to {count} days.",
            lost.winnable,
        )
    else:
        words = ngettext(
            "A new passport valid until {passport} and an extension filed until {file_by}, best"
            " by {advised_by}, can win back {count} day.",
            "A new passport valid until {passport} and an extension filed until {file_by}, best"
            " by {advised_by}, can win back up to {count} days.",
            lost.winnable,
        )
    return words.format(
        count=format_number(lost.winnable),
        file_by=format_day(lost.file_by),
        advised_by=format_day(lost.advised_by),
        passport=format_day(lost.passport_needed_until),
    )
