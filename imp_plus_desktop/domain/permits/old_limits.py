# SPDX-License-Identifier: Apache-2.0
"""Permits whose record blames the passport for days that it did not cost.

Earlier versions took every permit that ended before its term for one that the passport had cut,
as soon as the passport ended before the term too. A permit that ends before a passport of its
holder, which ends before the term, was cut for another reason. Must not compute an end.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from imp_plus_desktop.domain.records.applications import Permit
from imp_plus_desktop.domain.values.codes import LimitedBy


def as_cut(permit: Permit, expiries: Collection[date]) -> Permit:
    """The permit, without loss where none of its holder's passports, by their last days, cut it.

    A passport that ends with the permit has cut it; one that was recorded since, and runs past the
    term, says nothing.
    """
    if permit.limited_by is not LimitedBy.PASSPORT or permit.valid_until in expiries:
        return permit
    term = permit.valid_until + timedelta(days=permit.lost_days)
    if not any(permit.valid_until < expiry < term for expiry in expiries):
        return permit
    return replace(permit, limited_by=LimitedBy.TERM, lost_days=0)
