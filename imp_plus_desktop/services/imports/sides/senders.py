# SPDX-License-Identifier: Apache-2.0
"""Which of the lists that came in before are of the sender whose list is at hand.

    sheets_of_sender(office, lists, here) -> their sheets, the latest first
    last_list(office, lists, here) -> the last one of them

A sender's list is known by its headers; where one was renamed, added or moved, by the fields that
its columns became and by its people. Reads only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.records.catalogue import NAMES
from imp_plus_desktop.exchange.lists.drafts import ParsedSheet
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.archive import archive, past_lists, past_sheets
from imp_plus_desktop.storage.archive.past_lists import PastList
from imp_plus_desktop.storage.archive.past_sheets import PastSheet

_MOSTLY = 0.75
"""How much of their fields two lists of one sender share, of the mean of both."""

People = Callable[[], Collection[int]]
"""The people of the register who are in the list at hand."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A column whose header is another one since the last list."""

    field: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The columns that another header stands over than in an earlier list, and the fields that
    both lists have a column for; None where both have the same headers."""

    renamed: tuple[Renamed, ...] = ()
    shared: frozenset[str] | None = None


_NOTHING = Moved()


def sheets_of_sender(office: Office, lists: Sequence[ParsedSheet], here: People) -> list[PastSheet]:
    """The sheets of the sender of these lists, which are of one kind; the latest first.

    A list of family is known by its fields alone, since its rows name nobody of the register.
    """
    if not lists:
        return []
    standing = past_sheets.standing(office.register, lists[0].kind)
    own = {sheet.signature for sheet in lists}
    other = {sheet.signature for sheet in standing} - own
    for signature in sorted(other):
        for sheet in standing:
            if sheet.signature == signature and _is_of_sender(office, sheet, lists, here):
                own.add(signature)
                break
    return [sheet for sheet in standing if sheet.signature in own]


def last_list(
    office: Office, lists: Sequence[ParsedSheet], here: People, *, with_rows: bool = True
) -> PastList | None:
    """The last import of the sender of these lists of people, with its rows of their layout.

    One of the same headers, else one that shares most fields and at least half of whose people
    are here.
    """
    signatures = [sheet.signature for sheet in lists]
    if not signatures:
        return None
    last = past_lists.last_of(office.register, signatures, with_rows=with_rows)
    if last is not None:
        return last
    for sheet in past_sheets.standing(office.register, lists[0].kind):
        if _is_of_sender(office, sheet, lists, here):
            return past_lists.of_act(office.register, sheet.act, [sheet.signature])
    return None


def last_people(
    office: Office, lists: Sequence[ParsedSheet], here: People, *, most: int
) -> set[int]:
    """The people of the sender's last list; of a list that is known by its headers without its
    rows. Nobody where they are more than `most`."""
    if not lists:
        return set()
    found = archive.last_people_of(office.register, [sheet.signature for sheet in lists], most)
    if found is None:
        return set()
    if found:
        return found
    last = last_list(office, lists, here)
    rows = last.rows if last is not None else ()
    return {row.person_id for row in rows if row.person_id is not None}


def moved(office: Office, act: int, lists: Sequence[ParsedSheet]) -> Moved:
    """What has become of the columns of an earlier list of the same sender."""
    if not lists:
        return _NOTHING
    known = {sheet.signature for sheet in lists}
    standing = past_sheets.standing(office.register, lists[0].kind)
    past = [sheet for sheet in standing if sheet.act == act]
    if any(sheet.signature in known for sheet in past):
        return _NOTHING
    before = {field: header for sheet in past for field, header in sheet.headers.items()}
    now = {field: header for sheet in lists for field, header in sheet.columns.items()}
    shared = before.keys() & now.keys()
    if "full_name" in shared:
        shared |= set(NAMES)
    return Moved(
        tuple(
            Renamed(field, before[field], header)
            for field, header in now.items()
            if before.get(field) and header and before[field] != header
        ),
        frozenset(shared),
    )


def _is_of_sender(
    office: Office, sheet: PastSheet, lists: Sequence[ParsedSheet], here: People
) -> bool:
    if not any(_mostly_the_same(sheet.columns, one.column_index) for one in lists):
        return False
    if sheet.kind != "people":
        return True
    rows = past_sheets.rows_taken(office.register, sheet)
    people = {row.person_id for row in rows if row.person_id is not None}
    return bool(people) and 2 * len(people.intersection(here())) >= len(people)


def _mostly_the_same(one: Collection[str], other: Collection[str]) -> bool:
    shared = len(set(one) & set(other))
    return 2 * shared >= _MOSTLY * (len(one) + len(other))
