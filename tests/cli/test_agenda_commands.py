# SPDX-License-Identifier: Apache-2.0
"""The commands of an application's way, of IRCC's clocks, permits and deadlines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import PERSON, Shell

REF = "C1234567"


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    made = Shell(tmp_path / "office.imp", capsys)
    made.ok("add", *PERSON)
    return made


def received(shell: Shell) -> str:
    shell.ok("receive", REF, "--at", "2023-12-15T10:00", "--number", "W123456789")
    return "W123456789"


def test_from_a_draft_to_a_decision(shell: Shell) -> None:
    begun = shell.ok("prepare", REF, "--on", "2023-12-01")
    assert begun["state"] == "draft"
    application = begun["application"]
    ready = shell.ok("state", application, "ready")
    assert {"application", "act", "state", "findings"} <= ready.keys()
    shell.ok("state", application, "submitted", "--on", "2023-12-14")
    done = shell.ok("receive", REF, "--at", "2023-12-15T10:00")
    assert done["application"] == application
    shell.ok("state", application, "acknowledged")
    code, _answer, _err = shell.run("state", application, "draft")
    assert code == 5
    shell.ok("state", application, "action_required")
    shell.ok("decide", application, "approved", "--on", "2023-12-20")


def test_a_block_rule_stops_ready_with_exit_5_and_its_reason_lets_it_pass(shell: Shell) -> None:
    shell.ok("set", REF, "residence", "CAN-QC", "--on", "2023-11-01")
    application = shell.ok("prepare", REF)["application"]
    code, answer, _err = shell.run("state", application, "ready")
    assert code == 5
    assert "ELG-01" in {f["rule"] for f in answer["findings"]}
    shell.ok("state", application, "ready", "--override", "ELG-01=moves out tomorrow")
    shell.ok("discard", application)
    assert shell.ok("show", REF)["applications"] == []


def test_the_portal_is_noted_and_shown(shell: Shell) -> None:
    number = received(shell)
    shell.ok("portal", number, "biometrics", "needed", "--on", "2023-12-16")
    done = shell.ok(
        "portal", number, "biometrics", "completed", "--on", "2023-12-20", "--completed",
        "2023-12-18",
    )  # fmt: skip
    assert len(done["lines"]) == 7
    line = next(line for line in done["lines"] if line["item"] == "biometrics")
    assert (line["state"], line["completed_on"]) == ("completed", "2023-12-18")
    assert [old["state"] for old in line["earlier"]] == ["needed"]
    assert shell.ok("portal", number)["act"] is None


def test_a_request_falls_due_and_is_met(shell: Shell) -> None:
    number = received(shell)
    asked = shell.ok(
        "request", number, "documents", "--letter", "2023-12-16", "--due", "2023-12-30"
    )
    assert asked["due_on"] == "2023-12-30"
    rows = shell.ok("deadlines")["deadlines"]
    row = next(row for row in rows if row["kind"] == "documents")
    assert (row["days_left"], row["when"]) == (10, "month")
    assert "6:59" in row["because"]
    shell.ok("request-done", asked["request"], "--on", "2023-12-20")
    shown = shell.ok("clocks", REF)
    assert shown["requests"][0]["done_on"] == "2023-12-20"
    rules = [f["rule"] for f in shown["applications"][0]["findings"]]
    assert rules == ["CLK-01", "CLK-02", "CLK-03", "CLK-04"]
    shell.ok("request-delete", asked["request"])
    assert shell.ok("clocks", REF)["requests"] == []


def test_permits_say_what_was_lost_and_work_outside_quebec_is_flagged(shell: Shell) -> None:
    shell.ok("set", REF, "passport_expiry", "2025-06-30")
    number = received(shell)
    shell.ok("decide", number, "approved", "--on", "2023-12-18")
    issued = shell.ok("permit", number, "--issued", "2023-12-20", "--location", "Not authorized …")
    assert issued["limited_by"] == "passport"
    shell.ok(
        "permit-edit", issued["permit"], "--occupation", "Not valid …", "--number", "U123456789"
    )
    (permit,) = shell.ok("permits", REF)["permits"]
    assert permit["location_condition"] == "Not authorized …"
    assert permit["winnable_days"] == 365
    assert (permit["file_by"], permit["gap_days"]) == ("2025-06-30", 0)
    work = shell.ok("work", REF, "CAN-ON", "--employer", "Mills", "--from", "2023-12-20")
    assert [f["outcome"] for f in work["findings"] if f["rule"] == "PER-02"][:1] == ["fail"]
    shell.ok("work-delete", REF, work["employment"])
    code, _answer, _err = shell.run("work", REF, "ATLANTIS")
    assert code == 2


def test_a_deadline_is_seen_moved_and_taken_back(shell: Shell) -> None:
    shell.ok("deadline", REF, "letter", "--seen")
    shell.ok("deadline", REF, "letter", "--move", "2023-12-28", "--reason", "the office closes")
    row = next(r for r in shell.ok("deadlines")["deadlines"] if r["kind"] == "letter")
    assert (row["day"], row["own_day"]) == ("2023-12-28", "2024-01-05")
    assert (row["acknowledged_on"], row["moved_because"]) == ("2023-12-20", "the office closes")
    assert {"day", "kind", "person", "because", "days_left"} <= row.keys()
    shell.ok("deadline", REF, "letter", "--clear")
    row = next(r for r in shell.ok("deadlines")["deadlines"] if r["kind"] == "letter")
    assert (row["day"], row["acknowledged_on"]) == ("2024-01-05", None)
    code, _answer, _err = shell.run("deadline", REF, "letter", "--move", "2023-12-28")
    assert code == 2, "a reason is needed"


def test_the_agenda_is_saved_as_a_calendar(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    done = shell.ok("deadlines", "--within", "30", "--ics", path)
    assert done["days"] == len(done["deadlines"]) == 1
    assert "Nguy" in path.read_text("utf-8")
    shell.ok("deadlines", "--ics", path, "--references-only")
    text = path.read_text("utf-8")
    assert "Nguy" not in text
    assert REF in text
    code, _answer, err = shell.run("deadlines", "--ics", tmp_path / "none" / "a.ics")
    assert code == 3
    assert len(err.strip().splitlines()) == 1
