# SPDX-License-Identifier: Apache-2.0
"""The overview: what waits for a person, the year's cap, the path from letter to permit."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from imp_plus_desktop.domain.calendar import birthday, toronto_day
from imp_plus_desktop.domain.csq import pr_filed
from imp_plus_desktop.domain.deadlines import DeadlineKind, deadlines
from imp_plus_desktop.domain.programme import Programme
from imp_plus_desktop.domain.rows import ActRow
from imp_plus_desktop.domain.status import latest_application
from imp_plus_desktop.domain.values import (
    ApplicationState,
    DocumentState,
    DocumentType,
    PersonFile,
    Relation,
)
from imp_plus_desktop.services import history, quota, review, standing
from imp_plus_desktop.services.office import Office
from imp_plus_desktop.services.quota import Board
from imp_plus_desktop.storage import figures, queries

DECISION_DUE_DAYS = 60
"""After this long without a decision, it is time to look at IRCC's account."""

CHILD_AHEAD_DAYS = 180
"""How far ahead a 22nd birthday is worth a look while an application waits."""

LEVELS: dict[str, Literal["bad", "warn", "info"]] = {
    "letters_7": "bad",
    "permits_30": "bad",
    "passports_short": "warn",
    "decisions_due": "warn",
    "review_rows": "info",
    "pr_proof_missing": "info",
    "children_22": "info",
}
"""What waits, by code and by how much it presses, in the order of the screen."""


@dataclass(frozen=True, slots=True)
class WaitingLine:
    code: str
    level: Literal["bad", "warn", "info"]
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`pipeline` is of the people whose letter is of `letter_year`."""

    waiting: tuple[WaitingLine, ...]
    board: Board
    letter_year: int
    pipeline: tuple[tuple[str, int], ...]
    recent: tuple[ActRow, ...]
    people: int


def overview(office: Office) -> Overview:
    """All that the first page shows."""
    standing.refresh(office)
    waiting = _waiting(office)
    years = figures.letter_years(office.register)
    letter_year = years[0] if years else office.clock.today().year
    pipeline = figures.pipeline(office.register, letter_year)
    lines = tuple(
        WaitingLine(
            code,
            level,
            review.count(office) if code == "review_rows" else len(waiting[code]),
        )
        for code, level in LEVELS.items()
    )
    return Overview(
        waiting=lines,
        board=quota.board(office, office.clock.today().year),
        letter_year=letter_year,
        pipeline=tuple(
            (code, int(pipeline[code])) for code in ("letters", "received", "approved", "permits")
        ),
        recent=tuple(history.acts(office, limit=12)),
        people=figures.count(office.register, "person"),
    )


def waiting_ids(office: Office, code: str) -> array[int]:
    """The people behind a line of what waits."""
    return array("q", _waiting(office).get(code, []))


def _waiting(office: Office) -> dict[str, list[int]]:
    today, programme = office.clock.today(), office.programme()
    found: dict[str, list[int]] = {code: [] for code in LEVELS}
    for file in queries.every_file(office.register):
        for code in _codes(file, today, programme):
            found[code].append(file.person.id)
    return found


_NEAR = {DeadlineKind.LETTER: ("letters_7", 7), DeadlineKind.PERMIT: ("permits_30", 30)}


def _codes(file: PersonFile, today: date, programme: Programme) -> Iterator[str]:
    """What waits in one file, by code."""
    letter_open = False
    for deadline in deadlines(file, today, programme):
        left = deadline.days_left(today)
        letter_open |= deadline.kind is DeadlineKind.LETTER and left >= 0
        code, within = _NEAR.get(deadline.kind, ("", -1))
        if 0 <= left <= within:
            yield code
    if letter_open and standing.has_short_passport(file, programme, today):
        yield "passports_short"
    yield from _codes_of_application(file, today, programme)


def _codes_of_application(file: PersonFile, today: date, programme: Programme) -> Iterator[str]:
    application = latest_application(file)
    if application is None or application.state is not ApplicationState.RECEIVED:
        return
    received = application.received_at
    if received is not None and toronto_day(received) <= today - timedelta(days=DECISION_DUE_DAYS):
        yield "decisions_due"
    if pr_filed(file.person) and not _has_pr_proof(file):
        yield "pr_proof_missing"
    if any(_turns_soon(birth, today, programme) for birth in _children(file)):
        yield "children_22"


def _has_pr_proof(file: PersonFile) -> bool:
    return any(
        document.type is DocumentType.PR_PROOF and document.state is not DocumentState.REQUIRED
        for document in file.documents
    )


def _children(file: PersonFile) -> Iterable[date]:
    return (
        member.birth_date
        for member in file.members
        if member.relation is Relation.CHILD
        and member.birth_date is not None
        and member.accompanying is not False
    )


def _turns_soon(birth: date, today: date, programme: Programme) -> bool:
    turns = birthday(birth, programme.child_age)
    return today <= turns <= today + timedelta(days=CHILD_AHEAD_DAYS)
