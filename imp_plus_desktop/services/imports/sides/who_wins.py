# SPDX-License-Identifier: Apache-2.0
"""Who wins: whether a value of a list goes in, of the three sides that it has.

    why_it_stays(...) -> Kind | None (it goes in)
    same(field, one, other)      whether two values of a field say the same
    same_person_name(...)        whether a name is the register's in another spelling

Pure; an empty value of the list never comes here, since it erases nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from imp_plus_desktop.domain.values.calendar import noon_in_toronto, toronto_day
from imp_plus_desktop.domain.values.names import passport_key, same_name
from imp_plus_desktop.services.fields import field_plan
from imp_plus_desktop.services.imports.sides.conflicts import LETTER_DATE, Kind


class Author(StrEnum):
    """Who wrote the register's value, an emptied one too."""

    NOBODY = "nobody"
    SENDER = "sender"
    """A list of the sender whose list is at hand."""
    LIST = "list"
    """A list of somebody else."""
    HAND = "hand"


def why_it_stays(base: Any, ours: Any, theirs: Any, author: Author, field: str) -> Kind | None:
    """Why the value that a list brings stays out; None where it goes in.

    `base` is what the sender said last, None where nothing; `theirs` is not None and not `ours`.
    """
    if field == LETTER_DATE:
        return Kind.CONFLICT  # its own put right, or a second letter's: only a person can tell
    if author in (Author.NOBODY, Author.SENDER):
        return None  # nobody but the sender ever said anything of it
    if base is None:
        return Kind.CONFLICT if author is Author.HAND and ours is not None else None
    if same(field, base, theirs):
        return Kind.HAND if author is Author.HAND else Kind.LIST
    if ours is not None and same(field, base, ours):
        return None  # only the list has changed it
    return Kind.CONFLICT


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same: a receipt without its hour, an address however
    it is typed, a number however it is hyphenated."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        days = toronto_day(one), toronto_day(other)
        day_alone = any(at == noon_in_toronto(days[0]) for at in (one, other))
        return (days[0] == days[1] and day_alone) or abs(one - other) < timedelta(minutes=1)
    return field_plan.same_value(field, one, other)


def same_person_name(ours: Any, theirs: Any) -> bool:
    """Whether the list has the register's name in another spelling, or in a poorer one: as a
    passport writes what the register has with its accents."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    poorer = theirs.isascii() and not ours.isascii()
    return same_name(ours, theirs) or (poorer and passport_key(ours) == passport_key(theirs))
