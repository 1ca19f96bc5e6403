# SPDX-License-Identifier: Apache-2.0
"""What two desks say of one deadline: done with, and on which day it is kept, is one thing.

    write(act, mark, values)              write what is said into a mark that is there
    may_add(act, person, own, values)     whether a mark is added, where none is there by now

By their fields two such marks would go in beside each other: one desk is done with a deadline, the
other keeps it on a later day, and nobody is told. That it was seen goes with anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from imp_plus_desktop.domain.reads.meetings import Meeting
from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.tables.columns import encode

_MARK = "deadline_mark"
_SAID = ("settled_on", "new_day", "reason")
"""What says one thing of a deadline, in the order in which it is shown."""


def write(act: Act, mark: int, values: Mapping[str, object]) -> None:
    """Write what is said of a deadline into its mark; what another desk has said of it since it
    was shown is told first, and stays where theirs is chosen."""
    wanted = {name: encode(value) for name, value in values.items() if name in _SAID}
    now, before = act.stored(_MARK, mark) or {}, act.as_shown(_MARK, mark) or {}
    theirs = {name for name in _SAID if now.get(name) != before.get(name)}
    if not wanted or not theirs - wanted.keys():
        act.update(_MARK, mark, values)
        return
    mine = {name: wanted.get(name, before.get(name)) for name in (*theirs, *wanted)}
    told = [name for name in _SAID if name in mine]
    stands = [_stands(act, mark, name, now, before, mine) for name in told]
    if all(stands):
        act.update(_MARK, mark, {**values, **mine}, of_now=True)


def may_add(act: Act, person: int, own: Mapping[str, object], values: Mapping[str, object]) -> bool:
    """Whether a mark is added where none is there. One that another desk has taken back since it
    was shown is told first."""
    key = {name: encode(value) for name, value in own.items()}
    mine = {name: encode(value) for name, value in values.items() if name in _SAID}
    gone = [
        row
        for _act, row in act.removed_meanwhile(_MARK, person)
        if all(row.get(name) == value for name, value in key.items())
    ]
    if not gone or not mine:
        return True
    before, mark = gone[-1], int(gone[-1]["id"])
    told = [name for name in _SAID if name in mine or before.get(name) is not None]
    stands = [_stands(act, mark, name, {}, before, mine, person) for name in told]
    return all(stands)


def _stands(
    act: Act,
    mark: int,
    name: str,
    now: Mapping[str, object],
    before: Mapping[str, object],
    mine: Mapping[str, object],
    person: int | None = None,
) -> bool:
    """Tell one value of theirs beside mine. Whether mine is to stand."""
    whose = now.get("person_id", person)
    return act.meet(
        Meeting(
            _MARK,
            mark,
            name,
            before.get(name),
            now.get(name),
            mine.get(name),
            act=act.latest_meanwhile(_MARK, mark),
            person=None if whose is None else int(str(whose)),
        )
    )
