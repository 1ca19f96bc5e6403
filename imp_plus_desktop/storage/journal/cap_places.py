# SPDX-License-Identifier: Apache-2.0
"""Places of the cap inside an open act: taken under a guarded counter, given back by a reversing
entry, each with its entry of the ledger and its change in the journal.

Decides nothing of who gets one: that is for the services.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, filterfalse, islice
from typing import Any

from imp_plus_desktop.storage.journal.act import Act
from imp_plus_desktop.storage.journal.journal import ChangeRecord
from imp_plus_desktop.storage.tables import serialization
from imp_plus_desktop.storage.tables.columns import encode

TOGETHER = "application_ids"
"""Where a change tells of the entries of many applications, these stand under this name."""
_STANDS = (
    "SELECT COALESCE((SELECT MAX(place) FROM application WHERE cap_year = ?"
    " AND place IS NOT NULL), 0),"  # said so that the index of places serves
    " (SELECT used FROM cap_counter WHERE year = ?)"
)
_COUNTER = "INSERT INTO cap_counter (year, used) VALUES (?, 0) ON CONFLICT DO NOTHING"


def take_place(
    act: Act,
    application_id: int,
    year: int,
    ceiling: int | None,
    reason: str,
    rule: str,
    *,
    again: int | None = None,
    within: range | None = None,
) -> int | None:
    """Take the lowest free place of `year` and append its entry; None when none is left.

    `ceiling` is how many own places may be in use at most; None takes one in any case
    (history is taken as it is). `again` is a place that the application had before: it gets that
    one while it is free. `within` are the numbers of places in use
    with which it is taken as it was judged: then which one it is need not be known before the act
    is kept.
    """
    act.free_places.pop(year, None)
    if within is not None and act.whole is not None:
        _tell_entry(act, application_id, _own(act, year, 1, reason, rule, ceiling))
        return act.whole.place(year, within)
    top, used = act.db.execute_sql(_STANDS, (year, year)).fetchone()
    if ceiling is not None and (used or 0) >= ceiling:
        return None
    is_free = again is not None and _is_free(act, year, again)
    place = again if is_free else _free_place(act, year, top, used or 0)
    if used is None:
        act.db.execute_sql(_COUNTER, (year,))
    act.db.execute_sql("UPDATE cap_counter SET used = used + 1 WHERE year = ?", (year,))
    _append_entry(act, application_id, year, 1, reason, rule, ceiling)
    return place


def take_places(
    act: Act, applications: Sequence[int], year: int, reason: str, rule: str
) -> list[int]:
    """Take the lowest free places of `year`, in any case, for applications of the past.

    The entries are told by one change, see `told_together`.
    """
    if not applications:
        return []
    free = act.free_places.get(year)
    if free is None:
        # Asked once an act: what is taken by this one is no longer given.
        act.db.execute_sql(_COUNTER, (year,))
        held = "SELECT place FROM application WHERE cap_year = ? AND place IS NOT NULL"
        taken = {row[0] for row in act.db.execute_sql(held, (year,)).fetchall()}
        free = act.free_places[year] = filterfalse(taken.__contains__, count(1))
    move_together(act, applications, year, 1, reason, rule)
    return list(islice(free, len(applications)))


def move_together(
    act: Act, applications: Sequence[int], year: int, delta: int, reason: str, rule: str
) -> None:
    """Append the entries of applications that take places of a year (`delta` 1), in any case, or
    give theirs back (-1). One change tells them, see `told_together`; which place each has is for
    the caller."""
    act.db.execute_after_inserts(
        "UPDATE cap_counter SET used = used + ? WHERE year = ?", (delta * len(applications), year)
    )
    own = _own(act, year, delta, reason, rule, None)
    first = _insert_entries(act, applications, own)[0]
    told = serialization.dump({TOGETHER: list(applications), **own})
    act.record([ChangeRecord("ledger_entry", first, None, None, told)])


def told_together(after: Mapping[str, Any], first: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries that one change tells of, with their ids: the applications of many that take
    places together, or give them back, one after the other, and what is the same of all."""
    own = {name: value for name, value in after.items() if name != TOGETHER}
    for number, application in enumerate(after[TOGETHER], start=first):
        yield number, {"application_id": application, **own}


def give_back(act: Act, application_id: int, year: int, reason: str, rule: str) -> None:
    """Append the entry that reverses a place; the caller clears it on the application."""
    act.free_places.pop(year, None)
    if act.whole is None:
        act.db.execute_sql("UPDATE cap_counter SET used = used - 1 WHERE year = ?", (year,))
    _append_entry(act, application_id, year, -1, reason, rule, None)


def _is_free(act: Act, year: int, place: int) -> bool:
    held = "SELECT 1 FROM application WHERE cap_year = ? AND place = ?"
    return act.db.execute_sql(held, (year, place)).fetchone() is None


def _free_place(act: Act, year: int, top: int, used: int) -> int:
    # Without gaps, the next number follows the count itself.
    if top == used:
        return used + 1
    gap = act.db.execute_sql(
        "SELECT MIN(p) FROM (SELECT 1 AS p UNION ALL SELECT place + 1 FROM application"
        " WHERE cap_year = ? AND place IS NOT NULL) AS follows WHERE p NOT IN"
        " (SELECT place FROM application WHERE cap_year = ? AND place IS NOT NULL)",
        (year, year),
    ).fetchone()
    return int(gap[0])


def _append_entry(
    act: Act,
    application: int,
    year: int,
    delta: int,
    reason: str,
    rule: str,
    ceiling: int | None,
) -> None:
    own = _own(act, year, delta, reason, rule, ceiling)
    if act.whole is not None:
        _tell_entry(act, application, own)
        return
    (number,) = _insert_entries(act, [application], own)
    told = serialization.dump({"application_id": application, **own})
    act.record([ChangeRecord("ledger_entry", number, None, None, told)])


def _tell_entry(act: Act, application: int, own: Mapping[str, Any]) -> None:
    """Tell of an entry that is written, and counted, by its change."""
    assert act.whole is not None
    act.whole.kinds |= {"cap_counter", "ledger_entry"}
    number = act.new_id("ledger_entry")
    told = serialization.dump({"application_id": application, **own})
    act.record([ChangeRecord("ledger_entry", number, None, None, told)])


def _own(
    act: Act, year: int, delta: int, reason: str, rule: str, ceiling: int | None
) -> dict[str, Any]:
    """What an entry holds besides its application."""
    return {
        "cap_year": year,
        "delta": delta,
        "reason": reason,
        "rule": rule,
        "ceiling": ceiling,
        "at": encode(act.now),
    }


def _insert_entries(act: Act, applications: Sequence[int], own: Mapping[str, Any]) -> range:
    ids = act.new_ids("ledger_entry", len(applications))
    act.db.insert_rows(
        "ledger_entry",
        ("id", "act_id", "application_id", *own),
        [
            (number, act.reserve(), application, *own.values())
            for number, application in zip(ids, applications, strict=True)
        ],
    )
    return ids
