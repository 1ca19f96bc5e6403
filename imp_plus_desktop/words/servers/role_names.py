# SPDX-License-Identifier: Apache-2.0
"""What the roles of a register on a server are called, and what is said of what one hides."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.domain.values.unseen.hidden import HIDDEN
from imp_plus_desktop.i18n import N_, _

ROLES: Mapping[Role, str] = {
    Role.READ: N_("reads"),
    Role.CLERK: N_("does the daily work"),
    Role.LEAD: N_("leads"),
    Role.ADMIN: N_("administers"),
}


_NEEDS: Mapping[Role, str] = {
    Role.CLERK: N_("In this register you read only; who does the daily work can do this."),
    Role.LEAD: N_("Only whoever leads the office may do this."),
    Role.ADMIN: N_("Only whoever administers the register may do this."),
}


_NEEDS_SHORT: Mapping[Role, str] = {
    Role.CLERK: N_("not for who only reads"),
    Role.LEAD: N_("for whoever leads"),
    Role.ADMIN: N_("for whoever administers"),
}


_READING: Mapping[str, str] = {
    "only_read": N_("This register is only read: nothing can be written where it lies."),
    "written_elsewhere": N_("This register is only read here while another desk writes in it."),
    "moved": N_("This register is only read: it was moved, and goes on in the other place."),
    "snapshot": N_("A snapshot is only read: this is done in the office’s register."),
}


def needs_text(role: Role, *, short: bool = False) -> str:
    """Who may do what is greyed, by the least role that may; `short` for the end of a line."""
    return _((_NEEDS_SHORT if short else _NEEDS)[role])


def reading_text(why: str, *, short: bool = False) -> str:
    """Why nobody may do what is greyed, by why the register is only read; `short` as above."""
    return _("this register is only read") if short else _(_READING[why])


def unsearched_text(found: str) -> str:
    """How many were found of a number, to who only reads: some numbers found nobody."""
    return _("{found}; passports, UCIs and births are not searched").format(found=found)


def hidden_tip(text: str) -> str:
    """What the sign of a hidden value means, where a text has it; else empty."""
    return _("Hidden from who only reads") if HIDDEN in text else ""
