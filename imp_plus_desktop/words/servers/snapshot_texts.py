# SPDX-License-Identifier: Apache-2.0
"""What is said of a snapshot of a register on a server: of which moment it is, in the office's own
time, wherever it is read. Reads nothing.

    snapshot_line(error) -> str      the line over every page and at the foot of each print; empty
                                     for a register that is none
    made_text(at)                    what comes of making one
    refused_text(parameters)         why nothing is written there
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from imp_plus_desktop.domain.values.calendar import toronto_day, toronto_time
from imp_plus_desktop.domain.values.errors import StorageError
from imp_plus_desktop.i18n import _, format_day, format_time

SNAPSHOT = "snapshot"


def moment_of(reading: StorageError | None) -> datetime | None:
    """Of which moment a snapshot is, None where a register is none."""
    if reading is None or reading.code != SNAPSHOT:
        return None
    return _at(reading.parameters)


def snapshot_line(reading: StorageError | None) -> str:
    """The line of a register that is only `reading` because it is a snapshot; else empty."""
    at = moment_of(reading)
    if at is None:
        return ""
    return _("Snapshot of {day} at {time}: to be read only").format(**_words(at))


def made_text(at: datetime, name: str) -> str:
    """What came of a snapshot."""
    said = _("Snapshot of {day} at {time} made and verified: {name}")
    return said.format(**_words(at), name=name)


def refused_text(parameters: Mapping[str, object]) -> str:
    """Why nothing is written in a snapshot."""
    return _(
        "This is a snapshot of {day} at {time}: it can only be read. Work in the register itself;"
        " another snapshot has what was recorded since."
    ).format(**_words(_at(parameters)))


def _at(parameters: Mapping[str, object]) -> datetime:
    at = parameters.get("at")
    return at if isinstance(at, datetime) else datetime.fromtimestamp(0, UTC)


def _words(at: datetime) -> dict[str, str]:
    return {"day": format_day(toronto_day(at)), "time": format_time(toronto_time(at))}
