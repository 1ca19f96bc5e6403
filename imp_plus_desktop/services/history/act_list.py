# SPDX-License-Identifier: Apache-2.0
"""The journal as a list of acts: found by person, by who did it, by kind and by day."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from imp_plus_desktop.domain.reads.filters import ActFilter
from imp_plus_desktop.domain.reads.rows import ActRow
from imp_plus_desktop.domain.reads.shapes import Order, order_of
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.storage.history import act_list as store
from imp_plus_desktop.storage.history import acts

__all__ = ["ActFilter"]


def ids(
    office: Office, wanted: ActFilter, sort: str | Order = "at", descending: bool = True
) -> array[int]:
    """Ids of the acts that match: by `at`, `who` or `what`."""
    return store.ids(office.register, wanted, order_of(sort, descending))


def rows(office: Office, numbers: Sequence[int]) -> list[ActRow]:
    """These acts, in this order."""
    return acts.some(office.register, numbers)


def last(office: Office) -> int:
    """The id of the last act, 0 where nothing was ever done."""
    return acts.latest(office.register)[0]


def papers_of(office: Office, person_id: int) -> list[ActRow]:
    """The acts by which a paper about a person alone left the register, the latest first."""
    return acts.some(office.register, store.papers_of(office.register, person_id))


def whose(office: Office) -> list[str]:
    """Everybody who has done something in this register."""
    return store.whose(office.register)


def kinds(office: Office) -> list[str]:
    """The kinds of acts that this register has, by their codes."""
    return store.services(office.register)
