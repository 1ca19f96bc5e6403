# SPDX-License-Identifier: Apache-2.0
"""The sheets of a year's quota: the board's figures, and the over-cap list when there is one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from office_builders import YEAR, add_member, decide, invite, receive, receive_member, set_cap
from openpyxl import load_workbook

from imp_plus_desktop.services.exports import exports
from imp_plus_desktop.services.exports.plain_tables import quota_tables
from imp_plus_desktop.services.exports.quota_sheets import quota_sheets
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.quota import quota


def test_a_year_without_over_cap_has_board_months_and_reports(office: Office) -> None:
    decide(office, receive(office, invite(office, 1)).application, "refused")
    figures, months, reports = quota_sheets(office, YEAR)
    board = quota.board(office, YEAR)
    numbers = {str(row[0]): row[1] for row in figures.rows}
    assert (numbers["Effective use"], numbers["Refused"]) == (board.effective_used, 1)
    rows = list(months.rows)
    assert [row[1] for row in rows] == list(board.by_month)
    assert rows[-1][2:4] == [1, 7350]
    assert months.chart is not None
    assert [row[1:] for row in reports.rows if row[0] == "Refused"] == [[0, 0, 0, 1, 1]]


def test_the_over_cap_list_is_a_sheet_of_its_own(office: Office, tmp_path: Path) -> None:
    set_cap(office, 0)
    person = invite(office, 1)
    receive(office, person, number="W300000001")
    receive_member(office, add_member(office, person), overrides={"FAM-02": "filed together"})
    path = tmp_path / "quota.xlsx"
    done = exports.export(office, "quota", path, year=YEAR)
    assert done.sheets[-1] == "Over the cap"
    book = load_workbook(path)
    values = [cell.value for cell in book["Over the cap"][2]]
    assert values[2:4] == [office.own_numbers.of(person), "W300000001"]
    assert (values[5], values[6], values[8]) == (255, None, 1)


def test_paper_has_the_day_of_a_receipt_in_the_evening_as_toronto_counts_it(
    office: Office,
) -> None:
    set_cap(office, 0)
    receive(office, invite(office, 1), datetime(2023, 11, 21, 3, 30, tzinfo=UTC))
    (row,) = quota_tables(office, YEAR)[-1].rows[:1]
    assert "Nov 20, 2023" in row
