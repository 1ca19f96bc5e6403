# SPDX-License-Identifier: Apache-2.0
"""Long reading in the place of the open register: by a standby of its server, where one is named.

    read(office, work)     what `work` gives of an office that is only read

Where everybody stands is brought up to date before: a standby takes no write. Where it fails, or
something would be written after all, `work` is begun again on the register itself, so it must keep
nothing of what it did before. Must not be asked within an act, which reads what it has written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.proof import anew
from imp_plus_desktop.storage.maintenance import standing_by

T = TypeVar("T")


def read(office: Office, work: Callable[[Office], T]) -> T:
    """What `work` gives. Errors: as `work`."""
    if office.server is None or len(office.server.hosts) < 2:
        return work(office)
    summary.refresh(office)
    return standing_by.read_aside(
        office.register,
        lambda reading: work(
            office if reading is office.register else anew.beside(office, reading)
        ),
    )
