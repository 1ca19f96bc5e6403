# SPDX-License-Identifier: Apache-2.0
"""Residences with their proof, passport lines, checks and previews from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imp_plus_desktop.cli.main import main

LINES = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
MOROCCO = "L898902C36MAR7408122F2904157ZE184226B<<<<<10"


class Register:
    """Runs commands on one register and keeps the last exit code."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._path, self._capsys = path, capsys
        self.code = 0

    def run(self, *arguments: str) -> Any:
        options = ["--register", str(self._path), "--lang", "en", "--today", "2023-12-20", "--json"]
        self._capsys.readouterr()
        self.code = main([*options, *arguments])
        out = self._capsys.readouterr().out
        return json.loads(out) if out.strip() else None


@pytest.fixture
def register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Register:
    made = Register(tmp_path / "office.imp", capsys)
    made.run(
        *("add", "individual_reference=C1234567", "family_name=Benali", "uci=1234-5678"),
        *("csq_issue_date=2022-05-18", "letter_date=2023-10-05", "csq_category=IQ"),
        "letter_received_date=2023-10-07",
    )
    return made


def test_residences_are_added_corrected_listed_and_removed(register: Register) -> None:
    register.run("residence", "C1234567", "add", "CAN-QC", "--until", "2023-11-30")
    register.run("residence", "C1234567", "add", "MAR", "--from", "2023-12-05", "--proof", "lease")
    line = register.run("residence", "C1234567", "list")
    assert [(gap["from"], gap["until"]) for gap in line["gaps"]] == [("2023-12-01", "2023-12-04")]
    assert line["findings"][0]["outcome"] == "pass"
    register.run("residence", "C1234567", "edit", "2", "--from", "2023-11-25", "--proof", "none")
    line = register.run("residence", "C1234567", "list")
    assert line["gaps"] == []
    assert [stay["proof"] for stay in line["residences"]] == [None, None]
    register.run("residence", "C1234567", "edit", "2", "--until", "2023-12-01")
    register.run("residence", "C1234567", "edit", "2", "--until", "", "--from", "")
    stays = register.run("show", "C1234567")["residences"]
    assert (stays[-1]["from"], stays[-1]["until"]) == (None, None)
    act = register.run("residence", "C1234567", "remove", "1")["act"]
    assert len(register.run("show", "C1234567")["residences"]) == 1
    register.run("undo", str(act))
    assert len(register.run("show", "C1234567")["residences"]) == 2
    register.run("residence", "C1234567", "remove", "99")
    assert register.code == 2


def test_a_preview_supposes_the_changes_and_stores_nothing(register: Register) -> None:
    done = register.run("what-if", "C1234567")
    assert (done["verdict"], done["would_be"]) == ("unknown", "eligible")
    assert {one["rule"] for one in done["turned"]} == {"ELG-01", "ELG-02", "ELG-03"}
    assert done["turned"][0]["flip"]["changes"][0] == {
        "record": "residence",
        "id": None,
        "field": "outside_quebec",
        "how": "set",
        "value": "2023-12-20",
    }
    assert register.run("verdict", "C1234567")["verdict"] == "unknown"
    register.run("set", "C1234567", "pr_state", "refused")
    done = register.run("what-if", "C1234567")
    assert done["would_be"] == "not_eligible"
    assert [one["rule"] for one in done["final"]] == ["ELG-04"]
    register.run("what-if", "C1234567", "ELG-99")
    assert register.code == 2


def test_passport_lines_fill_what_is_not_typed_and_tell_a_wrong_digit(register: Register) -> None:
    read = register.run("mrz", *LINES)
    assert (register.code, read["values"]["passport_number"]) == (0, "L898902C3")
    assert "citizenship" not in read["values"], "Utopia is no country"
    wrong = LINES[1].replace("7408122", "7408132")
    read = register.run("mrz", LINES[0], wrong)
    assert register.code == 1
    assert "birth_date" not in read["values"]
    added = register.run(
        "add", "--mrz", LINES[0].replace("UTO", "MAR") + MOROCCO, "given_names=Ána"
    )
    person = register.run("show", f"#{added['person']}")
    assert person["person"]["family_name"] == "Eriksson"
    assert person["person"]["given_names"] == "Ána"
    assert person["person"]["citizenship"] == "MAR"
    assert person["passports"][0]["passport_expiry"] == "2029-04-15"
    register.run("mrz", *LINES, "--ref", "C1234567")
    assert register.run("show", "C1234567")["passports"][0]["passport_number"] == "L898902C3"
    register.run("mrz", "nothing")
    assert register.code == 2


def test_numbers_are_checked_and_a_members_uci_is_their_own(register: Register) -> None:
    found = register.run("checks", "C1234567")["findings"]
    assert [(one["rule"], one["outcome"]) for one in found] == [
        ("ID-01", "pass"),
        ("ID-02", "pass"),
        ("ID-04", "not_applicable"),
    ]
    register.run("set", "C1234567", "pr_number", "12")
    found = register.run("checks", "C1234567")["findings"]
    assert (register.code, found[0]["outcome"]) == (1, "fail")


def test_the_wording_of_the_form_is_recorded(register: Register) -> None:
    register.run("prepare", "C1234567")
    for said, outcome in (("yes", "pass"), ("no", "fail"), ("unknown", "unknown")):
        register.run("wording", "1", said)
        to_do = register.run("verdict", "C1234567")["to_do"]
        assert next(one for one in to_do if one["rule"] == "DOC-03")["outcome"] == outcome
