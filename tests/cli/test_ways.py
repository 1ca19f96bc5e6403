# SPDX-License-Identifier: Apache-2.0
"""What `endings`, `way`, `pr` and `try-year` answer, in JSON and in words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.cli.main import main

REFERENCE = "C1000001"


class Desk:
    """The command line over one register, with a permit that ends in 38 days."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self.capsys = path, capsys
        office = new_office(path, build.TODAY)
        application = build.receive(office, build.invite(office, 1)).application
        build.decide(office, application)
        build.issue(office, application, until=date(2023, 12, 30))
        office.close()

    def said(self, *arguments: str, code: int = 0, day: str = "2023-11-22") -> str:
        options = ["--register", str(self.path), "--lang", "en", "--today", day]
        assert main([*options, *arguments]) == code
        return self.capsys.readouterr().out

    def run(self, *arguments: str, code: int = 0, day: str = "2023-11-22") -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.said("--json", *arguments, code=code, day=day))
        return answer


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "r.imp", capsys)


def test_whose_permit_ends_is_told_with_each_way_and_what_it_asks(desk: Desk) -> None:
    (ending,) = desk.run("endings", "--within", "2")["endings"]
    assert (ending["until"], ending["days_left"], ending["state"]) == (
        "2023-12-30",
        38,
        "to_choose",
    )
    ways = {way["way"]: way for way in ending["ways"]}
    assert list(ways) == [
        "extension", "bridging", "employer", "policy", "restoration", "leaving",
    ]  # fmt: skip
    assert {"condition": "permit_runs", "met": True, "weighed": False} in ways["extension"][
        "conditions"
    ]
    assert (ways["extension"]["by"], ways["extension"]["cost"]) == ("2023-12-30", 255.0)
    assert ways["policy"]["conditions"][0]["met"] is False
    assert "Benalibb, Amine  Dec 30, 2023  38 days, way to choose" in desk.said("endings")


def test_nobody_is_told_in_one_sentence(desk: Desk) -> None:
    assert desk.run("endings", "--within", "1")["endings"] == []
    assert "No permit ends within 1 month." in desk.said("endings", "--within", "1").replace(
        "\u00a0", " "
    )
    assert desk.run("endings", "--clerk", "Nobody")["endings"] == []


def test_a_way_is_shown_chosen_and_taken_back(desk: Desk) -> None:
    assert desk.run("way", REFERENCE)["chosen"] is None
    shown = desk.said("way", REFERENCE)
    assert "Extension  12" in shown
    assert "✓ Permit still running" in shown
    done = desk.run("way", REFERENCE, "extension")
    assert (done["way"], done["remind_on"]) == ("extension", "2023-11-30")
    assert desk.run("way", REFERENCE)["chosen"] == "extension"
    assert "chosen" in desk.said("way", REFERENCE)
    assert "No way is chosen any more." in desk.said("way", REFERENCE, "--none")
    desk.said("way", REFERENCE, "extension", "--none", code=2)
    desk.said("way", REFERENCE, "by_boat", code=2)


def test_a_year_is_tried_and_nothing_is_stored(desk: Desk) -> None:
    tried = desk.run("try-year", "2023", "--cap", "10", "--pace", "7", "--letters", "5")
    assert (tried["cap"], tried["stored"], tried["letters"]["limit"]) == (10, False, 5)
    assert tried["projection"] == {"earliest": "2023-12-01", "latest": "2023-12-01"}
    assert desk.run("quota", "2023")["cap"] == 7350
    window = ("--window", "last_accepted_letter=2023-06-30")
    assert desk.run("try-year", "2023", *window)["intake"]["last_letter"] == "2023-06-30"
    assert "A trial: nothing was stored." in desk.said("try-year", "2023", "--permits", "3")
    desk.said("try-year", "2023", "--window", "opened=soon", code=2)


def test_the_stages_of_permanent_residence_are_shown_recorded_and_taken_back(desk: Desk) -> None:
    desk.run("pr", REFERENCE, "filed", "--on", "2022-02-01")
    done = desk.run("pr", REFERENCE, "acknowledged", "--on", "2022-07-01", "--number", "E123456789")
    assert (done["stage"], done["on"], done["pr_state"]) == (
        "acknowledged", "2022-07-01", "in_process",
    )  # fmt: skip
    desk.run("pr", REFERENCE, "biometrics", "--on", "2022-08-01")
    stages = {one["stage"]: one for one in desk.run("pr", REFERENCE)["stages"]}
    assert stages["biometrics"] == {
        "stage": "biometrics", "on": "2022-08-01", "behind": True, "until": "2032-08-01",
    }  # fmt: skip
    assert stages["medical"]["behind"] is False
    shown = desk.said("pr", REFERENCE).replace("\u00a0", " ")
    assert "● Biometrics  Aug 1, 2022, good until Aug 1, 2032" in shown
    assert "○ Medical exam\n" in shown
    counted = {one["stage"]: one for one in desk.run("pr")["stages"]}
    assert counted["acknowledged"]["reached"] == 1
    assert (counted["biometrics"]["here"], counted["biometrics"]["wait_days"]) == (1, None)
    assert "not enough cases" in desk.said("pr")
    assert desk.run("pr", REFERENCE, "landed")["pr_state"] == "landed"
    assert desk.run("endings", "--within", "2")["endings"] == []
    assert desk.run("pr", REFERENCE, "landed", "--undo")["pr_state"] == "in_process"
    assert len(desk.run("endings", "--within", "2")["endings"]) == 1


def test_a_stage_that_is_to_come_is_refused(desk: Desk) -> None:
    desk.said("pr", REFERENCE, "medical", "--on", "2023-12-01", code=5)
    assert not any(one["on"] for one in desk.run("pr", REFERENCE)["stages"])
