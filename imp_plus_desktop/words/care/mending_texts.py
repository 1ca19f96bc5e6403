# SPDX-License-Identifier: Apache-2.0
"""What is said where a register is damaged: of its copies, and of what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from imp_plus_desktop.i18n import N_, _, format_day, format_number, format_time, ngettext

_PROVEN: Mapping[str, str] = {
    "whole": N_("✓ proven whole"),
    "waiting": N_("not looked through yet"),
    "faulty": N_("✕ found damaged"),
}


class _Copy(Protocol):
    @property
    def made(self) -> datetime: ...
    @property
    def people(self) -> int | None: ...
    @property
    def acts(self) -> int | None: ...
    @property
    def second(self) -> bool: ...
    @property
    def ahead(self) -> bool: ...


def copy_line(copy: _Copy, proven: str, now: datetime) -> str:
    """One copy in the list: when it was made and how long ago, what it holds, its proof."""
    when = _("{day} at {time}").format(
        day=format_day(copy.made.date()), time=format_time(copy.made)
    )
    parts = [_("{when} ({age})").format(when=when, age=_age(copy, now))]
    if copy.people is not None and copy.acts is not None:
        people = ngettext("{count} person", "{count} people", copy.people)
        acts = ngettext("{count} act", "{count} acts", copy.acts)
        parts.append(people.format(count=format_number(copy.people)))
        parts.append(acts.format(count=format_number(copy.acts)))
    parts.append(_(_PROVEN[proven]))
    if copy.second:
        parts.append(_("in the second place"))
    return " · ".join(parts)


def _age(copy: _Copy, now: datetime) -> str:
    if copy.ahead:
        return _("dated in the future")
    hours = max(int((now - copy.made).total_seconds() // 3600), 0)
    if hours < 1:
        return _("less than an hour ago")
    if hours < 24:
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(
            count=format_number(hours)
        )
    days = hours // 24
    return ngettext("{count} day ago", "{count} days ago", days).format(count=format_number(days))
