# SPDX-License-Identifier: Apache-2.0
"""Reads the rules that acts have set aside, each with its reason (decision 10). Writes nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from imp_plus_desktop.domain.calendar import toronto_day
from imp_plus_desktop.domain.reports import Override
from imp_plus_desktop.domain.values import ActId, ApplicationId
from imp_plus_desktop.storage.acts import stands
from imp_plus_desktop.storage.queries import fetch
from imp_plus_desktop.storage.repository import Register


def between(register: Register, first: date, last: date) -> tuple[Override, ...]:
    """What was set aside from a day to a day in Toronto by acts that stand, the earliest first."""
    day = timedelta(days=1)  # Toronto's evening is the next day in UTC
    rows = fetch(
        register,
        "SELECT a.id, a.at, a.details, (SELECT MIN(c.entity_id) FROM change c WHERE c.act_id = a.id"
        " AND c.entity = 'application') AS application FROM act a WHERE a.at >= ? AND a.at < ?"
        f""" AND a.details LIKE '%"overrides":{{"%' AND {stands("a.id")} ORDER BY a.id""",
        (first.isoformat(), (last + 2 * day).isoformat()),
    )
    found = []
    for row in rows:
        on = toronto_day(datetime.fromisoformat(row["at"]))
        if not first <= on <= last:
            continue
        number = row["application"]
        application = ApplicationId(number) if number is not None else None
        found += [
            Override(ActId(row["id"]), on, application, rule, reason)
            for rule, reason in json.loads(row["details"])["overrides"].items()
        ]
    return tuple(found)
