# SPDX-License-Identifier: Apache-2.0
"""A confidentiality incident: the eight items that the register of incidents must hold, and which
of them one still lacks (PRV-03; INC7: A-2.1, r. 3.1, s. 7).

What is not known may be said so: the regulation takes a reason, or an approximation, in its place.
An incident is kept for five years at least from the day on which it became known (s. 8).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass


class Item(StrEnum):
    """The eight items, in the order of the regulation."""

    INFORMATION = "information"
    CIRCUMSTANCES = "circumstances"
    HAPPENED = "happened"
    LEARNED = "learned"
    PEOPLE = "people"
    RISK = "risk"
    NOTICES = "notices"
    MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident as the office has entered it. Days and periods, and the number of people, are
    texts: an approximation will do where they are not known.

    `serious` is whether there is a risk of serious injury, None while it is not assessed; only
    then are the Commission d’accès à l’information and the people told.
    """

    id: int
    recorded_on: date
    information: str | None = None
    circumstances: str | None = None
    happened: str | None = None
    learned: str | None = None
    people: str | None = None
    serious: bool | None = None
    risk: str | None = None
    commission_told_on: date | None = None
    people_told_on: date | None = None
    public_notice: str | None = None
    measures: str | None = None
    closed_on: date | None = None


def missing(incident: Incident) -> tuple[Item, ...]:
    """The items that an incident still lacks before it can be closed."""
    told = {
        Item.INFORMATION: incident.information,
        Item.CIRCUMSTANCES: incident.circumstances,
        Item.HAPPENED: incident.happened,
        Item.LEARNED: incident.learned,
        Item.PEOPLE: incident.people,
        Item.RISK: incident.risk if incident.serious is not None else None,
        Item.NOTICES: _notices(incident),
        Item.MEASURES: incident.measures,
    }
    return tuple(item for item in Item if not told[item])


def _notices(incident: Incident) -> bool:
    """Whether notices are told as far as they are due."""
    if not incident.serious:
        return incident.serious is False
    both = incident.commission_told_on is not None and incident.people_told_on is not None
    return both and bool(incident.public_notice)
