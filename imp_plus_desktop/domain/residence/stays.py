# SPDX-License-Identifier: Apache-2.0
"""Stays on one time line: which days have one, which have none, which have two.

    stretches(stays, first, last) -> the line cut where something begins or ends

A stay without a start only fills the days that no dated one covers, so it never overlaps. Two
stays that meet on one day are a move, not an overlap. Must not judge where anybody lives:
`residence.py` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.papers import Residence

_DAY = timedelta(days=1)


class StretchKind(StrEnum):
    STAY = "stay"
    GAP = "gap"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that have the same stays, both ends included. The first of `stays` is the one that
    counts; none in a gap."""

    first: date
    last: date
    kind: StretchKind
    stays: tuple[Residence, ...] = ()


def stretches(stays: Iterable[Residence], first: date, last: date) -> tuple[Stretch, ...]:
    """The line from a day to a day, in order and without holes."""
    known = tuple(stays)
    cuts = {first}
    for stay in known:
        if stay.from_day is not None and first < stay.from_day <= last:
            cuts.add(stay.from_day)
        if stay.until_day is not None and first <= stay.until_day < last:
            cuts.add(stay.until_day + _DAY)
    starts = sorted(cuts)
    ends = [start - _DAY for start in starts[1:]] + [last]
    found: list[Stretch] = []
    for start, end in zip(starts, ends, strict=True):
        made = _stretch(known, start, end)
        previous = found[-1] if found else None
        if previous is not None and (previous.kind, previous.stays) == (made.kind, made.stays):
            found[-1] = Stretch(previous.first, end, made.kind, made.stays)
        else:
            found.append(made)
    return tuple(found)


def troubles(line: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The gaps and the overlaps of a line."""
    return tuple(stretch for stretch in line if stretch.kind is not StretchKind.STAY)


def _stretch(stays: Sequence[Residence], start: date, end: date) -> Stretch:
    covering = [stay for stay in stays if stay.until_day is None or start <= stay.until_day]
    dated = [stay for stay in covering if stay.from_day is not None and stay.from_day <= start]
    dated.sort(key=lambda stay: (stay.from_day or date.min, stay.id), reverse=True)
    if not dated:
        undated = [stay for stay in covering if stay.from_day is None]
        undated.sort(key=lambda stay: (stay.until_day or date.max, -stay.id))
        kind = StretchKind.STAY if undated else StretchKind.GAP
        return Stretch(start, end, kind, tuple(undated[:1]))
    if len(dated) == 1 or _is_a_move(dated, start, end):
        return Stretch(start, end, StretchKind.STAY, tuple(dated[:1]))
    return Stretch(start, end, StretchKind.OVERLAP, tuple(dated))


def _is_a_move(dated: Sequence[Residence], start: date, end: date) -> bool:
    """One day on which one stay ends and the next begins."""
    newest, *others = dated
    return start == end == newest.from_day and all(stay.until_day == start for stay in others)
