# SPDX-License-Identifier: Apache-2.0
"""Requests, portal lines and jobs as values, for the tests of an application's way."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import PERSON

from imp_plus_desktop.domain.records.applications import PortalLine, Request
from imp_plus_desktop.domain.records.ids import ApplicationId, EmploymentId, PortalLineId, RequestId
from imp_plus_desktop.domain.records.papers import Employment
from imp_plus_desktop.domain.values.codes import PortalItem, PortalState, RequestKind


def a_request(kind: RequestKind, letter_on: date = date(2023, 5, 22), **changes: Any) -> Request:
    values: dict[str, Any] = {"id": RequestId(1), "application_id": ApplicationId(1)}
    values.update(changes)
    return Request(person_id=PERSON, kind=kind, letter_on=letter_on, **values)


def a_line(
    item: PortalItem, state: PortalState, on: date = date(2023, 5, 25), id_: int = 1
) -> PortalLine:
    return PortalLine(PortalLineId(id_), PERSON, ApplicationId(1), item, state, on)


def a_job(
    province: str | None = "ON",
    from_day: date | None = date(2023, 7, 1),
    until_day: date | None = None,
    country: str = "CAN",
) -> Employment:
    return Employment(EmploymentId(1), PERSON, country, province, "Atelier", from_day, until_day)
