# SPDX-License-Identifier: Apache-2.0
"""What people may do in the register of an office, by their role.

    Role                     read, clerk, lead, admin: each may what those before it may
    needed(service) -> Role  the least role that may do an act, by what the journal calls it
    Rights(role, reading)    what somebody may do where nothing, or not everything, can be written

In a file everybody is `admin`: who can open it can write it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from imp_plus_desktop.domain.values.errors import NotAllowed


class Role(StrEnum):
    """In the order of what they may."""

    READ = "read"
    CLERK = "clerk"
    LEAD = "lead"
    ADMIN = "admin"

    def covers(self, other: Role) -> bool:
        """Whether this one may all that another may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class Rights(NamedTuple):
    """What whoever works in a register may do there. `reading` is why it is only read, by the code
    of `Office.reading`, empty where it is written too."""

    role: Role = Role.ADMIN
    reading: str = ""


_OF_LEADS = (
    "quota.",
    "parameters.",
    "figures.",
    "periods.",
    "programme.",
    "programmes.",
    "privacy.desk",
    "privacy.erase",
    "privacy.hold",
    "routes.entry",
    "copies.rules",
)
"""How the names of acts begin that set caps and figures, close periods or destroy files."""
_OF_ADMINS = ("maintenance.", "registers.", "copies.folder")
"""How the names of acts begin that are about the register as a whole."""
_OF_ALL = ("out.look",)
"""How the names of acts begin that nobody is kept from."""


def needed(service: str) -> Role:
    """The least role that may do an act."""
    if service.startswith(_OF_ADMINS):
        return Role.ADMIN
    if service.startswith(_OF_ALL):
        return Role.READ
    return Role.LEAD if service.startswith(_OF_LEADS) else Role.CLERK


def must_allow(role: Role, service: str) -> None:
    """Refuse an act that a role may not do. Errors: NotAllowed not_allowed."""
    if not role.covers(needed(service)):
        raise NotAllowed("not_allowed")
