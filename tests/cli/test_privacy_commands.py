# SPDX-License-Identifier: Apache-2.0
"""What the commands about personal information answer, in JSON and in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import office_builders as build
import pytest
from new_registers import new_office

from imp_plus_desktop.cli.main import main

REFERENCE = "C1000001"


class Desk:
    """The command line over a register of two people."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self.capsys = path, capsys
        office = new_office(path, build.TODAY)
        for number in (1, 2):
            build.invite(office, number)
        office.close()

    def said(self, *arguments: str, code: int = 0) -> str:
        options = ["--register", str(self.path), "--lang", "en", "--today", "2023-11-22"]
        assert main([*options, *arguments]) == code
        return self.capsys.readouterr().out

    def run(self, *arguments: str, code: int = 0) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.said("--json", *arguments, code=code))
        return answer


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "r.imp", capsys)


@pytest.fixture
def closed(desk: Desk) -> str:
    """Somebody whose file is closed: PR is there."""
    values = ("individual_reference=C1000003", "family_name=Roy", "given_names=Anne")
    desk.run("add", *values, "birth_date=1990-01-01", "citizenship=MAR")
    desk.run("set", "C1000003", "pr_state", "landed")
    return "C1000003"


WHY = ("--reason", "asked for", "--override", "PRV-01=the person asked")


def test_a_hold_keeps_a_file_until_it_is_lifted(desk: Desk, closed: str) -> None:
    assert desk.run("hold", closed, "--reason", "a dispute")["act"]
    desk.said("erase", closed, *WHY, code=5)
    assert desk.run("hold", closed, "--lift")["act"]
    assert desk.run("erase", closed, *WHY)["act"]
    assert "files are due" in desk.said("retention")


def test_a_file_is_destroyed_once_it_was_seen_what_goes(desk: Desk, closed: str) -> None:
    assert desk.run("erase", closed, *WHY, "--dry-run")["act"] is None
    assert desk.said("erase", closed, *WHY, "--dry-run")
    done = desk.run("erase", closed, *WHY)
    assert (bool(done["act"]), done["erased"]["person"]) == (True, 1)
    assert len(desk.run("people")["people"]) == 2
    desk.said("erase", REFERENCE, *WHY, code=5)  # something is open


def test_a_person_gets_a_package_and_the_office_its_papers(desk: Desk, tmp_path: Path) -> None:
    files = desk.run("access", REFERENCE, str(tmp_path / "given"))["files"]
    assert {Path(one).suffix for one in files} >= {".pdf", ".json", ".csv"}
    assert "REFERENCE" not in " ".join(files)
    desk.said("assessment", str(tmp_path / "assessment.pdf"))
    assert (tmp_path / "assessment.pdf").read_bytes().startswith(b"%PDF")


def test_the_desk_and_the_register_of_incidents_are_kept(desk: Desk) -> None:
    shown = desk.run("privacy")
    assert shown
    assert desk.said("privacy")
    desk.said("incident", code=2)
    assert desk.run("incidents")["incidents"] == []
    entered = desk.run("incident", "information=names", "people=12")
    assert entered["people"] == "12"
    assert "names" in desk.said("incidents")
    assert len(desk.run("incidents")["incidents"]) == 1
    assert desk.run("privacy", "purposes=files of applicants")["act"]
