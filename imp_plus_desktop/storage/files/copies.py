# SPDX-License-Identifier: Apache-2.0
"""The automatic copies beside a register: what each is, and which of them may go.

    copies_of(register)          what is there, oldest first
    to_drop(copies, now, spared) those that thinning takes: pure, decides by what it is given

A copy's name tells when it was made, how many people and acts it holds, and why:
`2026-11-20_101112345-312-845-import.imp`. Must not open a copy, nor delete one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from imp_plus_desktop.domain.classes import dataclass

KEPT = 10
"""The latest copies, which stay whatever they hold."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How long one copy an hour, a day, a week and a month stays; what is older goes."""

    hourly: timedelta = timedelta(days=1)
    daily: timedelta = timedelta(days=31)
    weekly: timedelta = timedelta(weeks=26)
    monthly: timedelta = timedelta(days=5 * 366)


USUAL = Keep()

BEFORE_RESTORE = "restore"
_UNDOABLE = timedelta(days=31)
"""How long what a restore replaced stays, since the restore may be taken back."""

AHEAD = timedelta(minutes=10)
"""Clocks of several desks differ by less."""
_ZONES = timedelta(hours=27)
"""What one instant's local times can be apart, an hour of summer time included."""

_STAMP = "%Y-%m-%d_%H%M%S"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d_\d{6})(\d{3})?(?:-(\d+)-(\d+))?-([a-z]+)")


@dataclass(frozen=True, slots=True)
class Copy:
    """One automatic copy. `held` is how many people and acts, None where its name does not tell."""

    path: Path
    made: datetime
    reason: str
    size: int
    held: tuple[int, int] | None = None

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is dated in the future: then nothing tells how old it is."""
        return self.made > now + AHEAD

    def holds_as_much_as(self, other: Copy) -> bool:
        """Whether nothing is lost by count where this one stands for the other."""
        if self.held is None or other.held is None:
            return self.size >= other.size
        return self.held[0] >= other.held[0] and self.held[1] >= other.held[1]


def folder_of(register_path: Path) -> Path:
    """Where a register's automatic copies live: beside it."""
    return register_path.with_name(f"{register_path.stem}.copies")


def paths_of(register_path: Path) -> list[Path]:
    """The files of the automatic copies, in the order of their names."""
    return sorted(folder_of(register_path).glob("*.imp"))


def copies_of(register_path: Path) -> list[Copy]:
    """The automatic copies, oldest first."""
    return copies_in(folder_of(register_path))


def copies_in(folder: Path) -> list[Copy]:
    """The copies in a folder, oldest first."""
    found = []
    for path in sorted(folder.glob("*.imp")):
        try:
            found.append(_copy(path, path.stat()))
        except FileNotFoundError:  # another process has thinned them
            continue
    return sorted(found, key=lambda copy: (copy.made, copy.held or (0, 0), copy.path.name))


def held_by_name(path: Path) -> tuple[int, int] | None:
    """How many people and acts a copy's name says that it holds."""
    match = _NAME.fullmatch(path.stem)
    people, acts = (match[3], match[4]) if match is not None else (None, None)
    return (int(people), int(acts)) if people is not None and acts is not None else None


def _copy(path: Path, status: os.stat_result) -> Copy:
    written = datetime.fromtimestamp(status.st_mtime, UTC)
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return Copy(path, written, "", status.st_size)
    stamp, milliseconds, _people, _acts, reason = match.groups()
    try:
        named = datetime.strptime(stamp, _STAMP).astimezone(UTC)
    except (ValueError, OverflowError):
        return Copy(path, written, "", status.st_size)
    named += timedelta(milliseconds=int(milliseconds or 0))
    # The name has the local time, which turns back in autumn and moves with the traveller; the
    # file's own time is an instant, but does not survive every way of copying it.
    made = written if abs(written - named) < _ZONES else named
    return Copy(path, made, reason, status.st_size, held_by_name(path))


def name_for(now: datetime, people: int, acts: int, reason: str) -> str:
    """The file name of an automatic copy."""
    local = now.astimezone()
    # Milliseconds: two imports within a second are two copies.
    stamp = f"{local.strftime(_STAMP)}{local.microsecond // 1000:03d}"
    return f"{stamp}-{people}-{acts}-{reason}.imp"


def kept_elsewhere(register_path: Path, now: datetime) -> str:
    """The file name of a copy made for keeping elsewhere."""
    return f"{register_path.stem}-{now.astimezone().strftime(_STAMP)}.imp"


def copied_on(register_path: Path, day: date) -> bool:
    """Whether there is a copy of a local day already."""
    return any(path.name.startswith(day.isoformat()) for path in paths_of(register_path))


def latest(copies: Iterable[Copy], now: datetime) -> Copy | None:
    """The newest copy whose day can be trusted."""
    past = [copy for copy in copies if not copy.is_ahead(now)]
    return past[-1] if past else None


def to_drop(
    copies: Sequence[Copy], now: datetime, spared: Collection[Path] = (), keep: Keep = USUAL
) -> list[Copy]:
    """Those of the copies, given oldest first, that may go.

    The last ten stay; of older ones one an hour, a day, a week, a month, and none that is older
    than all of these. Within its time none goes for one that holds less, and none that is dated in
    the future.
    """
    kept: list[Copy] = []
    dropped: list[Copy] = []
    past = [copy for copy in copies if not copy.is_ahead(now)]
    for place, copy in enumerate(reversed(past)):
        stays = place < KEPT or copy.path in spared
        stays |= copy.reason == BEFORE_RESTORE and now - copy.made < _UNDOABLE
        span = _span(copy, now, keep)
        if not stays:
            rivals = [other for other in kept if _span(other, now, keep) == span]
            stays = now - copy.made < keep.monthly
            stays &= not any(other.holds_as_much_as(copy) for other in rivals)
        (kept if stays else dropped).append(copy)
    return dropped


def _span(copy: Copy, now: datetime, keep: Keep) -> tuple[object, ...]:
    """The stretch of time of which one copy is enough."""
    age, local = now - copy.made, copy.made.astimezone()
    if age < keep.hourly:
        return ("hour", local.date(), local.hour)
    if age < keep.daily:
        return ("day", local.date())
    if age < keep.weekly:
        return ("week", *local.isocalendar()[:2])
    return ("month", local.year, local.month)
