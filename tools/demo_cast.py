# SPDX-License-Identifier: Apache-2.0
"""Casts the demo: who is in it, and what is about to happen to them on the day it is shown.

Chance alone gives no permit that ends next week; this module arranges a few of each kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from demo_people import Inventor, Relative, Someone, months_on

SHOWN_ON = date(2024, 11, 20)
"""The day on which the demo is looked at: what runs out soon does so around it."""


@dataclass
class Cast:
    """The invented people by the year of their letter."""

    of_2022: list[Someone]
    of_2023: list[Someone]
    of_2024: list[Someone]

    @property
    def everyone(self) -> list[Someone]:
        return [*self.of_2022, *self.of_2023, *self.of_2024]


def invent(random: Random) -> Cast:
    """Everybody, with what the demo is to show on its day."""
    inventor = Inventor(random)
    cast = Cast(
        _invited(inventor, random, 64, date(2022, 6, 6), date(2022, 12, 12)),
        _invited(inventor, random, 72, date(2023, 1, 16), date(2023, 12, 8)),
        _invited(inventor, random, 176, date(2024, 1, 15), date(2024, 11, 6)),
    )
    for someone in cast.everyone:
        if random.random() < 0.93:
            inventor.apply(someone)
    _ending_permits(cast)
    _letters_running_out(cast)
    _slow_decisions(cast)
    _decided_residence(cast)
    for someone in cast.everyone:
        if someone.case is not None or someone.letter >= date(2024, 8, 1):
            inventor.relatives(someone)
    _grown_children(cast)
    return cast


def _invited(
    inventor: Inventor, random: Random, number: int, first: date, last: date
) -> list[Someone]:
    days = sorted(
        first + timedelta(days=random.randint(0, (last - first).days)) for _each in range(number)
    )
    return [inventor.person(day) for day in days]


def _ending_permits(cast: Cast) -> None:
    """Permits cut by a passport that ends around the day of the demo."""
    left = (4, 9, 16, 23, 28, 41, 55, 73, 96, 118, 140, 171)
    running = [s for s in cast.of_2022 + cast.of_2023 if s.case and s.case.permit_from]
    for days, someone in zip(left, running[2::9], strict=False):
        assert someone.case is not None
        someone.passport_expiry = SHOWN_ON + timedelta(days=days)
        someone.case.permit_until = someone.passport_expiry


def _letters_running_out(cast: Cast) -> None:
    """Letters whose ninety days end in the week of the demo, and nobody has applied yet."""
    august = [s for s in cast.of_2024 if date(2024, 8, 1) <= s.letter <= date(2024, 9, 10)]
    for days, someone in zip((1, 2, 4, 5, 6, 7), august, strict=False):
        someone.case = None
        someone.received = SHOWN_ON + timedelta(days=days - 90)
        someone.letter = someone.received - timedelta(days=2)
        someone.csq_category, someone.pr_state = "IQ", "not_filed"
        someone.pr_number = someone.pr_filed = None


def _slow_decisions(cast: Cast) -> None:
    """Applications of spring that nobody has decided yet."""
    spring = (date(2024, 3, 1), date(2024, 6, 30))
    filed = [s for s in cast.of_2024 if s.case and spring[0] <= s.case.received <= spring[1]]
    for someone in filed[1::5]:
        assert someone.case is not None
        someone.case = replace(
            someone.case, outcome=None, decided=None,
            permit_number=None, permit_from=None, permit_until=None,
        )  # fmt: skip


def _decided_residence(cast: Cast) -> None:
    """Permanent residence that was decided since the letter, or a file that cannot pass."""
    filed = [s for s in cast.of_2022 + cast.of_2023 if s.pr_state == "in_process"]
    for someone in filed[3::6]:
        someone.pr_state = "approved"
    filed[1].pr_state = "refused"
    waiting = [s for s in cast.of_2024 if s.case is None and s.letter > date(2024, 9, 15)]
    waiting[0].csq_category = "business"
    waiting[1].pr_state, waiting[1].pr_number = "withdrawn", None


def _grown_children(cast: Cast) -> None:
    """Children who turn 22 while an application waits, and one who just has."""
    waiting = [s for s in cast.of_2024 if s.case and s.case.outcome is None]
    for days, someone in zip((-20, 12, 37, 74, 160), waiting[1::5], strict=False):
        birth = months_on(SHOWN_ON + timedelta(days=days), -22 * 12)
        someone.birth = min(someone.birth, months_on(birth, -24 * 12))
        names = someone.country.women
        given = next(name for name in names if name != someone.given)
        someone.relatives = [r for r in someone.relatives if r.relation != "child"]
        someone.relatives.append(Relative("child", someone.family, given, birth, "study"))
        someone.children = 1
