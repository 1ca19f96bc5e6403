# SPDX-License-Identifier: Apache-2.0
"""How often copies are made and how long they stay: whole numbers that an office sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import NamedTuple

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.storage.files.copies import Keep


class Bounds(NamedTuple):
    """What a rule may be."""

    least: int
    most: int


BOUNDS: Mapping[str, Bounds] = {
    "every": Bounds(10, 480),
    "hourly": Bounds(1, 14),
    "daily": Bounds(7, 366),
    "weekly": Bounds(4, 260),
    "monthly": Bounds(1, 240),
}
_BEFORE_IT = "copies_"
"""With what the names begin under which the register keeps them."""


@dataclass(frozen=True, slots=True)
class CopyRules:
    """Minutes between two copies while something changes; for how many days one copy an hour
    stays, for how many days one a day, weeks one a week, months one a month."""

    every: int = 30
    hourly: int = 1
    daily: int = 31
    weekly: int = 26
    monthly: int = 60

    @property
    def keep(self) -> Keep:
        """How long copies stay."""
        return Keep(
            timedelta(days=self.hourly),
            timedelta(days=self.daily),
            timedelta(weeks=self.weekly),
            timedelta(days=self.monthly * 366 // 12),
        )

    def fault(self) -> str | None:
        """The first rule that is out of its bounds, or shorter than that of a closer row."""
        for name, value in asdict(self).items():
            if not BOUNDS[name].least <= value <= BOUNDS[name].most:
                return name
        keep = self.keep
        spans = {"daily": keep.daily, "weekly": keep.weekly, "monthly": keep.monthly}
        before = keep.hourly
        for name, span in spans.items():
            if span < before:
                return name
            before = span
        return None


def rules_from(settings: Iterable[tuple[str, str]]) -> CopyRules:
    """The rules that a register's settings (name and value, the latest last) make; the usual ones
    where what is kept makes no sense."""
    values: dict[str, int] = {}
    for name, value in settings:
        rule = name.removeprefix(_BEFORE_IT)
        if name.startswith(_BEFORE_IT) and rule in BOUNDS and value.isdecimal():
            values[rule] = int(value)
    rules = CopyRules(**values)
    return CopyRules() if rules.fault() else rules


def kept_as(rule: str) -> str:
    """The name under which a register keeps a rule."""
    return _BEFORE_IT + rule
