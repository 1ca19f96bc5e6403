# SPDX-License-Identifier: Apache-2.0
"""What one row tells of several applications, or of several passports, taken apart.

A list may have them side by side: `application_number_2`, `permit_from_extension`. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from imp_plus_desktop.domain.records.catalogue import AGAIN, SLOTS, columns_of
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.services.fields.operations import Values

SIDE_BY_SIDE = frozenset(AGAIN)
"""The import fields of what a row tells once more."""

_PASSPORT = frozenset(columns_of("passport"))
_KIND = "application_kind"


class Tellings(NamedTuple):
    """A row's own values, then those of each further application under the plain names.

    Of several passports the row's own comes last: it is the present one.
    """

    own: Values
    applications: tuple[Values, ...] = ()
    passports: tuple[Values, ...] = ()


def told_apart(known: Values) -> Tellings:
    """The values of a row by what they tell of; most rows tell of one application at most."""
    if SIDE_BY_SIDE.isdisjoint(known):
        return Tellings(known, (known,), (known,))
    own = {name: value for name, value in known.items() if name not in SIDE_BY_SIDE}
    slots: dict[str, dict[str, Any]] = {}
    for name, value in known.items():
        if name in SIDE_BY_SIDE:
            plain, slot = AGAIN[name]
            slots.setdefault(slot, {})[plain] = value
    _join_halves(slots)
    passports: list[Values] = []
    applications: list[Values] = [own]
    beside = {n: v for n, v in own.items() if n in _BESIDE}
    for slot, said in slots.items():
        of_passport = {n: v for n, v in said.items() if n in _PASSPORT}
        told = {n: v for n, v in said.items() if n not in _PASSPORT}
        if of_passport:
            passports.append(of_passport)
        if told:
            kind = SLOTS[slot]
            stated = {_KIND: kind.value} if kind is not None else {}
            applications.append({**beside, **stated, **told})
    return Tellings(own, tuple(applications), (*passports, own))


def _join_halves(slots: dict[str, dict[str, Any]]) -> None:
    """Put the number of a second application that has no day to the one whose kind and day stand
    in a group of their own without a number: two halves of one."""
    numbered = [
        slot
        for slot, said in slots.items()
        if SLOTS[slot] is None and said.get("application_number") and filed_on(said) is None
    ]
    of_kind = [
        slot
        for slot, said in slots.items()
        if SLOTS[slot] is not None and not said.get("application_number") and filed_on(said)
    ]
    if len(numbered) == len(of_kind) == 1:
        slots[of_kind[0]] = {**slots.pop(numbered[0]), **slots[of_kind[0]]}


_BESIDE = ("letter_date", "passport_expiry")
"""What each application of a row is read with."""


def filed_first(told: Tellings) -> tuple[Values, ...]:
    """What a row tells of applications in the order of their days, wherever they stand in it."""
    if len(told.applications) < 2:
        return told.applications
    return tuple(sorted(told.applications, key=lambda one: filed_on(one) or date.min))


def filed_on(values: Mapping[str, Any]) -> date | None:
    """The day on which an application was filed, or the known day next to it."""
    for name in ("received_at", "submitted_on", "decided_on", "permit_from"):
        day = values.get(name)
        if day is not None:
            return toronto_day(day) if isinstance(day, datetime) else day
    return None
