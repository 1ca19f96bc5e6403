# SPDX-License-Identifier: Apache-2.0
"""What the roles of a register on a server are called."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.values.roles import Role
from imp_plus_desktop.i18n import N_

ROLES: Mapping[Role, str] = {
    Role.READ: N_("reads"),
    Role.CLERK: N_("does the daily work"),
    Role.LEAD: N_("leads"),
    Role.ADMIN: N_("administers"),
}
