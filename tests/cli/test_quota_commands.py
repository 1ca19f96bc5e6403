# SPDX-License-Identifier: Apache-2.0
"""Caps, ledgers, the over-cap list, settings and reports from the command line."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from office_builders import TODAY, decide, invite, receive, set_cap
from openpyxl import Workbook, load_workbook

from imp_plus_desktop.bootstrap import open_office
from imp_plus_desktop.cli.main import main

pytestmark = pytest.mark.mostly_long(
    "test_the_board_names_the_rows_behind_each_figure",
    "test_official_letters_and_permits_are_typed_in",
    "test_a_switch_and_a_window_are_set_with_a_reason",
    "test_reports_of_a_week_and_a_quarter_name_their_rows",
    "test_a_report_is_written_as_a_workbook_too",
)


class Terminal:
    """Runs commands on one register of four people, one of them past a cap of two."""

    def __init__(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.register = register
        self.today = TODAY
        self._capsys = capsys

    def run(self, *arguments: object, code: int = 0) -> Any:
        self._capsys.readouterr()
        assert main([*self._options(), "--json", *map(str, arguments)]) == code
        said = self._capsys.readouterr().out
        return json.loads(said) if said.strip() else None

    def text(self, *arguments: object) -> str:
        self._capsys.readouterr()
        main([*self._options(), *map(str, arguments)])
        return self._capsys.readouterr().out

    def _options(self) -> list[str]:
        today = self.today.isoformat()
        return ["--register", str(self.register), "--lang", "en", "--today", today]


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    path = tmp_path / "office.imp"
    office = open_office(path, today=TODAY)
    set_cap(office, 2)
    decide(office, receive(office, invite(office, 1)).application, "refused")
    receive(office, invite(office, 2))
    receive(office, invite(office, 3), number="W300000003")
    invite(office, 4)
    office.close()
    return Terminal(path, capsys)


def test_the_board_names_the_rows_behind_each_figure(terminal: Terminal) -> None:
    board = terminal.run("quota", 2023)
    assert (board["used"], board["received"], board["over_cap"]) == (2, 3, 1)
    assert (board["letters"]["dated"], board["letters"]["effective"]) == (4, 4)
    assert board["switches"] == {"returned": False, "extension": False}
    for figure, kind in (("used", "applications"), ("over_cap", "applications"),
                         ("letters", "letters"), ("permits", "permits")):  # fmt: skip
        found = terminal.run("quota", 2023, "--rows", figure)
        assert (found["kind"], len(found["rows"])) == (kind, found["count"])
    refused = terminal.run("quota", 2023, "--rows", "refused")["rows"]
    assert [row["outcome"] for row in refused] == ["refused"]
    assert terminal.run("quota", 2023, "--rows", "letters-2023-09")["count"] == 4
    terminal.run("quota", 2023, "--rows", "nothing", code=2)


def test_official_letters_and_permits_are_typed_in(terminal: Terminal) -> None:
    terminal.run("official", 2023, "--as-of", "2023-11-01", "--received", 1, "--issued", 6500,
                 "--letters", 5000)  # fmt: skip
    board = terminal.run("quota", 2023)
    assert (board["official"]["issued"], board["official"]["letters"]) == (6500, 5000)
    assert (board["permits"]["remaining"], board["permits"]["level"]) == (500, 90)


def test_what_is_past_the_cap_is_closed_item_by_item(terminal: Terminal) -> None:
    found = terminal.run("overcap", 2023, code=1)
    (file,) = found["files"]
    assert (file["application_number"], file["refund"]) == ("W300000003", 255)
    assert [item["item"] for item in file["items"]] == ["refund", "biometrics"]
    assert "open: Refund, Biometric letter" in terminal.text("overcap", 2023)
    for item in ("refund", "biometrics"):
        terminal.run("overcap-close", item, "W300000003", "--on", "2023-11-21")
    assert terminal.run("overcap", 2023)["open_items"] == 0
    terminal.run("overcap-close", "refund", 1, "--on", "2023-11-21", code=5)


def test_a_switch_and_a_window_are_set_with_a_reason(terminal: Terminal) -> None:
    done = terminal.run("switch", 2023, "returned", "yes", "--from", "2023-11-22", "--reason", "w")
    assert done["unmoved"] == 0
    assert terminal.run("quota", 2023)["switches"]["returned"] is True
    terminal.run("switch", 2023, "returned", "yes", "--from", "2023-11-22", "--reason", " ", code=2)
    terminal.run("programme", "last_accepted_letter", "2025-06-30", "--from", "2023-01-01",
                 "--reason", "letters resumed")  # fmt: skip
    windows = {window["name"]: window for window in terminal.run("programme")["windows"]}
    assert windows["last_accepted_letter"]["value"] == "2025-06-30"
    assert windows["last_accepted_letter"]["shipped"] == "2025-01-15"
    assert windows["opened"]["from"] is None
    terminal.run("programme", "opened", code=2)
    assert "2025-06-30" in terminal.text("programme")


def test_reports_of_a_week_and_a_quarter_name_their_rows(terminal: Terminal) -> None:
    week = terminal.run("report", "weekly", "--of", "2023-11-20")
    assert (week["rule"], week["number"], week["first"]) == ("REP-01", 47, "2023-11-20")
    assert week["figures"]["submitted"] == len(week["rows"]["submitted"]) == 3
    assert week["figures"]["refused"] == 1
    quarter = terminal.run("report", "quarterly", 2023, 3)
    assert (quarter["rule"], quarter["figures"]["letters"]) == ("REP-02", 4)
    assert quarter["caps"]["applications"] == 2
    assert terminal.run("report", "yearly", 2023)["figures"]["cancelled_over_cap"] == 1
    assert "Weekly report" in terminal.text("report", "weekly")
    terminal.run("report", "quarterly", 2023, 5, code=2)


def test_a_quarter_is_closed_and_says_what_was_corrected_since(terminal: Terminal) -> None:
    terminal.run("report", "quarterly", 2023, 3, "--closed", code=2)
    terminal.run("close", 2023, code=5)
    act = terminal.run("close", 2023, "--quarter", 3)["act"]
    terminal.run("close", 2023, "--quarter", 3, code=5)
    closed = terminal.run("report", "quarterly", 2023, 3, "--closed")
    assert (closed["act"], closed["figures"]["letters"], closed["corrections"]) == (act, 4, [])
    terminal.run("set", "C1000004", "letter_received_date", "2023-10-05")
    terminal.run("set", "C1000004", "letter_date", "2023-10-02")
    closed = terminal.run("report", "quarterly", 2023, 3, "--closed", code=1)
    letters = next(one for one in closed["corrections"] if one["figure"] == "letters")
    assert (letters["then"], letters["now"], letters["rows"]) == (4, 3, "letter")
    assert letters["removed"]
    assert letters["acts"]
    assert "4 then, 3 now" in terminal.text("report", "quarterly", 2023, 3, "--closed")


def _sheet(book: Workbook, title: str) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book[title].iter_rows()]


def test_a_report_is_written_as_a_workbook_too(terminal: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "week.xlsx"
    made = terminal.run("report", "weekly", "--of", "2023-11-20", "--xlsx", out)
    assert (made["xlsx"], made["sheets"]) == (str(out), ["Weekly report", "What it stands on"])
    rows = _sheet(load_workbook(out), "Weekly report")
    assert rows[0] == ("Figure", "Week 47 of 2023", "Since January 1")
    assert ("Applications submitted", 3, 3) in rows
    assert ("Refused", 1, 1) in rows
    basis = dict(_sheet(load_workbook(out), "What it stands on"))
    assert basis["As of"] == datetime(2023, 11, 22)
    assert (basis["Cap on applications"], basis["Places used, our register"]) == (2, 2)
    assert "week.xlsx" in terminal.text("report", "yearly", 2023, "--xlsx", out)
    terminal.run("report", "weekly", "--xlsx", tmp_path / "none" / "week.xlsx", code=3)


def test_a_closing_is_written_as_it_was_with_what_was_corrected_since(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.run("close", 2023, "--quarter", 3)
    out = tmp_path / "quarter.xlsx"
    asked = ("report", "quarterly", 2023, 3, "--closed", "--xlsx", out)
    assert len(terminal.run(*asked)["sheets"]) == 2
    terminal.run("set", "C1000004", "letter_received_date", "2023-10-05")
    terminal.run("set", "C1000004", "letter_date", "2023-10-02")
    assert terminal.run(*asked, code=1)["sheets"][-1] == "Corrected since"
    rows = _sheet(load_workbook(out), "Quarterly report")
    assert rows[1] == ("Letters issued by MIFI", 4, 4)
    assert [row[0] for row in rows[2:4]] == ["Applications received", "Approved"]
    assert _sheet(load_workbook(out), "Corrected since")[1][:3] == ("Letters issued by MIFI", 4, 3)


def test_check_replays_the_ledgers_and_every_row(terminal: Terminal) -> None:
    assert terminal.run("check")["rows"] == "ok"
    office = open_office(terminal.register, today=TODAY)
    office.register.db.execute_sql("UPDATE application SET place = 9 WHERE id = 2")
    office.close()
    found = terminal.run("check", code=1)
    assert (found["ledger"], found["rows"]) == ("ok", "changed: application 2")


def test_a_rule_that_was_set_aside_stands_in_the_journal_and_in_reports(
    terminal: Terminal, tmp_path: Path
) -> None:
    late = ("receive", "C1000004", "--at", "2023-12-20T15:00Z")
    terminal.today = date(2023, 12, 21)
    terminal.run(*late, code=5)
    done = terminal.run(*late, "--override", "INV-02=came back once", code=1)
    act = terminal.run("journal", "--limit", 1)["acts"][0]
    assert (act["id"], act["overrides"]) == (done["act"], {"INV-02": "came back once"})
    assert "INV-02 set aside: came back once" in terminal.text("journal")
    week = terminal.run("report", "weekly")
    assert week["overrides"] == [
        {
            "act": done["act"],
            "on": "2023-12-21",
            "event_on": "2023-12-20",
            "application": done["application"],
            "rule": "INV-02",
            "reason": "came back once",
        }
    ]
    assert "INV-02 set aside" in terminal.text("report", "weekly")
    out = tmp_path / "week.xlsx"
    assert terminal.run("report", "weekly", "--xlsx", out)["sheets"][-1] == "Rules set aside"
    assert _sheet(load_workbook(out), "Rules set aside")[1][1:3] == ("INV-02", "came back once")
    assert terminal.run("report", "quarterly", 2023, 3)["overrides"] == []
    terminal.today = date(2024, 1, 3)
    later = ("receive", "C1000003", "--at", "2023-09-29T15:00Z", "--kind", "extension")
    terminal.run(*later, "--override", "EXT-01=found in a drawer", "--override", "ELG-04=x")
    for kind, year, number in (("quarterly", 2023, 3), ("quarterly", 2024, 1)):
        report = terminal.run("report", kind, year, number)
        (shown,) = [one for one in report["overrides"] if one["rule"] == "EXT-01"]
        assert (shown["on"], shown["event_on"]) == ("2024-01-03", "2023-09-29")
        said = terminal.text("report", kind, year, number)
        assert "September 29, 2023, recorded on January 3, 2024: EXT-01 set aside" in said
    terminal.run("undo")
    quiet = terminal.run("report", "quarterly", 2023, 4)["overrides"]
    assert [one["rule"] for one in quiet] == ["INV-02"]
    terminal.today = date(2024, 1, 5)
    terminal.run("close", 2023)
    terminal.run("undo", done["act"])
    closed = terminal.run("report", "yearly", 2023, "--closed", code=1)
    assert [one["rule"] for one in closed["overrides"]] == ["INV-02"], "as it was"
    assert terminal.run("report", "yearly", 2023)["overrides"] == [], "undone since"


def test_a_year_after_the_last_letter_says_that_none_is_accepted_any_more(
    terminal: Terminal,
) -> None:
    terminal.today = date(2026, 11, 28)
    board = terminal.run("quota", 2026)
    assert board["intake"] == {"open": False, "last_letter": "2025-01-15"}
    said = "IRCC accepts no letter dated after January 15, 2025"
    assert said in terminal.text("quota", 2026)
    assert said in terminal.text("quota", 2025)
    assert "accepts no letter" not in terminal.text("quota", 2024)
    assert terminal.run("quota", 2024)["intake"]["open"] is True
