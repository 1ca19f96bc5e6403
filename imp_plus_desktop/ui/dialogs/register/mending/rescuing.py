# SPDX-License-Identifier: Apache-2.0
"""A rescue as the window does it: `job(damaged, target, passphrase, today, settings)`.

Answers what `Tasks.start` runs away from the window. A rescue wants an office for its clock and for
who is working; the one lent here stands on an empty register that goes again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from imp_plus_desktop import paths, private
from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.services.office.progress import Progress
from imp_plus_desktop.services.proof import rescue
from imp_plus_desktop.services.proof.rescue import Rescue
from imp_plus_desktop.settings import Settings


def job(
    damaged: Path, target: Path, passphrase: str, today: date | None, settings: Settings
) -> Callable[[Progress], Rescue]:
    """What rescues a file into a new register. Errors: StorageError and Cancelled, as
    `rescue.rescue`."""
    return partial(_rescue, damaged, target, passphrase, today, settings)


def _rescue(
    damaged: Path,
    target: Path,
    passphrase: str,
    today: date | None,
    settings: Settings,
    progress: Progress,
) -> Rescue:
    with private.scratch_folder() as folder:
        lent = folder / paths.REGISTER_NAME
        office = open_office(lent, today=today, settings=settings, passphrase="")
        try:
            return rescue.rescue(office, damaged, target, passphrase, progress)
        finally:
            office.close()
