# SPDX-License-Identifier: Apache-2.0
"""People as lists have them: which ones, in which order, and a line of each.

Apart from `people.py`, which also adds and edits: a list needs none of that.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from imp_plus_desktop.domain.reads.filters import PeopleFilter
from imp_plus_desktop.domain.reads.list_columns import ListKind
from imp_plus_desktop.domain.reads.rows import PersonRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.domain.values.errors import InvalidInput
from imp_plus_desktop.services.listing.spelling import spelled
from imp_plus_desktop.services.office import summary
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.reads import figures, lists


def ids(
    office: Office, wanted: PeopleFilter, sort: str | Order = "name", descending: bool = False
) -> array[int]:
    """Ids of the people who match, in order."""
    summary.refresh(office)
    over_cap = _over_cap(office) if wanted.flagged else ()
    order = spelled(ListKind.PEOPLE, order_of(sort, descending))
    found = lists.person_ids(office.register, wanted, order, office.clock.today(), over_cap)
    return found if wanted.claimed is None else _claimed(office, found, wanted.claimed)


def _claimed(office: Office, people: array[int], wanted: str) -> array[int]:
    from imp_plus_desktop.services.applications import flags

    return flags.claimed_people(office, people, wanted)


def matching(office: Office, wanted: PeopleFilter) -> int:
    """How many people match. Whose findings they are is told by their files."""
    if wanted.claimed is not None:
        return len(ids(office, wanted))
    summary.refresh(office)
    over_cap = _over_cap(office) if wanted.flagged else ()
    return lists.person_count(office.register, wanted, office.clock.today(), over_cap)


def _over_cap(office: Office) -> Sequence[int]:
    # Asked for rarely, and it brings all that tells of history.
    from imp_plus_desktop.services.applications import flags

    return flags.over_cap(office).people


def rows(office: Office, numbers: Sequence[int]) -> list[PersonRow]:
    """Rows of the list, in the order of the ids that `ids` has just answered.

    Only a line that a write has dropped meanwhile is made anew: a list asks at every scroll.
    """
    found = lists.person_rows(office.register, numbers)
    if len(found) < len(numbers) and summary.refresh(office):
        found = lists.person_rows(office.register, numbers)
    return found


def row(office: Office, person_id: int) -> PersonRow:
    """One person's line as of now. Errors: DomainError person_not_found."""
    summary.refresh(office)
    found = lists.person_rows(office.register, [person_id])
    if not found:
        raise InvalidInput("person_not_found")
    return found[0]


def letter_years(office: Office) -> list[int]:
    """Years of the letters, the latest first."""
    return figures.letter_years(office.register)


def count(office: Office) -> int:
    return figures.count(office.register, "person")
