# SPDX-License-Identifier: Apache-2.0
"""Who is affected when a year's cap is reached, and each thing to do until it is done.

Reads files and keeps what was done; what belongs on the list is `domain/quota/over_cap.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from imp_plus_desktop.domain.classes import dataclass
from imp_plus_desktop.domain.quota import over_cap
from imp_plus_desktop.domain.quota.over_cap import OverCapFile, OverCapItem
from imp_plus_desktop.domain.records.applications import Application
from imp_plus_desktop.domain.records.ids import ActId, ApplicationId
from imp_plus_desktop.domain.values.calendar import toronto_day
from imp_plus_desktop.domain.values.codes import ApplicationState, Ledger
from imp_plus_desktop.domain.values.errors import Refused
from imp_plus_desktop.domain.values.programme import Programme
from imp_plus_desktop.services.applications import late_receipts
from imp_plus_desktop.services.office import person_file, row_days
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota
from imp_plus_desktop.services.quota.quota import Board
from imp_plus_desktop.storage.reads import figures, queries

_COLUMNS = {
    OverCapItem.REFUND: "refund_logged_on",
    OverCapItem.BIOMETRICS: "biometrics_cancelled_on",
}


@dataclass(frozen=True, slots=True)
class OverCap:
    """The over-cap list of a year. Amounts in Canadian dollars.

    `reached_on` is the day on which the cap was reached, None while it is not. `prepared` are
    applications not yet filed that would come too late; `refund_open` is what is still awaited.
    """

    year: int
    cap: int | None
    reached_on: date | None
    files: tuple[OverCapFile, ...]
    prepared: tuple[ApplicationId, ...]
    refund_due: Decimal
    refund_open: Decimal
    open_items: int


def over_cap_list(office: Office, year: int, board: Board | None = None) -> OverCap:
    """Everyone whom the cap of a year has reached by the office's day, in order of receipt.

    `board` is that day's board of the year, where the caller has it already.
    """
    programme, today = office.programme(), office.clock.today()
    people = figures.people_over_cap(office.register, year)
    found = [
        entry
        for file in queries.files(office.register, people)
        for entry in over_cap.over_cap_files(file, year, programme)
        if entry.received_at is None or toronto_day(entry.received_at) <= today
    ]
    held = late_receipts.holders(office, year) if found else {}
    found = [replace(entry, held_by=held.get(entry.application)) for entry in found]
    found.sort(key=lambda entry: (str(entry.received_at or ""), entry.application))
    board = board or quota.board(office, year)
    first = min((entry.received_at for entry in found if entry.received_at), default=None)
    reached = _reached_on(board, programme, toronto_day(first) if first is not None else None)
    waiting = figures.prepared_applications(office.register) if reached is not None else []
    open_refunds = (
        entry.refund
        for entry in found
        if any(item.kind is OverCapItem.REFUND for item in entry.open_items)
    )
    return OverCap(
        year,
        board.cap,
        reached,
        tuple(found),
        tuple(waiting) if year == today.year else (),
        sum((entry.refund for entry in found), Decimal(0)),
        sum(open_refunds, Decimal(0)),
        sum(len(entry.open_items) for entry in found),
    )


def close_item(
    office: Office, application_ids: Sequence[int], item: OverCapItem, on: date
) -> ActId | None:
    """Record that refunds have arrived, or that biometric letters were cancelled, on a day.

    A family's application is brought to its end by its own decision. Errors: DomainError
    not_over_cap, decide_family_instead, in_the_future, comes_before.
    """
    column = _COLUMNS.get(item)
    if column is None:
        raise Refused("decide_family_instead")
    with office.act("overcap.close") as act:
        chosen = [person_file.application_of(office, number) for number in application_ids]
        for application in chosen:
            _check(office, application, column, on)
            act.update("application", application.id, {column: on})
        act.details["counts"] = {item.value: len(chosen)}
    return act.id


def _check(office: Office, application: Application, column: str, on: date) -> None:
    if application.state is not ApplicationState.CANCELLED_OVER_CAP:
        raise Refused("not_over_cap")
    row_days.check_course(office, "application", {column: on}, application=application)


def _reached_on(board: Board, programme: Programme, first_over: date | None) -> date | None:
    """The first day on which the year had no place left, as far as the register tells.

    That of the first application over the cap, or the day on which the places by own count were
    as many as the cap then; when only the official count says so, the day of that count.
    """
    if board.cap is None or board.effective_used < board.cap:
        return first_over
    used = dict(board.cumulative)
    changed = [limit.from_day for limit in programme.cap_overrides if limit.year == board.year]
    total = 0
    for day in sorted({*used, *(day for day in changed if day <= board.as_of)}):
        total = used.get(day, total)
        cap = programme.cap_on(Ledger.APPLICATIONS, board.year, day)
        if cap is not None and total >= cap:
            return day if first_over is None else min(day, first_over)
    told = board.official.as_of if board.official is not None else board.as_of
    return told if first_over is None else min(told, first_over)
