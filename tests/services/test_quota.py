# SPDX-License-Identifier: Apache-2.0
"""The year's board: what it counts, by month and outcome, and the caps that acts set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from new_registers import new_office
from office_builders import (
    AT,
    TODAY,
    YEAR,
    add_member,
    an_approved,
    decide,
    invite,
    issue,
    limit_permits,
    receive,
    receive_member,
    set_cap,
)

from imp_plus_desktop.domain.quota.quota import OfficialCount
from imp_plus_desktop.domain.values.codes import Ledger
from imp_plus_desktop.domain.values.errors import DomainError
from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import person_file
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code


def test_an_empty_year_has_its_shipped_caps(office: Office) -> None:
    board = quota.board(office, YEAR)
    assert (board.cap, board.used, board.remaining) == (7350, 0, 7350)
    assert (board.letters_limit, board.permits_limit) == (7000, 7000)
    assert quota.board(office, 2022).cap == 14_700
    assert quota.board(office, 2021).cap is None
    assert quota.board(office, 2021).remaining is None
    assert sum(board.by_month) == 0
    assert board.projection is None
    assert board.projection_refused is not None


def test_the_board_counts_by_outcome_and_month(office: Office) -> None:
    october = datetime(2023, 10, 3, 15, tzinfo=UTC)
    receive(office, invite(office, 1), october)
    for number, outcome in enumerate(("approved", "refused", "withdrawn", "returned"), start=2):
        decide(office, receive(office, invite(office, number)).application, outcome)
    set_cap(office, 4)
    receive(office, invite(office, 6))
    board = quota.board(office, YEAR)
    assert (board.used, board.remaining, board.over_cap) == (4, 0, 1)
    assert board.by_outcome == {
        "pending": 1,
        "approved": 1,
        "refused": 1,
        "withdrawn": 1,
        "returned": 1,
        "cancelled_over_cap": 1,
    }
    assert board.by_month[9:11] == (1, 3)
    assert board.cumulative == ((date(2023, 10, 3), 1), (date(2023, 11, 20), 4))
    assert board.level == 100


def test_the_board_of_a_past_day_counts_what_was_received_by_then(office: Office) -> None:
    receive(office, invite(office, 1), datetime(2023, 10, 3, 15, tzinfo=UTC))
    receive(office, invite(office, 2), AT)
    board = quota.board(office, YEAR, date(2023, 10, 31))
    assert (board.used, board.letters_dated) == (1, 2)
    assert quota.board(office, YEAR, date(2023, 8, 31)).letters_dated == 0


def test_letters_and_permits_are_counted_apart(office: Office) -> None:
    application = an_approved(office, 1)
    issue(office, application)
    person = person_file.application_of(office, application).person_id
    own = receive_member(office, add_member(office, person)).application
    decide(office, own)
    issue(office, own)
    limit_permits(office, 50)
    board = quota.board(office, YEAR)
    assert (board.permits_issued, board.permits_limit, board.cap) == (1, 50, 7350)


def test_the_later_cap_wins_and_can_be_undone(office: Office) -> None:
    set_cap(office, 10)
    set_cap(office, 20)
    assert quota.board(office, YEAR).cap == 20
    history.undo(office)
    assert quota.board(office, YEAR).cap == 10
    quota.set_cap(office, YEAR, 5, date(2023, 12, 1), "lowered from December")
    assert quota.board(office, YEAR).cap == 10
    assert quota.board(office, YEAR, date(2023, 12, 1)).cap == 5


def test_a_cap_needs_a_reason_and_is_no_less_than_nothing(office: Office) -> None:
    day = date(2023, 1, 1)
    assert error_of(lambda: quota.set_cap(office, YEAR, 5, day, "  ")) == "reason_missing"
    assert error_of(lambda: quota.set_cap(office, YEAR, -1, day, "why")) == "bad_value"
    assert error_of(
        lambda: quota.set_official(office, OfficialCount(YEAR, day, -1))
    ) == "bad_value"  # fmt: skip
    assert office.register.is_empty()


def test_an_official_count_stands_beside_the_own_one(office: Office) -> None:
    receive(office, invite(office, 1))
    quota.set_official(office, OfficialCount(YEAR, date(2023, 11, 1), 7000, 5000, 300, 20, "IRCC"))
    board = quota.board(office, YEAR)
    assert (board.used, board.effective_used, board.remaining) == (1, 7001, 349)
    assert board.official is not None
    assert (board.official.received, board.official.source) == (7000, "IRCC")
    assert board.level == 90
    assert quota.board(office, YEAR, date(2023, 10, 31)).official is None


def test_years_are_those_that_hold_something_and_the_present_one(office: Office) -> None:
    assert quota.years(office) == [2023]
    invite(office, 1, letter_date="2022-09-01", letter_received_date="")
    assert quota.years(office) == [2023, 2022]


def test_a_cap_of_another_ledger_changes_no_place(office: Office) -> None:
    quota.set_cap(office, YEAR, 0, date(2023, 1, 1), "no letters", Ledger.LETTERS)
    assert receive(office, invite(office)).place == 1
    assert quota.board(office, YEAR).letters_limit == 0
    assert quota.board(office, YEAR).as_of == TODAY


INSTANTS = (
    *("2023-10-01T03:59:00", "2023-10-01T04:00:00", "2023-10-01T11:30:00", "2023-10-01T12:00:00"),
    *("2023-10-01T23:59:59", "2023-11-04T04:30:00", "2023-11-05T04:30:00", "2023-12-01T04:30:00"),
    *("2023-12-31T23:00:00", "2024-01-01T00:00:00", "2024-01-01T04:59:59", "2024-01-01T05:00:00"),
    *("2024-01-01T13:00:00", "2024-02-01T04:59:00", "2024-02-01T05:00:00"),
)
"""Where Toronto and UTC are on different days of different months, also as clocks change."""


def test_what_is_counted_by_the_hour_is_what_stands_behind_each_figure(tmp_path: Path) -> None:
    office = new_office(tmp_path / "later.imp", date(2024, 3, 1))
    for number, instant in enumerate(INSTANTS, start=1):
        at = datetime.fromisoformat(f"{instant}Z")
        receive(office, invite(office, number), at, overrides={"INV-02": "it was so"})
    for year, day in ((2023, date(2023, 12, 31)), (2024, date(2024, 3, 1))):
        board = quota.board(office, year, day)
        told = (board.used, board.received, board.near_boundary, board.by_outcome["pending"])
        figures = ("used", "received", "near_boundary", "pending")
        behind = [len(quota.figure_rows(office, year, figure, day).ids) for figure in figures]
        assert list(told) == behind
        months = [f"{year}-{month:02}" for month in range(1, 13)]
        behind = [len(quota.figure_rows(office, year, month, day).ids) for month in months]
        assert list(board.by_month) == behind
    assert quota.board(office, 2023, date(2023, 12, 31)).near_boundary == 2
    office.close()
