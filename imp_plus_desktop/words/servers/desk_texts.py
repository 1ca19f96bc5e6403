# SPDX-License-Identifier: Apache-2.0
"""What is said of the other desks of a register on a server: who has a file open, and who has taken
something on. Holds no rule and reads nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from imp_plus_desktop.domain.reads.desks import DEADLINE, FINDING, HELD_ROW, Claim, Seen
from imp_plus_desktop.i18n import N_, _, format_time

KINDS: Mapping[str, str] = {
    HELD_ROW: N_("held row"),
    DEADLINE: N_("deadline"),
    FINDING: N_("finding"),
}
"""What can be taken on."""
_FEW = 2
"""So many are named before a name."""
_BETWEEN = re.compile(r"[\s._-]+")


def initials(name: str) -> str:
    """Two letters that stand for a name: `JD` for `j.dupont`, `BE` for `bea`."""
    parts = [part for part in _BETWEEN.split(name) if part]
    if not parts:
        return "—"
    letters = parts[0][:2] if len(parts) == 1 else parts[0][:1] + parts[-1][:1]
    return letters.upper()


def open_text(seen: Seen) -> str:
    """Who else has a file open, and since when."""
    return _("{name} has had this file open since {time}").format(
        name=seen.name, time=_time(seen.since)
    )


def open_mark(others: Sequence[Seen]) -> str:
    """A mark of who else has a file open, before the name in a list."""
    return "○ " + " ".join(initials(one.name) for one in others[:_FEW]) + " ·"


def claimed_text(claim: Claim) -> str:
    """Who has taken something on, in a few words."""
    return _("taken on: {name}").format(name=claim.name)


def marked(text: str, claim: Claim | None) -> str:
    """A text in a list, with a mark of who has taken it on."""
    return text if claim is None else f"● {initials(claim.name)} · {text}"


def taken_text(claim: Claim) -> str:
    """What is said once something was taken on: whose it is now."""
    if claim.is_own:
        return _("Taken on; the other desks see it")
    return _("{name} has taken it on meanwhile").format(name=claim.name)


def claim_tip(claim: Claim) -> str:
    """Who has taken something on, since when, and how it ends."""
    return _("Taken on by {name} at {time}; ends when it is done, or by itself tonight").format(
        name=claim.name, time=_time(claim.since)
    )


def take_over_text(claim: Claim) -> str:
    """What is said before one takes over what another has taken on."""
    return _(
        "{name} took this on at {time}. The other desks will see that it is taken over."
    ).format(name=claim.name, time=_time(claim.since))


def anyway_text(claim: Claim) -> str:
    """What is asked before one does what another has taken on."""
    return _("{name} took this on at {time}: do it all the same?").format(
        name=claim.name, time=_time(claim.since)
    )


def _time(moment: datetime) -> str:
    """By the clock on the wall, as all that somebody did."""
    return format_time(moment.astimezone())
