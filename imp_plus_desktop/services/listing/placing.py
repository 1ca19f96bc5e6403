# SPDX-License-Identifier: Apache-2.0
"""Where the rows of a few files stand in a list by now, without asking for the whole list anew.

    placed(office, kind, shown, touched, ask) -> the ids in order; None: ask for the whole list

What an order says of a row rests on its file alone: whatever is in no file that was touched keeps
its place among the others. So only rows of these files are taken out and put in again, each by
asking for the order of itself and of some rows that stand there.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.touched import FILE, Touched
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import agenda
from imp_plus_desktop.storage.reads.shaping import narrowing

FEW = 20
"""So many files are looked up one by one; of more, the list is asked anew."""
_BESIDE = 60
"""Among so many rows one is placed at a time: three questions find its place in 200,000."""

Ask = Callable[[tuple[int, ...]], "array[int]"]
"""Which of some ids match what the list is narrowed to, in its order."""

_ENTITY = {
    ListKind.PEOPLE: "person",
    ListKind.APPLICATIONS: "application",
    ListKind.PERMITS: "permit",
    ListKind.FAMILY: "member",
}


def placed(
    office: Office, kind: ListKind, shown: array[int], touched: Touched, ask: Ask
) -> array[int] | None:
    """The ids of a list after an act, from those that were shown before it.

    None where the act may have moved other rows than those of its files, or touched many.
    """
    in_files = touched.named and not touched.everything and not touched.ids.keys() - FILE
    if not in_files or not 0 < len(touched.people) <= FEW:
        return None
    summary.refresh(office)
    own = narrowing.of_people(office.register, kind, sorted(touched.people))
    if kind is ListKind.DEADLINES:
        others = agenda.of_others(shown, touched.people)
    else:
        moved = {*own, *touched.ids.get(_ENTITY[kind], ())}
        others = array("q", [number for number in shown if number not in moved])
    start = 0
    for number in ask(tuple(own)) if own else ():
        start = _place(others, number, start, ask)
        others.insert(start, number)
        start += 1
    return others


def _place(others: array[int], number: int, start: int, ask: Ask) -> int:
    """Where an id belongs among others that are in order, from `start` on."""
    end = len(others)
    while start < end:
        step = max(1, (end - start) // _BESIDE)
        beside = range(start, end, step)
        before = _before(ask, number, [others[row] for row in beside])
        if before < len(beside):
            end = beside[before]
        if before:
            start = beside[before - 1] + 1
    return start


def _before(ask: Ask, number: int, beside: Sequence[int]) -> int:
    """How many of some rows, which are in order, stand before another one."""
    order = list(ask((*beside, number)))
    # Whoever writes meanwhile is told of next: the list is then put in order again.
    return order.index(number) if number in order else 0
