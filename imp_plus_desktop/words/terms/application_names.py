# SPDX-License-Identifier: Apache-2.0
"""What an application is called by its kind, and by the route under which it was filed."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_

APPLICATION_KINDS: Mapping[str, str] = {
    "first": N_("First application"),
    "extension": N_("Extension"),
    "restoration": N_("Restoration of status"),
}

ROUTES: Mapping[str, str] = {
    "A76": N_("IMP+ (A76)"),
    "a73": N_("CSQ holder in Quebec (A73)"),
    "a75": N_("Bridging open permit (A75)"),
    "pgwp": N_("Post-graduation work permit"),
    "iec": N_("International Experience Canada"),
    "francophone": N_("Francophone mobility (C16)"),
    "lmia": N_("Permit with an LMIA"),
    "cusma": N_("CUSMA professional"),
    "ceta": N_("CETA professional"),
    "cptpp": N_("CPTPP professional"),
    "transfer": N_("Intra-company transfer"),
    "pstq_policy": N_("Temporary policy for PSTQ candidates"),
    "ukraine": N_("Ukrainian nationals (CUAET)"),
}
"""By the keys of `data/routes.toml`, and `A76` for IMP+ itself."""
