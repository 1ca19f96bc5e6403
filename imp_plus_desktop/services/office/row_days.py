# SPDX-License-Identifier: Apache-2.0
"""What a hand enters of a row that hangs on a file, judged by the same order of days as lists.

    misdated(office, entity, values, of, application)   what the days of a row go against
    check(…)    refuses what is impossible or lies ahead; returns what is out of order, and kept
    check_course(…)    refuses that too: nothing comes about before what it comes of

Reads nothing. Which day follows which is the catalogue's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from imp_plus_desktop.domain.deadlines import date_order
from imp_plus_desktop.domain.deadlines.date_order import OF_ROWS, Misdated, days_of
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.catalogue import FIELDS
from imp_plus_desktop.domain.records.file import PersonFile
from imp_plus_desktop.domain.records.member import Member
from imp_plus_desktop.domain.records.person import Person
from imp_plus_desktop.domain.values.errors import InvalidInput, Refused
from imp_plus_desktop.services.office.office import Office


def misdated(
    office: Office,
    entity: str,
    values: Mapping[str, object],
    of: PersonFile | Member | None = None,
    application: Application | None = None,
    touched: Collection[str] | None = None,
) -> tuple[Misdated, ...]:
    """What is wrong with the days of a row, each field once, beside those of its file.

    `values` go by column; of `touched` ones only, by default all. `of` is whose row it is.
    """
    own = {field.named: values[field.name] for field in FIELDS[entity] if field.name in values}
    known = {**_beside(of, application), **own}
    asked = own if touched is None else touched
    order, months = OF_ROWS[entity], office.programme().term_months
    found = date_order.misdated(days_of(known), office.clock.today(), months, asked, order)
    return tuple(found)


def check(
    office: Office,
    entity: str,
    values: Mapping[str, object],
    of: PersonFile | Member | None = None,
    application: Application | None = None,
) -> tuple[Misdated, ...]:
    """What is out of order in a row, and kept as history. Errors: in_the_future, bad_value."""
    found = misdated(office, entity, values, of, application)
    for one in found:
        if one.stops_a_hand:
            refuse(one)
    return found


def check_course(
    office: Office,
    entity: str,
    values: Mapping[str, object],
    of: PersonFile | Member | None = None,
    application: Application | None = None,
) -> None:
    """Refuse whatever is wrong: nothing comes about before what it comes of.

    For acts that move an application on; what is on paper all the same is recorded by a
    correction. Errors: in_the_future, bad_value, comes_before.
    """
    for one in misdated(office, entity, values, of, application):
        refuse(one)


def refuse(one: Misdated, known: str = "") -> None:
    """Say no to a day; `known` is what is known of the other one, where it is less than a day.

    Errors: DomainError in_the_future, comes_before (exit 5), bad_value (exit 2).
    """
    if not one.beside:
        raise Refused("in_the_future")
    facts: dict[str, object] = {"value": one.day, "other": one.other, "beside": one.beside}
    if known:
        facts["known"] = known
    if one.code == date_order.OUT_OF_ORDER:
        raise Refused("comes_before", field=one.field, issue=one.code, **facts)
    raise InvalidInput("bad_value", field=one.field, issue=one.code, **facts)


def _beside(of: PersonFile | Member | None, application: Application | None) -> dict[str, object]:
    """The days of the file that a row stands beside."""
    known: dict[str, object] = {}
    whose: Person | Member | None = of.person if isinstance(of, PersonFile) else of
    if isinstance(of, PersonFile) and application is not None:
        own = (member for member in of.members if member.id == application.member_id)
        whose = next(own, whose)
    if whose is not None:
        known["birth_date"], known["birth_known"] = whose.birth_date, whose.birth_known
    if application is not None:
        known["received_at"] = application.received_at
        known["decided_on"] = application.decided_on
    return known
