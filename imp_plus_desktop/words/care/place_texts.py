# SPDX-License-Identifier: Apache-2.0
"""What is said of a register where it lies: what was found at its opening, and who writes in it.
Holds no rule and reads nothing."""

from __future__ import annotations

from datetime import date, datetime

from imp_plus_desktop.domain.reads.arrivals import Arrival
from imp_plus_desktop.domain.values.errors import NOT_THERE, StorageError
from imp_plus_desktop.i18n import _, format_day, format_number, format_time, ngettext
from imp_plus_desktop.words.error_texts import error_text
from imp_plus_desktop.words.servers.snapshot_texts import snapshot_line

ELSEWHERE, MOVED = "written_elsewhere", "moved"


def arrival_lines(found: Arrival) -> list[str]:
    """What was found when a register was opened, line by line; none where all was as usual."""
    lines = []
    if found.left_by is not None:
        lines.append(
            _("{desk} had not closed this register; you write in it now.").format(
                desk=found.left_by or "—"
            )
        )
    if found.aside:
        lines.append(
            _(
                "A log lay beside this file that was not its own: it was set aside as {name}, and"
                " nothing of it was read."
            ).format(name=found.aside)
        )
    if found.left_out:
        lines.append(_("A log lies beside this file that is not its own: nothing of it was read."))
    if found.missing:
        said = ngettext(
            "This file is older than the one that was here: {count} act is missing. A copy may have"
            " it.",
            "This file is older than the one that was here: {count} acts are missing. A copy may"
            " have them.",
            found.missing,
        )
        lines.append(said.format(count=format_number(found.missing)))
    elif found.is_other:
        lines.append(
            _("This file is not the one that was here: acts are missing. A copy may have them.")
        )
    return lines


def behind_text(day: date | None, missing: int) -> str:
    """What the lists of who only reads lack, until somebody who may write opens the register."""
    told = []
    if day is not None:
        told.append(_("These lists are of {day}.").format(day=format_day(day)))
    if missing:
        said = ngettext("{count} file is not in them.", "{count} files are not in them.", missing)
        if day is None:
            said = ngettext(
                "{count} file is not in these lists.",
                "{count} files are not in these lists.",
                missing,
            )
        told.append(said.format(count=format_number(missing)))
    if not told:
        told.append(_("It is not known of which day these lists are."))
    told.append(_("Whoever may write brings them up to date by opening them."))
    return " ".join(told)


def line_text(error: StorageError) -> str:
    """That a server does not answer any more, and what can be done meanwhile."""
    if error.code in NOT_THERE:
        return _(
            "The connection to the server is lost. What is on the screen can be read on, and what"
            " was typed stays; nothing can be recorded until the server answers again."
        )
    if error.code == "server_older":
        return _(
            "An older server answers: another has taken its place, and it lacks what was recorded"
            " since. What is on the screen can be read on; nothing can be recorded until the other"
            " one answers. Tell whoever administers the server."
        )
    return error_text(error)


def reading_text(why: StorageError, since: datetime, *, is_free: bool = False) -> str:
    """Why a register can only be read and, where others go on writing, of when what is shown is.
    `is_free`: whoever wrote has left."""
    if why.code != ELSEWHERE:
        return snapshot_line(why) or error_text(why)
    said = (
        _("{desk} has closed this register. Try again to write in it.").format(**why.parameters)
        if is_free
        else error_text(why)
    )
    shown = _("At {time} it stood as it is shown here.").format(time=format_time(since))
    return f"{said} {shown}"
