# SPDX-License-Identifier: Apache-2.0
"""What is said of the copies of a register. Holds no rule and reads nothing."""

from __future__ import annotations

from collections.abc import Sequence

from imp_plus_desktop.i18n import format_number, ngettext


def ahead_text(names: Sequence[str]) -> str:
    """That copies are dated in the future, empty where none is."""
    if not names:
        return ""
    return ngettext(
        "{count} copy is dated in the future. It is kept aside; check the clock of this computer.",
        "{count} copies are dated in the future. They are kept aside; check the clock of this"
        " computer.",
        len(names),
    ).format(count=format_number(len(names)))
