# SPDX-License-Identifier: Apache-2.0
"""Reads the rules that acts have set aside, each with its reason (decision 10). Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from imp_plus_desktop.domain.quota.reports import Override
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.storage.history.acts import stands
from imp_plus_desktop.storage.journal.register import Register
from imp_plus_desktop.storage.reads.queries import fetch
from imp_plus_desktop.storage.tables.statements import of_kind

_RECEIPTS = ("applications.receive", "family.receive")


def between(register: Register, first: date, last: date) -> tuple[Override, ...]:
    """What acts that stand have set aside and that a report of these days shows, in their order.

    That is what was recorded from the first day to the last, in Toronto, and what was recorded
    later of a receipt, a decision or a permit of these days: no event lies after its act.
    """
    rows = fetch(
        register,
        "SELECT a.id, a.at, a.service, a.details, o.id AS application, o.received_at,"
        " o.decided_on, (SELECT MIN(t.issued) FROM permit t WHERE t.application_id = o.id)"
        " AS issued FROM act a LEFT JOIN application o ON o.id = (SELECT MIN(c.entity_id)"
        f" FROM change c WHERE c.act_id = a.id AND {of_kind('c.entity', 'application')})"
        f""" WHERE a.at >= ? AND a.details LIKE '%"overrides":{{"%' AND {stands("a.id")}"""
        " ORDER BY a.id",
        (first.isoformat(),),
    )
    found = []
    for row in rows:
        details = json.loads(row["details"])
        on = toronto_day(datetime.fromisoformat(row["at"]))
        event_on = _event_day(row, details) or on
        if not (first <= on <= last or first <= event_on <= last):
            continue
        number = row["application"]
        application = ApplicationId(number) if number is not None else None
        found += [
            Override(ActId(row["id"]), on, event_on, application, rule, reason)
            for rule, reason in details["overrides"].items()
        ]
    return tuple(found)


def _event_day(row: Mapping[str, Any], details: Mapping[str, Any]) -> date | None:
    """The day of what an act has recorded, as the register has it now; None where it tells none."""
    service = row["service"]
    if service in _RECEIPTS:
        received = row["received_at"]
        return toronto_day(datetime.fromisoformat(received)) if received else None
    if service == "applications.decide":
        day = row["decided_on"]
    elif service == "permits.issue":
        day = row["issued"]
    else:
        day = details.get("on")
    return date.fromisoformat(day) if day else None
