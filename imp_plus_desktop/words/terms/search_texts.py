# SPDX-License-Identifier: Apache-2.0
"""What is said beside what a search has found."""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.i18n import N_, _

BECAUSE: Mapping[str, str] = {
    "letter": N_("one letter differs"),
    "sound": N_("sounds the same"),
    "beginning": N_("begins almost so"),
    "two_letters": N_("two letters differ"),
}


def likely_text(because: str) -> str:
    """Why somebody may have been meant: `one letter differs`."""
    return _(BECAUSE[because])


ROWS: Mapping[str, str] = {
    "application": N_("application"),
    "former_number": N_("former number"),
    "permit": N_("permit"),
    "passport": N_("passport"),
    "note": N_("note"),
    "contact": N_("contact log"),
}


def row_text(entity: str) -> str:
    """What the number or the text that was found is of."""
    return _(ROWS[entity])
