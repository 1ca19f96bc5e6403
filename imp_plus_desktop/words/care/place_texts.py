# SPDX-License-Identifier: Apache-2.0
"""What is said of a register where it lies: what was found at its opening, and who writes in it.
Holds no rule and reads nothing."""

from __future__ import annotations

from datetime import datetime

from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _, format_time
from imp_plus_desktop.words.error_texts import error_text

ELSEWHERE = "written_elsewhere"


def arrival_lines(found: Arrival) -> list[str]:
    """What was found when a register was opened, line by line; none where all was as usual."""
    lines = []
    if found.left_by is not None:
        lines.append(
            _("{desk} had not closed this register; you write in it now.").format(
                desk=found.left_by or "—"
            )
        )
    return lines


def reading_text(why: StorageError, since: datetime, *, is_free: bool = False) -> str:
    """Why a register can only be read and, where others go on writing, of when what is shown is.
    `is_free`: whoever wrote has left."""
    if why.code != ELSEWHERE:
        return error_text(why)
    said = (
        _("{desk} has closed this register. Try again to write in it.").format(**why.parameters)
        if is_free
        else error_text(why)
    )
    shown = _("What is shown is of {time}.").format(time=format_time(since))
    return f"{said} {shown}"
