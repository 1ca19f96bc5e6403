# SPDX-License-Identifier: Apache-2.0
"""Receipts that were recorded after a year's places had gone to later ones.

Places are given in the order of recording and never move: what is told here is only who has the
place that an earlier receipt would have had. Must not count places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.ids import ApplicationId, PersonId


@dataclass(frozen=True, slots=True)
class Claim:
    """An application of a cap year that has a place or is over the cap; `at` is its receipt."""

    application: int
    at: datetime
    has_place: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """The application that holds a place since a later receipt, and whose it is."""

    application: ApplicationId
    person: PersonId
    name: str
    application_number: str | None
    received_at: datetime
    place: int


def later_holders(claims: Iterable[Claim]) -> Mapping[int, int]:
    """Applications over the cap that were received in time, and whose later receipt holds theirs.

    By order of receipt the places would reach to as many applications as have one. Of those that
    they would have reached, the one recorded first (the lowest id) stands against the latest
    receipt that has a place beyond.
    """
    wanted = sorted(claims, key=lambda claim: (claim.at, claim.application))
    reach = sum(claim.has_place for claim in wanted)
    late = sorted(claim.application for claim in wanted[:reach] if not claim.has_place)
    beyond = [claim.application for claim in reversed(wanted[reach:]) if claim.has_place]
    return dict(zip(late, beyond, strict=True))
