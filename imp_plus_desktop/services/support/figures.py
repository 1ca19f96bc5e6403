# SPDX-License-Identifier: Apache-2.0
"""The programme's figures as this register has them today, with their sources.

listed(office) -> tuple[Figure, ...]      due(office) -> those to look up again
to_come(office) -> the office's own that count from a later day on
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from imp_plus_desktop.domain.figures.own import FEE
from imp_plus_desktop.domain.reads import figures
from imp_plus_desktop.domain.reads.figures import Figure, Provenance
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import queries


def listed(office: Office) -> tuple[Figure, ...]:
    """Every figure in force today, the office's own in the place of the shipped ones."""
    settings = queries.settings(office.register)
    return figures.listed(office.programme(), _told(office), office.clock.today(), settings)


def to_come(office: Office) -> tuple[Figure, ...]:
    """What the office has set from a later day on, the earliest first."""
    return figures.to_come(office.programme(), office.clock.today())


def next_reading(office: Office, name: str, on: date, since: date) -> date:
    """When a figure that was read on a day, and holds since a day, is looked up again."""
    return _told(office).again(on, fee=name.startswith(FEE), since=since)


def due(office: Office) -> tuple[Figure, ...]:
    """The figures whose source must be looked at again by today."""
    today = office.clock.today()
    return tuple(one for one in listed(office) if one.is_due(today))


def fees_due(office: Office) -> date | None:
    """Since when some fee must be looked up again at its source; None while none must."""
    today = office.clock.today()
    settings = queries.settings(office.register)
    every = figures.fees_listed(office.programme(), _told(office), today, settings)
    return min((one.again_on for one in every if one.again_on and one.is_due(today)), default=None)


def _told(office: Office) -> Provenance:
    return _provenance(office.data_folder / "programme.toml")


@cache
def _provenance(path: Path) -> Provenance:
    with path.open("rb") as file:
        return Provenance.from_table(tomllib.load(file))
