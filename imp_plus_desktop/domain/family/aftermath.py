# SPDX-License-Identifier: Apache-2.0
"""What the death of a principal leaves to do: whose applications are withdrawn, and who is left."""

from __future__ import annotations

from datetime import date

from imp_plus_desktop.domain.applications.status import is_open
from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.family.household import family_on, toppled
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.values.codes import ApplicationState


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a death asks for: whose applications are to be withdrawn, and who is left.

    `own` are the person's applications that are open, `family` the members' that rested on them.
    What was never sent to IRCC needs no withdrawal and is in neither.
    """

    own: tuple[Application, ...]
    family: tuple[Application, ...]
    left: tuple[Member, ...]


def aftermath(file: PersonFile, day: date) -> Aftermath:
    """What the death of a principal on a day asks of the office."""
    return Aftermath(
        own=tuple(a for a in file.own_applications if _is_at_ircc(a)),
        family=tuple(t.application for t in toppled(file, day) if _is_at_ircc(t.application)),
        left=family_on(file, day),
    )


def _is_at_ircc(application: Application) -> bool:
    unsent = (ApplicationState.DRAFT, ApplicationState.READY)
    return is_open(application.state) and application.state not in unsent
